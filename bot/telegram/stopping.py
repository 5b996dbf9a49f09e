"""How the bot ends: who asks first decides the exit code. Knows nothing of what is stopped."""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import Any

log = logging.getLogger(__name__)
LONGEST = 4.5
"""Seconds from the wish to end until the process is left, whatever holds it up: less than 5 (RELIABILITY row 3)."""


class Exit(IntEnum):
    """Exit codes of a run; 2 is left to wrong usage."""

    DONE = 0
    CRASHED = 1
    CONFLICT = 3
    BAD_TOKEN = 4
    NO_WEBHOOK = 5
    """The port is taken, or Telegram does not take the address."""


class Stop:
    """A wish to end. The first one counts."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()
        self.heard = threading.Event()  # the same, for `last_resort`: the event loop may be what hangs
        self.code = Exit.DONE

    def now(self, code: Exit = Exit.DONE, line: str = "") -> None:
        """End with this code; line: the one clear sentence for the operator."""
        if self._asked.is_set():
            return
        self.code = code
        if line:
            log.error(line)
        self._asked.set()
        self.heard.set()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()

    async def wait(self) -> None:
        """Until somebody asks."""
        await self._asked.wait()

    async def unless(self, work: Coroutine[Any, Any, object]) -> None:
        """Do the work, or leave it as soon as somebody asks. Raises what it raises."""
        task, asked = asyncio.create_task(work), asyncio.create_task(self.wait())
        try:
            await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asked.cancel()
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@contextmanager
def last_resort(stop: Stop, leave: Callable[[int], object] = os._exit, seconds: float = LONGEST) -> Iterator[None]:
    """Leave the process some seconds after somebody asked to stop, unless the block ended by itself before.

    A database that another process holds, or a file that is being made, cannot be interrupted. To go all the same is
    as harmless as kill -9: what was acknowledged is committed, what was not is in the inbox.
    """
    ended = threading.Event()

    def watch() -> None:
        stop.heard.wait()
        if not ended.wait(seconds):
            log.warning("work in hand takes too long: left for the next start")
            with suppress(Exception):
                sys.stderr.flush()
            leave(int(stop.code))

    threading.Thread(target=watch, name="last resort", daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        stop.heard.set()  # ends the thread


@contextmanager
def signals(stop: Stop) -> Iterator[None]:
    """SIGTERM, SIGINT and SIGHUP ask to stop, as often as they come."""
    loop = asyncio.get_running_loop()
    known = [number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    handled = []
    for number in known:
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not the main thread, or a system without it
            loop.add_signal_handler(number, stop.now)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)
