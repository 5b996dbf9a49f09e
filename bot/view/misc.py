"""Help, choice of a file, and the one line for groups. Must not know assessments beyond their name."""

from collections.abc import Sequence

from bot.view import payload, places
from bot.view.facts import Desk
from bot.view.lines import format_name
from bot.view.parts import button, columns, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words

HELP_PAGES = 3
_TALL = 4


def help_(words: Words, page: int, line: str = "") -> Screen:
    """Short pages: how to answer; what is kept; the commands."""
    shown = page_of(range(1, HELP_PAGES + 1), page, 1)
    before, after = turn(words, shown, places.Help)
    home: tuple[Button, ...] = (button(words.say("button.home"), places.Home()),)
    return screen(
        words,
        "help.j2",
        [(*before, *home, *after)],
        line,
        part=shown.items[0],
        parts=HELP_PAGES,
        commands=words.commands(),
    )


def export(words: Words, desk: Desk, formats: Sequence[str], line: str = "") -> Screen:
    """Which file to hand out; formats are ids."""
    buttons = [button(format_name(words, one), payload.ExportTap(desk.ref, one)) for one in formats]
    wide = 1 if len(buttons) <= _TALL else -(-len(buttons) // _TALL)
    back = (button(words.say("button.back"), places.Head(desk.ref)),)
    return screen(words, "export.j2", [*columns(buttons, wide), back], line, desk=desk, bundle="bundle" in formats)


def private_only(words: Words) -> Screen:
    """In a group: the work is done in private."""
    return screen(words, "private_only.j2", [])
