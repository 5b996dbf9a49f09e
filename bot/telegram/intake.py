"""Updates from Telegram into the inbox. Knows nothing of what they mean.

What was fetched is confirmed by the next call alone, and that is made only after the commit: a crash in between
brings the same updates again, and the inbox knows them (RELIABILITY 2).
"""

import logging
from collections.abc import Callable

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram import batch
from bot.telegram.client import Client
from bot.telegram.ports import Inbox, Incoming
from bot.telegram.replies import TOKEN_LINE
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Pause, backoff, place, trouble_of
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
STORAGE_PAUSE = 3.0
"""Seconds before the same updates are asked for again when they could not be kept."""
_CONFLICT_LINE = "another copy is running with this token: only one may ask Telegram for updates"
_WEBHOOK_LINE = "a webhook is set for this token: remove it, or run the copy that it belongs to"


class Intake:
    """The poller. taken: called after each commit; storage_failed: with what could not be kept."""

    def __init__(
        self,
        client: Client,
        inbox: Inbox,
        writer: Writer,
        stop: Stop,
        *,
        taken: Callable[[], None],
        storage_failed: Callable[[tuple[Incoming, ...]], None],
        pause: Pause,
    ) -> None:
        self._client, self._inbox, self._writer, self._stop = client, inbox, writer, stop
        self._taken, self._storage_failed, self._pause = taken, storage_failed, pause
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled, or until Telegram says that there is no use."""
        while not self._stop.asked:
            try:
                updates = await self._fetch()
            except Conflict as error:
                return self._stop.now(Exit.CONFLICT, _WEBHOOK_LINE if "webhook" in error.message else _CONFLICT_LINE)
            except InvalidToken:
                return self._stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
            except Exception as error:  # noqa: BLE001  whatever a network can do
                await self._rest(error)
                continue
            self._failures = 0
            if updates:
                await self._keep(updates)
        return None

    async def _fetch(self) -> tuple[Incoming, ...]:
        body = await self._client.updates(self._offset)
        try:
            return batch.rows(body)
        except batch.UnreadableError:
            log.warning("getUpdates: an answer that cannot be read; asking for one update alone")
        body = await self._client.updates(self._offset, limit=1)
        try:
            return batch.rows(body)
        except batch.UnreadableError:
            return (batch.salvage(body),)

    async def _keep(self, updates: tuple[Incoming, ...]) -> None:
        try:
            await self._writer(self._inbox.take, updates)
        except Exception as error:  # noqa: BLE001  the updates stay with Telegram
            log.error("updates could not be kept: %s", place(error))  # noqa: TRY400  the message stays out
            self._storage_failed(updates)
            await self._pause(STORAGE_PAUSE)
            return
        # Not the last one's: a batch may come in any order. Not the highest ever: ids restart after an idle week.
        self._offset = max(update.update_id for update in updates) + 1
        self._taken()

    async def _rest(self, error: Exception) -> None:
        self._failures += 1
        waits = isinstance(error, RetryAfter)
        seconds = trouble_of(error).seconds if waits else backoff(self._failures)
        known = isinstance(error, TelegramError) and not isinstance(error, BadRequest)
        log.warning("getUpdates: %s; again in %g s", type(error).__name__ if known else place(error), seconds)
        await self._pause(seconds)
