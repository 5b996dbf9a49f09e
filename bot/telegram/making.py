"""Files made for chats, a few at a time, beside everything else. Knows neither what is in a file nor how it is sent."""

import asyncio
from collections.abc import Callable

AT_ONCE = 2
"""Files made at the same time; the others wait their turn (RELIABILITY 102)."""
SOON, PATIENCE = 0.3, 4.0
"""Seconds before a person is told that it takes a moment; and how long a chat then waits before it is shown its card.

Telegram shows for five seconds that a file is on its way.
"""


class Making:
    """Each file is made once, however often it is asked for while it is being made."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._under_way: dict[int, asyncio.Task[bytes]] = {}

    async def made(self, number: int, make: Callable[[], bytes], seconds: float) -> bytes | None:
        """The bytes of file `number`, once; None where that takes longer: ask again. Raises what making it raises."""
        task = self._under_way.get(number)
        if task is None:
            task = self._under_way[number] = asyncio.create_task(self._make(make))
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            return None
        del self._under_way[number]
        return task.result()

    async def _make(self, make: Callable[[], bytes]) -> bytes:
        async with self._places:
            return await asyncio.to_thread(make)
