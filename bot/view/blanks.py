"""Rows of buttons that are the same for everybody but for the names in what they send: made and written down once.

Must not know any one button, and is not for what people wrote. The names are put in each time: the short public one of
a sheet or of an assessment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.view.facts import Desk
from bot.view.parts import Row
from bot.view.screen import Button, Style, written

SHEET: Final = "\x7fs23456789"
ASSESSMENT: Final = "\x7fa23456789"
"""Stand where a name will: as long as names get, with a sign that no text of ours has and that JSON writes as it is."""
SEEN: Final = "\x7fr"
"""Stands where the revision of an answer will."""

_made = partial(tuple.__new__, Button)


@dataclass(frozen=True, slots=True)
class Blanks:
    """A row. payloads: one a line. written: all of it in the durable form of a screen."""

    texts: tuple[str, ...]
    payloads: str
    styles: tuple[Style, ...]
    written: str


def blanks(row: Iterable[Button]) -> Blanks:
    """Of buttons with real names, or with those that stand for one."""
    row = tuple(row)
    return Blanks(
        tuple(button.text for button in row),
        "\n".join(button.payload for button in row),
        tuple(button.style for button in row),
        written((row,)),
    )


def joined(first: Blanks, then: Blanks) -> Blanks:
    """Two that have buttons, as one row."""
    return Blanks(
        first.texts + then.texts,
        f"{first.payloads}\n{then.payloads}",
        first.styles + then.styles,
        f"{first.written[:-1]},{then.written[1:]}",
    )


def filled(rows: Sequence[Blanks], desk: Desk, revision: int) -> tuple[tuple[Row, ...], str]:
    """The rows for a desk where an answer was given so often, and their durable form. Each has buttons."""
    seen = str(revision)
    payloads = _named("\n".join([row.payloads for row in rows]), desk, seen)
    sent = iter(payloads.split("\n"))
    made = [tuple(map(_made, zip(row.texts, sent, row.styles, strict=False))) for row in rows]
    return tuple(made), _named(",".join([row.written for row in rows]), desk, seen)


def _named(text: str, desk: Desk, seen: str) -> str:
    return text.replace(SHEET, desk.sheet_ref).replace(ASSESSMENT, desk.ref).replace(SEEN, seen)
