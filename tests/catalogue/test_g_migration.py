"""Row 90: an upgrade that is killed, has no room, is run twice or backwards. Old or new, never between."""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event

from bot.store import engine as engines
from bot.store.engine import check_integrity, open_engine
from bot.store.errors import StoreError, StoreFull, StoreTooNew
from bot.store.migration import SCRIPTS, migrate, versions
from bot.store.opening import prepare
from tests.catalogue.storing import filled, mounted
from tests.store.making import store_on

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
DATA = (
    "INSERT INTO person VALUES ('p', '甲', 'zh', '', '2026-11-20 12:00:00.000000')",
    "INSERT INTO account (channel, external_id, person) VALUES ('telegram', '1001', 'p')",
)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Scripts as they were at the first version."""
    folder = tmp_path / "first"
    shutil.copytree(SCRIPTS, folder, ignore=lambda _, names: [n for n in names if n[:4].isdigit() and n[:4] != "0001"])
    return folder


@pytest.fixture
def old(tmp_path: Path, first: Path) -> Path:
    """A database of the first version, with somebody in it."""
    file = tmp_path / "old" / "gradewalk.db"
    file.parent.mkdir()
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine, scripts=first)
    engine.dispose()
    with closing(sqlite3.connect(file)) as raw, raw:
        for statement in DATA:
            raw.execute(statement)
    return file


def schema(file: Path) -> tuple[object, ...]:
    """All that is declared, and the version; the order of a table's constraints says nothing, and varies."""
    with closing(sqlite3.connect(file)) as raw:
        declared = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        tables = {name for kind, name, _ in declared if kind == "table"}
        version = raw.execute("SELECT * FROM alembic_version").fetchall() if "alembic_version" in tables else []
    lines = [
        (kind, name, *sorted(line.strip(" ,\t") for line in (sql or "").splitlines())) for kind, name, sql in declared
    ]
    return (*lines, *version)


def people(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute("SELECT name, external_id FROM person JOIN account ON person.id = account.person").fetchall()


def killed(file: Path, at: int, prepare_engine: Callable[[Engine], None] = lambda _: None) -> bool:
    """Upgrade in a process that is killed before its `at`-th statement; whether there were so many."""
    pid = os.fork()
    if pid == 0:
        try:
            engine = open_engine(f"sqlite:///{file}")
            prepare_engine(engine)
            left = [at]

            @event.listens_for(engine, "before_cursor_execute")
            def _count(*_: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(engine, "commit", lambda *_: _count())
            migrate(engine)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def between(old: Path, at: int, **more: Callable[[Engine], None]) -> bool | None:
    """Whether a kill there leaves something that is neither old nor new; None where there is no such statement."""
    file = old.parent / "copy.db"
    for leftover in old.parent.glob("copy*"):
        leftover.unlink()
    shutil.copy(old, file)
    if not killed(file, at, **more):
        return None
    engine = open_engine(f"sqlite:///{file}")
    found = schema(file)
    new = old.parent / "new.db"
    if not new.exists():
        shutil.copy(old, new)
        other = open_engine(f"sqlite:///{new}")
        migrate(other)
        other.dispose()
    try:
        if found not in {schema(old), schema(new)}:
            return True
        prepare(engine)  # the next start
        check_integrity(engine, thorough=True)
        assert people(file) == people(old) == [("甲", "1001")]
        return bool(schema(file) != schema(new))
    finally:
        engine.dispose()


@pytest.mark.parametrize("empty", [False, True])
def test_row_90_killed_at_a_statement(old: Path, empty: bool) -> None:
    if empty:
        old.unlink()
        statements = [n for n in (1, 20, 60) if killed(old, n)]
        assert statements
        engine = open_engine(f"sqlite:///{old}")
        prepare(engine)
        engine.dispose()
        return
    outcomes = [between(old, at) for at in (2, 12, 16, 24, 32, 40)]
    assert set(outcomes) <= {False, None}
    assert outcomes.count(False) > 2, "it is killed while at work"


@pytest.mark.long
def test_row_90_killed_at_every_statement(old: Path) -> None:
    outcomes: list[bool | None] = []
    while not outcomes or outcomes[-1] is not None:
        outcomes.append(between(old, len(outcomes) + 1))
    assert set(outcomes) == {False, None}
    assert len(outcomes) > 20


def test_switched_off_the_one_transaction(old: Path) -> None:
    """Each statement by itself, as Python's driver and Alembic would have it: a kill leaves something between."""

    def without(engine: Engine) -> None:
        event.remove(engine, "begin", engines._begin)

    assert any(between(old, at, prepare_engine=without) for at in range(12, 40))


def test_row_90_no_room_for_it(old: Path) -> None:
    before = schema(old)
    engine = open_engine(f"sqlite:///{old}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1").close())
    with pytest.raises(StoreFull, match=" / the disk is full"):
        prepare(engine)
    engine.dispose()
    assert schema(old) == before
    engine = open_engine(f"sqlite:///{old}")
    prepare(engine)
    engine.dispose()
    assert schema(old) != before


def test_row_90_no_room_for_the_copy_before_it(old: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as folder:
        file = Path(shutil.copy(old, folder / "gradewalk.db"))
        before = schema(file)
        hog = filled(folder, leave=100_000)
        engine = open_engine(f"sqlite:///{file}")
        with pytest.raises(StoreError, match=" / "):
            prepare(engine)
        assert schema(file) == before
        assert not list(folder.glob("*.unfinished")), "it takes no room away"
        hog.unlink()
        prepare(engine)
        engine.dispose()
        assert schema(file) != before


def test_row_90_twice_and_backwards(old: Path, first: Path) -> None:
    engine = open_engine(f"sqlite:///{old}")
    prepare(engine)
    new = schema(old)
    prepare(engine)
    assert schema(old) == new
    with pytest.raises(StoreTooNew):
        migrate(engine, scripts=first)  # as the older program would
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        with pytest.raises(NotImplementedError):
            command.downgrade(config, "0001")
    engine.dispose()
    assert schema(old) == new


def test_row_90_two_at_once(old: Path) -> None:
    """The bot holds a lock; whoever upgrades beside it may be refused, for the copy before it. The database is new."""
    children = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                engine = open_engine(f"sqlite:///{old}")
                prepare(engine)
                code = 0
            except StoreError:
                code = 2
            finally:
                os._exit(code)
        children.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert 0 in codes
    assert 1 not in codes, "refused, with a line"
    engine = open_engine(f"sqlite:///{old}")
    found, known, newer = versions(engine)
    assert (found, newer) == (known, False)
    with store_on(engine).read() as unit:
        assert unit.people.find("telegram", "1001") is not None
    engine.dispose()
