"""The engine: how every connection to the database is set up, and whether the file is sound.

Must not know tables. A transaction reads only, unless its connection says `WRITING`: who wants to write says so.
`GUARDED` says that whoever asks sees to that himself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, PoolResetState

from bot.store.errors import StoreCorrupt, translated

BUSY_SECONDS: Final = 10
WRITING: Final = {"gradewalk_writing": True}
"""Execution options of a connection whose transactions begin with BEGIN IMMEDIATE."""
GUARDED: Final = {"gradewalk_guarded": True}
"""Of one whose transactions only read, as somebody else takes care: SQLite need not be told (see `allow`)."""

_PRAGMAS: Final = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",  # first: switching to WAL may have to wait
    "journal_mode = WAL",
    "synchronous = FULL",  # a committed answer survives a power cut
    "foreign_keys = ON",
    "wal_autocheckpoint = 500",
    "journal_size_limit = 8000000",  # a log that a long reader made grow shrinks again once it is written back
    "mmap_size = 0",
    "secure_delete = ON",  # an erased body is overwritten, not only unlinked
    "recursive_triggers = ON",  # else INSERT OR REPLACE would get past the trigger that forbids deleting
)
_OF_THE_FILE: Final = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


def open_engine(url: str | URL) -> Engine:
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
    event.listen(engine, "handle_error", _renew)
    return engine


def file_of(engine: Engine) -> Path:
    """The file of an engine."""
    return Path(str(engine.url.database))


@contextmanager
def opened_file(path: Path) -> Iterator[Engine]:
    """An engine on this file for a while: it is closed afterwards, and with the last one the log beside the file."""
    engine = open_engine(URL.create("sqlite", database=str(path)))
    try:
        yield engine
    finally:
        engine.dispose()


def empty_log(engine: Engine) -> bool:
    """Write the log back into the file and cut it to nothing; False where a reader, or the disk, does not let us."""
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA busy_timeout = 100")
            try:
                found = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.cursor().execute(f"PRAGMA {_PRAGMAS[0]}")
    except (sqlite3.Error, SQLAlchemyError):
        return False
    return bool(found) and found[0] == 0


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
    options = connection.get_execution_options()
    writing = bool(options.get("gradewalk_writing"))
    allow(connection.connection, writes=writing or "gradewalk_guarded" in options)
    sql = "BEGIN IMMEDIATE" if writing else "BEGIN"
    raw = connection.connection.driver_connection
    try:
        if raw is not None:
            raw.execute(sql).close()
    except sqlite3.Error as error:
        raise failed(connection, error, sql) from error


def allow(connection: PoolProxiedConnection, *, writes: bool) -> None:
    """Whether SQLite lets statements of this connection write, from now on.

    Told only where it changes: with this pragma SQLite forgets every statement that it has made ready.
    """
    raw = connection.driver_connection
    if raw is not None and connection.info.get("gradewalk_writes") is not writes:
        raw.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}").close()
        connection.info["gradewalk_writes"] = writes


def _end(raw: sqlite3.Connection, _entry: ConnectionPoolEntry, _state: PoolResetState) -> None:
    """Roll back whatever is open when a connection goes back into the pool.

    SQLAlchemy takes a transaction whose COMMIT failed for ended, but SQLite leaves it open, and every writer out.
    """
    raw.rollback()


def failed(connection: Connection, error: sqlite3.Error, sql: str) -> Exception:
    """What SQLAlchemy raises where the driver itself ran a statement; what `_renew` does is done by then."""
    if _of_the_file(error):
        connection.invalidate(error)
        connection.engine.dispose()
    return DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True)


def let_go(cursor: sqlite3.Cursor) -> None:
    """After an error a cursor holds on to its statement, and that to the file, even once its connection is closed."""
    with suppress(sqlite3.Error):
        cursor.execute("")


def _of_the_file(error: BaseException) -> bool:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _OF_THE_FILE


def _renew(context: ExceptionContext) -> None:
    """After an error of the file or the disk no connection is used again.

    One that was opened while the file could only be read would never write, and what one has in memory of a file
    that failed is not to be trusted. SQLAlchemy throws all of the pool away for a "disconnect", but of what is in use
    only the one that failed: whoever keeps one for long hears of it by `engine_disposed`.
    """
    if _of_the_file(context.original_exception):
        context.is_disconnect = True
        if context.connection is not None and context.engine is not None:  # else it was about to be opened
            context.engine.dispose()
        # SQLAlchemy leaves the cursor open then, and SQLite the file with it.
        if context.execution_context is not None and context.execution_context.cursor is not None:
            context.execution_context.cursor.close()
