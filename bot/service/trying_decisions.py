"""Gates, deductions and bonus that are tried by who may decide them: the lead. They are never recorded from here.

Must not know how any of it looks: a real decision takes its own card, with its reason.
"""

from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Decisions
from bot.domain.refusals import NotAllowed
from bot.service.case import Case
from bot.service.talk import Outcome, Talk
from bot.store.drafts import Try
from bot.view import path_lines
from bot.view.path_places import TryDecisions, TryDecisionTap
from bot.view.payload import BadPayload
from bot.view.try_facts import TriedDecision

DEDUCTIONS, BONUS = "deductions", "bonus"
AS_IT_IS = "no"
_MOST = 99


def may_try(case: Case) -> bool:
    """The lead, where the standard has anything to decide."""
    rules = case.scheme.adjustments
    return case.actor.role == "lead" and bool(case.scheme.gates or (rules and (rules.deductions or rules.bonus)))


def tried(talk: Talk, case: Case) -> tuple[TriedDecision, ...]:
    """What the lead tries otherwise than it was decided."""
    if not may_try(case):
        return ()
    found = []
    for one in talk.unit.drafts.tries(talk.person.id, case.listed.id):
        value = None if one.sheet else _value(case, one.question, str(one.content.get("value", "")))
        now = _now(case, one.question)
        if value is not None and value != now:
            found.append(TriedDecision(one.question, now, value))
    order = [*case.scheme.gates, DEDUCTIONS, BONUS]  # as on the screen, however often one was tapped
    return tuple(sorted(found, key=lambda one: order.index(one.what)))


def overlaid(case: Case, held: tuple[TriedDecision, ...]) -> Decisions:
    """The decisions with what is tried in their place."""
    found = case.seen.decisions
    for one in held:
        if isinstance(one.tried, bool):
            found = replace(found, gates={**found.gates, one.what: one.tried})
        elif one.what == DEDUCTIONS:
            found = replace(found, deductions=int(one.tried))
        else:
            found = replace(found, bonus=Fraction(one.tried))
    return found


def tap(talk: Talk, given: TryDecisionTap) -> Outcome:
    """Try a decision, or leave it as it is. NotAllowed, BadPayload, UnknownAssessment."""
    case = talk.cases.by_ref(given.assessment)
    if not may_try(case):
        raise NotAllowed
    value = _value(case, given.what, given.value)
    if value is None and given.value != AS_IT_IS:
        raise BadPayload
    if value is None or value == _now(case, given.what):
        talk.unit.drafts.drop(talk.person.id, case.listed.id, "", given.what)
    else:
        one = Try("", given.what, {"value": given.value}, 0)
        talk.unit.drafts.attempt(talk.person.id, case.listed.id, one, talk.now)
    return Outcome(TryDecisions(given.assessment), toast=path_lines.decision_tried(talk.words))


def _value(case: Case, what: str, text: str) -> bool | int | Fraction | None:
    """What a button's text says; None where it is nothing that can be decided here."""
    rules = case.scheme.adjustments
    if what in case.scheme.gates:
        return {"1": True, "0": False}.get(text)
    if what == DEDUCTIONS and rules and rules.deductions:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST)) else None
    if what == BONUS and rules and rules.bonus:
        return next((one for one in rules.bonus.values if str(one) == text), None)
    return None


def _now(case: Case, what: str) -> bool | int | Fraction | None:
    decided = case.seen.decisions
    if what in case.scheme.gates:
        return decided.gates.get(what)
    return decided.deductions if what == DEDUCTIONS else decided.bonus
