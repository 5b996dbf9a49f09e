"""What a chat is told after the bot was away. Must not know when that is due, or how it was noticed."""

from bot.domain.interview import progress
from bot.view.facts import Desk
from bot.view.parts import one_line
from bot.words import Words

MESSAGES_KEPT_MS = 24 * 3600 * 1000
"""Telegram keeps messages 24 hours, and taps 150 seconds (RELIABILITY 1)."""
_ANSWER = 90


def away(words: Words, desk: Desk, since: int, until: int, counted: tuple[int, int]) -> str:
    """The absence (UTC in ms), what is saved, and what may be lost; small HTML.

    counted: answers and questions of the whole assessment, for one who only looks and has no sheet.
    """
    answered, asked = progress(desk.scheme, desk.own) if desk.own else counted
    given = desk.own.given if desk.own else {}
    last = max(given, key=lambda question: given[question].seq, default=None)
    return words.render(
        "away.j2",
        since=since,
        until=until,
        long=until - since > MESSAGES_KEPT_MS,
        answered=answered,
        asked=asked,
        clause=last.indicator if last else "",
        last=one_line(words.answer(desk.scheme, last, given[last].answer), _ANSWER) if last else "",
    ).strip()
