"""The way to the Bot API: python-telegram-bot's Bot, and getUpdates as raw bytes. Knows no update and no screen.

getUpdates goes past the library's parsing: one update that it cannot read must not hide the others, and it writes
an answer that is no JSON into the log.
"""

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Protocol

import httpx
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # what the public RequestData is made of
from telegram.warnings import PTBDeprecationWarning

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
"""How long Telegram holds a poll open when there is nothing."""
_MARGIN = 10.0
_SECONDS_PER_DAY = 86_400


class Secret(Protocol):
    """A token that does not show itself, such as pydantic's SecretStr."""

    def get_secret_value(self) -> str:
        """The token."""


class QuietRequest(HTTPXRequest):
    """The library's transport, without answers in the log and with `{}` as an error instead of a KeyError."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON object. TelegramError when it is none."""
        try:
            data = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict) or not data.keys() & {"result", "description", "error_code"}:
            raise TelegramError("Invalid server response")
        return data


@dataclass(frozen=True, slots=True)
class Client:
    """bot: every method but getUpdates. Not shown with its token."""

    bot: Bot
    polling: BaseRequest

    def __repr__(self) -> str:
        return "Client()"

    async def updates(self, offset: int, limit: int = 100, *, at_once: bool = False) -> bytes:
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
    polling, rest = requests or (_transport(2, server_time), _transport(64, server_time))
    root = api_url.rstrip("/")
    bot = Bot(
        token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=rest,
        get_updates_request=polling,
    )
    return Client(bot, polling)


def _transport(connections: int, server_time: Callable[[datetime], None] | None) -> QuietRequest:
    async def look(response: httpx.Response) -> None:
        date = _date(response.headers.get("date", ""))
        if date is not None and server_time is not None:
            server_time(date)

    return QuietRequest(
        connections,
        read_timeout=20.0,
        write_timeout=20.0,
        connect_timeout=10.0,
        pool_timeout=10.0,
        media_write_timeout=120.0,
        # The library hands on status and body alone.
        httpx_kwargs={"event_hooks": {"response": [look]}},
    )


def _date(header: str) -> datetime | None:
    """A Date header's time; None for what is none."""
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo is not None else None


def _refusal(status: int, body: bytes) -> TelegramError:
    """The error of an answer that is not 200, as the library would name it."""
    try:
        said = QuietRequest.parse_json_payload(body)
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
