"""HTTP/1.1 as a server, as cheap as Python can: the load must not be what is measured. Knows no Bot API.

Keep-alive, Content-Length bodies, answers in the order of the requests. What a request says is given as a dict,
whether it came as JSON or as a form; of an upload only what is a number.
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

Params = dict[str, Any]
_NUMBER = re.compile(rb'name="(\w+)"\r\n(?:[^\r\n]+\r\n)*\r\n(-?\d+)\r\n--')
Handler = Callable[[str, Params], Awaitable[bytes] | bytes]
"""(method of the Bot API, parameters) -> JSON bytes, at once or later."""


class Peer(asyncio.Protocol):
    """One connection."""

    def __init__(self, handle: Handler) -> None:
        self._handle = handle
        self._held = b""
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Future[bytes]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end]
            size = _length(head)
            if len(self._held) < end + 4 + size:
                return
            body = self._held[end + 4 : end + 4 + size]
            self._held = self._held[end + 4 + size :]
            target = head[: head.index(b"\r\n")].split(b" ")[1]
            self._answer(target.rpartition(b"/")[2].decode(), _params(head.lower(), body))

    def _answer(self, method: str, params: Params) -> None:
        answer = self._handle(method, params)
        if isinstance(answer, bytes):
            self._write(answer)
            return
        task = asyncio.ensure_future(answer)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Future[bytes]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            self._write(task.result())

    def _write(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            )


def _length(head: bytes) -> int:
    low = head.lower()
    place = low.find(b"content-length:")
    return int(low[place + 15 :].partition(b"\r\n")[0]) if place >= 0 else 0


def _params(head: bytes, body: bytes) -> Params:
    if not body:
        return {}
    if b"application/json" in head:
        return json.loads(body)  # type: ignore[no-any-return]
    if b"multipart/form-data" in head:
        return {name.decode(): int(value) for name, value in _NUMBER.findall(body)}
    return dict(parse_qsl(body.decode(), keep_blank_values=True))
