"""Row 56: links that anybody may make up, by the million. `python -m tests.catalogue.guessing --count 1000000`

Twice as many: through the conversation with its limit, from several accounts by turns, before a bot that is open to
all and one by invitation only; and without any limit straight at the lookup. Real links, good and spent ones, are
mutated, cut short, lengthened and swapped in case; the rest is chance, other bots' payloads, SQL and HTML.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.service import joining, membership
from bot.service.access import Door
from bot.service.events import Delivery, Ordered, Who
from bot.service.respond import Conversation
from bot.service.world import World
from tests.service.panel import opened
from tests.service.scene import CHANNEL, Clock, Scene
from tests.store.making import open_file

ACCOUNTS = 10
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_ODD = (
    "' OR 1=1 --",
    "<b>x</b>",
    "%",
    "*",
    "{{7*7}}",
    "ref_1",
    "x" * 65,
    "x" * 4000,
    "0",
    "null",
    "\0",
    "\ud800",
    "二",
)


@dataclass
class Report:
    """What came of it. joins: links that opened anything; answers: how often each reply was given with the limit on."""

    count: int = 0
    seconds: float = 0.0
    joins: int = 0
    members: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rate = 2 * self.count / self.seconds if self.seconds else 0.0
        answers = ", ".join(f"{n} x {answer}" for answer, n in self.answers.most_common())
        return f"2 x {self.count} guesses, {rate:.0f}/s: {self.joins} opened, {self.members} joined; {answers}"


@dataclass(frozen=True, slots=True)
class House:
    """An assessment with a link that is good, one that is spent, one revoked; and who leads it."""

    world: World
    ann: Scene
    ref: str
    tokens: tuple[str, ...]


def built(world: World) -> House:
    """A house whose links nobody was given."""
    world.bot.username = "gradewalk_test_bot"
    ann = Scene(world)
    ref = ann.begin()
    tokens = tuple(_link(ann, ref) for _ in range(3))
    bo = Scene(world, "2002")
    bo.do(Ordered("start", tokens[1], "1"))
    bo.tap("button.agree")
    with world.store.write() as unit:
        for one in unit.invites.unsettled(ann.of(ref).id)[2:]:
            unit.invites.revoke(one.id, world.clock())
    return House(world, ann, ref, tokens)


def guesses(house: House, count: int, seed: int) -> Iterator[str]:
    """None of them is a link that was given out; half of them are close to one."""
    chance = Random(seed)
    good = set(house.tokens)
    made = 0
    while made < count:
        kind, token = chance.randrange(8), chance.choice(house.tokens)
        at = chance.randrange(len(token))
        guess = (
            "".join(chance.choices(_SIGNS, k=32)),
            secrets.token_urlsafe(24),
            token[:at] + chance.choice(_SIGNS) + token[at + 1 :],
            token[:at],
            token + chance.choice(_SIGNS),
            token.swapcase(),
            chance.choice(_ODD),
            membership.hashed(token)[: chance.choice((32, 64))],
        )[kind]
        if guess not in good and guess.strip():
            made += 1
            yield guess


def guess_all(house: House, count: int, seed: int) -> Report:
    """So many guesses, with the limit and without."""
    report, began = Report(count), time.perf_counter()
    before = dict(house.ann.state(house.ref).members)
    _limited(house, count // 2, seed, report, Door())
    _limited(house, count - count // 2, seed + 1, report, Door(open=False))
    who = Who(CHANNEL, "7007", "7007", "Guesser", "en")
    with house.world.store.read() as unit:
        for guess in guesses(house, count, seed + 2):
            report.joins += joining.expected(house.world, unit, who, guess)
    report.seconds = time.perf_counter() - began
    report.members = len(set(house.ann.state(house.ref).members) - set(before))
    return report


def _limited(house: House, count: int, seed: int, report: Report, door: Door) -> None:
    """The limit would make nearly all of them silent: each account guesses on all the same."""
    clock = house.world.clock
    assert isinstance(clock, Clock)
    still = clock()  # so that no hour goes by
    conversation = Conversation(replace(house.world, door=door, clock=lambda: still))
    who = [Who(CHANNEL, f"8{n:03}", f"8{n:03}", "Guesser", "en") for n in range(ACCOUNTS)]
    for number, guess in enumerate(guesses(house, count, seed)):
        reply = conversation.handle(who[number % ACCOUNTS], Ordered("start", guess, "1"), Delivery())
        report.answers["silence" if reply.silent else "the line" if reply.line else "the card"] += 1
    clock.ahead(timedelta(hours=2))


def _link(ann: Scene, ref: str) -> str:
    ann.press(f"1:mk:{ref}:assessor")
    return ann.reply.line.partition("start=")[2].split()[0]


def run(count: int, seed: int, folder: Path) -> Report:
    """In a database of its own."""
    file = folder / "gradewalk.db"
    open_file(file).dispose()
    with opened(file) as world:
        return guess_all(built(world), count, seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="guessing-"))
    try:
        report = run(asked.count, asked.seed, folder)
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(f"seed {asked.seed}: {report}\n")
    return 1 if report.joins or report.members else 0


if __name__ == "__main__":
    sys.exit(main())
