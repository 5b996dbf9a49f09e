"""Rows that are known: as they stand in this transaction, and from one to the next of whoever writes.

What is known is true as long as every write tells `Known.changed`. Must not know tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

from sqlalchemy import ColumnElement, Select, Table, Update, bindparam, update

R = TypeVar("R")
N = TypeVar("N", bound=tuple[object, ...])
Key: TypeAlias = tuple[str, ...]
MOST: Final = 1000
"""Rows of a kind that are known at once; the one that was known longest is forgotten for another."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind(Generic[R]):
    """How a row is read by its key: asked are the names of the key's parts in `get`, make builds it of the columns.

    beside: other tables that `get` looks into: a row is forgotten when one of those changes.
    """

    table: str
    get: Select[*tuple[Any, ...]]
    asked: tuple[str, ...]
    make: Callable[[Any], R]
    beside: frozenset[str] = frozenset()


def replaced(row: N, columns: Mapping[str, object]) -> N:
    """The row with these columns in place of its own: as `_replace`, without its walk through Python."""
    return tuple.__new__(type(row), map(columns.get, cast("Any", row)._fields, row))


_CHANGES: Final[dict[tuple[Kind[Any], tuple[str, ...]], tuple[Update, tuple[str, ...]]]] = {}


def changing(kind: Kind[Any], names: tuple[str, ...]) -> tuple[Update, tuple[str, ...]]:
    """An update of these columns of the row of a key, and the names of all that it is given; made once."""
    made = _CHANGES.get((kind, names))
    if made is None:
        (table,) = kind.get.get_final_froms()
        its = update(cast("Table", table)).where(cast("ColumnElement[bool]", kind.get.whereclause))
        changed = its.values({name: bindparam(name) for name in names})
        made = _CHANGES[kind, names] = (changed, (*names, *kind.asked))
    return made


class Known:
    """Rows by kind and key. There may be rows that are not known; none that is known is not there."""

    __slots__ = ("_rows", "_touched")

    def __init__(self) -> None:
        self._rows: dict[Kind[Any], dict[Key, Any]] = {}
        self._touched: dict[str, list[tuple[dict[Key, Any], bool]]] = {}
        """Table -> whose rows a change there concerns, and whether it is their own table."""

    def of(self, kind: Kind[R], key: Key) -> R | None:
        """The row; None: not known."""
        rows = self._rows.get(kind)
        row: R | None = None if rows is None else rows.get(key)
        return row

    def know(self, kind: Kind[R], key: Key, row: R) -> R:
        """It stands there like this."""
        rows = self._rows.get(kind)
        if rows is None:
            rows = self._begin(kind)
        rows[key] = row
        if len(rows) > MOST:
            del rows[next(iter(rows))]
        return row

    def changed(self, table: str, only: Key | None = None) -> None:
        """Something was written there. only: at most the row of this key was changed, by whatever kind."""
        for rows, own in self._touched.get(table, ()):
            if own and only is not None:
                rows.pop(only, None)
            else:
                rows.clear()

    def forget(self) -> None:
        """Nothing is known any more."""
        self._rows.clear()
        self._touched.clear()

    def _begin(self, kind: Kind[Any]) -> dict[Key, Any]:
        rows: dict[Key, Any] = {}
        self._rows[kind] = rows
        for table in {kind.table, *kind.beside}:
            self._touched.setdefault(table, []).append((rows, table == kind.table))
        return rows
