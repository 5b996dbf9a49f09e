"""The webhook's HTTP end against everything that is not Telegram."""

import asyncio

import pytest

from bot.telegram import webhook_server
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.telegram.hooking import SECRET, Slow, pushed_to, update
from tests.telegram.memory import Memory


async def test_what_is_refused_on_its_head_alone(memory: Memory) -> None:
    async with pushed_to(memory) as door:
        refused = {
            "no secret": (door.head(left_out="X-Telegram-Bot-Api-Secret-Token"), 403),
            "wrong secret": (door.head(X_Telegram_Bot_Api_Secret_Token="made-up_secres"), 403),
            "a secret that goes on": (door.head(X_Telegram_Bot_Api_Secret_Token=SECRET + "x"), 403),
            "a secret of other signs": (door.head(X_Telegram_Bot_Api_Secret_Token="密码"), 403),
            "wrong path": (door.head(start="POST /hook/0123 HTTP/1.1"), 404),
            "no path": (door.head(start="POST / HTTP/1.1"), 404),
            "the token as path": (door.head(start=f"POST /{TOKEN} HTTP/1.1"), 404),
            "GET": (door.head(start=f"GET {door.path} HTTP/1.1"), 405),
            "PUT": (door.head(start=f"PUT {door.path} HTTP/1.1"), 405),
            "form": (door.head(Content_Type="application/x-www-form-urlencoded"), 415),
            "no type": (door.head(left_out="Content-Type"), 415),
            "no length": (door.head(left_out="Content-Length"), 411),
            "odd length": (door.head(length="-1"), 411),
            "two lengths": (door.head(length="2, 2"), 411),
            "in pieces": (door.head(Transfer_Encoding="chunked"), 411),
            "100 MB": (door.head(length=100 << 20), 413),
            "more than numbers hold": (door.head(length="9" * 5000), 413),
            "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
            "a head without end": (b"POST / HTTP/1.1\r\nX: " + b"a" * (webhook_server.MAX_HEAD + 1), 0),
        }
        found = {name: await door.status(head) for name, (head, _) in refused.items()}
        assert found == {name: status for name, (_, status) in refused.items()}
        assert memory.rows == []
        assert await door.status(door.head(length=len(update(1))), update(1)) == 200
        await door.fake.until(lambda: memory.did(1001) == ["text hello"])


async def test_100_mb_are_not_read(memory: Memory) -> None:
    async with pushed_to(memory) as door:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(door.head(length=100 << 20))
        assert b" 413 " in await reader.readuntil(b"\r\n\r\n")
        assert await reader.read() == b"", "the connection is closed with the body unread"
        writer.close()


@pytest.mark.parametrize("path", ["{}", "/prefix{}", "{}?x=1"])
async def test_a_proxy_may_change_what_stands_before_the_last_part(memory: Memory, path: str) -> None:
    async with pushed_to(memory) as door:
        body = update(1)
        start = f"POST {path.format(door.path)} HTTP/1.1"
        assert await door.status(door.head(start=start, length=len(body)), body) == 200


async def test_slow_heads_and_bodies_are_cut_off(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_server, "HEAD_SECONDS", 0.05)
    monkeypatch.setattr(webhook_server, "BODY_SECONDS", 0.05)
    async with pushed_to(memory) as door:
        assert await door.status(b"POST / HTTP/1.1\r\nX: ") == 0
        assert await door.status(door.head(length=50), b"half") == 0
        assert memory.rows == []


async def test_a_body_that_was_cut_off_is_not_taken(memory: Memory, fake: FakeTelegram) -> None:
    async with pushed_to(memory) as door:
        body = update(1)
        _, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(door.head(length=len(body) + 1) + body)
        writer.write_eof()
        writer.close()
        assert await door.status(door.head(length=len(update(2))), update(2)) == 200
        await fake.until(lambda: memory.did(1001))
    assert [row.waiting.update_id for row in memory.rows] == [2]


async def test_there_is_an_end_to_connections(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_server, "MAX_CONNECTIONS", 2)
    async with pushed_to(memory) as door:
        idle = [await asyncio.open_connection("127.0.0.1", door.port) for _ in range(2)]
        for _, writer in idle:
            writer.write(b"POST ")
            await writer.drain()
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
        idle[0][1].close()
        body = update(1)
        async with asyncio.timeout(5):
            while await door.status(door.head(length=len(body)), body) != 200:  # until its end was seen
                pass
        idle[1][1].close()
        await door.fake.until(lambda: memory.did(1001) == ["text hello"])


async def test_200_is_never_said_before_the_commit(fake: FakeTelegram) -> None:
    memory = Slow(fake)
    begun, go_on = memory.hold()
    async with pushed_to(memory) as door:
        body = update(1)
        asked = asyncio.create_task(door.status(door.head(length=len(body)), body))
        await begun.wait()
        for _ in range(50):
            await asyncio.sleep(0)
        assert not asked.done()
        go_on.set()
        assert await asked == 200
        assert len(memory.rows) == 1


async def test_refusals_are_told_once_each_and_name_nobody(memory: Memory, caplog: pytest.LogCaptureFixture) -> None:
    async with pushed_to(memory) as door:
        for _ in range(3):
            await door.status(door.head(X_Telegram_Bot_Api_Secret_Token="guess"))
            await door.status(door.head(start="GET /secret-place HTTP/1.1"))
        key = door.path.rpartition("/")[2]
    assert len([line for line in caplog.messages if "are refused" in line]) == 2
    for word in ("guess", "secret-place", SECRET, key):
        assert word not in caplog.text
