"""Screens in Telegram's terms: texts within its limits, keyboards, digests. Sends nothing.

Lengths are UTF-16 units, as Telegram counts them, of the text as shown.
"""

import hashlib
import html
import re
from dataclasses import dataclass

from telegram.constants import ParseMode

from bot.view.screen import Screen

TEXT, CAPTION, TOAST = 4096, 1024, 200
_HTML = ParseMode.HTML.value
_TAG = re.compile(r"</?(?:b|i|u|s|code|pre|blockquote)(?:\s[^<>]*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """A text and how Telegram is to read it."""

    text: str
    parse_mode: str | None


def meant(text: str, limit: int) -> Form:
    """The text as it is meant; too long, it is plain and cut."""
    # Nothing gets longer by being made plain, and no character takes more than two units.
    fits = 2 * len(text) <= limit or units(plain(text)) <= limit
    return Form(_sound(text), _HTML) if fits else bare(text, limit)


def bare(text: str, limit: int) -> Form:
    """The same plain and cut, for when Telegram refuses that."""
    return Form(cut(plain(text), limit), None)


def plain(text: str) -> str:
    """The text without its tags, as it is shown."""
    return html.unescape(_TAG.sub("", _sound(text)))


def units(text: str) -> int:
    """Its length as Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` units; an ellipsis shows where something is missing."""
    text = _sound(text)
    if units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


def rows(screen: Screen) -> list[list[dict[str, str]]]:
    """The buttons as the Bot API has them; empty where there are none."""
    return [[_button(text, payload, style) for text, payload, style in row] for row in screen.rows if row]


def digest(screen: Screen, text: str = "") -> str:
    """Equal for screens that look and act the same. text: the screen's durable form, where that is at hand."""
    return hashlib.sha256((text or screen.to_json()).encode("utf-8", "surrogatepass")).hexdigest()


def _button(text: str, payload: str, style: str) -> dict[str, str]:
    sound = text if text.isascii() else _sound(text)
    if style:
        return {"text": sound, "callback_data": payload, "style": style}
    return {"text": sound, "callback_data": payload}


def _sound(text: str) -> str:
    """Without lone surrogates: no transport takes them."""
    if text.isascii() or text.isprintable():  # which no surrogate is
        return text
    return text.encode("utf-8", "replace").decode()
