"""Whether a tap costs the same in a database of years: empty and full in turn, in one run.

Full: as many people, assessments and records as asked for, and the updates that led to them. Long: one person before
an assessment of 10,000 entries, beside the same person before one of a single answer, doing the same taps.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from tests.benchmarks import filled
from tests.benchmarks.bots import KINDS, OURS, take_first_core
from tests.benchmarks.session import Load, Measured, measure

_ENTRIES = 10_000
_FIFTY, _ONE = Load("50 users", 50), Load("1 user", 1)


def main(count: int, rounds: int, seconds: float) -> None:
    """The table."""
    take_first_core()
    with tempfile.TemporaryDirectory(prefix="gradewalk-bench-") as place:
        folders = {name: Path(place) / name for name in ("empty", f"{count} of all", "1 entry", f"{_ENTRIES} entries")}
        for folder in folders.values():
            folder.mkdir()
        small, full, short, long = folders.values()
        filled.empty(small)
        since = time.perf_counter()
        filled.fill(full, count)
        size = sum(file.stat().st_size for file in full.iterdir()) / 1e6
        print(f"{count} people with an assessment each: {size:.0f} MB, made in {time.perf_counter() - since:.0f} s")
        print(f"{'database':<18}{'taps/s':>8}{'p50':>8}{'p99':>8}{'cpu/tap':>9}{'rss':>6}{'start':>7}{'answers':>9}")
        _turns({"empty": small, f"{count} of all": full}, rounds, seconds)
        sheets = {short: filled.lengthen(short, "1000", 0), long: filled.lengthen(long, "1000", _ENTRIES)}
        _turns({"1 entry": short, f"{_ENTRIES} entries": long}, rounds, seconds, sheets)


def _turns(folders: dict[str, Path], rounds: int, seconds: float, sheets: dict[Path, str] | None = None) -> None:
    """The two in turn, and how much dearer the second is."""
    found: dict[str, list[Measured]] = {name: [] for name in folders}
    for _ in range(rounds):
        for name, folder in folders.items():
            if sheets is None:
                run = measure(KINDS[OURS], _FIFTY, seconds, folder=folder)
            else:
                again = f"=1:q:{sheets[folder]}:1.1.1/management"
                run = measure(KINDS[OURS], _ONE, seconds, folder=folder, begin=(">/start", again), again=again)
            found[name].append(asyncio.run(run))
    middle = {name: Measured.median(several) for name, several in found.items()}
    for name, got in middle.items():
        print(
            f"{name:<18}{got.rate:>8.1f}{got.p50:>8.1f}{got.p99:>8.1f}{got.cpu:>9.2f}{got.rss:>6.0f}{got.started:>7.0f}"
            f"{got.answers:>9.0%}"
        )
    first, second = middle.values()
    print(f"a tap costs {second.cpu / first.cpu:.2f} times the CPU, and the start {second.started / first.started:.2f}")
