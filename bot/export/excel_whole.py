"""Exact arithmetic in whole numbers that a spreadsheet can hold: how a rating is written, and where that ends.

A spreadsheet knows doubles alone. Whole numbers in them are exact below 2^53, but programs compare more coarsely: Excel
by 15 digits, LibreOffice takes what differs by less than 2^-48 of itself for equal. Below LIMIT every comparison of
whole numbers is exact in all of them. Where a dimension's common denominator is too large for that, totals are doubles,
which are nearer to the truth than 10^-10; they decide wherever a total is farther than NEAR from a threshold. What is
nearer still is not decided in the file: it holds our result. Must not know cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from bot.domain.answers import Rated
from bot.domain.scales import LEVELS
from bot.domain.scheme import Scheme

LIMIT = 2**48
NEAR = Fraction(1, 10**9)
_DIGITS = 15
_PLACES = 6
_ROUNDED = 10**14


@dataclass(frozen=True, slots=True)
class Whole:
    """A rating (ratio 0-1) as two whole numbers; rounded: it has more digits than a cell, and these are not all."""

    numerator: int
    denominator: int
    rounded: bool = False

    @property
    def value(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


def whole(rated: Rated) -> Whole:
    """As people think of it: a level of 5, a percentage of 100, more places of a power of ten, else as a fraction.

    Beyond 15 digits the ratio is rounded to 14 places, half up.
    """
    value = rated.value
    if rated.form == "level":
        return Whole(int(value * LEVELS), LEVELS)
    for places in range(2, _PLACES + 1):
        if 10**places % value.denominator == 0:
            return Whole(int(value * 10**places), 10**places)
    if max(value.numerator, value.denominator) < 10**_DIGITS:
        return Whole(value.numerator, value.denominator)
    return Whole(int(value * _ROUNDED + Fraction(1, 2)), _ROUNDED, rounded=True)


@dataclass(frozen=True, slots=True)
class Side:
    """A counted sheet in a dimension, in whole numbers. earned: weights x ratings x common; due: weights that apply."""

    earned: int
    due: int


@dataclass(frozen=True, slots=True)
class Sums:
    """A dimension's total as numerator / denominator. largest: the largest number that any comparison needs.

    common: of the ratings' denominators; shared: of the sheets' weights that are due, 1 where these divide nothing.
    """

    common: int
    shared: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What a dimension's arithmetic depends on besides answers, from the scheme alone.

    scale: makes deductions and bonus whole; parts: makes thresholds whole; top: no total is beyond it.
    each: what a finding takes off, times scale.
    """

    percent: bool
    unit: int
    scale: int
    parts: int
    top: int
    each: int


def rule(scheme: Scheme, dimension: str, thresholds: Iterable[Fraction]) -> Rule:
    """Of a dimension, with all thresholds that its total is held against."""
    needed = tuple(thresholds)
    adjusts = scheme.adjustments if scheme.adjustments and scheme.adjustments.dimension == dimension else None
    each = adjusts.deductions.each if adjusts and adjusts.deductions else Fraction(0)
    bonus = adjusts.bonus.values if adjusts and adjusts.bonus else ()
    scale = lcm(each.denominator, *(value.denominator for value in bonus))
    most = max((*needed, scheme.maximum(dimension), Fraction(100))) + max((*bonus, Fraction(0)))
    return Rule(
        percent=scheme.dimensions[dimension].total == "percent",
        unit=scheme.unit,
        scale=scale,
        parts=lcm(*(threshold.denominator for threshold in needed)),
        top=ceil(most),
        each=int(each * scale),
    )


def sums(given: Rule, common: int, sides: Iterable[Side]) -> Sums:
    """The mean of the counted sheets' totals before adjustments; a sheet with nothing due adds nothing to it."""
    counted = tuple(sides)
    if not given.percent:
        return Sums(common, 1, sum(side.earned for side in counted), len(counted) * common * given.unit)
    shared = lcm(*(side.due for side in counted if side.due))
    numerator = 100 * sum(side.earned * (shared // side.due) for side in counted if side.due)
    return Sums(common, shared, numerator, len(counted) * common * shared)


def largest(given: Rule, denominator: int, deductions: int) -> int:
    """An upper bound of every whole number that comparing this total with a threshold takes."""
    return denominator * (given.scale * given.top + given.each * deductions) * given.parts
