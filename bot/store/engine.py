"""The engine: how every connection to the database is set up, and whether the file is sound.

Must not know tables. A transaction reads only, unless its connection says `WRITING`: who wants to write says so.
"""

import sqlite3
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

from bot.store.errors import StoreCorrupt, translated

BUSY_SECONDS: Final = 10
WRITING: Final = {"gradewalk_writing": True}
"""Execution options of a connection whose transactions begin with BEGIN IMMEDIATE."""

_PRAGMAS: Final = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",  # first: switching to WAL may have to wait
    "journal_mode = WAL",
    "synchronous = FULL",  # a committed answer survives a power cut
    "foreign_keys = ON",
    "wal_autocheckpoint = 500",
    "mmap_size = 0",
    "secure_delete = ON",  # an erased body is overwritten, not only unlinked
    "recursive_triggers = ON",  # else INSERT OR REPLACE would get past the trigger that forbids deleting
)


def open_engine(url: str) -> Engine:
    """The engine for 'sqlite:///path'. ValueError for another database, or one in memory (no WAL, one per thread).

    Connects to nothing yet; the folder must exist by the first connection.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ValueError("a database file, as in sqlite:///data/gradewalk.db")
    # isolation_level None: Python's driver must begin nothing by itself. hide_parameters: answers stay out of logs.
    engine = create_engine(parsed, connect_args={"isolation_level": None}, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "reset", _end)
    return engine


def check_integrity(engine: Engine, *, thorough: bool = False) -> None:
    """StoreCorrupt where the file is damaged or a reference leads nowhere; thorough: indexes too, much slower."""
    check = "integrity_check" if thorough else "quick_check"
    with translated(), engine.connect() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {check}")]
        if found != ["ok"]:
            raise StoreCorrupt("; ".join(found[:3]))
        loose = {str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if loose:
            raise StoreCorrupt(f"rows without the row they belong to: {', '.join(sorted(loose))}")


def _prepare(raw: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writing = bool(connection.get_execution_options().get("gradewalk_writing"))
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _end(raw: sqlite3.Connection, _entry: ConnectionPoolEntry, _state: PoolResetState) -> None:
    """Roll back whatever is open when a connection goes back into the pool.

    SQLAlchemy takes a transaction whose COMMIT failed for ended, but SQLite leaves it open, and every writer out.
    """
    raw.rollback()
