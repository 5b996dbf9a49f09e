"""Statements run by the driver itself mean what they mean when SQLAlchemy runs them."""

import gc
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.store import prepared as p
from bot.store.errors import StoreError, StoreReadOnly
from bot.store.tables import ChatRow, NoticeRow, PersonRow
from bot.store.tables.base import table_of
from bot.store.work import working
from tests.store.making import NOON
from tests.store.test_statements import _MADE

_PERSON, _CHAT, _NOTICE = table_of(PersonRow), table_of(ChatRow), table_of(NoticeRow)
_WHO = {"id": "p", "name": "甲", "language": "zh", "timezone": "", "created_at": NOON, "guest": False}
_NOBODY = {"reminders": False, "quiet_from": "", "quiet_to": ""}
_MEET = insert(_PERSON)
_GET = select(_PERSON).where(_PERSON.c.id == bindparam("who"))


def _met(engine: Engine, who: str, **more: Any) -> None:
    with working(engine, writing=True) as work:
        work.write(_MEET, {**_WHO, **_NOBODY, "id": who, **more})
        work.keep()


def _used(engine: Engine, statement: p.Statement, **params: object) -> list[list[tuple[Any, ...]]]:
    """The rows at the first use, which is SQLAlchemy's, and at later ones."""
    with working(engine) as work:
        return [[tuple(row) for row in work.read(statement, params)] for _ in range(3)]  # type: ignore[arg-type]


def test_times_truths_and_texts_come_back_as_they_went(engine: Engine) -> None:
    for who, guest in (("1", False), ("2", True), ("3", False)):
        _met(engine, who, guest=guest)
    asked = select(*(_PERSON.c[name] for name in ("id", "created_at", "guest", "quiet_from")))
    asked = asked.where(_PERSON.c.id == bindparam("who"))
    for who, guest in (("2", True), ("3", False)):
        for rows in _used(engine, asked, who=who):
            assert rows == [(who, NOON, guest, "")]
            made = rows[0][1]
            assert isinstance(made, datetime)
            assert (made.tzinfo is not None, type(rows[0][2])) == (True, bool)


def test_rows_have_names(engine: Engine) -> None:
    _met(engine, "1")
    _used(engine, _GET, who="1")
    with working(engine) as work:
        row = work.read(_GET, {"who": "1"}).one_or_none()
        assert (row.name, row.created_at) == ("甲", NOON)
        assert work.read(_GET, {"who": "2"}).one_or_none() is None
        everyone = select(_PERSON.c.id).order_by(_PERSON.c.id)
        assert [work.read(everyone).scalars() for _ in range(2)] == [["1"], ["1"]]
        assert [work.read(everyone).scalar() for _ in range(2)] == ["1", "1"]


def test_a_value_that_cannot_be_stored_is_refused_both_ways(engine: Engine) -> None:
    for use in range(3):
        with pytest.raises((ValueError, StatementError), match="NUL"):
            _met(engine, f"{use}", name="\0")


def test_it_is_refused_also_beside_a_text_that_is_not_there(engine: Engine) -> None:
    _met(engine, "1")
    change = update(_CHAT).values({name: bindparam(name) for name in ("shown_message", "hint")})
    for _ in range(3):
        with working(engine, writing=True) as work, pytest.raises((ValueError, StatementError), match="NUL"):
            work.write(change, {"shown_message": None, "hint": "\0"})


def test_values_in_order_are_those_by_name(engine: Engine) -> None:
    """In whatever order, also where the statement names one twice and has one of its own between them."""
    for who in ("1", "2"):
        _met(engine, who, name="old")
    change = update(_PERSON).where(_PERSON.c.id == bindparam("who"), _PERSON.c.name != bindparam("name"))
    change = change.values(name=bindparam("name"), language="en", timezone=bindparam("zone"))
    with working(engine, writing=True) as work:
        for number in range(3):
            by_name = {"zone": "UTC", "name": f"new {number}", "who": "1"}
            assert work.write(change, by_name).rowcount == 1
            assert work.put(change, ("who", "name", "zone"), ("2", f"new {number}", "UTC")).rowcount == 1
            found = select(_PERSON.c.name, _PERSON.c.language, _PERSON.c.timezone)
            assert [tuple(row) for row in work.read(found)] == [(f"new {number}", "en", "UTC")] * 2


