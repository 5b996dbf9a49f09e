"""The real bot for stories: in this process before the fake Telegram, or as a process of its own over HTTP."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.config import Settings
from bot.library import Library
from bot.paths import schemes_dir
from bot.service.fetching import FetchDesk
from bot.service.inbox import InboxDesk
from bot.service.outbox import OutboxDesk
from bot.service.phrases import Phrases
from bot.service.reminding import ReminderDesk
from bot.service.respond import Conversation
from bot.service.world import World
from bot.serving import CHANNEL, descriptions
from bot.telegram.run import run
from bot.telegram.stopping import Stop
from bot.wiring import open_world
from tests.fake_telegram import TOKEN, FakeRequest, FakeTelegram, FakeWeb, Person
from tests.stories.company import Edit, Say, Tap

ROOT = Path(__file__).parents[2]


@cache
def library() -> Library:
    """All standards, read once a test process."""
    found, problems = Library.open(schemes_dir())
    assert not problems
    return found


def world_in(folder: Path) -> World:
    """A world of its own on a data folder."""
    return open_world(Settings(data_dir=folder, _env_file=None), library())


def quiet(world: World) -> bool:
    """Nothing waits to be worked on, sent or shown."""
    with world.store.read() as unit:
        counts = unit.inbox.counts()
        return not (counts.get("new", 0) or unit.chats.behind(CHANNEL) or unit.notices.waiting(CHANNEL))


@asynccontextmanager
async def bot_on(fake: FakeTelegram, world: World, **more: Any) -> AsyncIterator["asyncio.Task[int]"]:
    """The bot at work in this process. It made no call that a correct bot never makes. more: for `run`."""
    stop = more.setdefault("stop", Stop())
    parts: dict[str, Any] = {
        "token": SecretStr(TOKEN),
        "api_url": "https://telegram.test",
        "inbox": InboxDesk(world, CHANNEL),
        "conversation": Conversation(world),
        "outbox": OutboxDesk(world, CHANNEL),
        "phrases": Phrases("zh", world.store.disk.short_of_room),
        "commands": descriptions,
        "requests": (FakeRequest(fake), FakeRequest(fake)),
        "files": FetchDesk(world, CHANNEL),
        "reminders": ReminderDesk(world, CHANNEL),
        "web": FakeWeb(fake),
    }
    task = asyncio.create_task(run(**(parts | more)))
    try:
        yield task
    finally:
        stop.now()
        await task
    assert not fake.mistakes


class Player:
    """A person who does what a story says, and waits for the bot each time."""

    def __init__(self, person: Person, world: World) -> None:
        self.person = person
        self._world = world
        self._sent: dict[str, int] = {}

    async def do(self, step: Say | Tap | Edit) -> None:
        match step:
            case Say(text, name):
                self._sent[name] = self.person.say(text)
            case Tap(label):
                await self.person.press(label)
            case Edit(name, text):
                self.person.edit(self._sent[name], text)
        await self.settled()

    async def settled(self) -> None:
        """Until all that was sent is worked on and shown."""
        fake = self.person.fake
        async with asyncio.timeout(20):
            # The last step is a commit in the writer's thread, which the fake cannot see.
            while fake.updates.pending or not quiet(self._world):  # noqa: ASYNC110  see above
                await asyncio.sleep(0.002)


def start_process(folder: Path, api_url: str) -> subprocess.Popen[bytes]:
    """`python -m bot run` against a fake Telegram over HTTP."""
    environment = {
        **{k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "SYSTEMROOT"}},
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api_url,
        "DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment)
