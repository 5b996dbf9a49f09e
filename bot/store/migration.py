"""Bring a database to the version of this program. Must not know what a revision changes.

Alembic without an ini file, so it works from an installed wheel. The whole upgrade with its version row is one
transaction (Python's sqlite3 opens none for DDL by itself, RELIABILITY 2), and an older database is copied first.
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bot.store.backup import copy_database
from bot.store.engine import WRITING, file_of
from bot.store.errors import StoreCorrupt, StoreTooNew, translated

SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"


def migrate(engine: Engine, *, backups: Path | None = None, scripts: Path = SCRIPTS) -> Path | None:
    """Upgrade to the newest revision; again is nothing. The copy of an older database, where one was made.

    backups: the folder for that copy, by default the database's own. StoreTooNew for a revision we do not know;
    any error leaves the database as it was.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with translated():
        current, newest, newer = versions(engine, scripts)
        if newer:
            raise StoreTooNew(f"the database has version {current}, this program knows up to {newest}")
        if current == newest:
            return None
        copy = _copy(engine, backups, current) if current else None
        _upgrade(engine, config)
    return copy


def versions(engine: Engine, scripts: Path = SCRIPTS) -> tuple[str | None, str | None, bool]:
    """The database's revision (None: empty), the newest that this program knows, and whether it is unknown to us.

    StoreError where it cannot be read.
    """
    directory = ScriptDirectory(str(scripts))
    with translated(), engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in directory.walk_revisions()}
    return current, directory.get_current_head(), current is not None and current not in known


def _copy(engine: Engine, backups: Path | None, current: str) -> Path:
    database = file_of(engine)
    return copy_database(engine, (backups or database.parent) / f"{database.stem}-before-upgrade-{current}.db")


def _upgrade(engine: Engine, config: Config) -> None:
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