@pytest.mark.parametrize("uses", [0, 3])
def test_a_statement_that_failed_does_not_hold_the_file(engine: Engine, tmp_path: Path, uses: int) -> None:
    """While its unit is still at hand, as it is in an error's traceback, and its connection was thrown away."""
    for who in range(uses):
        _met(engine, str(who))
    _met(engine, "one")
    with working(engine, writing=True) as work:
        with pytest.raises(IntegrityError):
            work.write(_MEET, {**_WHO, **_NOBODY, "id": "one"})
        work.connection.invalidate()
    with sqlite3.connect(tmp_path / "gradewalk.db", timeout=0, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE").close()
        other.rollback()
    other.close()
    assert work.connection.closed


def test_values_that_the_statement_itself_has_are_stored(engine: Engine) -> None:
    _met(engine, "1")
    change = update(_PERSON).where(_PERSON.c.id == bindparam("who")).values(language="en", name=bindparam("name"))
    with working(engine, writing=True) as work:
        assert [work.write(change, {"who": who, "name": "新"}).rowcount for who in ("1", "1", "2")] == [1, 1, 0]
        work.keep()
    assert {row[1:3] for found in _used(engine, _GET, who="1") for row in found} == {("新", "en")}


def test_what_was_inserted_has_a_number(engine: Engine) -> None:
    add = insert(_NOTICE)
    row = {"channel": "c", "chat_id": "1", "content": "{}", "created_at": NOON, "state": "waiting", "attempts": 0}
    with working(engine, writing=True) as work:
        assert [work.write(add, row).rowid for _ in range(3)] == [1, 2, 3]


def test_other_columns_are_another_text(engine: Engine) -> None:
    """The same statement, used before with fewer values."""
    _met(engine, "1")
    _met(engine, "2")
    with working(engine, writing=True) as work:
        work.write(_MEET, {**_WHO, **_NOBODY, "id": "3", "erased_at": NOON})
        work.keep()
    column = select(_PERSON.c.erased_at).where(_PERSON.c.id == bindparam("who"))
    assert _used(engine, column, who="3") == [[(NOON,)]] * 3


def test_a_list_of_any_length_may_be_asked_for(engine: Engine) -> None:
    for who in "123":
        _met(engine, who)
    several = select(_PERSON.c.id).where(_PERSON.c.id.in_(bindparam("these", expanding=True))).order_by(_PERSON.c.id)
    with working(engine) as work:
        for these in (["1"], ["1", "3"], [], ["1", "2", "3"]):
            assert work.read(several, {"these": these}).scalars() == these


def test_what_is_made_for_one_use_is_not_kept(engine: Engine) -> None:
    _used(engine, _GET, who="1")
    gc.collect()
    before = len(p._USED), len(p._READY)
    for who in range(100):
        with working(engine) as work:
            work.read(select(_PERSON.c.id).where(_PERSON.c.id == str(who)))
    gc.collect()
    assert len(p._USED) <= before[0] + 1
    assert len(p._READY) == before[1]


def test_nor_are_many_that_are_made_for_two_uses(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(p, "_READY", {})
    monkeypatch.setattr(p, "_MOST", 10)
    for who in range(50):
        asked = select(_PERSON.c.id).where(_PERSON.c.id == str(who))
        assert _used(engine, asked) == [[], [], []]
    assert len(p._READY) <= 10


@pytest.mark.parametrize("uses", [0, 3])
def test_errors_are_those_of_sqlalchemy(engine: Engine, uses: int) -> None:
    for who in range(uses):
        _met(engine, str(who))
    _met(engine, "one")
    with pytest.raises(IntegrityError) as caught:
        _met(engine, "one", name="a secret")
    assert isinstance(caught.value.orig, sqlite3.IntegrityError)
    assert "a secret" not in str(caught.value)


def test_after_an_error_of_the_file_no_connection_is_used_again(engine: Engine, tmp_path: Path) -> None:
    for who in range(3):
        _met(engine, str(who))
    with working(engine, writing=True) as work:
        raw = work.connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA query_only = ON").close()
        with pytest.raises(OperationalError, match="readonly"):
            work.write(_MEET, {**_WHO, **_NOBODY, "id": "x"})
        assert work.connection.invalidated
    _met(engine, "y")
    with sqlite3.connect(tmp_path / "gradewalk.db") as other:
        assert [row[0] for row in other.execute("SELECT id FROM person ORDER BY id")] == ["0", "1", "2", "y"]
    other.close()


def test_nearly_all_that_is_made_once_goes_this_way(engine: Engine) -> None:
    """Else a change of SQLAlchemy could send everything the slow way unseen."""
    slow = set()
    for name, statement in _MADE.items():
        compiled = statement.compile(dialect=engine.dialect)
        names = tuple(bind.key for bind in compiled.binds.values())
        if p._prepare(statement, names, engine.dialect) is None:
            slow.add(name)
    assert slow == {"entries._ERASE_THESE", "entries._NOTES", "people._CALLED"}


def test_a_time_is_written_as_sqlalchemy_writes_it(engine: Engine) -> None:
    """In whatever zone it is given. One without zone is refused."""
    kind = _PERSON.c.created_at.type
    ours, theirs = p._storing(kind, engine.dialect), kind.dialect_impl(engine.dialect).bind_processor(engine.dialect)
    assert ours is not None
    assert theirs is not None
    elsewhere = timezone(timedelta(hours=5, minutes=45))
    early, late = datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    for at in (early, late, NOON.replace(microsecond=70), NOON.replace(second=7), NOON.astimezone(elsewhere), None):
        assert ours(at) == theirs(at)
    with pytest.raises(ValueError, match="timezone"):
        ours(NOON.replace(tzinfo=None))


@pytest.mark.parametrize("uses", [0, 3])
def test_a_change_for_each_of_many_tells_how_many_rows_it_met(engine: Engine, uses: int) -> None:
    """Also none, and at a statement's first use."""
    change = update(_PERSON).where(_PERSON.c.id == bindparam("who")).values(name=bindparam("name"))
    for who in ("1", "2"):
        _met(engine, who)
    for _ in range(uses):
        with working(engine, writing=True) as work:
            work.write(change, {"who": "1", "name": "before"})
            work.keep()
    with working(engine, writing=True) as work:
        assert work.write_all(change, [{"who": who, "name": f"new {who}"} for who in ("1", "nobody", "2")]) == 2
        assert work.write_all(change, []) == 0
        work.keep()
    names = select(_PERSON.c.name).order_by(_PERSON.c.id)
    assert _used(engine, names)[-1] == [("new 1",), ("new 2",)]


@pytest.mark.parametrize("uses", [0, 3])
@pytest.mark.parametrize("second", ["1", "\0"])
def test_of_many_of_which_one_cannot_be_stored_nothing_is_kept(engine: Engine, uses: int, second: str) -> None:
    for who in range(uses):
        _met(engine, f"before {who}")
    row = {**_WHO, **_NOBODY}
    with working(engine, writing=True) as work:
        with pytest.raises((IntegrityError, ValueError, StatementError)):
            work.write_all(_MEET, [{**row, "id": "1"}, {**row, "id": second}])
        with pytest.raises(StoreError, match="passed over"):
            work.keep()
    with working(engine) as work, pytest.raises(StoreReadOnly):
        work.write_all(_MEET, [{**row, "id": "2"}])
    assert len(_used(engine, select(_PERSON.c.id))[-1]) == uses
