"""Which question a payload means, and which comes after an answer. Must not know screens or channels."""

from bot.domain.answers import Veto
from bot.domain.asked import named
from bot.domain.asked import places as asked_at
from bot.domain.asking_order import next_deciding
from bot.domain.interview import next_open, open_questions
from bot.domain.refusals import PopulationMissing, SampleTooSmall
from bot.domain.sampling import check_sample
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import SheetState
from bot.service.case import Case
from bot.view import places
from bot.view.payload import BadPayload
from bot.view.places import Place


def question_of(scheme: Scheme, sheet: SheetState, text: str) -> QuestionId:
    """BadPayload where the sheet does not have that question."""
    question = named(scheme, text)
    if question is None or question not in asked_at(scheme, sheet.covers):
        raise BadPayload
    return question


def after_answer(case: Case, sheet: SheetState, question: QuestionId) -> Place:
    """The next open question after this one; where a veto ends it early, the check (BK-01); else what is left."""
    now = case.state.sheets[sheet.id]
    ref = case.sheets[sheet.id]
    if now.status != "open":
        return after_asked(case, sheet.id)
    given = now.given.get(question)
    if given and isinstance(given.answer, Veto) and given.answer.raised:
        return places.Check(ref)
    following = next_question(case, now, question)
    return places.Card(ref, str(following)) if following else after_questions(case, ref)


def next_question(case: Case, sheet: SheetState, after: QuestionId | None = None) -> QuestionId | None:
    """The open question of a sheet to ask next, in the order that this person chose; None where none is open.

    What can still decide is found from the sheets that they may see, and no others.
    """
    if case.listed.ask_order == "clause":
        return next_open(case.scheme, sheet, after)
    seen = case.seen
    return next_deciding(case.scheme, [one.sheet() for one in seen.counted], seen.decisions, sheet, after)


def after_asked(case: Case, sheet: str) -> Place:
    """The next question of the person's that the lead wants reconsidered, on this sheet first; else their sheets."""
    mine = [one for one in case.state.counted if one.person == case.person.id and one.status == "submitted"]
    for one in sorted(mine, key=lambda one: one.id != sheet):
        asked = next((question for question in case.scheme.covered(one.covers) if question in one.asked), None)
        if asked:
            return places.Card(case.sheets[one.id], str(asked))
    return places.Sheets(case.listed.ref)


def after_questions(case: Case, ref: str) -> Place:
    """What comes when a sheet is answered: the person's other sheets, the decisions, the check."""
    mine = [sheet for sheet in case.state.counted if sheet.person == case.person.id and sheet.status == "open"]
    if case.actor.role == "lead" and _sample_lacks(case):
        return places.Sheets(case.listed.ref)
    if any(open_questions(case.scheme, sheet) for sheet in mine):
        return places.Sheets(case.listed.ref)
    return next_decision(case) or places.Check(ref)


def next_decision(case: Case) -> Place | None:
    """The first decision of the assessment that nobody made yet, for a lead: gates, deductions, bonus."""
    if case.actor.role != "lead":
        return None
    ref, rules = case.listed.ref, case.scheme.adjustments
    for gate in case.scheme.gates:
        if gate not in case.state.gates:
            return places.GateCard(ref, gate)
    if rules and rules.deductions and case.state.findings is None:
        return places.FindingsCard(ref)
    if rules and rules.bonus and case.state.bonus is None:
        return places.BonusCard(ref)
    return None


def _sample_lacks(case: Case) -> bool:
    try:
        check_sample(case.scheme, case.state)
    except (PopulationMissing, SampleTooSmall):
        return True
    return False
