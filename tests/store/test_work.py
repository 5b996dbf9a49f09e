"""What the parts of a unit share: nothing known goes stale, and rows of a tap are never objects."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.domain.entries import Draft
from bot.domain.panel_entries import MemberJoined, MemberRemoved
from bot.store.errors import StoreError, StoreReadOnly
from bot.store.tables import ChatRow
from bot.store.unit import Store, Unit
from bot.store.values import ChatState
from bot.store.work import Work
from tests.store.making import NOON, answer, begun, meta, person
from tests.true_rows import unwatched

_LATER = NOON + timedelta(hours=1)


def _chat(store: Store, chat: str) -> ChatState | None:
    with store.read() as unit:
        return unit.chats.state("telegram", chat)


def test_a_chat_is_known_as_it_stands(store: Store) -> None:
    """Whoever changes it: each part, then the same question in the same unit and in the next."""
    with store.write() as unit:
        one = person(unit)
        unit.chats.seen("telegram", "1", one.id, NOON, "zh")
        unit.chats.want("telegram", "1", "{}", fresh=True)
        unit.chats.shown("telegram", "1", 1, "10", "d")
        unit.chats.want("telegram", "1", '{"a":1}', fresh=False)
        unit.chats.unreachable("telegram", "1", NOON)
        unit.chats.seen("telegram", "1", one.id, _LATER)
        inside = unit.chats.state("telegram", "1")
    assert inside == _chat(store, "1")
    assert inside is not None
    assert (inside.wanted_version, inside.shown_version, inside.hint, inside.last_seen_at) == (2, 1, "zh", _LATER)
    with store.write() as unit:
        assert unit.chats.card("telegram", "1") == "10"
        unit.erasing.blank("telegram", "1")
        inside = unit.chats.state("telegram", "1")
    assert inside == _chat(store, "1")
    assert inside is not None
    assert (inside.wanted_screen, inside.shown_version) == (None, 2)
    with store.write() as unit:
        unit.chats.state("telegram", "1")
        unit.chats.move("telegram", "1", "2")
        assert unit.chats.state("telegram", "1") is None
        inside = unit.chats.state("telegram", "2")
    assert inside == _chat(store, "2")
    with store.write() as unit:
        unit.chats.state("telegram", "2")
        unit.erasing.person(one.id, NOON)
        unit.chats.shown("telegram", "2", 9, "11", "d")
        unit.erasing.let_go("telegram", "2")
        assert unit.chats.state("telegram", "2") is None


def test_an_assessment_and_its_members_are_known_as_they_stand(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        bo = person(unit, "2")
        unit.assessments.find(lead.id, listed.ref)
        assert unit.assessments.find_id(bo.id, listed.id) is None
        unit.entries.append(listed.id, [answer(sheet, 0)], meta(lead))
        unit.assessments.project(listed.id, name="甲", answered=1, asked=2, touched_at=_LATER)
        unit.entries.append(listed.id, [answer(sheet, 1)], meta(lead))
        inside = unit.assessments.find_id(lead.id, listed.id)
    with store.read() as unit:
        assert inside == unit.assessments.find_id(lead.id, listed.id) == unit.assessments.find(lead.id, listed.ref)
    assert inside is not None
    assert (inside.seq, inside.name, inside.answered, inside.touched_at) == (2, "甲", 1, _LATER)
    with store.write() as unit:
        for body, reached in ((MemberJoined(bo.id, "viewer", ""), True), (MemberRemoved(bo.id, ""), False)):
            unit.entries.append(listed.id, [_draft(body)], meta(lead))
            assert (unit.assessments.find_id(bo.id, listed.id) is not None) is reached
        unit.assessments.project(listed.id, name="", answered=0, asked=0, touched_at=NOON, state="deleted")
        assert unit.assessments.find_id(lead.id, listed.id) is None


def _draft(body: MemberJoined | MemberRemoved) -> Draft:
    return Draft(body)


def test_a_person_is_known_as_they_stand(store: Store) -> None:
    with store.write() as unit:
        one = person(unit)
        unit.people.update(one.id, name="新")
        unit.people.wish(one.id, reminders=True, quiet=("22:00", ""))
        inside = unit.people.get(one.id)
        assert inside == unit.people.find("telegram", "1001")
        unit.erasing.person(one.id, NOON)
        assert unit.people.get(one.id).name == ""
    assert (inside.name, inside.reminders, inside.quiet_from) == ("新", True, "22:00")


def test_rows_of_a_tap_are_no_objects(store: Store) -> None:
    with store.write() as unit:
        unit.chats.seen("telegram", "1", person(unit).id, NOON)
        with pytest.raises(TypeError, match="ChatRow"):
            unit.chats._work.session.exec(select(ChatRow)).all()


@pytest.mark.parametrize("grouped", [False, True])
def test_an_object_that_cannot_be_stored_takes_all_with_it(store: Store, grouped: bool) -> None:
    def passed_over(unit: Unit) -> Unit:
        person(unit, "2")
        with pytest.raises(Exception, match="FOREIGN KEY"):
            unit.fetches.add("telegram", "1", "no assessment", 1, "f")
        return unit

    def one_after_another() -> None:
        with store.write() as unit:
            person(unit, "1")
        with pytest.raises(StoreError, match="rolled back"), store.write() as unit:
            person(passed_over(unit), "3")
        with pytest.raises(StoreError, match="rolled back"), store.write() as unit:
            passed_over(unit)

    with store.together() if grouped else nullcontext():
        one_after_another()
    with store.read() as unit:
        assert [name for name in ("1", "2", "3") if unit.people.find("telegram", name)] == ["1"]


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: unit.people.register("telegram", "2", "B", "zh", "", NOON),
        lambda unit: unit.lease.seize("bot", "me", NOON),
        lambda unit: unit.blobs.forget("0" * 64),
    ],
    ids=["a statement", "an object", "a statement of objects"],
)
def test_who_only_reads_changes_nothing(store: Store, change: Callable[[Unit], object]) -> None:
    """SQLite itself would let them: it is not told of every unit, since it would forget its statements each time."""
    with store.write() as unit:
        person(unit)
    with pytest.raises(StoreReadOnly), store.read() as unit:
        change(unit)
    with store.read() as unit:
        assert unit.people.find("telegram", "1001") is not None
    with store.write() as unit:
        change(unit)


def test_statements_stay_ready_from_unit_to_unit(store: Store) -> None:
    """The pragma that makes SQLite forget them is told a connection once."""
    told = _told(store)
    for _ in range(2):
        told.clear()
        for way in (store.write, store.read, store.write):
            with way() as unit:
                unit.people.find("telegram", "1001")
    assert any("BEGIN IMMEDIATE" in one for one in told)
    assert not [one for one in told if "query_only" in one]


def _told(store: Store) -> list[str]:
    told: list[str] = []
    store._engine.dispose()
    event.listen(store._engine, "connect", lambda raw, _: raw.set_trace_callback(told.append))
    return told


def test_what_changes_in_one_row_is_written_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Work, "keep", unwatched)
    with store.write() as unit:
        one = person(unit)
        unit.chats.seen("telegram", "1", one.id, NOON)
    told = _told(store)
    with store.write() as unit:
        unit.chats.seen("telegram", "1", one.id, _LATER, "en")
        unit.chats.want("telegram", "1", "{}", fresh=False)
    assert len([sql for sql in told if sql.startswith("UPDATE chat")]) == 1
    found = _chat(store, "1")
    assert found is not None
    assert (found.last_seen_at, found.hint, found.wanted_version) == (_LATER, "en", 1)


def test_what_is_put_off_is_there_when_its_table_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a statement that was made ready, by one that was not, and by way of objects; also of several rows."""
    monkeypatch.setattr(Work, "keep", unwatched)
    with store.write() as unit:
        one = person(unit)
        for chat in "12":
            unit.chats.seen("telegram", chat, one.id, NOON)
    for version in (1, 2, 3):
        with store.write() as unit:
            for chat in "12":
                unit.chats.want("telegram", chat, "{}", fresh=False)
            assert [row.wanted_version for row in unit.chats.behind("telegram")] == [version] * 2
            for chat in "12":
                unit.chats.seen("telegram", chat, one.id, _LATER)
            query = select(col(ChatRow.last_seen_at)).order_by(col(ChatRow.chat_id))
            asked = unit.chats._work.session.connection().execute(query)
            assert asked.scalars().all() == [_LATER] * 2


