from datetime import timedelta

import pytest

from bot.domain.record import genesis
from bot.store.assessment_rows import Member
from bot.store.errors import StoreError
from bot.store.memberships import join
from bot.store.unit import Store
from bot.store.values import Role
from tests.store.making import DIGEST, NOON, assessment, begun, person

_LATER = NOON + timedelta(minutes=1)


def test_who_creates_leads(store: Store) -> None:
    with store.write() as unit:
        lead = person(unit)
        listed = assessment(unit, lead)
        assert unit.assessments.find(lead.id, listed.ref) == listed
        assert unit.assessments.find_id(lead.id, listed.id) == listed
    assert (len(listed.id), len(listed.ref)) == (26, 8)
    assert (listed.role, listed.state, listed.mode, listed.archived) == ("lead", "open", "audit", False)
    assert (listed.scheme_id, listed.scheme_digest, listed.scoring_digest) == ("bjkb-006", DIGEST, "c" * 64)
    assert (listed.name, listed.answered, listed.asked) == ("", 0, 0)
    assert (listed.created_at, listed.touched_at) == (NOON, NOON)
    assert (listed.seq, listed.head) == (0, genesis(listed.id))


def test_a_stranger_finds_nothing(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        stranger = person(unit, "666", "乙")
        own = assessment(unit, stranger)
    with store.read() as unit:
        assert unit.assessments.of(stranger.id) == (own,)
        assert unit.assessments.find(stranger.id, listed.ref) is None
        assert unit.assessments.find_id(stranger.id, listed.id) is None
        assert unit.assessments.sheet(stranger.id, sheet.ref) is None
        assert unit.assessments.sheet(lead.id, sheet.ref) == sheet
        assert unit.assessments.find("", listed.ref) is None
    with pytest.raises(LookupError), store.write() as unit:
        unit.assessments.set_archived(stranger.id, listed.id, NOON)


def test_refs_and_ids_are_not_each_other(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.read() as unit:
        assert unit.assessments.find(lead.id, listed.id) is None
        assert unit.assessments.find_id(lead.id, listed.ref) is None
        assert unit.assessments.sheet(lead.id, sheet.id) is None
        assert unit.assessments.find(lead.id, sheet.ref) is None


def test_a_scheme_text_must_be_kept(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write() as unit:
        unit.assessments.create("x", "unkept", "", "self", person(unit).id, NOON)
    with store.write() as unit:  # in any order, within one unit
        unit.assessments.create("x", "kept later", "", "self", person(unit).id, NOON)
        unit.schemes.keep("kept later", "x", "text")


def test_a_ref_in_use_is_passed_over(store: Store) -> None:
    lead, listed, _ = begun(store)
    refs = iter([listed.ref, listed.ref, "r-free-1"])
    store._making = (store._making[0], store._making[1], lambda: next(refs))
    with store.write() as unit:
        assert assessment(unit, lead).ref == "r-free-1"


def test_the_list_is_newest_touched_first(store: Store) -> None:
    with store.write() as unit:
        lead = person(unit)
        first = assessment(unit, lead)
        second = unit.assessments.create("bjkb-006", DIGEST, "", "self", lead.id, _LATER)
        assert [one.id for one in unit.assessments.of(lead.id)] == [second.id, first.id]
        unit.assessments.project(first.id, name="", answered=1, asked=9, touched_at=NOON + timedelta(minutes=2))
        assert [one.id for one in unit.assessments.of(lead.id)] == [first.id, second.id]
        unit.assessments.project(second.id, name="", answered=1, asked=9, touched_at=NOON + timedelta(minutes=3))
        assert [one.id for one in unit.assessments.of(lead.id)] == [second.id, first.id]


def test_projecting_changes_what_is_given(store: Store) -> None:
    lead, listed, _ = begun(store)
    with store.write() as unit:
        unit.assessments.project(
            listed.id, name="某公司", answered=3, asked=80, touched_at=_LATER, state="closed", closed_at=_LATER
        )
        unit.assessments.project(listed.id, name="某公司", answered=4, asked=80, touched_at=_LATER)
    with store.read() as unit:
        (found,) = unit.assessments.of(lead.id)
    assert (found.name, found.answered, found.asked, found.touched_at) == ("某公司", 4, 80, _LATER)
    assert found.state == "closed"
    with store._engine.connect() as connection:
        assert str(connection.exec_driver_sql("SELECT closed_at FROM assessment").scalar()).startswith(
            "2026-11-20 12:01"
        )
    with pytest.raises(LookupError), store.write() as unit:
        unit.assessments.project("nowhere", name="", answered=0, asked=0, touched_at=NOON)


def test_archiving_is_each_members_own(store: Store) -> None:
    lead, listed, _ = begun(store)
    with store.write() as unit:
        unit.assessments.set_archived(lead.id, listed.id, NOON)
        assert unit.assessments.of(lead.id) == ()
        (shelved,) = unit.assessments.of(lead.id, archived=True)
        assert shelved.archived
        assert unit.assessments.find(lead.id, listed.ref) == shelved
        unit.assessments.set_archived(lead.id, listed.id, None)
        assert unit.assessments.of(lead.id) == (listed,)
        assert unit.assessments.of(lead.id, archived=True) == ()


def test_deleted_ones_are_found_by_the_operator_alone(store: Store) -> None:
    lead, listed, sheet = begun(store)
    with store.write() as unit:
        unit.assessments.project(listed.id, name="", answered=0, asked=0, touched_at=NOON, state="deleted")
    with store.read() as unit:
        assert unit.assessments.of(lead.id) == unit.assessments.of(lead.id, archived=True) == ()
        assert unit.assessments.find(lead.id, listed.ref) is None
        assert unit.assessments.find_id(lead.id, listed.id) is None
        assert unit.assessments.sheet(lead.id, sheet.ref) is None
        found = unit.assessments.for_operator(listed.id)
        assert found is not None
        assert found == unit.assessments.for_operator(listed.ref)
        assert unit.assessments.for_operator("nowhere") is None
    assert (found.state, found.role) == ("deleted", "operator")


def test_sheets_belong_to_rounds_of_their_assessment(store: Store) -> None:
    lead, listed, first = begun(store)
    with store.write() as unit:
        other = assessment(unit, lead)
        second = unit.assessments.open_sheet(listed.id, lead.id, "项目甲", ("service",))
        third = unit.assessments.open_sheet(listed.id, lead.id, "项目甲", ("service",))
        unit.assessments.open_sheet(other.id, lead.id, "项目甲", ("service",))
        assert unit.assessments.sheets(listed.id) == (first, second, third)
    assert (first.assessment, first.person) == (listed.id, lead.id)
    with store._engine.connect() as connection:
        rounds = connection.exec_driver_sql("SELECT assessment, name FROM round ORDER BY 1, 2").all()
        covers = connection.exec_driver_sql("SELECT covers FROM sheet WHERE id = ?", (second.id,)).scalar()
    assert rounds == [(listed.id, ""), (listed.id, "项目甲"), (other.id, "项目甲")]
    assert covers == '["service"]'


def test_the_leads_of_open_assessments_that_somebody_takes_part_in(store: Store) -> None:
    lead, listed, _ = begun(store)
    with store.write() as unit:
        member, other = person(unit, "2", "乙"), person(unit, "3", "丙")
        own = assessment(unit, member)
        ended = assessment(unit, other)
        rows: list[tuple[str, str, Role]] = [
            (listed.id, member.id, "assessor"),
            (ended.id, member.id, "viewer"),
            (listed.id, other.id, "lead"),
        ]
        for where, who, role in rows:
            join(unit.assessments._work, Member(where, who, role, NOON))
        unit.assessments.project(listed.id, name="甲厂", answered=0, asked=0, touched_at=NOON)
        unit.assessments.project(ended.id, name="乙厂", answered=0, asked=0, touched_at=NOON, state="closed")
    with store.read() as unit:
        assert unit.assessments.leads_beside(member.id) == tuple(("甲厂", who) for who in sorted((lead.id, other.id)))
        assert unit.assessments.leads_beside(lead.id) == (("甲厂", other.id),)
        assert [one.id for one in unit.assessments.of(member.id)].count(own.id) == 1, "and is nobody's lead there"
