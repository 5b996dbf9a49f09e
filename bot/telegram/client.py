"""The way to the Bot API: python-telegram-bot's Bot, and getUpdates as raw bytes. Knows no update and no screen.

getUpdates goes past the library's parsing: one update that it cannot read must not hide the others, and it writes
an answer that is no JSON into the log.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # what the public RequestData is made of
from telegram.warnings import PTBDeprecationWarning

from bot.telegram.lean import Lean
from bot.telegram.transport import Transport

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
"""How long Telegram holds a poll open when there is nothing."""
_MARGIN = 10.0
_AT_ONCE = 256
"""Connections for calls other than getUpdates."""
_SECONDS_PER_DAY = 86_400
MOST = 100
"""Updates that Telegram gives at once."""


class Secret(Protocol):
    """A token that does not show itself, such as pydantic's SecretStr."""

    def get_secret_value(self) -> str:
        """The token."""


@dataclass(frozen=True, slots=True)
class Client:
    """bot: every method but getUpdates. Not shown with its token."""

    bot: Lean
    polling: BaseRequest

    def __repr__(self) -> str:
        return "Client()"

    async def updates(self, offset: int, limit: int = MOST, *, at_once: bool = False) -> bytes:
        """The body of getUpdates with everything below `offset` confirmed (0: nothing). Raises TelegramError.

        at_once: answered though there is nothing, instead of when something comes.
        """
        seconds = 0 if at_once else POLL_SECONDS
        asked: dict[str, object] = {"timeout": seconds, "limit": limit, "allowed_updates": list(ALLOWED_UPDATES)}
        asked |= {"offset": offset} if offset else {}
        status, body = await self.polling.do_request(
            url=f"{self.bot.base_url}/getUpdates",
            method="POST",
            request_data=RequestData([RequestParameter.from_input(name, value) for name, value in asked.items()]),
            read_timeout=seconds + _MARGIN,
        )
        if status != HTTPStatus.OK:
            raise _refusal(status, body)
        return body


def connect(
    token: Secret,
    api_url: str,
    requests: tuple[BaseRequest, BaseRequest] | None = None,
    *,
    server_time: Callable[[datetime], None] | None = None,
) -> Client:
    """A client for the Bot API server at `api_url`, not yet connected. requests: (for getUpdates, for the rest).

    server_time: told the server's time of every answer that has one, as it arrives; aware UTC, whole seconds.
    """
    # Reading RetryAfter warns about its own future type; trouble.py is ready for both.
    warnings.filterwarnings("ignore", message=".*retry_after.*", category=PTBDeprecationWarning)
    polling, rest = requests or (Transport(2, server_time), Transport(_AT_ONCE, server_time))
    root = api_url.rstrip("/")
    bot = Lean(
        token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=rest,
        get_updates_request=polling,
    )
    return Client(bot, polling)


def _refusal(status: int, body: bytes) -> TelegramError:
    """The error of an answer that is not 200, as the library would name it."""
    try:
        said = Transport.parse_json_payload(body)
    except TelegramError:
        said = {}
    description = str(said.get("description", status))
    match status:
        case HTTPStatus.CONFLICT:
            return Conflict(description)
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return InvalidToken()
        case HTTPStatus.TOO_MANY_REQUESTS:
            parameters = said.get("parameters")
            after = parameters.get("retry_after") if isinstance(parameters, dict) else None
            if isinstance(after, int | float) and 0 < after < _SECONDS_PER_DAY:
                return RetryAfter(timedelta(seconds=after))
            return NetworkError("429")
        case HTTPStatus.BAD_REQUEST:
            return BadRequest(description)
        case _:
            return NetworkError(str(status))
