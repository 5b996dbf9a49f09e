"""The table of file formats, and what a file is called. Must not know what stands in a file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.export import html, jsonfile
from bot.export.parts import Report


@dataclass(frozen=True, slots=True)
class Format:
    """ending: of the file name, without a dot; media_type: as in MIME; render: the bytes of the file."""

    ending: str
    media_type: str
    render: Callable[[Report], bytes]


FORMATS: Mapping[str, Format] = {
    "html": Format("html", "text/html; charset=utf-8", html.render),
    "json": Format("json", "application/json", jsonfile.render),
}


def file_name(scheme: str, ref: str, name: str, date: str) -> str:
    """'bjkb-006-K7M2P-2026-05-01.html': scheme id, the assessment's public ref, a date; name: of the format.

    Never the organisation: file names travel further than files. KeyError where there is no such format.
    """
    stem = re.sub("[^A-Za-z0-9]+", "-", f"{scheme}-{ref}-{date}").strip("-")
    return f"{stem}.{FORMATS[name].ending}"
