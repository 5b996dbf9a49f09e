"""The bot on Telegram, put together: from the first call to the exit code. Knows no settings and no storage."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.telegram.client import Client, Secret, connect
from bot.telegram.commands import Commands, register
from bot.telegram.downloads import Downloads, Source, Web
from bot.telegram.intake import Intake, nothing
from bot.telegram.lanes import Lanes
from bot.telegram.ports import Conversation, Files, Inbox, Outbox, Phrases, Reminders, Waiting
from bot.telegram.presenter import Presenter
from bot.telegram.reminding import reminding
from bot.telegram.replies import TOKEN_LINE, Replies
from bot.telegram.showing import Showing
from bot.telegram.stopping import Exit, Stop, signals
from bot.telegram.trouble import Pause, backoff, place, trouble_of
from bot.telegram.watch import Watch
from bot.telegram.watchdog import watchdog
from bot.telegram.webhook import Hook, Webhook
from bot.telegram.worker import Worker
from bot.telegram.writer import Together, Writer

log = logging.getLogger(__name__)
_PUSHES, _LANES, _REPLIES, _CARDS = 0.5, 2.0, 0.5, 1.0
"""Seconds that each may still take when the bot is stopped: less than 5 together."""


@dataclass(frozen=True, slots=True)
class _Service:
    inbox: Inbox
    conversation: Conversation
    outbox: Outbox
    phrases: Phrases
    files: Files | None
    reminders: Reminders | None


@dataclass(frozen=True, slots=True)
class _Line:
    """How updates come: by polling, or where there is a hook by pushes."""

    client: Client
    token: Secret
    hook: Hook | None
    in_touch: Callable[[], None]
    watch: Watch | None
    web: Source | None = None


async def run(
    *,
    token: Secret,
    api_url: str,
    inbox: Inbox,
    conversation: Conversation,
    outbox: Outbox,
    phrases: Phrases,
    commands: Callable[[], Commands],
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    pause: Pause = asyncio.sleep,
    stop: Stop | None = None,
    hook: Hook | None = None,
    in_touch: Callable[[], None] = nothing,
    watch: Watch | None = None,
    files: Files | None = None,
    web: Source | None = None,
    reminders: Reminders | None = None,
    together: Together | None = None,
    lost: Callable[[], None] = nothing,
    ending: Callable[[], None] = nothing,
) -> int:
    """Run until a signal, `stop`, or a reason to give up; the exit code (see stopping.Exit).

    Only one process may do this for a data folder: the caller holds its lock. requests and pause: for tests.
    hook: Telegram pushes updates there; None: they are polled. in_touch: called whenever updates could have come:
    a poll was answered, a push was kept, Telegram said that the webhook is ours. watch: told that instead, with
    Telegram's clock, and run beside the rest. files: those that people send; None: they are not fetched. web: the way
    to them, for tests. reminders: for who wants them; None: nobody is reminded. together, lost: how calls of the
    service are kept with one commit, and what is told where that fails; None: one by one. ending: called once nothing
    more is begun, before threads are waited for: what they wait for may be given up.
    """
    stop = stop or Stop()
    client = connect(token, api_url, requests, server_time=watch.server_time if watch else None)
    with signals(stop), Writer(together, lost) as writer:
        try:
            await stop.unless(_introduce(client, stop, pause))
            if not stop.asked:
                service = _Service(inbox, conversation, outbox, phrases, files, reminders)
                line = _Line(client, token, hook, watch.in_touch if watch else in_touch, watch, web)
                await _serve(line, service, commands, writer, stop, pause)
        except* Exception as errors:  # noqa: BLE001  the last line of defence
            for error in _leaves(errors):
                log.critical("stopped by a defect: %s", place(error))
            stop.now(Exit.CRASHED)
        finally:
            ending()
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
    line: _Line, service: _Service, commands: Callable[[], Commands], writer: Writer, stop: Stop, pause: Pause
) -> None:
    """All parts side by side, until somebody asks to stop; then what is in hand is finished."""
    bot = line.client.bot
    service.conversation.named(bot.username)
    replies = Replies(bot, service.phrases, stop, pause)
    presenter = Presenter(service.outbox, writer, Showing(bot, service.outbox, writer), stop, pause)
    downloads = _downloads(line, service, writer, presenter, pause)
    worker = _worker(service, writer, replies, presenter, bot.username, downloads.wake if downloads else nothing)
    lanes = Lanes(service.inbox, writer, worker.work, pause, worker.crowded)

    def taken(waiting: Sequence[Waiting] | None) -> None:
        if waiting is None:
            lanes.wake()
        else:
            lanes.found(waiting)
        if worker.storage_well():
            presenter.look()

    source = _source(line, service.inbox, writer, stop, taken, worker, pause)
    if isinstance(source, Webhook) and not source.listen():
        return
    log.info("running as @%s", bot.username)
    try:
        async with asyncio.TaskGroup() as group:
            fetching = [group.create_task(source.run()), group.create_task(register(bot, commands))]
            showing = [group.create_task(lanes.run()), group.create_task(presenter.run())]
            showing.append(group.create_task(watchdog()))
            fetching += [group.create_task(downloads.run())] if downloads else []
            if service.reminders is not None:
                fetching.append(group.create_task(reminding(service.reminders, writer, presenter.look)))
            if line.watch is not None:
                showing.append(group.create_task(line.watch.run(writer, presenter.wake, stop)))
            await stop.wait()
            for task in fetching:
                task.cancel()
            await source.finish(_PUSHES)
            await lanes.finish(_LANES)
            await replies.finish(_REPLIES)
            await presenter.finish(_CARDS)
            for task in showing:
                task.cancel()
    finally:
        await source.finish(0)


def _worker(
    service: _Service, writer: Writer, replies: Replies, presenter: Presenter, username: str, fetch: Callable[[], None]
) -> Worker:
    return Worker(
        service.inbox,
        service.conversation,
        writer,
        replies,
        presenter.wake,
        username,
        offer=presenter.offer,
        hold=presenter.hold,
        fetch=fetch,
    )


def _downloads(line: _Line, service: _Service, writer: Writer, presenter: Presenter, pause: Pause) -> Downloads | None:
    if service.files is None:
        return None
    return Downloads(line.client.bot, line.web or Web(), service.files, writer, presenter.look, pause)


def _source(
    line: _Line,
    inbox: Inbox,
    writer: Writer,
    stop: Stop,
    taken: Callable[[Sequence[Waiting] | None], None],
    worker: Worker,
    pause: Pause,
) -> Intake | Webhook:
    if line.hook is None:
        return Intake(
            line.client,
            inbox,
            writer,
            stop,
            taken=taken,
            storage_failed=worker.storage_failed,
            pause=pause,
            in_touch=line.in_touch,
        )
    return Webhook(
        line.hook,
        line.token,
        line.client,
        inbox,
        writer,
        stop,
        taken=partial(taken, None),
        storage_failed=worker.storage_failed,
        pause=pause,
        in_touch=line.in_touch,
    )


def _leaves(errors: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
