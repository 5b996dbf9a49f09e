"""What comes in, what must go out, and who may do either. Must not know what it says."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import BigId, PlainText
from bot.store.tables.base import Aside, Row
from bot.store.values import InboxState, NoticeState


class InboxRow(Row, table=True):
    """A raw update. The hash beside update_id: Telegram numbers anew after an idle week (RELIABILITY 1)."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("update_id", "sha256"),
        CheckConstraint("state IN ('new', 'done', 'dead')", name="state"),
        Index(None, "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    update_id: int = Field(sa_type=BigInteger)
    sha256: str = Field(sa_type=PlainText)
    raw: str | None = Field(sa_type=PlainText)
    chat_key: str = Field(sa_type=PlainText)
    received_at: datetime
    state: InboxState = Field(sa_type=PlainText)
    attempts: int = 0
    not_before: datetime | None = None
    tried_at: datetime | None = None
    reason: str | None = Field(default=None, sa_type=PlainText)
    done_at: datetime | None = None


class NoticeRow(Row, table=True):
    """A message that is never merged or dropped."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
        Index(None, "state", "id"),
        Index(None, "channel", "chat_id", "state"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    channel: str = Field(sa_type=PlainText)
    chat_id: str = Field(sa_type=PlainText)
    content: str = Field(sa_type=PlainText)
    created_at: datetime
    state: NoticeState = Field(sa_type=PlainText)
    attempts: int = 0
    message: str | None = Field(default=None, sa_type=PlainText)
    sent_at: datetime | None = None
    reason: str | None = Field(default=None, sa_type=PlainText)


class PresenceRow(Aside, table=True):
    """When a channel was last in touch, and the absence that its chats are still to be told of.

    away_since, away_until: that absence; told_upto: the last chat that was told, in the order of their ids. drift: our
    clock minus the channel's, in seconds.
    """

    __tablename__ = "presence"

    channel: str = Field(primary_key=True, sa_type=PlainText)
    beat_at: datetime
    away_since: datetime | None = None
    away_until: datetime | None = None
    told_upto: str | None = Field(default=None, sa_type=PlainText)
    drift: int | None = None


class LeaseRow(Aside, table=True):
    """Who may do what only one may do at a time, and until when."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True, sa_type=PlainText)
    holder: str = Field(sa_type=PlainText)
    until: datetime
