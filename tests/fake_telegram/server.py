"""The fake behind real HTTP: /bot<token>/<method>, /file/bot<token>/<path>, /ctl/<verb>. Knows no bot logic.

HTTP/1.1 by h11 (which httpx, and so python-telegram-bot, brings along), one asyncio task a connection.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

import h11

from tests.fake_telegram import gate
from tests.fake_telegram.core import FakeTelegram, error_body
from tests.fake_telegram.desk import Desk
from tests.fake_telegram.wire import read_body

Answer = tuple[int, bytes]


class Server:
    """Serves one FakeTelegram. `connections` counts those open now, `requests` all so far."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake, self.desk = fake, Desk(fake)
        self.connections = self.requests = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
        """The port it listens on; on leaving, open connections are closed."""
        server = await asyncio.start_server(self._accept, host, port, limit=1 << 20)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            await _Connection(self, reader, writer).run()
        except (ConnectionError, h11.ProtocolError, gate.DroppedError, asyncio.CancelledError):
            pass  # the peer is gone, or is meant to think so of us
        finally:
            self.connections -= 1
            self._tasks.discard(task)
            writer.close()

    async def answer(self, request: h11.Request, body: bytes) -> Answer:
        """Route one request."""
        self.requests += 1
        target = urlsplit(request.target.decode("ascii"))
        first, _, rest = unquote(target.path).lstrip("/").partition("/")
        if first == "file":
            token, _, path = rest.partition("/")
            return await gate.download(self.fake, token.removeprefix("bot"), path)
        kind = dict(request.headers).get(b"content-type", b"").decode("latin-1")
        try:
            params, files = read_body(kind, target.query, body)
        except ValueError as error:
            return 400, error_body(400, f"Bad Request: {error}").encode()
        if first == "ctl":
            return await self._control(rest, params)
        if first.startswith("bot"):
            return await gate.answer(self.fake, first.removeprefix("bot"), rest, params, files)
        return 404, error_body(404, "Not Found").encode()

    async def _control(self, verb: str, params: dict[str, object]) -> Answer:
        try:
            result = await self.desk.handle(verb, params)
        except AssertionError as error:
            return 409, json.dumps({"error": str(error)}).encode()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return 400, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode()
        return 200, json.dumps(result).encode()


class _Connection:
    """One keep-alive connection."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.http = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)

    async def run(self) -> None:
        while request := await self._request():
            status, body = await self._while_connected(request)
            length = str(len(body))
            head = [("content-length", length), ("content-type", "application/json")]
            head.append(("date", formatdate(self.server.fake.clock.now(), usegmt=True)))
            response = h11.Response(status_code=status, headers=head)
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.writer.write(self.http.send(event) or b"")
            await self.writer.drain()
            if self.http.our_state is h11.MUST_CLOSE:
                return
            self.http.start_next_cycle()

    async def _request(self) -> tuple[h11.Request, bytes] | None:
        request, parts = None, []
        while True:
            event = self.http.next_event()
            if event is h11.NEED_DATA:
                self.http.receive_data(await self.reader.read(1 << 16))
            elif isinstance(event, h11.Request):
                request = event
                if self.http.they_are_waiting_for_100_continue:
                    self.writer.write(self.http.send(h11.InformationalResponse(status_code=100, headers=[])))
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage) and request:
                return request, b"".join(parts)
            else:
                return None

    async def _while_connected(self, request: tuple[h11.Request, bytes]) -> Answer:
        """The answer, given up when the peer hangs up first: a dead bot's poll must not linger."""
        answer = asyncio.ensure_future(self.server.answer(*request))
        early = asyncio.ensure_future(self.reader.read(1 << 16))
        try:
            await asyncio.wait({answer, early}, return_when=asyncio.FIRST_COMPLETED)
            if early.done():
                if not early.result():
                    raise ConnectionResetError
                self.http.receive_data(early.result())
            return await answer
        finally:
            for task in (answer, early):
                task.cancel()
            await asyncio.gather(answer, early, return_exceptions=True)
