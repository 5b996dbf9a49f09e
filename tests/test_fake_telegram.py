"""What the fake Telegram refuses, seen through python-telegram-bot's own Bot; and the same over HTTP."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.fake_telegram import TOKEN, Control, FakeRequest, FakeTelegram, Person, faults, make_bot
from tests.fake_telegram.rules import NOT_MODIFIED, QUERY_TOO_OLD

NOON = 1_780_000_000
ME = 1001


def keyboard(*rows: list[str]) -> InlineKeyboardMarkup:
    """Labels; the data is `d:<label>`."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=f"d:{x}") for x in row] for row in rows])


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it RetryAfter warns that its type will change


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram(start=NOON)


@pytest.fixture
def person(fake: FakeTelegram) -> Person:
    someone = Person(fake, ME, "Test")
    someone.start()
    return someone


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with make_bot(fake) as made:
        yield made


# ---------------------------------------------------------------- refusals

ONE = [[InlineKeyboardButton("x", callback_data="y")]]
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("empty", {"text": " \n "}, "Message text is empty"),
    ("only tags", {"text": "<b></b>", "parse_mode": "HTML"}, "Message text is empty"),
    ("long", {"text": "一" * 4097}, "Message is too long"),
    ("long in UTF-16", {"text": "😀" * 2049}, "Message is too long"),
    ("long after parsing", {"text": "&lt;" * 4097, "parse_mode": "HTML"}, "Message is too long"),
    ("markdown", {"text": "*a*", "parse_mode": "MarkdownV2"}, "Unsupported parse_mode"),
    ("lone surrogate", {"text": "a\ud800"}, "Strings must be encoded in utf-8"),
    ("unknown chat", {"text": "a", "chat_id": 5}, "Chat not found"),
    ("reply to nothing", {"text": "a", "reply_to_message_id": 999}, "Message to be replied not found"),
    ("unknown tag", {"text": "一<br>", "parse_mode": "HTML"},
     "Can't parse entities: unsupported start tag \"br\" at byte offset 3"),
]  # fmt: skip
BUTTONS: list[tuple[str, list[list[InlineKeyboardButton]], str]] = [
    ("data of 65 bytes", [[InlineKeyboardButton("x", callback_data="一" * 21 + "ab")]], "Button_data_invalid"),
    ("no data", [[InlineKeyboardButton("x", callback_data="")]], "Button_data_invalid"),
    ("101 buttons", ONE * 101, "Reply markup is too long"),
    ("9 in a row", [ONE[0] * 9], "Button_row_too_long"),
    ("over 10 kB", [[InlineKeyboardButton("一" * 400, callback_data="y")]] * 9, "Reply markup is too long"),
    ("no label", [[InlineKeyboardButton(" ", callback_data="y")]], "Inline keyboard button text must be non-empty"),
    ("no action", [[InlineKeyboardButton("x")]], "Text buttons are unallowed"),
    ("bad link", [[InlineKeyboardButton("x", url="javascript:1 2")]], "Wrong http url"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "call", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
async def test_a_message_telegram_refuses(
    fake: FakeTelegram, person: Person, bot: Bot, name: str, call: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i)^{reason}"):
        await bot.send_message(**{"chat_id": ME, **call})
    assert [r.method for r in fake.refusals] == ["sendMessage"]
    assert len(person.chat) == 1


@pytest.mark.parametrize(("name", "rows", "reason"), BUTTONS, ids=[case[0] for case in BUTTONS])
async def test_a_keyboard_telegram_refuses(
    fake: FakeTelegram, person: Person, bot: Bot, name: str, rows: list[Any], reason: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.send_message(ME, "a", reply_markup=InlineKeyboardMarkup(rows))
    assert fake.mistakes


async def test_what_just_fits_is_accepted(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    rows = [[InlineKeyboardButton("x", callback_data="一" * 21 + "a")] * 8] * 12
    await bot.send_message(ME, "<b>" + "😀" * 2048 + "</b>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(rows))
    await bot.send_document(ME, io.BytesIO(b"1"), caption="一" * 1024, filename="报告.txt")
    assert not fake.refusals


async def test_a_long_caption_and_an_empty_file_are_refused(person: Person, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_document(ME, b"1", caption="一" * 1025)
    with pytest.raises(BadRequest, match="must be non-empty"):
        await bot.send_document(ME, b"")
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ME, b"no picture")


async def test_edits_that_telegram_refuses(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    sent = await bot.send_message(ME, "<b>a</b>", parse_mode="HTML", reply_markup=keyboard(["x"]))
    same: dict[str, Any] = {"chat_id": ME, "message_id": sent.message_id, "reply_markup": keyboard(["x"])}
    with pytest.raises(BadRequest, match=f"(?i){NOT_MODIFIED}"):
        await bot.edit_message_text("<b>a</b> \n", parse_mode="HTML", **same)
    with pytest.raises(BadRequest, match=f"(?i){NOT_MODIFIED}"):
        await bot.edit_message_reply_markup(**same)
    assert not fake.mistakes, "not modified is an answer, no mistake"
    await bot.edit_message_text("a", **same)
    assert person.message(sent.message_id).edited
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("b", ME, 999)
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("b", ME, 1)
    person.delete(sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("b", ME, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(ME, sent.message_id)
    assert [r.description.split(": ")[1] for r in fake.mistakes] == [
        "message to edit not found",
        "message can't be edited",
    ]


async def test_queries_that_cannot_be_answered(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    await bot.send_message(ME, "a", reply_markup=keyboard(["x"]))
    first, second = person.tap("x"), person.tap("x")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(first, "一" * 201)
    await bot.answer_callback_query(first, "好", show_alert=True)
    assert person.toasts == [("好", True)]
    for query in (first, "77"):
        with pytest.raises(BadRequest, match=f"(?i){QUERY_TOO_OLD}"):
            await bot.answer_callback_query(query)
    fake.advance(fake.answer_window + 1)
    with pytest.raises(BadRequest, match=f"(?i){QUERY_TOO_OLD}"):
        await bot.answer_callback_query(second)
    assert [query.id for query in fake.unanswered()] == [second]


async def test_people_out_of_reach(fake: FakeTelegram, person: Person, bot: Bot) -> None:
    person.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ME, "a")
    person.unblock()
    await bot.send_message(ME, "a")
    person.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ME, "a")
    assert not fake.mistakes


async def test_wrong_tokens(fake: FakeTelegram) -> None:
    with pytest.raises(InvalidToken):
        await Bot("1:foreign", request=FakeRequest(fake)).get_me()
    assert (await FakeRequest(fake).do_request("https://t/botnonsense/getMe", "POST"))[0] == 404
    fake.revoked = True
    with pytest.raises(InvalidToken):
        await Bot(TOKEN, request=FakeRequest(fake)).get_me()
    assert [r.status for r in fake.refusals] == [401, 404, 401]


# ---------------------------------------------------------------- over HTTP


@pytest.fixture(scope="module")
def control() -> Iterator[Control]:
    with Control.start("--clock", str(NOON)) as running:
        yield running


async def test_the_same_over_http(control: Control) -> None:
    person = control.person(7, "Test", "en")
    async with Bot(TOKEN, base_url=f"{control.base_url}/bot", base_file_url=f"{control.base_url}/file/bot") as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.to_thread(control.until, lambda: control.stats()["polling"])
        person.say("你好")
        assert [u.message.text for u in await poll if u.message] == ["你好"]
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(7, "x" * 4097)
        await bot.send_message(7, "<b>card</b>", parse_mode="HTML", reply_markup=keyboard(["A", "B"]))
        query = person.tap("A")
        await bot.answer_callback_query(query, "saved")
        await bot.send_document(7, b"\r\n--bytes\x00\xff", filename="报告.bin", caption="c")
        control.faults(faults.drop_after("sendMessage"), faults.flood("sendMessage", 3))
        with pytest.raises(NetworkError):
            await bot.send_message(7, "after")
        with pytest.raises(RetryAfter):
            await bot.send_message(7, "flood")
        photo = person.message(person.send_photo(b"\x89PNG..")).attachment
        assert photo is not None
        assert bytes(await (await bot.get_file(photo.file_id)).download_as_bytearray()) == b"\x89PNG.."
    assert person.toasts == [("saved", False)]
    assert person.chat[2].text == "c"
    assert person.download(person.chat[2]) == b"\r\n--bytes\x00\xff"
    assert person.chat[3].text == "after"
    assert person.screen().endswith("card\n[ A ]  [ B ]")
    with pytest.raises(AssertionError, match="no button 'Z'"):
        person.tap("Z")
    assert [r["description"] for r in control.refusals()] == ["Bad Request: message is too long"]
    assert control.advance(100) == NOON + 100


async def test_a_poll_of_a_bot_that_died_is_forgotten(control: Control) -> None:
    body = b'{"timeout": 50, "offset": 2000000000}'
    head = f"POST /bot{TOKEN}/getUpdates HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    _, writer = await asyncio.open_connection(control.host, control.port)
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    await asyncio.to_thread(control.until, lambda: control.stats()["polling"] == 1)
    writer.close()
    await asyncio.to_thread(control.until, lambda: control.stats()["polling"] == 0, 5)
    assert not [r for r in control.refusals() if r["status"] == 409]
