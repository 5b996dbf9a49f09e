"""Somebody at a terminal whose lines are given, and what it printed."""

import io
import itertools
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.service.world import World
from bot.terminal.chat import CHANNEL, TerminalChat, local_person


class Seat:
    """Sits down anew at each `type`, on the same data."""

    def __init__(self, world: World, folder: Path, locale: str = "zh_CN") -> None:
        self.world, self.folder = world, folder
        self._locale = locale
        self._numbers = itertools.count(1)

    def type(self, lines: Sequence[str]) -> str:
        """Everything printed until the lines end."""
        out = io.StringIO()
        console = Console(file=out, width=100, force_terminal=False)
        conversation, outbox = Conversation(self.world), OutboxDesk(self.world, CHANNEL)
        who = local_person("示例员", self._locale)
        chat = TerminalChat(
            who, conversation, outbox, console, iter(lines), lambda: str(next(self._numbers)), self.folder
        )
        chat.run()
        return out.getvalue()
