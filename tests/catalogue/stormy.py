"""`python -m tests.catalogue.stormy --users 20 --taps 40 --chance 0.3`: the bot under a server that fails at random.

The real process before the fake Bot API as a process of its own, over HTTP. Every method fails that often, in the four
ways of a server, now and then by a limit; everybody taps, writes and gets notices. It ends when nothing is left to do,
with the storm still on. Prints the figures; exit 1 where anything was lost, doubled without saying so, out of order,
or tried too early.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.service import notices
from bot.serving import CHANNEL
from tests.catalogue.drivers import Shell, log_of
from tests.catalogue.kills import Harness, Plan
from tests.fake_telegram import Control, Fault

PATIENCE = 3.0
"""Seconds after which somebody taps though their card has not changed."""
MARKS = ("可能重复", "May be double")
LIMITS = 0.03
"""How often a limit comes instead."""


@dataclass(slots=True)
class Figures:
    """What came of it. faults: everything that must not be."""

    taps: int = 0
    failed: int = 0
    queued: int = 0
    arrived: int = 0
    marked: int = 0
    disordered: int = 0
    early: int = 0
    told: int = 0
    answers: int = 0
    lost: int = 0
    live_cards: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [
            ("taps", self.taps),
            ("calls that failed", self.failed),
            ("notices queued", self.queued),
            ("of them arrived", self.arrived),
            ("copies that say so", self.marked),
            ("chats out of order", self.disordered),
            ("calls inside a limit", self.early),
            ("answers recorded", self.answers),
            ("acknowledgements checked", self.told),
            ("answers lost", self.lost),
            ("most live cards in a chat", self.live_cards),
            ("seconds in all", f"{self.seconds:.0f}"),
            ("invariants broken", len(self.faults)),
        ]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:<{width}}  {value:>8}" for name, value in rows)


def storm(chance: float) -> list[Fault]:
    """Limits on what chats are shown; then the four ways of a server, together as often as `chance`."""
    bodies = {500: '{"ok": false}', 502: "<html>Bad Gateway</html>", 503: "", 504: "<html>"}
    share = 1 - (1 - chance) ** (1 / len(bodies))
    # Not on answers to taps: those under way at that moment cannot know of it. Row 19 has them.
    limited = ("editMessageText", "sendMessage", "editMessageReplyMarkup")
    limits = [Fault(method, "answer", times=None, status=429, retry_after=2, chance=LIMITS) for method in limited]
    return limits + [
        Fault("*", "answer", times=None, status=status, body=body, chance=share) for status, body in bodies.items()
    ]


class Storm:
    """One run."""

    def __init__(self, made: Harness, taps: int, chance: float) -> None:
        self._made, self._taps, self._chance = made, taps, chance
        self._queued: list[str] = []
        self.figures = Figures()

    def run(self) -> Figures:
        """Everything, with all checks."""
        begun = time.monotonic()
        made = self._made
        made.begin()
        made.control.faults(*storm(self._chance))
        made.driver.start()
        total = self._taps * len(made.users)
        for due in range(total // 10, total + 1, max(total // 10, 1)):
            self._notify()
            self._act(due)
        made.drain()
        made.driver.kill()
        self._judge()
        self.figures.seconds = time.monotonic() - begun
        return self.figures

    def _act(self, due: int) -> None:
        """Taps up to `due` in all, mostly by those whose card has answered the last one."""
        patience = time.monotonic() + PATIENCE
        while self._made._taps() < due:
            ready = [user for user in self._made.users if user.answered()]
            for user in ready or (self._made.users if time.monotonic() > patience else []):
                user.act()
                patience = time.monotonic() + PATIENCE
            time.sleep(0.1)  # another process's card cannot be waited for

    def _notify(self) -> None:
        text = f"No. {len(self._queued) + 1}: a notice of the storm"
        self._queued.append(text)
        with self._made.world.store.write() as unit:
            for user in self._made.users:
                notices.queue_text(unit, CHANNEL, str(user.person.id), text, self._made.world.clock())

    def _judge(self) -> None:
        figures, made = self.figures, self._made
        made.judge()
        stats = made.control.stats()
        figures.taps, figures.failed = made.figures.taps, stats["faults_taken"]
        figures.told, figures.answers = made.figures.told, made.figures.answers
        figures.live_cards, figures.early = made.figures.live_cards, stats["too_early"]
        figures.lost = sum(fault.startswith("I1") for fault in made.figures.faults)
        figures.faults += made.figures.faults
        figures.faults += list(self._notices())
        if figures.early:
            figures.faults.append(f"{figures.early} calls inside a limit")

    def _notices(self) -> Iterator[str]:
        for user in self._made.users:
            said = [m.text for m in user.person.chat if not m.mine and "a notice of the storm" in m.text]
            plain = [text.splitlines()[-1] for text in said]
            unmarked = [text for text in said if not text.startswith(MARKS)]
            self.figures.queued += len(self._queued)
            self.figures.arrived += len(set(plain))
            self.figures.marked += len(said) - len(unmarked)
            if list(dict.fromkeys(plain)) != self._queued:
                self.figures.disordered += 1
                yield f"{user.person.id}: {len(set(plain))} of {len(self._queued)} notices, or not in order"
            if len(unmarked) != len(set(unmarked)):
                yield f"{user.person.id}: a second copy that does not say so"


@contextmanager
def stormy(folder: Path, users: int, taps: int, chance: float, seed: int = 1) -> Iterator[Storm]:
    """With a fake and a bot of its own."""
    with Control.start() as control, Shell(folder, control.base_url) as shell:
        yield Storm(Harness(Plan(0, users * taps, users, seed), folder, control, shell), taps, chance)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.catalogue.stormy", description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--taps", type=int, default=40, help="of each")
    parser.add_argument("--chance", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        with stormy(Path(folder), given.users, given.taps, given.chance, given.seed) as storm_:
            figures = storm_.run()
        log = log_of(Path(folder))
    print(figures.table())  # noqa: T201  a command prints
    for fault in figures.faults[:50]:
        print(fault)  # noqa: T201
    if figures.faults:
        print(log[-3000:])  # noqa: T201
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
