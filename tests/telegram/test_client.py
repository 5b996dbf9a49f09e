"""The way to the Bot API, with the real transport against answers of a tiny server."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.client import Client, connect
from bot.telegram.transport import Transport, _size
from tests.fake_telegram import TOKEN
from tests.telegram.stage import Token


@asynccontextmanager
async def server(
    status: int, body: str, seen: list[str] | None = None, more: str = "", dates: list[datetime] | None = None
) -> AsyncIterator[Client]:
    """A client whose server gives this one answer. more: lines of its head."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line.split(":")[1]) for line in head.lower().splitlines() if line.startswith("content-len"))
        form = (await reader.readexactly(length)).decode()
        if seen is not None:
            seen.extend((head.split()[1], form))
        content = body.encode()
        writer.write(
            f"HTTP/1.1 {status} x\r\ncontent-length: {len(content)}\r\nconnection: close\r\n{more}\r\n".encode()
        )
        writer.write(content)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        client = connect(Token(), f"http://127.0.0.1:{port}/", server_time=None if dates is None else dates.append)
        try:
            yield client
        finally:
            await client.polling.shutdown()
            await client.bot.request.shutdown()


async def test_what_is_asked_for() -> None:
    seen: list[str] = []
    async with server(200, '{"ok": true, "result": []}', seen) as client:
        assert await client.updates(5, limit=1) == b'{"ok": true, "result": []}'
        await client.updates(0)
    assert seen[0] == f"/bot{TOKEN}/getUpdates"
    assert '"offset":5' in seen[1]
    assert '"limit":1' in seen[1]
    assert "callback_query" in seen[1]
    assert "offset" not in seen[3]


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (409, '{"description": "Conflict: terminated by other getUpdates request"}', Conflict),
        (401, '{"description": "Unauthorized"}', InvalidToken),
        (404, "<html>", InvalidToken),
        (400, '{"description": "Bad Request: x"}', BadRequest),
        (429, '{"description": "x", "parameters": {"retry_after": 5}}', RetryAfter),
        (429, '{"description": "x", "parameters": {"retry_after": 1e300}}', NetworkError),
        (502, "<html>", NetworkError),
        (418, "", NetworkError),
    ],
)
async def test_refusals_are_named_as_the_library_names_them(status: int, body: str, kind: type[TelegramError]) -> None:
    async with server(status, body) as client:
        with pytest.raises(kind) as caught:
            await client.updates(0)
    assert type(caught.value) is kind
    assert TOKEN not in str(caught.value)


async def test_a_body_that_is_not_packed_as_it_says_is_a_network_error() -> None:
    async with server(200, "no gzip", more="content-encoding: gzip\r\n") as client:
        with pytest.raises(NetworkError):
            await client.updates(0)


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Sat, 21 Nov 2026 08:00:00 GMT", [datetime(2026, 11, 21, 8, tzinfo=UTC)]),
        ("Sat, 21 Nov 2026 16:00:00 +0800", [datetime(2026, 11, 21, 8, tzinfo=UTC)]),
        ("Sat, 21 Nov 2026 08:00:00 -0000", []),
        ("yesterday", []),
        ("Sat, 21 Nov 99999 08:00:00 GMT", []),
        ("", []),
    ],
)
async def test_the_servers_time_is_handed_on(date: str, told: list[datetime]) -> None:
    dates: list[datetime] = []
    async with server(200, '{"ok": true, "result": true}', more=f"date: {date}\r\n", dates=dates) as client:
        await client.updates(0)
        await client.bot.delete_webhook()
    assert dates == told * 2
    async with server(409, "{}", more=f"date: {date}\r\n") as client:
        with pytest.raises(Conflict):
            await client.updates(0)


async def test_the_same_moment_is_handed_on_each_time_and_another_one_too() -> None:
    transport = Transport(1)
    dates = ["Sat, 21 Nov 2026 08:00:00 GMT", "Sat, 21 Nov 2026 08:00:00 GMT", "x", "Sat, 21 Nov 2026 08:00:01 GMT"]
    assert [date.second if date else None for date in map(transport._dated, dates)] == [0, 0, None, 1]


