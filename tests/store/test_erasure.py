import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot.domain import entries as e
from bot.domain.record import verify_chain
from bot.domain.state import AssessmentState, fold
from bot.store.engine import WRITING
from bot.store.errors import StoreError
from bot.store.unit import Store
from bot.store.values import Listed
from tests.store.making import begun, headers, meta, put

_SECRET = "the auditor's frank opinion"


def _three(store: Store) -> Listed:
    _, listed, _ = begun(store)
    put(store, listed, e.Created("bjkb-006", "audit", _SECRET), e.HeaderSet("scope", "x"), e.HeaderSet("sites", "y"))
    return listed


def _erase(store: Store, listed: Listed, reason: str = "asked for") -> int:
    with store.write() as unit:
        (entry,) = unit.entries.append(listed.id, [e.Draft(e.Erased(reason))], meta())
        return unit.entries.erase_bodies(listed.id, entry.seq)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET person = 'somebody else' WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 3",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 3",
        "UPDATE entry_body SET body = '{}' WHERE seq = 1",
        "UPDATE entry_body SET seq = 4 WHERE seq = 3",
        "DELETE FROM entry_body WHERE seq = 1",
        "INSERT OR REPLACE INTO entry_body SELECT * FROM entry_body WHERE seq = 1",
        "DELETE FROM assessment",
    ],
)
def test_the_record_is_guarded_against_accidents(engine: Engine, store: Store, statement: str) -> None:
    listed = _three(store)
    with store.read() as unit:
        before = unit.entries.recorded(listed.id)
    connection = engine.connect().execution_options(**WRITING)
    with connection, connection.begin(), pytest.raises(IntegrityError, match=r"append-only|bod|FOREIGN"):
        connection.exec_driver_sql(statement)
    with store.read() as unit:
        assert unit.entries.recorded(listed.id) == before


def test_the_chain_verifies_without_bodies(store: Store) -> None:
    listed = _three(store)
    before = headers(store, listed)
    assert _erase(store, listed) == 3

    with store.read() as unit:
        recorded = unit.entries.recorded(listed.id)
        left = unit.entries.after(listed.id, 0)
    assert tuple(one.header for one in recorded)[:3] == before
    verify_chain([one.header for one in recorded], listed.id)
    assert [(one.salt, one.body) for one in recorded[:3]] == [(None, None)] * 3
    assert [entry.body for entry in left] == [e.Erased("asked for")]
    assert fold(AssessmentState(), left).erased


def test_a_body_goes_only_with_an_entry_that_says_so(store: Store) -> None:
    listed = _three(store)
    with pytest.raises(StoreError, match="a later entry that says so"), store.write() as unit:
        unit.entries.erase_bodies(listed.id, 3)
    _erase(store, listed)
    put(store, listed, e.Exported("json", "zh", 4))
    # what came after the erasure is not covered by it
    with pytest.raises(StoreError, match="a later entry that says so"), store.write() as unit:
        unit.entries.erase_bodies(listed.id, 6)
    with store.read() as unit:
        assert [entry.seq for entry in unit.entries.after(listed.id, 0)] == [4, 5]


def test_an_erasure_of_another_assessment_does_not_count(store: Store) -> None:
    listed = _three(store)
    with store.write() as unit:
        lead = unit.people.register("telegram", "2", "乙", "zh", "Asia/Shanghai", listed.created_at)
        other = unit.assessments.create("bjkb-006", listed.scheme_digest, "", "self", lead.id, listed.created_at)
    for _ in range(5):
        _erase(store, other)
    with pytest.raises(StoreError, match="a later entry that says so"), store.write() as unit:
        unit.entries.erase_bodies(listed.id, 2)


def test_an_erasure_that_was_erased_is_still_told(store: Store) -> None:
    listed = _three(store)
    _erase(store, listed, "first")
    _erase(store, listed, "second")
    with store.read() as unit:
        assert [entry.body for entry in unit.entries.after(listed.id, 0)] == [e.Erased(""), e.Erased("second")]


def test_what_was_erased_is_gone_from_the_file(engine: Engine, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "gradewalk.db"

    def content() -> bytes:
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    listed = _three(store)
    assert _SECRET.encode() in content()
    _erase(store, listed)
    assert _SECRET.encode() not in content()
