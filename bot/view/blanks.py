"""Buttons that are the same for everybody but for the names in what they send: made once, the names put in each time.

Must not know any one button. A name is the short public one of a sheet or of an assessment.
"""

from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple

from bot.view.facts import Desk
from bot.view.parts import Row
from bot.view.screen import Button, Style

SHEET: Final = "\0s23456789"
ASSESSMENT: Final = "\0a23456789"
"""Stand where a name will: as long as names get, and with a sign that no payload has."""

_made = partial(tuple.__new__, Button)


class Blank(NamedTuple):
    """A button without the name between `before` and `after`. name: 0 the sheet's, 1 the assessment's, 2 none."""

    text: str
    before: str
    name: int
    after: str
    style: Style


Blanks = tuple[Blank, ...]


def blanks(row: Iterable[Button]) -> Blanks:
    """Of buttons that hold at most one of the two that stand for a name."""
    return tuple(map(_blank, row))


def filled(row: Iterable[Blank], desk: Desk, ending: str = "") -> Row:
    """The buttons for a desk; ending: what each payload ends with."""
    names = (desk.sheet_ref, desk.ref, "")
    return tuple(
        [_made((text, f"{before}{names[name]}{after}{ending}", style)) for text, before, name, after, style in row]
    )


def _blank(button: Button) -> Blank:
    for name, standing in enumerate((SHEET, ASSESSMENT)):
        before, found, after = button.payload.partition(standing)
        if found:
            return Blank(button.text, before, name, after, button.style)
    return Blank(button.text, button.payload, 2, "", button.style)
