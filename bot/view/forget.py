"""Being forgotten, and erasing what single notes say: what goes, what stays, and why. Must not know how."""

from dataclasses import dataclass

from bot.view import life_places as p
from bot.view import places
from bot.view.parts import Page, Row, button, clip, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.words import Words

PAGE = 4
REASONS = ("personal", "secret", "mistake")
"""Why a note's text is erased: `erase.reason.<id>` is what the record says."""
_NAME = 40
_NAMES = 5
_LED = 2
_TEXT = 300
_WHOLE = 1500


@dataclass(frozen=True, slots=True)
class ForgetFacts:
    """Names of assessments: that go with the person, that they leave, that stay as they are; led: to hand over first.

    leads: the public names of those in led. notes: how many notes of theirs still say something. sign: changes with
    what would become of what. numbered: entries of theirs hold the number of their chat.
    """

    drafts: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    notes: int = 0
    sign: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note: its entry, question, clause and text, '' where it was withdrawn; who wrote it, '' for oneself."""

    of: int
    question: str
    clause: str
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """An assessment with notes of the person's own, by its public name."""

    ref: str
    name: str
    notes: int


def forget(words: Words, facts: ForgetFacts, line: str = "") -> Screen:
    """What would happen; the ways to it are missing while something is to be handed over first."""
    rows: list[Row] = [(button(words.say("button.keep-me"), places.Settings(), "primary"),)]
    if not facts.led:
        rows.append((button(words.say("button.forget-me"), p.ConfirmForget(), "danger"),))
        if facts.notes:
            rows.append((button(words.say("button.forget-with-notes"), p.ConfirmForget(1), "danger"),))
    for name, ref in list(zip(facts.led, facts.leads, strict=False))[:_LED]:
        rows.append((button(words.say("forget.members-of", name=one_line(name, _NAME)), places.Members(ref)),))
    if facts.notes:
        rows.append((button(words.say("button.note-texts"), p.NoteBooks()),))
    rows.append((button(words.say("button.home"), places.Home()),))
    return screen(words, "forget.j2", rows, line, facts=facts, names=lambda some: _names(words, some))


def confirm_forget(words: Words, facts: ForgetFacts, *, notes: bool, line: str = "") -> Screen:
    """The last question; the safe choice comes first."""
    rows = [
        (button(words.say("button.keep-me"), places.Settings(), "primary"),),
        (button(words.say("button.forget-for-good"), p.ForgetTap(int(notes), facts.sign), "danger"),),
    ]
    return screen(words, "confirm_forget.j2", rows, line, facts=facts, notes=notes)


def note_books(words: Words, books: tuple[Book, ...], place: p.NoteBooks, line: str = "") -> Screen:
    """Which assessment's notes; three a page."""
    page = page_of(books, place.page, PAGE - 1)
    before, after = turn(words, page, p.NoteBooks)
    rows: list[Row] = [
        (button(words.say("erase.book", name=one_line(one.name, _NAME), n=one.notes), p.Texts(one.ref)),)
        for one in page.items
    ]
    rows.append((*before, button(words.say("button.back"), p.Forget()), *after))
    return screen(words, "note_books.j2", rows, line, books=books)


def texts(words: Words, found: tuple[NoteLine, ...], place: p.Texts, back: places.Place, line: str = "") -> Screen:
    """The notes, each with its button. back: where the person came from."""
    page: Page[NoteLine] = page_of(found, place.page, PAGE)
    before, after = turn(words, page, lambda number: p.Texts(place.assessment, place.question, number))
    first = page.number * PAGE + 1
    erase: Row = tuple(
        button(words.say("erase.number", number=number), p.ConfirmErase(place.assessment, one.of))
        for number, one in enumerate(page.items, first)
    )
    rows = [erase, (*before, button(words.say("button.back"), back), *after)]
    shown = [(number, one, clip(one.text, _TEXT)) for number, one in enumerate(page.items, first)]
    return screen(words, "texts.j2", rows, line, shown=shown, page=page)


def confirm_erase(words: Words, ref: str, one: NoteLine, *, closed: bool, line: str = "") -> Screen:
    """One button a reason: it is shown in the record for ever. The safe choice comes first."""
    rows: list[Row] = [(button(words.say("button.keep-text"), p.Texts(ref, one.question), "primary"),)]
    rows += [
        (button(words.say(f"erase.because.{reason}"), p.EraseTap(ref, one.of, reason), "danger"),) for reason in REASONS
    ]
    return screen(words, "confirm_erase.j2", rows, line, one=one, text=clip(one.text, _WHOLE), closed=closed)


def _names(words: Words, some: tuple[str, ...]) -> str:
    """A few names, and how many more."""
    told = words.say("form.comma").join(one_line(name, _NAME) for name in some[:_NAMES])
    more = len(some) - _NAMES
    return words.say("forget.and-more", names=told, n=more) if more > 0 else told
