"""`python -m tests.store.newest`: write `newest.sql` anew, after a migration was added. Knows no table."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.store.engine import open_engine
from bot.store.migration import NEWEST, SCRIPTS, _config, _upgrade

_KINDS = ("table", "index", "trigger")


def written() -> str:
    """What all revisions make, one after another, as statements."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "gradewalk.db"
        upgraded(file)
        with closing(sqlite3.connect(file)) as raw:
            declared = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            (version,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    ordered = sorted(declared, key=lambda row: (_KINDS.index(row[0]), row[1]))
    statements = ["\n".join(map(str.rstrip, sql.splitlines())) for _, name, sql in ordered if name != "sqlite_sequence"]
    statements.append(f"INSERT INTO alembic_version (version_num) VALUES ('{version}')")  # noqa: S608  a revision
    return "\n\n".join(statements) + "\n"


def upgraded(file: Path) -> None:
    """A new database made by the revisions alone."""
    engine = open_engine(f"sqlite:///{file}")
    _upgrade(engine, _config(SCRIPTS))
    engine.dispose()


if __name__ == "__main__":
    (SCRIPTS / NEWEST).write_text(written(), encoding="utf-8")
