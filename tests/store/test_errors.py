import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.store.engine import open_engine
from bot.store.errors import StoreBusy, StoreConflict, StoreError, StoreFull, StoreReadOnly
from bot.store.unit import Store, Unit
from tests.store.making import NOON, begun, person, store_on


def _fail_after(_done: object) -> None:
    raise ZeroDivisionError


def _every_connection(engine: Engine, pragma: str) -> None:
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}").close())


def test_a_writer_in_the_way(engine: Engine, store: Store, tmp_path: Path) -> None:
    _every_connection(engine, "busy_timeout = 20")
    with closing(sqlite3.connect(tmp_path / "gradewalk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), store.write():
            pytest.fail("began while another writer was at work")
        other.execute("ROLLBACK")
    begun(store)


def test_a_writer_of_our_own_in_the_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.unit.BUSY_SECONDS", 0.02)
    with store.write(), pytest.raises(StoreBusy), store.write():
        pytest.fail("nested")
    begun(store)


def test_a_full_disk(engine: Engine, store: Store) -> None:
    _every_connection(engine, "max_page_count = 1")  # never below what there is: the file just cannot grow
    with pytest.raises(StoreFull), store.write() as unit:
        unit.schemes.keep("d", "x", "long " * 100_000)
    with store.read() as unit, pytest.raises(LookupError):
        unit.schemes.text("d")


def test_reading_units_do_not_write(engine: Engine, store: Store) -> None:
    with pytest.raises(StoreReadOnly), store.read() as unit:
        person(unit)
    begun(store)  # the same connection, from the pool, writes again


def test_a_reader_keeps_its_moment(engine: Engine, store: Store) -> None:
    with store.read() as unit:
        assert unit.people.find("telegram", "1001") is None
        begun(store)
        assert unit.people.find("telegram", "1001") is None
    with store.read() as unit:
        assert unit.people.find("telegram", "1001") is not None


def test_an_account_is_taken_once(store: Store) -> None:
    with store.write() as unit:
        person(unit, "1")
    with pytest.raises(StoreConflict), store.write() as unit:
        person(unit, "1")


def test_a_conflict_does_not_quote_what_was_stored(store: Store) -> None:
    begun(store)
    with pytest.raises(StoreConflict) as caught, store.write() as unit:
        unit.people.register("telegram", "1001", "甲的秘密", "zh", "Asia/Shanghai", NOON)
    told = [str(caught.value), str(caught.value.__cause__)]
    assert not [text for text in told if "秘密" in text or "1001" in text]


def test_a_fault_caught_inside_stores_nothing_either(store: Store) -> None:
    begun(store)

    def carry_on(unit: Unit) -> None:
        person(unit, "2")
        with pytest.raises(Exception, match="UNIQUE"):
            person(unit, "1001")

    with pytest.raises(StoreError, match="rolled back"), store.write() as unit:
        carry_on(unit)
    with store.read() as unit:
        assert unit.people.find("telegram", "2") is None


def test_rollback_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        _fail_after(person(unit))
    with store.read() as unit:
        assert unit.people.find("telegram", "1001") is None


def test_a_commit_that_fails_leaves_the_way_free(engine: Engine, store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write() as unit:
        unit.assessments.create("x", "unkept", "", "self", person(unit).id, NOON)  # found at COMMIT only
    with closing(sqlite3.connect(tmp_path / "gradewalk.db", isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with store.read() as unit:
        assert unit.people.find("telegram", "1001") is None
    begun(store)


@pytest.mark.parametrize(("name", "at"), [("a\0b", NOON), ("甲", datetime(2026, 1, 1))])  # noqa: DTZ001
def test_what_postgresql_could_not_keep_is_refused(store: Store, name: str, at: datetime) -> None:
    with pytest.raises(ValueError), store.write() as unit:
        unit.people.register("telegram", "1", name, "zh", "Asia/Shanghai", at)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    with pytest.raises(StoreError, match="unable to open"), store_on(engine).read() as unit:
        unit.people.find("telegram", "1")
    engine.dispose()
