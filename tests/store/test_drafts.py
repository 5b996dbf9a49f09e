"""Marks and tried answers of a person: kept, replaced, taken away with whatever they belong to."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from bot.domain.panel_entries import MemberRemoved
from bot.store.drafts import Try
from bot.store.unit import Store
from bot.store.values import Listed, Person
from tests.store.making import NOON, begun, person, put

RATED = {"value": "1/3", "form": "ratio", "typed": "１/3"}


def drafted(store: Store, who: Person, listed: Listed) -> None:
    with store.write() as unit:
        unit.drafts.wish(who.id, listed.id, "4.2.1", Fraction(3, 2), NOON + timedelta(seconds=2))
        unit.drafts.wish(who.id, listed.id, "4.5", None, NOON + timedelta(seconds=1))
        unit.drafts.attempt(who.id, listed.id, Try("s", "4.2.1/total", RATED, 2), NOON)
        unit.drafts.attempt(who.id, listed.id, Try("", "conformity", {"value": "1"}, 0), NOON)


def left(tmp_path: Path) -> int:
    """How many rows there are."""
    with closing(sqlite3.connect(tmp_path / "gradewalk.db")) as raw:
        return sum(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("wish", "tried"))  # noqa: S608


def test_they_come_back_as_they_were_put(store: Store) -> None:
    who, listed, _ = begun(store)
    drafted(store, who, listed)
    with store.read() as unit:
        assert unit.drafts.wishes(who.id, listed.id) == {"4.5": None, "4.2.1": Fraction(3, 2)}
        assert unit.drafts.tries(who.id, listed.id) == (
            Try("", "conformity", {"value": "1"}, 0),
            Try("s", "4.2.1/total", RATED, 2),
        )
        assert unit.drafts.wishes("nobody", listed.id) == {}
        assert unit.drafts.tries(who.id, "another") == ()


def test_a_newer_one_takes_the_place_of_the_older(store: Store) -> None:
    who, listed, _ = begun(store)
    drafted(store, who, listed)
    with store.write() as unit:
        unit.drafts.wish(who.id, listed.id, "4.5", Fraction(2), NOON)
        unit.drafts.attempt(who.id, listed.id, Try("s", "4.2.1/total", {"veto": True}, 3), NOON)
        unit.drafts.unwish(who.id, listed.id, "4.2.1")
        unit.drafts.drop(who.id, listed.id, "", "conformity")
        unit.drafts.drop(who.id, listed.id, "", "conformity")
    with store.read() as unit:
        assert unit.drafts.wishes(who.id, listed.id) == {"4.5": 2}
        assert unit.drafts.tries(who.id, listed.id) == (Try("s", "4.2.1/total", {"veto": True}, 3),)
    with store.write() as unit:
        unit.drafts.unwish(who.id, listed.id)
        unit.drafts.drop_all(who.id, listed.id)
    with store.read() as unit:
        assert (unit.drafts.wishes(who.id, listed.id), unit.drafts.tries(who.id, listed.id)) == ({}, ())


def test_they_go_with_the_person(store: Store, tmp_path: Path) -> None:
    who, listed, _ = begun(store)
    drafted(store, who, listed)
    with store.write() as unit:
        other = person(unit, "2002")
    drafted(store, other, listed)
    with store.write() as unit:
        unit.erasing.person(who.id, NOON)
    assert left(tmp_path) == 4
    put(store, listed, MemberRemoved(other.id, "left"))
    assert left(tmp_path) == 0


def test_they_go_with_the_assessment(store: Store, tmp_path: Path) -> None:
    who, listed, _ = begun(store)
    drafted(store, who, listed)
    with store.write() as unit:
        unit.drafts.erase("another")
    assert left(tmp_path) == 4
    with store.write() as unit:
        unit.erasing.places(listed.id)
    assert left(tmp_path) == 0
