"""The screens of findings, demanded evidence and reopening: gathers facts from what the person may see; draws nothing.

Also what of a finding is whose to change, and over all assessments, what is to be done still.
"""

from collections.abc import Iterator
from typing import assert_never

from bot.domain import evidence
from bot.domain.evidence import Evidence, Finding, hung, standing
from bot.domain.evidence_entries import FINDING_KINDS
from bot.domain.owning import unsupported
from bot.domain.scheme import Scheme
from bot.service.case import Case
from bot.service.evidence_shown import may_prove
from bot.service.talk import Talk
from bot.view import actions, demand, findings, places, reopening
from bot.view.facts import Desk
from bot.view.findings_facts import ActionLine, FindingFacts, FindingsFacts
from bot.view.findings_places import FindingPlace
from bot.view.payload import BadPayload
from bot.view.screen import Screen


def finding_board(talk: Talk, place: FindingPlace | places.AskFinding | places.Actions, line: str) -> Screen:
    """The screen of such a place. UnknownAssessment, BadPayload."""
    words = talk.words
    if isinstance(place, places.Actions):
        return actions.actions(words, action_lines(talk), place, line=line)
    case = talk.cases.by_ref(place.assessment)
    desk = case.desk(talk.focus.sheet)
    match place:
        case places.Findings():
            return findings.findings(words, _list(talk, case, desk, place), place, line=line)
        case places.PickKind(_, clause):
            _known(case.scheme, clause)
            return findings.pick_kind(words, desk, place, line=line)
        case places.AskFinding(_, kind, clause):
            _known(case.scheme, clause)
            if (kind or "deduction") not in findings.kinds_offered(desk):
                raise BadPayload
            return findings.ask_finding(words, desk, place, line=line)
        case places.Demand():
            missing = sum(len(unsupported(desk.state, sheet)) for sheet in desk.state.counted)
            return demand.demand(words, desk, missing, line=line)
        case places.ConfirmReopen():
            return reopening.confirm_reopen(words, desk, line=line)
        case places.AskReopen():
            return reopening.ask_reopen(words, desk, line=line)
        case places.FindingItem() | places.AskFindingField() | places.ConfirmWithdraw() | places.AskWithdraw():
            return _one(talk, case, desk, place, line)
        case _:
            assert_never(place)


def action_lines(talk: Talk) -> list[ActionLine]:
    """What is to be done still in all assessments of the person that are not put away; the earliest day first."""
    found = list(_actions(talk))
    return sorted(found, key=lambda one: (not one.finding.one.due, one.finding.one.due))


def todo(talk: Talk) -> int:
    """How much that is."""
    cases = (talk.cases.open(listed) for listed in talk.cases.listed())
    return sum(len(evidence.actions(case.seen.found)) for case in cases)


def facts_of(talk: Talk, case: Case, one: Finding, desk: Desk | None = None) -> FindingFacts:
    """A finding as this person has it before them."""
    desk = desk or case.desk(talk.focus.sheet)
    closed, rates = case.state.closed is not None, desk.rates
    theirs = desk.lead or (rates and one.person == case.person.id and one.kind != "deduction")
    may = theirs and not one.withdrawn
    return FindingFacts(
        one,
        who=talk.unit.people.get(one.person).name,
        pieces=hung(desk.state.evidence, one.seq),
        nearby=tuple(piece for piece in desk.state.evidence.values() if _nearby(case.scheme, piece, one)),
        may=may and not closed,
        follows=may,
        proves=may_prove(case, one.seq),
        overdue=one.state == "open" and bool(one.due) and one.due < talk.words.date(_ms(talk)),
        card=_card(case.scheme, desk, one.clause),
    )


def _list(talk: Talk, case: Case, desk: Desk, place: places.Findings) -> FindingsFacts:
    _known(case.scheme, place.clause)
    found = [one for one in standing(desk.state.found) if not place.clause or one.clause == place.clause]
    ordered = sorted(found, key=lambda one: FINDING_KINDS.index(one.kind))
    facts = tuple(facts_of(talk, case, one, desk) for one in ordered)
    card = _card(case.scheme, desk, place.clause)
    return FindingsFacts(desk, facts, adds=desk.rates and not case.state.closed, card=card)


def _one(
    talk: Talk,
    case: Case,
    desk: Desk,
    place: places.FindingItem | places.AskFindingField | places.ConfirmWithdraw | places.AskWithdraw,
    line: str,
) -> Screen:
    words = talk.words
    held = desk.state.found.get(place.number)
    facts = facts_of(talk, case, held, desk) if held else None
    if facts is None or not facts.follows:
        return findings.finding(words, desk, facts, line=line)
    match place:
        case places.AskFindingField(_, _, field):
            if field not in findings.FIELDS or not (facts.may or field in {"action", "due"}):
                raise BadPayload
            return findings.ask_field(words, desk, place, facts, line=line)
        case places.ConfirmWithdraw() if facts.may:
            return findings.confirm_withdraw(words, desk, facts, line=line)
        case places.AskWithdraw() if facts.may:
            return findings.ask_withdraw(words, desk, facts, line=line)
        case _:
            return findings.finding(words, desk, facts, line=line)


def _actions(talk: Talk) -> Iterator[ActionLine]:
    for listed in talk.cases.listed():
        case = talk.cases.open(listed)
        for one in evidence.actions(case.seen.found):
            yield ActionLine(listed.ref, case.state.name, facts_of(talk, case, one, case.desk()))


def _card(scheme: Scheme, desk: Desk, clause: str) -> str:
    """The question of that clause on the person's own sheet; ''."""
    if desk.own is None:
        return ""
    return next((str(q) for q in scheme.covered(desk.own.covers) if q.indicator == clause), "")


def _nearby(scheme: Scheme, piece: Evidence, one: Finding) -> bool:
    """It supports a question of the finding's clause."""
    if not piece.stands or not piece.sheet:
        return False
    rows = {row.id for row in scheme.within(one.clause)} if one.clause in scheme.section_by_id else {one.clause}
    return piece.question.indicator in rows


def _known(scheme: Scheme, clause: str) -> None:
    if clause and clause not in scheme.by_id and clause not in scheme.section_by_id:
        raise BadPayload


def _ms(talk: Talk) -> int:
    return int(talk.now.timestamp()) * 1000
