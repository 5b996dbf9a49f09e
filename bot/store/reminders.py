"""Reminders: who wants any, and which were claimed. Must not know what is reminded of, or when that is due.

A claim is made in the transaction that queues the message: killed in between, there is neither or both.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from bot.store.tables import PersonRow, ReminderRow
from bot.store.work import Work


class Reminders:
    """Part of a unit of work."""

    def __init__(self, work: Work, new_id: Callable[[], str]) -> None:
        self._work = work
        self._new_id = new_id

    def wanting(self) -> tuple[str, ...]:
        """Everybody who asked for reminders, by id."""
        query = select(PersonRow.id).where(col(PersonRow.reminders), col(PersonRow.erased_at).is_(None))
        return tuple(self._work.session.exec(query.order_by(PersonRow.id)))

    def claimed(self, person: str, day: str) -> bool:
        """Whether the person was reminded of anything on that day of theirs (2026-12-31)."""
        query = select(ReminderRow.id).where(ReminderRow.person == person, ReminderRow.day == day).limit(1)
        return self._work.session.exec(query).first() is not None

    def last(self, person: str, kind: str, assessment: str, subject: str) -> datetime | None:
        """When they were last reminded of this; None: never."""
        same = (ReminderRow.person == person, ReminderRow.kind == kind)
        what = (ReminderRow.assessment == assessment, ReminderRow.subject == subject)
        return self._work.session.exec(select(func.max(ReminderRow.claimed_at)).where(*same, *what)).one()

    def claim(self, person: str, kind: str, assessment: str, subject: str, day: str, at: datetime) -> None:
        """They are reminded of this today. StoreConflict where they were."""
        row = ReminderRow(
            id=self._new_id(),
            person=person,
            kind=kind,
            assessment=assessment,
            subject=subject,
            day=day,
            claimed_at=at,
        )
        self._work.session.add(row)
        self._work.session.flush()
