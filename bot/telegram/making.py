"""Files made for chats, a few at a time, beside everything else. Knows neither what is in a file nor how it is sent."""

import asyncio
from collections.abc import Callable
from pathlib import Path

AT_ONCE = 2
"""Files made at the same time; the others wait their turn (RELIABILITY 102)."""
SOON, LONG = 0.3, 2.0
"""Seconds before a person is shown that a file is on its way; and before a message says what is being done."""
PATIENCE = 4.0
"""Seconds between two looks at how far it is. Telegram shows for five that a file is on its way."""


class Making:
    """Each file is made once, however often it is asked for while it is being made."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._under_way: dict[int, asyncio.Task[bytes | Path]] = {}
        self._since: dict[int, float] = {}

    async def made(self, number: int, make: Callable[[], bytes | Path], seconds: float) -> bytes | Path | None:
        """File `number`, once; None where that takes longer: ask again. Raises what making it raises."""
        task = self._under_way.get(number)
        if task is None:
            task = self._under_way[number] = asyncio.create_task(self._make(make))
            self._since[number] = asyncio.get_running_loop().time()
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            return None
        del self._under_way[number], self._since[number]
        return task.result()

    async def over(self, number: int) -> None:
        """Until file `number` is made, or cannot be."""
        task = self._under_way.get(number)
        if task is not None:
            await asyncio.wait({task})

    def long(self, number: int) -> bool:
        """Whether it has taken so long that a person should be told what is being done."""
        since = self._since.get(number)
        return since is not None and asyncio.get_running_loop().time() - since >= LONG

    async def _make(self, make: Callable[[], bytes | Path]) -> bytes | Path:
        async with self._places:
            return await asyncio.to_thread(make)
