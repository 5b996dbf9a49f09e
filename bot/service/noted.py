"""The notes whose text a person may erase, as they see them. Must not know how it looks, or what erasing does."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.service.case import Case
from bot.service.talk import Talk
from bot.view.forget import Book, NoteLine


@dataclass(frozen=True, slots=True)
class Written:
    """A note whose text is in the record: its entry, sheet and question; text: '' where it was withdrawn."""

    of: int
    sheet: SheetState
    question: QuestionId
    text: str


def written(case: Case) -> tuple[Written, ...]:
    """The notes that this person may erase and sees: their own, for the lead all, in the order of the clauses."""
    mine = (sheet for sheet in case.seen.sheets.values() if case.actor.role == "lead" or sheet.person == case.person.id)
    places_ = {question: place for place, question in enumerate(case.scheme.questions)}
    found = [one for sheet in mine for one in _of(sheet)]
    return tuple(sorted(found, key=lambda one: (places_.get(one.question, -1), one.of)))


def own(case: Case) -> tuple[Written, ...]:
    """Those that the person wrote."""
    return tuple(one for one in written(case) if one.sheet.person == case.person.id)


def line_of(case: Case, one: Written) -> NoteLine:
    """As it is listed."""
    theirs = one.sheet.person != case.person.id
    who = case.names.get(one.sheet.person, "") if theirs else ""
    return NoteLine(one.of, str(one.question), one.question.indicator, one.text, who)


def books(talk: Talk) -> tuple[Book, ...]:
    """The person's assessments with notes of their own, also archived ones."""
    listed = (*talk.cases.listed(), *talk.cases.listed(archived=True))
    cases = [talk.cases.open(one) for one in listed]
    found = ((case, len(own(case))) for case in cases)
    return tuple(Book(case.listed.ref, case.seen.name, count) for case, count in found if count)


def _of(sheet: SheetState) -> Iterator[Written]:
    for question, notes in sheet.notes.items():
        yield from (Written(note.seq, sheet, question, note.text) for note in notes)
    yield from (Written(of, sheet, question, "") for of, question in sheet.withdrawn.items())
