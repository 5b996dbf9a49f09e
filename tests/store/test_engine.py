import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.store.backup import copy_database
from bot.store.engine import WRITING, check_integrity, file_of, open_engine
from bot.store.errors import StoreCorrupt
from bot.store.unit import Store
from tests.store.making import begun, open_file, store_on


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("wal_autocheckpoint", 500),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("mmap_size", 0),
    ],
)
def test_every_connection_is_set_up(engine: Engine, pragma: str, value: object) -> None:
    engine.dispose()  # what the migration left behind must not be what is looked at
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://nobody@localhost/x"])
def test_only_files_are_opened(url: str) -> None:
    with pytest.raises(ValueError, match="a database file"):
        open_engine(url)


def test_values_stay_out_of_error_texts(engine: Engine) -> None:
    assert engine.hide_parameters


def test_reopening_shows_all(tmp_path: Path) -> None:
    first = open_file(tmp_path / "kept.db")
    lead, listed, sheet = begun(store_on(first))
    first.dispose()

    second = open_file(tmp_path / "kept.db")
    with store_on(second).read() as unit:
        assert unit.people.find("telegram", "1001") == lead
        assert unit.assessments.of(lead.id) == (listed,)
        assert unit.assessments.sheet(lead.id, sheet.ref) == sheet
    second.dispose()


def test_a_sound_file_is_sound(engine: Engine, store: Store) -> None:
    begun(store)
    check_integrity(engine)
    check_integrity(engine, thorough=True)


def test_damage_is_found(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    engine = open_file(path)
    begun(store_on(engine))
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\xee" * 4096 * 2
    path.write_bytes(content)

    with pytest.raises(StoreCorrupt):
        check_integrity(engine)
    with pytest.raises(StoreCorrupt):
        copy_database(engine, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    engine.dispose()


def test_a_value_that_cannot_be_is_found(engine: Engine, store: Store) -> None:
    begun(store)
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("PRAGMA query_only = OFF")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE sheet SET status = 'lost'")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    with pytest.raises(StoreCorrupt, match="sheet"):
        check_integrity(engine)


def test_a_reference_into_nothing_is_found(engine: Engine) -> None:
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("PRAGMA query_only = OFF")
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO account VALUES ('telegram', '1', 'nobody')")
        cursor.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(StoreCorrupt, match="account"):
        check_integrity(engine)


def test_no_database_at_all(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 300)
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(StoreCorrupt):
        check_integrity(engine)
    engine.dispose()


def test_a_copy_is_whole_private_and_replaces_the_last(engine: Engine, store: Store, tmp_path: Path) -> None:
    lead, listed, _ = begun(store)
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    target.write_text("an older copy")

    assert copy_database(engine, target) == target
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    copy = open_engine(f"sqlite:///{target}")
    check_integrity(copy, thorough=True)
    with store_on(copy).read() as unit:
        assert unit.assessments.of(lead.id) == (listed,)
    copy.dispose()


def test_a_transaction_that_cannot_begin_says_so_as_sqlalchemy_does(engine: Engine) -> None:
    with engine.connect() as other, closing(sqlite3.connect(file_of(engine), isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        driver = other.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA busy_timeout = 0").close()
        with pytest.raises(OperationalError, match="locked"):
            other.execution_options(**WRITING).begin()
