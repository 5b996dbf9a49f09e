"""A scorecard -> the outcome, the grade, and the reasons for it. Must not know words, people or rounding.

The grade is the highest whose conditions all hold (CR-05, EN-03); thresholds are inclusive and compared unrounded
(G-01, G-08). Incomplete: no outcome, save that a raised veto decides at once (BK-01).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    LevelAtLeast,
    NoVeto,
    Scheme,
    TotalAtLeast,
)
from bot.domain.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class Standing:
    """The few facts that decide a grade. Totals in each dimension's unit; a level of None is below the lowest."""

    totals: Mapping[str, Fraction]
    levels: Mapping[str, int | None]
    gates: Mapping[str, bool]
    deductions: int
    vetoed: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition held against a standing. actual and needed: totals as Fraction, levels and counts as int."""

    condition: Condition
    holds: bool
    actual: Fraction | int | bool | None
    needed: Fraction | int | bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the outcome is what it is. `code` names the sentence; `grade` is the grade that the condition belongs to.

    Codes: incomplete, veto-raised, and for each condition total-reached, total-missed, level-reached, level-missed,
    gate-met, gate-refused, no-veto, deductions-within, deductions-reached.
    """

    code: str
    grade: Grade | None = None
    checked: Checked | None = None
    open: int = 0
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """outcome: None while undecided; grade: the outcome where it is awarded; next: the entry above, and what lacks."""

    outcome: Grade | None
    reasons: tuple[Reason, ...]
    next: Grade | None = None
    missing: tuple[Checked, ...] = ()

    @property
    def grade(self) -> Grade | None:
        return self.outcome if self.outcome and self.outcome.awarded else None

    @property
    def passed(self) -> bool:
        """A grade named by the standard is awarded (G-07)."""
        return self.grade is not None


def check(condition: Condition, standing: Standing) -> Checked:
    """Whether one condition holds, and by which figures."""
    return Checked(condition, *_held(condition, standing))


def outcome_of(scheme: Scheme, standing: Standing) -> Grade:
    """The highest entry whose conditions all hold, else `otherwise`."""
    for grade in scheme.grades:
        if all(_held(condition, standing)[0] for condition in grade.conditions):
            return grade
    return scheme.otherwise


def _held(condition: Condition, standing: Standing) -> tuple[bool, Fraction | int | bool | None, Fraction | int | bool]:
    """(holds, actual, needed), as Checked has them."""
    match condition:
        case TotalAtLeast(dimension, threshold):
            total = standing.totals[dimension]
            return total >= threshold, total, threshold
        case LevelAtLeast(dimension, level):
            actual = standing.levels[dimension]
            return actual is not None and actual >= level, actual, level
        case NoVeto():
            return not standing.vetoed, standing.vetoed, False
        case GateMet(gate):
            return standing.gates[gate], standing.gates[gate], True
        case DeductionsBelow(count):
            return standing.deductions < count, standing.deductions, count
        case _:
            assert_never(condition)


def verdict(scheme: Scheme, card: Scorecard) -> Verdict:
    """The outcome with its reasons: what decided it, what the next higher entry lacks, refused gates."""
    if card.vetoed:
        raised = tuple(dict.fromkeys(veto.question.indicator for veto in card.vetoes))
        reasons = [Reason("veto-raised", indicators=raised)]
        if not card.complete:
            reasons.append(Reason("incomplete", open=len(card.open)))
        return Verdict(scheme.otherwise, tuple(reasons))
    standing = standing_of(card)
    if standing is None:
        return Verdict(None, (Reason("incomplete", open=len(card.open)),))
    outcome = outcome_of(scheme, standing)
    above = _next_above(scheme, outcome)
    missing = _missing(above, standing) if above else ()
    held = [Reason(code_of(c), outcome, c) for c in (check(k, standing) for k in outcome.conditions)]
    lacked = [Reason(code_of(c), above, c) for c in missing]
    named = {reason.checked.condition for reason in (*held, *lacked) if reason.checked}
    refused = _refused(scheme, standing, named)
    return Verdict(outcome, (*held, *lacked, *refused), above, missing)


def standing_of(card: Scorecard) -> Standing | None:
    """The facts that decide the grade; None while anything is open."""
    if not card.complete:
        return None
    return Standing(
        totals={name: total for name, part in card.dimensions.items() if (total := part.total) is not None},
        levels={name: part.level for name, part in card.dimensions.items()},
        gates=card.decisions.gates,
        deductions=card.decisions.deductions or 0,
        vetoed=card.vetoed,
    )


def code_of(checked: Checked) -> str:
    """The reason code of a checked condition."""
    match checked.condition:
        case TotalAtLeast():
            return "total-reached" if checked.holds else "total-missed"
        case LevelAtLeast():
            return "level-reached" if checked.holds else "level-missed"
        case NoVeto():
            return "no-veto" if checked.holds else "veto-raised"
        case GateMet():
            return "gate-met" if checked.holds else "gate-refused"
        case DeductionsBelow():
            return "deductions-within" if checked.holds else "deductions-reached"
        case _:
            assert_never(checked.condition)


def _refused(scheme: Scheme, standing: Standing, named: Collection[Condition]) -> tuple[Reason, ...]:
    """Refused gates that stand farther up, each with the lowest grade that asks for it: a "no" is always named."""
    found: dict[Condition, Reason] = {}
    for grade in reversed(scheme.grades):
        for condition in grade.conditions:
            if isinstance(condition, GateMet) and condition not in named and not standing.gates[condition.gate]:
                found.setdefault(condition, Reason("gate-refused", grade, check(condition, standing)))
    return tuple(found.values())


def _next_above(scheme: Scheme, outcome: Grade) -> Grade | None:
    """The lowest entry above the outcome."""
    places = [grade.id for grade in scheme.grades]
    place = places.index(outcome.id) if outcome.id in places else len(places)
    return scheme.grades[place - 1] if place else None


def _missing(grade: Grade, standing: Standing) -> tuple[Checked, ...]:
    checked = (check(condition, standing) for condition in grade.conditions)
    return tuple(c for c in checked if not c.holds)
