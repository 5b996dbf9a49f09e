"""Polling through bad networks, poison and a full disk."""

from collections.abc import Sequence

import pytest

from bot.service.events import Said
from bot.telegram.client import MOST
from bot.telegram.intake import STORAGE_PAUSE
from bot.telegram.lanes import Lanes
from bot.telegram.ports import Waiting
from tests.fake_telegram import FakeTelegram, Fault, Person, Toast, faults
from tests.telegram.memory import Memory
from tests.telegram.stage import Pauses, running


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop_before("getUpdates", times=9),
        faults.drop_after("getUpdates", times=9),
        faults.answer("getUpdates", 500, "", times=9),
        faults.answer("getUpdates", 502, "<html>", times=9),
        faults.answer("getUpdates", 429, '{"ok": false}', times=9),
        faults.answer("getUpdates", 429, '{"parameters": {"retry_after": "x"}}', times=9),
        faults.answer("getUpdates", 429, '{"parameters": [1]}', times=9),
        faults.answer("getUpdates", 400, '{"description": "Bad Request: odd"}', times=9),
    ],
)
async def test_trouble_is_waited_out_with_growing_waits(
    memory: Memory, fake: FakeTelegram, ann: Person, fault: Fault
) -> None:
    ann.say("one")
    fake.faults.add(fault)
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        await ann.sees("text one")
    assert pauses.asked == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize("body", ["{}", "<html>", "", '{"ok": true, "result": [{"update_'])
async def test_an_answer_that_is_none_is_asked_for_again(
    memory: Memory, fake: FakeTelegram, ann: Person, body: str
) -> None:
    ann.say("one")
    fake.faults.add(faults.answer("getUpdates", 200, body, times=6))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        await ann.sees("text one")
    assert pauses.asked == [1, 2, 4]  # one update alone is asked for before giving up each time


