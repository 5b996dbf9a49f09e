"""The bot on Telegram, put together: from the first call to the exit code. Knows no settings and no storage."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.telegram.client import Client, Secret, connect
from bot.telegram.commands import Commands, register
from bot.telegram.intake import Intake
from bot.telegram.lanes import Lanes
from bot.telegram.ports import Conversation, Inbox, Outbox, Phrases
from bot.telegram.presenter import Presenter
from bot.telegram.replies import TOKEN_LINE, Replies
from bot.telegram.showing import Showing
from bot.telegram.stopping import Exit, Stop, signals
from bot.telegram.trouble import Pause, backoff, place, trouble_of
from bot.telegram.worker import Worker
from bot.telegram.writer import Writer

log = logging.getLogger(__name__)
_LANES, _REPLIES, _CARDS = 2.0, 0.5, 1.0
"""Seconds that each may still take when the bot is stopped: less than 5 together."""


@dataclass(frozen=True, slots=True)
class _Service:
    inbox: Inbox
    conversation: Conversation
    outbox: Outbox
    phrases: Phrases


async def run(
    *,
    token: Secret,
    api_url: str,
    inbox: Inbox,
    conversation: Conversation,
    outbox: Outbox,
    phrases: Phrases,
    commands: Commands,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    pause: Pause = asyncio.sleep,
    stop: Stop | None = None,
) -> int:
    """Run until a signal, `stop`, or a reason to give up; the exit code (see stopping.Exit).

    Only one process may do this for a data folder: the caller holds its lock. requests and pause: for tests.
    """
    stop = stop or Stop()
    client = connect(token, api_url, requests)
    with signals(stop), Writer() as writer:
        try:
            await stop.unless(_introduce(client, stop, pause))
            if not stop.asked:
                service = _Service(inbox, conversation, outbox, phrases)
                await _serve(client, service, commands, writer, stop, pause)
        except* Exception as errors:  # noqa: BLE001  the last line of defence
            for error in _leaves(errors):
                log.critical("stopped by a defect: %s", place(error))
            stop.now(Exit.CRASHED)
        finally:
            await client.bot.shutdown()
    return int(stop.code)


async def _introduce(client: Client, stop: Stop, pause: Pause) -> None:
    """Connect and learn who we are, however long the network takes."""
    failures = 0
    while True:
        try:
            return await client.bot.initialize()
        except InvalidToken:
            return stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
        except Exception as error:  # noqa: BLE001  whatever a network can do
            failures += 1
            seconds = trouble_of(error).seconds or backoff(failures)
            log.warning("Telegram cannot be reached: %s; again in %g s", trouble_of(error).note, seconds)
        await pause(seconds)


async def _serve(
    client: Client, service: _Service, commands: Commands, writer: Writer, stop: Stop, pause: Pause
) -> None:
    """All parts side by side, until somebody asks to stop; then what is in hand is finished."""
    bot = client.bot
    replies = Replies(bot, service.phrases, stop)
    presenter = Presenter(service.outbox, writer, Showing(bot, service.outbox, writer), stop, pause)
    worker = Worker(service.inbox, service.conversation, writer, replies, presenter.wake, bot.username)
    lanes = Lanes(service.inbox, writer, worker.work, pause)
    intake = Intake(
        client, service.inbox, writer, stop, taken=lanes.wake, storage_failed=worker.storage_failed, pause=pause
    )
    log.info("running as @%s", bot.username)
    async with asyncio.TaskGroup() as group:
        fetching = [group.create_task(intake.run()), group.create_task(register(bot, commands))]
        showing = [group.create_task(lanes.run()), group.create_task(presenter.run())]
        await stop.wait()
        for task in fetching:
            task.cancel()
        await lanes.finish(_LANES)
        await replies.finish(_REPLIES)
        await presenter.finish(_CARDS)
        for task in showing:
            task.cancel()


def _leaves(errors: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
