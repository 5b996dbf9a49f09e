"""Exact numbers as people read them. Must not know languages, or where a number stands.

Rounded half up to 2 places, for display alone; a shown number stands on the same side of a threshold as the exact one
(G-01), so digits are added until it does.
"""

from fractions import Fraction
from functools import lru_cache

from bot.domain.scheme import Scheme, TotalAtLeast

PLACES = 2
_EXACT = 6
_NONE, _ALL = Fraction(0), Fraction(100)


def points(value: Fraction) -> str:
    """Points, without trailing zeros; what is not 0 never reads 0."""
    return _written(value, PLACES, (_NONE,))


def percent(ratio: Fraction) -> str:
    """A ratio 0-1 as '70%'; only 0 reads 0% and only 1 reads 100%."""
    return _written(ratio * 100, PLACES, (_NONE, _ALL)) + "%"


def alpha(ratio: Fraction) -> str:
    """A ratio 0-1 as an alpha, two places at least: '0.70', '0.855'."""
    whole, _, digits = _written(ratio, 2 * PLACES, (_NONE, Fraction(1))).partition(".")
    return f"{whole}.{digits:0<2}"


def total(value: Fraction, threshold: Fraction | None = None) -> str:
    """A total in its unit; it never seems to reach a threshold that it misses: 69.996 beside 70 stays 69.996 (G-01)."""
    return _written(value, PLACES, () if threshold is None else (threshold,))


def exact(value: Fraction, threshold: Fraction | None = None) -> str:
    """A figure of the arithmetic: in full where 6 places hold it, else rounded as a total and marked with '≈'."""
    if (value * 10**_EXACT).denominator == 1:
        return _written(value, _EXACT, ())
    return "≈" + total(value, threshold)


def nearest(scheme: Scheme, dimension: str, value: Fraction) -> Fraction | None:
    """The nearest threshold of a grade or a level that a total misses."""
    conditions = (condition for grade in scheme.grades for condition in grade.conditions)
    reached = {c.threshold for c in conditions if isinstance(c, TotalAtLeast) and c.dimension == dimension}
    reached |= {least for _, least in scheme.dimensions[dimension].level_from}
    return min((threshold for threshold in reached if threshold > value), default=None)


def shown_total(scheme: Scheme, dimension: str, value: Fraction) -> str:
    """A total held against everything in the scheme that it may miss: thresholds of grades and of levels."""
    return total(value, nearest(scheme, dimension, value))


def apart(value: Fraction, threshold: Fraction, shown: str) -> str:
    """The distance between the figures as they are shown, so that they add up; the exact one where that would be 0."""
    between = abs(threshold - Fraction(shown))
    if not between:
        return distance(value, threshold)
    return _written(between, max(len(shown.partition(".")[2]), _EXACT), ())  # all places: little is not nothing


def distance(value: Fraction, threshold: Fraction) -> str:
    """How far a total is above or below a threshold: in full where 6 places hold it, else marked with '≈'.

    Then it is rounded to the safe side: what lacks is never said smaller, what is to spare never larger than it is.
    """
    true, above = abs(value - threshold), value >= threshold
    if (true * 10**_EXACT).denominator == 1:
        return _written(true, _EXACT, ())
    places = PLACES
    while not (safe := _safely(true, places, down=above)):
        places += 1
    return "≈" + _written(safe, places, ())


def _safely(value: Fraction, places: int, *, down: bool) -> Fraction:
    grains = value * 10**places
    whole = grains.numerator // grains.denominator
    return Fraction(whole if down or whole == grains else whole + 1, 10**places)


@lru_cache(maxsize=4096)
def _written(value: Fraction, places: int, marks: tuple[Fraction, ...]) -> str:
    while any(_side(_rounded(value, places), mark) != _side(value, mark) for mark in marks):
        places += 1
    shown = _rounded(value, places)
    whole, rest = divmod(abs(shown.numerator) * 10**places // shown.denominator, 10**places)
    digits = f"{rest:0{places}d}".rstrip("0")
    return f"{'-' if shown < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def _rounded(value: Fraction, places: int) -> Fraction:
    """Half up by magnitude: 0.125 -> 0.13, -0.125 -> -0.13."""
    size = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    return Fraction(size if value >= 0 else -size, 10**places)


def _side(value: Fraction, mark: Fraction) -> int:
    return (value > mark) - (value < mark)
