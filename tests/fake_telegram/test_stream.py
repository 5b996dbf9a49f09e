"""The queue of updates, long polling and scripted faults."""

import asyncio
import json

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from tests.fake_telegram import FakeTelegram, Person, faults

ME = 1001
DROPPED = "aiohttp.ServerDisconnectedError"


def keyboard(*rows: list[str]) -> InlineKeyboardMarkup:
    """Labels; the data is `d:<label>`."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=f"d:{x}") for x in row] for row in rows])


async def test_an_update_is_given_until_an_offset_above_it_confirms_it(fake: FakeTelegram, person: Person) -> None:
    person.say("二")
    first = fake.call_raw("getUpdates", {})[1]
    assert fake.call_raw("getUpdates", {"offset": 700_000_001})[1] == first, "byte for byte the same"
    ids = [u["update_id"] for u in fake.call("getUpdates", {"offset": "700000002"})[1]["result"]]
    assert ids == [700_000_002]
    assert fake.call("getUpdates", {"offset": 700_000_003, "limit": 1})[1]["result"] == []
    for word in "abc":
        person.say(word)
    last = fake.call("getUpdates", {"offset": -1})[1]["result"]
    assert [u["message"]["text"] for u in last] == ["c"]
    assert len(fake.updates.pending) == 1
    assert len(fake.updates.lost) == 2


async def test_taps_are_kept_150_seconds_and_messages_a_day(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.send_message(ME, "a", reply_markup=keyboard(["x"]))
    person.tap("x")
    fake.advance(151)
    assert [u.message is not None for u in await bot.get_updates()] == [True]
    assert [u.kind for u in fake.updates.lost] == ["callback_query"]
    fake.advance(24 * 3600)
    assert await bot.get_updates() == ()


async def test_only_kinds_asked_for_are_queued(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["message"])
    note = person.say("a")
    person.edit(note, "b")
    assert [u.kind for u in fake.updates.pending][1:] == ["message"]


async def test_a_stream_in_disorder(fake: FakeTelegram, person: Person) -> None:
    batch = fake.updates.fetch(0, 100)
    fake.updates.fetch(700_000_002, 100)
    fake.updates.hold()
    person.say("held")
    fake.updates.replay(times=2)
    assert fake.updates.fetch(700_000_002, 100) == batch * 2
    fake.updates.jump(5)
    fake.updates.release()
    assert [json.loads(u)["update_id"] for u in fake.updates.fetch(700_000_002, 100)] == [5]
    assert fake.updates.fetch(6, 100) == []
    fake.inject_text('"message": {"deep": ' + "[" * 20_000 + "]" * 20_000 + "}")
    assert len(fake.updates.fetch(6, 100)[0]) > 40_000


async def test_a_long_poll_wakes_for_an_update_and_ends_for_a_newer_poll(fake: FakeTelegram, bot: Bot) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=50))
    await fake.until(lambda: fake.polls == 1)
    newer = asyncio.create_task(bot.get_updates(timeout=50))
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await older
    Person(fake, ME).say("hello")
    assert [u.message.text for u in await newer if u.message] == ["hello"]


# ---------------------------------------------------------------- faults


async def test_scripted_faults(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    script = [faults.drop_before("sendMessage"), faults.drop_after("sendMessage"), faults.cut("sendMessage")]
    fake.faults.add(*script, faults.hang("sendMessage"), faults.answer("sendMessage", 502, "<html>"))
    shown = []
    for error in (DROPPED, DROPPED, "Invalid server response", "Timed out", "Bad Gateway"):
        with pytest.raises(NetworkError if error != "Invalid server response" else Exception, match=error):
            await bot.send_message(ME, "a")
        shown.append(len(person.chat) - 1)
    assert shown == [0, 1, 2, 2, 2], "only the second and third call had their effect"
    assert not fake.refusals, "a fault is no refusal"
    await bot.send_message(ME, "a")
    assert len(fake.faults.taken) == 5


async def test_calling_again_within_a_flood_wait_is_noticed(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    fake.faults.add(faults.flood("sendMessage", 30))
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(ME, "a")
    assert fake.faults.too_early == [("sendmessage", ME)]
    fake.advance(30)
    await bot.send_message(ME, "a")
    assert len(fake.faults.too_early) == 1


async def test_a_hanging_call_times_out(fake: FakeTelegram, bot: Bot) -> None:
    fake.faults.add(faults.hang("getMe"))
    with pytest.raises(TimedOut):
        await bot.get_me(read_timeout=0.01)
