"""What was carried over from an older assessment, as cards and lists show it: never as an answer.

Must not know how a new assessment is started from an older one (`begin_from.py`).
"""

from bot.domain.answers import Answer, NotApplicable, Rated
from bot.domain.carrying import agreed, offered, row_of, unconfirmed
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.compare_places import CarriedList, ConfirmTap
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Screen
from bot.view.values import question_name, question_short, standard_name
from bot.words import Words

PAGE = 8
_ANSWER, _NOTE, _ROW, _NAME = 160, 160, 80, 80


def on_card(words: Words, desk: Desk, question: QuestionId, note: str = "") -> list[str]:
    """What the older assessment says, and whether it still waits to be confirmed. note: its last one, '' for none."""
    row = row_of(desk.state.carried, desk.own, question)
    if row is None or desk.own is None:
        return []
    said = []
    if row.answers:
        told = dict.fromkeys(words.answer(desk.scheme, question, one) for one in row.answers)
        key = "carried.answered" if question in desk.own.given else "carried.waits"
        if agreed(row) is None:
            key = "carried.apart"
        said.append(words.say(key, answer=one_line(words.say("form.comma").join(told), _ANSWER)))
    return [*said, words.say("carried.note", note=one_line(note, _NOTE))] if note else said


def confirm_buttons(words: Words, desk: Desk, question: QuestionId) -> Row:
    """One tap makes today's answer of it; empty where nothing is offered."""
    answer = offered(desk.state.carried, desk.own, question)
    if answer is None:
        return ()
    label = words.say("button.confirm-carried", answer=_short(words, desk, question, answer))
    return (button(label, ConfirmTap(desk.sheet_ref, str(question), 0), "primary"),)


def waiting(desk: Desk) -> tuple[QuestionId, ...]:
    """The questions of the sheet in hand that wait to be confirmed, while anything can be."""
    open_ = desk.own is not None and desk.own.status == "open" and not desk.state.closed
    return unconfirmed(desk.scheme, desk.state.carried, desk.own) if open_ else ()


def count_line(words: Words, desk: Desk) -> str:
    """How many wait; ''."""
    n = len(waiting(desk))
    return words.say("carried.count", n=n) if n else ""


def list_button(words: Words, desk: Desk) -> Row:
    """To the list of them; empty where none waits."""
    n = len(waiting(desk))
    return (button(words.say("button.carried", n=n), CarriedList(desk.sheet_ref)),) if n else ()


def row_text(words: Words, desk: Desk, question: QuestionId) -> str:
    """In a list of questions, in place of an answer: 'last time 85%, not confirmed'; ''."""
    row = row_of(desk.state.carried, desk.own, question)
    if row is None or not row.answers or question not in waiting(desk):
        return ""
    told = dict.fromkeys(words.answer(desk.scheme, question, one) for one in row.answers)
    return words.say("carried.row", answer=one_line(words.say("form.comma").join(told), _ROW))


def head_line(words: Words, desk: Desk) -> str:
    """In the head: from what it began; ''."""
    held = desk.state.carried
    if held is None:
        return ""
    over = held.over
    ended = words.say("carried.closed", date=words.date(over.at)) if over.at else words.say("carried.open")
    name = one_line(over.organisation, _NAME)
    return words.say("carried.head", name=name, mode=words.say(f"mode.{over.mode}"), ended=ended)


def carried_list(words: Words, desk: Desk, place: CarriedList, line: str = "") -> Screen:
    """All that wait on this sheet, eight a page; each leads to its card. There is no way to confirm all at once."""
    page = page_of(waiting(desk), place.page, PAGE)
    before, after = turn(words, page, lambda number: CarriedList(place.sheet, number))
    jumps = [
        button(question_short(words, desk.scheme, question, desk.own), places.Card(place.sheet, str(question)))
        for question in page.items
    ]
    back = button(words.say("button.before", clause=words.say("button.sections")), places.Sections(place.sheet))
    listed = [
        (one_line(question_name(words, desk.scheme, question, desk.own), _ROW), row_text(words, desk, question))
        for question in page.items
    ]
    rows: list[Row] = [*columns(jumps, 4), (*before, back, *after)]
    return screen(
        words,
        "carried_list.j2",
        rows,
        line,
        standard=standard_name(words, desk),
        total=len(waiting(desk)),
        listed=listed,
        page=page,
    )


def _short(words: Words, desk: Desk, question: QuestionId, answer: Answer) -> str:
    """As short as a button takes it: a level without its name, N/A without its reason."""
    if isinstance(answer, NotApplicable):
        return words.say("button.not-applicable")
    if isinstance(answer, Rated) and answer.level is not None:
        return words.level(None, answer.level)
    return words.answer(desk.scheme, question, answer)
