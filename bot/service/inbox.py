"""The inbox as a channel sees it: updates are kept first and worked on after. One transaction per call.

Must not know what an update says: that is the channel's business.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.service.channel import Incoming, Waiting
from bot.service.notices import queue_text
from bot.service.reach import words_for
from bot.service.storage import StorageWatch
from bot.service.world import World
from bot.store.values import Incoming as Kept
from bot.view import lines

if TYPE_CHECKING:
    from bot.store.unit import Unit

ATTEMPTS = 5
KEEP_RAW = timedelta(days=7)
EMPTY_EVERY = timedelta(days=1)


class InboxDesk:
    """The inbox of one channel."""

    def __init__(self, world: World, channel: str) -> None:
        self._world = world
        self._channel = channel
        self._emptied: datetime | None = None
        self._watch = StorageWatch(world, channel)

    def take(self, updates: Sequence[Incoming]) -> int:
        """Keep new updates; how many were new. Only after this may they be confirmed to whoever sent them.

        A StoreError where they cannot be kept; StoreFull already when the disk is nearly full.

        Once a day, what was done more than seven days ago is emptied on the way; its digest stays (DESIGN 5).
        """
        return self._taken(updates, 0)[0]

    def taken(self, updates: Sequence[Incoming], limit: int) -> Sequence[Waiting] | None:
        """As `take`, and then as `waiting`: a way to the database less. None: limit is 0, or it could not be seen."""
        return self._taken(updates, limit)[1]

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """Updates due now, oldest first."""
        with self._world.store.read() as unit:
            return _waiting(unit, limit, self._world.clock())

    def _taken(self, updates: Sequence[Incoming], limit: int) -> tuple[int, Sequence[Waiting] | None]:
        now, waiting = self._world.clock(), None
        with self._watch.taking(), self._world.store.write() as unit:
            taken = unit.inbox.take([Kept(u.update_id, u.raw, u.chat) for u in updates], now)
            due = self._emptied is None or now - self._emptied >= EMPTY_EVERY
            if due:
                unit.inbox.empty_done_before(now - KEEP_RAW)
            if limit:
                with suppress(Exception):  # they are kept all the same; who looks for them later says what is wrong
                    waiting = _waiting(unit, limit, now)
        self._emptied = now if due else self._emptied
        return taken, waiting

    def ignore(self, row: int, reason: str) -> None:
        """Nothing is to be done with this one: its text is not kept. `reason` is for the reader of the code."""
        del reason
        with self._world.store.write() as unit:
            if unit.inbox.begin(row, self._world.clock()):
                unit.inbox.empty(row)

    def failed(self, row: int, reason: str, *, final: bool = False) -> bool:
        """Work on it failed: again later, or set aside after five attempts, with the person told. True: set aside.

        True also where it was forgotten with its text meanwhile, while a lane still had it: its chat may go on.
        final: at once, since no other attempt can end otherwise.
        """
        now = self._world.clock()
        with self._world.store.write() as unit:
            kept = unit.inbox.get(row)
            if kept.state == "done" and kept.raw is None:
                return True
            if not final and kept.attempts + 1 < ATTEMPTS:
                unit.inbox.failed(row, now, reason, not_before=now + _pause(kept.attempts))
                return False
            unit.inbox.dead(row, now, reason)
            if kept.chat_key:
                words = words_for(self._world, unit, self._channel, kept.chat_key)
                queue_text(unit, self._channel, kept.chat_key, lines.not_saved(words), now)
            return True


def _waiting(unit: "Unit", limit: int, now: datetime) -> Sequence[Waiting]:
    rows = unit.inbox.waiting(limit, now)
    return [Waiting(row.id, row.update_id, row.raw or "", row.chat_key, row.attempts) for row in rows]


def _pause(attempts: int) -> timedelta:
    """1, 2, 4, 8 seconds."""
    return timedelta(seconds=2**attempts)
