"""Settings, help, choice of a file, and the one line for groups. Must not know assessments beyond their name."""

from collections.abc import Sequence

from bot.view import payload, places
from bot.view.facts import Desk
from bot.view.lines import format_name
from bot.view.parts import button, columns, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words
from bot.words.zones import OFFERED

LANGUAGES = (("zh", "中文"), ("en", "English"))
"""Each in its own name, in whatever language the screen is."""

HELP_PAGES = 3
_WIDE = 3
_TALL = 4


def settings(words: Words, zone: str, line: str = "") -> Screen:
    """Language and time zone; what is in force is ticked."""
    languages = [
        button(_ticked(words, name, on=code == words.language), payload.LanguageTap(code)) for code, name in LANGUAGES
    ]
    zones = [button(_ticked(words, words.zone_name(name), on=name == zone), payload.ZoneTap(name)) for name in OFFERED]
    home = button(words.say("button.home"), places.Home())
    rows = [languages, *columns(zones, _WIDE), (home,)]
    return screen(words, "settings.j2", rows, line, zone=words.zone_name(zone))


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
    return screen(words, "export.j2", [*columns(buttons, wide), back], line, desk=desk)


def private_only(words: Words) -> Screen:
    """In a group: the work is done in private."""
    return screen(words, "private_only.j2", [])


def _ticked(words: Words, label: str, *, on: bool) -> str:
    return words.say("form.ticked", label=label) if on else label
