"""Taps a second, and ms a tap: the real bot beside plain ones, in one run, over real HTTP.

Each bot runs on one core, the load and the Bot API on another. The bots take turns, round after round, so that a slow
minute of the machine meets them all; what is shown is the median of the rounds, and the ratio to the plain bot.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.bots import KINDS, PLAIN, take_first_core
from tests.benchmarks.session import Load, Measured, measure

LOADS = (
    Load("1 user", 1),
    Load("50 users", 50),
    Load("500 users", 500),
    Load("1 user, 40 ms", 1, 0.04),
    Load("50 users, 40 ms", 50, 0.04),
    Load("500 users, 40 ms", 500, 0.04),
    Load("100 people, 40 ms", 100, 0.04, (1.0, 6.0)),
    Load("500 people, 40 ms", 500, 0.04, (1.0, 6.0)),
)
QUICK = ("50 users", "100 people, 40 ms")
_HEAD = (
    f"{'load':<18}{'bot':<15}{'taps/s':>8}{'x ptb':>7}{'of max':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'worst':>7}"
    f"{'cpu/tap':>9}{'rss':>6}{'peak':>6}{'start':>7}{'answers':>8}"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured how often for how long."""

    bots: tuple[str, ...] = tuple(KINDS)
    loads: tuple[str, ...] = tuple(load.name for load in LOADS)
    rounds: int = 3
    seconds: float = 8.0


def main(plan: Plan) -> None:
    """The table."""
    take_first_core()
    print("ms, MB; cpu/tap is of the bot's process; answers: the share of taps that answered a question")
    print(_HEAD)
    for load in LOADS:
        if load.name in plan.loads:
            for line in _lines(load, plan):
                print(line, flush=True)


def _lines(load: Load, plan: Plan) -> Iterator[str]:
    found: dict[str, list[Measured]] = {name: [] for name in plan.bots}
    for _ in range(plan.rounds):
        for name, rounds in found.items():
            rounds.append(asyncio.run(measure(KINDS[name], load, plan.seconds)))
    plain = found.get(PLAIN, [])
    for name, rounds in found.items():
        yield _line(load, name, Measured.median(rounds), _ratio(rounds, plain))


def _ratio(rounds: Sequence[Measured], plain: Sequence[Measured]) -> float:
    """To the plain bot of the same round."""
    ratios = sorted(one.rate / other.rate for one, other in zip(rounds, plain, strict=False))
    return ratios[len(ratios) // 2] if ratios else float("nan")


def _line(load: Load, name: str, got: Measured, ratio: float) -> str:
    share = f"{got.rate / load.possible:>7.0%}" if load.possible else f"{'':>7}"
    return (
        f"{load.name:<18}{name:<15}{got.rate:>8.1f}{ratio:>7.2f}{share}{got.p50:>8.1f}{got.p95:>8.1f}{got.p99:>8.1f}"
        f"{got.worst:>7.0f}{got.cpu:>9.2f}{got.rss:>6.0f}{got.peak:>6.0f}{got.started:>7.0f}{got.answers:>8.0%}"
    )
