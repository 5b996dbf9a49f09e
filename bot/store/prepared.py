"""Statements compiled once and run by the driver itself: SQLAlchemy writes them, SQLite gets text and values.

SQLAlchemy's own way to run one costs several times what SQLite takes for it: its cache, its events, its result
objects. Here the text, the order of the values and what turns each into a column's type are looked up by the statement
object. One that is made anew for each use, or that has a list in it, goes SQLAlchemy's way. Must not know tables.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from typing import Any, Final, TypeAlias
from weakref import WeakSet

from sqlalchemy import BindParameter, Connection, Delete, Dialect, Insert, Select, Table, Update
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.store.columns import PlainText, storable
from bot.store.engine import failed, let_go

Statement: TypeAlias = Select[*tuple[Any, ...]] | Insert | Update | Delete
Params: TypeAlias = Mapping[str, object] | None
Names: TypeAlias = tuple[str, ...]
Values: TypeAlias = tuple[Any, ...]
_Convert: TypeAlias = Callable[[Any], Any]
_Input: TypeAlias = tuple[str, object, _Convert | None]
_Read: TypeAlias = tuple[Callable[[Any], Any], tuple[tuple[int, _Convert], ...]]


class Found:
    """The rows of a statement, or of a change how many it met; rowid: of the row that was inserted."""

    __slots__ = ("_rows", "rowcount", "rowid")

    def __init__(self, rows: Sequence[Any], rowcount: int = -1, rowid: int = 0) -> None:
        self._rows, self.rowcount, self.rowid = rows, rowcount, rowid

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        """Every row, as a tuple with names."""
        return self._rows

    def first(self) -> Any:  # noqa: ANN401  a row
        """The first row; None where there is none."""
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Any:  # noqa: ANN401  a row
        """The only row; None where there is none. ValueError for several."""
        if len(self._rows) > 1:
            raise ValueError("several rows")
        return self.first()

    def scalars(self) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._rows]

    def scalar(self) -> Any:  # noqa: ANN401  of any type
        """The first column of the first row; None where there is none."""
        return self._rows[0][0] if self._rows else None


class Prepared:
    """One statement with one set of parameters. tables: all that it reads or changes."""

    __slots__ = ("_fixed", "_names", "_place", "_read", "_sql", "_texts", "_turned", "tables")

    def __init__(
        self, sql: str, names: Names, inputs: Sequence[_Input], read: _Read | None, tables: frozenset[str]
    ) -> None:
        """names: of the parameters, as values are given. inputs: in the order of the statement.

        Of each input the name of its parameter or '', its value where it has no name, its conversion.
        """
        self._sql, self._names, self._read, self.tables = sql, names, read, tables
        self._fixed = tuple(_turned(value, convert) for name, value, convert in inputs if not name)
        fixed = iter(range(len(names), len(names) + len(self._fixed)))
        self._place = _picking([names.index(name) if name else next(fixed) for name, _, _ in inputs])
        texts = {names.index(name) for name, _, convert in inputs if name and convert is storable}
        self._texts = _picking(sorted(texts))
        placed = enumerate(inputs)
        self._turned = [(at, one) for at, (name, _, one) in placed if name and not (one is None or one is storable)]

    def run(self, connection: Connection, cursor: sqlite3.Cursor, given: Values) -> Found:
        """Carry it out. given: in the order of its names. cursor: of that connection.

        sqlalchemy.exc.DBAPIError as SQLAlchemy's own way raises it; ValueError for a value.
        """
        values = self._values(given)
        try:
            cursor.execute(self._sql, values)
            rows = cursor.fetchall() if self._read else ()
        except sqlite3.Error as error:
            let_go(cursor)
            raise failed(connection, error, self._sql) from error
        if self._read is None:
            return Found((), cursor.rowcount, cursor.lastrowid or 0)
        make, converted = self._read
        return Found([make(_converted(row, converted)) for row in rows] if converted else [*map(make, rows)])

    def run_all(self, connection: Connection, cursor: sqlite3.Cursor, params: Iterable[Mapping[str, object]]) -> int:
        """Carry out a change once for each, in order; how many rows they met together. Errors as in `run`."""
        values = [self._values(tuple(one[name] for name in self._names)) for one in params]
        try:
            return cursor.executemany(self._sql, values).rowcount
        except sqlite3.Error as error:
            let_go(cursor)
            raise failed(connection, error, self._sql) from error

    def _values(self, given: Values) -> Sequence[Any]:
        """In the order of the statement, as the driver takes them. Hot: all texts are looked through at once."""
        texts = self._texts(given)
        try:
            storable("".join(texts))
        except TypeError:  # one of them is None
            for text in texts:
                storable(text)
        placed = self._place(given + self._fixed)
        if not self._turned:
            return placed
        values = [*placed]
        for at, convert in self._turned:
            values[at] = convert(values[at])
        return values


_ZONELESS: Final = len("2026-11-21 12:00:00.000000")
_Ways: TypeAlias = dict[Names, Prepared | None]
_MOST: Final = 1000
_USED: Final[WeakSet[Statement]] = WeakSet()
"""Used once: most that are made anew never come again. Compiling them is not worth it, and would fill the memory."""
_READY: Final[dict[int, tuple[Statement, _Ways]]] = {}
"""Used again, by the object's number, which is its alone as long as it stands here."""


