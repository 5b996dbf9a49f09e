"""Telegram put on top of the use cases, with the lock that keeps a second copy out. Must not know what either does."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.config import Settings
from bot.service.inbox import InboxDesk
from bot.service.outbox import OutboxDesk
from bot.service.phrases import Phrases
from bot.service.respond import Conversation
from bot.service.world import World
from bot.telegram.run import run
from bot.words import COMMANDS, Words

CHANNEL = "telegram"
EXIT_SECOND = 3


class SecondCopy(Exception):  # noqa: N818  told to the operator in one line
    """Another process works on this data folder."""


def serve(settings: Settings, open_world: Callable[[Settings], World]) -> int:
    """Run until it is told to stop; the exit code. The world is opened under the lock: it may migrate the database."""
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("no token")
    try:
        with alone(settings.data_dir):
            world = open_world(settings)
            return asyncio.run(
                run(
                    token=token,
                    api_url=settings.telegram_api_url,
                    inbox=InboxDesk(world, CHANNEL),
                    conversation=Conversation(world),
                    outbox=OutboxDesk(world, CHANNEL),
                    phrases=Phrases(world.language),
                    commands=descriptions(),
                )
            )
    except SecondCopy:
        folder = settings.data_dir
        sys.stderr.write(f"另一个进程正在使用 {folder}，本进程退出 / another copy is running on {folder}\n")
        return EXIT_SECOND


def descriptions() -> list[tuple[str, dict[str, str]]]:
    """The commands with what they do, in both languages."""
    zh, en = (dict(Words.of(language).commands()) for language in ("zh", "en"))
    return [(name, {"zh": zh[name], "en": en[name]}) for name in COMMANDS]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. SecondCopy where somebody else does. It ends with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gradewalk.lock").open("a+b") as file:
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415  Windows alone has it

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415  Windows has none

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SecondCopy from None
        yield
