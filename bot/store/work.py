"""What the parts of one unit share: its connection, and what they know already of the rows in it. Must not know tables.

A tap runs a dozen statements. Made once, when their module is loaded, and giving plain tuples, each costs a tenth of
what it costs by way of objects. Parts that are seldom asked may still use objects: `session`. The two must not meet
on one table, since neither sees what the other changed: a row that is an object must be of an `Aside` class.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Delete, Engine, Insert, Select, Table, Transaction, Update, event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from bot.store.engine import GUARDED, WRITING
from bot.store.errors import StoreError, StoreReadOnly
from bot.store.known import Key, Kind, Known, N, changing, replaced
from bot.store.prepared import Found, Names, Params, Values, prepared
from bot.store.tables.base import Aside, Row

R = TypeVar("R")
Asked: TypeAlias = Select[*tuple[Any, ...]]
Change: TypeAlias = Insert | Update | Delete


class Kept(Protocol):
    """What a unit stands on."""

    def commit(self) -> None:
        """Keep all that was stored on it."""


class Work:
    """One transaction. Of no use once the `with` is left."""

    def __init__(
        self,
        connection: Connection,
        transaction: Kept | None = None,
        *,
        inside: bool = False,
        known: Known | None = None,
        cursor: sqlite3.Cursor | None = None,
    ) -> None:
        """transaction: what `keep` commits; None where nothing is to be kept. inside: it is a part of a larger one.

        known: rows as they stand in it; whoever gives it forgets them where `kept` is not true at the end.
        cursor: of the connection, where one is at hand that nobody else uses meanwhile.
        """
        self.connection = connection
        self.kept = False
        self._transaction = transaction
        self._inside = inside
        self._objects: Transaction | None = None
        self._session: Session | None = None
        self._known = known or Known()
        self._late: dict[tuple[Kind[Any], Key], dict[str, object]] = {}
        self._failed = False
        self._cursor = cursor

    def read(self, statement: Asked, params: Params = None) -> Found:
        """The rows that a statement asks for."""
        return self._run(statement, *_split(params))

    def pairs(self, statement: Asked, params: Params = None) -> list[tuple[Any, Any]]:
        """The rows of a statement that asks for two columns."""
        return [(row[0], row[1]) for row in self.read(statement, params)]

    def write(self, statement: Change, params: Params = None, *, only: Key | None = None) -> Found:
        """Carry out a change. What is known of rows of that table is forgotten: whoever wrote may say it anew.

        only: of all rows that are known only that of this key is changed. StoreReadOnly where nothing is to be kept.
        """
        return self.put(statement, *_split(params), only)

    def put(self, statement: Change, names: Names, values: Values, only: Key | None = None) -> Found:
        """The same of values in the order of their names: for what every tap writes."""
        self._known.changed(cast("Table", statement.table).name, only)
        self._look()
        try:
            if self._transaction is None:
                _refuse(reads=True)
            return self._run(statement, names, values)
        except BaseException:
            self._failed = True
            raise

    def write_all(self, statement: Change, params: Sequence[Params]) -> int:
        """Carry out a change once for each, in order, as `write` does; how many rows they met together."""
        self._known.changed(cast("Table", statement.table).name)
        self._look()
        try:
            _refuse(reads=self._transaction is None)
            given = [one or {} for one in params]
            compiled = prepared(statement, tuple(given[0]), self.connection.dialect) if given else None
            if compiled is None:
                return sum(self._run(statement, *_split(one)).rowcount for one in given)
            self._bring(compiled.tables)
            return compiled.run_all(self.connection, self._cursor or self._begun(), given)
        except BaseException:
            self._failed = True
            raise

    def change(self, kind: Kind[N], key: Key, columns: dict[str, object]) -> N | None:
        """Change columns of the row of a key: of one row all at once, before its table is asked or at the end.

        The row as it is then, where it is known. columns are the caller's no more.
        """
        self._look()
        if self._transaction is None:
            _refuse(reads=True)
        late = self._late.get((kind, key))
        if late is None:
            self._late[kind, key] = columns
        else:
            late.update(columns)
        known = self._known.of(kind, key)
        return None if known is None else self._known.know(kind, key, replaced(known, columns))

    def _bring(self, tables: frozenset[str] | None) -> None:
        """Carry out what was put off for these tables; None: for all."""
        due = [one for one in self._late if tables is None or one[0].table in tables]
        if not due:
            return
        self._look()
        try:
            changes = [(*one, self._late.pop(one)) for one in due]  # before any is run: that looks for them too
            for kind, key, columns in changes:
                statement, names = changing(kind, tuple(columns))
                self._run(statement, names, (*columns.values(), *key))
        except BaseException:
            self._failed = True
            raise

    def _run(self, statement: Asked | Change, names: Names, values: Values) -> Found:
        compiled = prepared(statement, names, self.connection.dialect)
        if self._late:
            self._bring(compiled.tables if compiled else None)
        if compiled is not None:
            return compiled.run(self.connection, self._cursor or self._begun(), values)
        result = self.connection.execute(statement, dict(zip(names, values, strict=True)))
        if result.returns_rows:
            return Found(result.all())
        added = result.lastrowid if isinstance(statement, Insert) else 0
        return Found((), result.rowcount, added)

    def _begun(self) -> sqlite3.Cursor:
        """One cursor for all that it runs: to make another for each statement takes longer than many a statement."""
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)  # noqa: S101  the only database that there is
        self._cursor = raw.cursor()
        return self._cursor

    def row(self, kind: Kind[R], *key: str) -> R | None:
        """The row of this key, read where it is not known; None: there is none."""
        known = self._known.of(kind, key)
        if known is not None:
            return known
        found = self._run(kind.get, kind.asked, key).one_or_none()
        return None if found is None else self.know(kind, kind.make(found), *key)

    def known(self, kind: Kind[R], *key: str) -> R | None:
        """The row of this key where it is known."""
        return self._known.of(kind, key)

    def know(self, kind: Kind[R], row: R, *key: str) -> R:
        """The row of this key stands there like this."""
        return self._known.know(kind, key, row)

    @property
    def session(self) -> Session:
        """For rows as objects."""
        self._bring(None)
        if self._session is None:
            # Rolled back, objects take a transaction with them that SQLAlchemy knows: theirs, not the larger one.
            self._objects = self.connection.begin_nested() if self._inside else None
            reads = {"reads": self._transaction is None}
            self._session = _Aside(self.connection, join_transaction_mode="rollback_only", info=reads)
        return self._session

    def keep(self) -> None:
        """Commit; StoreError where an error inside the unit was passed over."""
        self._look()
        if self._late:
            self._bring(None)
        if self._session is not None:
            self._session.commit()
        if self._objects is not None:
            self._objects.commit()
        if self._transaction is not None:
            self._transaction.commit()
        self.kept = True

    def _look(self) -> None:
        # Once objects could not be stored all is rolled back: a statement after that would stand outside of the unit.
        # So it is where SQLite ended the transaction by itself; what is known of it would then not be so.
        if (
            self._failed
            or (self._transaction is not None and not (self._cursor or self._begun()).connection.in_transaction)
            or (self._session is not None and not self._session.is_active)
        ):
            raise StoreError("an error inside the unit was passed over; it is rolled back")

    def close(self) -> None:
        """Let go of what objects stood on; what was not kept of it is rolled back."""
        if self._session is not None:
            self._session.close()
        if self._objects is not None and self._objects.is_active and not self.connection.invalidated:
            self._objects.rollback()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _split(params: Params) -> tuple[Names, Values]:
    return (tuple(params), tuple(params.values())) if params else ((), ())


@contextmanager
def working(engine: Engine, *, writing: bool = False) -> Iterator[Work]:
    """A transaction of its own. What is not kept at the end is rolled back."""
    with engine.connect() as connection:
        connection.execution_options(**(WRITING if writing else GUARDED))
        transaction = connection.begin()
        with Work(connection, transaction if writing else None) as work:
            yield work


def _refuse(*, reads: bool) -> None:
    """SQLite would refuse too, but telling it makes it forget every statement that it has made ready."""
    if reads:
        raise StoreReadOnly("this unit only reads")


class _Aside(Session):
    """Holds every row that was loaded or stored: SQLAlchemy would load one again that nobody holds meanwhile."""


@event.listens_for(_Aside, "before_flush")
def _guard(session: _Aside, _context: object, _instances: object) -> None:
    _refuse(reads=session.info["reads"])


@event.listens_for(_Aside, "do_orm_execute")
def _guard_statement(state: ORMExecuteState) -> None:
    _refuse(reads=state.session.info["reads"] and not state.is_select)


@event.listens_for(_Aside, "loaded_as_persistent")
@event.listens_for(_Aside, "pending_to_persistent")
def _hold(session: _Aside, row: Row) -> None:
    if not isinstance(row, Aside):
        raise TypeError(f"{type(row).__name__} is asked for by statements alone")
    session.info.setdefault("held", []).append(row)
