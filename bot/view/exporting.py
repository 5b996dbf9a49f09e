"""The choice of a file: each format with what it is for and how large it will be. Must not know how files are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.view import payload, places
from bot.view.evidence_lines import size_text
from bot.view.facts import Desk
from bot.view.parts import button, columns, screen
from bot.view.screen import Screen
from bot.words import Words

_TALL = 4
_DIGITS = 2
_OWN = {"word": "Word", "excel": "Excel"}
"""Names that are the same everywhere, and written so."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A format that may be had. size: bytes; exact: just this file was made before; volumes: files it will come as."""

    format: str
    size: int
    exact: bool = False
    volumes: int = 1


@dataclass(frozen=True, slots=True)
class _Shown:
    name: str
    use: str


def export(words: Words, desk: Desk, offers: Sequence[Offer], line: str = "") -> Screen:
    """Which file to hand out."""
    buttons = [button(_label(words, one), payload.ExportTap(desk.ref, one.format)) for one in offers]
    wide = 1 if len(buttons) <= _TALL else -(-len(buttons) // _TALL)
    back = (button(words.say("button.back"), places.Head(desk.ref)),)
    return screen(
        words,
        "export.j2",
        [*columns(buttons, wide), back],
        line,
        desk=desk,
        shown=[_Shown(short_name(words, one.format), _use(words, one.format)) for one in offers],
        guessed=any(not one.exact for one in offers),
        volumes=max((one.volumes for one in offers), default=1),
    )


def short_name(words: Words, format_: str) -> str:
    """A format in a word."""
    if format_ in _OWN:
        return _OWN[format_]
    try:
        return words.say(f"format-short.{format_}")
    except KeyError:
        return format_.upper()


def _use(words: Words, format_: str) -> str:
    """What it is good for; '' for one that nobody described."""
    try:
        return words.say(f"format-for.{format_}")
    except KeyError:
        return ""


def _label(words: Words, one: Offer) -> str:
    size = size_text(one.size) if one.exact else f"≈{size_text(_round(one.size))}"
    return f"{short_name(words, one.format)} · {size}"


def _round(size: int) -> int:
    """Two digits are all that an estimate is good for."""
    unit: int = 10 ** max(0, len(f"{size}") - _DIGITS)
    return max(size // unit * unit, 1000)
