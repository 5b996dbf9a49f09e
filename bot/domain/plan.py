"""The cheapest path as a person asks for it: gates that nobody answered taken as confirmed, marks with exact costs.

The search (`path.py`) counts in whole numbers; here every cost is brought to whole ones and back, so that none is
rounded. Must not know storage or words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from bot.domain.answers import Decisions, Sheet
from bot.domain.path import Found, OutOfReach, Path, Step, Wishes, cheapest
from bot.domain.scheme import Grade, QuestionId, Scheme
from bot.domain.stakes import shares, value_of

Marks: TypeAlias = Mapping[str, Fraction | None]
"""Indicator id -> what each step costs, above 0; None: it cannot be raised. What lacks costs 1."""

MOST, FINEST = Fraction(100), 20
"""A cost is at most 100, in twentieths at the finest (1/3 is coarser): odder fractions would make the search slow."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What was found. unit: so many of its costs are one of the person's; gates: those taken as confirmed."""

    found: Found | OutOfReach
    unit: int
    gates: tuple[str, ...]

    def cost(self, of: Path | Step) -> Fraction:
        """In the person's own measure: an unmarked step costs 1."""
        return Fraction(of.cost, self.unit)


def planned(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, grade: str, marks: Marks) -> Planned:
    """The cheapest path to the grade. KeyError: no such grade or indicator. ValueError: no cost is 0 or less."""
    costs = {row: cost for row, cost in marks.items() if cost is not None}
    unit = lcm(*(cost.denominator for cost in costs.values()))
    whole = {row.id: int(costs.get(row.id, Fraction(1)) * unit) for row in scheme.indicators} if costs else {}
    wishes = Wishes(tuple(row for row, cost in marks.items() if cost is None), whole)
    gates = tuple(gate for gate in scheme.gates if gate not in decisions.gates)
    confirmed = replace(decisions, gates={**decisions.gates, **dict.fromkeys(gates, True)})
    return Planned(cheapest(scheme, sheets, confirmed, grade, wishes), unit, gates)


def is_cost(value: Fraction) -> bool:
    """Whether a step may cost this."""
    return 0 < value <= MOST and value.denominator <= FINEST


def targets(scheme: Scheme, now: Grade) -> tuple[Grade, ...]:
    """The grades that are awarded above an outcome, the next one first."""
    order = [grade.id for grade in scheme.grades]
    above = scheme.grades[: order.index(now.id)] if now.id in order else scheme.grades
    return tuple(grade for grade in reversed(above) if grade.awarded)


def gain(scheme: Scheme, sheets: Sequence[Sheet], question: QuestionId, to: Fraction) -> Fraction:
    """What raising a question to a mark (ratio 0-1) adds to its dimension's total, in its unit."""
    weight = scheme.weights[question.dimension][question]
    found = Fraction(0)
    for part in shares(scheme, sheets, question.dimension):
        value = value_of(scheme, part.sheet, question)
        if value is not None and value < to:
            found += part.each * weight * (to - value)
    return found


def raises(scheme: Scheme, sheets: Sequence[Sheet], question: QuestionId, to: Fraction) -> tuple[str, ...]:
    """The sheets, by id, on which the question stands below a mark: those that a step to it raises."""
    values = {one.id: value_of(scheme, one, question) for one in sheets if question.dimension in one.covers}
    return tuple(sheet for sheet, value in values.items() if value is not None and value < to)


@dataclass(frozen=True, slots=True)
class Change:
    """One question in two plans: the marks (ratio 0-1) that they raise it to, None where a plan leaves it."""

    question: QuestionId
    best: Fraction | None
    other: Fraction | None


def instead(scheme: Scheme, best: Path, other: Path) -> tuple[Change, ...]:
    """Where two plans differ, in clause order."""
    one, two = ({step.question: step.to for step in plan.steps} for plan in (best, other))
    return tuple(
        Change(question, one.get(question), two.get(question))
        for question in scheme.questions
        if one.get(question) != two.get(question)
    )
