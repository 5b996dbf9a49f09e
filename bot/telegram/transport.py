"""HTTP to the Bot API, as python-telegram-bot's Bot wants it, on aiohttp. Knows no method of the Bot API.

The library's own transport takes about 1.3 ms of CPU a call, this one 0.06 (DECISIONS). Errors are the library's: one
that says that nothing was sent has an aiohttp error of NEVER_SENT as its cause.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import IO, Any, Final, TypeAlias
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp import hdrs
from aiohttp.helpers import strip_auth_from_url
from aiohttp.http import HttpProcessingError
from pydantic_core import PydanticSerializationError, to_json
from telegram._utils.defaultvalue import DefaultValue  # what "not given" is, in signatures of the public BaseRequest
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.at_once import Direct, NothingSentError

log = logging.getLogger(__name__)
NEVER_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL, NothingSentError)
"""After these Telegram cannot have done anything."""
_CONNECT, _READ, _UPLOAD, _SLOWEST = 10.0, 20.0, 180.0, 64_000
"""Seconds: to be connected (waiting for a free connection included); between two pieces of an answer; for any upload,
and more for a large one: bytes a second of the slowest line."""
_IDLE = 25.0
"""Seconds that a connection is kept for the next call: less than what stands between forgets it after."""
_USUAL: Final = aiohttp.ClientTimeout(total=None, connect=_CONNECT, sock_read=_READ)
_JSON: Final[dict[str, str]] = {hdrs.CONTENT_TYPE: "application/json"}
_AGENT: Final[dict[str, str]] = {hdrs.USER_AGENT: BaseRequest.USER_AGENT}
_TEXT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DONE: Final = b'{"ok":true,"result":true}'
_Proxy: TypeAlias = tuple[URL | None, aiohttp.BasicAuth | None]


class Transport(BaseRequest):
    """Keeps connections open, at most so many. server_time: told the Date of every answer, aware UTC."""

    __slots__ = ("_connections", "_date", "_direct", "_proxies", "_server_time", "_session")

    def __init__(self, connections: int, server_time: Callable[[datetime], None] | None = None) -> None:
        self._connections, self._server_time = connections, server_time
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, _Proxy] = {}
        self._date: tuple[str, datetime | None] = "", None  # the last header, and what it says: it stays for a second

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return _READ

    async def initialize(self) -> None:
        """Open, if it is not: connections are made when they are needed."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=_AGENT,
            )
            self._direct = Direct(connector, _AGENT | _JSON)

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  one limit for a whole upload
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  part of connecting
    ) -> tuple[int, bytes]:
        """(status, body). TimedOut, NetworkError; neither holds the address, which has the token in it."""
        if self._session is None:
            await self.initialize()
        data: bytes | aiohttp.FormData | None = None
        upload = request_data is not None and request_data.contains_files
        if request_data is not None:
            data = _form(request_data) if upload else _encoded(request_data.parameters)
        limit = _limit(_size(request_data) if upload else None, read_timeout, connect_timeout)
        proxy, proxy_auth = self._proxy(url)
        try:
            session = self._opened()
            if isinstance(data, bytes) and proxy is None and method == "POST":
                status, said, body = await self._direct.post(url, data, limit)
            else:
                async with session.request(
                    method,
                    url,
                    data=data,
                    headers=_JSON if isinstance(data, bytes) else None,
                    timeout=limit,
                    proxy=proxy,
                    proxy_auth=proxy_auth,
                    allow_redirects=False,
                ) as answer:
                    status, said, body = answer.status, answer.headers, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, HttpProcessingError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error
        if self._server_time is not None and (date := self._dated(said.get("Date", ""))) is not None:
            self._server_time(date)
        if status == HTTPStatus.OK and getattr(request_data, "unread", False) and _done(body):
            body = _DONE
        return status, body

    def _dated(self, header: str) -> datetime | None:
        if header != self._date[0]:
            self._date = header, _date(header)
        return self._date[1]

    def _proxy(self, url: str) -> "_Proxy":
        """The environment's proxy for this server; looked up once. NetworkError for one of a kind that we cannot use.

        aiohttp would look it up, and a password file, for every call, each time in another thread; and it knows
        neither ALL_PROXY nor an address without http://.
        """
        server = url[: url.find("/", len("https://"))]
        if server not in self._proxies:
            self._proxies[server] = _proxy_of(URL(server))
        return self._proxies[server]

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            raise NetworkError("aiohttp: closed")
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON object. TelegramError when it is none: the library would log it, and raise KeyError."""
        if payload is _DONE:
            return {"ok": True, "result": True}
        try:
            data = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict) or not ("result" in data or "description" in data or "error_code" in data):
            raise TelegramError("Invalid server response")
        return data


def _encoded(parameters: Mapping[str, object]) -> bytes:
    """As JSON. Lone surrogates, which no transport takes, become "?"."""
    try:
        return to_json(parameters)
    except PydanticSerializationError:
        return _TEXT(parameters).encode("utf-8", "replace")


def _done(body: bytes) -> bool:
    """Whether it is Telegram's answer to what was done, by its two ends: a long one has the whole message in it."""
    return body.startswith(b'{"ok":true,"result":') and body.endswith(b"}")


def _limit(upload: int | None, read: ODVInput[float], connect: ODVInput[float]) -> aiohttp.ClientTimeout:
    """Seconds that a call may take. upload: bytes of its files, None for none."""
    if upload is None and isinstance(read, DefaultValue) and isinstance(connect, DefaultValue):
        return _USUAL
    return aiohttp.ClientTimeout(
        total=None if upload is None else _UPLOAD + upload / _SLOWEST,
        connect=_CONNECT if isinstance(connect, DefaultValue) else connect,
        sock_read=None if upload is not None else _READ if isinstance(read, DefaultValue) else read,
    )


def _proxy_of(server: URL) -> _Proxy:
    named = getproxies()
    found = named.get(server.scheme) or named.get("all") or ""
    if not found or proxy_bypass(server.host or ""):
        return None, None
    proxy, auth = strip_auth_from_url(URL(found if "://" in found else f"http://{found}"))
    if proxy.scheme not in {"http", "https"}:
        log.error("a proxy of the kind %s cannot be used, only http", proxy.scheme)
        raise NetworkError("a proxy of another kind than http")
    return proxy, auth


def _size(request_data: RequestData | None) -> int:
    """Bytes of the files."""
    parts = request_data.multipart_data.values() if request_data is not None else ()
    return sum(_length(content) for _, content, _ in parts)


def _length(content: bytes | IO[bytes]) -> int:
    if isinstance(content, bytes):
        return len(content)
    at = content.tell()
    end = content.seek(0, os.SEEK_END)
    content.seek(at)
    return end - at


def _form(request_data: RequestData) -> aiohttp.FormData:
    """A form with files."""
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form


def _date(header: str) -> datetime | None:
    """A Date header's time; None for what is none."""
    try:
        date = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo is not None else None
