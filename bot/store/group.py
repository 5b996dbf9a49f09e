"""Several units of work in one transaction: what is slow, the sync of the disk, is paid once. Must not know tables.

Each unit is a savepoint: rolled back, it gives its sequence numbers and heads back, and the others stand. SQLite ends
the whole transaction by itself when the disk is full or fails; statements after that would be kept one by one, so the
group is lost then and says so.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from bot.store.engine import BUSY_SECONDS, let_go
from bot.store.errors import StoreBusy, StoreError
from bot.store.known import Known
from bot.store.pen import Pen
from bot.store.work import Work


class GroupLost(StoreError):  # noqa: N818  as its siblings in errors.py
    """Nothing of the group is stored: each of its units must be done again, by itself."""


class Group(threading.local):
    """The group that this thread gathers, if it does. erased: something in it asked for the log to be emptied."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._lock: threading.Lock | None = None
        self._whole: _Whole | None = None
        self.erased = False

    @property
    def here(self) -> bool:
        """Whether this thread gathers one."""
        return self._lock is not None

    @contextmanager
    def gathering(self, lock: threading.Lock) -> Iterator[None]:
        """From here on units are savepoints; at the end they are kept, or all lost."""
        self._lock, self.erased = lock, False
        kept = False
        try:
            yield
            if self._whole is not None:
                self._whole.keep()
            kept = True
        finally:
            self._end(kept=kept)

    def savepoint(self) -> "Savepoint":
        """What a unit that writes stands on, begun; to be closed whatever happens."""
        return Savepoint(self._whole or self._begun())

    def reading(self) -> AbstractContextManager[Work] | None:
        """What a unit that only reads stands on; None where nothing was written yet: any will do."""
        return None if self._whole is None else self._reading(self._whole)

    @contextmanager
    def _reading(self, whole: "_Whole") -> Iterator[Work]:
        whole.look()
        try:
            with Work(whole.connection) as work:
                yield work
        finally:
            whole.note()

    def _begun(self) -> "_Whole":
        assert self._lock is not None  # noqa: S101  only within a group
        if not self._lock.acquire(timeout=BUSY_SECONDS):
            raise StoreBusy("another writer takes too long")
        try:
            whole = _Whole(self._pen.begin(), self._pen.known)
        except BaseException:
            self._lock.release()
            raise
        self._whole = whole
        return whole

    def _end(self, *, kept: bool) -> None:
        whole, lock = self._whole, self._lock
        self._whole = self._lock = None
        if whole is not None and lock is not None:
            try:
                self._pen.end(kept=kept)
            finally:
                lock.release()


class _Whole:
    """The transaction that all units of a group share. lost: it is not there any more, or must not be kept."""

    __slots__ = ("connection", "cursor", "known", "lost", "raw")
    connection: Connection
    cursor: sqlite3.Cursor
    raw: sqlite3.Connection
    known: Known
    lost: bool

    def __init__(self, connection: Connection, known: Known) -> None:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the only database that there is
        self.connection, self.raw, self.known, self.lost = connection, raw, known, False
        self.cursor = raw.cursor()  # for the units one after another: they never run anything at once

    def note(self) -> None:
        """Whether the transaction is still there; once it is not, it never is again."""
        if self.connection.invalidated or not self.raw.in_transaction:
            self.lost = True

    def run(self, sql: str) -> None:
        """By the driver itself. What sqlite3 raises."""
        try:
            self.cursor.execute(sql)
        except sqlite3.Error:
            let_go(self.cursor)
            raise

    def look(self) -> None:
        """GroupLost where nothing may be done in it any more."""
        self.note()
        if self.lost:
            raise GroupLost("the transaction is gone")

    def keep(self) -> None:
        """Commit it."""
        self.look()
        transaction = self.connection.get_transaction()
        assert transaction is not None  # noqa: S101  begun with the connection
        transaction.commit()


class Savepoint:
    """By the driver itself: SQLAlchemy's takes longer than the statements in it, and every unit has one.

    No context manager of its own: two calls are all that a unit needs of it.
    """

    __slots__ = ("_committed", "_whole", "work")

    def __init__(self, whole: _Whole) -> None:
        whole.look()  # a savepoint outside a transaction would be kept by itself
        whole.run("SAVEPOINT unit")
        self._whole, self._committed = whole, False
        self.work = Work(whole.connection, self, inside=True, known=whole.known, cursor=whole.cursor)

    def commit(self) -> None:
        """Let it become part of the group."""
        self._whole.run("RELEASE unit")
        self._committed = True

    def close(self) -> None:
        """What was not committed is rolled back; what cannot be rolled back by itself goes with the whole."""
        whole = self._whole
        try:
            self.work.close()
        finally:
            whole.note()
            if not (whole.lost or self._committed):
                self._roll_back()

    def _roll_back(self) -> None:
        try:
            self._whole.run("ROLLBACK TO unit")
            self.commit()
        except BaseException:
            self._whole.lost = True
            raise
        self._whole.known.forget()
