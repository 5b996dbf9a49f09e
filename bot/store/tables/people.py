"""People, the accounts they come from, and where each of them stands. Must not know what they rated."""

from datetime import datetime

from sqlalchemy import Index, Text, false, text
from sqlmodel import Field

from bot.domain.focus import Expects
from bot.store.columns import PlainText
from bot.store.tables.base import Row


class PersonRow(Row, table=True):
    """Our random id and what the person told us; the name is erasable, since records hold the id alone.

    guest: an invitation brought them and they did nothing else yet, so that nothing of them is kept when that ends.
    reminders: wanted; quiet_from, quiet_to: as '22:00' in their zone, '' for the default. erased_at: they asked to be
    forgotten.
    """

    __tablename__ = "person"

    id: str = Field(primary_key=True, sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    language: str = Field(sa_type=PlainText)
    timezone: str = Field(sa_type=PlainText)
    created_at: datetime
    reminders: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    quiet_from: str = Field(default="", sa_type=PlainText, sa_column_kwargs={"server_default": text("''")})
    quiet_to: str = Field(default="", sa_type=PlainText, sa_column_kwargs={"server_default": text("''")})
    erased_at: datetime | None = None
    guest: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class AccountRow(Row, table=True):
    """How a channel knows a person."""

    __tablename__ = "account"

    channel: str = Field(primary_key=True, sa_type=PlainText)
    external_id: str = Field(primary_key=True, sa_type=PlainText)
    person: str = Field(foreign_key="person.id", index=True, sa_type=PlainText)


class FocusRow(Row, table=True):
    """Where a person stands in a channel: the fields of the domain's Focus, pending as JSON."""

    __tablename__ = "focus"

    person: str = Field(primary_key=True, foreign_key="person.id", sa_type=PlainText)
    channel: str = Field(primary_key=True, sa_type=PlainText)
    place: str = Field(sa_type=PlainText)
    assessment: str = Field(sa_type=PlainText)
    sheet: str = Field(sa_type=PlainText)
    question: str = Field(sa_type=PlainText)
    expects: Expects = Field(sa_type=PlainText)
    argument: str = Field(sa_type=PlainText)
    message: str = Field(sa_type=PlainText)
    pending: str = Field(sa_type=PlainText)


_BEHIND = text("shown_version < wanted_version")


class ChatRow(Row, table=True):
    """What a chat must show and what it shows. fresh_version: the last wanted one that needs a message of its own.

    hint: the language that the person's client reported last; None: not known. wanted_screen is long, and JSON, which
    escapes NUL: it is not looked through for that.
    """

    __tablename__ = "chat"
    __table_args__ = (Index("ix_chat_behind", "channel", sqlite_where=_BEHIND, postgresql_where=_BEHIND),)

    channel: str = Field(primary_key=True, sa_type=PlainText)
    chat_id: str = Field(primary_key=True, sa_type=PlainText)
    person: str = Field(foreign_key="person.id", index=True, sa_type=PlainText)
    wanted_screen: str | None = Field(default=None, sa_type=Text)
    wanted_version: int = 0
    fresh_version: int = 0
    shown_version: int = 0
    shown_message: str | None = Field(default=None, sa_type=PlainText)
    shown_digest: str | None = Field(default=None, sa_type=PlainText)
    unreachable_at: datetime | None = None
    last_seen_at: datetime
    hint: str | None = Field(default=None, sa_type=PlainText)


class StrayRow(Row, table=True):
    """A message that was a chat's card once and may still have buttons."""

    __tablename__ = "stray"

    channel: str = Field(primary_key=True, sa_type=PlainText)
    chat_id: str = Field(primary_key=True, sa_type=PlainText)
    message: str = Field(primary_key=True, sa_type=PlainText)
