from datetime import timedelta

import pytest

from bot.store.unit import Store
from tests.store.making import NOON, person

_LATER = NOON + timedelta(minutes=1)


def _add(store: Store, *chats: str) -> list[int]:
    with store.write() as unit:
        return [unit.notices.add("telegram", chat, f'"{chat}"', NOON) for chat in chats]


def _waiting(store: Store, chat: str | None = None) -> list[int]:
    with store.read() as unit:
        return [notice.id for notice in unit.notices.waiting("telegram", chat)]


def test_notices_wait_in_order(store: Store) -> None:
    one, two, three = _add(store, "1", "2", "1")
    assert one < two < three
    assert _waiting(store) == [one, two, three]
    assert _waiting(store, "1") == [one, three]
    with store.read() as unit:
        assert unit.notices.waiting("terminal") == ()
        first = unit.notices.waiting("telegram")[0]
    assert (first.chat, first.content, first.created_at, first.state, first.attempts) == (
        "1",
        '"1"',
        NOON,
        "waiting",
        0,
    )


def test_a_notice_is_claimed_then_sent(store: Store) -> None:
    (one,) = _add(store, "1")
    for attempt in (1, 2):  # the second: the first was cut off, it may have got through
        with store.write() as unit:
            claimed = unit.notices.claim(one)
        assert claimed is not None
        assert claimed.attempts == attempt
        assert _waiting(store) == [one]
    with store.write() as unit:
        unit.notices.sent(one, "90", _LATER)
    assert _waiting(store) == []
    with store.write() as unit:
        assert unit.notices.claim(one) is None
    with store._engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT state, message, attempts FROM notice").one()
    assert row == ("sent", "90", 2)


@pytest.mark.parametrize(("maybe", "left"), [(False, 0), (True, 1)])
def test_an_attempt_that_failed_does_not_count(store: Store, maybe: bool, left: int) -> None:
    (one,) = _add(store, "1")
    for _ in range(3):
        with store.write() as unit:
            claimed = unit.notices.claim(one)
        assert claimed is not None
        with store.write() as unit:
            unit.notices.not_sent(one, maybe=maybe)
    with store.read() as unit:
        assert [notice.attempts for notice in unit.notices.waiting("telegram")] == [left]
    with store.write() as unit:
        unit.notices.sent(one, "90", _LATER)
        unit.notices.not_sent(one, maybe=maybe)  # too late: nothing changes
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT attempts FROM notice").scalar() == left


def test_a_failed_notice_waits_no_more_and_says_why(store: Store) -> None:
    one, two = _add(store, "1", "1")
    with store.write() as unit:
        unit.notices.failed(one, "chat not found")
    assert _waiting(store) == [two]
    with store._engine.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT reason FROM notice WHERE state = 'failed'").scalar() == "chat not found"
        )


def test_equal_notices_are_not_merged(store: Store) -> None:
    assert len(set(_add(store, "1", "1", "1"))) == 3
    assert len(_waiting(store)) == 3


def test_notices_of_unreachable_chats_wait_on(store: Store) -> None:
    one, two = _add(store, "1", "2")
    with store.write() as unit:
        who = person(unit).id
        unit.chats.seen("telegram", "1", who, NOON)
        unit.chats.seen("terminal", "2", who, NOON)
        unit.chats.unreachable("telegram", "1", NOON)
        unit.chats.unreachable("terminal", "2", NOON)
    assert _waiting(store) == [two]
    with store.write() as unit:
        unit.chats.unreachable("telegram", "1", None)
    assert _waiting(store) == [one, two]


def test_unknown_notice(store: Store) -> None:
    with pytest.raises(LookupError), store.write() as unit:
        unit.notices.claim(1)


def test_a_lease_has_one_holder(store: Store) -> None:
    soon = NOON + timedelta(seconds=30)
    with store.write() as unit:
        lease = unit.lease
        assert lease.take("poller", "A", NOON, soon)
        assert lease.take("poller", "A", NOON, soon)
        assert not lease.take("poller", "B", NOON, _LATER)
        assert not lease.renew("poller", "B", _LATER)
        lease.release("poller", "B")
        assert not lease.take("poller", "B", NOON, _LATER)
        assert lease.take("other", "B", NOON, _LATER)

        assert lease.renew("poller", "A", _LATER)
        assert not lease.take("poller", "B", soon, _LATER)
        assert lease.take("poller", "B", _LATER, _LATER + timedelta(seconds=1))
        assert not lease.renew("poller", "A", _LATER)
        lease.release("poller", "B")
        assert not lease.renew("poller", "B", _LATER)
        assert lease.take("poller", "A", NOON, soon)
