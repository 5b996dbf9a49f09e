import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store import whole
from bot.store.errors import StoreBusy, StoreCorrupt, translated
from bot.store.opening import prepare
from bot.store.whole import Look, file_of, forget, is_left_whole, leave_whole, mark_of
from tests.store.making import NOON, begun, open_file, store_on


@pytest.fixture(autouse=True)
def worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "WORTH", 0)


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A database that was closed and marked."""
    file = tmp_path / "data" / "x.db"
    file.parent.mkdir()
    engine = open_file(file)
    begun(store_on(engine))
    engine.dispose()
    leave_whole(file)
    return file


def _taken(look: Look) -> StoreCorrupt | None:
    """In a thread of its own: it lets every other go first, for good."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(look.take).result()


def damage(file: Path) -> None:
    """An index no longer says what its table does; the file is as large and as old as before."""
    times = file.stat()
    with closing(sqlite3.connect(file)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_account_person'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content = bytearray(file.read_bytes())
    content[root * size - 20 : root * size] = bytes(20)
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def written(file: Path) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE person SET name = 'B'")


def logged(file: Path) -> None:
    file.with_name(f"{file.name}-wal").write_bytes(b"what a killed bot left")


def replaced(file: Path) -> None:
    Path(shutil.copy2(file, file.with_name("copy"))).replace(file)


def test_what_was_left_is_known_again(left: Path) -> None:
    assert is_left_whole(left)
    forget(left)
    assert not is_left_whole(left)
    forget(left)


@pytest.mark.parametrize("change", [damage, written, logged, replaced, Path.unlink])
def test_any_other_file_is_not(left: Path, change: Callable[[Path], None]) -> None:
    change(left)
    assert not is_left_whole(left)


def test_a_small_file_is_checked_at_every_start(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "WORTH", left.stat().st_size + 1)
    assert not is_left_whole(left)


def test_a_mark_that_says_nothing(left: Path) -> None:
    mark_of(left).write_bytes(b"\xff\xff")
    assert not is_left_whole(left)


def test_no_mark_while_somebody_has_it_open_or_where_there_is_nothing(left: Path, tmp_path: Path) -> None:
    forget(left)
    engine = open_file(left)
    with store_on(engine, "z").write() as unit:
        unit.people.register("telegram", "2", "B", "en", "", NOON)
    leave_whole(left)
    assert not mark_of(left).exists()
    engine.dispose()
    leave_whole(tmp_path / "nowhere.db")
    assert not mark_of(tmp_path / "nowhere.db").exists()


def test_a_start_skips_the_check_and_the_look_says_the_same_later(left: Path) -> None:
    damage(left)
    engine = open_file(left)
    with pytest.raises(StoreCorrupt) as refused:
        prepare(engine)
    prepare(engine, whole=True)
    look = Look(left)
    found = _taken(look)
    engine.dispose()
    assert found is look.damage
    assert str(found) == str(refused.value)
    assert "gradewalk restore" in str(found)


def test_a_look_at_a_sound_database_in_use(left: Path) -> None:
    engine = open_file(left)
    with store_on(engine).read():
        assert _taken(Look(left)) is None
    engine.dispose()
    look = Look(left)
    look.give_up()
    assert _taken(look) is None


def test_what_is_no_damage_ends_nothing(
    left: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreBusy("somebody writes")

    monkeypatch.setattr(whole, "check_integrity", busy)
    assert _taken(Look(left)) is None
    assert "could not be looked through: somebody writes" in caplog.text


def test_a_look_is_given_up_at_once(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way = threading.Event()

    def endless(engine: Engine, **_: object) -> None:
        with translated(), engine.connect() as connection:
            under_way.set()
            connection.exec_driver_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT max(i) FROM n"
            )

    monkeypatch.setattr(whole, "check_integrity", endless)
    look = Look(left)
    thread = threading.Thread(target=look.take, daemon=True)
    thread.start()
    assert under_way.wait(10)
    look.give_up()
    thread.join(10)
    assert not thread.is_alive()
    assert look.damage is None


def test_the_file_of_a_setting() -> None:
    assert file_of("sqlite:///data/x.db") == Path("data/x.db")
