"""Lines of text in a picture: cut where they have room, measured in the fonts that draw them. Must not know charts.

Lengths are in units of the drawing, 1080 across: at a phone's width one is a pixel.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.export import fonts

WIDE = 1080
TEXT, TITLE = 32, 38
LINE = 42
"""From one line of text to the next."""
EDGE = 40
_TITLE_LINES = 2
_SAFE = 1.06
"""A reader's own font may be wider than ours (HTML)."""
_STOPS, _OPENING = "，。、；：！？）】》」”〕 -–", "（【《「“〔"


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text. x, y: its base; anchor: 'start', 'middle' or 'end'."""

    x: int
    y: int
    text: str
    anchor: str = "start"


def titled(text: str) -> tuple[tuple[Word, ...], int]:
    """Its lines, and where the next thing may begin."""
    lines = fitted(text, WIDE - 2 * EDGE, TITLE, _TITLE_LINES)
    step = LINE + 8
    return tuple(Word(EDGE, EDGE + TITLE + n * step, line) for n, line in enumerate(lines)), EDGE + len(
        lines
    ) * step + 24


def wide(text: str, size: int) -> float:
    """Units that a line takes at most."""
    return fonts.width(text) * size * _SAFE


def fitted(text: str, room: float, size: int, most: int) -> tuple[str, ...]:
    """The text in lines that have room, at most so many; the last one ends in '…' where some of it is left out."""
    lines = [""]
    for piece in _pieces(fonts.drawable(" ".join(text.split()))):
        if wide((lines[-1] + piece).rstrip(), size) <= room:
            lines[-1] += piece
        elif wide(piece.rstrip(), size) <= room:
            lines.append(piece)
        else:
            for sign in piece:
                if wide(lines[-1] + sign, size) > room:
                    lines.append("")
                lines[-1] += sign
    lines = [line.strip() for line in lines if line.strip()] or [""]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], fit(lines[most - 1] + "…" + " " * 99, room, size))


def balanced(text: str, room: float, size: int, most: int) -> tuple[str, ...]:
    """The same with lines about equally long: no single sign stands alone on the last one."""
    lines, least = fitted(text, room, size, most), max(longest(text, size), size)
    while len(lines) > 1 and not lines[-1].endswith("…") and room * 0.95 >= least:
        room *= 0.95
        narrower = fitted(text, room, size, most)
        if len(narrower) > len(lines) or narrower[-1].endswith("…"):
            break
        lines = narrower
    return lines


def longest(text: str, size: int) -> float:
    """Units that its longest unbreakable piece takes."""
    pieces = _pieces(fonts.drawable(" ".join(text.split())))
    return max((wide(piece.rstrip(), size) for piece in pieces), default=0)


def fit(text: str, room: float, size: int) -> str:
    """One line; what is too long ends in '…'."""
    text = text.rstrip()
    if wide(text, size) <= room:
        return text
    text = text.rstrip("…")
    while text and wide(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them; Chinese signs one by one, with the stop that follows."""
    held = ""
    for sign in text:
        if held and _breaks(held[-1], sign):
            yield held
            held = ""
        held += sign
    if held:
        yield held


def _breaks(before: str, sign: str) -> bool:
    """Whether a line may end between these."""
    return before == " " or (_han(sign) and before not in _OPENING) or (_han(before) and sign not in _STOPS)


def _han(sign: str) -> bool:
    return ("\u2e80" <= sign <= "\uffef" and sign not in _STOPS + _OPENING) or sign >= "\U00020000"
