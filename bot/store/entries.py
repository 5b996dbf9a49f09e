"""The record in the database: appending entries to the chain, reading them back, erasing bodies.

Numbers, hashes and salts are given here, inside the write transaction. Must not know what follows from an entry,
beyond what repeats it: a sheet's status, the assessment's scheme digest, and who is a member.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Select, and_, delete, select, text
from sqlmodel import Session, col

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.record import Source, body_hash, canonical, entry_hash
from bot.domain.state import Status
from bot.domain.written import encode
from bot.store import memberships
from bot.store.errors import StoreConflict
from bot.store.gaps import NOTED, REVISED
from bot.store.headers import entry_of, header_of, new_header
from bot.store.sound import check_entries
from bot.store.tables import AssessmentRow, EntryBodyRow, EntryRow, SheetRow, metadata
from bot.store.values import Meta, Recorded

# Read as plain columns: a long record is loaded at every tap, and rows as objects take ten times as long.
_ENTRY = metadata.tables["entry"]
_BODY = metadata.tables["entry_body"]


class Entries:
    """Part of a unit of work: the entries of assessments."""

    def __init__(self, session: Session, new_salt: Callable[[], bytes]) -> None:
        self._session = session
        self._new_salt = new_salt

    def append(self, assessment_id: str, drafts: Sequence[e.Draft], meta: Meta) -> tuple[e.Entry, ...]:
        """Chain the drafts on, in order; the entries as `after` gives them. Only within `Store.write`.

        StoreConflict where the revision of an answer or a decision is taken; LookupError for no such assessment or
        sheet; ValueError for a time without zone.
        """
        assessment = self._session.get(AssessmentRow, assessment_id)
        if assessment is None:
            raise LookupError(assessment_id)
        return tuple(self._append(assessment, draft, meta) for draft in drafts)

    def after(self, assessment_id: str, seq: int) -> tuple[e.Entry, ...]:
        """The entries with a higher number than seq (0: all), in order, for the fold.

        Those whose body was erased are left out; an `erased` entry is always there, without its reason once it was
        erased itself. StoreCorrupt where they are not what was written.
        """
        rows = self._session.connection().execute(_whole(assessment_id).where(_ENTRY.c.seq > seq)).all()
        assessment = self._session.get(AssessmentRow, assessment_id)
        if assessment is not None:
            check_entries(rows, assessment_id, seq, (assessment.seq, assessment.head))
        return tuple(entry_of(row) for row in rows if row.body is not None or row.kind == "erased")

    def recorded(self, assessment_id: str, upto: int | None = None) -> tuple[Recorded, ...]:
        """All entries as the record keeps them, in order, up to and with number upto; for export and verification."""
        wanted = _whole(assessment_id)
        if upto is not None:
            wanted = wanted.where(_ENTRY.c.seq <= upto)
        rows = self._session.connection().execute(wanted)
        return tuple(
            Recorded(header_of(row), row.hash, row.salt, None if row.body is None else json.loads(row.body))
            for row in rows
        )

    def caused_by(self, person: str, channel: str, chat: str, message: str) -> str | None:
        """The assessment of the newest entry that this person's own message caused; None where it caused none."""
        here = _ENTRY.c.source_chat.in_((person, chat))  # as entries name it now, and as they once did
        source = (_ENTRY.c.source_channel == channel, here, _ENTRY.c.source_message == message)
        query = select(_ENTRY.c.assessment).where(*source, _ENTRY.c.person == person)
        row = self._session.connection().execute(query.order_by(_ENTRY.c.at.desc(), _ENTRY.c.seq.desc())).first()
        return None if row is None else str(row.assessment)

    def any_of(self, kind: str) -> bool:
        """Whether there is an entry of this kind in any assessment."""
        query = select(_ENTRY.c.seq).where(_ENTRY.c.kind == kind).limit(1)
        return self._session.connection().execute(query).first() is not None

    def newest_at(self) -> int | None:
        """The time (UTC in ms) of the entry that was written last in any assessment; None where there is none.

        Not the latest time: an entry may have been written while the clock was ahead.
        """
        last_written = select(_ENTRY.c.at).order_by(text("entry.rowid DESC")).limit(1)
        at = self._session.connection().execute(last_written).scalar()
        return None if at is None else int(at)

    def erase_bodies(self, assessment_id: str, before_seq: int) -> int:
        """Delete bodies and salts of the entries with a lower number; how many.

        Only after an `erased` entry with this or a higher number was appended: the database refuses it otherwise.
        """
        body = (col(EntryBodyRow.assessment) == assessment_id, col(EntryBodyRow.seq) < before_seq)
        return self._session.exec(delete(EntryBodyRow).where(*body)).rowcount

    def erase_note(self, assessment_id: str, seq: int) -> tuple[Source, ...]:
        """Delete body and salt of a note and of every revision of it; where each of these entries came from.

        Only after a `text-erased` entry that names the note was appended: the database refuses it otherwise.
        """
        wanted = _whole(assessment_id).where(_ENTRY.c.seq >= seq, _ENTRY.c.kind.in_((NOTED, REVISED)))
        rows = [row for row in self._session.connection().execute(wanted) if row.body is not None]
        gone = [row for row in rows if row.seq == seq or json.loads(row.body).get("of") == seq]
        numbers = [row.seq for row in gone]
        body = (col(EntryBodyRow.assessment) == assessment_id, col(EntryBodyRow.seq).in_(numbers))
        self._session.exec(delete(EntryBodyRow).where(*body))
        return tuple(header_of(row).source for row in gone)

    def _append(self, assessment: AssessmentRow, draft: e.Draft, meta: Meta) -> e.Entry:
        if isinstance(draft.body, e.GateDecided):
            self._refuse_taken(assessment.id, draft.body.gate, draft.revision)
        body, salt = encode(draft.body), self._new_salt()
        header = new_header(assessment.id, assessment.seq + 1, assessment.head, draft, meta)
        header = replace(header, body_hash=body_hash(salt, body))
        columns = asdict(header)
        source = {f"source_{name}": value for name, value in columns.pop("source").items()}
        assessment.seq, assessment.head = header.seq, entry_hash(header)
        self._session.add(EntryRow(**columns, **source, hash=assessment.head))
        self._session.flush()
        text = canonical(body).decode()
        self._session.add(EntryBodyRow(assessment=assessment.id, seq=header.seq, salt=salt, body=text))
        self._repeat(assessment, draft, meta)
        self._session.flush()
        return e.Entry(
            header.seq,
            header.at,
            header.person,
            draft.body,
            draft.sheet,
            draft.question,
            draft.revision,
            header.source.message,
        )

    def _refuse_taken(self, assessment_id: str, gate: str, revision: int) -> None:
        """What the unique indexes do for other decisions: which gate it is stands in the body, out of their reach."""
        wanted = _whole(assessment_id).where(_ENTRY.c.kind == "gate-decided", _ENTRY.c.revision == revision)
        for row in self._session.connection().execute(wanted):
            if row.body is not None and json.loads(row.body)["gate"] == gate:
                raise StoreConflict(f"gate {gate}: revision {revision} is taken")

    def _repeat(self, assessment: AssessmentRow, draft: e.Draft, meta: Meta) -> None:
        """Columns that repeat what the record says, for queries."""
        match draft.body:
            case e.WordingAdopted(digest):
                assessment.scheme_digest = digest
            case e.SheetSubmitted():
                self._set_status(draft.sheet, "submitted")
            case e.SheetSetAside():
                self._set_status(draft.sheet, "set-aside")
            case p.MemberJoined() | p.MemberRemoved() | p.LeadHandedOver():
                memberships.repeat(self._session, assessment.id, meta.person, meta.at, draft.body)
            case _:
                pass

    def _set_status(self, sheet_id: str, status: Status) -> None:
        sheet = self._session.get(SheetRow, sheet_id)
        if sheet is None:
            raise LookupError(sheet_id)
        sheet.status = status


def _whole(assessment_id: str) -> Select[*tuple[Any, ...]]:
    """Headers with their bodies, where there still is one, in order."""
    same = and_(_ENTRY.c.assessment == _BODY.c.assessment, _ENTRY.c.seq == _BODY.c.seq)
    wanted = select(_ENTRY, _BODY.c.salt, _BODY.c.body).select_from(_ENTRY.outerjoin(_BODY, same))
    return wanted.where(_ENTRY.c.assessment == assessment_id).order_by(_ENTRY.c.seq)
