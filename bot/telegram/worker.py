"""One update, from the inbox to done. Knows no order of updates and shows no screen: it wakes the presenter."""

import logging
from collections.abc import Callable
from typing import assert_never

from bot.telegram.batch import tap_of
from bot.telegram.narrow import Did, Ignored, MalformedError, Met, narrow
from bot.telegram.ports import Conversation, Inbox, Incoming, Waiting
from bot.telegram.replies import Replies
from bot.telegram.trouble import place
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)


class Worker:
    """wake: make the presenter look at this chat. username: the bot's own, without @."""

    def __init__(
        self,
        inbox: Inbox,
        conversation: Conversation,
        writer: Writer,
        replies: Replies,
        wake: Callable[[str], None],
        username: str,
    ) -> None:
        self._inbox, self._conversation, self._writer = inbox, conversation, writer
        self._replies, self._wake, self._username = replies, wake, username

    async def work(self, row: Waiting) -> bool:
        """Whether the chat may go on. False: this row will be due again, and the later ones wait for it.

        Raises what the storage raises when not even the failure could be written down.
        """
        try:
            what = narrow(row, self._username)
        except MalformedError as error:
            await self._failed(row, f"malformed: {error}")
            return True  # whatever it was to be, nothing that comes later can depend on it
        match what:
            case Did():
                return await self._did(row, what)
            case Met(who, blocked):
                await self._writer(self._conversation.met, who, blocked)
                await self._writer(self._inbox.ignore, row.row, "blocked" if blocked else "let in")
                self._wake(who.chat)
                return True
            case Ignored(reason, query, hint):
                await self._writer(self._inbox.ignore, row.row, reason)
                if hint is not None and row.chat:
                    self._replies.point_out(row.chat, hint, query)
                self._replies.answer(query)
                return True
        assert_never(what)

    def storage_failed(self, updates: tuple[Incoming, ...]) -> None:
        """Nothing could be kept: tell those who tapped. Telegram holds the updates and gives them again."""
        for update in updates:
            try:
                tap = tap_of(update.raw)
            except (ValueError, RecursionError):
                continue
            if tap is not None:
                self._replies.not_saved(*tap)

    async def _did(self, row: Waiting, did: Did) -> bool:
        try:
            reply = await self._writer(self._conversation.handle, did.who, did.event, did.delivery)
        except Exception as error:  # noqa: BLE001  nothing may stop the lane; the row keeps the failure
            self._replies.not_saved(did.query, did.who.hint)
            return await self._failed(row, place(error))
        self._replies.answer(did.query, reply.toast, alert=reply.alert)
        self._wake(did.who.chat)
        return True

    async def _failed(self, row: Waiting, reason: str) -> bool:
        """Whether it is dead now."""
        log.error("update %d failed: %s", row.update_id, reason)
        dead = await self._writer(self._inbox.failed, row.row, reason)
        if dead:
            self._wake(row.chat)
        return dead
