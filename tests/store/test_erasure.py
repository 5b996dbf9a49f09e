import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot.domain import entries as e
from bot.domain.evidence_entries import FindingChanged
from bot.domain.record import verify_chain
from bot.domain.state import AssessmentState, fold
from bot.store.contents import check_record
from bot.store.engine import WRITING
from bot.store.errors import StoreCorrupt, StoreError
from bot.store.unit import Store
from bot.store.values import Listed
from tests.store.making import QUESTION, begun, headers, meta, put

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


# the text of a note


def _noted(store: Store) -> tuple[Listed, int]:
    """Entries 2 a note, 3 another one, 4 and 5 revisions of the first, 6 one of the second."""
    _, listed, sheet = begun(store)
    told = (
        e.Noted(_SECRET), e.Noted("kept"), e.NoteRevised(2, f"{_SECRET} too"), e.NoteRevised(2, ""),
        e.NoteRevised(3, "kept on"),
    )  # fmt: skip
    drafts = [e.Draft(e.Created("bjkb-006", "audit", "x")), *(e.Draft(body, sheet.id, QUESTION) for body in told)]
    with store.write() as unit:
        unit.entries.append(listed.id, drafts, meta(message="55"))
    return listed, 2


def _erase_text(store: Store, listed: Listed, of: int, named: int) -> int:
    with store.write() as unit:
        sheet = unit.assessments.sheets(listed.id)[0]
        unit.entries.append(listed.id, [e.Draft(e.TextErased(named, "asked for"), sheet.id, QUESTION)], meta())
        return len(unit.entries.erase_note(listed.id, of))


def test_a_note_goes_with_its_revisions_and_nothing_else(engine: Engine, store: Store) -> None:
    listed, note = _noted(store)
    before = headers(store, listed)
    with store.write() as unit:
        sheet = unit.assessments.sheets(listed.id)[0]
        unit.entries.append(listed.id, [e.Draft(e.TextErased(note, "asked for"), sheet.id, QUESTION)], meta())
        sources = unit.entries.erase_note(listed.id, note)
    assert [one.message for one in sources] == ["55"] * 3
    with store.read() as unit:
        recorded = unit.entries.recorded(listed.id)
        left = unit.entries.after(listed.id, 0)
        later = unit.entries.after(listed.id, 5)
    assert tuple(one.header for one in recorded)[:6] == before
    verify_chain([one.header for one in recorded], listed.id)
    assert [one.header.seq for one in recorded if one.body is None] == [2, 4, 5]
    assert [entry.seq for entry in left] == [1, 3, 6, 7]
    assert [entry.seq for entry in later] == [6, 7]
    check_record(engine)


@pytest.mark.parametrize(("of", "named"), [(2, 3), (3, 2)], ids=["another note is named", "not the one named"])
def test_only_the_note_that_is_named_goes(store: Store, of: int, named: int) -> None:
    listed, _ = _noted(store)
    with pytest.raises(StoreError, match="a later entry that says so"):
        _erase_text(store, listed, of, named)


def test_nothing_but_notes_goes_with_a_text(store: Store) -> None:
    """The head is no note, whatever an entry names; nor is what only repeats a number."""
    listed, _ = _noted(store)
    put(store, listed, FindingChanged(2, "due", "2026-12-31"), e.TextErased(1, "x"), e.TextErased(2, "x"))
    for seq in (1, 7):
        with pytest.raises(StoreError, match="a later entry that says so"), store.write() as unit:
            unit.entries._work.connection.exec_driver_sql("DELETE FROM entry_body WHERE seq = ?", (seq,))


def test_a_missing_note_that_nobody_erased_is_found(engine: Engine, store: Store) -> None:
    """The trigger keeps accidents out; who drops it is found by reading."""
    listed, _ = _noted(store)
    _erase_text(store, listed, 2, 2)
    for seq, first in ((3, 3), (7, 2)):  # without entry 7 nobody says that the note of entry 2 was erased
        with pytest.raises(StoreCorrupt, match=f"entry {first}"):
            _read_without(store, listed, seq)


def _read_without(store: Store, listed: Listed, seq: int) -> None:
    """The body of this entry is gone, and nobody says so. Raises what reading raises, so that it is rolled back."""
    with store.write() as unit:
        connection = unit.entries._work.connection
        connection.exec_driver_sql("DROP TRIGGER entry_body_no_delete")
        connection.exec_driver_sql("DELETE FROM entry_body WHERE seq = ?", (seq,))
        unit.entries.after(listed.id, 0)
