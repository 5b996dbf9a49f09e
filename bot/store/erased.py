"""What a database says was erased: whole assessments, single notes, people. Reads only.

A backup brings back what was erased after it was made; who restores one asks the database of before for this.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, Select, and_, inspect
from sqlalchemy import select as sa_select
from sqlmodel import col

from bot.store.erasing import Erasing, Forgotten
from bot.store.errors import translated
from bot.store.gaps import ERASED, TEXT_ERASED
from bot.store.tables import EntryBodyRow, EntryRow
from bot.store.work import working


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry that erased: its number and hash, by whom and as what, and why.

    of: the note that went, by its number; 0: all that stood before it.
    """

    seq: int
    hash: str
    person: str
    role: str
    reason: str
    of: int = 0


@dataclass(frozen=True, slots=True)
class Erased:
    """wholes: assessment -> its last erasure; texts: assessment -> those of single notes, in order; people."""

    wholes: Mapping[str, Erasure] = field(default_factory=dict)
    texts: Mapping[str, tuple[Erasure, ...]] = field(default_factory=dict)
    people: tuple[Forgotten, ...] = ()


def erased(engine: Engine) -> Erased:
    """All of it, also from an older version. StoreError where the database cannot be read."""
    with translated(), working(engine) as work:
        wholes = {row.assessment: _erasure(row) for row in work.read(_entries(ERASED))}
        texts: dict[str, tuple[Erasure, ...]] = {}
        for row in work.read(_entries(TEXT_ERASED)):
            if row.body is not None:  # gone with all of its assessment
                texts[row.assessment] = (*texts.get(row.assessment, ()), _erasure(row))
        # Before version 0004 nobody could ask to be forgotten.
        known = any(column["name"] == "erased_at" for column in inspect(engine).get_columns("person"))
        return Erased(wholes, texts, Erasing(work).forgotten() if known else ())


def _entries(kind: str) -> Select[*tuple[Any, ...]]:
    columns = (EntryRow.assessment, EntryRow.seq, EntryRow.hash, EntryRow.person, EntryRow.role)
    same = and_(col(EntryBodyRow.assessment) == EntryRow.assessment, col(EntryBodyRow.seq) == EntryRow.seq)
    query = sa_select(*map(col, columns), col(EntryBodyRow.body)).outerjoin(EntryBodyRow, same)
    return query.where(col(EntryRow.kind) == kind).order_by(col(EntryRow.seq))


def _erasure(row: Any) -> Erasure:  # noqa: ANN401  a row of some columns
    said = {} if row.body is None else json.loads(row.body)
    return Erasure(row.seq, row.hash, row.person, row.role, str(said.get("reason", "")), int(said.get("of", 0)))
