"""What is read is held against its hashes: every change of the record is found when it is loaded."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.domain import entries as e
from bot.store.errors import StoreCorrupt
from bot.store.unit import Store
from bot.store.values import Listed
from tests.store.making import answer, begun, meta


@pytest.fixture
def listed(store: Store) -> Listed:
    """Three answers."""
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        unit.entries.append(listed.id, [answer(sheet, revision) for revision in (1, 2, 3)], meta(lead))
    return listed


def changed(engine: Engine, tmp_path: Path, *statements: str) -> None:
    """Past all that guards the record."""
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "gradewalk.db")) as raw, raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE entry SET revision = 7 WHERE seq = 2", "entry 2.*changed"),
        ("UPDATE entry SET sheet = 'x' WHERE seq = 1", "entry 1.*changed"),
        ("UPDATE entry SET hash = 'x' WHERE seq = 2", "entry 2.*changed"),
        ("UPDATE entry SET prev = 'x' WHERE seq = 1", "entry 1.*not the next one"),
        ("UPDATE entry SET seq = 9 WHERE seq = 3", "entry 3.*not the next one"),
        ("DELETE FROM entry WHERE seq = 2", "entry 2.*not the next one"),
        ("DELETE FROM entry WHERE seq = 3", "does not end with entry 3"),
        ("DELETE FROM entry", "does not end with entry 3"),
        ("UPDATE assessment SET head = 'x'", "does not end with entry 3"),
        ("UPDATE assessment SET seq = 2", "does not end with entry 2"),
        ("UPDATE entry_body SET body = replace(body, '1/3', '2/3') WHERE seq = 3", "entry 3.*body was changed"),
        ("UPDATE entry_body SET salt = zeroblob(16) WHERE seq = 1", "entry 1.*body was changed"),
        ("UPDATE entry_body SET body = '{' WHERE seq = 1", "entry 1.*cannot be read"),
        ("UPDATE entry_body SET body = '1.5' WHERE seq = 1", "entry 1.*cannot be read"),
        ("DELETE FROM entry_body WHERE seq = 1", "entry 1.*without a body"),
    ],
)
def test_each_change_is_found(
    engine: Engine, store: Store, tmp_path: Path, listed: Listed, statement: str, found: str
) -> None:
    with store.read() as unit:
        assert len(unit.entries.after(listed.id, 0)) == 3
        assert len(unit.entries.after(listed.id, 1)) == 2
    changed(engine, tmp_path, statement)
    with store.read() as unit, pytest.raises(StoreCorrupt, match=found):
        unit.entries.after(listed.id, 0)


def test_bodies_may_be_missing_before_an_erasure_alone(
    engine: Engine, store: Store, tmp_path: Path, listed: Listed
) -> None:
    with store.write() as unit:
        unit.entries.append(listed.id, [e.Draft(e.Erased("asked for"))], meta())
        unit.entries.erase_bodies(listed.id, 4)
        unit.entries.append(listed.id, [e.Draft(e.HeaderSet("scope", "x"))], meta())
    with store.read() as unit:
        assert [entry.seq for entry in unit.entries.after(listed.id, 0)] == [4, 5]
    changed(engine, tmp_path, "DELETE FROM entry_body WHERE seq = 5")
    with store.read() as unit, pytest.raises(StoreCorrupt, match="without a body"):
        unit.entries.after(listed.id, 0)


def test_a_text_that_is_none(engine: Engine, store: Store, tmp_path: Path, listed: Listed) -> None:
    changed(engine, tmp_path, "UPDATE entry_body SET body = CAST(x'ff80' AS TEXT) WHERE seq = 1")
    with pytest.raises(StoreCorrupt, match="is no text"), store.read() as unit:
        unit.entries.after(listed.id, 0)
