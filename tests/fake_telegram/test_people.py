"""People in front of the fake: what they see, tap and send."""

import asyncio
import io
import json

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.fake_telegram import FakeTelegram, Person

ME = 1001


def keyboard(*rows: list[str]) -> InlineKeyboardMarkup:
    """Labels; the data is `d:<label>`."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=f"d:{x}") for x in row] for row in rows])


async def test_a_person_reads_and_taps_the_newest_card(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.send_message(ME, "old", reply_markup=keyboard(["A"]))
    await bot.send_message(ME, "card", reply_markup=keyboard(["A 好", "A 差"], ["Back"]))
    assert person.screen() == "-- bot #3\ncard\n[ A 好 ]  [ A 差 ]\n[ Back ]"
    assert len(person.live_cards()) == 2
    for wanted, complaint in (("C", "no button 'C'"), ("A", "more than one button 'A'")):
        with pytest.raises(AssertionError, match=f"(?s){complaint}.*A 好.*Back"):
            person.tap(wanted)
    seen = person.card.buttons[0]
    person.tap(seen)
    person.tap("A", message=2)
    person.tap_data("forged", 77)
    taps = [json.loads(u.text)["callback_query"] for u in fake.updates.pending if u.kind == "callback_query"]
    assert [t["data"] for t in taps] == ["d:A 好", "d:A", "forged"]
    assert taps[2]["message"]["date"] == 0, "an inaccessible message"
    await bot.edit_message_text("card", ME, 3, reply_markup=keyboard(["B"]))
    with pytest.raises(AssertionError, match="no button"):
        person.tap(seen)


async def test_everything_people_send_parses(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    for kind in ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"):
        person.send(kind)
    for kind in ("location", "contact", "dice", "venue", "poll"):
        person.send(kind, reply_to=1)
    album = person.send_album(3, "同一相册")
    person.edit(album[0], "改")
    person.send_document(b"x", name="big.zip", size=21 << 20)
    person.add_bot(-5).say("/help@gradewalk_test_bot 😀")
    person.say("一" * 4100)
    updates = await bot.get_updates()
    assert not [update.api_kwargs for update in updates if update.api_kwargs]
    assert len(updates) == 1 + 8 + 5 + 3 + 1 + 1 + 2 + 2
    assert {u.message.media_group_id for u in updates[14:17] if u.message} != {None}
    big = person.message(album[-1] + 1).attachment
    assert big is not None
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await bot.get_file(big.file_id)


async def test_files_travel_both_ways(person: Person, bot: Bot) -> None:
    sent = person.send_photo(caption="图")
    picture = person.message(sent).attachment
    assert picture is not None
    file = await bot.get_file(picture.file_id)
    assert bytes(await file.download_as_bytearray()) == person.download(person.message(sent))
    await bot.send_document(
        ME, io.BytesIO(b"\r\n--x\x00"), filename="报告.xlsx", caption="<b>报告</b>", parse_mode="HTML"
    )
    shown = person.chat[-1]
    assert (shown.text, shown.kind, person.download(shown)) == ("报告", "document", b"\r\n--x\x00")
    assert shown.attachment is not None
    assert shown.attachment.name == "报告.xlsx"


async def test_press_waits_for_the_answer_and_sees_for_the_text(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.send_message(ME, "card", reply_markup=keyboard(["A"]))

    async def serve() -> None:
        updates = await bot.get_updates(offset=700_000_002, timeout=5)
        assert updates[0].callback_query is not None
        await updates[0].callback_query.answer("saved")
        await updates[0].callback_query.edit_message_text("done")

    task = asyncio.create_task(serve())
    assert await person.press("A") == ("saved", False)
    assert (await person.sees("done")).rows == ()
    await task
    with pytest.raises(AssertionError, match="never saw 'nothing'"):
        await person.sees("nothing", seconds=0.01)
