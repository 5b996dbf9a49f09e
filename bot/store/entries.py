"""The record in the database: appending entries to the chain, reading them back, erasing bodies.

Numbers, hashes and salts are given here, inside the write transaction. Must not know what follows from an entry,
beyond what repeats it: a sheet's status, the assessment's scheme digest, and who is a member.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, delete, insert, select, text, update

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.record import Source, canonical, entry_hash, hash_of
from bot.domain.state import Status
from bot.domain.written import encode
from bot.store import memberships
from bot.store.assessment_rows import Assessment, Rows
from bot.store.errors import StoreConflict
from bot.store.gaps import NOTED, REVISED
from bot.store.headers import NAMES, entry_of, header_of, new_header, values_of
from bot.store.sound import check_entries
from bot.store.tables import EntryBodyRow, EntryRow, SheetRow
from bot.store.tables.base import table_of
from bot.store.values import Meta, Recorded
from bot.store.work import Work

_ENTRY: Final = table_of(EntryRow)
_BODY: Final = table_of(EntryBodyRow)
_SHEET: Final = table_of(SheetRow)
_SAME: Final = and_(_ENTRY.c.assessment == _BODY.c.assessment, _ENTRY.c.seq == _BODY.c.seq)
_WHOLE: Final = (
    select(_ENTRY, _BODY.c.salt, _BODY.c.body)
    .select_from(_ENTRY.outerjoin(_BODY, _SAME))
    .where(_ENTRY.c.assessment == bindparam("which"))
    .order_by(_ENTRY.c.seq)
)
"""Headers with their bodies, where there still is one, in order."""
_AFTER: Final = _WHOLE.where(_ENTRY.c.seq > bindparam("after"))
_UPTO: Final = _WHOLE.where(_ENTRY.c.seq <= bindparam("upto"))
_NOTES: Final = _WHOLE.where(_ENTRY.c.seq >= bindparam("first"), _ENTRY.c.kind.in_((NOTED, REVISED)))
_GATES: Final = _WHOLE.where(_ENTRY.c.kind == "gate-decided", _ENTRY.c.revision == bindparam("revision"))
_CAUSED: Final = (
    select(_ENTRY.c.assessment)
    .where(_ENTRY.c.source_channel == bindparam("channel"), _ENTRY.c.source_message == bindparam("message"))
    .where(_ENTRY.c.source_chat.in_((bindparam("who"), bindparam("chat"))))  # as entries name it now, and once did
    .where(_ENTRY.c.person == bindparam("who"))
    .order_by(_ENTRY.c.at.desc(), _ENTRY.c.seq.desc())
)
_ANY: Final = select(_ENTRY.c.seq).where(_ENTRY.c.kind == bindparam("kind")).limit(1)
_LAST_WRITTEN: Final = select(_ENTRY.c.at).order_by(text("entry.rowid DESC")).limit(1)
_ADD: Final = insert(_ENTRY)
_ADD_BODY: Final = insert(_BODY)
_OF_BODY: Final = ("assessment", "seq", "salt", "body")
_BODIES: Final = delete(_BODY).where(_BODY.c.assessment == bindparam("which"))
_ERASE: Final = _BODIES.where(_BODY.c.seq < bindparam("before"))
_ERASE_THESE: Final = _BODIES.where(_BODY.c.seq.in_(bindparam("numbers", expanding=True)))
_STATUS: Final = update(_SHEET).where(_SHEET.c.id == bindparam("which")).values(status=bindparam("status"))


class Entries:
    """Part of a unit of work: the entries of assessments."""

    def __init__(self, work: Work, new_salt: Callable[[], bytes]) -> None:
        self._work = work
        self._rows = Rows(work)
        self._new_salt = new_salt

    def append(self, assessment_id: str, drafts: Sequence[e.Draft], meta: Meta) -> tuple[e.Entry, ...]:
        """Chain the drafts on, in order; the entries as `after` gives them. Only within `Store.write`.

        StoreConflict where the revision of an answer or a decision is taken; LookupError for no such assessment or
        sheet; ValueError for a time without zone.
        """
        assessment = self._rows.get(assessment_id)
        if assessment is None:
            raise LookupError(assessment_id)
        entries = []
        for draft in drafts:
            assessment, entry = self._append(assessment, draft, meta)
            entries.append(entry)
        return tuple(entries)

    def after(self, assessment_id: str, seq: int) -> tuple[e.Entry, ...]:
        """The entries with a higher number than seq (0: all), in order, for the fold.

        Those whose body was erased are left out; an `erased` entry is always there, without its reason once it was
        erased itself. StoreCorrupt where they are not what was written.
        """
        rows = self._work.read(_AFTER, {"which": assessment_id, "after": seq}).all()
        assessment = self._rows.get(assessment_id)
        if assessment is not None:
            check_entries(rows, assessment_id, seq, (assessment.seq, assessment.head))
        return tuple(entry_of(row) for row in rows if row.body is not None or row.kind == "erased")

    def recorded(self, assessment_id: str, upto: int | None = None) -> tuple[Recorded, ...]:
        """All entries as the record keeps them, in order, up to and with number upto; for export and verification."""
        wanted, end = (_WHOLE, {}) if upto is None else (_UPTO, {"upto": upto})
        return tuple(_recorded(row) for row in self._work.read(wanted, {"which": assessment_id, **end}))

    def caused_by(self, person: str, channel: str, chat: str, message: str) -> str | None:
        """The assessment of the newest entry that this person's own message caused; None where it caused none."""
        source = {"channel": channel, "chat": chat, "message": message}
        row = self._work.read(_CAUSED, {**source, "who": person}).first()
        return None if row is None else str(row.assessment)

    def any_of(self, kind: str) -> bool:
        """Whether there is an entry of this kind in any assessment."""
        return self._work.read(_ANY, {"kind": kind}).first() is not None

    def newest_at(self) -> int | None:
        """The time (UTC in ms) of the entry that was written last in any assessment; None where there is none.

        Not the latest time: an entry may have been written while the clock was ahead.
        """
        at = self._work.read(_LAST_WRITTEN).scalar()
        return None if at is None else int(at)

    def erase_bodies(self, assessment_id: str, before_seq: int) -> int:
        """Delete bodies and salts of the entries with a lower number; how many.

        Only after an `erased` entry with this or a higher number was appended: the database refuses it otherwise.
        """
        return self._work.write(_ERASE, {"which": assessment_id, "before": before_seq}).rowcount

    def erase_note(self, assessment_id: str, seq: int) -> tuple[Source, ...]:
        """Delete body and salt of a note and of every revision of it; where each of these entries came from.

        Only after a `text-erased` entry that names the note was appended: the database refuses it otherwise.
        """
        found = self._work.read(_NOTES, {"which": assessment_id, "first": seq})
        rows = [row for row in found if row.body is not None]
        gone = [row for row in rows if row.seq == seq or json.loads(row.body).get("of") == seq]
        numbers = [row.seq for row in gone]
        self._work.write(_ERASE_THESE, {"which": assessment_id, "numbers": numbers})
        return tuple(header_of(row).source for row in gone)

    def _append(self, assessment: Assessment, draft: e.Draft, meta: Meta) -> tuple[Assessment, e.Entry]:
        if isinstance(draft.body, e.GateDecided):
            self._refuse_taken(assessment.id, draft.body.gate, draft.revision)
        body, salt = encode(draft.body), self._new_salt()
        written = canonical(body)
        hashed = hash_of(salt, written)
        header = new_header(assessment.id, assessment.seq + 1, assessment.head, draft, meta, hashed)
        head = entry_hash(header)
        self._work.put(_ADD, NAMES, values_of(header, head))
        self._work.put(_ADD_BODY, _OF_BODY, (assessment.id, header.seq, salt, written.decode()))
        after = self._rows.change(assessment, {"seq": header.seq, "head": head})
        return self._repeat(after, draft, meta), e.Entry(
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
        for row in self._work.read(_GATES, {"which": assessment_id, "revision": revision}):
            if row.body is not None and json.loads(row.body)["gate"] == gate:
                raise StoreConflict(f"gate {gate}: revision {revision} is taken")

    def _repeat(self, assessment: Assessment, draft: e.Draft, meta: Meta) -> Assessment:
        """Columns that repeat what the record says, for queries; the assessment's row after it."""
        match draft.body:
            case e.WordingAdopted(digest):
                return self._rows.change(assessment, {"scheme_digest": digest})
            case e.SheetSubmitted():
                self._set_status(draft.sheet, "submitted")
            case e.SheetSetAside():
                self._set_status(draft.sheet, "set-aside")
            case p.MemberJoined() | p.MemberRemoved() | p.LeadHandedOver():
                memberships.repeat(self._work, assessment.id, meta.person, meta.at, draft.body)
            case _:
                pass
        return assessment

    def _set_status(self, sheet_id: str, status: Status) -> None:
        if not self._work.write(_STATUS, {"which": sheet_id, "status": status}).rowcount:
            raise LookupError(sheet_id)


def _recorded(row: Row[Any]) -> Recorded:
    return Recorded(header_of(row), row.hash, row.salt, None if row.body is None else json.loads(row.body))