def prepared(statement: Statement, names: Names, dialect: Dialect) -> Prepared | None:
    """The statement compiled, from its second use on; None: it goes SQLAlchemy's way. names: of its parameters."""
    ready = _READY.get(id(statement))
    if ready is None:
        if statement not in _USED:
            _USED.add(statement)
            return None
        if len(_READY) >= _MOST:  # never with those of the modules: somebody uses many twice that were made anew
            _READY.clear()
        ready = _READY[id(statement)] = (statement, {})
    try:
        return ready[1][names]
    except KeyError:
        ready[1][names] = made = _prepare(statement, names, dialect)
        return made


def _prepare(statement: Statement, names: Names, dialect: Dialect) -> Prepared | None:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params or compiled.effective_returning:
        return None  # a list's length is known only when it is run
    if compiled.insert_prefetch or compiled.update_prefetch:
        return None  # defaults that are made when it is run
    inputs = [_input(compiled.binds[name], names, dialect) for name in compiled.positiontup or ()]
    tables = frozenset(part.name for part in iterate(statement) if isinstance(part, Table))
    read = _reading(statement, dialect) if isinstance(statement, Select) else None
    return Prepared(compiled.string, names, inputs, read, tables)


def _input(bind: BindParameter[Any], names: Names, dialect: Dialect) -> _Input:
    return (bind.key if bind.key in names else "", bind.effective_value, _storing(bind.type, dialect))


def _storing(kind: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    if isinstance(kind, PlainText):
        return storable
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return partial(_time, convert) if isinstance(kind, UTCDateTime) and convert is not None else convert


def _time(convert: _Convert, at: datetime | None) -> Any:  # noqa: ANN401  what the column type makes of it
    """The text of a time, as SQLAlchemy writes it. convert: its own way, for all but the times that there are."""
    if at is None:
        return None
    if at.tzinfo is not UTC:
        return convert(at)
    return at.isoformat(" ", "microseconds")[:_ZONELESS]


def _turned(value: object, convert: _Convert | None) -> object:
    return value if convert is None else convert(value)


def _picking(places: Sequence[int]) -> Callable[[Values], Values]:
    """What gives the values of these places, in order."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda given: tuple(given[at] for at in places)


def _reading(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Read:
    columns = list(statement.selected_columns)
    row = namedtuple("Row", [str(one.key) for one in columns], rename=True)  # type: ignore[misc]  # noqa: PYI024
    found = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return partial(tuple.__new__, row), tuple((number, one) for number, one in enumerate(found) if one is not None)


def _converted(row: tuple[Any, ...], converted: tuple[tuple[int, _Convert], ...]) -> list[Any]:
    values = list(row)
    for number, convert in converted:
        values[number] = convert(values[number])
    return values
