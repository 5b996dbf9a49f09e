"""Where the time of a tap goes: the bot before 50 people, under py-spy where there is one, else under cProfile."""

import asyncio
import pstats
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from tests.benchmarks.bots import KINDS, OURS, PROFILED, take_first_core
from tests.benchmarks.session import Load, Measured, session
from tests.benchmarks.starter import VARIABLE

_LOAD = Load("50 users", 50)
_ROWS = 45


def main(seconds: float) -> None:
    """The functions that take most."""
    take_first_core()
    with tempfile.TemporaryDirectory(prefix="gradewalk-bench-") as folder:
        found = Path(folder) / "profile"
        if spy := shutil.which("py-spy"):
            asyncio.run(_spied(spy, found, seconds))
            _print_stacks(found)
        else:
            got = asyncio.run(_watched(found, seconds))
            print(f"{got.rate:.0f} taps/s while watched: cProfile makes small functions look dearer than they are")
            stats = pstats.Stats(str(found))
            stats.strip_dirs().sort_stats("tottime").print_stats(_ROWS)


async def _watched(found: Path, seconds: float) -> Measured:
    async with session(PROFILED, more={VARIABLE: str(found)}) as running:
        for one in await running.joined(_LOAD, PROFILED.begin):
            one.go()
        return await running.measured(seconds)


async def _spied(spy: str, found: Path, seconds: float) -> None:
    async with session(KINDS[OURS]) as running:
        for one in await running.joined(_LOAD, KINDS[OURS].begin):
            one.go()
        pid = str(running.process.pid)
        watching = await asyncio.create_subprocess_exec(
            spy, "record", "-p", pid, "-d", str(int(seconds)), "-r", "500", "--gil", "-f", "raw", "-o", str(found),
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        await watching.wait()


def _print_stacks(found: Path) -> None:
    """Own and whole share by function."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for line in found.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = stack.split(";")
        own[frames[-1]] += int(count)
        whole.update({frame: int(count) for frame in set(frames)})
    total = sum(own.values()) or 1
    for frame, samples in own.most_common(_ROWS):
        print(f"{samples / total:>7.1%}{whole[frame] / total:>7.1%}  {frame}")
