"""The few calls that every tap makes, as plain JSON: no object of the library is built and none is read back.

python-telegram-bot's own methods build keyboards object by object, check every parameter, and read a Message of every
answer of which we use a number. These post through the same Bot, so the errors are the same. Knows no screen's meaning.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from telegram import Bot
from telegram.error import TelegramError

JSON: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Sequence[JSON]]
"""Buttons by row, as the Bot API has them; see markup.rows."""
_NO_PREVIEW: Final = {"is_disabled": True}


class Lean(Bot):
    """A Bot with a short way for what is done most. The library's methods are all there beside it."""

    async def answer(self, query: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a tap. TelegramError."""
        await self._post(
            "answerCallbackQuery", {"callback_query_id": query, "text": text, "show_alert": True if alert else None}
        )

    async def edit(self, chat: int, message: int, text: str, parse_mode: str | None, rows: Rows) -> None:
        """Make a message show this text and these buttons. TelegramError."""
        asked = {"chat_id": chat, "message_id": message, "text": text, "parse_mode": parse_mode}
        await self._post("editMessageText", asked | _markup(rows) | {"link_preview_options": _NO_PREVIEW})

    async def say(self, chat: int, text: str, parse_mode: str | None = None, *, silent: bool = False) -> int:
        """A message without buttons; its number. silent: no sound. TelegramError."""
        asked = {"chat_id": chat, "text": text, "parse_mode": parse_mode, "link_preview_options": _NO_PREVIEW}
        sent = await self._post("sendMessage", asked | ({"disable_notification": True} if silent else {}))
        number = sent.get("message_id") if isinstance(sent, dict) else None
        if type(number) is not int:
            raise TelegramError("Invalid server response")
        return number

    async def strip(self, chat: int, message: int) -> None:
        """Take all buttons away from a message. TelegramError."""
        await self._post("editMessageReplyMarkup", {"chat_id": chat, "message_id": message})


def _markup(rows: Rows) -> dict[str, object]:
    """Without buttons there is no keyboard at all: that takes away what was there."""
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
