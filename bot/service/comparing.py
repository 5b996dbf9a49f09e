"""Two assessments of one person side by side: each through its own membership, and as far as it may be seen.

An audit is also compared with the self-assessment that was handed over for it, whose member the auditor is not: that is
made from the copy in the audit alone, for whoever sees that copy.
Must not know what the screens look like, or find any difference itself.
"""

from typing import assert_never

from bot.domain.basis_side import from_basis, rated
from bot.domain.compare import Side, compare
from bot.domain.scheme import QuestionId
from bot.service.case import Case
from bot.service.membership import ms
from bot.service.talk import Talk
from bot.store.values import Listed
from bot.view import compare as view
from bot.view import compare_parts as parts
from bot.view.compare_facts import CompareFacts, OtherLine, SideFacts
from bot.view.compare_places import BASIS, Compare, Compared, ComparedQuestion, ComparePlace
from bot.view.facts import Desk
from bot.view.payload import BadPayload
from bot.view.screen import Screen


def compare_board(talk: Talk, place: ComparePlace, line: str) -> Screen:
    """The screen of a place. UnknownAssessment; BadPayload, also for two of different standards."""
    case = talk.cases.by_ref(place.assessment)
    if isinstance(place, Compare):
        found = (*_basis_line(case), *others(talk, case.listed.scheme_id, case.listed))
        return view.pick_other(talk.words, case.desk(), place, found, line)
    facts = with_basis(case) if place.other == BASIS else compared(case, talk.cases.by_ref(place.other))
    if facts.found is None:
        return view.summary(talk.words, facts, line)
    match place:
        case Compared(part=""):
            return view.summary(talk.words, facts, line)
        case Compared():
            if place.part not in {"s", "q", "o", "u"} or not _section(facts, place.name):
                raise BadPayload
            return parts.part(talk.words, facts, facts.found, place, line)
        case ComparedQuestion():
            if not _asked(facts, place.question):
                raise BadPayload
            return parts.question(talk.words, facts, facts.found, place, line)
        case _:
            assert_never(place)


def compared(left: Case, right: Case) -> CompareFacts:
    """Both as this person may see them; nothing is compared where one shows them nothing. BadPayload."""
    if left.listed.scheme_id != right.listed.scheme_id:
        raise BadPayload
    sides = tuple(SideFacts(one.desk(), ms(one.listed.created_at), _hidden(one)) for one in (left, right))
    found = None if any(one.hidden for one in sides) else compare(_side(left), _side(right))
    return CompareFacts(sides[0], sides[1], found)


def with_basis(case: Case) -> CompareFacts:
    """What was handed over, as this person sees it, and the audit. BadPayload where there are no ratings to see."""
    basis = case.seen.basis
    if basis is None or not rated(basis):
        raise BadPayload
    made = from_basis(basis, _side(case))
    desk = Desk(BASIS, case.scheme, made.state, sheet_ref="", own=None, lead=False, seq=0)
    began = ms(case.listed.created_at)
    sides = SideFacts(desk, began, hidden=False), SideFacts(case.desk(), began, hidden=False)
    return CompareFacts(*sides, made.found, basis=True, untold=made.untold)


def _basis_line(case: Case) -> tuple[OtherLine, ...]:
    """The basis among what to compare with; the day is that on which the audit began on it."""
    basis = case.seen.basis
    if basis is None or not rated(basis):
        return ()
    return (OtherLine(BASIS, basis.organisation, "self", ms(case.listed.created_at), 0, ""),)


def others(talk: Talk, scheme: str, beside: Listed | None = None) -> tuple[OtherLine, ...]:
    """The person's assessments by this standard, the newest first; also archived ones. beside: the one in hand."""
    listed = [one for archived in (False, True) for one in talk.cases.listed(archived=archived)]
    chosen = [one for one in listed if one.scheme_id == scheme and (beside is None or one.id != beside.id)]
    chosen.sort(key=lambda one: (one.created_at, one.id), reverse=True)
    return tuple(_line(talk, one, beside) for one in chosen)


def any_by(talk: Talk, scheme: str) -> bool:
    """Whether this person has an assessment by this standard, were it archived."""
    return any(one.scheme_id == scheme for on in (False, True) for one in talk.cases.listed(archived=on))


def _line(talk: Talk, listed: Listed, beside: Listed | None) -> OtherLine:
    case = talk.cases.open(listed)
    closed = case.state.closed
    outcomes = (*case.scheme.grades, case.scheme.otherwise)
    outcome = next((one.title for one in outcomes if closed and one.id == closed.outcome), None)
    return OtherLine(
        ref=listed.ref,
        name=case.seen.name,
        mode=listed.mode,
        began=ms(listed.created_at),
        closed=case.seen.closed_at,
        outcome=talk.words.pick(outcome),
        older=beside is None or listed.created_at <= beside.created_at,
        archived=listed.archived,
    )


def _hidden(case: Case) -> bool:
    return case.actor.role == "viewer" and not case.state.closed


def _side(case: Case) -> Side:
    seen = case.seen
    return Side(case.scheme, [sheet.sheet() for sheet in seen.counted], seen.decisions)


def _section(facts: CompareFacts, name: str) -> bool:
    return not name or any(name in side.desk.scheme.section_by_id for side in (facts.left, facts.right))


def _asked(facts: CompareFacts, text: str) -> bool:
    asked = (facts.left.desk.scheme.questions, facts.right.desk.scheme.questions)
    return "/" in text and any(QuestionId.parse(text) in questions for questions in asked)
