"""One chat made to show what it must: its notices in order, then its card. Knows one chat at a time and no waiting.

A trouble that is returned says how to go on; what Telegram did is written down before anything else is sent.
"""

import asyncio
import logging
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.telegram.markup import CAPTION, TEXT, Form, digest, forms, keyboard, plain, units
from bot.telegram.ports import Notice, Outbox, Wanted
from bot.telegram.trouble import Kind, Trouble, attempt, place
from bot.telegram.writer import Writer

T = TypeVar("T")
log = logging.getLogger(__name__)
UNSURE_TRIES = 5
"""Sends that may have arrived, before we stop: Telegram cannot tell us, and nobody wants the same message ten times."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Pending:
    """What a chat is to be shown, as of one look at the outbox."""

    chat: str
    notices: tuple[Notice, ...]
    wanted: Wanted | None


class Showing:
    """Sends, edits and writes down. Raises what the storage raises; nothing is sent twice because of that."""

    def __init__(self, bot: Bot, outbox: Outbox, writer: Writer) -> None:
        self._bot, self._outbox, self._writer = bot, outbox, writer
        self._owed: defaultdict[str, deque[Callable[[], None]]] = defaultdict(deque)  # done, not yet written down
        self._unsure: Counter[tuple[str, int]] = Counter()

    async def show(self, pending: Pending) -> Trouble | None:
        """None: it is shown."""
        try:
            target = int(pending.chat)
        except ValueError:
            return await self._lost(pending.chat, Trouble(Kind.UNREACHABLE, "not a chat of Telegram"))
        for notice in pending.notices:
            trouble = await self._notice(target, notice)
            if trouble is not None:
                return trouble
        return None if pending.wanted is None else await self._card(target, pending.wanted)

    async def caught_up(self, chat: str) -> bool:
        """Whether all that was done in this chat stood written already. Else it does now, and a new look is needed."""
        if not self._owed.get(chat):
            return True
        await self._write_down(chat)
        return False

    # notices

    async def _notice(self, target: int, notice: Notice) -> Trouble | None:
        result = self._counted(("notice", notice.id), await self._send_notice(target, notice))
        if isinstance(result, Message):
            await self._done(notice.chat, partial(self._outbox.sent, notice.id, result.message_id))
            return None
        if result.kind is Kind.UNREACHABLE:
            return await self._lost(notice.chat, result)
        if result.kind in {Kind.WAIT, Kind.RETRY, Kind.UNSURE, Kind.STOP}:
            return result
        log.error("notice %d is given up: %s", notice.id, result.note)
        await self._done(notice.chat, partial(self._outbox.notice_failed, notice.id, result.note))
        return None

    async def _send_notice(self, target: int, notice: Notice) -> Message | Trouble:
        if notice.kind == "text" and units(plain(notice.text)) <= TEXT:
            return await self._in_forms(forms(notice.text, TEXT), partial(self._send, target, None))
        if notice.kind == "text":  # cut, it would no longer be what was meant
            content, name = plain(notice.text).encode(), notice.file_name or "message.txt"
        else:
            try:
                content, name = await asyncio.to_thread(notice.data or bytes), notice.file_name
            except Exception as error:  # noqa: BLE001  making the file is others' work
                return Trouble(Kind.REFUSED, place(error))

        def send(form: Form) -> Awaitable[Message]:
            return self._bot.send_document(
                target, content, form.text or None, filename=name, parse_mode=form.parse_mode, read_timeout=60.0
            )

        return await self._in_forms(forms(notice.caption, CAPTION), send)

    # the card

    async def _card(self, target: int, wanted: Wanted) -> Trouble | None:
        sign, shown = digest(wanted.screen), wanted.shown_message
        gone = False
        if shown is not None and not wanted.fresh:
            edited = None if sign == wanted.shown_digest else await self._edit(target, shown, wanted)
            if edited is None or edited.kind is Kind.SAME:
                await self._shown(wanted, shown, sign)
                return None
            gone = edited.kind is Kind.GONE
            if not gone and edited.kind is not Kind.REFUSED:
                return await self._lost(wanted.chat, edited) if edited.kind is Kind.UNREACHABLE else edited
        buttons = keyboard(wanted.screen)
        sent = await self._in_forms(forms(wanted.screen.text, TEXT), partial(self._send, target, buttons))
        sent = self._counted((wanted.chat, wanted.version), sent)
        if isinstance(sent, Trouble):
            return await self._lost(wanted.chat, sent) if sent.kind is Kind.UNREACHABLE else sent
        await self._shown(wanted, sent.message_id, sign)
        if shown is not None and not gone:
            await attempt(self._bot.edit_message_reply_markup(target, shown, reply_markup=None))
        return None

    async def _edit(self, target: int, message: int, wanted: Wanted) -> Trouble | None:
        buttons = keyboard(wanted.screen)

        def edit(form: Form) -> Awaitable[Message | bool]:
            return self._bot.edit_message_text(
                form.text,
                target,
                message,
                parse_mode=form.parse_mode,
                reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )

        result = await self._in_forms(forms(wanted.screen.text, TEXT), edit)
        return result if isinstance(result, Trouble) else None

    def _send(self, target: int, buttons: InlineKeyboardMarkup | None, form: Form) -> Awaitable[Message]:
        return self._bot.send_message(
            target, form.text, parse_mode=form.parse_mode, reply_markup=buttons, link_preview_options=_NO_PREVIEW
        )

    # both

    async def _in_forms(self, ways: tuple[Form, Form], send: Callable[[Form], Awaitable[T]]) -> T | Trouble:
        """As HTML; where Telegram cannot read that, plain."""
        result = await attempt(send(ways[0]))
        if isinstance(result, Trouble) and result.kind is Kind.MARKUP:
            log.error("a defect: Telegram refused our HTML or its length; sent as plain text")
            result = await attempt(send(ways[1]))
        return result

    def _counted(self, key: tuple[str, int], result: Message | Trouble) -> Message | Trouble:
        """A send that may have arrived too often is refused from here on."""
        if not isinstance(result, Trouble) or result.kind is not Kind.UNSURE:
            self._unsure.pop(key, None)
            return result
        self._unsure[key] += 1
        if self._unsure[key] < UNSURE_TRIES:
            return result
        del self._unsure[key]
        return Trouble(Kind.REFUSED, f"may have arrived, {UNSURE_TRIES} times: {result.note}")

    # writing down

    async def _shown(self, wanted: Wanted, message: int, sign: str) -> None:
        await self._done(wanted.chat, partial(self._outbox.shown, wanted.chat, wanted.version, message, sign))

    async def _lost(self, chat: str, trouble: Trouble) -> Trouble:
        await self._done(chat, partial(self._outbox.unreachable, chat))
        return trouble

    async def _done(self, chat: str, note: Callable[[], None]) -> None:
        self._owed[chat].append(note)
        await self._write_down(chat)

    async def _write_down(self, chat: str) -> None:
        owed = self._owed[chat]
        while owed:
            await self._writer(owed[0])
            owed.popleft()
        del self._owed[chat]
