"""Ratings that hit thresholds often: exactly, a millionth below, and anywhere. Knows sums, no standard.

Weights are per row; a rating is a Fraction in [0, 1]; everything comes from the Random that is handed in.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

MILLIONTH = Fraction(1, 10**6)
GRID = [Fraction(n, 20) for n in range(21)] + [
    *(Fraction(text) for text in ("1/3", "2/3", "6/7", "0.599999", "0.699999", "0.7999999", "0.899999")),
    *(Fraction(text) for text in ("0.94999999", "0.950001", "0.333333", "11/13", "0.005", "0.995")),
]
OFFSETS = [Fraction(0)] * 4 + [-MILLIONTH, -MILLIONTH, MILLIONTH, Fraction(-1, 3), Fraction(-1, 2), Fraction(2)]


def goal(rng: Random, thresholds: Sequence[int], top: int) -> Fraction:
    """A total worth testing: mostly at a threshold or next to it, else anywhere up to top."""
    if rng.random() < 0.15:
        return Fraction(rng.randint(0, top * 100), 100)
    return min(Fraction(top), rng.choice(thresholds) + rng.choice(OFFSETS))


def spread(rng: Random, count: int) -> list[Fraction]:
    """One shift per sheet, together zero: the mean stays where the goal is."""
    shifts = (
        [Fraction(rng.randint(-16, 16), 4) for _ in range(count - 1)]
        if rng.random() < 0.7
        else [Fraction(0)] * (count - 1)
    )
    return [*shifts, -sum(shifts, Fraction(0))]


def ratios(
    rng: Random, weights: Mapping[str, int], wanted: Fraction, fixed: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """A rating per row; mostly the weighted sum is exactly what is wanted, where the fixed rows allow it."""
    style = rng.random()
    if style < 0.2:
        few = rng.sample(GRID, rng.randint(1, 4))
        return {row: fixed.get(row, rng.choice(few)) for row in weights}
    centre = _clipped(wanted / max(1, sum(weights.values())))
    wide = rng.choice((0, 5, 20))
    found = {row: fixed.get(row, _clipped(centre + Fraction(rng.randint(-wide, wide), 100))) for row in weights}
    missing = wanted - sum(weights[row] * value for row, value in found.items())
    free = [row for row in weights if row not in fixed]
    for row in rng.sample(free, len(free)):
        new = _clipped(found[row] + missing / weights[row])
        missing -= weights[row] * (new - found[row])
        found[row] = new
    return found


def levels(rng: Random, weights: Mapping[str, int], wanted: int) -> dict[str, int]:
    """A level from 1 to 5 per row; the weighted sum is as near to what is wanted as random steps bring it."""
    middle = max(1, min(5, round(wanted / sum(weights.values()))))
    found = {row: max(1, min(5, middle + rng.randint(-1, 1))) for row in weights}
    rows = list(weights)
    for _ in range(400):
        missing = wanted - sum(weights[row] * level for row, level in found.items())
        if not missing:
            break
        row = rng.choice(rows)
        step = 1 if missing > 0 else -1
        if weights[row] <= abs(missing) and 1 <= found[row] + step <= 5:
            found[row] += step
    return found


def written(rng: Random, value: Fraction) -> str:
    """One of the ways to write the number: a decimal where it ends, a quotient, not always shortened."""
    exact = value * 10**12
    if exact.denominator > 1 or rng.random() < 0.15:
        times = rng.choice((1, 1, 2, 7))
        return f"{value.numerator * times}/{value.denominator * times}"
    digits = f"{exact.numerator:013d}"
    decimals = digits[-12:].rstrip("0")
    padding = "0" * min(12 - len(decimals), rng.choice((0, 0, 0, 2)))  # what the answers file takes
    return f"{digits[:-12]}.{decimals}{padding}" if decimals or padding else digits[:-12]


def _clipped(value: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(1), value))
