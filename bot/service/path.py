"""The way to a grade: marks of the person's own, and the plan from what they may see. One search per tap.

Must not know how a plan is found, or how any of it looks. Marks are drafts (`store/drafts.py`), never in the record.
"""

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import Sheet
from bot.domain.insight import bounds
from bot.domain.plan import Planned, is_cost, planned, targets
from bot.domain.refusals import CostNotUnderstood, NotAllowed
from bot.domain.scheme import Grade, QuestionId
from bot.domain.stakes import value_of
from bot.service.case import Case
from bot.service.events import Said
from bot.service.talk import Outcome, Talk
from bot.view import path, path_lines, result, wishes
from bot.view.path_facts import WishFacts, path_facts
from bot.view.path_places import (
    ConfirmUnwish,
    CostTap,
    PathPlace,
    PathTap,
    PickRow,
    UnwishTap,
    Way,
    WishCard,
    WishList,
    WishTap,
)
from bot.view.payload import BadPayload
from bot.view.screen import Screen

Marks = Mapping[str, Fraction | None]
_DIGITS = r"\d{1,9}(?:\.\d{1,9})?"
_COST = re.compile(rf"({_DIGITS}) *(?:/ *({_DIGITS}))?")


def may_plan(case: Case) -> bool:
    """A viewer sees results after closing alone, and what leads to them with it."""
    return case.actor.role != "viewer" or case.state.closed is not None


def counted(case: Case) -> list[Sheet]:
    """The sheets that count, of those that the person may see: what a plan is made of."""
    return [one.sheet() for one in case.seen.counted]


def marks_of(talk: Talk, case: Case) -> Marks:
    """The person's marks on indicators that the scheme has still."""
    held = talk.unit.drafts.wishes(talk.person.id, case.listed.id)
    return {row: cost for row, cost in held.items() if row in case.scheme.by_id}


def aim(case: Case, grade: str) -> tuple[tuple[Grade, ...], Grade | None, Grade]:
    """The grades above the present outcome, the one aimed at, the present one. BadPayload for no grade to be had."""
    now = bounds(case.scheme, counted(case), case.seen.decisions).lowest
    above = targets(case.scheme, now)
    if not grade:
        return above, (above[0] if above else None), now
    found = next((one for one in case.scheme.grades if one.id == grade and one.awarded), None)
    if found is None:
        raise BadPayload
    return above, found, now


def plan(talk: Talk, case: Case, grade: Grade) -> Planned:
    """The cheapest path to the grade by the person's marks: the one search of a tap."""
    return planned(case.scheme, counted(case), case.seen.decisions, grade.id, marks_of(talk, case))


def path_board(talk: Talk, place: PathPlace, line: str) -> Screen:
    """UnknownAssessment, BadPayload."""
    case = talk.cases.by_ref(place.assessment)
    words, desk = talk.words, case.desk(talk.focus.sheet)
    if not may_plan(case):
        return result.waiting(words, desk, line)
    match place:
        case Way():
            return _way(talk, case, place, line)
        case WishCard(_, indicator):
            return wishes.wish_card(words, _wish_facts(talk, case, _rated_row(case, indicator)), place, line)
        case WishList():
            return wishes.wish_list(words, desk, marks_of(talk, case), place, line)
        case PickRow(_, section):
            if section and section not in case.scheme.section_by_id:
                raise BadPayload
            return wishes.pick_row(words, desk, marks_of(talk, case), place, line)
        case ConfirmUnwish():
            return wishes.confirm_unwish(words, desk, len(marks_of(talk, case)), place, line)
        case _:
            assert_never(place)


