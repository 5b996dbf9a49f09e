"""A JSON call over a connection of aiohttp's, written in one piece and read in one piece. Knows no Bot API.

aiohttp's connector finds, opens, keeps and counts connections, and its parser reads what comes; its session stays
for uploads and for what goes through a proxy. What the session does for every call, from cookies to redirects, is not
done here: the heads of our calls differ in two places alone, the method's name and the length of the body.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple, TypeAlias

from aiohttp import (
    ClientConnectionResetError,
    ClientRequest,
    ClientTimeout,
    ConnectionTimeoutError,
    StreamReader,
    TCPConnector,
    hdrs,
)
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http import RawResponseMessage
from yarl import URL

_MOST = 500
"""Addresses that are remembered; the Bot API has under 200 methods."""
Answer: TypeAlias = tuple[int, Mapping[str, str], bytes]


class NothingSentError(ClientConnectionResetError):
    """The connection was of no use before anything was sent."""


class _Way(NamedTuple):
    """Where a call goes, as the connector wants it, and its head but for the length."""

    request: ClientRequest
    head: bytes


class Direct:
    """Through this connector; headers are sent with every call."""

    def __init__(self, connector: TCPConnector, headers: dict[str, str]) -> None:
        self._connector, self._headers = connector, headers
        self._loop = asyncio.get_running_loop()
        self._ways: dict[str, _Way] = {}

    async def post(self, url: str, body: bytes, limit: ClientTimeout) -> Answer:
        """(status, headers, body) of the answer. aiohttp's errors; HttpProcessingError for what is no HTTP.

        Headers are found by any spelling of their names. limit: its `connect` and `sock_read`; not a whole call's.
        """
        way = self._ways.get(url) or self._new(url)
        try:
            connection = await self._connector.connect(way.request, [], limit)
        except TimeoutError as error:
            raise ConnectionTimeoutError("not connected in time") from error
        try:
            protocol, transport = _open(connection)
            protocol.set_response_params(read_until_eof=True, read_timeout=limit.sock_read)
            transport.write(b"%s%d\r\n\r\n%s" % (way.head, len(body), body))
            protocol.start_timeout()
            message, content = await _answer(protocol)
            # A short answer comes whole with its head.
            read = content.read_nowait() if content.is_eof() else await content.read()
        except BaseException:
            connection.close()
            raise
        connection.release()
        return message.code, message.headers, read

    def _new(self, url: str) -> _Way:
        """The head as aiohttp would make it."""
        request = ClientRequest("POST", URL(url), headers=self._headers, loop=self._loop)
        request.headers.pop(hdrs.CONTENT_LENGTH, None)  # of no body
        lines = (f"{name}: {value}" for name, value in request.headers.items())
        head = "\r\n".join((f"POST {request.url.raw_path_qs} HTTP/1.1", *lines, "Content-Length: "))
        if len(self._ways) >= _MOST:
            self._ways.clear()
        self._ways[url] = way = _Way(request, head.encode())
        return way


def _open(connection: Connection) -> tuple[ResponseHandler, asyncio.Transport]:
    """Its two sides. NothingSentError where it was closed, or where something came that nobody asked for.

    That would be taken for the answer, and each answer for the next one's.
    """
    protocol = connection.protocol
    if protocol is None or protocol.transport is None or protocol.transport.is_closing():
        raise NothingSentError("closed before anything was sent")
    if protocol.should_close:
        raise NothingSentError("an answer before anything was sent")
    return protocol, protocol.transport


async def _answer(protocol: ResponseHandler) -> tuple[RawResponseMessage, StreamReader]:
    """The head of the answer, past those that only say that there will be one."""
    while True:
        message, content = await protocol.read()
        if message.code >= HTTPStatus.OK or message.code == HTTPStatus.SWITCHING_PROTOCOLS:
            return message, content
        if not len(protocol):  # aiohttp takes such a head for an answer, and would wait for the next without end
            protocol.start_timeout()
