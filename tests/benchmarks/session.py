"""One bot at work before a load of people, measured while it goes on. Must not know what a bot is made of."""

import asyncio
import statistics
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self

from tests.benchmarks.bots import Kind, start, used
from tests.benchmarks.people import Person, Taken
from tests.benchmarks.telegram import Desk
from tests.benchmarks.wire import Peer

_PATIENCE = 120.0
_FIRST = 1000
"""The number of the first person."""


@dataclass(frozen=True, slots=True)
class Load:
    """delay: seconds a call; think: (least, most) seconds before a tap, (0, 0): at once."""

    name: str
    users: int
    delay: float = 0.0
    think: tuple[float, float] = (0.0, 0.0)

    @property
    def possible(self) -> float | None:
        """Taps a second if a bot took no time: one delay for the update to come, one for the card to go."""
        return self.users / (2 * self.delay) if self.delay and not self.think[1] else None


@dataclass(frozen=True, slots=True)
class Measured:
    """rate: taps a second; answers: which share of them answered a question. p50 to worst: ms from tap to card.

    cpu: ms of the bot's process a tap. rss, peak: MB. started: ms from the start of the process to its first poll.
    """

    rate: float
    p50: float
    p95: float
    p99: float
    worst: float
    cpu: float
    rss: float
    peak: float
    started: float
    answers: float

    @classmethod
    def median(cls, several: Sequence[Self]) -> Self:
        """Of each figure the median, of worst and peak the highest."""
        taken = {f.name: [getattr(one, f.name) for one in several] for f in fields(cls)}
        return cls(**{n: max(v) if n in {"worst", "peak"} else statistics.median(v) for n, v in taken.items()})


@dataclass(slots=True)
class Session:
    """A bot that polls, and people who tap."""

    process: subprocess.Popen[bytes]
    desk: Desk
    started: float
    taken: Taken = field(default_factory=Taken)

    async def joined(self, load: Load, begin: Sequence[str], again: str = "", first: int = _FIRST) -> list[Person]:
        """So many people more, each at their first question. There is no delay until the first of them taps."""
        people = [Person(self.desk, first + n, self.taken, load.think, begin, again) for n in range(load.users)]
        for one in people:
            one.start()
        await asyncio.wait_for(asyncio.gather(*(one.ready for one in people)), _PATIENCE)
        return people

    async def measured(self, seconds: float) -> Measured:
        """What happens in the next seconds."""
        return await self.until(asyncio.sleep(seconds))

    async def until(self, end: Awaitable[object]) -> Measured:
        """What happens until then."""
        self.taken.seconds, self.taken.answers, self.taken.on = [], 0, True
        before, since = used(self.process.pid), time.perf_counter()
        await end
        passed, after = time.perf_counter() - since, used(self.process.pid)
        self.taken.on = False
        times = sorted(self.taken.seconds) or [float("nan")]
        count = max(1, len(self.taken.seconds))

        def at(share: float) -> float:
            return times[min(len(times) - 1, int(len(times) * share))] * 1000

        return Measured(
            rate=len(self.taken.seconds) / passed,
            p50=at(0.5),
            p95=at(0.95),
            p99=at(0.99),
            worst=times[-1] * 1000,
            cpu=(after.cpu - before.cpu) / count * 1000,
            rss=after.rss / 1024,
            peak=after.peak / 1024,
            started=self.started * 1000,
            answers=self.taken.answers / count,
        )


@asynccontextmanager
async def session(
    kind: Kind, folder: Path | None = None, more: Mapping[str, str] | None = None
) -> AsyncIterator[Session]:
    """The bot, from before its first poll to after its end. folder: its data, else one that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="gradewalk-bench-") as own:
        desk = Desk()
        server = await asyncio.get_running_loop().create_server(lambda: Peer(desk), "127.0.0.1", 0)
        since = time.perf_counter()
        place = folder or Path(own)
        process = start(kind, server.sockets[0].getsockname()[1], place, more)
        try:
            try:
                await asyncio.wait_for(desk.polled.wait(), _PATIENCE)
            except TimeoutError:
                log = (place / "log").read_text(errors="replace")[-2000:]
                raise SystemExit(f"{kind.name} did not begin to ask for updates:\n{log}") from None
            yield Session(process, desk, time.perf_counter() - since)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            server.close()


async def measure(
    kind: Kind, load: Load, seconds: float, warm: float = 2.0, folder: Path | None = None, again: str = "",
    begin: Sequence[str] | None = None,
) -> Measured:  # fmt: skip
    """One bot under one load."""
    async with session(kind, folder) as running:
        people = await running.joined(load, kind.begin if begin is None else begin, again)
        running.desk.delay = load.delay
        for one in people:
            one.go()
        await asyncio.sleep(warm)
        return await running.measured(seconds)
