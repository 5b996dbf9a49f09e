"""How a sheet was filled in: signs of rating without looking, for the lead's eyes, never scored.

Must not know who sees it. The bounds are ours: low enough to speak up, and no proof of anything.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from bot.domain.answers import Rated
from bot.domain.state import SheetState

LEAST = 10
"""Fewer ratings say nothing about a habit."""
SAME_PERCENT = 90
QUICK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Habits:
    """ratings: how many; same: how many of them have the commonest value; seconds: the median between two answers.

    straight: nearly all alike; quick: answered faster than the questions can be read.
    """

    ratings: int
    same: int
    seconds: int
    straight: bool
    quick: bool


def habits(sheet: SheetState) -> Habits:
    """By the current answers, in the order they were given. Pauses count as they are: the median passes over them."""
    rated = [given for given in sheet.given.values() if isinstance(given.answer, Rated)]
    values = Counter(given.answer.value for given in rated if isinstance(given.answer, Rated))
    same = max(values.values(), default=0)
    times = sorted(given.at for given in sheet.given.values())
    gaps = [(after - before) // 1000 for before, after in pairwise(times)]
    seconds = median_low(gaps) if gaps else 0
    enough = len(rated) >= LEAST
    return Habits(
        ratings=len(rated),
        same=same,
        seconds=seconds,
        straight=enough and same * 100 >= len(rated) * SAME_PERCENT,
        quick=enough and seconds < QUICK_SECONDS,
    )
