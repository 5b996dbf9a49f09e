"""Bring a database to the version of this program. Must not know what a revision changes.

Alembic without an ini file, so it works from an installed wheel. The whole upgrade with its version row is one
transaction (Python's sqlite3 opens none for DDL by itself, RELIABILITY 2), and an older database is copied first.
Alembic is loaded where there is something to upgrade: nearly every start finds the newest version. A new database is
made by the statements of `newest.sql`, which a test holds against what the revisions make.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine

from bot.store.backup import copy_database
from bot.store.engine import WRITING, file_of
from bot.store.errors import StoreCorrupt, StoreTooNew, translated

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"
NEWEST: Final = "newest.sql"
"""Statements with an empty line between two; the last one writes the version."""


def migrate(engine: Engine, *, backups: Path | None = None, scripts: Path = SCRIPTS) -> Path | None:
    """Upgrade to the newest revision; again is nothing. The copy of an older database, where one was made.

    backups: the folder for that copy, by default the database's own. StoreTooNew for a revision we do not know;
    any error leaves the database as it was.
    """
    with translated():
        current, newest, newer = versions(engine, scripts)
        if newer:
            raise StoreTooNew(f"the database has version {current}, this program knows up to {newest}")
        if current == newest:
            return None
        copy = _copy(engine, backups, current) if current else None
        if current or not _made(engine, scripts, newest):
            _upgrade(engine, _config(scripts))
    return copy


def versions(engine: Engine, scripts: Path = SCRIPTS) -> tuple[str | None, str | None, bool]:
    """The database's revision (None: empty), the newest that this program knows, and whether it is unknown to us.

    StoreError where it cannot be read.
    """
    known = revisions(scripts)
    with translated(), engine.connect() as connection:
        current = _current(connection)
    return current, known[-1] if known else None, current is not None and current not in known


def revisions(scripts: Path = SCRIPTS) -> tuple[str, ...]:
    """All revisions, the newest last: a script's name begins with its own, and a test holds it against Alembic."""
    return tuple(sorted(file.name.partition("_")[0] for file in (scripts / "versions").glob("[0-9]*.py")))


def _current(connection: Connection) -> str | None:
    table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if connection.exec_driver_sql(table).first() is None:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _made(engine: Engine, scripts: Path, newest: str | None) -> bool:
    """Make a new database at once; False where it is not empty, or the statements are not those of the newest."""
    statements = (scripts / NEWEST).read_text(encoding="utf-8").strip().split("\n\n")
    if newest is None or f"VALUES ('{newest}')" not in statements[-1]:
        return False
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is not None:
            return False
        for statement in statements:
            connection.exec_driver_sql(statement)
    return True


def _config(scripts: Path) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  heavy, and nearly no start needs it

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def _copy(engine: Engine, backups: Path | None, current: str) -> Path:
    database = file_of(engine)
    return copy_database(engine, (backups or database.parent) / f"{database.stem}-before-upgrade-{current}.db")


def _upgrade(engine: Engine, config: "Config") -> None:
    from alembic import command  # noqa: PLC0415  see _config

    with engine.connect().execution_options(**WRITING) as connection:
        # Rebuilding a table (batch mode) drops it: no reference may notice. Without effect inside a transaction.
        _references(connection, on=False)
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreCorrupt("the upgrade left rows without the row they belong to")
        finally:
            _references(connection, on=True)


def _references(connection: Connection, *, on: bool) -> None:
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
