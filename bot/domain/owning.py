"""Whose a sheet, a finding, a piece of evidence is, and what a sheet still lacks. Must not know commands."""

from bot.domain.answers import Rated
from bot.domain.commands import Actor
from bot.domain.evidence import Evidence, Finding
from bot.domain.refusals import AssessmentClosed, NotAllowed, NothingToRevise, SheetClosed
from bot.domain.scheme import QuestionId
from bot.domain.state import AssessmentState, SheetState


def own(state: AssessmentState, actor: Actor, sheet: str, question: QuestionId | None = None) -> SheetState:
    """The person's own sheet, open for this question: nobody rates on another's (DESIGN 6). NotAllowed, SheetClosed.

    A submitted sheet is open for a question that the lead asked to have reconsidered.
    """
    found = state.sheets.get(sheet)
    if found is None or found.person != actor.person:
        raise NotAllowed
    if found.status == "open" or (found.status == "submitted" and question in found.asked):
        return found
    raise SheetClosed


def own_finding(state: AssessmentState, actor: Actor, of: int) -> Finding:
    """A finding that stands and that this person may change: the lead any, others their own, a deduction the lead.

    NothingToRevise, NotAllowed.
    """
    one = state.found.get(of)
    if one is None or one.withdrawn:
        raise NothingToRevise
    if actor.role != "lead" and (one.person != actor.person or one.kind == "deduction"):
        raise NotAllowed
    return one


def provable(state: AssessmentState, actor: Actor, of: int) -> Finding:
    """One to which this person may add evidence; after closing where something is to be done about it alone.

    NothingToRevise, NotAllowed, AssessmentClosed.
    """
    one = own_finding(state, actor, of)
    if state.closed and one.kind == "strength":
        raise AssessmentClosed
    return one


def tended(state: AssessmentState, actor: Actor, one: Evidence) -> None:
    """Whether who brought this piece may still describe it or take it away. NotAllowed, SheetClosed, AssessmentClosed.

    Nothing that was there when the assessment was closed.
    """
    if state.closed and one.seq < state.closed_by:
        raise AssessmentClosed
    if one.sheet:
        own(state, actor, one.sheet, one.question)


def unsupported(state: AssessmentState, sheet: SheetState) -> tuple[QuestionId, ...]:
    """The sheet's ratings above the demanded ratio without evidence that stands, in the order they were given."""
    if state.demanded is None:
        return ()
    proven = {one.question for one in state.evidence.values() if one.sheet == sheet.id and one.stands}
    above = state.demanded
    return tuple(
        question
        for question, given in sheet.given.items()
        if isinstance(given.answer, Rated) and given.answer.value > above and question not in proven
    )
