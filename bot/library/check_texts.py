"""Checks of a scheme file: our own labels fit on buttons and lists. None of them raises.

Must not know what a text says.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.library.format import SchemeFile, Words
from bot.library.outline import rows
from bot.library.problems import Path, Report


class Room(NamedTuple):
    """How much fits: Han signs, Latin letters."""

    zh: int
    en: int


SHORT = Room(10, 28)
RATING = Room(6, 12)
ANSWER = Room(14, 30)
LABEL = Room(12, 40)


def lengths(file: SchemeFile, report: Report) -> None:
    """Every label that is ours fits where it is shown."""
    for path, words, room in _labels(file):
        for language, unit_zh, unit_en, limit, text in (
            ("zh", "汉字", "Han characters", room.zh, words.zh),
            ("en", "字母", "letters", room.en, words.en),
        ):
            size = han_width(text) if language == "zh" else len(text)
            if size > limit:
                report.add("text-too-long", (*path, language), limit=limit, size=size, unit_zh=unit_zh, unit_en=unit_en)


def han_width(text: str) -> int:
    """The room a text takes, in Han characters: two letters take the room of one, rounded up."""
    halves = sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
    return (halves + 1) // 2


CHECKS: tuple[Callable[[SchemeFile, Report], None], ...] = (lengths,)


def _labels(file: SchemeFile) -> Iterator[tuple[Path, Words, Room]]:
    yield ("short",), file.short, SHORT
    for name, scale in file.scales.items():
        for place, band in enumerate(scale.bands):
            yield ("scales", name, "bands", place, "label"), band.label, RATING
        for place, level in enumerate(scale.levels):
            yield ("scales", name, "levels", place, "label"), level.label, RATING
    for name, gate in file.gates.items():
        yield ("gates", name, "if_met"), gate.if_met, ANSWER
        yield ("gates", name, "if_not"), gate.if_not, ANSWER
    for row in rows(file):
        for key, room in (("label", LABEL), ("if_met", ANSWER), ("if_not", ANSWER)):
            words = getattr(row.entry, key)
            if words is not None:
                yield (*row.path, key), words, room
