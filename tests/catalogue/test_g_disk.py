"""Rows 82 and 83: a disk that fails at its n-th call, and one that forgets what was not synced when the power goes."""

import errno
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.faults_disk.bench import Bench
from tests.catalogue.faults_disk.orders import DATABASE, POWER, Order, Report

ERRNOS = (errno.EIO, errno.ENOSPC, errno.EROFS)
ONCE, FOR_EVER = 1, 0
CALLS = 500


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with Bench(tmp_path_factory.mktemp("bench")) as bench:
        yield bench


def test_a_life_without_faults(bench: Bench) -> None:
    order = bench.order(count=12, checkpoint=20)
    report = bench.live(order)
    assert report.acked == report.taken == list(range(1, 13))
    assert not report.refused
    assert report.counted > CALLS, "every n below it is met"
    assert report.wrong == []


def failing(bench: Bench, at: int, number: int, lasting: int) -> Iterator[str]:
    """What is wrong after a life in which the disk failed at call `at`.

    Every second life writes the log back often, so that the faults meet that too.
    """
    order = bench.order(count=12, at=at, errno=number, lasting=lasting, checkpoint=500 if at % 2 else 20)
    report = bench.live(order)
    found = list(report.wrong)
    if lasting == FOR_EVER and report.counted > at + 1 and not report.refused:
        found.append("nothing failed")
    if lasting == ONCE and report.opened and len(report.acked) < order.count:
        found.append(f"it did not recover: {report}")
    bench.clear(order)
    yield from (f"n={at} {errno.errorcode[number]} lasting={lasting}: {line}" for line in found)


def test_row_82_the_nth_call_fails(bench: Bench) -> None:
    """Opening, writing, cutting off and syncing all fail at some n; a fault that lasts and one that passes."""
    chance = random.Random(82)
    cases = [(n, chance.choice(ERRNOS), chance.choice((ONCE, FOR_EVER))) for n in (1, 3, 8, 21, 60, 150)]
    assert [line for case in cases for line in failing(bench, *case)] == []


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("number", "lasting"), list(product(ERRNOS, (ONCE, FOR_EVER))))
def test_row_82_every_call_fails(bench: Bench, number: int, lasting: int) -> None:
    assert [line for at in range(1, CALLS + 1) for line in failing(bench, at, number, lasting)] == []


def test_row_82_a_limit_of_the_file_size(bench: Bench) -> None:
    size = (Path(bench.order().folder) / DATABASE).stat().st_size
    order = bench.order(count=12, file_limit=size // 4)  # the log cannot grow beyond it
    report = bench.live(order)
    assert report.refused, "nothing was refused"
    assert report.wrong == []
    more = bench.again(order, first=100)
    assert more.acked == list(range(100, 112)), "with room it goes on"
    assert more.wrong == []


def cut(bench: Bench, chance: random.Random, **more: Any) -> tuple[Order, Report]:
    """A life that ends with a power cut at a random call."""
    seed, at = chance.randrange(1 << 30), chance.randrange(30, 200)
    order = bench.order(mode=POWER, at=at, seed=seed, checkpoint=chance.choice((20, 500)), **more)
    report = bench.live(order)
    assert report.ended == -9, "the power was not cut"
    return order, report


def rounds(bench: Bench, count: int, seed: int = 83, **more: Any) -> Iterator[str]:
    chance = random.Random(seed)
    for number in range(count):
        order, report = cut(bench, chance, **more)
        bench.clear(order)
        yield from (f"round {number}, call {order.at}: {line}" for line in report.wrong)


def test_row_83_the_power_goes(bench: Bench) -> None:
    assert list(rounds(bench, 4)) == []


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_row_83_the_power_goes_200_times(bench: Bench) -> None:
    assert list(rounds(bench, 200)) == []


def test_switched_off_synchronous(bench: Bench) -> None:
    """Without syncs the same power cuts take answers that were said to be saved: the test bites."""
    assert any("was said to be saved" in line for line in rounds(bench, 20, synchronous="OFF"))


def test_row_83_the_power_goes_in_the_first_start(bench: Bench) -> None:
    """Before anything was acknowledged: whatever is left, the next start comes up, by itself."""
    chance = random.Random(5)
    for _ in range(2):
        order = bench.order(
            empty=True, count=1, mode=POWER, at=chance.randrange(1, 120), seed=chance.randrange(1 << 30)
        )
        assert bench.live(order).ended == -9
        report = bench.again(order)
        assert report.opened, report
        assert report.taken == [1]
        bench.clear(order)


def test_row_82_the_first_start_fails(bench: Bench) -> None:
    """A disk that fails while the database is made: a clear refusal, and the next start makes it."""
    for at in (1, 8, 64):
        order = bench.order(empty=True, count=1, at=at, errno=errno.ENOSPC, lasting=FOR_EVER)
        report = bench.live(order)
        assert not report.wrong
        assert not report.acked
        assert bench.again(order).taken == [1], (at, report)
        bench.clear(order)
