"""Rows known from one unit to the next are as they stand, whoever wrote and whatever failed."""

import sqlite3
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, insert
from sqlalchemy.exc import OperationalError

from bot.store import known
from bot.store.engine import file_of
from bot.store.errors import StoreError
from bot.store.known import Kind, Known
from bot.store.tables import SchemeTextRow
from bot.store.unit import Store, Unit
from bot.store.work import Work
from tests.store.making import NOON, by_hand, person, store_on
from tests.true_rows import unwatched


def _name(store: Store) -> str:
    with store.write() as unit:
        found = unit.people.find("telegram", "1001")
        assert found is not None
        return found.name


def _reads(store: Store) -> list[str]:
    """What SQLite is asked from here on, on connections of its own."""
    told: list[str] = []
    store._engine.dispose()
    event.listen(store._engine, "connect", lambda raw, _: raw.set_trace_callback(told.append))
    return told


@pytest.fixture
def somebody(store: Store) -> str:
    with store.write() as unit:
        return person(unit).id


def test_what_is_known_is_not_asked_again(store: Store, somebody: str) -> None:
    told = _reads(store)
    with store.write() as unit:
        unit.people.find("telegram", "1001")
    told.clear()
    with store.write() as unit:
        assert unit.people.get(somebody).id == somebody
        assert unit.people.find("telegram", "1001") == unit.people.get(somebody)
        del told[: next(at for at, one in enumerate(told) if "data_version" in one) + 1]
        before = list(told)
    assert before == []


def test_what_another_process_wrote_is_seen(store: Store, engine: Engine, somebody: str) -> None:
    assert _name(store) != "乙"
    with by_hand(engine) as raw:
        raw.execute("UPDATE person SET name = '乙' WHERE id = ?", (somebody,))
    assert _name(store) == "乙"


def test_what_another_store_on_this_engine_wrote_is_seen(store: Store, engine: Engine, somebody: str) -> None:
    other = store_on(engine, "other")
    names = []
    for name, one in (("甲", store), ("乙", other), ("丙", store)):
        with one.write() as unit:
            unit.people.update(somebody, name=name)
        names.append((_name(store), _name(other)))
    assert names == [("甲", "甲"), ("乙", "乙"), ("丙", "丙")]


def test_what_was_rolled_back_is_not_known(store: Store, somebody: str) -> None:
    before = _name(store)
    with pytest.raises(RuntimeError), store.write() as unit:  # noqa: PT012  the unit is what fails
        unit.people.update(somebody, name="乙")
        raise RuntimeError
    assert _name(store) == before


def test_what_was_rolled_back_within_a_group_is_not_known(store: Store, somebody: str) -> None:
    before = _name(store)
    with store.together():
        assert _name(store) == before
        with suppress(RuntimeError), store.write() as unit:
            unit.people.update(somebody, name="乙")
            raise RuntimeError
        assert _name(store) == before
    assert _name(store) == before


def test_nothing_is_known_of_a_group_that_was_lost(store: Store, somebody: str) -> None:
    before = _name(store)
    with pytest.raises(StoreError), store.together():  # noqa: PT012  the group is what fails
        with store.write() as unit:
            unit.people.update(somebody, name="乙")
        store._group._whole.raw.execute("ROLLBACK")  # type: ignore[union-attr]
    assert _name(store) == before


def test_a_commit_that_failed_leaves_nothing_known_and_nobody_locked_out(
    store: Store, somebody: str, engine: Engine
) -> None:
    before = _name(store)
    with pytest.raises(StoreError), store.write() as unit:  # noqa: PT012  the unit is what fails
        unit.people.update(somebody, name="乙")
        raw = store._pen._connection.connection.dbapi_connection  # type: ignore[union-attr]
        raw.set_authorizer(  # type: ignore[union-attr]
            lambda action, what, *_: (
                sqlite3.SQLITE_DENY if (action, what) == (sqlite3.SQLITE_TRANSACTION, "COMMIT") else sqlite3.SQLITE_OK
            )
        )
    raw.set_authorizer(None)  # type: ignore[union-attr]
    with by_hand(engine) as other:  # not locked
        other.execute("UPDATE person SET language = 'en'")
    assert _name(store) == before


def test_the_connection_is_let_go_with_the_others(store: Store, engine: Engine, somebody: str) -> None:
    """In use or not, the file is closed in the end: its log goes with the last connection."""
    file = file_of(engine)
    log = file.with_name(f"{file.name}-wal")
    _name(store)
    assert log.exists()
    engine.dispose()
    assert not log.exists()
    with store.write() as unit:
        unit.people.update(somebody, name="乙")
        engine.dispose()
    assert not log.exists()
    assert _name(store) == "乙"


