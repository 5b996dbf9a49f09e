"""What is in hand for each chat, what was offered meanwhile, and what a look may no longer say. Knows no Telegram.

Two ways lead to a card: a look at the outbox, which takes a while, and what replies offer. Neither may bring back what
the other has passed: a look says nothing of a chat that was touched since it began, and an offer waits for its turn.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.telegram.ports import Wanted
from bot.telegram.showing import Pending


class Offers:
    """By chat. Versions only grow: every screen that a chat must show has one."""

    def __init__(self) -> None:
        self._in_hand: dict[str, int] = {}  # being shown, or kept to be shown next
        self._since: dict[str, int] = {}  # in hand when the look began, or since
        self._kept: dict[str, Wanted] = {}
        self._more: set[str] = set()  # in hand, and a look found what that does not bring

    def looking(self) -> Mapping[str, int]:
        """A look begins: what is in hand now."""
        self._since = dict(self._in_hand)
        return dict(self._in_hand)

    def begin(self, pending: Pending) -> None:
        """The chat is in hand from now on."""
        self._hand(pending.chat, pending.wanted.version if pending.wanted else 0)

    def keep(self, wanted: Wanted) -> None:
        """For a chat that is in hand: to be shown next, the newest alone."""
        if wanted.version > self._in_hand[wanted.chat]:
            self._kept[wanted.chat] = wanted
            self._hand(wanted.chat, wanted.version)

    def passed(self, pending: Pending) -> bool:
        """Whether the chat was touched since the look began: what it says may be old."""
        return pending.chat in self._since

    def missed(self, pending: Pending) -> bool:
        """Whether the look says more of a chat that was touched than what was in hand there: another look is due.

        Where the chat still is in hand, after that.
        """
        chat, card = pending.chat, pending.wanted
        newer = card is not None and (bool(card.strays) or card.version > self._since[chat])
        if not newer and not pending.notices:
            return False
        if chat not in self._in_hand:
            return True
        self._more.add(chat)
        return False

    def next(self, chat: str, message: int, digest: str) -> Wanted | None:
        """What to show there next, now that the chat shows this. None: nothing, or a look has to say it."""
        kept = self._kept.pop(chat, None)
        if kept is None or chat in self._more:
            return None
        return replace(kept, shown_message=message, shown_digest=digest)

    def end(self, chat: str) -> bool:
        """It is in hand no more. Whether a look is due for it; what was kept is found by that."""
        left = self._kept.pop(chat, None) is not None or chat in self._more
        self._in_hand.pop(chat, None)
        self._more.discard(chat)
        return left

    def _hand(self, chat: str, version: int) -> None:
        self._in_hand[chat] = self._since[chat] = version