def path_tap(talk: Talk, tap: PathTap) -> Outcome:
    """Mark an indicator, or take marks away. UnknownAssessment, NotAllowed, BadPayload."""
    case = talk.cases.by_ref(tap.assessment)
    if not may_plan(case):
        raise NotAllowed
    match tap:
        case WishTap(ref, indicator, on, grade):
            _mark(talk, case, indicator, None if on else Fraction(1))
            said = path_lines.impossible(talk.words, indicator) if on else path_lines.possible(talk.words, indicator)
            return Outcome(WishCard(ref, indicator, grade), toast=said)
        case CostTap(ref, indicator, cost, grade):
            if cost not in wishes.COSTS:
                raise BadPayload
            _mark(talk, case, indicator, Fraction(cost))
            said = path_lines.costs(talk.words, indicator, Fraction(cost))
            return Outcome(WishCard(ref, indicator, grade), toast=said)
        case UnwishTap(ref, grade):
            talk.unit.drafts.unwish(talk.person.id, case.listed.id)
            return Outcome(Way(ref, grade), toast=path_lines.unmarked(talk.words))
        case _:
            assert_never(tap)


def cost_said(talk: Talk, event: Said) -> Outcome:
    """A typed cost of the indicator shown. CostNotUnderstood, NotAllowed, UnknownAssessment."""
    place = talk.place()
    if not isinstance(place, WishCard):
        raise CostNotUnderstood
    case = talk.cases.by_ref(place.assessment)
    if not may_plan(case):
        raise NotAllowed
    cost = _cost(event.text)
    _mark(talk, case, place.indicator, cost)
    return Outcome(place, line=path_lines.costs(talk.words, place.indicator, cost), fresh=True)


def _cost(text: str) -> Fraction:
    match = _COST.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None or (match[2] and not Fraction(match[2])):
        raise CostNotUnderstood
    cost = Fraction(match[1]) / Fraction(match[2] or 1)
    if not is_cost(cost):
        raise CostNotUnderstood
    return cost


def _mark(talk: Talk, case: Case, indicator: str, cost: Fraction | None) -> None:
    """A cost of 1 is no mark."""
    _rated_row(case, indicator)
    if cost == 1:
        talk.unit.drafts.unwish(talk.person.id, case.listed.id, indicator)
    else:
        talk.unit.drafts.wish(talk.person.id, case.listed.id, indicator, cost, talk.now)


def _rated_row(case: Case, indicator: str) -> str:
    row = case.scheme.by_id.get(indicator)
    if row is None or row.veto:
        raise BadPayload
    return indicator


def _way(talk: Talk, case: Case, place: Way, line: str) -> Screen:
    desk = case.desk(talk.focus.sheet)
    above, target, now = aim(case, place.grade)
    if target is None:
        return path.highest(talk.words, desk, now, line)
    tried = len(talk.unit.drafts.tries(talk.person.id, case.listed.id))
    facts = path_facts(desk, plan(talk, case, target), above, marks_of(talk, case), tried)
    return path.way(talk.words, facts, place, line)


def _wish_facts(talk: Talk, case: Case, indicator: str) -> WishFacts:
    marks = marks_of(talk, case)
    sheets = counted(case)
    questions = [one for one in case.scheme.questions if one.indicator == indicator]
    ratings = {
        question: tuple(
            value
            for one in sheets
            if question in one.answers and (value := value_of(case.scheme, one, question)) is not None
        )
        for question in questions
    }
    return WishFacts(
        desk=case.desk(talk.focus.sheet),
        indicator=indicator,
        marked=indicator in marks,
        mark=marks.get(indicator),
        ratings=ratings,
        tries={one: ref for one in questions if (ref := _to_try(talk, case, one))},
    )


def _to_try(talk: Talk, case: Case, question: QuestionId) -> str:
    """The sheet on which it is tried first: the one in hand, one's own, any that is seen; ''."""
    asking = [one for one in case.seen.counted if question.dimension in one.covers]
    mine = [one for one in asking if one.person == talk.person.id]
    found = next((one for one in mine if one.id == talk.focus.sheet), None) or next(iter([*mine, *asking]), None)
    return case.sheets[found.id] if found else ""
