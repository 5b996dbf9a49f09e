"""The search behind the cheapest path, in whole numbers: against all ways of few rows, and a table for many."""

import itertools
from collections.abc import Sequence
from random import Random

import pytest

from bot.domain.path_search import Row, least
from tests.domain.ways import Steps, key


def by_trying(rows: Sequence[Row], need: int, undercut: Steps | None) -> Steps | None:
    costs = [one.cost for one in rows]
    ways = [
        steps
        for steps in itertools.product(*(range(len(one.gains) + 1) for one in rows))
        if sum(one.gains[k - 1] for one, k in zip(rows, steps, strict=True) if k) >= need
        and (undercut is None or any(k < u for k, u in zip(steps, undercut, strict=True)))
    ]
    return min(ways, key=lambda steps: key(costs, steps), default=None)


def some_rows(rng: Random) -> list[Row]:
    """Few different gains and costs, so that many ways are equal; or many different ones."""
    rows = []
    for _ in range(rng.randint(0, 5)):
        count = rng.randint(1, 4)
        each = rng.choice([1, 1, 2, 5])
        alike = tuple(each * (k + 1) for k in range(count))
        first = rng.randint(1, 4)
        other = tuple(sorted(rng.sample(range(1, 4 * first + 12), count)))
        rows.append(Row(rng.choice([1, 1, 1, 2, 3, 7]), alike if rng.random() < 0.5 else other))
    return rows


def compared(seed: int, count: int) -> None:
    rng = Random(seed)
    for _ in range(count):
        rows = some_rows(rng)
        need = rng.randint(-1, sum(one.gains[-1] for one in rows) + 1)
        first = by_trying(rows, need, None)
        assert least(rows, need) == first, (rows, need)
        undercut = first
        if first is None or rng.random() < 0.3:
            undercut = tuple(rng.randint(0, len(one.gains)) for one in rows)
        assert least(rows, need, undercut) == by_trying(rows, need, undercut), (rows, need, undercut)


def test_the_first_way_and_the_next_are_those_found_by_trying() -> None:
    compared(seed=1, count=3000)


@pytest.mark.long
def test_the_first_way_and_the_next_are_those_found_by_trying_often() -> None:
    compared(seed=2, count=40_000)


# ---------------------------------------------------------------- whole numbers, many rows


def best_gains(rows: Sequence[Row], told: Sequence[bool | None]) -> dict[tuple[int, int], int]:
    """(cost, number of rows) -> the most that can be gained. told: taken, not taken, either."""
    found = {(0, 0): 0}
    for one, taken in zip(rows, told, strict=True):
        new = {} if taken else dict(found)
        if taken is not False:
            for (cost, number), gain in found.items():
                for k, more in enumerate(one.gains, start=1):
                    at = cost + one.cost * k, number + 1
                    new[at] = max(new.get(at, -1), gain + more)
        found = new
    return found


def by_table(rows: Sequence[Row], need: int) -> Steps | None:
    """Cost and number from a table of all pairs, then row by row, and step by step, what still gives that pair."""
    either: list[bool | None] = [None] * len(rows)
    pairs = [pair for pair, gain in best_gains(rows, either).items() if gain >= need]
    if not pairs:
        return None
    best, told = min(pairs), either
    for place in range(len(rows)):
        told[place] = True
        if best_gains(rows, told).get(best, -1) < need:
            told[place] = False
    cut = [one if taken else Row(one.cost, ()) for one, taken in zip(rows, told, strict=True)]
    steps = [0] * len(rows)
    for place, taken in enumerate(told):
        for k in range(1, len(rows[place].gains) + 1) if taken else ():
            only = Row(rows[place].cost, (-(10**9),) * (k - 1) + rows[place].gains[k - 1 : k])
            tried = [*cut[:place], only, *cut[place + 1 :]]
            if best_gains(tried, told).get(best, -1) >= need:
                cut, steps[place] = tried, k
                break
    return tuple(steps)


def many_rows(rng: Random, count: int) -> list[Row]:
    """As scales make them: a first step of any size, then equal ones; weights and costs of few kinds."""
    rows = []
    for _ in range(count):
        weight, first, steps = rng.choice([3, 5, 5, 5, 10]), rng.randint(1, 20), rng.randint(1, 5)
        rows.append(Row(rng.choice([1, 1, 1, 2, 3]), tuple(weight * (first + 20 * k) for k in range(steps))))
    return rows


def by_tables(seed: int, count: int, size: int) -> None:
    rng = Random(seed)
    for _ in range(count):
        rows = many_rows(rng, size)
        need = rng.randint(1, sum(one.gains[-1] for one in rows) + 5)
        assert least(rows, need) == by_table(rows, need), (rows, need)


def test_many_rows_are_solved_as_by_a_table_of_all_costs() -> None:
    by_tables(seed=5, count=40, size=9)


@pytest.mark.long
def test_many_rows_are_solved_as_by_a_table_of_all_costs_often() -> None:
    by_tables(seed=6, count=300, size=20)


def undercut_one_by_one(seed: int, count: int, size: int) -> None:
    """The next way is the first of those that keep some row of the first way lower: one search for each such row."""
    rng = Random(seed)
    for _ in range(count):
        rows = many_rows(rng, size)
        need = rng.randint(1, sum(one.gains[-1] for one in rows))
        first = least(rows, need)
        assert first
        cut = ([*rows[:n], Row(rows[n].cost, rows[n].gains[: k - 1]), *rows[n + 1 :]] for n, k in enumerate(first) if k)
        costs = [one.cost for one in rows]
        others = [way for some in cut if (way := least(some, need)) is not None]
        assert least(rows, need, first) == min(others, key=lambda way: key(costs, way), default=None)


def test_the_next_way_is_the_first_of_those_that_keep_some_row_lower() -> None:
    undercut_one_by_one(seed=7, count=15, size=20)


@pytest.mark.long
def test_the_next_way_is_the_first_of_those_that_keep_some_row_lower_often() -> None:
    undercut_one_by_one(seed=8, count=300, size=50)
