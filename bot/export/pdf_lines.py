"""Lines of a Paper in pieces that typst sets as they are: no invisible commands, and very long words may break.

Widths are estimates in em, on the generous side. Must not know pages or fonts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from bot.export.paper_parts import Line as Runs

Line: TypeAlias = list[str | tuple[str, str] | int]
"""A text is plain; (kind, text) is styled; BREAK is a place where a very long word may break."""
BREAK = 0
_UNSEEN = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What turns text around, also beyond its place (letters bring their own direction), and what PDF/A forbids."""
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_ISOLATE = "\u2068{}\u2069"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_WORD = re.compile(f"[^ \n{_IDEOGRAPHS}]{{5,}}")
"""What has no place where a line may break, or none that can be relied on."""
_DOT = re.compile(" ?· ?")
"""In a Chinese font the dot between two things brings its own space."""
_PITCH = 1.5
"""From one line to the next, in em."""


@dataclass(frozen=True, slots=True)
class _Text:
    """shown: as it is drawn; widths: em of its lines; word: em of its longest word."""

    shown: str
    widths: tuple[float, ...]
    word: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one document. drawn: any text -> what the fonts can draw of it."""

    drawn: Callable[[str], str]
    _known: dict[str, _Text] = field(default_factory=dict)

    def shown(self, text: str) -> str:
        """A text that can command nothing, as the fonts can draw it."""
        return self._text(text).shown

    def width(self, text: str) -> float:
        """Em that a text of one line takes, at most."""
        return max(self._text(text).widths)

    def line(self, runs: Runs, width: float) -> Line:
        """The runs in pieces; width: em that a line may have."""
        pieces: Line = []
        for run in runs:
            text = self._text(run.text if run.kind == "user" else _DOT.sub("·", run.text))
            styled = run.kind not in {"plain", "user"}
            for number, piece in enumerate(_cut(text.shown, width) if text.word > width else (text.shown,)):
                if number:
                    pieces.append(BREAK)
                if styled:
                    pieces.append((run.kind, piece))
                elif pieces and isinstance(last := pieces[-1], str):
                    pieces[-1] = last + piece
                else:
                    pieces.append(piece)
        return pieces

    def height(self, runs: Runs, size: float, width: float) -> float:
        """Points that a paragraph takes, at most, in letters of so many points on so many points of width."""
        room = max(width / size - 1, 1)
        lines, open_ = 1, 0.0
        for run in runs:
            for number, wide in enumerate(self._text(run.text).widths):
                if number:
                    lines, open_ = lines + 1, 0.0
                open_ += wide
                lines, open_ = lines + int(open_ / room), open_ % room
        return lines * size * _PITCH

    def _text(self, text: str) -> _Text:
        found = self._known.get(text)
        if found is None:
            shown = self.drawn(literal(text))
            isolated = _ISOLATE.format(shown) if _LEFTWARDS.search(shown) else shown
            widths = tuple(sum(map(_em, part)) for part in shown.split("\n"))
            word = max((sum(map(_em, one)) for one in _WORD.findall(shown)), default=0.0)
            found = self._known[text] = _Text(isolated, widths, word)
        return found


def literal(text: str) -> str:
    """A text that can command nothing: line breaks of one kind, tabs as spaces, no signs that turn text around."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).replace("\t", "    ")


def _cut(text: str, width: float) -> Iterator[str]:
    """The text cut where a word is too long for a line."""
    begin = 0
    for found in _WORD.finditer(text):
        if sum(map(_em, found.group())) <= width:
            continue
        for place in _places(found.group(), max(width / 4, 2)):
            yield text[begin : found.start() + place]
            begin = found.start() + place
    yield text[begin:]


def _places(word: str, step: float) -> Iterator[int]:
    """Where to cut a word: about every so many em, never before a mark that belongs to the letter before it."""
    taken = 0.0
    for place, sign in enumerate(word):
        if taken >= step and not _joined(sign):
            yield place
            taken = 0.0
        taken += _em(sign)


def _joined(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf", "Sk"}


@lru_cache(maxsize=8192)
def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if sign < "\x80":
        return 0.98 if sign in "mwMW@%" else 0.75 if sign.isupper() or sign == "&" else 0.6
    return 1.05
