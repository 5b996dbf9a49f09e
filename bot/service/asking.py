"""Which question a payload means, and which comes after an answer. Must not know screens or channels."""

from bot.domain.answers import Veto
from bot.domain.interview import next_open
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState
from bot.service.case import Case
from bot.view import places
from bot.view.payload import BadPayload
from bot.view.places import Place


def question_of(scheme: Scheme, sheet: SheetState, text: str) -> QuestionId:
    """BadPayload where the sheet does not have that question."""
    try:
        question = QuestionId.parse(text)
    except ValueError:
        raise BadPayload from None
    if question not in scheme.covered(sheet.covers):
        raise BadPayload
    return question


def after_answer(case: Case, sheet: SheetState, question: QuestionId) -> Place:
    """The next open question after this one, or the check where nothing is open or a veto ends it early (BK-01)."""
    now = case.state.sheets[sheet.id]
    ref = case.sheets[sheet.id]
    given = now.given.get(question)
    following = next_open(case.scheme, now, question)
    if following is None or (given and given.answer == Veto(raised=True)):
        return places.Check(ref)
    return places.Card(ref, str(following))
