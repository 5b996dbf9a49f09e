"""What one sheet holds in one dimension: sums of whole numbers. Must not know totals, means, or what is added to them.

Every answer asks for these again (`insight.bounds`), so they are one walk over what was answered.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from bot.domain.answers import Rated, Sheet, Veto
from bot.domain.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Sums:
    """One sheet in one dimension, in points: `earned` and `due` of its rated questions, `open` of the unanswered ones.

    `lacking` counts the unanswered.
    """

    earned: Fraction
    due: Fraction
    open: Fraction
    lacking: int


class WholeSums(NamedTuple):
    """`Sums` in whole numbers: earned / (the scheme's unit x common); due and open / the scheme's unit."""

    earned: int
    common: int
    due: int
    open: int
    lacking: int


def sheet_sums(scheme: Scheme, sheet: Sheet, dimension: str) -> Sums:
    """What a sheet holds in a dimension, rows that do not apply left out."""
    whole = whole_sums(scheme, sheet, dimension)
    unit = scheme.unit
    return Sums(
        Fraction(whole.earned, unit * whole.common),
        Fraction(whole.due, unit),
        Fraction(whole.open, unit),
        whole.lacking,
    )


def whole_sums(scheme: Scheme, sheet: Sheet, dimension: str) -> WholeSums:
    """The same in whole numbers: one walk over what was answered, and no fraction at all."""
    weights = scheme.weights[dimension]
    due, pending, lacking = 0, sum(weights.values()), len(weights)
    parts: dict[int, int] = {}
    for question, answer in sheet.answers.items():
        weight = weights.get(question)
        if weight is None or isinstance(answer, Veto):
            continue
        pending -= weight
        lacking -= 1
        if isinstance(answer, Rated):
            due += weight
            value, under = answer.value.as_integer_ratio()
            parts[under] = parts.get(under, 0) + weight * value
    common = lcm(*parts)
    return WholeSums(sum(part * (common // under) for under, part in parts.items()), common, due, pending, lacking)
