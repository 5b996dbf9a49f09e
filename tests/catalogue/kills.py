"""`python -m tests.catalogue.kills --kills 1000 --taps 10000 --users 20`: kill -9 again and again under tapping people.

The real process before the fake Bot API as a process of its own, over HTTP. In each round it is started, gets some
taps, and is killed at a random moment after its first poll; at the end it may work everything off. Prints the
figures; exit 1 where anything was lost, doubled or damaged.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.service.world import World
from tests.catalogue.drivers import Driver, Shell, Zygote, log_of
from tests.catalogue.invariants import acknowledged, broken
from tests.catalogue.users import MARKER, ORGANISATION, User
from tests.catalogue.walker import at_work
from tests.fake_telegram import Control
from tests.stories.running import quiet, world_in

DRAIN_SECONDS = 600.0
REST = 5
"""After so many kills it may live until all is worked off: else the people would only ever see old cards."""
TRIES = 3
"""People looked at before one taps a card that has not answered the last tap yet."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. max_delay: seconds after the first poll of a start. point: see crashing.py."""

    kills: int
    taps: int
    users: int
    seed: int = 1
    max_delay: float = 0.4
    point: str = ""


@dataclass(slots=True)
class Figures:
    """What came of it."""

    taps: int = 0
    writes: int = 0
    kills: int = 0
    live: int = 0
    made: int = 0
    kept: int = 0
    done: int = 0
    dead: int = 0
    told: int = 0
    answers: int = 0
    notes: int = 0
    live_cards: int = 0
    seconds: float = 0.0
    drain: float = 0.0
    faults: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [
            ("taps", self.taps),
            ("texts and edits", self.writes),
            ("kills -9", self.kills),
            ("of them into live work", self.live),
            ("updates made", self.made),
            ("updates kept", self.kept),
            ("done", self.done),
            ("set aside", self.dead),
            ("acknowledgements checked", self.told),
            ("answers recorded", self.answers),
            ("notes recorded", self.notes),
            ("most live cards in a chat", self.live_cards),
            ("seconds of the last drain", f"{self.drain:.1f}"),
            ("seconds in all", f"{self.seconds:.0f}"),
            ("invariants broken", len(self.faults)),
        ]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:<{width}}  {value:>8}" for name, value in rows)