async def test_waits_begin_anew_after_a_success(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        for text in ("one", "two"):
            fake.faults.add(faults.drop_before("getUpdates", times=3))
            ann.say(text)
            await ann.sees(f"text {text}")
    assert pauses.asked == [1, 2, 4, 1, 2, 4]


async def test_a_flood_limit_on_polling_is_obeyed(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.flood("getUpdates", 7))
    async with running(memory) as bot:
        await fake.until(lambda: bot.pauses.asked == [7.5])
        fake.advance(7)
        bot.pauses.release()
        ann.say("one")
        await ann.sees("text one")
    assert fake.faults.too_early == []


async def test_repeated_and_shuffled_updates_are_done_once(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.updates.shuffle(3)
    for number in range(30):
        ann.say(str(number))
    fake.updates.replay(times=4)
    async with running(memory):
        await fake.until(lambda: len(memory.events) == 30)
        await fake.until(lambda: not fake.updates.pending)
        ann.say("last")
        await ann.sees("text last")
    assert sorted(memory.did(ann.id)) == sorted([f"text {n}" for n in range(30)] + ["text last"])


async def test_ids_that_restart_lower_are_taken(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        fake.updates.jump(41)
        ann.say("two")
        await ann.sees("text two")
        ann.say("three")
        await ann.sees("text three")
        await fake.until(lambda: not fake.updates.pending)
    assert memory.rows[-1].waiting.update_id == 42


POISON = [
    '"message": {"x": ' + "[" * 50_000 + "]" * 50_000 + "}",
    '"message": {"x": ' + "9" * 5000 + "}",
    '"message": {"message_id": 1}',
    '"message": {"x": NaN}',
    '"message": "x"',
]


async def test_poison_stops_nobody_and_ends_dead_with_a_reason(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    ann.say("before")
    for fields in POISON:
        fake.inject_text(fields)
    ann.say("after")
    async with running(memory) as bot:
        await ann.sees("text after")
        await fake.until(lambda: memory.states.count("dead") == len(POISON))
        assert bot.pauses.asked == []
    assert all(row.reason.startswith("malformed: ") for row in memory.rows if row.state == "dead")
    assert "999" not in caplog.text


NUMBERS = ["-5", "9223372036854775808", '"7"', "true", "null", "[1]", "1.5"]


@pytest.mark.parametrize("number", NUMBERS)
async def test_an_update_without_a_usable_number_stops_nobody(
    memory: Memory, fake: FakeTelegram, ann: Person, number: str
) -> None:
    """The second of two equal keys counts in JSON; Telegram itself goes by the number that it gave."""
    ann.say("before")
    fake.inject_text(f'"update_id": {number}, "message": {{"x": 1}}')
    ann.say("after")
    async with running(memory) as bot:
        await ann.sees("text after")
        await fake.until(lambda: not fake.updates.pending)
        assert bot.pauses.asked == []
        fake.inject_text(f'"update_id": {number}, "message": {{"x": 2}}')
        await fake.until(lambda: bot.pauses.asked == [1])
        bot.pauses.release()
        await fake.until(lambda: not fake.updates.pending)
        ann.say("alone")
        await ann.sees("text alone")
        await fake.until(lambda: not fake.updates.pending)
    assert memory.states.count("dead") == 2
    assert memory.did(ann.id) == ["text before", "text after", "text alone"]


async def test_one_that_cannot_be_confirmed_is_asked_for_ever_more_seldom_and_kept_once(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    """Nothing is known of the numbers yet, so no guess can be made."""
    fake.inject_text('"update_id": -1, "message": {}')
    async with running(memory) as bot:
        for waits in ([1], [1, 2], [1, 2, 4]):
            await fake.until(lambda waits=waits: bot.pauses.asked == waits)  # type: ignore[misc]
            bot.pauses.release()
        ann.say("one")
        await ann.sees("text one")
        await fake.until(lambda: not fake.updates.pending)
    assert memory.states == ["dead", "done"]


async def test_a_gap_is_accepted_and_told_once(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        fake.updates.next_id += 5
        ann.say("two")
        await ann.sees("text two")
        ann.say("three")
        await ann.sees("text three")
        fake.updates.replay()
        ann.say("four")
        await ann.sees("text four")
    number = memory.rows[1].waiting.update_id
    assert [line for line in caplog.messages if "missing" in line] == [
        f"updates: 5 numbers are missing before {number + 1}"
    ]


async def test_a_webhook_that_was_left_is_removed_and_what_waits_there_is_not_lost(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    fake.call("setWebhook", {"url": "https://somewhere.test"})
    ann.say("one")
    fake.faults.add(faults.drop_before("getWebhookInfo"), faults.drop_after("deleteWebhook"))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        await ann.sees("text one")
    assert pauses.asked == [1, 2]
    assert not fake.webhook
    assert {call.params["drop_pending_updates"] for call in fake.calls if call.method == "deleteWebhook"} == {"false"}
    async with running(memory):
        ann.say("two")
        await ann.sees("text two")
    # its answer was lost: the second look finds none
    assert len([call for call in fake.calls if call.method == "deleteWebhook"]) == 1


async def test_that_a_webhook_was_removed_is_said(
    memory: Memory, fake: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    fake.call("setWebhook", {"url": "https://somewhere.test"})
    for _ in range(2):
        async with running(memory):
            await fake.until(lambda: fake.polling)
    assert len([line for line in caplog.messages if "a webhook is set" in line]) == 1


async def test_whoever_asks_hears_of_every_answer(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    heard: list[int] = []
    fake.faults.add(faults.drop_before("getUpdates", times=3), faults.answer("getUpdates", 200, "<html>", times=2))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses, in_touch=lambda: heard.append(len(pauses.asked))):
        ann.say("one")
        await ann.sees("text one")
        await fake.until(lambda: fake.polling)
    assert heard == [4]


async def test_poison_that_cannot_be_kept_is_kept_later(memory: Memory, fake: FakeTelegram) -> None:
    memory.failing.add("take")
    fake.inject_text(POISON[0])
    async with running(memory) as bot:
        await fake.until(lambda: bot.pauses.asked == [STORAGE_PAUSE])
        memory.failing.clear()
        bot.pauses.release()
        await fake.until(lambda: memory.rows and memory.rows[0].reason.startswith("malformed"))


async def test_a_tap_that_cannot_be_kept_is_called_unsaved_and_is_done_later(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        memory.failing.add("take")
        assert await ann.press("to 1:a") == Toast("not saved (en)", alert=True)
        await fake.until(lambda: bot.pauses.asked == [STORAGE_PAUSE])
        bot.pauses.release()
        await fake.until(lambda: bot.pauses.asked == [STORAGE_PAUSE] * 2)
        memory.failing.clear()
        bot.pauses.release()
        await ann.sees("tap 1:a")
    assert len(ann.toasts) == 1


async def test_odd_kinds_are_not_asked_for(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        await fake.until(lambda: fake.polls)
        assert fake.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}
        fake.inject("inline_query", {"id": "1"})
        sent = ann.say("one")
        await ann.sees("text one")
    assert [event for _, event, _ in memory.events] == [Said("one", str(sent))]


async def test_updates_that_are_kept_while_the_inbox_cannot_be_read_are_done_once_it_can(
    memory: Memory, fake: FakeTelegram, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(memory) as bot:
        memory.failing.add("waiting")
        ann.say("kept")
        await fake.until(lambda: len(memory.rows) == 1 and bot.pauses.asked)
        memory.failing.clear()
        bot.pauses.release()
        await ann.sees("text kept")
    assert "could not be read" in caplog.text
    assert "could not be kept" not in caplog.text


@pytest.mark.parametrize("updates", [1, MOST - 1, MOST])
async def test_what_waits_is_read_with_a_poll_unless_that_is_full(
    memory: Memory, fake: FakeTelegram, ann: Person, updates: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be much then, and everybody's turn comes after it: the lanes look once all of that is kept."""
    real, found = Lanes.found, []

    def noting(lanes: Lanes, rows: Sequence[Waiting]) -> None:
        found.append(len(rows))
        real(lanes, rows)

    monkeypatch.setattr(Lanes, "found", noting)
    for number in range(updates):
        ann.say(str(number))
    async with running(memory):
        await ann.sees(f"text {updates - 1}")
    assert found == ([] if updates == MOST else [updates])
