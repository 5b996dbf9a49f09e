"""`python -m tests.catalogue.soaking --minutes 1440`: row 100, a long time of ordinary work with faults and kills.

The real process before the fake Bot API over HTTP. One call in a hundred fails in some way, and every so often the
process is killed and started again. Prints memory by the hour and what was broken; exit 1 where anything was.
Tapping, killing and checking are those of `kills.py`; here the bot lives long, and its memory is looked at.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.catalogue.drivers import Driver, Shell
from tests.catalogue.kills import Harness, Plan
from tests.fake_telegram import Control
from tests.fake_telegram.faults import Fault

_FLOOD, _FAILED = 429, 502


def faults(chance: float) -> tuple[Fault, ...]:
    """Each of the usual faults, so that `chance` of all calls meet one."""
    ways = (
        Fault("*", "drop", times=None, chance=chance / 5),
        Fault("*", "drop", effect=True, times=None, chance=chance / 5),
        Fault("*", "answer", status=_FAILED, body="<html>Bad Gateway</html>", times=None, chance=chance / 5),
        Fault("*", "answer", status=_FLOOD, retry_after=1, times=None, chance=chance / 5),
        Fault("*", "cut", effect=True, times=None, chance=chance / 5),
    )
    return ways if chance else ()


@dataclass(frozen=True, slots=True)
class Soak:
    """Seconds, and taps a second of all people together."""

    seconds: float
    kill_every: float
    rate: float = 2.0
    users: int = 10
    chance: float = 0.01
    seed: int = 1


@dataclass(slots=True)
class Soaked:
    """memory: of each life of the process, (seconds since its start, MB)."""

    taps: int = 0
    kills: int = 0
    memory: list[list[tuple[float, float]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def slope(self) -> float:
        """MB an hour, over the second half of the longest life: before that caches fill."""
        life = max(self.memory, key=len, default=[])
        late = life[len(life) // 2 :]
        if len(late) < 2:
            return 0.0
        return (late[-1][1] - late[0][1]) / max(late[-1][0] - late[0][0], 0.001) * 3600

    def report(self) -> str:
        lives = "; ".join(
            " ".join(f"{mb:.0f}" for _, mb in life[:: max(1, len(life) // 6)]) for life in self.memory[-6:]
        )
        lines = [
            f"{self.taps} taps, {self.kills} kills",
            f"memory of the last lives, MB: {lives}; {self.slope:+.1f} MB/h at the end of the longest",
            f"invariants broken: {len(self.faults)}",
        ]
        return "\n".join([*lines, *self.faults[:50]])


def soak(wanted: Soak, folder: Path, control: Control, driver: Driver) -> Soaked:
    """All of it. The last life goes on without faults until everything is worked off."""
    made = Harness(Plan(0, 0, wanted.users, wanted.seed), folder, control, driver)
    found = Soaked()
    made.begin()
    ends = time.monotonic() + wanted.seconds
    while (now := time.monotonic()) < ends:
        control.faults(*faults(wanted.chance), clear=True)
        driver.start()
        found.memory.append(_live(made, wanted, min(ends, now + wanted.kill_every)))
        if driver.ended() is not None:
            found.faults.append("the bot ended by itself")
        driver.kill()
        made.figures.kills += 1
    control.faults(clear=True)
    made.rest()
    made.judge()
    found.taps, found.kills = made.figures.taps, made.figures.kills
    found.faults += made.figures.faults
    return found


def _live(made: Harness, wanted: Soak, ends: float) -> list[tuple[float, float]]:
    """Taps at the rate wanted until that moment; memory about ten times a minute."""
    begun, looked, memory = time.monotonic(), 0.0, list[tuple[float, float]]()
    while (now := time.monotonic()) < ends:
        made.act(1)
        if now - looked > 6.0 and (held := _held(made.driver.pid)):
            looked = now
            memory.append((now - begun, held))
        time.sleep(1 / wanted.rate)
    return memory


def _held(pid: int) -> float:
    """MB that a process holds now; 0 where the system does not say."""
    file = Path(f"/proc/{pid}/status")
    text = file.read_text() if file.exists() else ""
    return int(text.split("VmRSS:")[1].split()[0]) / 1024 if "VmRSS:" in text else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.catalogue.soaking", description=__doc__)
    parser.add_argument("--minutes", type=float, default=24 * 60.0)
    parser.add_argument("--kill-every", type=float, default=10.0, help="minutes")
    parser.add_argument("--rate", type=float, default=2.0, help="taps a second")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--faults", type=float, default=0.01, help="share of calls that fail")
    given = parser.parse_args(arguments)
    wanted = Soak(given.minutes * 60, given.kill_every * 60, given.rate, given.users, given.faults)
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        control = held.enter_context(Control.start())
        found = soak(wanted, folder, control, held.enter_context(Shell(folder, control.base_url)))
    sys.stdout.write(found.report() + "\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
