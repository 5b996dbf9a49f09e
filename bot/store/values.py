"""What the store takes and gives: frozen values, no rows. Those of every tap are named tuples: made in one step.

Times are aware and UTC when given out. Must not know tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from bot.domain.asking_order import AskOrder
from bot.domain.entries import Mode
from bot.domain.record import Header, Json, Source

Role: TypeAlias = Literal["lead", "assessor", "viewer"]
Lifecycle: TypeAlias = Literal["open", "closed", "deleted"]
InboxState: TypeAlias = Literal["new", "done", "dead"]
NoticeState: TypeAlias = Literal["waiting", "sent", "failed"]
InviteKind: TypeAlias = Literal["assessor", "viewer", "basis"]
InviteOutcome: TypeAlias = Literal["admitted", "refused", "declined", "revoked"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses Gradewalk. id: our random one, the only one that stands in records.

    guest: an invitation brought them, and they did nothing else yet. reminders: they asked for them; quiet_from,
    quiet_to: when not to be sent any, as '22:00' in their zone, '' for the default.
    """

    id: str
    name: str
    language: str
    timezone: str
    created_at: datetime
    guest: bool = False
    reminders: bool = False
    quiet_from: str = ""
    quiet_to: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """An offer by link. taken_by: who agreed to `terms` and asked; outcome: how it ended, None while it has not.

    kind: the role to join as, or 'basis': to take the assessment as one, `shown` with its ratings. Of a basis that was
    handed over: `upto`, the last entry that it holds, and `led_to`, the audit that began on it.
    """

    id: str
    assessment: str
    kind: InviteKind
    shown: bool
    made_by: str
    made_at: datetime
    expires_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
    terms: str = ""
    settled_at: datetime | None = None
    outcome: InviteOutcome | None = None
    upto: int = 0
    led_to: str | None = None

    @property
    def ref(self) -> str:
        """Its name in payloads, beside its assessment or in the hands of who opened it. It opens nothing."""
        return self.id[-8:]

    def free(self, at: datetime) -> bool:
        """Whether it can still be taken."""
        return self.taken_by is None and self.settled_at is None and at < self.expires_at


class Listed(NamedTuple):
    """An assessment as a list shows it, with the role of the person who asked.

    seq, head: number and hash of the last entry. answered, asked, touched_at: this person's own, of the last `project`.
    ask_order: in which order this person wants to be asked.
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
    ask_order: AskOrder = "clause"


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


class Due(NamedTuple):
    """Of a stored update, what working on it takes. raw is None once emptied; attempts: failures so far."""

    id: int
    update_id: int
    raw: str | None
    chat_key: str
    attempts: int


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

    @property
    def forgotten(self) -> bool:
        """Done with unread, since its sender was erased meanwhile."""
        return self.state == "done" and self.raw is None


class ChatState(NamedTuple):
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
