"""Links to one indicator: `?start=q-<assessment>-<indicator>`, at most 64 of A-Za-z0-9_-. Must not know who may follow.

An id may hold dots, '_' and '-' of its own: '.' is written '_', '_' is '-u' and '-' is '--', so that none is lost.
"""

import re

from bot.view.parts import button, screen
from bot.view.places import Card
from bot.view.screen import Screen
from bot.words import Words

PREFIX = "q-"
"""No invitation's token begins so (`service/membership.py`)."""
LIMIT = 64
_SHAPE = re.compile(f"(?=.{{1,{LIMIT}}}\\Z){PREFIX}[A-Za-z0-9]+-[A-Za-z0-9_-]+")
_OUT = {".": "_", "_": "-u", "-": "--"}
_BACK = {"-u": "_", "--": "-"}


def argument(assessment: str, indicator: str) -> str:
    """What follows ?start=. assessment: its public name; AssertionError where it would not fit: no id is that long."""
    text = f"{PREFIX}{assessment}-{''.join(_OUT.get(sign, sign) for sign in indicator)}"
    assert len(text) <= LIMIT, text  # noqa: S101  ids are 20 characters at most: a defect of a scheme check
    return text


def parse(text: str) -> tuple[str, str] | None:
    """(assessment, indicator) of what followed /start; None where it is no such link. Anybody may have made it up."""
    if not _SHAPE.fullmatch(text):
        return None
    assessment, _, rest = text.removeprefix(PREFIX).partition("-")
    indicator = _plain(rest)
    return (assessment, indicator) if indicator else None


def address(username: str, assessment: str, indicator: str) -> str:
    """The whole link. username: the bot's, without @."""
    return f"https://t.me/{username}?start={argument(assessment, indicator)}"


def link(words: Words, username: str, assessment: str, sheet: str, question: str, line: str = "") -> Screen:
    """The card with the link to an indicator; where there can be no links, how to get there by hand."""
    indicator = question.partition("/")[0]
    back = (button(words.say("button.back"), Card(sheet, question)),)
    made = address(username, assessment, indicator) if username else ""
    return screen(words, "link.j2", [back], line, indicator=indicator, address=made)


def _plain(rest: str) -> str:
    """'' where it was not written by `argument`."""
    found, place = "", 0
    while place < len(rest):
        sign = rest[place]
        if sign == "-":
            sign = _BACK.get(rest[place : place + 2], "")
            place += 1
        elif sign == "_":
            sign = "."
        if not sign:
            return ""
        found, place = found + sign, place + 1
    return found
