"""What all screens are put together from: buttons, rows, pages, cut texts. Must not know any one screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.domain.scales import Language
from bot.view.payload import Tap, encode
from bot.view.places import Place
from bot.view.screen import Button, Screen, Style
from bot.words import Words

LABEL = 40
"""Characters of a button; more would be cut by a phone anyway."""
LINE = 400
MOST_ROWS = 5
"""Rows of buttons on a screen (DESIGN 3)."""
PAGE = 2600
"""UTF-16 units of listed text on one page: below Telegram's 4096 with all that stands around it."""

T = TypeVar("T")
Row = tuple[Button, ...]

_JOINER = "\u200d"
_VARIATION = "\ufe0f"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many; number counts from 0 and is always one that exists."""

    items: tuple[T, ...]
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """A heading ('' for none) and plain text under it."""

    title: str
    text: str


def screen(words: Words, template: str, rows: Iterable[Iterable[Button]], line: str = "", **facts: object) -> Screen:
    """A template as a screen, with a friendly line on top; empty rows are left out."""
    return screen_of(tidy(words.render(template, line=clip(line, LINE), **facts)), rows)


def screen_of(text: str, rows: Iterable[Iterable[Button]]) -> Screen:
    """A text that is made with its buttons; empty rows are left out."""
    return Screen(text, tuple([made for row in rows if (made := tuple(row))]))


def button(text: str, to: Place | Tap, style: Style = "") -> Button:
    """A button that leads to a place or does something; its text is cut to one line."""
    return Button(one_line(text, LABEL) or "…", encode(to), style)


def named(words: Words, key: str, to: Place | Tap, style: Style = "") -> Button:
    """A button that always says the same: the sentence of a key."""
    return Button(_label(words.language, key), encode(to), style)


@lru_cache(maxsize=2048)
def _label(language: Language, key: str) -> str:
    return one_line(Words.of(language).say(key), LABEL) or "…"


def columns(buttons: Sequence[Button], wide: int) -> list[Row]:
    """Buttons in rows of `wide`."""
    return [tuple(buttons[start : start + wide]) for start in range(0, len(buttons), wide)]


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """The items of a page; a number past the end is the last page."""
    count = max(1, -(-len(items) // size))
    number = min(number, count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def turn(words: Words, page: Page[T], to: Callable[[int], Place]) -> tuple[Row, Row]:
    """The buttons that turn to the page before, and to the page after; empty at the ends."""
    before = (button(words.say("button.page-back"), to(page.number - 1)),) if page.number else ()
    after = (button(words.say("button.page-on"), to(page.number + 1)),) if page.number + 1 < page.count else ()
    return before, after


def block_pages(blocks: Sequence[Block], number: int, limit: int = PAGE) -> Page[Block]:
    """As many blocks on a page as fit; a block that is longer than a page goes on on the next."""
    pages = paged(blocks, limit)
    number = min(number, len(pages) - 1)
    return Page(pages[number], number, len(pages))


def paged(blocks: Sequence[Block], limit: int = PAGE) -> list[tuple[Block, ...]]:
    """All pages of block_pages: at least one."""
    pages: list[list[Block]] = [[]]
    room = limit
    for block in (piece for whole in blocks for piece in _pieces(whole, limit)):
        need = units(block.title) + units(block.text) + 2
        if need > room and pages[-1]:
            pages.append([])
            room = limit
        pages[-1].append(block)
        room -= need
    return [tuple(page) for page in pages]


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def clip(text: str, limit: int) -> str:
    """The text, cut with an ellipsis to at most `limit` characters; joined emoji are not torn apart."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    while kept and (kept[-1] == _JOINER or text[len(kept)] in {_JOINER, _VARIATION}):
        kept = kept[:-1]
    return kept.rstrip() + "…"


def one_line(text: str, limit: int) -> str:
    """The text on one line, cut to `limit` characters."""
    return clip(" ".join(text.split()), limit)


def _pieces(block: Block, limit: int) -> Iterable[Block]:
    room = max(2, limit - units(block.title) - 2)
    start = used = 0
    for place, sign in enumerate(block.text):
        width = units(sign)
        if used + width > room:
            yield Block(block.title, block.text[start:place])
            start, used = place, 0
        used += width
    yield Block(block.title, block.text[start:])


def tidy(text: str) -> str:
    """Parts of a template that said nothing leave no gap behind."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for place, line in enumerate(lines) if line or lines[place - 1]]
    return "\n".join(kept).replace("\n</blockquote>", "</blockquote>")
