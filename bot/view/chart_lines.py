"""What is said with the pictures of a result. Must not know what stands in them, or how they are sent."""

from collections.abc import Sequence
from html import escape

from bot.view.parts import one_line, units
from bot.words import Words

_MOST, _TITLE = 900, 100
"""Signs of a caption that Telegram surely takes, and of the title in it: it counts to 1,024, some of ours twice."""


def charts_coming(words: Words) -> str:
    """They come as messages of their own."""
    return words.say("charts.coming")


def no_charts(words: Words) -> str:
    """Nothing was rated so far, or nothing has points."""
    return words.say("charts.none")


def chart_signs(words: Words, title: str, bars: Sequence[tuple[str, str, str]]) -> str:
    """The bars for a terminal: (label, figures, signs) of each; '' where there are none. Small HTML."""
    known = [{"label": label, "figures": figures, "signs": signs} for label, figures, signs in bars]
    return words.render("chart_signs.j2", title=title, bars=known) if known else ""


def chart_caption(words: Words, title: str, said: str, *, closed: bool, part: bool) -> str:
    """Below a picture: what it is, the same in words for who cannot see it, and what it assumes. Small HTML."""
    lines = [] if closed else [words.say("charts.so-far")]
    if part:
        lines.append(words.say("result.own-only"))
    title = one_line(title, _TITLE)
    room = _MOST - sum(map(len, lines)) - 2 * len(title)
    said = one_line(said, room)
    if units(said) > room:
        said = one_line(said, room // 2)
    return "\n".join((f"<b>{escape(title, quote=False)}</b>", *lines, escape(said, quote=False)))
