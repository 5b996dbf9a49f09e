"""The HTTP end of a webhook: who is let in, within which bounds. Knows no update, no storage and no Bot API.

Everything that can be refused is refused on the head of a request, before a byte of its body is read. TLS is the
business of whoever stands in front (a reverse proxy): Telegram pushes to https only.
"""

import asyncio
import errno
import hmac
import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine
from http import HTTPStatus
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream

log = logging.getLogger(__name__)
MAX_BODY = 1 << 20
"""Bytes of an update: several times what Telegram's longest message can be."""
MAX_HEAD = 16 << 10
HEAD_SECONDS = 30.0
"""For the head of a request, and for the silence between two."""
BODY_SECONDS = 10.0
MAX_CONNECTIONS = 200
"""Open at once; Telegram keeps to what setWebhook says, which is fewer."""
RETRY_AFTER = 3
"""Seconds after which Telegram shall push again what could not be kept."""

Take = Callable[[bytes], Awaitable[bool]]
"""Keeps the body of a request; False when it could not be kept."""


class Endpoint(HTTPServerConnectionDelegate):
    """path: the last part of the address; secret: what the header must hold."""

    def __init__(self, path: str, secret: str, take: Take) -> None:
        self._path, self._secret, self._take = path.encode(), secret.encode(), take
        self._in_hand: set[asyncio.Task[None]] = set()
        self._closing = False
        self._told: set[int] = set()
        self._server = _Server(
            self, max_header_size=MAX_HEAD, idle_connection_timeout=HEAD_SECONDS, body_timeout=BODY_SECONDS,
            max_body_size=MAX_BODY, max_buffer_size=2 * MAX_BODY
        )  # fmt: skip

    def listen(self, port: int) -> int:
        """Take requests from now on, on all addresses of this machine; the port. OSError when it cannot be had."""
        listening = _bound(port)
        listening.setblocking(False)
        self._server.add_socket(listening)
        return int(listening.getsockname()[1])

    async def finish(self, seconds: float) -> None:
        """Let no other request in, wait for those in hand, then close every connection."""
        self._closing = True
        self._server.stop()
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=seconds)
        await self._server.close_all_connections()

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:  # noqa: ARG002
        return _Request(self, request_conn)

    def refuses(self, start: RequestStartLine, headers: HTTPHeaders) -> int:
        """The status of the refusal, from the head alone; 0 to go on. Strangers learn nothing but that they are."""
        path = start.path.partition("?")[0].rpartition("/")[2]
        secret = headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not _same(path, self._path):
            return HTTPStatus.NOT_FOUND
        if not _same(secret, self._secret):
            return HTTPStatus.FORBIDDEN
        if self._closing:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return _malformed(start, headers)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def taken(self, body: bytes) -> int:
        """The status for a whole body: 200 only after it is kept."""
        return HTTPStatus.OK if await self._take(body) else HTTPStatus.SERVICE_UNAVAILABLE

    def note(self, status: int) -> None:
        """Say once each that there are such refusals: a stranger must not be able to fill the log."""
        if status not in self._told:
            self._told.add(status)
            log.warning("webhook: requests are refused with %d; not said again", status)


class _Request(HTTPMessageDelegate):
    """One request, from its head to the answer."""

    def __init__(self, endpoint: Endpoint, connection: HTTPConnection) -> None:
        self._endpoint, self._connection = endpoint, connection
        self._body = bytearray()

    def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> None:
        if not isinstance(start_line, RequestStartLine):
            raise TypeError(type(start_line))
        status = self._endpoint.refuses(start_line, headers)
        if status:
            self._endpoint.note(status)
            self._answer(status)  # with the body unread, so the connection is closed after it

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    def finish(self) -> None:
        self._endpoint.begin(self._take())

    async def _take(self) -> None:
        self._answer(await self._endpoint.taken(bytes(self._body)))

    def _answer(self, status: int) -> None:
        headers = HTTPHeaders({"Content-Length": "0"})
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["Retry-After"] = str(RETRY_AFTER)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "POST"
        start = ResponseStartLine("HTTP/1.1", status, HTTPStatus(status).phrase)
        self._connection.write_headers(start, headers)
        self._connection.finish()


class _Server(HTTPServer):
    """With an end to the number of connections."""

    open = 0

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        if self.open >= MAX_CONNECTIONS:
            stream.close()
            return
        self.open += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        self.open -= 1
        super().on_close(server_conn)


def _bound(port: int) -> socket.socket:
    """Not tornado's bind_sockets: where the port is taken, that leaves a socket open."""
    if socket.has_dualstack_ipv6():
        try:
            return socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
        except OSError as error:
            if error.errno not in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
                raise
    return socket.create_server(("", port))


def _same(given: str, wanted: bytes) -> bool:
    """Whether they are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted)


def _malformed(start: RequestStartLine, headers: HTTPHeaders) -> int:
    """The status for what Telegram would never send, 0 for what it would."""
    if start.method != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in headers:
        return HTTPStatus.LENGTH_REQUIRED
    if len(length) > len(str(MAX_BODY)) or int(length) > MAX_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return 0
