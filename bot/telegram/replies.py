"""What is said at once and never again: answers to taps, the pointer in groups. Knows no screens; keeps nothing.

Each goes its own way beside the lanes: a tap that is answered too late has its answer on the card.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bot.service.quota import Quota
from bot.telegram.lean import Lean
from bot.telegram.markup import TOAST, cut
from bot.telegram.ports import Phrases
from bot.telegram.stopping import Exit, Stop
from bot.telegram.trouble import Kind, Pause, Trouble, attempt, backoff

log = logging.getLogger(__name__)
_REMEMBERED = 10_000
_HOUR = 3600.0
PATIENCE = 15.0
"""Seconds that an answer to a tap may be put off: Telegram takes none that is much later (RELIABILITY 1)."""
TOKEN_LINE = "Telegram refuses the token: check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL"  # noqa: S105  a sentence


class Replies:
    """Starts at once, waits for nobody."""

    def __init__(self, bot: Lean, phrases: Phrases, stop: Stop, pause: Pause = asyncio.sleep) -> None:
        self._bot, self._phrases, self._stop, self._pause = bot, phrases, stop, pause
        self._running: set[asyncio.Task[None]] = set()
        self._answered: dict[str, None] = {}
        self._pointed = Quota(1, _HOUR)
        self._open = asyncio.Event()  # no limit on answers is in force
        self._open.set()
        self._limits: list[float] = []

    def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a tap, once: what was said first stands, also when the tap is worked on again."""
        if query and _first(self._answered, query):
            shown = cut(text, TOAST) or None
            self._run(self._answer(partial(self._bot.answer, query, shown, alert=alert)))

    def not_saved(self, query: str, hint: str) -> None:
        """Tell the person that this tap is not saved."""
        if query and query not in self._answered:
            self.answer(query, self._phrases.not_saved(hint), alert=True)

    def say(self, chat: str, text: str) -> None:
        """A plain line at once; '' is none. It is kept nowhere: where it fails it is not said."""
        if text:
            self._start(self._bot.say(int(chat), text))

    def point_out(self, query: str, hint: str) -> None:
        """To a tap in a group: the interview is held in private."""
        self.answer(query, self._phrases.private_only(hint), alert=True)

    def leave(self, chat: str, hint: str, *, speak: bool) -> None:
        """Out of a group or channel; speak: once an hour in each, first say why and where the private chat is."""
        says = speak and self._pointed.take(chat, asyncio.get_running_loop().time())
        text = f"{self._phrases.private_only(hint)}\nhttps://t.me/{self._bot.username}" if says else ""
        self._run(self._part(int(chat), text))

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, then break it off."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _part(self, chat: int, text: str) -> None:
        if text:
            await self._say(self._bot.say(chat, text))
        await self._say(self._bot.leave_chat(chat))

    def _start(self, call: Coroutine[Any, Any, object]) -> None:
        self._run(self._say(call))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, call: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Try until it is said, or too late. A second time only where Telegram did nothing: a tap has one answer."""
        await asyncio.sleep(0)  # cards that are ready in this round go first: they say the same, and stay
        left, failures = PATIENCE, 0
        while max(self._limits, default=0.0) <= left:
            await self._open.wait()
            result = await attempt(call())
            if not isinstance(result, Trouble) or result.kind not in {Kind.WAIT, Kind.RETRY}:
                return self._noted(result)
            failures += 1
            seconds = result.seconds or backoff(failures)
            left -= seconds
            if result.kind is Kind.WAIT:
                self._limit(seconds)
            elif left >= 0:
                await self._pause(seconds)
        log.info("not answered: it would come too late")
        return None

    def _limit(self, seconds: float) -> None:
        """Telegram takes no answers for so long. It names no chat, so none is given in any."""
        self._open.clear()
        self._limits.append(seconds)
        self._run(self._lift(seconds))

    async def _lift(self, seconds: float) -> None:
        await self._pause(seconds)
        self._limits.remove(seconds)
        if not self._limits:
            self._open.set()

    async def _say(self, call: Coroutine[Any, Any, object]) -> None:
        self._noted(await attempt(call))

    def _noted(self, result: object) -> None:
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
