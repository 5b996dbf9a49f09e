"""Screens of insight, gathered; the order in which somebody is asked. Must not draw anything, or find anything itself.

Everything comes from what the person may see: a blind assessor sees where their own sheets stand, a viewer nothing
before closing.
"""

from dataclasses import replace
from typing import assert_never

from bot.domain.asking_order import AskOrder
from bot.domain.deciding_questions import by_stake, deciding
from bot.domain.refusals import AssessmentClosed, NotAllowed
from bot.domain.scheme import QuestionId, Scheme
from bot.service.case import Case
from bot.service.standing import result_facts
from bot.service.talk import Outcome, Talk
from bot.view import places, result
from bot.view.asking_order import order_line
from bot.view.facts import ResultFacts
from bot.view.insight import insight
from bot.view.insight_deciding import deciding as decisive
from bot.view.insight_margin import margin
from bot.view.insight_parts import why_dimension, why_section
from bot.view.insight_places import InsightPlace, OrderTap
from bot.view.insight_question import why_question
from bot.view.insight_why import why
from bot.view.payload import BadPayload
from bot.view.screen import Screen


def insight_board(talk: Talk, place: InsightPlace, line: str) -> Screen:
    """The screen of a place. UnknownAssessment, BadPayload."""
    words, case = talk.words, talk.cases.by_ref(place.assessment)
    if case.actor.role == "viewer" and not case.state.closed:
        return result.waiting(words, case.desk(), line=line)
    facts = insight_facts(case, talk.focus.sheet)
    match place:
        case places.Insight():
            return insight(words, facts, line)
        case places.Decisive():
            return decisive(words, facts, place, line)
        case places.MarginPlace():
            return margin(words, facts, place, line)
        case places.Why():
            return _why(talk, facts, place, line)
        case _:
            assert_never(place)


def insight_facts(case: Case, sheet: str = "") -> ResultFacts:
    """Score, bounds, margin, and what can still decide, by the sheets that this person sees."""
    facts = result_facts(case, sheet=sheet)
    state = facts.desk.state
    found = deciding(case.scheme, [one.sheet() for one in state.counted], state.decisions)
    return replace(facts, deciding=by_stake(case.scheme, found))


def ordered(talk: Talk, tap: OrderTap) -> Outcome:
    """How this person wants to be asked in this assessment. NotAllowed for who only looks; AssessmentClosed."""
    case = talk.cases.by_ref(tap.assessment)
    if case.actor.role == "viewer":
        raise NotAllowed
    if case.state.closed:
        raise AssessmentClosed
    order: AskOrder = "deciding" if tap.on else "clause"
    talk.unit.assessments.set_order(talk.person.id, case.listed.id, order)
    line = order_line(talk.words, order)
    return Outcome(line=line, toast=line)


def _why(talk: Talk, facts: ResultFacts, place: places.Why, line: str) -> Screen:
    scheme = facts.desk.scheme
    match place.part:
        case "":
            return why(talk.words, facts, line)
        case "d" if place.name in scheme.dimensions:
            return why_dimension(talk.words, facts, place, line)
        case "s" if _section(scheme, place.name):
            return why_section(talk.words, facts, place, line)
        case "q" if _question(scheme, place.name):
            return why_question(talk.words, facts, place, line)
        case _:
            raise BadPayload


def _section(scheme: Scheme, name: str) -> bool:
    section, _, dimension = name.rpartition("/")
    return dimension in scheme.parts.get(section, {})


def _question(scheme: Scheme, name: str) -> bool:
    return "/" in name and QuestionId.parse(name) in scheme.questions
