"""Updates from Telegram into the inbox. Knows nothing of what they mean.

What was fetched is confirmed by the next call alone, and that is made only after the commit: a crash in between
brings the same updates again, and the inbox knows them (RELIABILITY 2).
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram import batch
from bot.telegram.batch import Batch
from bot.telegram.client import MOST, Client
from bot.telegram.lanes import CAP
from bot.telegram.ports import Inbox, Incoming, Waiting
from bot.telegram.replies import TOKEN_LINE
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Pause, backoff, place, trouble_of
from bot.telegram.writer import Alone, Writer

log = logging.getLogger(__name__)
STORAGE_PAUSE = 3.0
"""Seconds before the same updates are asked for again when they could not be kept."""
NEAR, FEW = 0.005, 3
"""A poll that took fewer seconds, and brought more updates, is answered by a server beside us, to a bot at work."""
CONFLICT_LINE = (
    "另一个进程正在使用此令牌，同时只能有一个，本进程退出"
    " / another copy is running with this token: only one may ask Telegram for updates"
)
WEBHOOK_LINE = (
    "有程序为此令牌设置了推送（webhook），本进程退出"
    " / a webhook was set for this token while this copy was polling: only one may get the updates"
)


def nothing() -> None:
    """What is called where nobody wants to know."""


class Intake:
    """The poller. taken: called after each commit, with what waits in the inbox; None: the lanes must look themselves.

    storage_failed: called with what could not be kept.
    in_touch: called after every getUpdates that Telegram answered, also with nothing.
    """

    def __init__(
        self,
        client: Client,
        inbox: Inbox,
        writer: Writer,
        stop: Stop,
        *,
        taken: Callable[[Sequence[Waiting] | None], None],
        storage_failed: Callable[[tuple[Incoming, ...]], None],
        pause: Pause,
        in_touch: Callable[[], None] = nothing,
    ) -> None:
        self._client, self._inbox, self._writer, self._stop = client, inbox, writer, stop
        self._taken, self._storage_failed, self._pause, self._in_touch = taken, storage_failed, pause, in_touch
        self._offset = 0
        self._failures = 0
        self._heard = False  # by the poll before: else the next one does not wait, and tells at once that we are back
        self._alone = False  # no webhook takes the updates away

    async def run(self) -> None:
        """Until cancelled, or until Telegram says that there is no use."""
        while not self._stop.asked:
            try:
                await self._take_over()
                since = asyncio.get_running_loop().time()
                fetched = await self._fetch()
                near = asyncio.get_running_loop().time() - since < NEAR
            except Conflict as error:
                return self._stop.now(Exit.CONFLICT, WEBHOOK_LINE if "webhook" in error.message else CONFLICT_LINE)
            except InvalidToken:
                return self._stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
            except Exception as error:  # noqa: BLE001  whatever a network can do
                self._heard = False
                await self._rest(error)
                continue
            self._heard = True
            self._in_touch()
            if fetched.sure:
                self._failures = 0
            if fetched.updates:
                await self._keep(fetched)
                if near and len(fetched.updates) > FEW:
                    await self._in_step()
        return None

    async def finish(self, seconds: float) -> None:
        """Nothing is in hand that would be lost: what is not confirmed comes again."""

    async def _in_step(self) -> None:
        """Until what the writer keeps next is kept: what comes meanwhile comes in one piece.

        A poll costs a commit of its own. Over a network enough comes while it is under way; a server beside us answers
        at once with the few that there are, over and over.
        """
        await asyncio.sleep(0)  # the work on what was taken is asked for in this round
        await self._writer(nothing)

    async def _take_over(self) -> None:
        """Remove a webhook that an earlier run left: Telegram gives its updates to one of the two. They stay."""
        if self._alone:
            return
        if (await self._client.bot.get_webhook_info()).url:
            log.warning("a webhook is set for this token: removed, as this copy polls; what waits there is fetched")
            await self._client.bot.delete_webhook(drop_pending_updates=False)
        self._alone = True

    async def _fetch(self) -> Batch:
        body = await self._client.updates(self._offset, at_once=not self._heard)
        try:
            return batch.read(body, self._offset)
        except batch.UnreadableError:
            log.warning("getUpdates: an answer that cannot be read; asking for one update alone")
        body = await self._client.updates(self._offset, limit=1)
        try:
            return batch.read(body, self._offset)
        except batch.UnreadableError:
            return batch.salvage(body, self._offset)

    async def _keep(self, fetched: Batch) -> None:
        try:
            waiting = await self._writer.first(Alone(self._take, fetched.updates))
        except Exception as error:  # noqa: BLE001  the updates stay with Telegram
            log.error("updates could not be kept: %s", place(error))  # noqa: TRY400  the message stays out
            self._storage_failed(fetched.updates)
            await self._pause(STORAGE_PAUSE)
            return
        left_out = batch.missing(self._offset, fetched.updates)
        if left_out:
            log.warning("updates: %d numbers are missing before %d", left_out, fetched.offset)
        self._offset = fetched.offset
        # Once the next poll is on its way: Telegram's answer to it takes longer than all that is to be done until then.
        # Still before anybody hears of what the writer did meanwhile.
        asyncio.get_running_loop().call_soon(self._taken, waiting)
        if not fetched.sure:
            self._failures += 1
            log.warning("updates: %d without a number that can be used", len(fetched.updates))
            await self._pause(backoff(self._failures))

    def _take(self, updates: Sequence[Incoming]) -> Sequence[Waiting] | None:
        """In the writer's thread, at once: each way to it costs a tap more than the look for what waits.

        Raises only where they could not be kept. None: the look failed, or would be too long here. So it is where
        updates were held back for us: more come at once, and what waits is much.
        """
        return self._inbox.taken(updates, 0 if len(updates) >= MOST else CAP)

    async def _rest(self, error: Exception) -> None:
        self._failures += 1
        waits = isinstance(error, RetryAfter)
        seconds = trouble_of(error).seconds if waits else backoff(self._failures)
        known = isinstance(error, TelegramError) and not isinstance(error, BadRequest)
        log.warning("getUpdates: %s; again in %g s", type(error).__name__ if known else place(error), seconds)
        await self._pause(seconds)
