"""What is said at once and never again: answers to taps, the pointer in groups. Knows no screens; keeps nothing.

Each is a try of its own beside the lanes: a tap that is answered too late has its answer on the card.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Bot, LinkPreviewOptions

from bot.telegram.markup import TOAST, cut
from bot.telegram.ports import Phrases
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Kind, Trouble, attempt

log = logging.getLogger(__name__)
_REMEMBERED = 10_000
TOKEN_LINE = "Telegram refuses the token: check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL"  # noqa: S105  a sentence


class Replies:
    """Starts at once, waits for nobody."""

    def __init__(self, bot: Bot, phrases: Phrases, stop: Stop) -> None:
        self._bot, self._phrases, self._stop = bot, phrases, stop
        self._running: set[asyncio.Task[None]] = set()
        self._answered: dict[str, None] = {}
        self._pointed: dict[str, None] = {}

    def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a tap, once: what was said first stands, also when the tap is worked on again."""
        if query and _first(self._answered, query):
            shown = cut(text, TOAST) or None
            self._start(self._bot.answer_callback_query(query, shown, show_alert=alert))

    def not_saved(self, query: str, hint: str) -> None:
        """Tell the person that this tap is not saved."""
        if query and query not in self._answered:
            self.answer(query, self._phrases.not_saved(hint), alert=True)

    def point_out(self, chat: str, hint: str, query: str = "") -> None:
        """In a group: where the private chat is. A line once in each group, a toast for each tap."""
        line = self._phrases.private_only(hint)
        self.answer(query, line, alert=True)
        if not query and _first(self._pointed, chat):
            text = f"{line}\nhttps://t.me/{self._bot.username}"
            no_preview = LinkPreviewOptions(is_disabled=True)
            self._start(self._bot.send_message(int(chat), text, link_preview_options=no_preview))

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, then break it off."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _start(self, call: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._say(call))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _say(self, call: Coroutine[Any, Any, object]) -> None:
        result = await attempt(call)
        if isinstance(result, Trouble):
            if result.kind is Kind.STOP:
                self._stop.now(Exit.BAD_TOKEN, TOKEN_LINE)
            log.log(logging.DEBUG if result.kind is Kind.OLD else logging.INFO, "not answered: %s", result.note)


def _first(seen: dict[str, None], key: str) -> bool:
    """Whether the key is new. Remembers the last ones only."""
    if key in seen:
        return False
    seen[key] = None
    if len(seen) > _REMEMBERED:
        del seen[next(iter(seen))]
    return True
