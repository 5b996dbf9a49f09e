"""The calls that make a chat show something, each one try: its result, or what is wrong. Knows no order and no storage.

Where Telegram cannot read our HTML, the same goes out plain.
"""

import io
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from telegram import InputFile
from telegram.constants import ChatAction, FileSizeLimit

from bot.telegram.lean import Lean
from bot.telegram.markup import CAPTION, TEXT, Form, bare, cut, meant, plain, rows, units
from bot.telegram.trouble import PASSING, Kind, Trouble, attempt
from bot.view.screen import Screen

T = TypeVar("T")
log = logging.getLogger(__name__)
LARGEST = int(FileSizeLimit.FILESIZE_UPLOAD)
"""Bytes of a file."""
FILE_SECONDS = 60.0
TICK, STAND_IN = "✓", "…"


class Sending:
    """One chat is named in each call; chats know nothing of each other. What is sent gives the message's number."""

    def __init__(self, bot: Lean) -> None:
        self._bot = bot

    async def text(self, chat: int, html: str) -> int | Trouble:
        """A message without buttons. Too long, it comes as a file: cut, it would no longer be what was meant."""
        if units(plain(html)) > TEXT:
            return await self.file(chat, plain(html).encode(), "message.txt", "")
        return await self._in_forms(html, TEXT, lambda form: self._send(chat, form))

    async def stand_in(self, chat: int, screen: Screen) -> int | Trouble:
        """A message that is to become this card by an edit. That something was saved is said in it already.

        Silent: a card answers what the person did just now.
        """
        first = plain(screen.text).partition("\n")[0]
        text = cut(first, TEXT) if first.startswith(TICK) else STAND_IN
        return await attempt(self._bot.say(chat, text, silent=True))

    async def file(self, chat: int, content: bytes | Path, name: str, caption: str) -> int | Trouble:
        """A file with a caption in HTML; one on the disk is read while it is sent."""
        if (size := _size(content)) > LARGEST:
            return Trouble(Kind.TOO_BIG, f"{size} bytes")

        async def send(form: Form) -> int:
            mode, text = form.parse_mode, form.text or None
            with _opened(content) as file:
                document = InputFile(file, name, read_file_handle=False)
                sent = await self._bot.send_document(
                    chat, document, text, filename=name, parse_mode=mode, read_timeout=FILE_SECONDS
                )
            return sent.message_id

        return await self._in_forms(caption, CAPTION, send)

    async def picture(self, chat: int, content: bytes | Path, name: str, caption: str) -> int | Trouble:
        """A picture that shows in the chat, with a caption in HTML."""

        async def send(form: Form) -> int:
            mode, text = form.parse_mode, form.text or None
            with _opened(content) as file:
                photo = InputFile(file, name, read_file_handle=False)
                sent = await self._bot.send_photo(chat, photo, text, parse_mode=mode, read_timeout=FILE_SECONDS)
            return sent.message_id

        return await self._in_forms(caption, CAPTION, send)

    async def line(self, chat: int, html: str) -> int | Trouble:
        """A short message that will be rewritten and taken away again; silent."""
        return await attempt(self._bot.say(chat, plain(html), silent=True))

    async def rewrite(self, chat: int, message: int, html: str) -> Trouble | None:
        """Such a message made to say this."""
        return _unless_same(await attempt(self._bot.edit(chat, message, plain(html), None, ())))

    async def delete(self, chat: int, message: int) -> Trouble | None:
        """Take a message away; that it is gone already is success."""
        result = await attempt(self._bot.delete_message(chat, message))
        return result if isinstance(result, Trouble) and result.kind in PASSING else None

    async def uploading(self, chat: int) -> None:
        """Show that a file is on its way; whether that gets through does not matter."""
        await attempt(self._bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT))

    async def edit(self, chat: int, message: int, screen: Screen) -> Trouble | None:
        """Make a message show this screen."""
        buttons = rows(screen)

        def edit(form: Form) -> Awaitable[None]:
            return self._bot.edit(chat, message, form.text, form.parse_mode, buttons)

        return _unless_same(await self._in_forms(screen.text, TEXT, edit))

    async def strip(self, chat: int, message: int) -> Trouble | None:
        """Take all buttons away from a message."""
        return _unless_same(await attempt(self._bot.strip(chat, message)))

    async def probe(self, chat: int) -> Trouble | None:
        """Whether calls for this chat get through; what they say of this one alone does not matter.

        Before a message is sent a second time: while the network is gone no copy of it need be risked.
        """
        result = await attempt(self._bot.send_chat_action(chat, ChatAction.TYPING))
        return result if isinstance(result, Trouble) and result.kind in PASSING else None

    def _send(self, chat: int, form: Form) -> Awaitable[int]:
        return self._bot.say(chat, form.text, form.parse_mode)

    async def _in_forms(self, text: str, limit: int, send: Callable[[Form], Awaitable[T]]) -> T | Trouble:
        """As HTML; where Telegram cannot read that, plain."""
        form = meant(text, limit)
        if form.parse_mode is None:
            log.error("a defect: a text is too long; sent plain and cut")
        result = await attempt(send(form))
        if isinstance(result, Trouble) and result.kind is Kind.MARKUP:
            log.error("a defect: Telegram refused our HTML; sent as plain text")
            result = await attempt(send(bare(text, limit)))
        return result


def _size(content: bytes | Path) -> int:
    return content.stat().st_size if isinstance(content, Path) else len(content)


def _opened(content: bytes | Path) -> BinaryIO:
    return content.open("rb") if isinstance(content, Path) else io.BytesIO(content)


def _unless_same(result: object) -> Trouble | None:
    """That a message looks like that already is success."""
    return result if isinstance(result, Trouble) and result.kind is not Kind.SAME else None
