"""One update, from the inbox to done. Knows no order of updates and shows no screen: it wakes the presenter."""

import logging
from collections.abc import Callable
from typing import assert_never

from bot.telegram.batch import tap_of
from bot.telegram.intake import nothing
from bot.telegram.narrow import CHANNEL, Did, Elsewhere, Ignored, MalformedError, Met, narrow
from bot.telegram.ports import Conversation, Inbox, Incoming, Waiting, Wanted
from bot.telegram.replies import Replies
from bot.telegram.trouble import place
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)


class Worker:
    """wake: make the presenter look at this chat. username: the bot's own, without @.

    offer: as wake, where all that there is to see is known. hold: as wake, so many seconds later. fetch: files came or
    went.
    """

    def __init__(
        self,
        inbox: Inbox,
        conversation: Conversation,
        writer: Writer,
        replies: Replies,
        wake: Callable[[str], None],
        username: str,
        *,
        offer: Callable[[Wanted], None] | None = None,
        hold: Callable[[str, float], None] | None = None,
        fetch: Callable[[], None] = nothing,
    ) -> None:
        self._inbox, self._conversation, self._writer = inbox, conversation, writer
        self._replies, self._wake, self._username = replies, wake, username
        self._offer = offer or (lambda wanted: wake(wanted.chat))
        self._storage_failed = False
        self._hold, self._fetch = hold or (lambda chat, _: wake(chat)), fetch

    async def work(self, row: Waiting) -> bool:
        """Whether the chat may go on. False: this row will be due again, and the later ones wait for it.

        Raises what the storage raises when not even the failure could be written down.
        """
        try:
            what = narrow(row, self._username)
        except MalformedError as error:
            # It will not get better by itself, and nothing that comes later can depend on it.
            return await self._failed(row, f"malformed: {error}", final=True)
        match what:
            case Did():
                return await self._did(row, what)
            case Met(who, blocked):
                await self._writer(self._conversation.met, who, blocked)
                await self._writer(self._inbox.ignore, row.row, "blocked" if blocked else "let in")
                self._wake(who.chat)
                return True
            case Elsewhere(chat, query, hint, leave, open_):
                await self._writer(self._inbox.ignore, row.row, "a group or a channel")
                self._replies.point_out(query, hint)
                if leave:
                    self._replies.leave(chat, hint, speak=open_)
                return True
            case Ignored(reason, query):
                await self._writer(self._inbox.ignore, row.row, reason)
                self._replies.answer(query)
                return True
        assert_never(what)

    def storage_failed(self, updates: tuple[Incoming, ...]) -> None:
        """Nothing could be kept: tell those who tapped. Telegram holds the updates and gives them again."""
        self._storage_failed = True
        for update in updates:
            try:
                tap = tap_of(update.raw)
            except (ValueError, RecursionError):
                continue
            if tap is not None:
                self._replies.not_saved(*tap)

    def storage_well(self) -> bool:
        """Updates were kept: whether that is new. Then those who run the bot are written to, and no tap says so."""
        failed, self._storage_failed = self._storage_failed, False
        return failed

    async def crowded(self, chat: str) -> None:
        """More of this chat waits than a lane holds."""
        try:
            told = await self._writer(self._conversation.crowded, CHANNEL, chat)
        except Exception as error:  # noqa: BLE001  a courtesy: the work itself goes on
            log.warning("a crowded chat was not told: %s", place(error))
            return
        if told:
            self._wake(chat)

    async def _did(self, row: Waiting, did: Did) -> bool:
        try:
            reply = await self._writer(self._conversation.handle, did.who, did.event, did.delivery)
        except Exception as error:  # noqa: BLE001  nothing may stop the lane; the row keeps the failure
            self._replies.not_saved(did.query, did.who.hint)
            return await self._failed(row, place(error))
        if reply.silent:
            return True
        self._replies.answer(did.query, reply.toast, alert=reply.alert)
        self._replies.say(did.who.chat, reply.line)
        if reply.hold:
            self._hold(did.who.chat, reply.hold)
        elif reply.wanted is not None:
            self._offer(reply.wanted)
        else:
            self._wake(did.who.chat)
        if reply.files:
            self._fetch()
        return True

    async def _failed(self, row: Waiting, reason: str, *, final: bool = False) -> bool:
        """Whether it is dead now. final: no other try."""
        log.error("update %d failed: %s", row.update_id, reason)
        dead = await self._writer(self._inbox.failed, row.row, reason, final=final)
        if dead:
            self._wake(row.chat)
        return dead
