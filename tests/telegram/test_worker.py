"""What becomes of each update, seen by the people who caused it."""

import asyncio
import logging
from typing import cast

import pytest

from bot.service.events import Reply, Who
from bot.telegram.client import connect
from bot.telegram.lanes import CAP
from bot.telegram.lean import Lean
from bot.telegram.replies import Replies
from bot.telegram.stopping import Stop
from bot.telegram.worker import Worker
from bot.telegram.writer import Writer
from bot.view.screen import Screen
from tests.fake_telegram import FakeTelegram, Person, Toast, faults
from tests.telegram.memory import Memory, Row, StorageError, card, row
from tests.telegram.stage import Lines, Token, running


async def test_texts_edits_files_and_commands_arrive_in_order(memory: Memory, ann: Person) -> None:
    async with running(memory):
        ann.start("abc")
        sent = ann.say("85")
        ann.edit(sent, "86")
        ann.send_photo(caption="photo of it")
        await ann.sees("photo photo of it")
    assert memory.did(ann.id) == ["/start abc", "text 85", "edit 86", "photo photo of it"]
    who = memory.events[0][0]
    assert who == Who("telegram", str(ann.id), str(ann.id), "Ann", "en")


async def test_ten_taps_at_once_are_ten_events_and_ten_answers(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        ann.say("one")
        shown = await ann.sees("text one")
        for _ in range(10):
            ann.tap("to 1:a", shown)
        await fake.until(lambda: not fake.unanswered())
        await fake.until(lambda: memory.chats[str(ann.id)].shown == 11)
    assert memory.did(ann.id) == ["text one"] + ["tap 1:a"] * 10
    assert len([m for m in ann.chat if not m.mine]) == 1


async def test_a_tap_is_answered_though_it_has_nothing_to_say(memory: Memory, ann: Person) -> None:
    memory.reply = Reply()
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        assert await ann.press("to 1:a") is None


async def test_a_tap_on_a_message_that_is_gone(memory: Memory, ann: Person) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        ann.tap_data("forged \0 data", 999)
        await ann.sees("tap forged")


async def test_a_tap_answered_too_late_has_its_answer_on_the_card(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        fake.updates.hold()
        ann.tap("to 1:a")
        fake.advance(60)
        fake.updates.release()
        fake.changed()
        await ann.sees("tap 1:a")
    assert ann.toasts == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_an_answer_that_fails_in_any_way_is_no_matter(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(
        faults.flood("answerCallbackQuery", 5),
        faults.drop_before("answerCallbackQuery"),
        faults.answer("answerCallbackQuery", 200, "{}"),
    )
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        for number in range(3):
            fake.advance(6)
            ann.tap_data(str(number), ann.card.id)
            await ann.sees(f"tap {number}")
        assert bot.pauses.asked == [5.5]  # the answers alone wait
        assert fake.faults.too_early == []


async def test_an_answer_that_hangs_holds_nothing_up(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.hang("answerCallbackQuery"))
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        ann.tap("to 1:a")
        await ann.sees("tap 1:a")
        ann.tap("to 1:b")
        await ann.sees("tap 1:b")


async def test_a_failure_is_told_and_tried_again_and_its_words_stay_out_of_the_log(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        memory.failing.add("handle")
        assert await ann.press("to 1:a") == Toast("not saved (en)", alert=True)
        await fake.until(lambda: memory.rows[1].later)
        memory.failing.clear()
        memory.backed_off()
        ann.say("two")
        await ann.sees("text two")
    assert memory.did(ann.id) == ["text one", "tap 1:a", "text two"]
    assert "StorageError at telegram/memory.py:" in memory.rows[1].reason
    assert "secret words" not in caplog.text
    assert len(ann.toasts) == 1


async def test_after_five_failures_the_person_is_told_and_the_chat_goes_on(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    def broken(_: Who, event: object) -> Screen:
        if "poison" in str(event):
            raise StorageError
        return card("fine")

    memory.on_handle = broken
    async with running(memory):
        ann.say("poison")
        for _ in range(4):
            await fake.until(lambda: memory.rows and memory.rows[0].later)
            memory.backed_off()
            ann.say("go on")
        await ann.sees("was not saved")
        await fake.until(lambda: memory.states.count("done") == 4)
    assert memory.states == ["dead", "done", "done", "done", "done"]


async def test_blocking_and_coming_back_is_told_to_the_service(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        ann.start()
        await ann.sees("/start")
        ann.block()
        await fake.until(lambda: memory.members == [(str(ann.id), True)])
        ann.unblock()
        await fake.until(lambda: memory.states == ["done", "ignored", "ignored"])
    assert memory.members[1] == (str(ann.id), False)


async def test_a_group_is_told_once_why_and_left(memory: Memory, fake: FakeTelegram, ann: Person, bo: Person) -> None:
    async with running(memory):
        fake.updates.hold()
        there = ann.add_bot(-500)
        there.say("hello")
        bo.at(-500).say("你好")
        fake.updates.release()
        line = await there.sees("only in private (en)")
        assert line.text.endswith("https://t.me/gradewalk_test_bot")
        await fake.until(lambda: memory.states == ["ignored"] * 3)
        await fake.until(lambda: fake.chats[-500].closed)
        query = there.tap_data("1:a", line.id)
        await there.until(lambda: fake.queries[query].answered)
    assert there.toasts == [Toast("only in private (en)", alert=True)]
    assert [m.text for m in there.chat if not m.mine and "only" in m.text] == [line.text]
    assert memory.events == []
    assert memory.chats == {}


async def test_a_channel_is_left_without_a_word(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        fake.updates.hold()
        there = ann.add_bot(-600)
        fake.chats[-600].info["type"] = "channel"
        fake.updates.release()
        await fake.until(lambda: fake.chats[-600].closed)
    assert there.chat == []


async def test_a_line_is_a_message_and_silence_is_nothing(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        memory.on_handle = lambda *_: None
        memory.reply = Reply(line="by invitation only")
        ann.say("one")
        await ann.sees("by invitation only")
        memory.reply = Reply(toast="by invitation only", alert=True)
        ann.tap_data("1:a", 1)
        await fake.until(lambda: ann.toasts == [Toast("by invitation only", alert=True)])
        memory.reply = Reply("never shown", silent=True)
        ann.tap_data("1:a", 1)
        await fake.until(lambda: len(memory.events) == 3)
    assert len(fake.unanswered()) == 1
    assert len([m for m in ann.chat if not m.mine]) == 1


async def test_who_fills_a_lane_is_told(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    for number in range(CAP + 1):
        ann.say(str(number))
    memory.rows = [Row(row(u.text, number=n, chat=str(ann.id))) for n, u in enumerate(fake.updates.pending, start=1)]
    fake.updates.pending.clear()
    async with running(memory):
        await fake.until(lambda: len(memory.events) == CAP + 1, seconds=20)
    assert memory.full == [str(ann.id)]
    assert memory.did(ann.id) == [f"text {number}" for number in range(CAP + 1)]


async def test_a_group_that_threw_us_out_is_no_matter(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        there = ann.add_bot(-500)
        there.remove_bot()
        await fake.until(lambda: memory.states == ["ignored", "ignored"])
        ann.say("one")
        await ann.sees("text one")


SAID = (
    '{"update_id": 7, "message": {"message_id": 1, "date": 1, "text": "a", "chat": {"id": 5, "type": "private"},'
    ' "from": {"id": 5, "is_bot": false, "first_name": "A"}}}'
)


@pytest.mark.parametrize(
    ("update", "attempts", "woken"),
    [("{", 0, ["5"]), (SAID, 3, []), (SAID, 4, ["5"])],
    ids=["not tried again", "tried again", "given up"],
)
async def test_a_dead_row_wakes_the_presenter_for_its_notice(
    memory: Memory, update: str, attempts: int, woken: list[str]
) -> None:
    memory.failing.add("handle")
    bad = row(update, chat="5", attempts=attempts)
    memory.rows.append(Row(bad))
    seen: list[str] = []
    with Writer() as writer:
        bot = connect(Token(), "https://telegram.test").bot
        worker = Worker(memory, memory, writer, Replies(bot, Lines(), Stop()), seen.append, "bot")
        assert await worker.work(bad) is bool(woken)
    assert seen == woken


async def test_cards_of_a_round_go_before_its_answers() -> None:
    """A person waits for the card; an answer says the same, and is gone after a moment."""
    went: list[str] = []

    class Bot:
        async def answer(self, query: str, text: str | None, *, alert: bool) -> None:
            del text, alert
            went.append(f"answer {query}")

    async def edit(chat: str) -> None:
        went.append(f"card {chat}")

    replies = Replies(cast("Lean", Bot()), Lines(), Stop())
    cards = []
    for one in "12":
        replies.answer(one)
        cards.append(asyncio.create_task(edit(one)))
    await asyncio.gather(*cards)
    await replies.finish(5)
    assert went == ["card 1", "card 2", "answer 1", "answer 2"]
