"""The bot at work on the ports in memory, in front of the fake Telegram; its waits are in the test's hands."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.telegram.intake import nothing
from bot.telegram.run import run
from bot.telegram.stopping import Stop
from bot.telegram.webhook import Hook
from tests.fake_telegram import TOKEN, FakeRequest, FakeTelegram
from tests.telegram.memory import Memory

COMMANDS = [("start", {"zh": "开始", "en": "Begin"}), ("help", {"zh": "帮助", "en": "Help"})]


class Token:
    def get_secret_value(self) -> str:
        return TOKEN


class Lines:
    """Phrases."""

    def not_saved(self, hint: str) -> str:
        return f"not saved ({hint})"

    def private_only(self, hint: str) -> str:
        return f"only in private ({hint})"


class Pauses:
    """Waits only as long as the test wants: for ever until `release`, or not at all when `instant`."""

    def __init__(self, fake: FakeTelegram, *, instant: bool = False) -> None:
        self.fake, self.instant = fake, instant
        self.asked: list[float] = []
        self._release = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.fake.changed()
        if self.instant:
            await asyncio.sleep(0)
            return
        await self._release.wait()

    def release(self) -> None:
        """End all waits under way."""
        self._release.set()
        self._release = asyncio.Event()


@dataclass(slots=True)
class Running:
    stop: Stop
    pauses: Pauses
    task: "asyncio.Task[int]"

    async def ended(self) -> int:
        async with asyncio.timeout(10):
            return await self.task


@asynccontextmanager
async def running(
    memory: Memory,
    pauses: Pauses | None = None,
    *,
    clean: bool = True,
    api_url: str = "",
    hook: Hook | None = None,
    in_touch: Callable[[], None] = nothing,
) -> AsyncIterator[Running]:
    """The bot at work. At the end it must stop in time; with `clean` it made no call that a correct bot never makes.

    api_url: over HTTP with the bot's own transport, instead of inside this process. hook: pushed to, not polling.
    """
    fake = memory.fake
    pauses = pauses or Pauses(fake)
    stop = Stop()
    phrases = Lines()
    requests = None if api_url else (FakeRequest(fake), FakeRequest(fake))
    task = asyncio.create_task(
        run(
            token=Token(),
            api_url=api_url or "https://telegram.test",
            inbox=memory,
            conversation=memory,
            outbox=memory,
            phrases=phrases,
            commands=lambda: COMMANDS,
            requests=requests,
            pause=pauses,
            stop=stop,
            hook=hook,
            in_touch=in_touch,
        )
    )
    bot = Running(stop, pauses, task)
    try:
        yield bot
        stop.now()
        await bot.ended()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if clean:
        assert fake.mistakes == []
