"""Telegram put on top of the use cases, with the lock that keeps a second copy out. Must not know what either does."""

import asyncio
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.loading import lasting, look_seldom
from bot.lock import EXIT_SECOND, SecondCopy, alone
from bot.service.fetching import FetchDesk
from bot.service.inbox import InboxDesk
from bot.service.lease import LEASE, LeaseDesk
from bot.service.outbox import OutboxDesk
from bot.service.phrases import Phrases
from bot.service.presence import PresenceDesk
from bot.service.reminding import ReminderDesk
from bot.service.respond import Conversation
from bot.service.timekeeping import ClockBehind, check_clock
from bot.service.workshop import FOLDER, Workshop
from bot.service.world import World
from bot.store import whole
from bot.store.errors import StoreError
from bot.telegram.client import Secret
from bot.telegram.run import run
from bot.telegram.stopping import Exit, Stop, last_resort
from bot.telegram.watch import Watch
from bot.telegram.webhook import Hook
from bot.words import COMMANDS, Words

CHANNEL = "telegram"
EXIT_CLOCK = 2
LATER = 5.0
"""Seconds from the start until a database that was left whole is looked through: people come first."""
LOOK_SECONDS = 5.0
"""How often another machine's lease is looked at, until it ends or is renewed."""


def serve(settings: Settings, open_world: Callable[..., World], *, clock_is_right: bool = False) -> int:
    """Run until it is told to stop; the exit code. The world is opened under the lock: it may migrate the database.

    open_world: of the settings; whole=True: the database need not be checked before, as it is just what the last run
    left. Then it is looked through while the bot serves already, and StoreCorrupt ends the run as it ends a start.
    clock_is_right: although entries have later times, since they were made while it was ahead.
    """
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("no token")
    try:
        with alone(settings.data_dir):
            workshop = Workshop(settings.data_dir / FOLDER)
            file = whole.file_of(settings.database_url)
            look = whole.Look(file) if whole.is_left_whole(file) else None
            with lasting():
                world = replace(open_world(settings, whole=True) if look else open_world(settings), workshop=workshop)
            look_seldom()
            if not clock_is_right:
                check_clock(world)
            world.store.disk.keep_reserve()
            stop = Stop()
            desk = LeaseDesk(world, CHANNEL, process_name())
            with last_resort(stop), left_whole(file) as left, closing(world.store), leased(desk) as lease, workshop:
                work = _bot(settings, token, world, lease, workshop, stop)
                code = run_loop(looked_through(work, look, stop) if look else work)
                if look and look.damage:
                    raise look.damage
                left.whole = code == Exit.DONE and (look is None or look.sound)
                return code
    except SecondCopy:
        folder = settings.data_dir
        sys.stderr.write(f"另一个进程正在使用 {folder}，本进程退出 / another copy is running on {folder}\n")
        return EXIT_SECOND
    except ClockBehind as behind:
        sys.stderr.write(f"{behind}\n")
        return EXIT_CLOCK


def _bot(
    settings: Settings, token: Secret, world: World, lease: LeaseDesk, workshop: Workshop, stop: Stop
) -> Coroutine[Any, Any, int]:
    return run(
        token=token,
        api_url=settings.telegram_api_url,
        inbox=InboxDesk(world, CHANNEL),
        conversation=Conversation(world),
        outbox=OutboxDesk(world, CHANNEL),
        files=FetchDesk(world, CHANNEL),
        reminders=ReminderDesk(world, CHANNEL),
        phrases=Phrases(world.language, world.store.disk.short_of_room),
        commands=descriptions,
        hook=hook(settings),
        watch=Watch(PresenceDesk(world, CHANNEL), lease, world.clock),
        stop=stop,
        together=world.store.together,
        lost=world.folds.forget,
        ending=workshop.close,
    )


def run_loop(work: Coroutine[Any, Any, int]) -> int:
    """Run it on uvloop, which takes less CPU; on asyncio's own loop where there is none (Windows)."""
    try:
        import uvloop  # noqa: PLC0415  not on every system
    except ImportError:
        factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    else:
        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


async def looked_through(work: Coroutine[Any, Any, int], look: whole.Look, stop: Stop, after: float = LATER) -> int:
    """Do the work, and look through the database meanwhile; damage asks it to stop. after: seconds from the start."""

    async def looking() -> None:
        await asyncio.sleep(after)
        if await asyncio.get_running_loop().run_in_executor(thread, look.take):
            stop.now(Exit.CRASHED, "the database is damaged")

    with ThreadPoolExecutor(1, "look") as thread:
        task = asyncio.create_task(looking())
        try:
            return await work
        finally:
            look.give_up()
            task.cancel()


@dataclass(slots=True)
class Left:
    """whole: all of the database was looked through in this run, and the run ended as it should."""

    whole: bool = False


@contextmanager
def left_whole(file: Path) -> Iterator[Left]:
    """Mark the database as whole once it is closed, where the block says so; else the next start looks first."""
    left = Left()
    whole.forget(file)
    yield left
    if left.whole:
        whole.leave_whole(file)


def hook(settings: Settings) -> Hook | None:
    """Where Telegram pushes updates to; None: they are polled."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Hook(settings.webhook_url, settings.webhook_port, settings.webhook_secret)


def descriptions() -> list[tuple[str, dict[str, str]]]:
    """The commands with what they do, in both languages."""
    zh, en = (dict(Words.of(language).commands()) for language in ("zh", "en"))
    return [(name, {"zh": zh[name], "en": en[name]}) for name in COMMANDS]


@contextmanager
def leased(lease: LeaseDesk) -> Iterator[LeaseDesk]:
    """Hold the channel's lease, which keeps copies on other machines out where they share the folder.

    Waits until another machine's lease ends, 60 seconds at most; SecondCopy where it is renewed meanwhile.
    """
    seen = lease.take()
    waited = 0.0
    while seen is not None:
        time.sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS
        # By how much the two clocks differ does not matter: what was not renewed for so long belongs to nobody.
        found = lease.take(seen if waited >= LEASE.total_seconds() else None)
        if found is not None and found != seen:
            raise SecondCopy
        seen = found
    try:
        yield lease
    finally:
        with suppress(StoreError):  # it ends by itself
            lease.give_back()


def process_name() -> str:
    """host:pid:random, other than any process ever had."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"
