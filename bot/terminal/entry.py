"""Starts the terminal chat: where the lines come from, who sits there. Must not know what lines mean."""

import getpass
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.service.world import World
from bot.terminal.chat import CHANNEL, TerminalChat, local_person

PIPED_WIDTH = 100


def talk(world: World, folder: Path, locale: str) -> None:
    """Chat until the input ends. folder: where files that are handed out are put; locale: 'zh_CN', '' for unknown."""
    piped = not sys.stdin.isatty()
    started = world.clock().strftime("%Y%m%d%H%M%S%f")
    numbers = itertools.count(1)
    TerminalChat(
        local_person(_login(), locale),
        Conversation(world),
        OutboxDesk(world, CHANNEL),
        Console(width=PIPED_WIDTH if piped else None, highlight=False, soft_wrap=False),
        typed_lines(),
        lambda: f"{started}-{next(numbers)}",
        folder,
    ).run()


def typed_lines() -> Iterator[str]:
    """Lines of standard input; at a terminal with editing and history. Ends at end of input or Ctrl-C."""
    if not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
        yield from sys.stdin
        return
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            yield session.prompt("> ")
        except (EOFError, KeyboardInterrupt):
            return


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "local"
