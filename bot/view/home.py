"""The list of assessments, and the three steps to a new one. Must not know what an assessment holds."""

from collections.abc import Sequence

from bot.domain.scheme import Scheme
from bot.view import places
from bot.view.facts import Line
from bot.view.parts import Page, button, columns, one_line, page_of, screen, turn
from bot.view.payload import ArchiveTap
from bot.view.places import Home
from bot.view.screen import Button, Screen
from bot.words import Words

PAGE = 6
ARCHIVED_PAGE = 4
_NAME = 60
_MANY = 3
_TALL = 4


def home(words: Words, lines: Sequence[Line], place: Home, line: str = "", handed: str = "", todo: int = 0) -> Screen:
    """The person's assessments, or the archived ones: open ones first, the newest of each first, page by page.

    handed: the offer of a self-assessment that waits for an audit to begin on it, ''. todo: findings about which
    something is to be done still.
    """
    ordered = sorted(lines, key=lambda one: (one.state != "open", -one.touched_at))
    size = ARCHIVED_PAGE if place.archived else PAGE
    page = page_of(ordered, place.page, size)
    first = page.number * size + 1
    rows = _archived(words, page, first) if place.archived else _listed(words, page, first, handed, todo)
    return screen(
        words,
        "home.j2",
        rows,
        line,
        lines=page.items,
        first=first,
        place=place,
        page=page,
        name=lambda one: one_line(one.name, _NAME),
    )


def pick_scheme(words: Words, schemes: Sequence[Scheme], line: str = "") -> Screen:
    """/new, first step: which standard."""
    wide = 1 if len(schemes) <= _MANY else max(2, -(-len(schemes) // _TALL))
    buttons = [button(words.pick(scheme.short), places.PickMode(scheme.id)) for scheme in schemes]
    back = button(words.say("button.cancel"), Home())
    return screen(words, "pick_scheme.j2", [*columns(buttons, wide), (back,)], line, schemes=schemes)


def pick_mode(words: Words, scheme: Scheme, line: str = "") -> Screen:
    """/new, second step: self-assessment or audit, and what the difference is."""
    choices = tuple(button(words.say(f"mode.{mode}"), places.AskOrganisation(scheme.id, mode)) for mode in MODES)
    back = button(words.say("button.back"), places.PickScheme())
    return screen(words, "pick_mode.j2", [choices, (back,)], line, scheme=scheme)


MODES = ("self", "audit")


def ask_organisation(words: Words, scheme: Scheme, mode: str, line: str = "", *, older: bool = False) -> Screen:
    """/new, third step: the next text is the organisation's name. older: there is one to start from instead."""
    older_ones = (button(words.say("button.older"), places.PickOlder(scheme.id, mode)),) if older else ()
    rows: list[tuple[Button, ...]] = [
        older_ones,
        (
            button(words.say("button.back"), places.PickMode(scheme.id)),
            button(words.say("button.cancel"), Home()),
        ),
    ]
    return screen(words, "ask_organisation.j2", rows, line, scheme=scheme, mode="audit" if mode == "audit" else "self")


def _listed(words: Words, page: Page[Line], first: int, handed: str, todo: int) -> list[tuple[Button, ...]]:
    before, after = turn(words, page, Home)
    begin = button(words.say("button.new"), places.PickScheme())
    if not page.items:
        begin = button(words.say("button.begin-first"), places.PickScheme(), "primary")
    on_it = (button(words.say("button.handed"), places.Handed(handed), "primary"),) if handed else ()
    due = (button(words.say("button.actions-count", n=todo), places.Actions()),) if todo else ()
    foot = (
        *due,
        button(words.say("button.archived"), Home(archived=1)),
        button(words.say("button.settings"), places.Settings()),
        button(words.say("button.help"), places.Help()),
    )
    entries = [_entry(words, number, one) for number, one in enumerate(page.items, first)]
    return [*columns(entries, 2), (*before, begin, *on_it, *after), foot]


def _archived(words: Words, page: Page[Line], first: int) -> list[tuple[Button, ...]]:
    before, after = turn(words, page, lambda number: Home(number, 1))
    rows = [
        (_entry(words, number, one), button(words.say("button.unarchive"), ArchiveTap(one.ref, 0)))
        for number, one in enumerate(page.items, first)
    ]
    return [*rows, (*before, button(words.say("button.back-to-list"), Home()), *after)]


def _entry(words: Words, number: int, one: Line) -> Button:
    return button(words.say("home.entry", number=number, name=one.name), places.Head(one.ref))
