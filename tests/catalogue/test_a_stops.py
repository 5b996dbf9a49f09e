"""Rows 3, 4, 11: the process is told to stop, whatever it does, or starts before a heap of work."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.catalogue.drivers import Driver, Zygote, environment
from tests.catalogue.heap import heap
from tests.catalogue.invariants import acknowledged
from tests.catalogue.walker import answers, held, rate, ready
from tests.fake_telegram import Control, faults
from tests.stories.company import Say, Tap


def polled(control: Control, before: int) -> None:
    """Wait until a bot has asked for updates since."""
    control.until(lambda: control.stats()["polls"] > before, 30)


# ---------------------------------------------------------------- rows 3 and 4


def test_row_3_told_to_stop_with_a_hundred_taps(control: Control, driver: Driver, tmp_path: Path) -> None:
    walkers = ready(control, driver, tmp_path, 2)
    for one in walkers:
        rate(one, 50)
    slow = ("editMessageText", "sendMessage", "answerCallbackQuery")
    control.faults(*(faults.slow(method, 20.0, None) for method in slow))
    driver.start()
    control.until(lambda: not control.stats()["pending"], 20)
    told = time.monotonic()
    driver.signal(signal.SIGTERM)
    assert driver.wait(10) == 0
    assert time.monotonic() - told < 5.0, "RELIABILITY row 3"
    assert answers(walkers[0].world) < 100, "it worked everything off: the test is too easy"
    control.faults(clear=True)
    driver.start()
    walkers[0].settle()
    assert answers(walkers[0].world) == 100
    assert not walkers[0].deaths
    for one in walkers:
        held(one)
        assert acknowledged(one.person)


@pytest.mark.long
def test_row_3_told_to_stop_while_the_database_is_held(control: Control, driver: Driver, tmp_path: Path) -> None:
    """SQLite waits ten seconds for its turn and cannot be told not to: the process is left all the same."""
    (one,) = ready(control, driver, tmp_path, 1)
    driver.start()
    one.walk([Tap("守法合规")])
    with closing(sqlite3.connect(tmp_path / "gradewalk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        one.do(Say("80%"))
        time.sleep(0.3)  # it is waiting for the database by now; nothing tells
        told = time.monotonic()
        driver.signal(signal.SIGTERM)
        assert driver.wait(10) == 0
        assert time.monotonic() - told < 5.0, "RELIABILITY row 3"
    driver.start()
    one.settle()
    assert answers(one.world) == 2
    held(one)


def test_row_4_any_wish_to_stop(control: Control, driver: Driver, tmp_path: Path) -> None:
    (one,) = ready(control, driver, tmp_path, 1)
    for wish in (("TERM", "TERM"), ("INT",), ("HUP", "INT")):
        polls = control.stats()["polls"]
        one.do(Say(f"/{wish[0]}"))
        driver.start()
        polled(control, polls)
        for name in wish:
            with suppress(ProcessLookupError):  # it was quick
                driver.signal(signal.Signals[f"SIG{name}"])
        assert driver.wait(10) == 0
    driver.start()
    one.settle()
    assert not one.deaths
    held(one)


@pytest.mark.long
def test_row_4_nobody_reads_what_it_prints(control: Control, driver: Driver, tmp_path: Path) -> None:
    """As a shell starts it, into `head` or into nothing; its exit code comes by a file."""
    (one,) = ready(control, driver, tmp_path, 1)
    one.do(Tap("守法合规"))
    for end in ("2>&1 | head -n 1", ">&- 2>&-"):
        polls = control.stats()["polls"]
        script = f"({sys.executable} -m bot run & echo $! >pid; wait $!; echo $? >code) {end}"
        given = environment(tmp_path, control.base_url)
        shell = subprocess.Popen(["sh", "-c", script], cwd=tmp_path, env=given, stdout=subprocess.DEVNULL)
        polled(control, polls)
        one.do(Say("70%"))
        one.settle(restart=False)
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)
        shell.wait(10)
        assert (tmp_path / "code").read_text().strip() == "0"
    assert answers(one.world) == 3
    held(one)


# ---------------------------------------------------------------- row 11


def test_row_11_a_heap_of_updates_waits(zygote: Zygote, tmp_path: Path) -> None:
    figures = heap(zygote, tmp_path, people=2, updates=24)
    assert figures.faults == []


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_row_11_ten_thousand_updates_wait(zygote: Zygote, tmp_path: Path) -> None:
    figures = heap(zygote, tmp_path, people=20, updates=10_000)
    assert figures.faults == []
    assert figures.megabytes < 300, "RELIABILITY row 11"
