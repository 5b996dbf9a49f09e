"""The few calls that every tap makes, as plain JSON: no object of the library is built and none is read back.

python-telegram-bot's own methods build keyboards object by object, check every parameter, and read a Message of every
answer of which we use a number. These go through the Bot's own request, whose errors are the library's. Knows no
screen's meaning.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, cast

from telegram import Bot
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram.request import RequestData

JSON: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Sequence[Sequence[JSON]]
"""Buttons by row, as the Bot API has them; see markup.rows."""
_NO_PREVIEW: Final = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class _Ready:
    """A RequestData of what is JSON already: the library would make an object of each and look at its type.

    unread: nobody looks at the result, so that it need not be read where the call was done.
    """

    parameters: JSON
    unread: bool = False
    contains_files: ClassVar = False
    multipart_data: ClassVar[JSON] = {}

    @property
    def json_parameters(self) -> dict[str, str]:
        """As a form has them."""
        return {name: one if isinstance(one, str) else json.dumps(one) for name, one in self.parameters.items()}


class Lean(Bot):
    """A Bot with a short way for what is done most. The library's methods are all there beside it."""

    async def answer(self, query: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a tap. TelegramError."""
        asked = {"callback_query_id": query, "text": text, "show_alert": True if alert else None}
        await self._tell("answerCallbackQuery", asked)

    async def edit(self, chat: int, message: int, text: str, parse_mode: str | None, rows: Rows) -> None:
        """Make a message show this text and these buttons. TelegramError."""
        asked = {"chat_id": chat, "message_id": message, "text": text, "parse_mode": parse_mode}
        await self._tell("editMessageText", asked | _markup(rows) | {"link_preview_options": _NO_PREVIEW})

    async def say(self, chat: int, text: str, parse_mode: str | None = None, *, silent: bool = False) -> int:
        """A message without buttons; its number. silent: no sound. TelegramError."""
        asked = {"chat_id": chat, "text": text, "parse_mode": parse_mode, "link_preview_options": _NO_PREVIEW}
        sent = await self._ask("sendMessage", asked | ({"disable_notification": True} if silent else {}))
        number = sent.get("message_id") if isinstance(sent, dict) else None
        if type(number) is not int:
            raise TelegramError("Invalid server response")
        return number

    async def strip(self, chat: int, message: int) -> None:
        """Take all buttons away from a message. TelegramError."""
        await self._tell("editMessageReplyMarkup", {"chat_id": chat, "message_id": message})

    async def _tell(self, method: str, asked: JSON) -> None:
        """That it was done is all that the answer says. None: not given."""
        await self._ask(method, asked, unread=True)

    async def _ask(self, method: str, asked: JSON, *, unread: bool = False) -> object:
        """The result. None: not given."""
        given = {name: one for name, one in asked.items() if one is not None}
        data = cast("RequestData", _Ready(given, unread))  # that class is final
        result: object = await self.request.post(f"{self.base_url}/{method}", data)
        return result


def _markup(rows: Rows) -> dict[str, object]:
    """Without buttons there is no keyboard at all: that takes away what was there."""
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
