"""Several units kept with one commit: each all or nothing, a lost group leaves nothing."""

import sqlite3

import pytest
from sqlalchemy import event

from bot.store.engine import file_of
from bot.store.errors import StoreConflict, StoreError, StoreReadOnly
from bot.store.group import GroupLost
from bot.store.unit import Store
from tests.service.scene import START


def _met(store: Store, who: str) -> str:
    with store.write() as unit:
        return unit.people.register("c", who, who, "zh", "", START).id


def _known(store: Store) -> list[str]:
    with store.read() as unit:
        return [name for name in ("1", "2", "3") if unit.people.find("c", name)]


def _commits(store: Store) -> list[int]:
    counted: list[int] = []
    event.listen(store._engine, "commit", lambda _: counted.append(1))
    return counted


def test_one_commit_keeps_them_all(store: Store) -> None:
    counted = _commits(store)
    with store.together():
        for name in "123":
            _met(store, name)
    assert (_known(store), len(counted)) == (["1", "2", "3"], 1)


def test_nobody_else_sees_anything_before_the_end_and_the_group_sees_its_own(store: Store) -> None:
    other = sqlite3.connect(str(store._engine.url.database))
    with store.together():
        _met(store, "1")
        assert _known(store) == ["1"]
        assert other.execute("SELECT count(*) FROM account").fetchone() == (0,)
    assert other.execute("SELECT count(*) FROM account").fetchone() == (1,)
    other.close()


def test_one_that_fails_leaves_nothing_and_harms_nobody(store: Store) -> None:
    with store.together():
        _met(store, "1")
        with pytest.raises(RuntimeError), store.write() as unit:  # noqa: PT012  the unit is what fails
            unit.people.register("c", "2", "2", "zh", "", START)
            raise RuntimeError
        _met(store, "3")
    assert _known(store) == ["1", "3"]


def test_who_only_reads_may_not_write_in_a_group_either(store: Store) -> None:
    with store.together():
        _met(store, "1")
        with pytest.raises(StoreReadOnly), store.read() as unit:
            unit.people.register("c", "2", "2", "zh", "", START)
        with pytest.raises(StoreReadOnly), store.read() as unit:
            unit.lease.seize("bot", "me", START)
        _met(store, "3")
    assert _known(store) == ["1", "3"]


def test_a_group_that_only_reads_takes_no_turn_of_a_writer(store: Store) -> None:
    _met(store, "1")
    counted = _commits(store)
    with store.together():
        assert _known(store) == ["1"]
        assert not store._writer.locked()
    assert not counted


def test_a_transaction_that_sqlite_ended_is_lost_whole(store: Store) -> None:
    with pytest.raises(GroupLost), store.together():  # noqa: PT012  the group is what fails
        _met(store, "1")
        store._group._whole.raw.execute("ROLLBACK")  # type: ignore[union-attr]
        for name in "23":
            with pytest.raises(GroupLost):
                _met(store, name)
    assert _known(store) == []
    _met(store, "2")
    assert _known(store) == ["2"]


def test_a_savepoint_that_cannot_be_rolled_back_takes_the_group_with_it(store: Store) -> None:
    with pytest.raises(GroupLost), store.together():  # noqa: PT012  the group is what fails
        _met(store, "1")
        raw = store._group._whole.raw  # type: ignore[union-attr]
        with pytest.raises(StoreError, match="not authorized"), store.write() as unit:  # noqa: PT012  the unit is
            unit.people.register("c", "2", "2", "zh", "", START)
            raw.set_authorizer(_no_rollback)
            raise RuntimeError
        raw.set_authorizer(None)
        with pytest.raises(GroupLost):
            _met(store, "3")
    assert _known(store) == []


def _no_rollback(action: int, what: str | None, *_: object) -> int:
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_SAVEPOINT and what == "ROLLBACK" else sqlite3.SQLITE_OK


def test_the_log_is_emptied_after_the_group_that_holds_the_writer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not, while somebody read; in the group nothing waits for a place that the group itself has."""
    monkeypatch.setattr("bot.store.unit.BUSY_SECONDS", 0)
    store._log_due = True
    with store.together():
        _met(store, "1")
        store.forget_log()
    file = file_of(store._engine)
    assert file.with_name(f"{file.name}-wal").stat().st_size == 0


def test_an_error_between_units_gives_the_writer_free(store: Store) -> None:
    with pytest.raises(RuntimeError), store.together():  # noqa: PT012  the group is what fails
        _met(store, "1")
        raise RuntimeError
    _met(store, "2")
    assert _known(store) == ["2"]


def test_an_error_of_the_database_has_its_name_in_a_group_too(store: Store) -> None:
    with store.together():
        _met(store, "1")
        with pytest.raises(StoreConflict):
            _met(store, "1")
        _met(store, "2")
    assert _known(store) == ["1", "2"]


def test_where_sqlite_ended_the_transaction_what_went_wrong_is_told_and_no_other_thing(store: Store) -> None:
    with pytest.raises(GroupLost), store.together():  # noqa: PT012  the group is what fails
        _met(store, "1")
        with pytest.raises(RuntimeError, match="the reason"), store.write():  # noqa: PT012  the unit is what fails
            store._group._whole.raw.execute("ROLLBACK")  # type: ignore[union-attr]
            raise RuntimeError("the reason")
    assert _known(store) == []


def test_what_is_erased_in_a_group_is_gone_from_the_log_after_it(store: Store) -> None:
    store.forget_log()
    with store.together():
        who = _met(store, "1")
        with store.write() as unit:
            unit.erasing.person(who, START)
    file = file_of(store._engine)
    assert file.with_name(f"{file.name}-wal").stat().st_size == 0


def test_a_savepoint_that_failed_does_not_hold_the_file(store: Store) -> None:
    """While the group is still at hand, as it is in an error's traceback, and its connection was thrown away."""
    with pytest.raises(GroupLost), store.together():  # noqa: PT012  the group is what fails
        _met(store, "1")
        whole = store._group._whole
        assert whole is not None
        with pytest.raises(sqlite3.OperationalError, match="no such savepoint"):
            whole.run("RELEASE another")
        whole.connection.invalidate()
    other = sqlite3.connect(file_of(store._engine), timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE").close()
    other.close()
    assert whole is not None
    assert whole.lost
