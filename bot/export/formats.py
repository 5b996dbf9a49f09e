"""The table of file formats, in the order in which people want them, and what a file is called.

Must not know what stands in a file. No library that draws is imported before the first file that needs it.
"""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bot.export import bundle, fonts, jsonfile
from bot.export.enclosed import Enclosed
from bot.export.parts import Report
from bot.export.rendered import DRAW, Desk


@dataclass(frozen=True, slots=True)
class Format:
    """ending: of the file name, without a dot; media_type: as in MIME; make: writes the file.

    whole: it holds the whole record, so that nobody may have it from whom anything is hidden. enclosed: it cannot be
    made of a report alone, as it is signed; others show photos where they are handed more.
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
        with fonts.using(enclosed.fonts if enclosed else None):
            self.make(out, report, enclosed)


def _drawn(name: str) -> Callable[[BinaryIO, Report, Enclosed | None], None]:
    def make(out: BinaryIO, report: Report, enclosed: Enclosed | None) -> None:
        out.write(DRAW[name](Desk(report, enclosed)))

    return make


def _json(out: BinaryIO, report: Report, _: Enclosed | None) -> None:
    out.write(jsonfile.render(report))


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    "pdf": Format("pdf", "application/pdf", _drawn("pdf")),
    "word": Format("docx", _WORD, _drawn("word")),
    "excel": Format("xlsx", _EXCEL, _drawn("excel")),
    "html": Format("html", "text/html; charset=utf-8", _drawn("html")),
    "csv": Format("csv", "text/csv; charset=utf-8", _drawn("csv")),
    "json": Format("json", "application/json", _json, whole=True),
    "bundle": Format("zip", "application/zip", bundle.write_to, whole=True, enclosed=True),
}


def file_name(scheme: str, ref: str, name: str, date: str, volume: int = 0, volumes: int = 0) -> str:
    """'bjkb-006-K7M2P-2026-05-01.html': scheme id, the assessment's public ref, a date; name: of the format.

    volume: '-2of3' behind it, where it is split. Never the organisation: file names travel further than files.
    KeyError where there is no such format.
    """
    which = f"-{volume}of{volumes}" if volume else ""
    stem = re.sub("[^A-Za-z0-9]+", "-", f"{scheme}-{ref}-{date}{which}").strip("-")
    return f"{stem}.{FORMATS[name].ending}"
