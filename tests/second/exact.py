"""Exact sums without fractions: whole numbers over one common denominator.

The four calculations of this folder share it. It must not know a standard, and nothing here imports `bot`.
A number is a pair (numerator, denominator).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Pair = tuple[int, int]


def points(text: str) -> dict[str, int]:
    """A table as it is typed, row and points in turn."""
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


def number(text: str | int) -> Pair:
    """A decimal ("0.85") or a quotient ("1/3") as a pair; shortening it is nobody's business here."""
    over = str(text).split("/")
    if len(over) == 2:
        return int(over[0]), int(over[1])
    whole, _, decimals = str(text).partition(".")
    return int(whole + decimals), 10 ** len(decimals)


def rating(answer: Mapping[str, Any]) -> Pair:
    """Level L of 5 is L/5; α and a ratio are themselves."""
    if "level" in answer:
        return int(answer["level"]), 5
    return number(answer["alpha"] if "alpha" in answer else answer["ratio"])


def total(terms: Iterable[tuple[int, Pair]]) -> Pair:
    """The sum of weight × rating."""
    listed = list(terms)
    common = math.lcm(*(below for _, (_, below) in listed))
    return sum(weight * above * (common // below) for weight, (above, below) in listed), common


def mean(totals: Sequence[Pair]) -> Pair:
    """The unweighted mean of one or more sheets' totals (G-04)."""
    above, common = total((1, pair) for pair in totals)
    return above, common * len(totals)


def steps(value: Pair, thresholds: Sequence[int]) -> int:
    """How many of the thresholds are reached, each included, nothing rounded (G-01, G-08)."""
    return sum(value[0] >= threshold * value[1] for threshold in thresholds)


def covers(sheet: Mapping[str, Any], count: int, dimension: str, *, answered: bool) -> bool:
    """Whether one of `count` sheets covers the dimension (DESIGN 7); answered: it has an answer in it."""
    if "dimensions" in sheet:
        return dimension in sheet["dimensions"]
    return answered or count == 1
