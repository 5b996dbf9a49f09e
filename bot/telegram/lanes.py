"""Lanes: the updates of a chat one after another, chats side by side. Knows neither Telegram nor what work is.

The inbox is the queue, memory holds the next rows of it. A row that failed holds back the later ones of its
chat until it is due again: a text means what the answer before it made it mean.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Sequence

from bot.telegram.ports import Inbox, Waiting
from bot.telegram.trouble import Pause, place
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
CAP = 200
"""Rows of a chat in memory: the inbox never shows more of it at once."""
IDLE_SECONDS = 30.0
"""The inbox is looked at this often even if nobody wakes the lanes: rows become due by themselves."""
HELD_SECONDS = 1.0
"""The same while a failed row is awaited."""
LONGEST_HOLD = 120.0
"""A failed row that does not come back (an operator took it away) holds its chat no longer than this."""

STORAGE_PAUSE = 3.0
"""Seconds before the inbox is looked at again when it could not be read."""

Work = Callable[[Waiting], Awaitable[bool]]
Crowded = Callable[[str], Awaitable[None]]


class Lanes:
    """work: does one row; False when it will be due again and the chat must wait for it.

    crowded: told of a chat of which more waits than a lane holds. None of it is dropped: the rest waits in the inbox.
    """

    def __init__(self, inbox: Inbox, writer: Writer, work: Work, pause: Pause, crowded: Crowded | None = None) -> None:
        self._inbox, self._writer, self._work, self._pause, self._crowded = inbox, writer, work, pause, crowded
        self._due = asyncio.Event()
        self._due.set()  # what the last run left
        self._closing = False
        self._queues: dict[str, deque[Waiting]] = {}
        self._known: set[int] = set()  # in a queue or in hand
        self._ended: set[int] = set()  # since the last look began: it may still show them
        self._held: dict[str, tuple[int, float]] = {}  # chat: the failed row, and until when it is awaited
        self._told: set[str] = set()  # that their lane is full
        self._more = False  # the last look may not have shown everything
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._group: asyncio.TaskGroup | None = None

    def wake(self) -> None:
        """Something new is in the inbox."""
        self._due.set()

    def found(self, rows: Sequence[Waiting]) -> None:
        """As a look of our own: what `waiting` showed. Called before anything that the writer did later is heard of.

        So nothing of it has ended since; a row that has is due again.
        """
        if self._group is None or self._closing or len(rows) >= CAP:  # a lane may be full: a look tells its chat
            self._due.set()
        else:
            self._begin(self._group, rows, frozenset())

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as self._group:
            while True:
                await self._next_time()
                self._ended.clear()
                try:
                    rows = await self._writer(self._inbox.waiting, CAP)
                except Exception as error:  # noqa: BLE001  the storage; the rows stay where they are
                    log.error("the inbox could not be read: %s", place(error))  # noqa: TRY400
                    await self._pause(STORAGE_PAUSE)
                    self._due.set()
                    continue
                if self._closing:
                    continue
                self._begin(self._group, rows, self._ended)
                await self._tell(rows)

    async def finish(self, seconds: float) -> None:
        """Begin no other row, and wait for those in hand."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)

    async def _next_time(self) -> None:
        try:
            async with asyncio.timeout(HELD_SECONDS if self._held else IDLE_SECONDS):
                await self._due.wait()
        except TimeoutError:
            pass
        self._due.clear()

    def _begin(self, group: asyncio.TaskGroup, rows: Sequence[Waiting], ended: Collection[int]) -> None:
        self._sort(rows, ended)
        for chat in [chat for chat in self._queues if chat not in self._tasks]:
            self._tasks[chat] = group.create_task(self._drain(chat))

    def _sort(self, rows: Sequence[Waiting], ended: Collection[int]) -> None:
        """Put each row into its lane, in the order given. ended: meanwhile."""
        now = asyncio.get_running_loop().time()
        self._held = {chat: held for chat, held in self._held.items() if now < held[1]}
        self._more = len(rows) >= CAP
        for row in rows:
            if row.row in self._known or row.row in ended:
                continue
            held = self._held.get(row.chat)
            if held is not None and held[0] != row.row:
                continue
            self._held.pop(row.chat, None)
            self._queues.setdefault(row.chat, deque()).append(row)
            self._known.add(row.row)

    async def _tell(self, rows: Sequence[Waiting]) -> None:
        """Tell each chat that fills its lane, once until the lane was empty."""
        waiting = Counter(row.chat for row in rows)
        for chat in [chat for chat, n in waiting.items() if n >= CAP and chat and chat not in self._told]:
            self._told.add(chat)
            if self._crowded:
                await self._crowded(chat)

    async def _drain(self, chat: str) -> None:
        queue = self._queues[chat]
        while queue and not self._closing:
            row = queue[0]
            finished = await self._do(row)
            queue.popleft()
            self._ended.add(row.row)
            self._known.discard(row.row)
            if not finished:
                loop = asyncio.get_running_loop()
                self._held[chat] = (row.row, loop.time() + LONGEST_HOLD)
                loop.call_later(HELD_SECONDS, self._due.set)  # the look that is awaited may be far: nothing was held
                self._known.difference_update(later.row for later in queue)
                queue.clear()
        if not self._closing:
            del self._queues[chat]
        self._told.discard(chat)
        del self._tasks[chat]
        if self._more and len(self._known) < CAP:
            self._due.set()

    async def _do(self, row: Waiting) -> bool:
        try:
            return await self._work(row)
        except Exception as error:  # noqa: BLE001  not even the failure could be written: the row stays due
            log.error("update %d stays in the inbox: %s", row.update_id, place(error))  # noqa: TRY400
            return False
