"""A tap from end to end, starting and stopping."""

import asyncio
import os
import signal
import threading

import pytest

from bot.service.events import Reply, Tapped
from bot.telegram.intake import CONFLICT_LINE, WEBHOOK_LINE
from bot.telegram.stopping import Exit
from bot.view.screen import Screen
from tests.fake_telegram import FakeTelegram, Person, Toast, faults
from tests.fake_telegram.server import Server
from tests.telegram.memory import Memory, card
from tests.telegram.stage import Pauses, running


async def test_a_text_gives_a_card_and_a_tap_edits_it_in_place(memory: Memory, ann: Person) -> None:
    async with running(memory):
        ann.start("deep-link")
        first = await ann.sees("/start deep-link")
        assert await ann.press("to 1:a") == Toast("saved", alert=False)
        second = await ann.sees("tap 1:a")
    assert second.id == first.id
    assert second.edited
    assert memory.events[1][1] == Tapped("1:a", str(first.id))
    assert memory.states == ["done", "done"]


async def test_after_a_text_the_card_is_at_the_bottom_and_the_old_one_has_no_buttons(
    memory: Memory, ann: Person
) -> None:
    async with running(memory):
        ann.say("one")
        old = await ann.sees("text one")
        mine = ann.say("two")
        new = await ann.sees("text two")
        await ann.until(lambda: len(ann.live_cards()) == 1)
    assert old.id < mine < new.id
    assert [card.id for card in ann.live_cards()] == [new.id]


async def test_nothing_is_confirmed_before_it_is_kept(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory) as bot:
        await fake.until(lambda: fake.polls)
        memory.failing.add("take")
        ann.say("one")
        await fake.until(lambda: bot.pauses.asked == [3.0])
        assert len(fake.updates.pending) == 1
        memory.failing.clear()
        bot.pauses.release()
        await ann.sees("text one")
        await fake.until(lambda: not fake.updates.pending)


