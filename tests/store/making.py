"""What tests of the store start from: a migrated file, counted ids, people and an assessment with a sheet."""

import itertools
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Body, Draft, SheetOpened
from bot.domain.record import SALT_BYTES, Header, Source
from bot.domain.scheme import QuestionId
from bot.store.engine import file_of, open_engine
from bot.store.migration import migrate
from bot.store.unit import Store, Unit
from bot.store.values import Listed, Meta, Person, SheetRef

NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
DIGEST = "d" * 64
QUESTION = QuestionId("4.2.1", "total")


def open_file(path: Path) -> Engine:
    """A database of today; a new one is a copy of one that was migrated once."""
    new = not path.exists()
    if new:
        path.write_bytes(_migrated())
    engine = open_engine(f"sqlite:///{path}")
    if not new:
        migrate(engine)
    return engine


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gradewalk.db"
        engine = open_engine(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


def store_on(engine: Engine, prefix: str = "") -> Store:
    """Ids that count up instead of random ones, different for each kind and prefix."""
    lock, numbers = threading.Lock(), itertools.count(1)

    def number(kind: str, width: int) -> str:
        with lock:
            return f"{prefix}{kind}{next(numbers):0{width - len(kind) - len(prefix)}d}"

    return Store(
        engine,
        new_salt=lambda: number("s", SALT_BYTES).encode(),
        new_id=lambda: number("i", 26),
        new_ref=lambda: number("r", 8),
    )


def person(unit: Unit, external_id: str = "1001", name: str = "甲") -> Person:
    return unit.people.register("telegram", external_id, name, "zh", "Asia/Shanghai", NOON)


def assessment(unit: Unit, lead: Person) -> Listed:
    unit.schemes.keep(DIGEST, "bjkb-006", "the text")
    return unit.assessments.create("bjkb-006", DIGEST, "c" * 64, "audit", lead.id, NOON)


def begun(store: Store) -> tuple[Person, Listed, SheetRef]:
    """A person, their assessment, their sheet on it; no entries."""
    with store.write() as unit:
        lead = person(unit)
        listed = assessment(unit, lead)
        return lead, listed, unit.assessments.open_sheet(listed.id, lead.id, "", ("total",))


def meta(who: Person | str = "p", message: str = "") -> Meta:
    source = Source("telegram", "1001", message, "77")
    return Meta(NOON, who if isinstance(who, str) else who.id, "lead", DIGEST, source, NOON)


def answer(sheet: SheetRef | str, revision: int, value: str = "1/3", question: QuestionId = QUESTION) -> Draft:
    body = AnswerGiven(Rated(Fraction(value), "ratio", value))
    return Draft(body, sheet if isinstance(sheet, str) else sheet.id, question, revision)


def put(store: Store, listed: Listed, *bodies: Body) -> None:
    """Append bodies that need no sheet, or a sheet of their own."""
    drafts = [Draft(body, f"{listed.id}-s" if isinstance(body, SheetOpened) else "") for body in bodies]
    with store.write() as unit:
        unit.entries.append(listed.id, drafts, meta())


def headers(store: Store, listed: Listed) -> tuple[Header, ...]:
    with store.read() as unit:
        return tuple(one.header for one in unit.entries.recorded(listed.id))


@contextmanager
def by_hand(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Change the database as another process would: on a connection that no unit knows of."""
    with closing(sqlite3.connect(file_of(engine))) as raw, raw:
        yield raw
