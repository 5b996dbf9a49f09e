"""`python -m tests.catalogue.cut --users 20 --seconds 100`: the network is cut while people tap, and comes back.

The real process before the fake Bot API over HTTP, with a wire in between that can be cut. Every tap of a cut of
100 s is younger than 150 s when Telegram is reached again, so all of them must be saved, and everybody must see it.
Prints the figures; exit 1 where a tap was lost or anything else is broken.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.domain.entries import AnswerGiven
from bot.serving import CHANNEL
from tests.catalogue.clocked import STEPS, press
from tests.catalogue.drivers import Driver, Shell, log_of
from tests.catalogue.invariants import acknowledged, broken
from tests.catalogue.users import ORGANISATION
from tests.fake_telegram import Control, RemotePerson
from tests.stories.running import quiet, world_in

HOW = ("drop", "hang")
"""drop: connections are refused. hang: nothing comes through either way, and what was under way goes on afterwards."""


class Wire:
    """A TCP connection to a port, which can be cut. In a thread of its own."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._open = asyncio.Event()
        self._open.set()
        self._drop = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0

    def cut(self, how: str) -> None:
        def now() -> None:
            self._open.clear()
            self._drop = how == "drop"
            if self._drop:
                for writer in list(self._writers):
                    writer.transport.abort()

        self._loop.call_soon_threadsafe(now)

    def mend(self) -> None:
        def now() -> None:
            self._drop = False
            self._open.set()

        self._loop.call_soon_threadsafe(now)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._drop:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        finally:
            self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, OSError):
            while data := await reader.read(1 << 16):
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        with suppress(ConnectionError, OSError):
            writer.close()


@dataclass(slots=True)
class Figures:
    """What came of it."""

    users: int = 0
    taps: int = 0
    saved: int = 0
    seen: int = 0
    lost: int = 0
    seconds_to_all: float = 0.0
    faults: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [
            ("people", self.users),
            ("taps during the cut", self.taps),
            ("people whose answer is saved", self.saved),
            ("people who see it", self.seen),
            ("updates never delivered", self.lost),
            ("seconds from the mend until all was shown", f"{self.seconds_to_all:.1f}"),
            ("faults", len(self.faults)),
        ]
        return "\n".join(f"{name:<42} {value:>8}" for name, value in rows)


class Cut:
    """One cut. skip: seconds by which Telegram's clock is put on meanwhile, in place of waiting for them."""

    def __init__(self, folder: Path, control: Control, wire: Wire, driver: Driver, users: int) -> None:
        self.folder, self.control, self.wire, self.driver = folder, control, wire, driver
        self.world = world_in(folder)
        self.people = [
            control.person(1001 + n, f"Example {n}", "en" if n % 4 == 3 else "zh-hans") for n in range(users)
        ]
        self.figures = Figures(users=users)

    def run(self, seconds: float, *, skip: float = 0.0, how: str = "drop", seed: int = 1) -> Figures:
        self._begin()
        self._tap_through(seconds, skip, how, random.Random(seed))
        mended = time.monotonic()
        self.wire.mend()
        self._until(self._settled, 150.0)
        self.figures.seconds_to_all = time.monotonic() - mended
        self._judge()
        return self.figures

    def _begin(self) -> None:
        self.driver.start()
        for step in STEPS:
            for person in self.people:
                if step in {STEPS[0], ORGANISATION}:
                    person.say(step)
                else:
                    press(person, step)
            self._until(self._settled, 60.0)

    def _tap_through(self, seconds: float, skip: float, how: str, chance: random.Random) -> None:
        """Everybody taps at some moment of the cut, and twice again, since nothing happens."""
        self.wire.cut(how)
        begun = time.monotonic()
        moments = sorted((chance.uniform(0.0, seconds), n % len(self.people)) for n in range(3 * len(self.people)))
        for number, (moment, who) in enumerate(moments):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            press(self.people[who], "1:a:")
            self.figures.taps += 1
            if number == len(moments) // 2:
                self.control.advance(skip)
        time.sleep(max(0.0, begun + seconds - time.monotonic()))

    def _settled(self) -> bool:
        return not self.control.stats()["pending"] and quiet(self.world)

    def _until(self, holds: object, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not (callable(holds) and holds()):
            if time.monotonic() > ends:
                raise TimeoutError(f"not settled in {seconds:g} s\n{log_of(self.folder)[-2000:]}")
            time.sleep(0.05)

    def _judge(self) -> None:
        figures, stats = self.figures, self.control.stats()
        figures.lost = len(stats["lost"])
        figures.saved = sum(self._ratings(person) == 1 for person in self.people)
        figures.seen = sum(self._sees(person) for person in self.people)
        figures.faults += broken(self.world, *self.people, log=log_of(self.folder))
        for name in ("saved", "seen"):
            if getattr(figures, name) != figures.users:
                figures.faults.append(f"{name} by {getattr(figures, name)} of {figures.users}")
        figures.faults += [f"a mistake: {mistake}" for mistake in self.control.mistakes()]

    def _ratings(self, person: RemotePerson) -> int:
        with self.world.store.read() as unit:
            known = unit.people.find(CHANNEL, str(person.id))
            assert known is not None
            (listed,) = unit.assessments.of(known.id)
            entries = unit.entries.after(listed.id, 0)
        given = [entry for entry in entries if isinstance(entry.body, AnswerGiven)]
        return sum(entry.question is not None and entry.question.dimension != "veto" for entry in given)

    def _sees(self, person: RemotePerson) -> bool:
        """A tick for the answer, or that it is the last one saved."""
        said = [message.text for message in person.chat if not message.mine]
        return len(acknowledged(person)) > 1 or any("4.1.2 =" in text for text in said)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.catalogue.cut", description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=100.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--how", choices=HOW, default="drop")
    given = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as name,
        Control.start() as control,
        Wire(control.port) as wire,
        Shell(Path(name), f"http://127.0.0.1:{wire.port}") as driver,
    ):
        cut = Cut(Path(name), control, wire, driver, given.users)
        figures = cut.run(given.seconds, how=given.how, seed=given.seed)
    print(figures.table())  # noqa: T201  a command prints
    for fault in figures.faults[:50]:
        print(fault)  # noqa: T201
    return 1 if figures.faults or figures.lost else 0


if __name__ == "__main__":
    sys.exit(main())
