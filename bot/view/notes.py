"""Notes on a question, and the two things that are asked as text. Must not know ratings."""

from bot.domain.answers import NotApplicable
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.facts import Desk
from bot.view.parts import Block, Row, block_pages, button, one_line, screen, turn
from bot.view.ratings import answer_of
from bot.view.screen import Screen
from bot.view.values import question_name
from bot.words import Words

_LAST = 200


def notes(words: Words, desk: Desk, question: QuestionId, page: int = 0, line: str = "") -> Screen:
    """All notes in full, oldest first, page by page."""
    ref, text = desk.sheet_ref, str(question)
    held = desk.own.notes.get(question, ()) if desk.own else ()
    blocks = [
        Block(words.say("notes.revised" if note.revised else "notes.at", when=words.when(note.at)), note.text)
        for note in held
    ]
    shown = block_pages(blocks, page)
    before, after = turn(words, shown, lambda number: places.Notes(ref, text, number))
    ways: Row = (button(words.say("button.back"), places.Card(ref, text)),)
    if not desk.state.closed:
        ways = (*ways, button(words.say("button.add-note"), places.AskNote(ref, text)))
    if held:
        ways = (*ways, button(words.say("button.erase-text"), places.Texts(desk.ref, text)))
    name = question_name(words, desk.scheme, question)
    return screen(words, "notes.j2", [(*before, *after), ways], line, name=name, page=shown)


def ask_note(words: Words, desk: Desk, question: QuestionId, line: str = "") -> Screen:
    """The next text is a note."""
    held = desk.own.notes.get(question, ()) if desk.own else ()
    back = (button(words.say("button.cancel"), places.Card(desk.sheet_ref, str(question))),)
    return screen(
        words,
        "ask_note.j2",
        [back],
        line,
        name=question_name(words, desk.scheme, question),
        notes=len(held),
        last_note=one_line(held[-1].text, _LAST) if held else "",
    )


def ask_reason(words: Words, desk: Desk, question: QuestionId, line: str = "") -> Screen:
    """The next text is why the question does not apply; without it nothing is recorded (DN-06)."""
    answer = answer_of(desk, question)
    back = (button(words.say("button.cancel"), places.Card(desk.sheet_ref, str(question))),)
    return screen(
        words,
        "ask_reason.j2",
        [back],
        line,
        name=question_name(words, desk.scheme, question),
        reason=one_line(answer.reason, _LAST) if isinstance(answer, NotApplicable) else "",
    )
