"""A text that is drawn once with marks, and then only has short texts put in where the marks stand.

The template says where; nothing here knows it. What is put in is never looked at for marks.
"""

import re
from collections.abc import Mapping

from bot.words.pages import escaped

_MARK = re.compile("\0([a-z]+)\0")


def mark(name: str) -> str:
    """Stands in the text for what is called so."""
    return f"\0{name}\0"


def marked(text: str) -> tuple[str, ...]:
    """A tidy text in pieces: what it says, the name of a mark, what it says, and so on."""
    return tuple(_MARK.split(text))


def smooth(text: str) -> bool:
    """Whether a text that is put in leaves the whole as tidy as it was: one line, without white space at its ends."""
    return text == text.strip() and len(text.splitlines()) == 1


def drawn(pieces: tuple[str, ...], said: Mapping[str, str]) -> str:
    """The text with what is said in the places of the marks, escaped as a template would."""
    filled = list(pieces)
    filled[1::2] = [escaped(said[name]) for name in pieces[1::2]]
    return "".join(filled)