class Harness:
    """One folder, one fake, one bot at a time."""

    def __init__(self, plan: Plan, folder: Path, control: Control, driver: Driver) -> None:
        self.plan, self.folder, self.control, self.driver = plan, folder, control, driver
        self.chance = random.Random(plan.seed)
        self.figures = Figures()
        self.users = [
            User(control.person(1001 + n, f"Example {n}", "en" if n % 4 == 3 else "zh-hans"), self._chance(n))
            for n in range(plan.users)
        ]
        self.world: World = world_in(folder)

    def run(self) -> Figures:
        """Everything, with all checks."""
        begun = time.monotonic()
        self.begin()
        for kill in range(self.plan.kills):
            self._round(self.plan.taps * (kill + 1) // self.plan.kills)
            if (kill + 1) % REST == 0:
                self.rest()
        self.rest()
        self.judge()
        self.figures.seconds = time.monotonic() - begun
        return self.figures

    def rest(self) -> None:
        """A life without faults, which ends when nothing is left to do."""
        begun = time.monotonic()
        self.driver.start()
        self.drain()
        self.figures.drain = time.monotonic() - begun
        self.driver.kill()

    def begin(self) -> None:
        """Everybody at their first question."""
        self.driver.start()
        steps: tuple[Callable[[User], object], ...] = (
            lambda user: user.person.say("/new"),
            lambda user: _press(user, "1:m:bjkb-006"),
            lambda user: _press(user, "1:o:bjkb-006:self"),
            lambda user: user.person.say(ORGANISATION),
            lambda user: _press(user, "1:j:"),
        )
        for step in steps:
            for user in self.users:
                step(user)
            self.drain()
        self.driver.kill()

    def _round(self, due: int) -> None:
        """Taps up to `due` in all: some while it starts, the others until it dies, and what is left after that."""
        taps = due - self._taps()
        polls = self.control.stats()["polls"]
        early = self.chance.randrange(taps + 1)
        self.driver.start(self.plan.point)
        self.act(early)
        self.until(lambda: self.control.stats()["polls"] > polls, "polled")
        dies = time.monotonic() + self.chance.uniform(0.0, self.plan.max_delay)
        moments = sorted(self.chance.uniform(time.monotonic(), dies) for _ in range(taps - early))
        for moment in moments:
            _sleep_until(moment)
            if time.monotonic() >= dies:
                break
            self.act(1)
        _sleep_until(dies)
        self.driver.kill()
        self.figures.kills += 1
        self.figures.live += self._live()
        self.act(due - self._taps())

    def act(self, times: int) -> None:
        """So many taps by people chosen at random, and what they write in between."""
        wanted = self._taps() + times
        while self._taps() < wanted:
            some = self.chance.sample(self.users, min(TRIES, len(self.users)))
            next((user for user in some if user.answered()), some[0]).act()

    def _taps(self) -> int:
        return sum(user.taps for user in self.users)

    def _chance(self, n: int) -> random.Random:
        return random.Random(self.plan.seed * 1000 + n)

    def _live(self) -> bool:
        """Whether something was on its way when it died."""
        return bool(self.control.stats()["pending"]) or not quiet(self.world)

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
        """Asked after every change that the fake sees."""
        try:
            self.control.until(holds, seconds)
        except TimeoutError:
            raise TimeoutError(f"not {what} in {seconds:g} s\n{log_of(self.folder)[-2000:]}") from None

    def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Until nothing is on its way."""
        ends = time.monotonic() + seconds
        while at_work(self.control, self.world):
            if time.monotonic() > ends:
                raise TimeoutError(f"not drained in {seconds:g} s\n{log_of(self.folder)[-2000:]}")

    # what came of it

    def judge(self) -> None:
        figures, people = self.figures, [user.person for user in self.users]
        stats = self.control.stats()
        figures.taps, figures.writes = self._taps(), sum(user.writes for user in self.users)
        figures.made = stats["made"]
        figures.kept = self._count("SELECT count(DISTINCT update_id) FROM inbox")
        figures.done = self._count("SELECT count(*) FROM inbox WHERE state = 'done'")
        figures.dead = self._count("SELECT count(*) FROM inbox WHERE state = 'dead'")
        figures.answers = self._count("SELECT count(*) FROM entry WHERE kind = 'answered'")
        figures.notes = self._count("SELECT count(*) FROM entry WHERE kind = 'noted'")
        figures.told = sum(len(acknowledged(person)) for person in people)
        figures.live_cards = max(len(person.live_cards()) for person in people)
        found = broken(self.world, *people, log=log_of(self.folder), markers=[MARKER])
        figures.faults += found
        figures.faults += self._lost(stats)
        figures.faults += [f"a mistake: {mistake}" for mistake in self.control.mistakes()]

    def _lost(self, stats: dict[str, Any]) -> Iterator[str]:
        if stats["lost"]:
            yield f"I1 {len(stats['lost'])} updates were never delivered"
        if self.figures.kept < self.figures.made:
            yield f"I1 {self.figures.made - self.figures.kept} updates were confirmed and never kept"
        if self.figures.done > self.figures.kept:
            yield f"I2 {self.figures.done - self.figures.kept} updates were worked on twice"
        if self.figures.dead:
            yield f"{self.figures.dead} updates were set aside, and nothing was wrong with them"

    def _count(self, sql: str) -> int:
        with self.world.store.read() as unit:
            return int(unit.inbox._work.connection.exec_driver_sql(sql).scalar_one())


def _press(user: User, payload: str) -> None:
    """The button of the live card whose payload begins so."""
    card = user.person.card
    button = next(b for b in card.buttons if b.data and b.data.startswith(payload))
    user.person.tap_data(button.data or "", button.message_id)


def _sleep_until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)


@contextmanager
def harness(plan: Plan, folder: Path, zygote: Zygote | None = None) -> Iterator[Harness]:
    """With a fake of its own; zygote: forks the bots instead of starting them."""
    with Control.start() as control:
        if zygote is not None:
            yield Harness(plan, folder, control, zygote.at(folder, control.base_url))
            return
        with Shell(folder, control.base_url) as shell:
            yield Harness(plan, folder, control, shell)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.catalogue.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--taps", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--max-delay", type=float, default=0.4, help="seconds after the first poll of each start")
    parser.add_argument(
        "--point", default="", help="of crashing.py: a protection switched off, such as confirm_first:5"
    )
    parser.add_argument("--preload", action="store_true", help="fork the bot from a process that has imported it")
    given = parser.parse_args(arguments)
    plan = Plan(given.kills, given.taps, given.users, given.seed, given.max_delay, given.point)
    with tempfile.TemporaryDirectory() as folder:
        if given.preload:
            with Zygote() as zygote, harness(plan, Path(folder), zygote) as made:
                figures = made.run()
        else:
            with harness(plan, Path(folder)) as made:
                figures = made.run()
    print(figures.table())  # noqa: T201  a command prints
    for fault in figures.faults[:50]:
        print(fault)  # noqa: T201
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
