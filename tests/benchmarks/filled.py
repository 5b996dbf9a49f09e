"""A database as years would leave it, made in a minute: rows as the store writes them, and records that hold.

One interview is begun through the use cases; everybody else's rows are copies of its rows, with ids of their own and
the hashes that follow from them. Knows the tables by what stands in them, and no column that it does not change.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.domain.record import Header, Json, Source, body_hash, entry_hash, genesis
from bot.service.events import Delivery, Ordered, Said, Tapped, Who
from bot.service.respond import Conversation
from bot.service.world import World
from bot.wiring import open_world
from tests.benchmarks.bots import MODE, SCHEME

Values = dict[str, Any]
LONG_AGO = "2026-01-01 00:00:00.000000"
_PATTERN = 9_000_000
"""The account whose rows are copied; the others count on from it, far from the people who tap."""
_TABLES = ("person", "account", "chat", "focus", "assessment", "membership", "round", "sheet", "entry", "entry_body")
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Begun:
    """The rows of one person with one begun interview, by table."""

    rows: Mapping[str, Sequence[Values]]

    def id_of(self, table: str, column: str = "id") -> str:
        return str(self.rows[table][0][column])


def empty(folder: Path) -> None:
    """A database of this version, and nothing in it."""
    _world(folder).store.close()


def fill(folder: Path, count: int, inbox: int = 6) -> None:
    """So many people with an interview each, and so many worked-off updates of each."""
    begun = _begin(folder)
    with closing(sqlite3.connect(folder / "gradewalk.db", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        for start in range(1, count, _AT_ONCE):
            _insert(database, (_copied(begun, n) for n in range(start, min(count, start + _AT_ONCE))))
        rows = ((n, n // inbox) for n in range(1, count * inbox))
        database.executemany(
            "INSERT INTO inbox (update_id, sha256, raw, chat_key, received_at, state, attempts, done_at)"
            " VALUES (?, ?, NULL, ?, ?, 'done', 0, ?)",
            ((-n, _sha(f"u{n}"), str(_PATTERN + chat), LONG_AGO, LONG_AGO) for n, chat in rows),
        )
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def lengthen(folder: Path, account: str, entries: int) -> str:
    """One interview of this account with so many answers to its first question; the public name of its sheet."""
    begun = _begin(folder, account)
    last = begun.rows["entry"][-1]
    body = next(row["body"] for row in begun.rows["entry_body"] if row["seq"] == last["seq"])
    head, number = str(last["hash"]), int(last["seq"])
    with closing(sqlite3.connect(folder / "gradewalk.db", isolation_level=None)) as database:
        database.execute("BEGIN")
        for revision in range(int(last["revision"]) + 1, int(last["revision"]) + 1 + entries):
            number += 1
            row = {**last, "seq": number, "prev": head, "revision": revision, "at": last["at"] + revision}
            kept = {"assessment": last["assessment"], "seq": number, "salt": _salt(f"{account}{number}"), "body": body}
            _seal(row, kept)
            head = str(row["hash"])
            _write(database, "entry", [row])
            _write(database, "entry_body", [kept])
        database.execute(
            "UPDATE assessment SET seq = ?, head = ? WHERE id = ?", (number, head, begun.id_of("assessment"))
        )
        database.execute("COMMIT")
    return begun.id_of("sheet", "ref")


def _world(folder: Path) -> World:
    return open_world(Settings(data_dir=folder, _env_file=None))


def _begin(folder: Path, account: str = str(_PATTERN)) -> Begun:
    """One person begins one interview and answers its first question."""
    world = _world(folder)
    who = Who("telegram", account, account, "Pattern", "en")
    conversation = Conversation(world)
    conversation.handle(who, Ordered("new", "", "1"), Delivery())
    for payload in (f"1:m:{SCHEME}", f"1:o:{SCHEME}:{MODE}"):
        conversation.handle(who, Tapped(payload, "2"), Delivery())
    conversation.handle(who, Said("Bench Ltd", "3"), Delivery())
    sheet = _rows(folder, account)["sheet"][-1]["ref"]
    conversation.handle(who, Tapped(f"1:j:{sheet}", "2"), Delivery())
    conversation.handle(who, Tapped(f"1:a:{sheet}:1.1.1/management:l1:0", "2"), Delivery())
    world.store.close()
    return Begun(_rows(folder, account))


def _rows(folder: Path, account: str) -> dict[str, list[Values]]:
    with closing(sqlite3.connect(folder / "gradewalk.db")) as database:
        database.row_factory = sqlite3.Row
        (person,) = database.execute("SELECT person FROM account WHERE external_id = ?", (account,)).fetchone()
        owned = "SELECT assessment FROM membership WHERE person = :person"
        where = {
            **dict.fromkeys(_TABLES, f"assessment IN ({owned})"),
            **dict.fromkeys(("account", "chat", "focus"), "person = :person"),
            "person": "id = :person",
            "assessment": f"id IN ({owned})",
        }
        found = {}
        for name in _TABLES:
            select = f"SELECT * FROM {name} WHERE {where[name]}"  # noqa: S608  names of ours
            found[name] = [dict(row) for row in database.execute(select, {"person": person})]
        return found


def _copied(begun: Begun, number: int) -> Mapping[str, Sequence[Values]]:
    """The same for another person: every id is another, and what was hashed is hashed anew."""
    old = [begun.id_of("person"), begun.id_of("assessment"), begun.id_of("round"), begun.id_of("sheet")]
    refs = [begun.id_of("assessment", "ref"), begun.id_of("sheet", "ref")]
    new = {one: f"{place}{number:025d}" for place, one in zip("pars", old, strict=True)}
    new |= {one: f"{place}{number:07d}" for place, one in zip("AS", refs, strict=True)}
    new[str(_PATTERN)] = str(_PATTERN + number)
    made = {
        name: [{column: _replaced(value, new) for column, value in row.items()} for row in rows]
        for name, rows in begun.rows.items()
    }
    head = genesis(str(made["assessment"][0]["id"]))
    for row, kept in zip(made["entry"], made["entry_body"], strict=True):
        row["prev"], kept["salt"] = head, _salt(f"{number}.{row['seq']}")
        _seal(row, kept)
        head = str(row["hash"])
    made["assessment"][0]["head"] = head
    for chat in made["chat"]:  # it shows what it must, and was not here today
        chat |= {"shown_version": chat["wanted_version"], "shown_message": 1, "shown_digest": "d" * 64}
        chat["last_seen_at"] = LONG_AGO
    return made


def _replaced(value: Any, new: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    if value in new:
        return new[value]
    if ":" in value:  # a place or a screen, which names what it is about
        for one, other in new.items():
            value = value.replace(one, other)
    return value


def _seal(row: Values, kept: Values) -> None:
    """The hashes that follow from the rest of an entry."""
    body: dict[str, Json] = json.loads(kept["body"])
    row["body_hash"] = body_hash(kept["salt"], body)
    named = {name: row[name] for name in Header.__dataclass_fields__ if name != "source"}
    source = Source(*(row[f"source_{name}"] for name in Source.__dataclass_fields__))
    row["hash"] = entry_hash(Header(**named, source=source))


def _insert(database: sqlite3.Connection, several: Iterator[Mapping[str, Sequence[Values]]]) -> None:
    gathered: dict[str, list[Values]] = {name: [] for name in _TABLES}
    for made in several:
        for name, rows in made.items():
            gathered[name].extend(rows)
    for name, rows in gathered.items():
        _write(database, name, rows)


def _write(database: sqlite3.Connection, table: str, rows: Sequence[Values]) -> None:
    columns = list(rows[0])
    marks = ", ".join(f":{column}" for column in columns)
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608


def _salt(of: str) -> bytes:
    return hashlib.sha256(of.encode()).digest()[:16]


def _sha(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()
