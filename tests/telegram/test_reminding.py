"""The loop that reminds: once a minute, whatever the storage does, for as long as the bot runs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.store.errors import StoreBusy
from bot.telegram.ports import Reminded
from bot.telegram.reminding import MINUTE, reminding
from bot.telegram.writer import Writer


class Desk:
    """Gives what it was told to, then nothing."""

    def __init__(self, *found: Reminded | Exception) -> None:
        self.found = list(found)
        self.tidied = 0

    def tidy(self) -> None:
        self.tidied += 1

    def remind(self) -> Reminded:
        found = self.found.pop(0) if self.found else Reminded(())
        if isinstance(found, Exception):
            raise found
        return found


@asynccontextmanager
async def loop(desk: Desk, look: Callable[[], None]) -> AsyncIterator["asyncio.Queue[float]"]:
    """The loop at work; each of its waits is an item of the queue, and lasts until the item is taken."""
    waits: asyncio.Queue[float] = asyncio.Queue(maxsize=1)
    with Writer() as writer:
        task = asyncio.create_task(reminding(desk, writer, look, waits.put))
        try:
            async with asyncio.timeout(10):
                yield waits
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def test_it_goes_on_at_once_while_somebody_is_left_then_waits_a_minute() -> None:
    seen: list[int] = []
    desk = Desk(Reminded(("1",), left=True), Reminded((), left=True), Reminded(("2",)))
    async with loop(desk, lambda: seen.append(desk.tidied)) as waits:
        assert await waits.get() == MINUTE
        assert desk.found == []
    assert seen == [1, 3], "the presenter looks only where there is something new"
    assert desk.tidied >= 3


async def test_the_storage_stops_it_for_a_minute_alone(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(StoreBusy("secret text"), Reminded(("1",)))
    looked = asyncio.Event()
    async with loop(desk, looked.set) as waits:
        assert await waits.get() == MINUTE
        await looked.wait()
    assert "nobody could be reminded" in caplog.text
    assert "secret" not in caplog.text
