"""The outcome that totals give: worked out once for each place among the thresholds of a scheme, and kept with it.

Between two thresholds no total changes anything, so the place is all that counts: whole numbers, held against whole
numbers. Must not know answers, or who asks.
"""

from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from bot.domain.grading import Standing, outcome_of
from bot.domain.scheme import DeductionsBelow, Grade, Scheme, TotalAtLeast
from bot.domain.scoring import level_of


class _Marks(NamedTuple):
    """All that a dimension's total can reach, for a grade or a level, from the lowest up, each times `under`."""

    marks: tuple[int, ...]
    under: int


def outcome_at(scheme: Scheme, totals: Mapping[str, Fraction], gates: Mapping[str, bool], deductions: int) -> Grade:
    """The highest entry that these totals (all dimensions, each in its unit) allow, where no veto is raised.

    gates: of every gate, whether it is met.
    """
    whole = {name: total.as_integer_ratio() for name, total in totals.items()}
    return outcome_of_whole(scheme, whole, tuple([gates[gate] for gate in scheme.gates]), deductions)


def outcome_of_whole(
    scheme: Scheme, totals: Mapping[str, tuple[int, int]], gates: tuple[bool, ...], deductions: int
) -> Grade:
    """The same of totals that are numerator and denominator, in lowest terms or not: every tap asks for it twice.

    gates: in the scheme's order.
    """
    marks, most = marks_of(scheme)
    # A total reaches a mark exactly where its whole part, in the marks' unit, does.
    places = []
    for name, (own, unit) in marks.items():
        value, under = totals[name]
        places.append(bisect_right(own, value * unit // under))
    key = (outcome_at, *places, *gates, min(most, deductions))
    found: Grade | None = scheme.kept.get(key)
    if found is None:
        exact = {name: Fraction(*total) for name, total in totals.items()}
        levels = {name: level_of(scheme.dimensions[name], total) for name, total in exact.items()}
        met = dict(zip(scheme.gates, gates, strict=True))
        found = scheme.kept[key] = outcome_of(scheme, Standing(exact, levels, met, deductions, vetoed=False))
    return found


def marks_of(scheme: Scheme) -> tuple[Mapping[str, _Marks], int]:
    """Of each dimension; and the number of deductions from which on one more changes nothing."""
    found: tuple[Mapping[str, _Marks], int] | None = scheme.kept.get(marks_of)
    if found is None:
        conditions = [condition for grade in scheme.grades for condition in grade.conditions]
        by_name = {
            name: _marks_among(
                {one.threshold for one in conditions if isinstance(one, TotalAtLeast) and one.dimension == name}
                | {least for _, least in dimension.level_from}
            )
            for name, dimension in scheme.dimensions.items()
        }
        most = max((one.count for one in conditions if isinstance(one, DeductionsBelow)), default=0)
        found = scheme.kept[marks_of] = by_name, most
    return found


def _marks_among(reached: set[Fraction]) -> _Marks:
    under = lcm(*(mark.denominator for mark in reached))
    return _Marks(tuple(sorted(int(mark * under) for mark in reached)), under)
