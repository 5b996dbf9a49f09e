"""A person in the middle of a self-assessment before the real service: what rows of the update stream begin with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Entry, Noted
from bot.service.world import World
from bot.store.values import InboxItem
from tests.fake_telegram import FakeTelegram, Person
from tests.stories.company import Say, Tap
from tests.stories.running import Player, bot_on, world_in
from tests.telegram.stage import Pauses

BEGUN = (Say("/new"), Tap("售后服务成熟度"), Tap("自评"), Say("示例公司"), Tap("开始答题"), Tap("守法合规"))
FIRST = "4.1.2/total"
"""The question that is asked then."""


@dataclass(slots=True)
class Sitting:
    fake: FakeTelegram
    world: World
    pauses: Pauses
    person: Person = field(init=False)
    player: Player = field(init=False)

    def __post_init__(self) -> None:
        self.person = Person(self.fake, 1001, "Example", "zh-hans")
        self.player = Player(self.person, self.world)

    async def settled(self) -> None:
        await self.player.settled()

    def entries(self) -> tuple[Entry, ...]:
        with self.world.store.read() as unit:
            found = unit.people.find("telegram", str(self.person.id))
            listed = unit.assessments.of(found.id) if found else ()
            return tuple(entry for one in listed for entry in unit.entries.after(one.id, 0))

    def answered(self) -> int:
        """How many answers were given, to whatever question."""
        return sum(isinstance(entry.body, AnswerGiven) for entry in self.entries())

    def ratings(self, question: str = FIRST) -> list[str]:
        """The values given to a question, oldest first; their revisions go up by one."""
        given = [e for e in self.entries() if isinstance(e.body, AnswerGiven) and str(e.question) == question]
        assert [e.revision for e in given] == list(range(1, len(given) + 1)), [e.revision for e in given]
        answers = [e.body.answer for e in given if isinstance(e.body, AnswerGiven)]
        return [str(answer.value) for answer in answers if isinstance(answer, Rated)]

    def notes(self) -> list[str]:
        return [entry.body.text for entry in self.entries() if isinstance(entry.body, Noted)]

    def inbox(self, state: Any) -> tuple[InboxItem, ...]:
        with self.world.store.read() as unit:
            return unit.inbox.listed(state)

    def people(self) -> int:
        """How many persons the database knows."""
        with self.world.store.read() as unit:
            found = unit.inbox._work.connection.exec_driver_sql("SELECT count(*) FROM person")
            return int(found.scalar_one())

    async def rate(self, band: str, value: str) -> None:
        """Two taps: a band, a value in it."""
        await self.player.do(Tap(band))
        await self.player.do(Tap(value))


@asynccontextmanager
async def sitting(
    folder: Path, *, instant: bool = True, fake: FakeTelegram | None = None, **more: Any
) -> AsyncIterator[Sitting]:
    """The bot at work and the person at FIRST; waits are counted and not waited out. more: for `run`."""
    fake = fake or FakeTelegram()
    desk = Sitting(fake, world_in(folder), Pauses(fake, instant=instant))
    async with bot_on(fake, desk.world, pause=desk.pauses, **more):
        for step in BEGUN:
            await desk.player.do(step)
        yield desk
