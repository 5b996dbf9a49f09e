"""The list of commands that Telegram offers while typing "/". Knows names and texts only, not what a command does."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from telegram import Bot, BotCommand

from bot.telegram.trouble import Trouble, attempt

log = logging.getLogger(__name__)
Commands: TypeAlias = Sequence[tuple[str, Mapping[str, str]]]
"""(name without slash, {'zh': ..., 'en': ...}) in the order shown."""
_LISTS = ((None, "zh"), ("zh", "zh"), ("en", "en"))
"""(whose client, in what language). Chinese is for everybody whose language has no list of its own."""


async def register(bot: Bot, described: Callable[[], Commands]) -> None:
    """Tell Telegram the commands. A failure is logged: the bot works without.

    described: asked in a thread, since it reads catalogues that nobody has needed so far.
    """
    commands = await asyncio.to_thread(described)
    for client, language in _LISTS:
        shown = [BotCommand(name, texts[language]) for name, texts in commands]
        result = await attempt(bot.set_my_commands(shown, language_code=client))
        if isinstance(result, Trouble):
            log.warning("the list of commands was not set: %s", result.note)
            return
