"""Calls over connections of aiohttp's without its session, against a server that answers as it is told."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.telegram import at_once, transport
from bot.telegram.lean import _Ready
from bot.telegram.transport import NEVER_SENT, Transport
from bot.telegram.trouble import Kind, trouble_of

DONE = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'
_GZIP = zlib.compressobj(wbits=31)
PACKED = _GZIP.compress(b'{"ok":true}') + _GZIP.flush()


class Server:
    """Answers the calls of all connections in turn with these bytes; after b'' the connection is closed."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.answers, self.heard = list(answers), list[bytes]()
        self.connections = 0
        self.url = ""
        self._heard = asyncio.Condition()

    async def calls(self, number: int) -> None:
        """Until so many were heard."""
        async with self._heard:
            await self._heard.wait_for(lambda: len(self.heard) >= number)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while call := await reader.read(65_536):
            async with self._heard:
                self.heard.append(call)
                self._heard.notify_all()
            said = self.answers.pop(0)
            writer.write(said)
            await writer.drain()
            if said.endswith(b"!"):  # cut off here
                break
        writer.close()


@asynccontextmanager
async def serving(*answers: bytes) -> AsyncIterator[tuple[Server, Callable[[str], Coroutine[Any, Any, object]]]]:
    """A server, and what makes a call of this method."""
    server, ours = Server(answers), Transport(2)
    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot1:a%20b"

        async def call(method: str) -> object:
            return await ours.do_request(f"{server.url}/{method}", "POST", _data({"a": "甲"}))

        try:
            yield server, call
        finally:
            await ours.shutdown()


def _data(parameters: dict[str, object]) -> RequestData:
    return _Ready(parameters)  # type: ignore[return-value]  # that class is final


async def test_a_call_looks_as_aiohttps_session_would_write_it() -> None:
    async with serving(DONE, DONE) as (server, call):
        assert await call("getMe?x=1") == (200, b'{"ok":true}')
        async with aiohttp.ClientSession(headers=transport._AGENT) as session:
            body = '{"a":"甲"}'.encode()
            await session.post(f"{server.url}/getMe?x=1", data=body, headers=transport._JSON)
    ours, theirs = server.heard[0], b"".join(server.heard[1:])
    assert sorted(ours.split(b"\r\n")) == sorted(theirs.split(b"\r\n"))
    assert ours.startswith(b"POST /bot1:a%20b/getMe?x=1 HTTP/1.1\r\n")
    assert ours.endswith(b'Content-Length: 11\r\n\r\n{"a":"\xe7\x94\xb2"}')


async def test_connections_are_kept_each_for_one_call_at_a_time() -> None:
    async with serving(*[DONE] * 6) as (server, call):
        await asyncio.gather(*(call("a") for _ in range(4)))  # two at most
        await call("b")
        await call("b")
        assert server.connections == 2
        assert len(server.heard) == 6


async def test_a_connection_that_the_server_closed_meanwhile_is_not_used() -> None:
    farewell = b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{"ok":true}'
    async with serving(farewell, DONE) as (server, call):
        assert await call("a") == await call("a") == (200, b'{"ok":true}')
        assert server.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + DONE,
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"ok\r\n7\r\n":true}\r\n0\r\n\r\n',
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(PACKED), PACKED),
    ],
)
async def test_an_answer_may_have_each_form_of_http(answer: bytes) -> None:
    async with serving(answer, DONE) as (server, call):
        assert await call("a") == await call("a") == (200, b'{"ok":true}')
        assert server.connections == 1


async def test_a_long_answer_comes_in_pieces() -> None:
    long = b"x" * 3_000_000
    async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(long), long), DONE) as (server, call):
        assert await call("a") == (200, long)
        assert await call("a") == (200, b'{"ok":true}')
        assert server.connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"!",  # closed without a word
        b"HTTP/1.1 200 OK\r\nContent-Le!",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc!",
        b"this is no HTTP at all\r\n\r\n!",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabc!",
    ],
)
async def test_after_a_broken_answer_nobody_knows_and_the_connection_is_not_used_again(answer: bytes) -> None:
    async with serving(answer, DONE) as (server, call):
        with pytest.raises(NetworkError) as caught:
            await call("a")
        assert trouble_of(caught.value).kind is Kind.UNSURE
        assert "1:a" not in str(caught.value)
        assert await call("a") == (200, b'{"ok":true}')
        assert server.connections == 2


async def test_an_answer_that_does_not_come_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_USUAL", aiohttp.ClientTimeout(total=None, connect=10, sock_read=0.05))
    async with serving(b"", DONE) as (server, call):
        with pytest.raises(TimedOut) as caught:
            await call("a")
        assert trouble_of(caught.value).kind is Kind.UNSURE
        await call("a")
        assert server.connections == 2  # what is still to come belongs to nobody


async def test_after_a_head_that_says_that_an_answer_comes_it_is_awaited_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "_USUAL", aiohttp.ClientTimeout(total=None, connect=10, sock_read=0.05))
    async with serving(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", DONE) as (server, call), asyncio.timeout(5):
        with pytest.raises(TimedOut):
            await call("a")
        assert await call("a") == (200, b'{"ok":true}')
        assert server.connections == 2


async def test_an_answer_that_nobody_asked_for_is_nobodys() -> None:
    extra = asyncio.Event()
    said = 0

    async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal said
        while await reader.read(65_536):
            said += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % said)
            if said == 1:
                await extra.wait()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nX")
        writer.close()

    ours = Transport(1)
    async with await asyncio.start_server(twice, "127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot1:a/b"
        assert await ours.do_request(url, "POST", _data({})) == (200, b"1")
        extra.set()
        await asyncio.sleep(0.05)
        with pytest.raises(NetworkError) as caught:
            await ours.do_request(url, "POST", _data({}))
        assert trouble_of(caught.value).kind is Kind.RETRY
        assert await ours.do_request(url, "POST", _data({})) == (200, b"2")  # the one before was never sent
        await ours.shutdown()


async def test_who_waits_too_long_for_a_connection_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_USUAL", aiohttp.ClientTimeout(total=None, connect=0.05, sock_read=10))
    async with serving(b"", b"") as (server, call):
        busy = [asyncio.create_task(call("a")) for _ in range(2)]  # all that there are
        await server.calls(2)
        with pytest.raises(TimedOut) as caught:
            await call("b")
        assert isinstance(caught.value.__cause__, NEVER_SENT)
        assert trouble_of(caught.value).kind is Kind.RETRY
        for one in busy:
            one.cancel()
        assert len(server.heard) == 2


async def test_a_call_that_is_broken_off_takes_its_connection_with_it() -> None:
    async with serving(b"", DONE) as (server, call):
        late = asyncio.create_task(call("a"))
        await server.calls(1)
        late.cancel()
        with pytest.raises(asyncio.CancelledError):
            await late
        assert await call("a") == (200, b'{"ok":true}')
        assert server.connections == 2


async def test_a_server_that_is_not_there_was_told_nothing() -> None:
    ours = Transport(1)
    with pytest.raises(NetworkError) as caught:
        await ours.do_request("http://127.0.0.1:9/bot1:a/getMe", "POST", _data({}))
    await ours.shutdown()
    assert isinstance(caught.value.__cause__, NEVER_SENT)
    assert trouble_of(caught.value).kind is Kind.RETRY


async def test_few_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "_MOST", 2)
    async with serving(*[DONE] * 6) as (server, call):
        for method in "abcabc":
            await call(method)
        assert [one.split()[1].decode()[-1] for one in server.heard] == list("abcabc")
        assert server.connections == 1
