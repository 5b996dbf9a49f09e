"""What Telegram needs from the service, and no more. Knows nothing of Telegram's own types or of storage.

Every method is synchronous and is one transaction. All are run one after another in one writer thread, and an
exception means that nothing was written.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.service.channel import Incoming, Notice, Waiting, Wanted
from bot.service.events import Delivery, Event, Reply, Who

__all__ = ["Conversation", "Inbox", "Incoming", "Notice", "Outbox", "Phrases", "Waiting", "Wanted"]


class Inbox(Protocol):
    """Updates, kept before they are confirmed to Telegram."""

    def take(self, updates: Sequence[Incoming]) -> int:
        """Keep those that are not there yet, all in one transaction; how many were new."""

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """The rows due now in row order; of each chat the `limit` oldest, so that no chat keeps others from sight."""

    def ignore(self, row: int, reason: str) -> None:
        """Nothing is to be done for this row: it is done."""

    def failed(self, row: int, reason: str) -> bool:
        """One attempt more, due again later. True when it is dead now and a "not saved" notice is queued."""


class Conversation(Protocol):
    """What people do."""

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        """Entries, inbox row done and wanted screens, in one transaction."""

    def met(self, who: Who, blocked: bool) -> None:  # noqa: FBT001  the state itself
        """The person has blocked the bot, or has let it in (again)."""


class Outbox(Protocol):
    """What chats must show."""

    def behind(self) -> Sequence[Wanted]:
        """Every reachable chat that does not show its newest version yet."""

    def notices(self) -> Sequence[Notice]:
        """Those due now to reachable chats, in id order."""

    def shown(self, chat: str, version: int, message: int, digest: str) -> None:
        """The chat shows this version now, as this message."""

    def sent(self, notice: int, message: int) -> None:
        """The notice was sent as this message."""

    def notice_failed(self, notice: int, reason: str) -> None:
        """It will not be tried again."""

    def unreachable(self, chat: str) -> None:
        """The person blocked the bot or is gone. Data and queue are kept; `met` or an event revives the chat."""


class Phrases(Protocol):
    """The sentences that are said without the service. hint: the language the person's client reports, or ''."""

    def not_saved(self, hint: str) -> str:
        """What was just done is not saved (yet). At most 200 UTF-16 units."""

    def private_only(self, hint: str) -> str:
        """Said in a group, before the link to the private chat. Plain text."""
