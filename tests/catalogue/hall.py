"""Several people in the middle of self-assessments before the real service, and waits in the hands of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.service import notices
from bot.service.access import Door
from bot.service.events import Delivery, Ordered, Said, Tapped, Who
from bot.service.respond import Conversation
from bot.service.world import World
from bot.serving import CHANNEL
from bot.view.screen import Screen
from tests.catalogue.users import ORGANISATION
from tests.fake_telegram import FakeTelegram, Person
from tests.stories.running import bot_on, quiet, world_in

ADMIN = 9001
NOTICES = [f"第{n}号通知" for n in range(8)]
STEPS = ("1:m:bjkb-006", "1:o:bjkb-006:self", ORGANISATION, "1:j:", ":v0:")


class Waits:
    """Waits by the fake's clock: they end when the test moves it. asked: what the bot wanted to wait."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        until = self._fake.clock.elapsed() + seconds
        self._fake.changed()
        await self._fake.until(lambda: self._fake.clock.elapsed() >= until, 100.0)


class Quick:
    """No wait at all, or so many times shorter."""

    def __init__(self, fake: FakeTelegram, times: float = 0.0) -> None:
        self._fake, self._times = fake, times
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self._fake.changed()
        await asyncio.sleep(seconds / self._times if self._times else 0)


@dataclass(slots=True)
class Hall:
    fake: FakeTelegram
    world: World
    people: list[Person]
    pause: Any
    task: "asyncio.Task[int] | None" = None

    def __getitem__(self, number: int) -> Person:
        return self.people[number]

    async def do(self, number: int, text: str) -> None:
        """Somebody says this, and all that follows from it has happened."""
        self.people[number].say(text)
        await self.settled()

    async def settled(self) -> None:
        """Until all that was sent is worked on and shown."""
        async with asyncio.timeout(60):
            # The last step is a commit in the writer's thread, which the fake cannot see.
            while self.fake.updates.pending or not quiet(self.world):  # noqa: ASYNC110  see above
                await asyncio.sleep(0.01)

    def notify(self, *texts: str) -> None:
        """The same notices for everybody, one after another; what people do next makes the bot look."""
        for text in texts:
            for person in self.people:
                with self.world.store.write() as unit:
                    notices.queue_text(unit, CHANNEL, str(person.id), text, self.world.clock())

    def said(self, person: Person, part: str) -> list[str]:
        """The bot's messages in this chat that have this in them, in order."""
        return [message.text for message in person.chat if not message.mine and part in message.text]


@asynccontextmanager
async def hall(
    folder: Path, people: int, pause: type[Waits | Quick] = Quick, *, begun: int = 0, **more: Any
) -> AsyncIterator[Hall]:
    """The bot at work before so many people; ADMIN runs it. more: for `run`.

    begun: so many of them, the first ones, are at their first question, the others choose a standard.
    """
    fake = FakeTelegram()
    world = replace(world_in(folder), door=Door(admins=frozenset({(CHANNEL, str(ADMIN))})))
    waiting = pause(fake)
    room = Hall(fake, world, [Person(fake, 1001 + n, f"Example {n}", "zh-hans") for n in range(people)], waiting)
    for number, person in enumerate(room.people):
        begin(world, person, STEPS if number < begun else ())
    async with bot_on(fake, world, pause=waiting, **more) as task:
        room.task = task
        await room.settled()
        yield room


def begin(world: World, person: Person, steps: tuple[str, ...]) -> None:
    """Somebody takes these steps from /new on, straight through the service: the bot then finds a card to show."""
    person.fake.open_chat(person.fake.private(person.id))
    conversation = Conversation(world)
    who = Who(CHANNEL, str(person.id), str(person.id), person.name, person.user["language_code"])
    conversation.handle(who, Ordered("new", "", "1"), Delivery())
    for step in steps:
        with world.store.read() as unit:
            state = unit.chats.state(CHANNEL, str(person.id))
        assert state is not None
        payloads = [b.payload for row in Screen.from_json(state.wanted_screen or "").rows for b in row]
        event = Said(step, "2") if step == ORGANISATION else Tapped(next(p for p in payloads if step in p))
        conversation.handle(who, event, Delivery())


def tap(person: Person) -> str:
    """Tap the first button of the card; what it says. The query goes its way."""
    button = person.card.buttons[0]
    person.tap_data(button.data or "", button.message_id)
    return button.label


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the bot logged: over the real transport the library does not log answers."""
    return "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("bot"))
