import hashlib
from datetime import timedelta

import pytest

from bot.store.errors import StoreConflict
from bot.store.unit import Store
from bot.store.values import InboxItem, Incoming
from tests.store.making import NOON

_LATER = NOON + timedelta(seconds=30)


def _take(store: Store, *updates: Incoming) -> int:
    with store.write() as unit:
        return unit.inbox.take(updates, NOON)


def _waiting(store: Store, limit: int = 100, after: int = 0, now: int = 0) -> list[int]:
    with store.read() as unit:
        items = unit.inbox.waiting(limit, NOON + timedelta(seconds=now), after=after)
        return [item.update_id for item in items]


def _three(store: Store) -> list[InboxItem]:
    """Two updates of lane a, and one of b between them."""
    _take(store, Incoming(10, '{"a":1}', "a"), Incoming(11, '{"b":1}', "b"), Incoming(12, '{"a":2}', "a"))
    with store.read() as unit:
        return list(unit.inbox.listed("new"))


def test_an_update_is_taken_once(store: Store) -> None:
    assert _take(store, Incoming(10, "{}", "a"), Incoming(11, "{}", "a")) == 2
    assert _take(store, Incoming(10, "{}", "a"), Incoming(11, "{}", "a"), Incoming(12, "{}", "a")) == 1
    assert _waiting(store) == [10, 11, 12]


def test_twice_in_one_batch_is_once(store: Store) -> None:
    assert _take(store, Incoming(10, "{}", "a"), Incoming(10, "{}", "a")) == 1


def test_a_number_used_again_for_another_update_is_another_update(store: Store) -> None:
    assert _take(store, Incoming(10, '{"old":1}', "a")) == 1
    assert _take(store, Incoming(10, '{"new":1}', "a")) == 1
    with store.read() as unit:
        raws = [item.raw for item in unit.inbox.listed("new")]
    assert raws == ['{"old":1}', '{"new":1}']


def test_an_update_stays_known_when_done_and_emptied(store: Store) -> None:
    (item, *_) = _three(store)
    with store.write() as unit:
        unit.inbox.done(item.id, NOON)
        assert unit.inbox.empty_done_before(_LATER) == 1
    assert _take(store, Incoming(10, '{"a":1}', "a")) == 0


def test_order_is_that_of_arrival_and_goes_on_after_a_page(store: Store) -> None:
    _take(store, *(Incoming(number, "{}", "a") for number in (30, 10, 20)))
    assert _waiting(store) == [30, 10, 20]
    assert _waiting(store, limit=2) == [30, 10]
    assert _waiting(store, limit=2, after=2) == [20]


def test_what_arrived_is_kept_as_it_was(store: Store) -> None:
    first = _three(store)[0]
    assert (first.update_id, first.raw, first.chat_key) == (10, '{"a":1}', "a")
    assert (first.received_at, first.state, first.attempts) == (NOON, "new", 0)
    assert first.sha256 == hashlib.sha256(b'{"a":1}').hexdigest()


def test_no_text_can_stop_the_inbox(store: Store) -> None:
    poison = ["\0", "\ud800", "\udcff", "", "x" * 4_000_000, "NaN"]
    assert _take(store, *(Incoming(2**63 - 1, text, text[:9]) for text in poison)) == len(poison)
    with store.read() as unit:
        assert [item.raw for item in unit.inbox.listed("new")][:2] == ["\ufffd", "?"]


def test_done_is_done_once(store: Store) -> None:
    item = _three(store)[0]
    with store.write() as unit:
        unit.inbox.done(item.id, NOON)
    with pytest.raises(StoreConflict, match="is done"), store.write() as unit:
        unit.inbox.done(item.id, NOON)
    with pytest.raises(StoreConflict, match="is done"), store.write() as unit:
        unit.inbox.failed(item.id, NOON, "x", NOON)
    with pytest.raises(StoreConflict, match="is done"), store.write() as unit:
        unit.inbox.dead(item.id, NOON, "x")
    with store.read() as unit:
        assert (unit.inbox.get(item.id).state, unit.inbox.get(item.id).done_at) == ("done", NOON)


def test_a_lane_waits_for_its_failed_update_and_others_do_not(store: Store) -> None:
    item = _three(store)[0]
    with store.write() as unit:
        assert unit.inbox.failed(item.id, NOON, "busy", _LATER) == 1
    assert _waiting(store, now=29) == [11]
    assert _waiting(store, now=30) == [10, 11, 12]
    with store.write() as unit:
        assert unit.inbox.failed(item.id, _LATER, "busy still", _LATER) == 2
        failed = unit.inbox.get(item.id)
        assert (failed.attempts, failed.reason, failed.tried_at, failed.state) == (2, "busy still", _LATER, "new")


def test_a_dead_update_frees_its_lane_and_can_be_retried(store: Store) -> None:
    item = _three(store)[0]
    with store.write() as unit:
        unit.inbox.failed(item.id, NOON, "busy", _LATER)
        unit.inbox.dead(item.id, NOON, "five times")
    assert _waiting(store) == [11, 12]
    with store.read() as unit:
        assert [(dead.id, dead.reason, dead.raw) for dead in unit.inbox.listed("dead")] == [
            (item.id, "five times", '{"a":1}')
        ]
    with store.write() as unit:
        assert unit.inbox.empty_done_before(_LATER) == 0
        assert unit.inbox.retry(item.id)
        assert not unit.inbox.retry(item.id)
    assert _waiting(store) == [10, 11, 12]
    with store.read() as unit:
        assert unit.inbox.get(item.id).attempts == 0


def test_only_old_done_updates_are_emptied(store: Store) -> None:
    one, other, open_ = _three(store)
    with store.write() as unit:
        unit.inbox.done(one.id, NOON)
        unit.inbox.done(other.id, _LATER)
    with store.write() as unit:
        assert unit.inbox.empty_done_before(_LATER) == 1
        assert unit.inbox.empty_done_before(_LATER) == 0
        assert [unit.inbox.get(item.id).raw for item in (one, other, open_)] == [None, other.raw, open_.raw]


def test_counts(store: Store) -> None:
    with store.read() as unit:
        assert unit.inbox.counts() == {"new": 0, "done": 0, "dead": 0}
    one, other, _ = _three(store)
    with store.write() as unit:
        unit.inbox.done(one.id, NOON)
        unit.inbox.dead(other.id, NOON, "x")
        assert unit.inbox.counts() == {"new": 1, "done": 1, "dead": 1}


def test_unknown_update(store: Store) -> None:
    with pytest.raises(LookupError), store.read() as unit:
        unit.inbox.get(1)


def test_an_update_has_its_effect_once_and_one_that_was_forgotten_none(store: Store) -> None:
    first, other, _ = _three(store)
    with store.write() as unit:
        assert unit.inbox.begin(first.id, NOON)
    with pytest.raises(StoreConflict, match="is done"), store.write() as unit:
        unit.inbox.begin(first.id, NOON)
    with store.write() as unit:
        unit.inbox.empty(first.id)
        assert not unit.inbox.begin(first.id, NOON)
        unit.inbox.dead(other.id, NOON, "x")
    with pytest.raises(StoreConflict, match="is dead"), store.write() as unit:
        unit.inbox.begin(other.id, NOON)
    with pytest.raises(LookupError), store.write() as unit:
        unit.inbox.begin(99, NOON)
