"""Raw updates, kept before they are acknowledged and worked off one lane at a time (RELIABILITY 2).

Must not know what an update means, or how long to wait after a failure.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Update, bindparam, exists, func, insert, select, update

from bot.store.errors import StoreConflict
from bot.store.tables import InboxRow
from bot.store.tables.base import table_of
from bot.store.values import Due, InboxItem, InboxState, Incoming
from bot.store.work import Asked, Work

_INBOX: Final = table_of(InboxRow)
_ALL: Final = select(*(_INBOX.c[field.name] for field in fields(InboxItem)))
_IT: Final = _INBOX.c.id == bindparam("item")
_GET: Final = _ALL.where(_IT)
_LISTED: Final = _ALL.where(_INBOX.c.state == bindparam("wanted")).order_by(_INBOX.c.id)
_COUNTS: Final = select(_INBOX.c.state, func.count()).group_by(_INBOX.c.state)


def _set(*names: str) -> Update:
    return update(_INBOX).where(_IT).values({name: bindparam(name) for name in names})


_NEW: Final = _INBOX.c.state == "new"
_DONE: Final = _set("done_at").where(_NEW).values(state="done")
_EMPTIED: Final = update(_INBOX).where(_IT).values(raw=None)
_DONE_EMPTIED: Final = _DONE.values(raw=None)
_FAILED: Final = _set("attempts", "tried_at", "reason", "not_before").where(_NEW)
_DEAD: Final = _set("done_at", "reason").where(_NEW).values(state="dead", not_before=None)
_RETRY: Final = (
    update(_INBOX).where(_IT, _INBOX.c.state == "dead").values(state="new", attempts=0, not_before=None, done_at=None)
)
_EMPTY: Final = (
    update(_INBOX)
    .where(_INBOX.c.state == "done", _INBOX.c.done_at < bindparam("before"), _INBOX.c.raw.is_not(None))
    .values(raw=None)
)


def _take() -> Any:  # noqa: ANN401  SQLAlchemy's own types of an insert differ
    """An insert of what is not there yet: no conflict, which would end the unit, and no word of one database alone."""
    row = {name: bindparam(name, type_=_INBOX.c[name].type) for name in _COMING}
    same = exists().where(_INBOX.c.update_id == bindparam("update_id"), _INBOX.c.sha256 == bindparam("sha256"))
    return insert(_INBOX).from_select(list(row), select(*row.values()).where(~same))


def _waiting() -> Asked:
    # A last attempt in the future: the clock was set back, and nobody should wait until it has caught up.
    rests = (_INBOX.c.not_before > bindparam("now"), _INBOX.c.tried_at <= bindparam("now"))
    resting = select(_INBOX.c.chat_key).where(_NEW, *rests)
    place = func.row_number().over(partition_by=_INBOX.c.chat_key, order_by=_INBOX.c.id).label("place")
    ready = (_INBOX.c.id > bindparam("after"), _INBOX.c.chat_key.not_in(resting))
    placed = select(_INBOX.c.id, place).where(_NEW, *ready).subquery()
    due = select(*(_INBOX.c[name] for name in Due._fields)).join_from(_INBOX, placed, _INBOX.c.id == placed.c.id)
    return due.where(placed.c.place <= bindparam("most")).order_by(_INBOX.c.id)


_COMING: Final = ("update_id", "sha256", "raw", "chat_key", "received_at", "state", "attempts")
_TAKE: Final = _take()
_WAITING: Final = _waiting()


class Inbox:
    """Part of a unit of work: what came in."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def take(self, updates: Sequence[Incoming], at: datetime) -> int:
        """Keep updates in the order given; how many were not there yet, told by update_id and SHA-256 of the text.

        Takes any text: what no database can keep (NUL, lone surrogates) is replaced, after hashing.
        """
        return self._work.write_all(_TAKE, [_coming(item, at) for item in updates])

    def waiting(self, limit: int, now: datetime, *, after: int = 0) -> tuple[Due, ...]:
        """New updates in order with a higher id than after; of each lane the oldest, at most limit.

        The limit is each lane's own, so that one with thousands does not keep the others from sight.

        While one of a lane (chat_key) waits for its next attempt, the whole lane waits: what a text means depends on
        what came before it.
        """
        asked = {"most": limit, "now": now, "after": after}
        return tuple(Due._make(row) for row in self._work.read(_WAITING, asked))

    def get(self, item_id: int) -> InboxItem:
        """LookupError where there is none."""
        found = self._items(_GET, item=item_id)
        if not found:
            raise LookupError(item_id)
        return found[0]

    def begin(self, item_id: int, at: datetime) -> bool:
        """The update has its effect in this unit. False: it had one, and was forgotten with its text. LookupError.

        StoreConflict where it is not new: its effect must not be had twice.
        """
        if self._work.write(_DONE, {"item": item_id, "done_at": at}).rowcount:
            return True
        found = self.get(item_id)
        if found.state == "done" and found.raw is None:
            return False
        raise StoreConflict(f"update {item_id} is {found.state}")

    def empty(self, item_id: int) -> None:
        """Its text goes; the digest stays, so that it does not come in again."""
        self._work.write(_EMPTIED, {"item": item_id})

    def done(self, item_id: int, at: datetime, *, emptied: bool = False) -> None:
        """The update had its effect. StoreConflict where it is not new: its effect must not be had twice.

        emptied: its text goes at once; the digest stays, so that it does not come in again.
        """
        self._end(_DONE_EMPTIED if emptied else _DONE, item_id, done_at=at)

    def failed(self, item_id: int, at: datetime, reason: str, not_before: datetime) -> int:
        """One more failure; try again at not_before. How many failures that makes. StoreConflict as for `done`."""
        attempts = self.get(item_id).attempts + 1
        self._end(_FAILED, item_id, attempts=attempts, tried_at=at, reason=reason, not_before=not_before)
        return attempts

    def dead(self, item_id: int, at: datetime, reason: str) -> None:
        """Given up; its text stays for `retry`. StoreConflict as for `done`."""
        self._end(_DEAD, item_id, done_at=at, reason=reason)

    def retry(self, item_id: int) -> bool:
        """Have a dead update tried again, from the first attempt on; False where it is not dead. LookupError."""
        if self._work.write(_RETRY, {"item": item_id}).rowcount:
            return True
        self.get(item_id)
        return False

    def listed(self, state: InboxState) -> tuple[InboxItem, ...]:
        """All updates in this state, in order."""
        return self._items(_LISTED, wanted=state)

    def counts(self) -> Mapping[InboxState, int]:
        """How many updates are in each state."""
        counted = dict(self._work.pairs(_COUNTS))
        states: tuple[InboxState, ...] = ("new", "done", "dead")
        return {state: counted.get(state, 0) for state in states}

    def empty_done_before(self, at: datetime) -> int:
        """Empty the text of updates done before this time; how many. Their digests stay, so none comes in again."""
        return self._work.write(_EMPTY, {"before": at}).rowcount

    def _items(self, statement: Asked, **params: object) -> tuple[InboxItem, ...]:
        return tuple(InboxItem(*row) for row in self._work.read(statement, params))

    def _end(self, statement: Update, item_id: int, **columns: object) -> None:
        """A change of an update that must be new still."""
        if not self._work.write(statement, {"item": item_id, **columns}).rowcount:
            raise StoreConflict(f"update {item_id} is {self.get(item_id).state}")


def _coming(item: Incoming, at: datetime) -> dict[str, object]:
    """What `_COMING` names."""
    return {
        "update_id": item.update_id,
        "sha256": hashlib.sha256(item.raw.encode("utf-8", "surrogatepass")).hexdigest(),
        "raw": _storable(item.raw),
        "chat_key": _storable(item.chat_key),
        "received_at": at,
        "state": "new",
        "attempts": 0,
    }


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
