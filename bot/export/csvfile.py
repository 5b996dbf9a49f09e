"""The report as one CSV table: every line of `flat.py`, for spreadsheets and for programs (docs/files.md).

UTF-8 with a byte order mark, without which Excel reads Chinese as something else; CRLF. Must not know scores beyond
the report.
"""

import csv
import io
import re
from collections.abc import Iterator

from bot.export.clock import Clock
from bot.export.flat import Flat
from bot.export.flat_record import lines
from bot.export.flat_words import Saying
from bot.export.parts import Report

_BLANK = r"\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"'|[\t\r\n]|[{_BLANK}]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
"""What a spreadsheet takes for a formula, also behind signs that it skips, and in wide forms (RELIABILITY row 68)."""
_QUOTE = "'"


COLUMNS = (
    "part", "what", "number", "clause", "title", "dimension", "sheet", "assessor", "round", "form", "value",
    "numerator", "denominator", "earned", "points", "text", "by", "role", "utc", "local",
)  # fmt: skip
"""In this order in both languages; the head names them in the file's language (docs/files.md)."""


def render(report: Report) -> bytes:
    """The file, in the report's language and zone."""
    saying = Saying.of(report)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([saying.say(f"table.column.{name}") for name in COLUMNS])
    for line in lines(saying):
        writer.writerow([safe(text) for text in _cells(line, saying.clock)])
    return out.getvalue().encode("utf-8-sig")


def _cells(line: Flat, clock: Clock) -> Iterator[str]:
    """One text per column. A ratio takes two: '4/5' in one cell is a date in April to a spreadsheet."""
    computed = {
        "numerator": None if line.exact is None else line.exact.numerator,
        "denominator": None if line.exact is None else line.exact.denominator,
        "utc": None if line.at is None else clock.utc(line.at),
        "local": None if line.at is None else clock.local(line.at),
    }
    for name in COLUMNS:
        value = computed[name] if name in computed else getattr(line, name)
        yield "" if value is None else str(value)


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: "'" before what begins like one, or with "'" itself.

    So what begins with "'" had one put before it, always: a program takes exactly one away.
    """
    return f"{_QUOTE}{text}" if _FORMULA.match(text) else text
