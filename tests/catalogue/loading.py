"""`python -m tests.catalogue.loading --users 500 --taps 80 --pause 3`: row 97, many people tapping at once.

The real process before the fake Telegram over HTTP; the people stand in this process, so that what is measured is the
bot and not the way to a phone. A tap is answered when its toast comes. Prints p50, p95, p99 and what was lost; exit 1
where anything was lost or broken. Knows nothing of how the bot works.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.service.world import World
from tests.catalogue.drivers import LOG, Shell, environment, log_of
from tests.catalogue.invariants import broken
from tests.fake_telegram import Button, FakeTelegram, Person
from tests.fake_telegram.server import Server
from tests.stories.running import quiet, world_in

SLOWEST = 120.0
"""Seconds after which a tap counts as lost."""
AT_ONCE = 50
"""People who begin at the same time: what is measured are the taps."""


@dataclass(frozen=True, slots=True)
class Load:
    """pause: seconds between two taps of one person; 0: as soon as the last one was answered. limits: see Limited."""

    users: int
    taps: int
    pause: float
    seed: int = 1
    limits: tuple[str, ...] = ()


@dataclass(slots=True)
class Measured:
    """ticks: seconds from a tap to its answer. work: seconds of processor that the bot took for all of them.

    entries: what stands in the records of all. peak: MB that the bot held at most.
    """

    ticks: list[float] = field(default_factory=list)
    work: float = 0.0
    peak: float = 0.0
    lost: int = 0
    entries: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def part(self, of_hundred: int) -> float:
        """The tick that so many of a hundred do not exceed."""
        ordered = sorted(self.ticks)
        return ordered[min(len(ordered) - 1, len(ordered) * of_hundred // 100)] if ordered else 0.0

    def report(self) -> str:
        parts = ", ".join(f"p{n} {self.part(n):.3f} s" for n in (50, 95, 99))
        lines = [
            f"{len(self.ticks)} taps answered in {self.seconds:.0f} s, {len(self.ticks) / max(self.seconds, 1):.0f}/s",
            f"{parts}, slowest {self.part(100):.3f} s",
            f"the bot worked {1000 * self.work / max(len(self.ticks), 1):.1f} ms a tap, and held {self.peak:.0f} MB",
            f"lost: {self.lost}; entries recorded by taps: {self.entries}",
        ]
        return "\n".join([*lines, *(f"FAULT {fault}" for fault in self.faults)])


class Limited(Shell):
    """The bot with less than a machine has. limits: what `ulimit` says, as '-n 64'."""

    def __init__(self, folder: Path, api_url: str, limits: Sequence[str]) -> None:
        super().__init__(folder, api_url)
        self._limits = limits

    def start(self, point: str = "", *arguments: str, **settings: str) -> None:
        assert not point, "crash points are for Shell"
        limited = " && ".join(f"ulimit {limit}" for limit in self._limits) or "true"
        command = ["sh", "-c", f'{limited} && exec "$@"', "sh", sys.executable, "-m", "bot", *(arguments or ("run",))]
        told = environment(self._folder, self._api_url, **settings)
        with (self._folder / LOG).open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self._folder, env=told, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )


class Crowd:
    """All people before one fake; one watcher for all of them, since each change would wake every single one."""

    def __init__(self, fake: FakeTelegram, users: int) -> None:
        self.fake = fake
        self.people = [Person(fake, 1001 + n, f"Example {n}", "en" if n % 4 == 3 else "zh-hans") for n in range(users)]
        self._waiting: dict[asyncio.Future[None], Callable[[], bool]] = {}
        self._unwatch = fake.watch(self._look)

    async def until(self, holds: Callable[[], bool]) -> None:
        """TimeoutError after `SLOWEST`."""
        if holds():
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[done] = holds
        try:
            async with asyncio.timeout(SLOWEST):
                await done
        finally:
            del self._waiting[done]

    async def tap(self, person: Person, data: str, message: int) -> float:
        """A tap and its answer; seconds."""
        begun = time.monotonic()
        query = self.fake.queries[person.tap_data(data, message)]
        await self.until(lambda: query.answered)
        return time.monotonic() - begun

    async def press(self, person: Person, start: str) -> None:
        """Tap the button whose data begins so, as soon as it is there."""
        await self.until(lambda: shown(person, start) is not None)
        button = shown(person, start)
        assert button is not None
        await self.tap(person, button.data or "", button.message_id)

    async def begin(self, person: Person) -> Button:
        """To the first question; the button that flags it."""
        person.say("/new")
        for step in ("1:m:bjkb-006", "1:o:bjkb-006:self"):
            await self.press(person, step)
        await self.until(lambda: shown(person, "1:o:") is None)  # the organisation is asked for
        person.say(f"Example {person.id}")
        await self.press(person, "1:j:")
        await self.until(lambda: shown(person, "1:f:") is not None)
        flag = shown(person, "1:f:")
        assert flag is not None
        return flag

    def _look(self) -> None:
        for done, holds in list(self._waiting.items()):
            if not done.done() and holds():
                done.set_result(None)


def shown(person: Person, start: str) -> Button | None:
    """The button of the live card whose data begins so."""
    cards = person.live_cards()
    return next((b for b in cards[-1].buttons if (b.data or "").startswith(start)), None) if cards else None


async def press(load: Load, folder: Path) -> Measured:
    """Everybody begins, then everybody taps: a flag is set and taken away, so that each tap is an entry."""
    fake, world, measured = FakeTelegram(), world_in(folder), Measured()
    crowd, fake.answer_window = Crowd(fake, load.users), SLOWEST
    async with Server(fake).listen() as port:
        with Limited(folder, f"http://127.0.0.1:{port}", load.limits) as bot:
            bot.start()
            flags: list[Button] = []
            for first in range(0, load.users, AT_ONCE):
                some = crowd.people[first : first + AT_ONCE]
                flags += await asyncio.gather(*(crowd.begin(person) for person in some))
            begun, worked = time.monotonic(), processor(bot.pid)
            walks = zip(crowd.people, flags, strict=True)
            await asyncio.gather(*(_taps(crowd, person, flag, load, measured) for person, flag in walks))
            measured.seconds = time.monotonic() - begun
            while fake.updates.pending or not quiet(world):  # noqa: ASYNC110  another process's commit
                await asyncio.sleep(0.02)
            measured.work, measured.peak = processor(bot.pid) - worked, peak(bot.pid)
            if bot.ended() is not None:
                measured.faults.append("the bot ended")
    _judge(measured, load, crowd, world, folder)
    return measured


async def _taps(crowd: Crowd, person: Person, flag: Button, load: Load, measured: Measured) -> None:
    base = (flag.data or "")[:-1]
    await asyncio.sleep(Random(load.seed * 10_000 + person.id).random() * load.pause)
    for number in range(load.taps):
        due = time.monotonic() + load.pause
        try:
            measured.ticks.append(await crowd.tap(person, f"{base}{1 - number % 2}", flag.message_id))
        except TimeoutError:
            measured.faults.append(f"{person.id}: a tap was not answered in {SLOWEST:g} s")
        await asyncio.sleep(max(0.0, due - time.monotonic()))


def processor(pid: int) -> float:
    """Seconds of processor that a process has taken; 0 where the system does not say."""
    file = Path(f"/proc/{pid}/stat")
    if not file.exists():
        return 0.0
    fields = file.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> float:
    """MB that a process held at most."""
    file = Path(f"/proc/{pid}/status")
    return int(file.read_text().split("VmHWM:")[1].split()[0]) / 1024 if file.exists() else 0.0


def _judge(measured: Measured, load: Load, crowd: Crowd, world: World, folder: Path) -> None:
    with world.store.read() as unit:
        flagged = "SELECT count(*) FROM entry WHERE kind = 'flagged'"
        measured.entries = int(unit.inbox._work.connection.exec_driver_sql(flagged).scalar_one())
    measured.lost = load.users * load.taps - measured.entries
    last = f":{1 - load.taps % 2}"  # what the next tap would do
    for person in crowd.people:
        button = shown(person, "1:f:")
        if button is None or not (button.data or "").endswith(last):
            measured.faults.append(f"{person.id} does not see where they are")
    measured.faults += broken(world, *crowd.people, log=log_of(folder))
    measured.faults += [f"a mistake: {refusal.description}" for refusal in crowd.fake.mistakes]


def main() -> int:
    """Exit 1 where a tap was lost or an invariant is broken; how quick it was is for the reader to judge."""
    parser = argparse.ArgumentParser(prog="tests.catalogue.loading", description=__doc__)
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--taps", type=int, default=80)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two taps of one person")
    parser.add_argument("--limit", action="append", default=[], help="of ulimit, as '-n 64' or '-v 524288'")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(
            press(Load(given.users, given.taps, given.pause, limits=tuple(given.limit)), Path(folder))
        )
    sys.stdout.write(measured.report() + "\n")
    return 1 if measured.lost or measured.faults else 0


if __name__ == "__main__":
    sys.exit(main())
