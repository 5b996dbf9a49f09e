"""The statements that are made once: PostgreSQL could have each of them, and none reads a table that grows whole."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Delete, Engine, Insert, Select, Update, bindparam, select
from sqlalchemy.dialects import postgresql

import bot.store
from bot.store.tables import InboxRow
from bot.store.tables.base import table_of

Made: TypeAlias = Select[*tuple[Any, ...]] | Insert | Update | Delete

_WHOLE = {
    "assessments._EVERY": "the operator's list",
    "chats._ALL": "a piece of others",
    "entries._ANY": "at a closing that has no key",
    "entries._LAST_WRITTEN": "ends with the first row",
    "guests._ENDED": "a guest is forgotten",
    "guests._GO": "the same: who refers to them",
    "guests._SINCE": "once an hour",
    "inbox._ALL": "a piece of others",
    "inbox._COUNTS": "the operator's figures, out of an index",
    "notices._ALL": "a piece of others",
    "people._ALL": "a piece of others",
}
"""Those that may, and why: nobody's tap waits for them."""
_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
_OF_SQLITE = {"entries._LAST_WRITTEN": "rowid is the order of writing"}


def _made() -> dict[str, Made]:
    """Every statement that a module of the store has made, by its name."""
    found = {}
    for module in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(_each(value)):
                found[f"{module.name.rsplit('.', 1)[1]}.{name}{number or ''}"] = one
    return found


def _each(value: object) -> Iterator[Made]:
    if isinstance(value, Select | Insert | Update | Delete):
        yield value
    elif isinstance(value, tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _each(one)


_MADE = _made()


def _reads_whole(engine: Engine, statement: Made) -> list[str]:
    """What SQLite's plan reads from the first row to the last; views of rows that were found already do not count."""
    sql = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", "('x', 'y')", str(statement.compile(engine)))
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("x",) * sql.count("?"))
        steps = [str(step) for *_, step in plan]
    return [step for step in steps if re.match(r"SCAN (?!\(subquery|anon_)", step)]


def test_all_that_a_tap_asks_is_among_them() -> None:
    for module in ("assessments", "chats", "entries", "erasing", "focus", "guests", "inbox", "memberships", "notices"):
        assert [name for name in _MADE if name.startswith(f"{module}.")]
    assert set(_WHOLE) | set(_OF_SQLITE) <= set(_MADE)


@pytest.mark.parametrize("name", sorted(name for name, one in _MADE.items() if not isinstance(one, Insert)))
def test_it_finds_its_rows_by_an_index(engine: Engine, name: str) -> None:
    assert bool(_reads_whole(engine, _MADE[name])) == (name in _WHOLE)


def test_a_statement_without_an_index_is_noticed(engine: Engine) -> None:
    inbox = table_of(InboxRow)
    assert _reads_whole(engine, select(inbox.c.id).where(inbox.c.chat_key == bindparam("which"))) == ["SCAN inbox"]


@pytest.mark.parametrize("name", sorted(_MADE))
def test_postgresql_could_have_it(name: str) -> None:
    sql = str(_MADE[name].compile(dialect=_POSTGRESQL))
    assert bool(re.search("rowid|OR IGNORE|OR REPLACE|ON CONFLICT", sql)) == (name in _OF_SQLITE)