def test_what_is_put_off_goes_with_its_unit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Work, "keep", unwatched)
    with store.write() as unit:
        one = person(unit)
        unit.chats.seen("telegram", "1", one.id, NOON)
    with store.together():
        with pytest.raises(RuntimeError), store.write() as unit:  # noqa: PT012  the unit is what fails
            unit.chats.want("telegram", "1", "{}", fresh=False)
            raise RuntimeError
        with store.write() as unit:
            assert unit.chats.want("telegram", "1", "{}", fresh=False) == 1
    with pytest.raises(StoreReadOnly), store.read() as unit:
        unit.chats.want("telegram", "1", "{}", fresh=False)
    found = _chat(store, "1")
    assert found is not None
    assert found.wanted_version == 1


@pytest.mark.parametrize("grouped", [False, True])
def test_what_was_put_off_goes_with_a_transaction_that_sqlite_ended(store: Store, *, grouped: bool) -> None:
    """Passed over, a full disk has rolled all back: a statement after it would be kept by itself."""
    with store.write() as unit:
        unit.chats.seen("telegram", "1", person(unit).id, NOON)
    for _ in range(2):  # a statement goes its short way from its second use on
        with store.write() as unit:
            unit.chats.want("telegram", "1", "{}", fresh=False)
            unit.notices.add("telegram", "1", "{}", NOON)
            unit.chats.behind("telegram")

    def carry_on(unit: Unit) -> None:
        unit.chats.want("telegram", "1", "half", fresh=False)
        raw = store._pen._connection.connection.driver_connection  # type: ignore[union-attr]
        ((pages,),) = raw.execute("PRAGMA page_count").fetchall()  # type: ignore[union-attr]
        raw.execute(f"PRAGMA max_page_count = {pages}").close()  # type: ignore[union-attr]
        with pytest.raises(Exception, match="full"):
            unit.notices.add("telegram", "1", "long" * 100_000, NOON)
        raw.execute("PRAGMA max_page_count = 100000").close()  # type: ignore[union-attr]
        unit.chats.behind("telegram")

    with pytest.raises(StoreError), store.together() if grouped else nullcontext():  # noqa: SIM117
        with store.write() as unit:
            carry_on(unit)
    after = _chat(store, "1")
    assert after is not None
    assert (after.wanted_version, after.wanted_screen) == (2, "{}")
