"""Help, and the one line for groups. Must not know assessments beyond their name."""

from bot.view import places
from bot.view.parts import button, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words

HELP_PAGES = 3


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


def private_only(words: Words) -> Screen:
    """In a group: the work is done in private."""
    return screen(words, "private_only.j2", [])
