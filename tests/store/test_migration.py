import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from bot.store.engine import open_engine
from bot.store.errors import StoreBusy, StoreError, StoreTooNew
from bot.store.migration import SCRIPTS, migrate, revisions
from bot.store.tables import metadata
from bot.store.unit import Store
from tests.store.making import begun, store_on
from tests.store.newest import upgraded

NEWEST = str(max(int(file.name[:4]) for file in (SCRIPTS / "versions").glob("0*.py"))).zfill(4)
NEWER = str(int(NEWEST) + 1).zfill(4)
_SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{newer}", "{newest}", None, None
def upgrade():
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.Text(), nullable=True))
    {more}
"""


def _scripts(tmp_path: Path, more: str = "") -> Path:
    folder = tmp_path / "100% newer"
    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = _SECOND.format(more=more, newest=NEWEST, newer=NEWER)
    (folder / "versions" / f"{NEWER}_second.py").write_text(text)
    return folder


def _ddl(path: Path, kind: str) -> dict[str, str]:
    """Name -> the statement's lines, sorted: the order of a table's constraints says nothing, nor do quotes."""
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,)).fetchall()
    lines = {name: sorted(line.strip(" ,\t") for line in sql.replace('"', "").splitlines()) for name, sql in rows}
    return {name: "\n".join(lines[name]) for name in lines.keys() - {"alembic_version", "sqlite_sequence"}}


def test_the_newest_is_known_by_the_names_of_the_scripts() -> None:
    directory = ScriptDirectory(str(SCRIPTS))
    assert revisions()[-1] == directory.get_current_head() == NEWEST
    assert list(revisions()) == sorted(script.revision for script in directory.walk_revisions())


def test_a_new_database_is_what_the_revisions_make_one_by_one(engine: Engine, tmp_path: Path) -> None:
    upgraded(tmp_path / "upgraded.db")
    for kind in ("table", "index", "trigger"):
        how = "after a new migration: python -m tests.store.newest"
        assert _ddl(tmp_path / "gradewalk.db", kind) == _ddl(tmp_path / "upgraded.db", kind), how
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").all() == [(NEWEST,)]


@pytest.mark.parametrize("there", ["", "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"])
def test_statements_of_another_version_or_a_file_with_tables_are_no_shortcut(tmp_path: Path, there: str) -> None:
    path = tmp_path / "new.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(there)
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine, scripts=SCRIPTS if there else _scripts(tmp_path))
    engine.dispose()
    assert ("nickname" in _ddl(path, "table")["person"]) is (not there)


def test_only_an_upgrade_loads_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.store.engine import open_engine; from bot.store.opening import prepare\n"
        f"for _ in range(2): engine = open_engine('sqlite:///{tmp_path}/x.db'); prepare(engine); engine.dispose()\n"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_models_are_what_the_migrations_make(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "target_metadata": metadata}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_checks_keys_and_partial_indexes_too(engine: Engine, tmp_path: Path) -> None:
    # Alembic compares neither checks nor the WHERE of an index: hold the statements against each other.
    models = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    metadata.create_all(models)
    models.dispose()

    for kind in ("index", "table"):
        assert _ddl(tmp_path / "gradewalk.db", kind) == _ddl(tmp_path / "models.db", kind)


def test_again_is_nothing(engine: Engine, store: Store, tmp_path: Path) -> None:
    begun(store)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert migrate(engine) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_newer_database_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "gradewalk.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(StoreTooNew, match=rf"0099.*{NEWEST}"):
        migrate(engine)


def test_an_older_database_is_copied_then_upgraded(engine: Engine, store: Store, tmp_path: Path) -> None:
    lead, listed, _ = begun(store)
    copy = migrate(engine, backups=tmp_path / "backups", scripts=_scripts(tmp_path))

    assert copy == tmp_path / "backups" / f"gradewalk-before-upgrade-{NEWEST}.db"
    assert "nickname" not in _ddl(copy, "table")["person"]
    assert "nickname" in _ddl(tmp_path / "gradewalk.db", "table")["person"]
    # person was dropped and made again while others pointed at it: nothing of theirs is lost, and keys are on again
    with store.read() as unit:
        assert unit.assessments.of(lead.id) == (listed,)
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write() as unit:
        unit.chats.seen("telegram", "1", "nobody", listed.created_at)


def test_an_upgrade_that_fails_changes_nothing(engine: Engine, store: Store, tmp_path: Path) -> None:
    begun(store)
    before = {kind: _ddl(tmp_path / "gradewalk.db", kind) for kind in ("table", "index", "trigger")}
    for more in ("op.execute('SELECT nonsense')", "op.execute('DELETE FROM person')"):
        scripts = _scripts(tmp_path, more)
        with pytest.raises(StoreError):
            migrate(engine, scripts=scripts)
        shutil.rmtree(scripts)
        assert {kind: _ddl(tmp_path / "gradewalk.db", kind) for kind in before} == before
    assert migrate(engine) is None


def test_an_upgrade_waits_for_no_reader_but_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "taken.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        engine = open_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 20")
        with pytest.raises(StoreBusy):
            migrate(engine)
        other.execute("ROLLBACK")
        migrate(engine)
        with store_on(engine).read() as unit:
            assert unit.people.find("telegram", "1") is None
        engine.dispose()


def test_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_engine("sqlite:///here.db")
    migrate(engine)
    engine.dispose()
    assert (tmp_path / "here.db").is_file()
