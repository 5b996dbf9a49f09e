"""Rows 97 and 100-102: many people, a long time, a small machine, many files at once. Nothing may be lost.

How quick it is, the harnesses print: `python -m tests.catalogue.loading` and `python -m tests.catalogue.soaking`.
"""

import asyncio
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.service import filejob
from bot.service.world import World
from bot.telegram.making import Making
from bot.view.payload import ExportTap, encode
from tests.catalogue.drivers import Shell
from tests.catalogue.invariants import hold
from tests.catalogue.loading import Load, Measured, press
from tests.catalogue.soaking import Soak, soak
from tests.catalogue.texts import small_world
from tests.fake_telegram import Control, FakeTelegram, Person
from tests.service.scene import Scene
from tests.stories.running import bot_on, quiet

SMALL = ("-n 64", "-v 524288")
"""Open files, and KB of address space: of a container with 256 MB, in which the bot holds about 120."""


def _nothing_lost(measured: Measured, load: Load) -> None:
    assert measured.faults == []
    assert (measured.lost, len(measured.ticks)) == (0, load.users * load.taps), measured.report()


async def test_row_97_ten_people_tap_at_once(tmp_path: Path) -> None:
    load = Load(users=10, taps=5, pause=0.0)
    _nothing_lost(await press(load, tmp_path), load)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_row_97_five_hundred_people(tmp_path: Path) -> None:
    load = Load(users=500, taps=20, pause=3.0)
    _nothing_lost(await press(load, tmp_path), load)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_row_100_two_minutes_with_faults_and_kills(tmp_path: Path) -> None:
    """The short version of the default run are the kills of test_a_death.py."""
    with Control.start() as control, Shell(tmp_path, control.base_url) as driver:
        found = soak(Soak(seconds=120, kill_every=20), tmp_path, control, driver)
    assert found.faults == []
    assert found.kills >= 5
    assert found.taps > 50


@pytest.mark.long
async def test_row_101_a_small_machine(tmp_path: Path) -> None:
    """With 64 files and 512 MB, more people than it has connections are all served."""
    load = Load(users=30, taps=2, pause=0.0, limits=SMALL)
    measured = await press(load, tmp_path)
    _nothing_lost(measured, load)
    assert measured.peak < 256, measured.report()


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_row_101_more_people_than_open_files(tmp_path: Path) -> None:
    load = Load(users=100, taps=3, pause=0.0, limits=SMALL)
    _nothing_lost(await press(load, tmp_path), load)


# row 102


class Press:
    """Makes no file until it is let go; counts how many it was making at the same time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self._lock = threading.Event(), threading.Lock()
        self.now = self.most = self.made = 0
        true = filejob.write

        def write(*args: Any) -> None:
            with self._lock:
                self.now += 1
                self.most = max(self.most, self.now)
            assert self.go.wait(60)
            true(*args)
            with self._lock:
                self.now, self.made = self.now - 1, self.made + 1

        monkeypatch.setattr(filejob, "write", write)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    monkeypatch.setattr("bot.telegram.showing.SOON", 0.01)
    monkeypatch.setattr("bot.telegram.showing.PATIENCE", 0.2)
    made = Press(monkeypatch)
    yield made
    made.go.set()


def _people(fake: FakeTelegram, world: World, count: int) -> list[tuple[Person, str]]:
    """Everybody with an assessment of their own, made by the use cases alone; and its public name."""
    found = []
    for number in range(2001, 2001 + count):
        ref = Scene(world, str(number)).begin()
        found.append((Person(fake, number, f"F{number}"), ref))
    return found


@pytest.mark.parametrize("count", [20, pytest.param(100, marks=pytest.mark.long)])
async def test_row_102_many_files_at_once(tmp_path: Path, held: Press, count: int) -> None:
    fake, world = FakeTelegram(), small_world(tmp_path)
    fake.answer_window = 120.0
    crowd = _people(fake, world, count)
    async with bot_on(fake, world):
        queries = [fake.queries[person.tap_data(encode(ExportTap(ref, "json")), 1)] for person, ref in crowd]
        await fake.until(lambda: all(query.answered for query in queries), 60)
        assert all(query.toast and query.toast.text for query in queries), "each is told that it is being made"
        await fake.until(lambda: {chat for chat, what in fake.actions if what == "upload_document"} >= _ids(crowd), 60)
        assert held.most <= 2

        ordinary, _ = crowd[7]  # waits for a file too, and goes on meanwhile
        await ordinary.until(lambda: bool(ordinary.live_cards()), "no card while the file is being made", 60)
        before = ordinary.card
        ordinary.say("/help")
        await ordinary.until(lambda: ordinary.card.text != before.text, "the card stands still", 60)
        assert held.made == 0

        held.go.set()
        await fake.until(lambda: all(_files(person) == 1 for person, _ in crowd), 100)
        async with asyncio.timeout(60):
            while not quiet(world):  # noqa: ASYNC110  a commit in the writer's thread
                await asyncio.sleep(0.01)
    assert (held.most, held.made) == (2, count)
    hold(world, *(person for person, _ in crowd))


async def test_switched_off_without_a_bound_is_noticed(
    tmp_path: Path, held: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.showing.Making", partial(Making, 100))
    fake, world = FakeTelegram(), small_world(tmp_path)
    crowd = _people(fake, world, 4)
    async with bot_on(fake, world):
        for person, ref in crowd:
            person.tap_data(encode(ExportTap(ref, "json")), 1)
        await fake.until(lambda: held.now > 2, 30)
        held.go.set()


def _ids(crowd: list[tuple[Person, str]]) -> set[int]:
    return {person.id for person, _ in crowd}


def _files(person: Person) -> int:
    return sum(message.attachment is not None for message in person.chat)
