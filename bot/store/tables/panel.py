"""What a panel needs beside the record: invitations, the bytes of evidence, and what is to be reminded of."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import PlainText
from bot.store.tables.base import Aside
from bot.store.values import InviteKind, InviteOutcome


class InviteRow(Aside, table=True):
    """An offer by link to join an assessment, or to take it as a basis. The link's token is kept as its hash alone.

    kind: the role, or 'basis'; shown: a basis with its ratings. taken_by: who opened the link and agreed to `terms`;
    outcome: how it ended. Of a basis that was handed over: upto, the last entry of it; led_to: the audit on it.
    """

    __tablename__ = "invite"
    __table_args__ = (
        CheckConstraint("kind IN ('assessor', 'viewer', 'basis')", name="kind"),
        CheckConstraint("outcome IN ('admitted', 'refused', 'declined', 'revoked')", name="outcome"),
    )

    id: str = Field(primary_key=True, sa_type=PlainText)
    token_hash: str = Field(unique=True, sa_type=PlainText)
    assessment: str = Field(foreign_key="assessment.id", index=True, sa_type=PlainText)
    kind: InviteKind = Field(sa_type=PlainText)
    shown: bool = False
    made_by: str = Field(foreign_key="person.id", sa_type=PlainText)
    made_at: datetime
    expires_at: datetime
    taken_by: str | None = Field(default=None, foreign_key="person.id", index=True, sa_type=PlainText)
    taken_at: datetime | None = None
    terms: str = Field(default="", sa_type=PlainText)
    settled_at: datetime | None = None
    outcome: InviteOutcome | None = Field(default=None, sa_type=PlainText)
    upto: int = 0
    led_to: str | None = Field(default=None, foreign_key="assessment.id", sa_type=PlainText)


class BlobRow(Aside, table=True):
    """Bytes that are kept in the evidence folder, by their SHA-256. clean: that of the copy without EXIF, or ''."""

    __tablename__ = "blob"

    sha256: str = Field(primary_key=True, sa_type=PlainText)
    size: int = Field(sa_type=BigInteger)
    mime: str = Field(sa_type=PlainText)
    clean: str = Field(sa_type=PlainText)
    stored_at: datetime


class FetchRow(Aside, table=True):
    """The file of the evidence of entry `seq`: to be fetched, kept as the blob `sha256`, lost, or taken away."""

    __tablename__ = "fetch"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'lost', 'removed')", name="state"),
        ForeignKeyConstraint(["assessment", "seq"], ["entry.assessment", "entry.seq"]),
        Index(None, "state", "not_before"),
    )

    assessment: str = Field(primary_key=True, sa_type=PlainText)
    seq: int = Field(primary_key=True)
    channel: str = Field(sa_type=PlainText)
    chat_id: str = Field(sa_type=PlainText)
    file: str = Field(sa_type=PlainText)
    state: str = Field(sa_type=PlainText)
    attempts: int = 0
    not_before: datetime | None = None
    reason: str | None = Field(default=None, sa_type=PlainText)
    sha256: str | None = Field(default=None, index=True, sa_type=PlainText)


class ReminderRow(Aside, table=True):
    """A reminder that was claimed: once a day for the same thing. day: in the person's zone, as 2026-12-31."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person", "kind", "assessment", "subject", "day"),)

    id: str = Field(primary_key=True, sa_type=PlainText)
    person: str = Field(foreign_key="person.id", sa_type=PlainText)
    kind: str = Field(sa_type=PlainText)
    assessment: str = Field(foreign_key="assessment.id", sa_type=PlainText)
    subject: str = Field(sa_type=PlainText)
    day: str = Field(sa_type=PlainText)
    claimed_at: datetime
