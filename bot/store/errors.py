"""What can go wrong in the store, one class per reason, and how SQLAlchemy's errors become them.

Must not know what the failed work was about. No message holds a value that was to be stored.

    StoreError
    ├── StoreBusy       another writer held the database too long; try again
    ├── StoreFull       the disk is full
    ├── StoreReadOnly   the file, or the unit (`Store.read`), takes no writes
    ├── StoreTooNew     a newer Gradewalk wrote this database
    ├── StoreCorrupt    the file is damaged or no database
    └── StoreConflict   somebody else was first: the number, name or revision is taken
"""
# ruff: noqa: N818  the reason is the name: StoreBusy, not StoreBusyError

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, PendingRollbackError, StatementError


class StoreError(Exception):
    """The store could not do it; nothing of the unit was stored."""


class StoreBusy(StoreError):
    """Another writer held the database for longer than the busy timeout."""


class StoreFull(StoreError):
    """The disk, or the database's quota, is full."""


class StoreReadOnly(StoreError):
    """The database file, or the unit of work, takes no writes."""


class StoreTooNew(StoreError):
    """The database has a version that this program does not know."""


class StoreCorrupt(StoreError):
    """The file is damaged, or is no database at all."""


class StoreConflict(StoreError):
    """The number, name or revision is taken: somebody else was first."""


_BY_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
}
_TAKEN = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database inside leave as a StoreError; a value that cannot be stored as its ValueError."""
    try:
        yield
    except Exception as error:
        translate(error)
        raise


def translate(error: BaseException) -> None:
    """Raise what it leaves as, where that is something else."""
    match error:
        case DBAPIError():
            raise _named(error.orig) from error
        case StatementError():
            raise (error.orig or error) from None
        case PendingRollbackError():
            raise StoreError("an error inside the unit was passed over; it is rolled back") from error
        case sqlite3.Error():
            raise _named(error) from error
        case UnicodeDecodeError():  # SQLite's own message quotes the file
            raise StoreCorrupt("what stands in the file is no text") from error
        case _:
            pass


def _named(error: BaseException | None) -> StoreError:
    if str(error).startswith("Could not decode to UTF-8"):
        return StoreCorrupt("a text in the file is no text")  # the message would quote it
    extended: int = getattr(error, "sqlite_errorcode", 0)
    if extended in _TAKEN:
        return StoreConflict(str(error))
    primary = extended & 0xFF  # the upper bytes say more than we tell apart
    return _BY_CODE.get(primary, StoreError)(str(error))
