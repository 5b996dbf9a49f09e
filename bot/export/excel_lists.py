"""Lists of an Excel file: lines of the flat table that belong to one sheet, with the columns that it needs.

Must not know which lines there are.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.export.excel_book import Look, Page
from bot.export.flat import Flat
from bot.export.flat_words import Saying, joined

COLUMNS: Mapping[str, tuple[str, int, Look]] = {
    "number": ("transcript.number", 8, "text"),
    "clause": ("transcript.clause", 9, "text"),
    "title": ("table.column.title", 20, "text"),
    "dimension": ("table.column.dimension", 14, "text"),
    "sheet": ("excel.sheet", 20, "text"),
    "what": ("table.column.what", 20, "strong"),
    "value": ("table.column.value", 22, "text"),
    "digest": ("table.column.value", 40, "code"),
    "hash": ("transcript.hash", 36, "code"),
    "exact": ("transcript.exact", 18, "code"),
    "points": ("transcript.points", 12, "text"),
    "text": ("table.column.text", 84, "text"),
    "by": ("transcript.by", 22, "text"),
    "brief": ("table.column.text", 48, "text"),
    "when": ("transcript.by", 26, "text"),
    "": ("transcript.by", 12, "text"),
    "at": ("transcript.at", 20, "text"),
}
"""Column -> title, width, look."""


def widths(names: Sequence[str]) -> list[int]:
    """Of these columns."""
    return [COLUMNS[name][1] for name in names]


def title(saying: Saying, name: str) -> str:
    """Of a column; those of CSV are names for programs, in small letters."""
    said = saying.say(COLUMNS[name][0])
    return said[:1].upper() + said[1:]


def listing(page: Page, saying: Saying, names: Sequence[str], lines: Iterable[Flat], freeze: int = 0) -> None:
    """A table of lines under the titles of its columns; says so where there are none."""
    page.head([title(saying, name) for name in names], freeze)
    rows(page, saying, names, lines)
    page.grid(1, len(names) - 1)
    if page.row == 1:
        page.text(0, saying.say("excel.empty"), "soft")


def rows(page: Page, saying: Saying, names: Sequence[str], lines: Iterable[Flat]) -> None:
    """Lines, one after the other."""
    looks = [COLUMNS[name][2] for name in names]
    for line in lines:
        page.texts([_cell(saying, line, name) for name in names], looks)


def _cell(saying: Saying, line: Flat, name: str) -> str:
    match name:
        case "number":
            return "" if line.number is None else str(line.number)
        case "sheet":
            return joined((line.assessor, line.round))
        case "digest" | "hash":
            return line.value
        case "brief":
            return line.text
        case "exact":
            return "" if line.exact is None else str(line.exact)
        case "points":
            return f"{line.earned} / {line.points}" if line.earned else line.points
        case "by":
            return joined((line.by, line.role))
        case "when":
            at = "" if line.at is None else saying.clock.local(line.at)
            return "\n".join(text for text in (joined((line.by, line.role)), at) if text)
        case "":
            return ""
        case "at":
            return "" if line.at is None else saying.clock.local(line.at)
        case _:
            return str(getattr(line, name))
