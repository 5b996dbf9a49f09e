"""What a database holds, and whether its record is whole: every chain, every body, every head (RELIABILITY 2, 6).

Reads only. Must not know backups, or what an entry means. Used on copies as well as on the database in use.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, and_, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from bot.domain.record import RecordBroken, entry_hash, verify_body, verify_chain
from bot.store.entries import Entries
from bot.store.errors import StoreCorrupt, translated
from bot.store.tables import AssessmentRow, EntryBodyRow, EntryRow, InboxRow, PersonRow
from bot.store.values import Recorded

_ERASED: Final = "erased"


@dataclass(frozen=True, slots=True)
class Contents:
    """heads: assessment id → (number of its last entry, that entry's hash). updates: the number of the last one."""

    heads: Mapping[str, tuple[int, str]]
    people: int
    updates: int

    @property
    def entries(self) -> int:
        """How many entries all assessments have together."""
        return sum(seq for seq, _ in self.heads.values())


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry that erased what stood before it: its number and hash, by whom and as what, and why."""

    seq: int
    hash: str
    person: str
    role: str
    reason: str


def contents(engine: Engine) -> Contents:
    """What is there at this moment, by the tables' own figures; `check_record` holds them against the entries."""
    with translated(), Session(engine) as session:
        heads = session.exec(select(AssessmentRow.id, AssessmentRow.seq, AssessmentRow.head).order_by(AssessmentRow.id))
        return Contents(
            {str(assessment): (seq, head) for assessment, seq, head in heads},
            session.exec(select(func.count()).select_from(PersonRow)).one(),
            session.exec(select(func.max(InboxRow.id))).one() or 0,
        )


def check_record(engine: Engine) -> None:
    """StoreCorrupt, naming the assessment and the entry, where a chain, a body or a head does not hold.

    A body may be missing only where a later entry says that it was erased.
    """
    with translated(), Session(engine) as session:
        entries = Entries(session, new_salt=bytes)
        ends = session.exec(select(AssessmentRow.id, AssessmentRow.seq, AssessmentRow.head)).all()
        for assessment, seq, head in ends:
            try:
                records = entries.recorded(assessment)
                _check_entries(records)  # first: a changed header is named itself, not the one after it
                found = verify_chain((record.header for record in records), assessment)
            except RecordBroken as broken:
                raise StoreCorrupt(f"assessment {assessment}, {broken}") from None
            except (TypeError, json.JSONDecodeError):  # what stands there was never written by us
                raise StoreCorrupt(f"assessment {assessment}: an entry that cannot be read") from None
            if (len(records), found) != (seq, head):
                raise StoreCorrupt(f"assessment {assessment}: ends with entry {len(records)}, not with {seq}")


def missing(engine: Engine, before: Contents) -> tuple[str, ...]:
    """What `before` had and this database has not: ids of assessments, and 'inbox'. A stale copy has such gaps."""
    now = contents(engine)
    gaps = ["inbox"] if now.updates < before.updates else []
    with translated(), Session(engine) as session:
        for assessment, (seq, head) in before.heads.items():
            known = select(EntryRow.hash).where(EntryRow.assessment == assessment, EntryRow.seq == seq)
            if assessment not in now.heads or (seq and session.exec(known).one_or_none() != head):
                gaps.append(assessment)
    return tuple(gaps)


def erasures(engine: Engine) -> Mapping[str, Erasure]:
    """The last erasure of each assessment, by its id."""
    erased = (EntryRow.assessment, EntryRow.seq, EntryRow.hash, EntryRow.person, EntryRow.role)
    with translated(), Session(engine) as session:
        rows = session.connection().execute(
            sa_select(*map(col, erased), col(EntryBodyRow.body))
            .outerjoin(
                EntryBodyRow,
                and_(col(EntryBodyRow.assessment) == EntryRow.assessment, col(EntryBodyRow.seq) == EntryRow.seq),
            )
            .where(col(EntryRow.kind) == _ERASED)
            .order_by(col(EntryRow.seq))
        )
        return {row.assessment: Erasure(row.seq, row.hash, row.person, row.role, _reason(row.body)) for row in rows}


def _reason(body: str | None) -> str:
    return "" if body is None else str(json.loads(body)["reason"])


def _check_entries(records: tuple[Recorded, ...]) -> None:
    erased_upto = max((record.header.seq for record in records if record.header.kind == _ERASED), default=0)
    for record in records:
        header = record.header
        if record.hash != entry_hash(header):
            raise RecordBroken(header.seq, "hash")
        if record.body is not None and record.salt is not None:
            verify_body(header, record.salt, record.body)
        elif header.seq >= erased_upto:
            raise RecordBroken(header.seq, "body")