def test_it_may_be_let_go_from_any_thread(store: Store, engine: Engine, somebody: str) -> None:
    stop = threading.Event()

    def dispose() -> None:
        while not stop.is_set():
            engine.dispose()

    thread = threading.Thread(target=dispose)
    thread.start()
    try:
        for number in range(10):
            with store.write() as unit:
                unit.people.update(somebody, name=str(number))
            assert _name(store) == str(number)
    finally:
        stop.set()
        thread.join()


def test_nothing_is_known_of_a_transaction_that_sqlite_ended(
    store: Store, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the error was passed over, and was met by a statement for objects, of which the unit hears nothing."""
    monkeypatch.setattr(Work, "keep", unwatched)
    before = _name(store)

    def carry_on(unit: Unit) -> None:
        unit.people.update(somebody, name="乙")
        raw = store._pen._connection.connection.driver_connection  # type: ignore[union-attr]
        ((pages,),) = raw.execute("PRAGMA page_count").fetchall()  # type: ignore[union-attr]
        raw.execute(f"PRAGMA max_page_count = {pages}").close()  # type: ignore[union-attr]
        text = insert(SchemeTextRow).values(digest="d", scheme_id="s", text="long" * 100_000)
        with pytest.raises(OperationalError, match="full"):
            unit.people._work.session.execute(text)
        raw.execute("PRAGMA max_page_count = 100000").close()  # type: ignore[union-attr]

    with pytest.raises(StoreError), store.write() as unit:
        carry_on(unit)
    assert _name(store) == before


def test_it_is_let_go_where_a_reader_met_an_error_of_the_file(store: Store, engine: Engine, somebody: str) -> None:
    """What it has in memory of a file that failed is not to be trusted."""
    _name(store)
    before = store._pen._connection
    with by_hand(engine) as raw:
        pages = raw.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'lease'").fetchall()
        ((size,),) = raw.execute("PRAGMA page_size").fetchall()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file_of(engine).open("r+b") as file:
        for (page,) in pages:
            file.seek((page - 1) * size)
            file.write(b"\xee" * size)
    with pytest.raises(StoreError), store.read() as unit:
        unit.lease.held("bot")
    assert before is not None
    assert store._pen._connection is not before
    assert _name(store), "what is whole is served"


def test_a_new_file_in_its_place_is_another_database(store: Store, engine: Engine, somebody: str) -> None:
    with store.write() as unit:
        unit.people.update(somebody, name="乙")
    file = engine.url.database
    assert file is not None
    store.close()
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE person SET name = '甲'")
    assert _name(store) == "甲"


_ROWS = Kind("t", None, ("which",), str, frozenset({"beside"}))  # type: ignore[arg-type]


def test_a_change_is_of_one_row_or_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST", 3)
    one = Known()

    def left(table: str, only: tuple[str, ...] | None = None) -> str:
        one.forget()
        for key in "abcd":
            one.know(_ROWS, (key,), key)
        one.changed(table, only)
        return "".join(key for key in "abcd" if one.of(_ROWS, (key,)))

    assert left("other") == "bcd"
    assert left("t", ("c",)) == "bd"
    assert left("t", ("a",)) == "bcd"
    assert left("t") == ""
    assert left("beside", ("c",)) == ""
    one.forget()
    assert not one._touched, "else it would grow with every time that all is forgotten"


def test_what_is_known_of_a_chat_goes_with_what_waits_for_it(store: Store, somebody: str) -> None:
    with store.write() as unit:
        unit.chats.seen("telegram", "1", somebody, NOON)
    with store.write() as unit:
        assert unit.chats.alone("telegram", "1") is not None
    with store.write() as unit:
        unit.notices.add("telegram", "1", "{}", NOON)
    with store.write() as unit:
        assert unit.chats.alone("telegram", "1") is None, "a notice goes first"
        unit.notices.sent(1, "5", NOON)
    with store.write() as unit:
        assert unit.chats.alone("telegram", "1") is not None
        unit.chats.stray("telegram", "1", "4")
    with store.write() as unit:
        assert unit.chats.alone("telegram", "1") is None, "buttons are to be taken away"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says which files are open")
def test_savepoints_write_no_file(store: Store, engine: Engine, somebody: str) -> None:
    """What they would go back to is what people wrote: it belongs into no file but the database's own."""
    long = "長" * 200_000
    with store.write() as unit:
        unit.chats.seen("telegram", "1", somebody, NOON)
        unit.chats.want("telegram", "1", long, fresh=False)
    with store.together(), store.write() as unit:
        unit.chats.want("telegram", "1", long[1:], fresh=False)
        assert unit.chats.behind("telegram"), "it is written down by now"
        opened = set()
        for one in Path("/proc/self/fd").iterdir():
            with suppress(OSError):  # the folder's own
                opened.add(str(one.readlink()))
    assert not [name for name in opened if "etilqs" in name]
