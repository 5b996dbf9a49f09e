"""What Telegram needs from the service, and no more. Knows nothing of Telegram's own types or of storage.

Every method is synchronous and is one transaction. All are run one after another in one writer thread, and an
exception means that nothing was written.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.service.channel import Claim, Due, Fate, Fetched, Incoming, Job, Loss, Notice, Waiting, Wanted
from bot.service.events import Delivery, Event, Reply, Who
from bot.service.presence import Told
from bot.service.reminding import Reminded

__all__ = [
    "Claim",
    "Conversation",
    "Due",
    "Fate",
    "Fetched",
    "Files",
    "Inbox",
    "Incoming",
    "Job",
    "Lease",
    "Loss",
    "Notice",
    "Outbox",
    "Phrases",
    "Presence",
    "Reminded",
    "Reminders",
    "Told",
    "Waiting",
    "Wanted",
]


class Inbox(Protocol):
    """Updates, kept before they are confirmed to Telegram."""

    def take(self, updates: Sequence[Incoming]) -> int:
        """Keep those that are not there yet, all in one transaction; how many were new."""

    def taken(self, updates: Sequence[Incoming], limit: int) -> Sequence[Waiting] | None:
        """As `take`, then as `waiting`. None: limit is 0, or what waits could not be seen."""

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """The rows due now in row order; of each chat the `limit` oldest, so that no chat keeps others from sight."""

    def ignore(self, row: int, reason: str) -> None:
        """Nothing is to be done for this row: it is done."""

    def failed(self, row: int, reason: str, *, final: bool = False) -> bool:
        """One attempt more, due again later; final: none. True when it is dead now and a "not saved" notice queued."""


class Conversation(Protocol):
    """What people do."""

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        """Entries, inbox row done and wanted screens, in one transaction. Not to be shown before it is committed."""

    def named(self, username: str) -> None:
        """The bot's own name, without @. Stores nothing."""

    def crowded(self, channel: str, chat: str) -> bool:
        """More of this chat waits than a lane holds: the person is told, now and then. Whether a notice was queued."""

    def met(self, who: Who, blocked: bool) -> None:  # noqa: FBT001  the state itself
        """The person has blocked the bot, or has let it in (again)."""


class Outbox(Protocol):
    """What chats must show."""

    def behind(self, in_hand: Mapping[str, int]) -> Sequence[Wanted]:
        """Every reachable chat that does not show its newest version yet, or still has buttons on old messages.

        in_hand: versions that are being shown. A chat that wants no later one need not be given for that.
        """

    def notices(self) -> Sequence[Notice]:
        """Those due now to reachable chats, in id order."""

    def placed(self, chat: str, version: int, message: int) -> None:
        """A message for the card stands there, without buttons: from now on that one is edited."""

    def all_shown(self, several: Sequence[tuple[str, int, int, str]]) -> None:
        """Each chat shows this version now, as this message, which has this digest."""

    def stripped(self, chat: str, message: int) -> None:
        """The old message has no buttons any more."""

    def card_failed(self, chat: str, reason: str) -> None:
        """The newest screen cannot be shown: those who run the bot are told."""

    def claim(self, notice: int) -> Claim | None:
        """About to send it; to be called before that. None: it does not wait any more."""

    def not_sent(self, notice: int, *, maybe: bool) -> None:
        """What was claimed did not arrive. maybe: it may have, all the same."""

    def told(self, notice: int, message: int | None) -> None:
        """This message says meanwhile how far its file is; None: it is gone."""

    def sent(self, notice: int, message: int) -> None:
        """The notice was sent as this message."""

    def notice_failed(self, notice: int, reason: str, fate: Fate) -> None:
        """It will not be tried again: those who run the bot are told, and the person where it is a file."""

    def unreachable(self, chat: str) -> None:
        """The person blocked the bot or is gone. Data and queue are kept; `met` or an event revives the chat."""

    def moved(self, chat: str, new: str) -> None:
        """Telegram knows this chat by another id now."""


class Files(Protocol):
    """Files that people sent as evidence, to be fetched. `begin`, `part` and `examined` are no transactions."""

    def begin(self) -> None:
        """Once, before the first is fetched."""

    def due(self) -> Due:
        """What may be fetched now, and when the next may be."""

    def part(self) -> Path:
        """A temporary file to write to."""

    def examined(self, part: Path, sha256: str, size: int) -> Fetched:
        """What it is. Takes its time: for a thread of its own."""

    def keep(self, job: Job, found: Fetched) -> None:
        """It is kept for good."""

    def again(self, job: Job, reason: str, seconds: float) -> None:
        """It failed, and is due again then."""

    def lost(self, job: Job, reason: Loss) -> None:
        """It cannot be had; who sent it is told."""

    def tidy(self) -> None:
        """Delete what nobody needs any more."""


class Presence(Protocol):
    """When Telegram was last heard, and what chats are owed after an absence."""

    def beat(self, silence: timedelta | None = None, drift: int | None = None) -> bool:
        """It was heard just now. silence: the longest time without since the last beat, None: no beat in this process.

        drift: our clock minus Telegram's in seconds. Whether chats are to be told of an absence.
        """

    def announce(self, *, anyway: bool = False) -> Told:
        """Tell the next few, once all updates are worked off; anyway: all the same."""


class Reminders(Protocol):
    """What people asked to be reminded of."""

    def remind(self) -> Reminded:
        """Queue what is due for the next few people."""

    def tidy(self) -> None:
        """Have done with what was erased a while ago."""


class Lease(Protocol):
    """What only one process may have."""

    def renew(self) -> bool:
        """False: another one has it now."""


class Phrases(Protocol):
    """The sentences that are said without the service. hint: the language the person's client reports, or ''."""

    def not_saved(self, hint: str) -> str:
        """What was just done is not saved (yet). At most 200 UTF-16 units."""

    def private_only(self, hint: str) -> str:
        """Said in a group, before the link to the private chat. Plain text."""
