"""What an older assessment said, carried over into a new one and not confirmed: no answer before somebody says so.

Decisions and evidence are not carried, nor what notes say: only where the last one stands. Units that are sampled
(projects) are others each time, so their sheets begin empty, and so does a second visit. Must not know who may see it
(`blind.py`), or how it looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.domain.answers import Answer, Rated, Veto, same
from bot.domain.interview import check_answer
from bot.domain.panel_entries import CarriedOver, CarriedRow
from bot.domain.refusals import Refused
from bot.domain.sampling import first_covers
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import AssessmentState, Carried, SheetState

Fate: TypeAlias = Literal["unchanged", "changed", "open"]
FATES: tuple[Fate, ...] = ("unchanged", "changed", "open")
"""Of a carried answer: confirmed or given again as it was; answered otherwise; not answered yet."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where it comes from: an assessment as of its entry `upto`, whose hash is `head`."""

    assessment: str
    upto: int
    head: str


def carried_of(old: AssessmentState, scheme: Scheme, person: str, source: Source) -> CarriedOver:
    """What of `old`, as this person may see it, can be carried into a new assessment by `scheme`, in clause order.

    Of each question the answers of the person's own sheets where they have one that answers it, else of all counted
    ones, sheet by sheet. An answer that `scheme` does not take any more is left out; a question that it does not ask is
    named as gone.
    """
    asked = scheme.covered(frozenset(first_covers(scheme)))
    rows = (_row(old, scheme, person, question) for question in asked)
    answered = dict.fromkeys(question for sheet in old.counted for question in sheet.given)
    return CarriedOver(
        assessment=source.assessment,
        upto=source.upto,
        head=source.head,
        mode=old.mode,
        organisation=old.header.get("organisation", ""),
        at=old.closed_at,
        rows=tuple(row for row in rows if row.answers or row.note),
        gone=tuple(str(question) for question in answered if question not in scheme.questions),
    )


def _row(old: AssessmentState, scheme: Scheme, person: str, question: QuestionId) -> CarriedRow:
    sheets = [sheet for sheet in old.counted if question in sheet.given or sheet.notes.get(question)]
    mine = [sheet for sheet in sheets if sheet.person == person and question in sheet.given]
    answers = (sheet.given[question].answer for sheet in mine or sheets if question in sheet.given)
    notes = [note.seq for sheet in mine or sheets for note in sheet.notes.get(question, ())]
    return CarriedRow(question, tuple(one for one in answers if _fits(scheme, question, one)), max(notes, default=0))


def _fits(scheme: Scheme, question: QuestionId, answer: Answer) -> bool:
    try:
        check_answer(scheme, question, answer)
    except Refused:
        return False
    return True


def row_of(carried: Carried | None, sheet: SheetState | None, question: QuestionId) -> CarriedRow | None:
    """What was carried over to this question of this sheet; None where nothing was."""
    if carried is None or sheet is None or not _meant(carried, sheet):
        return None
    return next((row for row in carried.over.rows if row.question == question), None)


def agreed(row: CarriedRow) -> Answer | None:
    """The one answer that all sheets of the older assessment gave; None where there is none, or they disagree."""
    first = row.answers[0] if row.answers else None
    return first if all(same(first, one) for one in row.answers) else None


def offered(carried: Carried | None, sheet: SheetState | None, question: QuestionId) -> Answer | None:
    """What one tap would confirm; None where there is nothing, the sheets disagreed, or it is answered already.

    A veto row is a statement about today: its two buttons are as near, and nothing is suggested.
    """
    row = row_of(carried, sheet, question)
    if row is None or sheet is None or question in sheet.given:
        return None
    answer = agreed(row)
    if isinstance(answer, Veto):
        return None
    return replace(answer, typed="") if isinstance(answer, Rated) else answer


def unconfirmed(scheme: Scheme, carried: Carried | None, sheet: SheetState | None) -> tuple[QuestionId, ...]:
    """The sheet's questions that were answered in the older assessment and are not here, in clause order."""
    if carried is None or sheet is None or not _meant(carried, sheet):
        return ()
    held = {row.question for row in carried.over.rows if row.answers}
    return tuple(one for one in scheme.covered(sheet.covers) if one in held and one not in sheet.given)


def fates(state: AssessmentState) -> Iterator[tuple[CarriedRow, Fate]]:
    """What became of each carried answer on the sheets of who began it, so far or in the end."""
    carried = state.carried
    if carried is None:
        return
    sheets = [sheet for sheet in state.counted if _meant(carried, sheet)]
    for row in carried.over.rows:
        if row.answers:
            given = [sheet.given[row.question].answer for sheet in sheets if row.question in sheet.given]
            before = agreed(row)
            kept = all(before is not None and same(before, answer) for answer in given)
            yield row, ("unchanged" if kept else "changed") if given else "open"


def _meant(carried: Carried, sheet: SheetState) -> bool:
    """Sheets of who began it, and not those of one unit or of another visit."""
    return sheet.person == carried.person and not sheet.round