async def test_what_one_run_took_the_next_run_does_once(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    memory.failing.add("waiting")
    async with running(memory):
        ann.say("one")
        await fake.until(lambda: memory.states == ["waiting"])
    memory.failing.clear()
    fake.updates.replay()
    async with running(memory):
        await ann.sees("text one")
    assert memory.did(ann.id) == ["text one"]


async def test_a_crash_between_keeping_and_handling_loses_nothing(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    memory.failing.add("waiting")
    async with running(memory) as bot:
        ann.say("one")
        await fake.until(lambda: memory.states == ["waiting"])
        bot.task.cancel()
        await asyncio.gather(bot.task, return_exceptions=True)
        assert bot.task.cancelled()
        bot.task = asyncio.create_task(asyncio.sleep(0, 0))
    memory.failing.clear()
    assert len(fake.updates.pending) == 1
    async with running(memory):
        await ann.sees("text one")
        await fake.until(lambda: not fake.updates.pending)
    assert memory.did(ann.id) == ["text one"]


async def test_commands_are_registered_chinese_for_everybody(memory: Memory, fake: FakeTelegram) -> None:
    async with running(memory):
        await fake.until(lambda: len(fake.commands) == 3)
    texts = {language: listed[0]["description"] for (_, language), listed in fake.commands.items()}
    assert texts == {"": "开始", "zh": "开始", "en": "Begin"}


async def test_commands_that_are_refused_do_not_matter(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.answer("setMyCommands", 500, "<html>"))
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
    assert fake.commands == {}


async def test_it_starts_however_late_the_network_comes(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.drop_before("getMe", times=7), faults.answer("getMe", 200, "{}"))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
    assert pauses.asked == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("when", ["at once", "later"])
async def test_a_refused_token_ends_the_run_and_is_not_printed(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    fake.revoked = when == "at once"
    async with running(memory) as bot:
        if when == "later":
            ann.say("one")
            await ann.sees("text one")
            fake.revoked = True
            ann.say("two")
        assert await bot.ended() == Exit.BAD_TOKEN
    assert fake.token not in caplog.text
    assert sum("TELEGRAM_BOT_TOKEN" in line for line in caplog.messages) == 1


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
async def test_a_token_that_any_call_refuses_ends_the_run(
    memory: Memory, fake: FakeTelegram, ann: Person, method: str
) -> None:
    async with running(memory) as bot:
        ann.start()
        await ann.sees("/start")
        fake.faults.add(faults.refuse(method, 401, "Unauthorized"))
        if method == "sendMessage":
            ann.say("one")
        else:
            ann.tap("to 1:a")
        assert await bot.ended() == Exit.BAD_TOKEN


async def test_a_second_copy_ends_the_first_with_one_line(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory) as first:
        await fake.until(lambda: fake.polls == 1)
        async with running(Memory(fake)):
            assert await first.ended() == Exit.CONFLICT
    assert [line for line in caplog.messages if "copy" in line] == [CONFLICT_LINE]


async def test_a_webhook_set_while_we_poll_is_named_as_the_reason(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory, clean=False) as bot:
        await fake.until(lambda: fake.polling)
        fake.call("setWebhook", {"url": "https://somewhere.test"})
        assert await bot.ended() == Exit.CONFLICT
    assert [line for line in caplog.messages if "webhook" in line] == [WEBHOOK_LINE]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_ends_it_cleanly_however_often_it_comes(
    memory: Memory, fake: FakeTelegram, number: signal.Signals
) -> None:
    async with running(memory) as bot:
        await fake.until(lambda: fake.polls)
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        assert await bot.ended() == Exit.DONE


async def test_stopping_ends_the_update_in_hand_and_leaves_the_rest_in_the_inbox(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    async with running(memory) as bot:
        memory.on_handle = lambda *_: os.kill(os.getpid(), signal.SIGTERM)  # while a transaction runs
        for number in range(100):
            ann.say(str(number))
        assert await bot.ended() == Exit.DONE
    done = memory.states.count("done")
    assert 1 <= done < 5
    assert set(memory.states[done:]) <= {"waiting"}


async def test_stopping_still_answers_the_tap_in_hand(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        begun, go_on = threading.Event(), threading.Event()

        def handle(*_: object) -> Screen:
            begun.set()
            go_on.wait(5)
            return card("late")

        memory.on_handle = handle
        ann.tap("to 1:a")
        await asyncio.to_thread(begun.wait, 5)
        bot.stop.now()
        for _ in range(50):  # long enough to end without it
            await asyncio.sleep(0)
        go_on.set()
        assert await bot.ended() == Exit.DONE
    assert ann.toasts == [Toast("saved", alert=False)]


async def test_a_defect_ends_the_run_with_an_exit_code(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.add(faults.drop_before("getUpdates"))

    class Broken(Pauses):
        async def __call__(self, seconds: float) -> None:
            raise RuntimeError(f"secret {seconds}")

    async with running(memory, Broken(fake)) as bot:
        assert await bot.ended() == Exit.CRASHED
    assert "RuntimeError at telegram/test_run.py" in caplog.text
    assert "secret" not in caplog.text


async def test_a_long_toast_is_cut(memory: Memory, ann: Person) -> None:
    memory.reply = Reply("😀" * 150, alert=True)
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        toast = await ann.press("to 1:a")
    assert toast == Toast("😀" * 99 + "…", alert=True)


async def test_over_http_with_the_real_transport(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.drop_before("getUpdates"), faults.cut("getUpdates"), faults.answer("sendMessage", 200, "{}"))
    async with Server(fake).listen() as port:
        pauses = Pauses(fake, instant=True)
        async with running(memory, pauses, api_url=f"http://127.0.0.1:{port}"):
            ann.say("一")
            await ann.sees("text 一")
            assert await ann.press("to 1:a") == Toast("saved", alert=False)
            await ann.sees("tap 1:a")
            memory.notify(str(ann.id), kind="file", file_name="评价.json", caption="it", data=lambda: b"{}")
            ann.say("two")
            file = await ann.sees("it")
            await ann.sees("text two")
            await fake.until(lambda: fake.polling)
    assert ann.download(file) == b"{}"
    assert file.attachment is not None
    assert file.attachment.name == "评价.json"


async def test_the_answer_that_is_never_given_over_http_ends_with_the_bot(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    async with Server(fake).listen() as port, running(memory, api_url=f"http://127.0.0.1:{port}") as bot:
        fake.faults.add(faults.hang("sendMessage"))
        ann.say("one")
        await fake.until(lambda: memory.did(ann.id))
        bot.stop.now()
        async with asyncio.timeout(5):
            assert await bot.ended() == Exit.DONE


async def test_at_rest_nothing_is_asked(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        await fake.until(lambda: memory.is_shown(ann.id))
        await fake.until(lambda: fake.polling and len(fake.commands) == 3)
        await fake.until(lambda: "notices" in memory.calls[memory.calls.index("shown") :])
        before = len(memory.calls), len(fake.calls)
        for _ in range(2000):
            await asyncio.sleep(0)
        assert (len(memory.calls), len(fake.calls)) == before
