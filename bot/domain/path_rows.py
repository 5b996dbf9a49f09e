"""The rows that a path can raise, in whole numbers, and the best ways over all dimensions.

Dimensions are separate: a way of an assessment is a way in each of them. They meet only in the order of ways, which
adds cost and number of questions up and compares clause by clause, so the first way of each makes the first of all.
Must not know gates, vetoes, or why a total is asked for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from typing import TypeAlias

from bot.domain.answers import Sheet
from bot.domain.path_search import Row, least
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.stakes import above, marks, shares, value_of


@dataclass(frozen=True, slots=True)
class Rise:
    """A question that can be raised; place: among all questions. gains[k - 1]: what the k-th mark adds to the total.

    start: the ratio (0-1) of the lowest sheet that rates it; marks: what it can be raised to; cost: of each step.
    """

    place: int
    question: QuestionId
    start: Fraction
    marks: tuple[Fraction, ...]
    cost: int
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """The rises of one dimension in clause order. unit: so many of a rise's gains are 1 of the dimension's total."""

    dimension: str
    unit: int
    rises: tuple[Rise, ...]


Way: TypeAlias = Mapping[str, tuple[int, ...]]
"""Dimension id -> for each of its rises how many steps are taken."""

Goal: TypeAlias = Mapping[str, Fraction]
"""Dimension id -> what its total must gain, in its unit; what lacks or is not positive asks nothing."""


def fields(scheme: Scheme, sheets: Sequence[Sheet], costs: Mapping[str, int]) -> tuple[Field, ...]:
    """Per dimension what can be raised. costs: indicator id -> cost of a step, else 1."""
    places = {question: place for place, question in enumerate(scheme.questions)}
    return tuple(_field(scheme, sheets, name, costs, places) for name in scheme.dimensions)


def _field(
    scheme: Scheme, sheets: Sequence[Sheet], dimension: str, costs: Mapping[str, int], places: Mapping[QuestionId, int]
) -> Field:
    parts, scale = shares(scheme, sheets, dimension), scheme.dimensions[dimension].scale
    held = {q: [value_of(scheme, part.sheet, q) for part in parts] for q in scheme.weights[dimension]}
    fine = lcm(
        *(value.denominator for values in held.values() for value in values if value is not None),
        *(mark.denominator for mark in marks(scale)),
    )
    whole = lcm(*(part.each.denominator for part in parts))
    factors = [int(part.each * whole) for part in parts]
    rises = []
    for question, values in held.items():
        known = [value for value in values if value is not None]
        weight = scheme.weights[dimension][question]
        if not known or not weight or not (higher := above(scale, min(known))):
            continue
        levels = [(f * weight, int(v * fine)) for f, v in zip(factors, values, strict=True) if v is not None]
        heights = [int(mark * fine) for mark in higher]
        gains = tuple(sum(f * (height - v) for f, v in levels if v < height) for height in heights)
        cost = costs.get(question.indicator, 1)
        rises.append(Rise(places[question], question, min(known), higher, cost, gains))
    return Field(dimension, fine * whole, tuple(rises))


def ways(found: Sequence[Field], goals: Sequence[Goal], impossible: Collection[str]) -> tuple[Way, ...]:
    """The first way to any of the goals and, where there is one, the next in which nothing is superfluous.

    Empty: no goal can be reached. impossible: ids of indicators that cannot be raised.
    """
    told = [_asked(goal) for goal in goals]
    kept = [goal for n, goal in enumerate(told) if not any(_within(one, goal) for one in told[:n])]
    reached = [(goal, way) for goal in kept if (way := _first(found, goal, impossible)) is not None]
    if not reached:
        return ()
    best = min((way for _, way in reached), key=lambda way: _order(found, way))
    others = [
        {**way, field.dimension: other}
        for goal, way in reached
        for field in found
        if (other := _least(field, goal, impossible, best[field.dimension])) is not None
    ]
    if not others:
        return (best,)
    return best, min(others, key=lambda way: _order(found, way))


def _asked(goal: Goal) -> Goal:
    return {name: gain for name, gain in goal.items() if gain > 0}


def _within(less: Goal, more: Goal) -> bool:
    """Whether every way to `more` also reaches `less`."""
    return all(gain <= more.get(name, 0) for name, gain in less.items())


def _first(found: Sequence[Field], goal: Goal, impossible: Collection[str]) -> Way | None:
    way: dict[str, tuple[int, ...]] = {}
    for field in found:
        steps = _least(field, goal, impossible)
        if steps is None:
            return None
        way[field.dimension] = steps
    return way


def _least(
    field: Field, goal: Goal, impossible: Collection[str], undercut: tuple[int, ...] | None = None
) -> tuple[int, ...] | None:
    """Steps for every rise of the field, none for those that are impossible."""
    able = [n for n, rise in enumerate(field.rises) if rise.question.indicator not in impossible]
    rows = [Row(field.rises[n].cost, field.rises[n].gains) for n in able]
    need = ceil(goal.get(field.dimension, Fraction(0)) * field.unit)
    steps = least(rows, need, None if undercut is None else [undercut[n] for n in able])
    if steps is None:
        return None
    taken = dict(zip(able, steps, strict=True))
    return tuple(taken.get(n, 0) for n in range(len(field.rises)))


def taken(found: Sequence[Field], way: Way) -> Iterator[tuple[Rise, int]]:
    """The rises of a way with their steps, in clause order."""
    pairs = [
        (rise, steps) for field in found for rise, steps in zip(field.rises, way[field.dimension], strict=True) if steps
    ]
    return iter(sorted(pairs, key=lambda pair: pair[0].place))


def _order(found: Sequence[Field], way: Way) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    pairs = list(taken(found, way))
    cost = sum(rise.cost * steps for rise, steps in pairs)
    return cost, len(pairs), tuple(rise.place for rise, _ in pairs), tuple(steps for _, steps in pairs)


def gained(field: Field, steps: Sequence[int]) -> Fraction:
    """What the steps add to the dimension's total, in its unit."""
    return Fraction(sum(rise.gains[n - 1] for rise, n in zip(field.rises, steps, strict=True) if n), field.unit)


def most(field: Field, impossible: Collection[str]) -> Fraction:
    """What everything possible adds to the dimension's total, in its unit."""
    return gained(field, [0 if rise.question.indicator in impossible else len(rise.marks) for rise in field.rises])
