"""Chats whose screen waits a moment, since more of the same is on its way (an album). Knows no screens.

What waits is in the database all the same: a process that is killed meanwhile shows it at its next start.
"""

import asyncio
from collections.abc import Callable

from bot.telegram.trouble import Pause


class Holding:
    """over: called when a chat's wait has ended by itself."""

    def __init__(self, pause: Pause, over: Callable[[], None]) -> None:
        self._pause, self._over = pause, over
        self._waits: dict[str, asyncio.Task[None]] = {}

    def begin(self, chat: str, seconds: float) -> None:
        """From now on; one that is under way begins anew."""
        self.end(chat)
        self._waits[chat] = asyncio.create_task(self._wait(chat, seconds))

    def end(self, chat: str) -> None:
        """Something else came from there: it is answered at once."""
        wait = self._waits.pop(chat, None)
        if wait is not None:
            wait.cancel()

    def __contains__(self, chat: object) -> bool:
        return chat in self._waits

    async def _wait(self, chat: str, seconds: float) -> None:
        await self._pause(seconds)
        self._waits.pop(chat, None)
        self._over()
