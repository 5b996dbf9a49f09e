"""The connection that writes, kept from one transaction to the next, with what is known of rows. Must not know tables.

To get one from the pool and give it back takes longer than a statement; and only of one and the same connection does
SQLite say whether anybody else wrote meanwhile. Whoever uses it holds the writer's place.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

from bot.store.engine import WRITING
from bot.store.known import Known
from bot.store.work import Work


class Pen:
    """Thrown away with all others of its engine: when that is disposed of, as it is after an error of the file.

    known: rows as they stand, as long as a transaction is open that `begin` began.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._version: int | None = None
        self._turn = threading.Lock()
        self._in_use = self._worn = False
        self.known = Known()
        event.listen(engine, "engine_disposed", self._disposed)

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """A transaction of its own. What is not kept at the end is rolled back."""
        connection = self.begin()
        work = Work(connection, connection.get_transaction(), known=self.known)
        try:
            with work:
                yield work
        finally:
            self.end(kept=work.kept)

    def begin(self) -> Connection:
        """A transaction that writes, from now to `end`. What SQLAlchemy raises where it cannot begin."""
        with self._turn:
            self._in_use, self._worn = True, False
        try:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(**WRITING)
                self._version = None
                _undo_in_memory(self._connection)
            self._connection.begin()
            self._look(self._connection)
        except BaseException:
            self.end(kept=False)
            raise
        return self._connection

    def end(self, *, kept: bool) -> None:
        """Roll back what was not committed. kept: it was committed, and nothing in it rolled back unseen."""
        try:
            if not kept:
                self.known.forget()
            if self._connection is not None:
                self._worn = not _rest(self._connection) or self._worn
        except BaseException:
            self._worn = True
            raise
        finally:
            with self._turn:
                self._in_use = False
                if self._worn:
                    self._drop()

    def _look(self, connection: Connection) -> None:
        """Whether anybody else wrote since: this number changes with every commit of another connection."""
        raw = connection.connection.driver_connection
        version = raw.execute("PRAGMA data_version").fetchone()[0] if raw is not None else None
        if version is None or version != self._version:
            self.known.forget()
        self._version = version

    def _disposed(self, _engine: Engine) -> None:
        with self._turn:
            self._worn = True
            if not self._in_use:
                self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self.known.forget()
        if connection is not None:
            connection.invalidate()  # else it would go back into a pool, maybe of an engine that was disposed of
            connection.close()


def _undo_in_memory(connection: Connection) -> None:
    """What savepoints need for going back is kept in memory: beyond 64 kB SQLite would put it into a file."""
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute("PRAGMA temp_store = MEMORY").close()


def _rest(connection: Connection) -> bool:
    """Nothing is open on it any more. False: it is of no use any more."""
    transaction = connection.get_transaction()
    if transaction is not None:
        transaction.rollback()
    if connection.closed or connection.invalidated:
        return False
    raw = connection.connection.driver_connection
    if raw is not None and raw.in_transaction:
        raw.rollback()  # SQLAlchemy takes a transaction whose COMMIT failed for ended, SQLite leaves it open
    return True
