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

from bot.store.engine import BUSY_SECONDS
from bot.store.errors import StoreBusy, StoreError
from bot.store.pen import Pen
from bot.store.work import Work


class GroupLost(StoreError):  # noqa: N818  as its siblings in errors.py
    """Nothing of the group is stored: each of its units must be done again, by itself."""


class Group(threading.local):
    """The group that this thread gathers, if it does. erased: something in it asked for the log to be emptied."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._lock: threading.Lock | None = None
        self._connection: Connection | None = None
        self._lost = False
        self.erased = False

    @property
    def here(self) -> bool:
        """Whether this thread gathers one."""
        return self._lock is not None

    @contextmanager
    def gathering(self, lock: threading.Lock) -> Iterator[None]:
        """From here on units are savepoints; at the end they are kept, or all lost."""
        self._lock, self._lost, self.erased = lock, False, False
        kept = False
        try:
            yield
            if self._connection is not None:
                self._keep(self._connection)
            kept = True
        finally:
            self._end(kept=kept)

    @contextmanager
    def savepoint(self) -> Iterator[Work]:
        """What a unit that writes stands on."""
        connection = self._begun()
        self._look(connection)  # a savepoint outside a transaction would be kept by itself
        point = _Savepoint(connection)
        try:
            with Work(connection, point, inside=True, known=self._pen.known) as work:
                yield work
        finally:
            self._note(connection)
            if not self._lost:
                self._close(point)

    def _close(self, point: "_Savepoint") -> None:
        try:
            if not point.end():
                self._pen.known.forget()
        except BaseException:
            self._lost = True  # what cannot be rolled back by itself goes with the whole
            raise

    def reading(self) -> AbstractContextManager[Work] | None:
        """What a unit that only reads stands on; None where nothing was written yet: any will do."""
        return None if self._connection is None else self._reading(self._connection)

    @contextmanager
    def _reading(self, connection: Connection) -> Iterator[Work]:
        self._look(connection)
        try:
            with Work(connection) as work:
                yield work
        finally:
            self._note(connection)

    def _note(self, connection: Connection) -> None:
        """Whether the transaction is still there; once it is not, it never is again."""
        if connection.invalidated or not _raw(connection).in_transaction:
            self._lost = True

    def _look(self, connection: Connection) -> None:
        self._note(connection)
        if self._lost:
            raise GroupLost("the transaction is gone")

    def _begun(self) -> Connection:
        if self._connection is None:
            assert self._lock is not None  # noqa: S101  only within a group
            if not self._lock.acquire(timeout=BUSY_SECONDS):
                raise StoreBusy("another writer takes too long")
            try:
                connection = self._pen.begin()
            except BaseException:
                self._lock.release()
                raise
            self._connection = connection
        return self._connection

    def _keep(self, connection: Connection) -> None:
        self._look(connection)
        transaction = connection.get_transaction()
        assert transaction is not None  # noqa: S101  begun with the connection
        transaction.commit()

    def _end(self, *, kept: bool) -> None:
        connection, lock = self._connection, self._lock
        self._connection = self._lock = None
        if connection is not None and lock is not None:
            try:
                self._pen.end(kept=kept)
            finally:
                lock.release()


class _Savepoint:
    """By the driver itself: SQLAlchemy's takes longer than the statements in it, and every unit has one."""

    def __init__(self, connection: Connection) -> None:
        self._raw = _raw(connection)
        self._raw.execute("SAVEPOINT unit").close()
        self._open = True

    def commit(self) -> None:
        """Let it become part of the group."""
        self._raw.execute("RELEASE unit").close()
        self._open = False

    def end(self) -> bool:
        """What was not committed is rolled back. Whether it was committed."""
        committed = not self._open
        if self._open:
            self._raw.execute("ROLLBACK TO unit").close()
            self.commit()
        return committed


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the only database that there is
    return raw
