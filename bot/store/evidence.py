"""Files of evidence in the database: which are to be fetched, which bytes are kept, and who still needs them.

Must not know where bytes stand (`vault.py`), or what an entry says. The channel is a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, update
from sqlmodel import col, select

from bot.store.tables import AssessmentRow, BlobRow, FetchRow, MembershipRow
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Fetch:
    """A file to be fetched for the evidence of entry `seq`; chat: where it was sent, file: the channel's name of it.

    attempts: failures so far; reason: of the last one, ''.
    """

    assessment: str
    seq: int
    chat: str
    file: str
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that are kept. clean: the SHA-256 of their copy without EXIF, ''."""

    sha256: str
    size: int
    mime: str
    clean: str


class Fetches:
    """Part of a unit of work: one row per file of evidence, for as long as its entry stands."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, channel: str, chat: str, assessment: str, seq: int, file: str) -> None:
        """To be fetched. Its entry must be there."""
        row = FetchRow(assessment=assessment, seq=seq, channel=channel, chat_id=chat, file=file, state="waiting")
        self._work.session.add(row)
        self._work.session.flush()

    def due(self, channel: str, now: datetime, limit: int) -> tuple[Fetch, ...]:
        """What may be fetched now, in the order it came."""
        ready = or_(col(FetchRow.not_before).is_(None), col(FetchRow.not_before) <= now)
        query = select(FetchRow).where(FetchRow.channel == channel, FetchRow.state == "waiting", ready)
        order = (col(FetchRow.not_before).is_not(None), col(FetchRow.not_before), col(FetchRow.seq))
        rows = self._work.session.exec(query.order_by(*order).limit(limit))
        return tuple(_fetch(row) for row in rows)

    def next_due(self, channel: str) -> datetime | None:
        """When the first of those that wait for a time may be fetched."""
        waiting = (FetchRow.channel == channel, FetchRow.state == "waiting", col(FetchRow.not_before).is_not(None))
        query = select(FetchRow.not_before).where(*waiting).order_by(col(FetchRow.not_before)).limit(1)
        return self._work.session.exec(query).first()

    def count_waiting(self) -> int:
        """How many are to be fetched, of all channels."""
        query = select(func.count()).select_from(FetchRow).where(FetchRow.state == "waiting")
        return self._work.session.exec(query).one()

    def waiting(self, assessment: str, seq: int) -> Fetch | None:
        """The file where it is still to be fetched."""
        row = self._work.session.get(FetchRow, (assessment, seq))
        return _fetch(row) if row is not None and row.state == "waiting" else None

    def again(self, assessment: str, seq: int, reason: str, not_before: datetime) -> None:
        """It failed, and is due again then."""
        row = self._work.session.get(FetchRow, (assessment, seq))
        if row is not None and row.state == "waiting":
            row.attempts, row.reason, row.not_before = row.attempts + 1, reason, not_before
            self._work.session.flush()

    def done(self, assessment: str, seq: int, sha256: str) -> None:
        """Its bytes are kept."""
        self._end(assessment, seq, "done", sha256)

    def lost(self, assessment: str, seq: int, reason: str) -> None:
        """Its bytes cannot be had."""
        self._end(assessment, seq, "lost", None, reason)

    def removed(self, assessment: str, seq: int) -> None:
        """It was taken away: nothing is fetched for it, and its bytes are not needed by it."""
        self._end(assessment, seq, "removed", None)

    def drop(self, assessment: str) -> None:
        """All of an assessment was taken away."""
        mine = update(FetchRow).where(col(FetchRow.assessment) == assessment)
        self._work.session.exec(mine.values(state="removed", sha256=None, not_before=None))
        self._work.session.flush()

    def same(self, person: str, sha256: str) -> tuple[tuple[str, int], ...]:
        """(assessment, entry) of all evidence with these bytes in assessments that the person is a member of."""
        reached = (
            FetchRow.sha256 == sha256,
            FetchRow.state == "done",
            AssessmentRow.id == FetchRow.assessment,
            AssessmentRow.state != "deleted",
            MembershipRow.assessment == FetchRow.assessment,
            MembershipRow.person == person,
        )
        query = select(FetchRow.assessment, FetchRow.seq).where(*reached)
        rows = self._work.session.exec(
            query.order_by(col(AssessmentRow.created_at), col(FetchRow.assessment), col(FetchRow.seq))
        )
        return tuple((assessment, seq) for assessment, seq in rows)

    def someone(self, assessment: str, sender: str) -> str | None:
        """A member through whom the assessment can be loaded: who sent it, else a lead. None: nobody is left."""
        members = select(MembershipRow.person, MembershipRow.role).where(MembershipRow.assessment == assessment)
        found = dict(self._work.session.exec(members.order_by(MembershipRow.person)).all())
        leads = (person for person, role in found.items() if role == "lead")
        return sender if sender in found else next(leads, None)

    def _end(self, assessment: str, seq: int, state: str, sha256: str | None, reason: str = "") -> None:
        row = self._work.session.get(FetchRow, (assessment, seq))
        if row is not None:
            row.state, row.sha256, row.reason, row.not_before = state, sha256, reason or None, None
            self._work.session.flush()


class Blobs:
    """Part of a unit of work: bytes that are kept, each once."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, blob: Blob, at: datetime) -> None:
        """They are kept from now on; known ones may have got a clean copy."""
        row = self._work.session.get(BlobRow, blob.sha256)
        if row is None:
            row = BlobRow(sha256=blob.sha256, size=blob.size, mime=blob.mime, clean=blob.clean, stored_at=at)
        row.clean = blob.clean or row.clean
        self._work.session.add(row)
        self._work.session.flush()

    def get(self, sha256: str) -> Blob | None:
        """None: not kept."""
        row = self._work.session.get(BlobRow, sha256)
        return None if row is None else Blob(row.sha256, row.size, row.mime, row.clean)

    def loose(self) -> tuple[str, ...]:
        """Bytes that no evidence needs any more, neither as they came nor as a clean copy."""
        used, copies = _used()
        query = select(BlobRow.sha256).where(col(BlobRow.sha256).not_in(used), col(BlobRow.sha256).not_in(copies))
        return tuple(self._work.session.exec(query.order_by(BlobRow.sha256)))

    def needed(self) -> tuple[str, ...]:
        """Bytes that some evidence needs, as they came or as a clean copy."""
        used, copies = _used()
        query = select(BlobRow.sha256).where(or_(col(BlobRow.sha256).in_(used), col(BlobRow.sha256).in_(copies)))
        return tuple(self._work.session.exec(query.order_by(BlobRow.sha256)))

    def pieces(self, digests: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """(public name of the assessment, entry) of the evidence that needs any of these bytes."""
        found: set[tuple[str, int]] = set()
        for sha256 in digests:  # one by one: a query holds only so many values
            whole = or_(col(BlobRow.sha256) == sha256, col(BlobRow.clean) == sha256)
            joined = (whole, FetchRow.sha256 == BlobRow.sha256, FetchRow.state == "done")
            query = select(AssessmentRow.ref, FetchRow.seq).where(*joined, AssessmentRow.id == FetchRow.assessment)
            found.update((ref, seq) for ref, seq in self._work.session.exec(query))
        return tuple(sorted(found))

    def known(self) -> frozenset[str]:
        """All bytes that are known of, also those that nothing needs any more."""
        return frozenset(self._work.session.exec(select(BlobRow.sha256)))

    def forget(self, sha256: str) -> None:
        """They are not kept any more."""
        self._work.session.exec(delete(BlobRow).where(col(BlobRow.sha256) == sha256))
        self._work.session.flush()


def _used() -> tuple[Select[Any], Select[Any]]:
    """What kept evidence names, and the clean copies of that."""
    used = select(FetchRow.sha256).where(FetchRow.state == "done", col(FetchRow.sha256).is_not(None))
    return used, select(BlobRow.clean).where(col(BlobRow.sha256).in_(used))


def _fetch(row: FetchRow) -> Fetch:
    return Fetch(row.assessment, row.seq, row.chat_id, row.file, row.attempts, row.reason or "")