async def test_a_call_is_written_in_one_piece_and_its_text_is_what_utf_8_can_say() -> None:
    pieces: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):  # both go over this connection
            pieces.append(await reader.read(65_536))
            writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"ok":true,"result":true}')
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listening:
        client = connect(Token(), f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        await client.bot.answer("7", "甲\ud800\0")
        await client.bot.strip(5, 6)
        await client.bot.request.shutdown()
    for piece in pieces:
        head, _, body = piece.partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head.lower()
        assert b"content-type: application/json" in head.lower()
    said = json.loads(pieces[0].rpartition(b"\r\n")[2])
    assert said == {"callback_query_id": "7", "text": "甲?\0"}
    assert len(pieces) == 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ('{"ok":true,"result":{"message_id":7}}', None),
        ('{"ok":true,"result":{"message_id":7', TelegramError),
        ('{"result":true, "ok": true}', None),
        ("<html>{}", TelegramError),
    ],
)
async def test_an_answer_that_nobody_reads_must_be_telegrams_all_the_same(
    body: str, error: type[TelegramError] | None
) -> None:
    async with server(200, body) as client:
        with nullcontext() if error is None else pytest.raises(error):
            await client.bot.strip(5, 6)
    async with server(400, '{"ok":true,"result":0,"description":"why"}') as client:
        with pytest.raises(BadRequest, match="why"):
            await client.bot.strip(5, 6)


async def test_no_server_is_a_network_error() -> None:
    async with server(200, "") as client:
        pass
    gone = connect(Token(), "http://127.0.0.1:9")
    with pytest.raises(NetworkError):
        await gone.updates(0)
    await gone.polling.shutdown()
    await gone.bot.request.shutdown()
    assert repr(client) == "Client()"


@pytest.mark.parametrize("body", ["{}", "[]", "<html>secret words", '{"ok": true, "result": [', "[" * 100_000])
async def test_odd_answers_to_other_methods_are_errors_and_not_in_the_log(
    body: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "telegram")
    async with server(200, body) as client:
        with pytest.raises(TelegramError, match="Invalid server response"):
            await client.bot.delete_webhook()
    assert "secret words" not in caplog.text


def test_a_good_answer_is_read() -> None:
    assert Transport.parse_json_payload(b'{"ok": true, "result": "\xff"}') == {"ok": True, "result": "�"}


async def test_a_file_goes_as_a_form_with_its_other_parameters() -> None:
    seen: list[str] = []
    async with server(
        200, '{"ok": true, "result": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}', seen
    ) as client:
        await client.bot.send_document(5, b"%PDF-", filename="甲.pdf", caption='页 "1"')
    assert "multipart/form-data" in seen[1] or "form-data" in seen[1]
    assert "%PDF-" in seen[1]
    assert '页 "1"' in seen[1]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_nobody_is_followed_elsewhere(status: int) -> None:
    """What goes to Telegram is for Telegram alone; an answer from elsewhere says nothing."""
    seen: list[str] = []
    async with server(200, '{"ok": true, "result": true}', seen) as other:
        place = other.bot.base_url[: other.bot.base_url.index("/bot")]
        async with server(status, "", more=f"location: {place}/x\r\n") as client:
            with pytest.raises(NetworkError):
                await client.bot.delete_webhook()
    assert seen == []


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_a_proxy_may_be_named_in_each_usual_way(name: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    async with server(200, '{"ok": true, "result": true}', seen) as client:
        monkeypatch.setenv(name, scheme + client.bot.base_url[len("http://") : client.bot.base_url.index("/bot")])
        beyond = connect(Token(), "http://telegram.invalid")
        try:
            assert await beyond.bot.delete_webhook()
        finally:
            await beyond.polling.shutdown()
            await beyond.bot.request.shutdown()
    assert seen[0].startswith("http://telegram.invalid/")


async def test_a_proxy_of_another_kind_is_said_to_be_of_no_use(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("https_proxy", "socks5://name:secret@127.0.0.1:9")
    beyond = connect(Token(), "https://telegram.invalid")
    try:
        with pytest.raises(NetworkError, match="another kind"):
            await beyond.bot.delete_webhook()
    finally:
        await beyond.polling.shutdown()
        await beyond.bot.request.shutdown()
    assert "socks5" in caplog.text
    assert "secret" not in caplog.text


def test_a_large_file_has_more_time() -> None:
    files = {"a": ("a", b"12345", "x"), "b": ("b", io.BytesIO(b"123"), "x")}
    assert _size(SimpleNamespace(multipart_data=files)) == 8  # type: ignore[arg-type]
    assert _size(None) == 0


@pytest.mark.parametrize(("spared", "reached"), [("", True), ("telegram.invalid", False)])
async def test_the_environments_proxy_is_honoured(spared: str, reached: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    async with server(200, '{"ok": true, "result": true}', seen) as client:
        monkeypatch.setenv("http_proxy", client.bot.base_url[: client.bot.base_url.index("/bot")])
        monkeypatch.setenv("no_proxy", spared)
        beyond = connect(Token(), "http://telegram.invalid")
        try:
            if reached:
                assert await beyond.bot.delete_webhook()
                assert seen[0] == f"http://telegram.invalid/bot{TOKEN}/deleteWebhook"
            else:
                with pytest.raises(NetworkError):
                    await beyond.bot.delete_webhook()
                assert seen == []
        finally:
            await beyond.polling.shutdown()
            await beyond.bot.request.shutdown()
