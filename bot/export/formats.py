"""The table of file formats, and what a file is called. Must not know what stands in a file."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bot.export import bundle, html, jsonfile
from bot.export.bundle import Enclosed
from bot.export.parts import Report


@dataclass(frozen=True, slots=True)
class Format:
    """ending: of the file name, without a dot; media_type: as in MIME; make: writes the file.

    whole: it holds the whole record, so that nobody may have it from whom anything is hidden. enclosed: it needs
    more than a report.
    """

    ending: str
    media_type: str
    make: Callable[[BinaryIO, Report, Enclosed | None], None]
    whole: bool = False
    enclosed: bool = False

    def render(self, report: Report, enclosed: Enclosed | None = None) -> bytes:
        """The file in memory. ValueError without what it needs."""
        out = io.BytesIO()
        self.write(out, report, enclosed)
        return out.getvalue()

    def write(self, out: BinaryIO, report: Report, enclosed: Enclosed | None = None) -> None:
        """The same into an empty file."""
        self.make(out, report, enclosed)


def _html(out: BinaryIO, report: Report, _: Enclosed | None) -> None:
    out.write(html.render(report))


def _json(out: BinaryIO, report: Report, _: Enclosed | None) -> None:
    out.write(jsonfile.render(report))


FORMATS: Mapping[str, Format] = {
    "html": Format("html", "text/html; charset=utf-8", _html),
    "json": Format("json", "application/json", _json, whole=True),
    "bundle": Format("zip", "application/zip", bundle.write_to, whole=True, enclosed=True),
}


def file_name(scheme: str, ref: str, name: str, date: str) -> str:
    """'bjkb-006-K7M2P-2026-05-01.html': scheme id, the assessment's public ref, a date; name: of the format.

    Never the organisation: file names travel further than files. KeyError where there is no such format.
    """
    stem = re.sub("[^A-Za-z0-9]+", "-", f"{scheme}-{ref}-{date}").strip("-")
    return f"{stem}.{FORMATS[name].ending}"
