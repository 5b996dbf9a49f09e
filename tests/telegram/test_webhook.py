"""What becomes of updates that Telegram pushes, and how the webhook is set, looked after and left."""

import asyncio
import json
import socket

import pytest

from bot.telegram.stopping import Exit
from bot.telegram.webhook import LOOK_SECONDS, TAKEN_LINE, Hook
from tests.fake_telegram import TOKEN, FakeTelegram, Person, Toast, faults
from tests.fake_telegram.pushing import Pusher, free_port
from tests.telegram.hooking import SECRET, Slow, Word, pushed_to, update
from tests.telegram.memory import Memory
from tests.telegram.stage import Pauses, running


async def test_telegram_is_told_where_to_push(memory: Memory, fake: FakeTelegram) -> None:
    async with pushed_to(memory):
        asked = fake.webhook
        assert asked["url"].startswith("https://bot.test/hook/")
        assert asked["secret_token"] == SECRET
        assert asked["drop_pending_updates"] == "false"
        assert json.loads(asked["allowed_updates"]) == ["message", "edited_message", "callback_query", "my_chat_member"]
        assert TOKEN.partition(":")[2] not in asked["url"]
        assert SECRET not in asked["url"]
        assert fake.polls == 0
    assert fake.webhook, "it stays: Telegram keeps what comes meanwhile"


async def test_a_text_and_a_tap_that_are_pushed(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with pushed_to(memory) as door, Pusher(fake, door.port).running() as pusher:
        ann.say("one")
        await ann.sees("to 1:a")
        assert await ann.press("to 1:a") == Toast("saved", alert=False)
        await ann.sees("tap 1:a")
        await fake.until(lambda: not fake.updates.pending)
    assert [push.status for push in pusher.pushes] == [200, 200]


async def test_storage_trouble_is_503_and_nothing_is_lost(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with pushed_to(memory) as door, Pusher(fake, door.port).running() as pusher:
        ann.say("one")
        await ann.sees("to 1:a")
        memory.failing.add("take")
        assert await ann.press("to 1:a") == Toast("not saved (en)", alert=True)
        ann.say("two")
        await fake.until(lambda: len(pusher.pushes) >= 5)
        assert len(fake.updates.pending) == 2
        memory.failing.clear()
        await ann.sees("text two")
        await fake.until(lambda: not fake.updates.pending)
    assert sorted(memory.did(ann.id)) == ["tap 1:a", "text one", "text two"]
    assert {(push.status, push.waited) for push in pusher.pushes} == {(200, 0.0), (503, 3.0)}
    assert len(ann.toasts) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"update_id": 7}', b'{"update_id": -1, "message": {}}']
)
async def test_what_cannot_be_read_is_kept_and_does_not_come_again(
    memory: Memory, fake: FakeTelegram, body: bytes
) -> None:
    async with pushed_to(memory) as door:
        assert await door.status(door.head(length=len(body)), body) == 200
        assert await door.status(door.head(length=len(body)), body) == 200
        await fake.until(lambda: memory.states in (["dead"], ["ignored"]))


async def test_what_came_by_polling_is_known_when_it_is_pushed(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    memory.failing.add("waiting")
    async with running(memory):
        await fake.until(lambda: fake.polling)
        ann.say("一 😀 \ud83d")
        fake.faults.add(faults.hang("getUpdates"))  # so that it is never confirmed
        await fake.until(lambda: memory.states == ["waiting"])
    memory.failing.clear()
    async with pushed_to(memory) as door, Pusher(fake, door.port).running():
        await fake.until(lambda: not fake.updates.pending)
        ann.say("two")
        await ann.sees("text two")
    assert len(memory.rows) == 2


async def test_when_it_stops_what_is_in_hand_is_finished_and_nothing_else_is_let_in(fake: FakeTelegram) -> None:
    memory = Slow(fake)
    begun, go_on = memory.hold()
    async with pushed_to(memory) as door:
        body = update(1)
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(door.head(length=len(body)) + body + door.head(length=len(update(2))) + update(2))
        await begun.wait()
        door.bot.stop.now()
        await door.shut()
        go_on.set()
        assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " not in await reader.read(), "the next one on the same connection comes too late"
        writer.close()
        assert await door.bot.ended() == Exit.DONE
    assert [row.waiting.update_id for row in memory.rows] == [1]
    assert fake.webhook


async def test_a_taken_port_is_one_line_and_an_exit_code(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:  # noqa: S104
        port = other.getsockname()[1]
        async with running(memory, hook=Hook("https://bot.test", port, Word())) as bot:
            assert await bot.ended() == Exit.NO_WEBHOOK
    (line,) = [line for line in caplog.messages if str(port) in line]
    assert "端口" in line
    assert "cannot be listened on" in line
    assert "\n" not in line
    assert not fake.webhook


async def test_an_address_that_telegram_does_not_take_ends_the_run(
    memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    hook = Hook("http://bot.test", free_port(), Word())
    async with running(memory, hook=hook, clean=False) as bot:
        assert await bot.ended() == Exit.NO_WEBHOOK
    assert any("https url must be provided" in line and "WEBHOOK_URL" in line for line in caplog.messages)


async def test_a_refused_token_ends_the_run(memory: Memory, fake: FakeTelegram) -> None:
    fake.faults.add(faults.refuse("setWebhook", 401, "Unauthorized"))
    async with running(memory, hook=Hook("https://bot.test", free_port(), Word())) as bot:
        assert await bot.ended() == Exit.BAD_TOKEN


async def test_it_is_set_however_late_the_network_comes_and_looked_at_from_then_on(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.add(faults.drop_before("setWebhook", times=3))
    pauses, heard = Pauses(fake, instant=True), []
    looks = 0
    async with running(
        memory, pauses, hook=Hook("https://bot.test", free_port(), Word()), in_touch=lambda: heard.append(1)
    ) as bot:
        await fake.until(lambda: pauses.asked[:6] == [1, 2, 4, LOOK_SECONDS, LOOK_SECONDS, LOOK_SECONDS])
        looks = len(heard)
        fake.call("setWebhook", {"url": "https://other.test"})
        assert await bot.ended() == Exit.CONFLICT
    assert looks >= 3
    assert [line for line in caplog.messages if "copy" in line] == [TAKEN_LINE]


async def test_what_keeps_telegram_from_pushing_is_told_once(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    pauses = Pauses(fake)
    async with running(memory, pauses, hook=Hook("https://bot.test", free_port(), Word())):
        await fake.until(lambda: pauses.asked == [LOOK_SECONDS])
        said = {"url": fake.webhook["url"], "has_custom_certificate": False, "pending_update_count": 4}
        said |= {"last_error_date": 1_780_000_000, "last_error_message": f"Refused by {fake.webhook['url']}"}
        info = json.dumps({"ok": True, "result": said})
        fake.faults.add(faults.answer("getWebhookInfo", 200, info, times=2))
        for looks in (2, 3):
            pauses.release()
            await fake.until(lambda looks=looks: len(pauses.asked) == looks)  # type: ignore[misc]
    told = [line for line in caplog.messages if "could not push" in line]
    assert told == ["Telegram could not push: Refused by https://bot.test; 4 updates wait there"]
