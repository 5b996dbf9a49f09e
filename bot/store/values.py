"""What the store takes and gives: frozen values, no rows.

Times are aware and UTC when given out. Must not know tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.domain.entries import Mode
from bot.domain.record import Header, Json, Source

Role: TypeAlias = Literal["lead", "assessor", "viewer"]
Lifecycle: TypeAlias = Literal["open", "closed", "deleted"]
InboxState: TypeAlias = Literal["new", "done", "dead"]
NoticeState: TypeAlias = Literal["waiting", "sent", "failed"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses Gradewalk. id: our random one, the only one that stands in records."""

    id: str
    name: str
    language: str
    timezone: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """An assessment as a list shows it, with the role of the person who asked.

    seq, head: number and hash of the last entry. answered, asked: counts of the last `project`.
    """

    id: str
    ref: str
    scheme_id: str
    scheme_digest: str
    scoring_digest: str
    name: str
    mode: Mode
    state: Lifecycle
    role: Role | Literal["operator"]
    archived: bool
    answered: int
    asked: int
    created_at: datetime
    touched_at: datetime
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class SheetRef:
    """Where a sheet belongs; ref is its short name in payloads, person its assessor, assessment an id."""

    id: str
    ref: str
    assessment: str
    person: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What all entries of one act have in common. person: our random id; source_date: the channel's own time."""

    at: datetime
    person: str
    role: str
    scheme_digest: str
    source: Source
    source_date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as the record keeps it; salt and body are None once erased."""

    header: Header
    hash: str
    salt: bytes | None
    body: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A raw update as it came; chat_key names the lane it belongs to."""

    update_id: int
    raw: str
    chat_key: str


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A stored update. raw is None once emptied; attempts: failures so far, tried_at the last of them.

    reason: of that failure. done_at: when it ended, done or dead.
    """

    id: int
    update_id: int
    sha256: str
    raw: str | None
    chat_key: str
    received_at: datetime
    state: InboxState
    attempts: int
    not_before: datetime | None
    tried_at: datetime | None
    reason: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChatState:
    """What a chat must show and what it shows. Behind while shown_version < wanted_version.

    wanted_fresh: the wanted screen needs a message of its own at the bottom, an edit is not enough. hint: the language
    that the person's client reported last, ''. strays: messages that were the card once and may still have buttons,
    given by Chats.state and Chats.behind.
    """

    channel: str
    chat: str
    person: str
    wanted_screen: str | None
    wanted_version: int
    wanted_fresh: bool
    shown_version: int
    shown_message: str | None
    shown_digest: str | None
    unreachable_at: datetime | None
    last_seen_at: datetime
    hint: str = ""
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may do what only one may do at a time, and until when."""

    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """When a channel was last in touch, and the absence that its chats are still to be told of; None: none.

    told_upto: the chats up to this id were told already. drift: our clock minus the channel's in seconds, None where
    that is not known.
    """

    channel: str
    beat_at: datetime
    away_since: datetime | None = None
    away_until: datetime | None = None
    told_upto: str = ""
    drift: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that is never merged or dropped. attempts > 0 while waiting: it may have been sent already."""

    id: int
    channel: str
    chat: str
    content: str
    created_at: datetime
    state: NoticeState
    attempts: int
    message: str | None
    sent_at: datetime | None
    reason: str | None
