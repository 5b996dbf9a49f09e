"""Is Telegram in touch, is this process still the one that works, does the clock agree. Knows no update and no screen.

The intake says when Telegram was heard. Here that becomes a beat in the database every 20 seconds at most, and after an
absence word to the chats (RELIABILITY 2). Silence is measured by a clock that nobody can set and that runs on while the
machine sleeps or the process is frozen.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.service.presence import AWAY
from bot.telegram.ports import Lease, Presence
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import place
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
BEAT_SECONDS = 20.0
SETTLE_SECONDS = 3.0
"""What was sent during an absence arrives with the first polls after it; the chats are told after that."""
LONGEST_WAIT = 30.0
"""After this they are told although work is left."""
DRIFT_SECONDS = 60
LOST_LINE = "另一个进程接管了这份数据，本进程退出 / another copy took this data over: this one stops"


def boot_seconds() -> float:
    """Seconds since the machine started, sleep included where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Watch:
    """in_touch and server_time are called from the event loop, run is a task of it. clock: this machine's, aware."""

    def __init__(self, presence: Presence, lease: Lease, clock: Callable[[], datetime]) -> None:
        self._presence, self._lease, self._clock = presence, lease, clock
        self._due = asyncio.Event()
        self._heard: float | None = None  # when Telegram was heard last
        self._silence = 0.0  # the longest since the last beat
        self._news = False  # heard since the last beat
        self._begun = False  # there was a beat
        self._owed: float | None = None  # since when chats are to be told
        self._drift: int | None = None
        self._astray = False

    def in_touch(self) -> None:
        """Telegram answered just now."""
        now = boot_seconds()
        if self._heard is not None:
            self._silence = max(self._silence, now - self._heard)
        if self._heard is None or self._silence > AWAY.total_seconds():
            self._due.set()
        self._heard, self._news = now, True

    def server_time(self, date: datetime) -> None:
        """Telegram's clock, in whole seconds. A difference is logged when it begins and when it ends (row 96)."""
        self._drift = round((self._clock() - date).total_seconds())
        astray = abs(self._drift) > DRIFT_SECONDS
        if astray and not self._astray:
            log.warning("this machine's clock differs from Telegram's by %+d s: set it", self._drift)
        elif self._astray and not astray:
            log.warning("this machine's clock agrees with Telegram's again")
        self._astray = astray

    async def run(self, writer: Writer, wake: Callable[[str], None], stop: Stop) -> None:
        """Until cancelled, or until another process has taken over. wake: make the presenter look at a chat."""
        while await self._still_ours(writer):
            await self._beat(writer)
            await self._tell(writer, wake)
            await self._next_time()
        stop.now(Exit.CONFLICT, LOST_LINE)

    async def _next_time(self) -> None:
        try:
            async with asyncio.timeout(BEAT_SECONDS if self._owed is None else SETTLE_SECONDS):
                await self._due.wait()
        except TimeoutError:
            pass
        self._due.clear()

    async def _still_ours(self, writer: Writer) -> bool:
        try:
            return await writer(self._lease.renew)
        except Exception as error:  # noqa: BLE001  the storage; who cannot write loses nothing to a second copy
            log.error("the lease could not be renewed: %s", place(error))  # noqa: TRY400
            return True

    async def _beat(self, writer: Writer) -> None:
        if not self._news:
            return
        silence = self._silence
        self._news, self._silence = False, 0.0
        try:
            owed = await writer(self._presence.beat, timedelta(seconds=silence) if self._begun else None, self._drift)
        except Exception as error:  # noqa: BLE001  the storage: the next beat brings it
            log.error("the beat could not be kept: %s", place(error))  # noqa: TRY400
            self._news, self._silence = True, max(self._silence, silence)
            return
        self._begun = True
        if not owed:
            self._owed = None
        elif self._owed is None:
            self._owed = asyncio.get_running_loop().time()
            log.warning("in touch with Telegram again after an absence: the chats are told")

    async def _tell(self, writer: Writer, wake: Callable[[str], None]) -> None:
        """Tell the chats, some at a time, once what came in is worked off."""
        now = asyncio.get_running_loop().time()
        while self._owed is not None and now - self._owed >= SETTLE_SECONDS:
            try:
                told = await writer(self._presence.announce, anyway=now - self._owed >= LONGEST_WAIT)
            except Exception as error:  # noqa: BLE001  the storage; they are told later
                log.error("the chats could not be told: %s", place(error))  # noqa: TRY400
                return
            for chat in told.chats:
                wake(chat)
            if not told.left:
                self._owed = None
            elif not told.chats:
                return
