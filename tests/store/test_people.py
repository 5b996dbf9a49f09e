import pytest

from bot.store.errors import StoreConflict, StoreError
from bot.store.unit import Store
from tests.store.making import NOON, person


def test_a_person_is_found_by_channel_and_id(store: Store) -> None:
    with store.write() as unit:
        one = person(unit, "9007199254740993")
        other = unit.people.register("terminal", "9007199254740993", "乙", "en", "Europe/Berlin", NOON)
    with store.read() as unit:
        assert unit.people.find("telegram", "9007199254740993") == one
        assert unit.people.find("terminal", "9007199254740993") == other
        assert unit.people.find("telegram", "900719925474099") is None
        assert unit.people.get(one.id) == one
    assert (one.name, one.language, one.timezone, one.created_at) == ("甲", "zh", "Asia/Shanghai", NOON)
    assert one.id != other.id


def test_updating_leaves_the_rest(store: Store) -> None:
    with store.write() as unit:
        one, other = person(unit, "1"), person(unit, "2")
        changed = unit.people.update(one.id, language="en")
        assert unit.people.update(one.id, name="", timezone="UTC") == unit.people.get(one.id)
    with store.read() as unit:
        now = unit.people.get(one.id)
        assert unit.people.get(other.id) == other
    assert (changed.name, changed.language, changed.timezone) == ("甲", "en", "Asia/Shanghai")
    assert (now.name, now.language, now.timezone, now.created_at) == ("", "en", "UTC", NOON)


def test_unknown_people(store: Store) -> None:
    with store.read() as unit:
        with pytest.raises(LookupError):
            unit.people.get("nobody")
        with pytest.raises(LookupError):
            unit.people.update("nobody", name="x")


def test_scheme_texts_are_kept_for_ever(store: Store) -> None:
    with store.write() as unit:
        unit.schemes.keep("d1", "bjkb-006", "原文\r\n")
        unit.schemes.keep("d1", "bjkb-006", "原文\r\n")
    with store.read() as unit:
        assert unit.schemes.text("d1") == "原文\r\n"
        with pytest.raises(LookupError):
            unit.schemes.text("d2")
    with pytest.raises(StoreConflict, match="another text"), store.write() as unit:
        unit.schemes.keep("d1", "bjkb-006", "another")


def test_nobody_is_referred_to_who_is_not_there(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"), store.write() as unit:
        unit.chats.seen("telegram", "1", "nobody", NOON)
