"""Updates that Telegram pushes, into the inbox: the counterpart of intake.py. Knows nothing of what they mean.

Telegram is answered 200 only after the commit; until then it holds the update and pushes it again, and the inbox
knows it (RELIABILITY 2). When the bot stops the webhook stays set: what comes meanwhile waits at Telegram.
"""

import hashlib
import hmac
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken

from bot.telegram import batch
from bot.telegram.client import ALLOWED_UPDATES, Client, Secret
from bot.telegram.intake import nothing
from bot.telegram.ports import Inbox, Incoming
from bot.telegram.replies import TOKEN_LINE
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Pause, backoff, place, trouble_of
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
PUSHES_AT_ONCE = 40
LOOK_SECONDS = 30.0
"""How often Telegram is asked whether the webhook is still ours."""
TAKEN_LINE = (
    "另一个进程接管了此令牌的推送（webhook），本进程退出"
    " / another copy took this token's webhook over: only one may get the updates"
)


@dataclass(frozen=True, slots=True)
class Hook:
    """url: where Telegram reaches this machine, https; port: where it is listened to here, 0 for any free one.

    secret: what Telegram's header must hold.
    """

    url: str
    port: int
    secret: Secret


class Webhook:
    """taken: called after each commit; storage_failed: with what could not be kept. in_touch: Telegram was heard."""

    def __init__(
        self,
        hook: Hook,
        token: Secret,
        client: Client,
        inbox: Inbox,
        writer: Writer,
        stop: Stop,
        *,
        taken: Callable[[], None],
        storage_failed: Callable[[tuple[Incoming, ...]], None],
        pause: Pause,
        in_touch: Callable[[], None] = nothing,
    ) -> None:
        self._hook, self._client, self._inbox, self._writer, self._stop = hook, client, inbox, writer, stop
        self._taken, self._storage_failed, self._pause, self._in_touch = taken, storage_failed, pause, in_touch
        # Not guessed even where the secret is short, and says nothing about either.
        path = hmac.new(token.get_secret_value().encode(), b"gradewalk webhook path", hashlib.sha256).hexdigest()[:32]
        self._address = f"{hook.url.rstrip('/')}/{path}"
        from bot.telegram.webhook_server import Endpoint  # noqa: PLC0415  who polls needs no server

        self._endpoint = Endpoint(path, hook.secret.get_secret_value(), self.take)
        self._failures = 0
        self._set = False
        self._last_error: datetime | None = None

    def listen(self) -> bool:
        """Whether the port could be had; otherwise the run is asked to stop."""
        try:
            port = self._endpoint.listen(self._hook.port)
        except OSError as error:
            # Its own text repeats the address.
            where, why = self._hook.port, os.strerror(error.errno or 0)
            line = f"端口 {where} 无法使用：{why} / port {where} cannot be listened on: {why} (WEBHOOK_PORT)"
            self._stop.now(Exit.NO_WEBHOOK, line)
            return False
        log.info("listening on port %d for what Telegram pushes to %s/…", port, self._hook.url)
        return True

    async def run(self) -> None:
        """Tell Telegram where to push, then look now and then whether it does. Until cancelled, or there is no use."""
        while not self._stop.asked:
            try:
                await (self._look() if self._set else self._announce())
            except InvalidToken:
                return self._stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
            except BadRequest as error:
                why = error.message[:200].replace(self._address, self._hook.url)
                line = f"Telegram 不接受 WEBHOOK_URL / Telegram does not take WEBHOOK_URL: {why}"
                return self._stop.now(Exit.NO_WEBHOOK, line)
            except Exception as error:  # noqa: BLE001  whatever a network can do
                self._failures += 1
                seconds = trouble_of(error).seconds or backoff(self._failures)
                log.warning("the webhook: %s; again in %g s", trouble_of(error).note, seconds)
                await self._pause(seconds)
                continue
            self._failures = 0
            self._in_touch()
            await self._pause(LOOK_SECONDS)
        return None

    async def take(self, body: bytes) -> bool:
        """Keep what was pushed, whatever it is; False when it could not be kept."""
        update = batch.pushed(body)
        try:
            await self._writer.first(self._inbox.take, (update,))
        except Exception as error:  # noqa: BLE001  the update stays with Telegram
            log.error("an update could not be kept: %s", place(error))  # noqa: TRY400  the message stays out
            self._storage_failed((update,))
            return False
        self._in_touch()
        self._taken()
        return True

    async def finish(self, seconds: float) -> None:
        """Let no other request in and finish those in hand. The webhook stays set."""
        await self._endpoint.finish(seconds)

    async def _announce(self) -> None:
        await self._client.bot.set_webhook(
            self._address,
            max_connections=PUSHES_AT_ONCE,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
            secret_token=self._hook.secret.get_secret_value(),
        )
        self._set = True

    async def _look(self) -> None:
        info = await self._client.bot.get_webhook_info()
        if info.url != self._address:
            return self._stop.now(Exit.CONFLICT, TAKEN_LINE)
        self._report(info)
        return None

    def _report(self, info: WebhookInfo) -> None:
        """Say what keeps Telegram from pushing, once each time it met it."""
        if info.last_error_date is not None and info.last_error_date != self._last_error:
            self._last_error = info.last_error_date
            why = (info.last_error_message or "").replace(self._address, self._hook.url)[:200]
            log.warning("Telegram could not push: %s; %d updates wait there", why, info.pending_update_count)
