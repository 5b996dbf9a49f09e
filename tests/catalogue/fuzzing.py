"""`python -m tests.catalogue.fuzzing --count 100000 [--seed 1]`: row 37, and rows 34-36 in the large.

Random updates go the whole way (intake, inbox, lanes, worker, conversation, store, presenter) in one process, before
the fake Telegram. Between them an ordinary person taps, and must be answered each time. What is not 'malformed' and
yet set aside is a defect of the bot. Knows nothing of how any part works.
"""

import argparse
import asyncio
import gc
import logging
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.config import Settings
from bot.service.world import World
from bot.wiring import open_world
from tests.catalogue.invariants import broken
from tests.catalogue.shapes import PEOPLE, fields
from tests.fake_telegram import FakeTelegram, Person
from tests.service.scene import library
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on

WAVE = 250
"""Updates put in before the bot has worked on those before."""
PATIENCE = 60.0
"""Seconds that the ordinary person waits at most; only a stream that stands still takes so long."""
MADE_UP = ("query is too old", "chat not found", "can't be changed in private chats")
FORGET = 300
"""What the fake remembers of calls and messages: it is not the memory of the bot that is measured with it."""


@dataclass(slots=True)
class Found:
    """What a run showed. memory: MB of this process after each tenth; reasons: of dead rows, without places."""

    count: int = 0
    seconds: float = 0.0
    answered: int = 0
    memory: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    defects: list[str] = field(default_factory=list)
    complaints: Counter[str] = field(default_factory=Counter)

    @property
    def growth(self) -> float:
        """MB per 10,000 updates over the second half, where caches are full."""
        late = self.memory[len(self.memory) // 2 :]
        if len(late) < 2:
            return 0.0
        return (late[-1] - late[0]) / (self.count * (len(late) - 1) / len(self.memory)) * 10_000

    def report(self) -> str:
        held = " ".join(f"{mb:.0f}" for mb in self.memory)
        lines = [
            f"{self.count} updates in {self.seconds:.0f} s: {self.count / max(self.seconds, 0.001):.0f}/s",
            f"the ordinary person was answered {self.answered} times",
            f"memory after each tenth, MB: {held}; {self.growth:+.1f} MB per 10,000 in the second half",
            *(f"set aside, {n}: {reason}" for reason, n in self.reasons.most_common()),
            *(f"logged, {n}: {line}" for line, n in self.complaints.most_common()),
            *(f"DEFECT {line}" for line in self.defects),
        ]
        return "\n".join(lines)


class _Ear(logging.Handler):
    """Counts what is logged as an error, by place. A traceback or an unknown error is a defect."""

    def __init__(self, found: Found) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        self._found.complaints[f"{record.levelname} {record.name}: {record.msg}"] += 1
        if record.exc_info or record.levelno >= logging.CRITICAL or "defect" in record.getMessage():
            self._found.defects.append(record.getMessage())


async def fuzz(folder: Path, count: int, seed: int, skip: int = 0) -> Found:
    """Push `count` updates through a bot on this folder, of those that `seed` makes after the first `skip`."""
    chance, found = Random(seed), Found()
    for _ in range(skip):
        fields(chance)
    fake, world = FakeTelegram(), open_world(Settings(data_dir=folder, _env_file=None), library())
    fake.answer_window = PATIENCE  # a slow machine is no defect
    for number in PEOPLE:
        Person(fake, number, f"F{number}", "en").fake.open_chat(fake.private(number))
    ear = _Ear(found)
    logging.getLogger("bot").addHandler(ear)
    asyncio.get_running_loop().set_exception_handler(lambda _, what: found.defects.append(f"loop: {what['message']}"))
    begun_at = time.monotonic()
    try:
        async with bot_on(fake, world) as task:
            ordinary = Ordinary(fake, world)
            await ordinary.begin()
            for start in range(0, count, WAVE):
                for _ in range(min(WAVE, count - start)):
                    fake.inject_text(fields(chance))
                    found.count += 1
                await ordinary.tap()
                found.answered += 1
                await asyncio.wait_for(_drained(fake, world, left=WAVE), PATIENCE)
                if task.done():
                    found.defects.append("the bot ended")
                    break
                if len(found.memory) < 10 * found.count // count:
                    found.memory.append(_memory(fake))
            await asyncio.wait_for(_drained(fake, world), PATIENCE)
            await ordinary.tap()
            _forgive(fake)
    except (TimeoutError, AssertionError) as error:
        found.defects += [f"{type(error).__name__}: {str(error)[:200]}", _standing(fake, world)]
    finally:
        logging.getLogger("bot").removeHandler(ear)
    found.seconds = time.monotonic() - begun_at
    _judge(world, ordinary.person, found)
    return found


class Ordinary:
    """A person who goes on with their own work, whatever else comes in."""

    def __init__(self, fake: FakeTelegram, world: World) -> None:
        self.person = Person(fake, 1001, "Example", "zh-hans")
        self._player = Player(self.person, world)
        self._on = False

    async def begin(self) -> None:
        for step in (Say("/start"), *begun("zh"), Tap("守法合规")):
            await self._player.do(step)

    async def tap(self) -> None:
        """Flag the question, or take the flag away; wait until the tap is answered."""
        button = next(one for one in self.person.card.buttons if one.data and one.data.startswith("1:f:"))
        query = self.person.fake.queries[self.person.tap_data(button.data or "", button.message_id)]
        await self.person.until(lambda: query.answered, "the ordinary person is not answered", PATIENCE)
        # The card shows the other button then, and only then the next tap means something.
        await self.person.until(lambda: button not in self.person.card.buttons, "the card stands still", PATIENCE)


async def _drained(fake: FakeTelegram, world: World, left: int = 0) -> None:
    """Until everything is fetched and no more than `left` wait: what comes in goes before the work on it."""
    while True:
        with world.store.read() as unit:
            if not fake.updates.pending and unit.inbox.counts().get("new", 0) <= left:
                return
        await asyncio.sleep(0.05)


def _standing(fake: FakeTelegram, world: World) -> str:
    """Where the stream stands."""
    with world.store.read() as unit:
        waiting = [(row.update_id, row.attempts, row.reason) for row in unit.inbox.listed("new")[:5]]
    first = next((update.text[:300] for update in fake.updates.pending), "")
    return f"{len(fake.updates.pending)} not fetched, first {first!r}; in the inbox {waiting}; polling {fake.polling}"


def _forgive(fake: FakeTelegram) -> None:
    """Refusals that only made-up updates lead to: taps and groups that the fake never had."""
    with fake.lock:
        fake.refusals[:] = [r for r in fake.refusals if not any(words in r.description for words in MADE_UP)]


def _memory(fake: FakeTelegram) -> float:
    """MB of this process, without what the fake would keep for ever."""
    with fake.lock:
        del fake.calls[:-FORGET], fake.refusals[:-FORGET]
        fake.updates.history = {}
        for chat in fake.chats.values():
            for message in list(chat.messages)[:-50]:
                del chat.messages[message]
        fake.heads = {key: heads[-FORGET:] for key, heads in fake.heads.items()}
    gc.collect()
    status = Path("/proc/self/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024 if status.exists() else 0.0


def _judge(world: World, person: Person, found: Found) -> None:
    """Dead rows, the invariants, and what the fake refused."""
    with world.store.read() as unit:
        for row in unit.inbox.listed("dead"):
            reason = row.reason or ""
            found.reasons[reason] += 1
            if not reason.startswith("malformed"):
                found.defects.append(f"update {row.update_id}: {reason}")
    found.defects += [line for line in broken(world, person, strangers=True) if not line.startswith("I5")]
    _forgive(person.fake)
    found.defects += sorted({f"refused: {refusal.description}" for refusal in person.fake.mistakes})


def main() -> int:
    """Exit 1 where there was a defect."""
    parser = argparse.ArgumentParser(prog="tests.catalogue.fuzzing", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many: to come closer to a find")
    options = parser.parse_args()
    logging.getLogger("bot").propagate = False
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(fuzz(Path(folder), options.count, options.seed, options.skip))
    sys.stdout.write(found.report() + "\n")
    return 1 if found.defects else 0


if __name__ == "__main__":
    sys.exit(main())
