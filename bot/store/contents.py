"""What a database holds, and whether its record is whole: every chain, every body, every head (RELIABILITY 2, 6).

Reads only. Must not know backups, or what an entry means. Used on copies as well as on the database in use.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, func
from sqlmodel import Session, select

from bot.domain.record import RecordBroken, entry_hash, verify_body, verify_chain
from bot.store.entries import Entries
from bot.store.errors import StoreCorrupt, translated
from bot.store.evidence import Blobs
from bot.store.gaps import Gaps, Place, of
from bot.store.tables import AssessmentRow, EntryRow, InboxRow, PersonRow
from bot.store.values import Recorded
from bot.store.work import working


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


def contents(engine: Engine) -> Contents:
    """What is there at this moment, by the tables' own figures; `check_record` holds them against the entries."""
    with translated(), Session(engine) as session:
        heads = session.exec(select(AssessmentRow.id, AssessmentRow.seq, AssessmentRow.head).order_by(AssessmentRow.id))
        return Contents(
            {str(assessment): (seq, head) for assessment, seq, head in heads},
            session.exec(select(func.count()).select_from(PersonRow)).one(),
            session.exec(select(func.max(InboxRow.id))).one() or 0,
        )


def evidence_needed(engine: Engine) -> tuple[str, ...]:
    """The SHA-256 of all bytes that some evidence needs: as they came, and their clean copies."""
    with translated(), working(engine) as work:
        return Blobs(work).needed()


def check_record(engine: Engine) -> None:
    """StoreCorrupt, naming the assessment and the entry, where a chain, a body or a head does not hold.

    A body may be missing only where a later entry says that it was erased.
    """
    with translated(), working(engine) as work:
        entries = Entries(work, new_salt=bytes)
        ends = work.session.exec(select(AssessmentRow.id, AssessmentRow.seq, AssessmentRow.head)).all()
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


def _check_entries(records: tuple[Recorded, ...]) -> None:
    places = [_place(record) for record in records]
    gaps = Gaps(places)
    for record, place in zip(records, places, strict=True):
        header = record.header
        if record.hash != entry_hash(header):
            raise RecordBroken(header.seq, "hash")
        if record.body is not None and record.salt is not None:
            verify_body(header, record.salt, record.body)
        elif not gaps.lawful(place):
            raise RecordBroken(header.seq, "body")


def _place(record: Recorded) -> Place:
    header = record.header
    return Place(header.seq, header.kind, header.sheet, header.question, of(header.kind, record.body))
