"""Raw updates, kept before they are acknowledged and worked off one lane at a time (RELIABILITY 2).

Must not know what an update means, or how long to wait after a failure.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from bot.store.errors import StoreConflict
from bot.store.tables import InboxRow
from bot.store.values import InboxItem, InboxState, Incoming


class Inbox:
    """Part of a unit of work: what came in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, updates: Sequence[Incoming], at: datetime) -> int:
        """Keep updates in the order given; how many were not there yet, told by update_id and SHA-256 of the text.

        Takes any text: what no database can keep (NUL, lone surrogates) is replaced, after hashing.
        """
        taken = 0
        for item in updates:
            digest = hashlib.sha256(item.raw.encode("utf-8", "surrogatepass")).hexdigest()
            raw, key = _storable(item.raw), _storable(item.chat_key)
            row = {"update_id": item.update_id, "sha256": digest, "raw": raw, "chat_key": key}
            kept = insert(InboxRow).values(**row, received_at=at, state="new", attempts=0)
            kept = kept.on_conflict_do_nothing(index_elements=["update_id", "sha256"])
            taken += self._session.exec(kept).rowcount
        return taken

    def waiting(self, limit: int, now: datetime, *, after: int = 0) -> tuple[InboxItem, ...]:
        """New updates in order with a higher id than after; of each lane the oldest, at most limit.

        The limit is each lane's own, so that one with thousands does not keep the others from sight.

        While one of a lane (chat_key) waits for its next attempt, the whole lane waits: what a text means depends on
        what came before it.
        """
        new = InboxRow.state == "new"
        # A last attempt in the future: the clock was set back, and nobody should wait until it has caught up.
        rests = (col(InboxRow.not_before) > now, col(InboxRow.tried_at) <= now)
        resting = select(InboxRow.chat_key).where(new, *rests)
        place = func.row_number().over(partition_by=col(InboxRow.chat_key), order_by=col(InboxRow.id)).label("place")
        ready = (col(InboxRow.id) > after, col(InboxRow.chat_key).not_in(resting))
        placed = select(InboxRow.id, place).where(new, *ready).subquery()
        wanted = select(InboxRow).join(placed, col(InboxRow.id) == placed.c.id).where(placed.c.place <= limit)
        rows = self._session.exec(wanted.order_by(col(InboxRow.id)))
        return tuple(_item(row) for row in rows)

    def get(self, item_id: int) -> InboxItem:
        """LookupError where there is none."""
        return _item(self._row(item_id))

    def done(self, item_id: int, at: datetime, *, emptied: bool = False) -> None:
        """The update had its effect. StoreConflict where it is not new: its effect must not be had twice.

        emptied: its text goes at once; the digest stays, so that it does not come in again.
        """
        row = self._new(item_id)
        row.state, row.done_at = "done", at
        row.raw = None if emptied else row.raw
        self._session.flush()

    def failed(self, item_id: int, at: datetime, reason: str, not_before: datetime) -> int:
        """One more failure; try again at not_before. How many failures that makes. StoreConflict as for `done`."""
        row = self._new(item_id)
        row.attempts, row.tried_at, row.reason, row.not_before = row.attempts + 1, at, reason, not_before
        self._session.flush()
        return row.attempts

    def dead(self, item_id: int, at: datetime, reason: str) -> None:
        """Given up; its text stays for `retry`. StoreConflict as for `done`."""
        row = self._new(item_id)
        row.state, row.done_at, row.reason, row.not_before = "dead", at, reason, None
        self._session.flush()

    def retry(self, item_id: int) -> bool:
        """Have a dead update tried again, from the first attempt on; False where it is not dead. LookupError."""
        row = self._row(item_id)
        if row.state != "dead":
            return False
        row.state, row.attempts, row.not_before, row.done_at = "new", 0, None, None
        self._session.flush()
        return True

    def listed(self, state: InboxState) -> tuple[InboxItem, ...]:
        """All updates in this state, in order."""
        rows = self._session.exec(select(InboxRow).where(InboxRow.state == state).order_by(col(InboxRow.id)))
        return tuple(_item(row) for row in rows)

    def counts(self) -> Mapping[InboxState, int]:
        """How many updates are in each state."""
        counted = dict(self._session.exec(select(InboxRow.state, func.count()).group_by(col(InboxRow.state))).all())
        states: tuple[InboxState, ...] = ("new", "done", "dead")
        return {state: counted.get(state, 0) for state in states}

    def empty_done_before(self, at: datetime) -> int:
        """Empty the text of updates done before this time; how many. Their digests stay, so none comes in again."""
        old = (col(InboxRow.state) == "done", col(InboxRow.done_at) < at, col(InboxRow.raw).is_not(None))
        return self._session.exec(update(InboxRow).where(*old).values(raw=None)).rowcount

    def _row(self, item_id: int) -> InboxRow:
        row = self._session.get(InboxRow, item_id)
        if row is None:
            raise LookupError(item_id)
        return row

    def _new(self, item_id: int) -> InboxRow:
        row = self._row(item_id)
        if row.state != "new":
            raise StoreConflict(f"update {item_id} is {row.state}")
        return row


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _item(row: InboxRow) -> InboxItem:
    return InboxItem(
        row.id or 0,
        row.update_id,
        row.sha256,
        row.raw,
        row.chat_key,
        row.received_at,
        row.state,
        row.attempts,
        row.not_before,
        row.tried_at,
        row.reason,
        row.done_at,
    )
