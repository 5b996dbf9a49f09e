"""The short way to the Bot API says and raises what the library's own methods do."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.lean import Lean
from bot.telegram.markup import rows
from bot.view.screen import Button, Screen
from tests.fake_telegram import FakeRequest, FakeTelegram, Fault, Person, faults

SCREEN = Screen("<b>card</b>", ((Button("Ä\ud800", "1:a"), Button("no", "1:b", "danger")), (), (Button("c", "1:c"),)))


@pytest.fixture
async def lean(fake: FakeTelegram) -> AsyncIterator[Lean]:
    async with Lean(fake.token, request=FakeRequest(fake), get_updates_request=FakeRequest(fake)) as bot:
        yield bot


def last(fake: FakeTelegram, method: str) -> dict[str, str]:
    return dict(next(call for call in reversed(fake.calls) if call.method == method).params)


def readable(call: dict[str, str]) -> dict[str, Any]:
    """Objects come as JSON, whose order of keys does not matter."""
    return {name: json.loads(value) if value.startswith("{") else value for name, value in call.items()}


async def test_a_card_is_sent_made_stripped_and_its_tap_answered(lean: Lean, fake: FakeTelegram, ann: Person) -> None:
    ann.start()
    number = await lean.say(ann.id, "…", silent=True)
    await lean.edit(ann.id, number, SCREEN.text, "HTML", rows(SCREEN))
    assert (ann.card.text, [b.label for b in ann.card.buttons]) == ("card", ["Ä?", "no", "c"])
    query = ann.tap("no")
    await lean.answer(query, "saved", alert=True)
    shown = fake.queries[query].toast
    assert shown is not None
    assert (shown.text, shown.alert) == ("saved", True)
    await lean.strip(ann.id, number)
    assert next(m for m in ann.chat if m.id == number).rows == ()
    assert fake.mistakes == []


async def test_an_edit_without_buttons_takes_the_keyboard_away(lean: Lean, ann: Person) -> None:
    ann.start()
    number = await lean.say(ann.id, "…")
    await lean.edit(ann.id, number, "with", None, rows(SCREEN))
    await lean.edit(ann.id, number, "without", None, rows(Screen("x", ((), ()))))
    assert next(m for m in ann.chat if m.id == number).rows == ()


async def test_what_is_said_to_telegram_is_what_the_library_says(lean: Lean, fake: FakeTelegram, ann: Person) -> None:
    ann.start()
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Ä?", callback_data="1:a"), InlineKeyboardButton("no", None, "1:b", style="danger")],
            [InlineKeyboardButton("c", callback_data="1:c")],
        ]
    )
    no_preview = LinkPreviewOptions(is_disabled=True)
    number = await lean.say(ann.id, "a", "HTML", silent=True)
    short = [last(fake, "sendMessage")]
    await lean.edit(ann.id, number, "b", "HTML", rows(SCREEN))
    short.append(last(fake, "editMessageText"))
    await lean.strip(ann.id, number)
    short.append(last(fake, "editMessageReplyMarkup"))
    bot: Bot = lean
    await bot.send_message(ann.id, "a", "HTML", link_preview_options=no_preview, disable_notification=True)
    long = [last(fake, "sendMessage")]
    await bot.edit_message_text(
        "b", ann.id, number, parse_mode="HTML", reply_markup=markup, link_preview_options=no_preview
    )
    long.append(last(fake, "editMessageText"))
    await bot.edit_message_reply_markup(ann.id, number, reply_markup=None)
    long.append(last(fake, "editMessageReplyMarkup"))
    assert [readable(call) for call in short] == [readable(call) for call in long]


@pytest.mark.filterwarnings("ignore:.*retry_after")
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.refuse("editMessageText", 400, "Bad Request: message is not modified"), BadRequest),
        (faults.refuse("editMessageText", 403, "Forbidden: bot was blocked by the user"), Forbidden),
        (faults.flood("editMessageText", 5), RetryAfter),
        (faults.drop_before("editMessageText"), NetworkError),
        (Fault("editMessageText", "answer", status=502, body="<html>"), NetworkError),
        (Fault("editMessageText", "answer", status=200, body="<html>"), TelegramError),
    ],
)
async def test_refusals_are_the_librarys(
    lean: Lean, fake: FakeTelegram, ann: Person, fault: Fault, kind: type[TelegramError]
) -> None:
    ann.start()
    number = await lean.say(ann.id, "…")
    fake.faults.add(fault)
    with pytest.raises(kind) as caught:
        await lean.edit(ann.id, number, "x", None, rows(SCREEN))
    assert type(caught.value) is kind


@pytest.mark.parametrize("result", ["true", '{"message_id": "7"}', "[]"])
async def test_a_message_without_a_number_is_an_odd_answer(lean: Lean, fake: FakeTelegram, result: str) -> None:
    fake.faults.add(Fault("sendMessage", "answer", status=200, body=f'{{"ok": true, "result": {result}}}'))
    with pytest.raises(TelegramError, match="Invalid server response"):
        await lean.say(5, "x")
