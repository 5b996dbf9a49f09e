"""Whether files stand in the way of taps: 50 people tap, and meanwhile 20 others get a file each.

The quiet before and the files are measured in the same process, round after round.
"""

import asyncio
from collections.abc import Mapping

from bot.export import FORMATS
from tests.benchmarks.bots import INTERVIEW, KINDS, OURS, take_first_core
from tests.benchmarks.session import Load, Measured, session

_TAPPING, _WAITING = Load("50 users", 50), Load("20 files", 20)
_MOST = 300.0
_OTHERS = 5000
"""The number of the first of those who wait for a file."""


def main(rounds: int, seconds: float) -> None:
    """The table, of PDFs where they can be made."""
    take_first_core()
    kind = "pdf" if "pdf" in FORMATS else "html"
    found = [asyncio.run(_round(kind, seconds)) for _ in range(rounds)]
    print(f"{_WAITING.users} files: {kind}")
    print(f"{'':<12}{'taps/s':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'worst':>8}{'peak MB':>9}")
    middle = {name: Measured.median([one[name] for one in found]) for name in found[0]}
    for name, got in middle.items():
        print(
            f"{name:<12}{got.rate:>8.1f}{got.p50:>8.1f}{got.p95:>8.1f}{got.p99:>8.1f}{got.worst:>8.0f}{got.peak:>9.0f}"
        )
    print(f"p99 is {middle['files'].p99 / middle['quiet'].p99:.2f} times the quiet one")


async def _round(kind: str, seconds: float) -> Mapping[str, Measured]:
    """First nobody wants a file, then until everybody has got one."""
    async with session(KINDS[OURS]) as running:
        waiting = await running.joined(_WAITING, (*INTERVIEW, "1:d:*", "1:X:*"), first=_OTHERS)
        tapping = await running.joined(_TAPPING, INTERVIEW)
        for one in tapping:
            one.go()
        await asyncio.sleep(2)
        quiet = await running.measured(seconds)
        had: set[int] = set()
        all_had = asyncio.get_running_loop().create_future()

        def got(chat: int) -> None:
            had.add(chat)
            if len(had) == len(waiting) and not all_had.done():
                all_had.set_result(None)

        running.desk.file = got
        for one in waiting:
            one.press(f"1:F:*:{kind}")
        return {"quiet": quiet, "files": await running.until(asyncio.wait_for(all_had, _MOST))}
