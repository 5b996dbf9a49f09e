"""Whose a sheet is, and what it still lacks. Must not know commands, or who leads."""

from bot.domain.answers import Rated
from bot.domain.commands import Actor
from bot.domain.refusals import NotAllowed, SheetClosed
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
