"""Invitations, guests and memberships as rows: one use, one person, and who leaves nothing behind."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.entries import Created
from bot.domain.panel_entries import LeadHandedOver, MemberJoined, MemberRemoved
from bot.store.errors import StoreConflict
from bot.store.tables import FocusRow, InviteRow, PersonRow
from bot.store.unit import Store
from bot.store.values import Invite, Listed, Person
from tests.store.making import NOON, assessment, person, put

LATER = NOON + timedelta(hours=72)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def made(store: Store) -> tuple[Listed, Person, Invite]:
    """An assessment, its lead, and an invitation of an assessor."""
    with store.write() as unit:
        lead = person(unit)
        listed = assessment(unit, lead)
        return listed, lead, unit.invites.make(listed.id, "assessor", "h1", lead.id, NOON, LATER)


def somebody(store: Store, number: str = "2002", *, guest: bool = False) -> Person:
    with store.write() as unit:
        return unit.people.register("telegram", number, "乙", "", "", NOON, guest=guest)


def test_an_invitation_is_found_by_its_hash_alone(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    _, _, invite = made
    with store.read() as unit:
        assert unit.invites.by_token("h1") == invite
        assert unit.invites.get(invite.id) == invite
        assert unit.invites.by_token("H1") is unit.invites.by_token("h") is unit.invites.by_token(invite.id) is None
    with pytest.raises(StoreConflict), store.write() as unit:
        unit.invites.make(invite.assessment, "viewer", "h1", invite.made_by, NOON, LATER)


def test_one_takes_it(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    listed, _, invite = made
    bo, carl = somebody(store), somebody(store, "3003")
    with store.write() as unit:
        assert unit.invites.take(invite.id, bo.id, NOON, "join-1")
        assert not unit.invites.take(invite.id, carl.id, NOON, "join-1")
        assert not unit.invites.revoke(invite.id, NOON), "who asked is answered, not cut off"
        held = unit.invites.get(invite.id)
        assert held
        assert (held.taken_by, held.terms) == (bo.id, "join-1")
        assert unit.invites.awaited(bo.id) == (held,)
        assert unit.invites.unsettled(listed.id) == (held,)
        assert unit.invites.settle(invite.id, "admitted", NOON)
        assert not unit.invites.settle(invite.id, "refused", NOON)
        assert unit.invites.awaited(bo.id) == unit.invites.unsettled(listed.id) == ()


@pytest.mark.parametrize("end", ["late", "revoked"])
def test_what_is_over_nobody_takes(end: str, store: Store, made: tuple[Listed, Person, Invite]) -> None:
    _, _, invite = made
    bo = somebody(store)
    with store.write() as unit:
        if end == "revoked":
            assert unit.invites.revoke(invite.id, NOON)
            assert not unit.invites.revoke(invite.id, NOON)
        at = LATER if end == "late" else NOON
        assert not unit.invites.take(invite.id, bo.id, at, "join-1")
        assert end == "revoked" or unit.invites.take(invite.id, bo.id, LATER - MINUTE, "join-1")


def test_two_threads_at_once_one_takes_it(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    _, _, invite = made
    people = [somebody(store, str(n)) for n in range(2000, 2006)]
    gate, taken = threading.Barrier(len(people)), list[str]()

    def take(one: Person) -> None:
        gate.wait()
        with store.write() as unit:
            if unit.invites.take(invite.id, one.id, NOON, "join-1"):
                taken.append(one.id)

    threads = [threading.Thread(target=take, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_who_leads_now_answers(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    listed, lead, invite = made
    bo = somebody(store)
    with store.read() as unit:
        assert unit.invites.lead(invite.id) == lead.id
        assert unit.invites.lead("none") is None
    put(store, listed, Created("made", "self", "单位"), MemberJoined(bo.id, "assessor", "join-1"))
    with store.write() as unit:
        rows = unit.assessments.roles(listed.id)
    assert rows == {lead.id: "lead", bo.id: "assessor"}


def test_members_follow_the_record(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    listed, lead, _ = made
    bo = somebody(store)

    def roles() -> dict[str, str]:
        with store.read() as unit:
            return dict(unit.assessments.roles(listed.id))

    put(store, listed, MemberJoined(bo.id, "viewer", "join-1"), MemberJoined(bo.id, "assessor", "join-1"))
    assert roles() == {lead.id: "lead", bo.id: "assessor"}
    put(store, listed, MemberRemoved(bo.id, "换人"), MemberRemoved(bo.id, "换人"))
    assert roles() == {lead.id: "lead"}
    with pytest.raises(LookupError):
        put(store, listed, LeadHandedOver(bo.id))
    assert roles() == {lead.id: "lead"}, "all or nothing"


def test_a_guest_is_forgotten_and_nobody_else(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    listed, lead, invite = made
    guest, member, user = somebody(store, guest=True), somebody(store, "3003", guest=True), somebody(store, "4004")
    put(store, listed, MemberJoined(member.id, "viewer", "join-1"))
    with store.write() as unit:
        unit.invites.take(invite.id, guest.id, NOON, "join-1")
        unit.chats.seen("telegram", "2002", guest.id, NOON)
        unit.chats.want("telegram", "2002", "{}", fresh=True)
        unit.chats.stray("telegram", "2002", "5")
        unit.notices.add("telegram", "2002", "{}", NOON)
        unit.focus.put(guest.id, "telegram", unit.focus.get(guest.id, "telegram"))
        for one in (guest, member, user, lead):
            unit.guests.forget(one.id)
        unit.guests.forget("nobody")
    with store.read() as unit:
        session = unit.people._work.session
        assert set(session.exec(select(PersonRow.id))) == {member.id, user.id, lead.id}
        assert unit.people.find("telegram", "2002") is None
        assert unit.chats.state("telegram", "2002") is None
        assert unit.notices.waiting("telegram") == ()
        assert session.exec(select(FocusRow.person)).all() == []
        assert session.exec(select(InviteRow.taken_by)).all() == [None]


def test_guests_of_long_ago(store: Store, made: tuple[Listed, Person, Invite]) -> None:
    _, _, invite = made
    guest, waits = somebody(store, guest=True), somebody(store, "3003", guest=True)
    somebody(store, "4004")
    with store.write() as unit:
        unit.invites.take(invite.id, waits.id, NOON, "join-1")
        assert unit.guests.since(NOON) == ()
        assert unit.guests.since(NOON + MINUTE) == (guest.id,)
        unit.people.stay(guest.id)
        assert unit.guests.since(NOON + MINUTE) == ()
