"""What each answer of Telegram leads to (RELIABILITY 3), and that chats do not wait for each other."""

import json
from collections.abc import Callable

import pytest

from bot.telegram.markup import digest
from bot.telegram.presenter import STORAGE_PAUSE
from bot.view.screen import Button, Screen
from tests.fake_telegram import FakeTelegram, Fault, Person, faults
from tests.telegram.memory import Memory, card
from tests.telegram.stage import Pauses, running


def sends(fake: FakeTelegram, method: str = "sendMessage") -> int:
    return sum(call.method == method for call in fake.calls)


async def asked(fake: FakeTelegram, pauses: Pauses, *seconds: float) -> None:
    await fake.until(lambda: pauses.asked == list(seconds))


async def test_what_a_chat_must_show_is_shown_at_start(memory: Memory, ann: Person) -> None:
    ann.start()
    memory.want(str(ann.id), card("left over"))
    async with running(memory):
        await ann.sees("left over")


async def test_a_flood_limit_holds_that_chat_alone_and_exactly(
    memory: Memory, fake: FakeTelegram, ann: Person, bo: Person
) -> None:
    async with running(memory) as bot:
        fake.faults.add(Fault("sendMessage", "answer", status=429, retry_after=30, chat_id=ann.id))
        ann.say("one")
        await asked(fake, bot.pauses, 30.5)
        bo.say("two")
        await bo.sees("text two")
        ann.say("three")  # newest wins, and nothing is tried before the time
        await fake.until(lambda: len(memory.did(ann.id)) == 2)
        assert sends(fake) == 1
        fake.advance(31)
        bot.pauses.release()
        await ann.sees("text three")
        await fake.until(lambda: memory.is_shown(ann.id))
    assert fake.faults.too_early == []
    assert [m.text for m in ann.chat if not m.mine] == ["card text three"]


@pytest.mark.parametrize("after", [None, -5, 0.25])
async def test_an_odd_retry_after_is_survived(
    memory: Memory, fake: FakeTelegram, ann: Person, after: float | None
) -> None:
    fake.faults.add(faults.flood("sendMessage", after))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
    assert pauses.asked == [{None: 1, -5: 1, 0.25: 0.75}[after]]


async def test_server_errors_are_tried_again_for_ever_with_growing_waits(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    fake.faults.add(faults.answer("sendMessage", 502, "<html>Bad Gateway</html>", times=9))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
    assert pauses.asked == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop_after("sendMessage", times=None),
        faults.answer("sendMessage", 200, "{}", times=None, effect=True),
        faults.answer("sendMessage", 200, "<html>", times=None, effect=True),
        faults.cut("sendMessage", times=None),
    ],
)
async def test_a_send_that_may_have_arrived_is_not_repeated_for_ever(
    memory: Memory, fake: FakeTelegram, ann: Person, fault: Fault
) -> None:
    fake.faults.add(fault)
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await fake.until(lambda: memory.alerts)
        fake.faults.clear()
        ann.say("two")
        await ann.sees("text two")
    assert sends(fake) == 5 + 1
    assert pauses.asked == [1, 2, 4, 8]
    assert len(ann.live_cards()) == 1
    assert memory.alerts == [(str(ann.id), memory.alerts[0][1])]


async def test_no_copy_is_risked_while_the_network_is_gone(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.drop_before("sendMessage"), faults.drop_before("sendChatAction", times=12))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
    assert sends(fake) == 1  # the dropped one never came here: one, however long it took
    assert pauses.asked == [1, 2, 4, 8, 16, 32, *[60] * 7]


async def test_what_telegram_never_said_is_no_reason_to_leave_a_chat(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    for status in (403, 401, 404, 429, 502):
        fake.faults.add(faults.answer("sendMessage", status, "<html>the proxy of some network</html>"))
    async with running(memory, Pauses(fake, instant=True)) as bot:
        ann.say("one")
        await ann.sees("text one")
        assert not bot.stop.asked
    assert "unreachable" not in memory.calls


async def test_a_chat_that_moved_is_shown_its_screen_under_the_new_id(
    memory: Memory, fake: FakeTelegram, ann: Person, bo: Person
) -> None:
    fake.open_chat(fake.private(ann.id))
    fake.open_chat(fake.private(bo.id))
    memory.want(str(ann.id), card("moved"))
    memory.notify(str(ann.id), "a seal")
    parameters = {"migrate_to_chat_id": bo.id}
    body = {"ok": False, "error_code": 400, "description": "Bad Request: upgraded", "parameters": parameters}
    fake.faults.add(faults.answer("sendMessage", 400, json.dumps(body)))
    async with running(memory) as bot:
        await bo.sees("a seal")
        await bo.sees("card moved")
        assert bot.pauses.asked == []
    assert [m for m in ann.chat if not m.mine] == []


async def test_an_edit_is_repeated_until_it_is_done(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
        fake.faults.add(faults.drop_after("editMessageText", times=8))
        ann.tap("to 1:a")
        await fake.until(lambda: memory.chats[str(ann.id)].shown == 2)
    assert [m.text for m in ann.chat if not m.mine] == ["card tap 1:a"]  # "not modified" was success
    assert len(pauses.asked) == 8


async def test_a_tap_ends_the_wait_for_the_network(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        fake.faults.add(faults.drop_before("editMessageText"))
        ann.tap("to 1:a")
        await asked(fake, bot.pauses, 1)
        ann.tap("to 1:b")
        await ann.sees("tap 1:b")


async def test_a_deleted_card_comes_again_as_a_message(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    async with running(memory):
        ann.say("one")
        old = await ann.sees("text one")
        ann.delete(old.id)
        ann.tap_data("1:a", old.id)
        new = await ann.sees("tap 1:a")
    assert new.id != old.id
    assert memory.chats[str(ann.id)].wanted.shown_message == new.id


async def test_a_card_that_cannot_be_edited_comes_again_and_the_old_one_is_dead(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    async with running(memory):
        ann.say("one")
        await ann.sees("text one")
        body = '{"ok": false, "error_code": 400, "description": "Bad Request: SOMETHING_NEW"}'
        fake.faults.add(faults.answer("editMessageText", 400, body))
        ann.tap("to 1:a")
        new = await ann.sees("tap 1:a")
        await ann.until(lambda: [m.id for m in ann.live_cards()] == [new.id])


async def test_old_buttons_are_taken_away_until_it_succeeds(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    fake.faults.add(faults.answer("editMessageReplyMarkup", 500, "{}", times=3))
    pauses = Pauses(fake, instant=True)
    async with running(memory, pauses):
        ann.say("one")
        await ann.sees("text one")
        ann.say("two")
        new = await ann.sees("text two")
        await ann.until(lambda: [m.id for m in ann.live_cards()] == [new.id])
        await fake.until(lambda: memory.chats[str(ann.id)].wanted.strays == ())
    assert pauses.asked == [1, 2, 4]


async def test_old_buttons_that_telegram_will_not_touch_are_let_be(
    memory: Memory, fake: FakeTelegram, ann: Person
) -> None:
    fake.faults.add(faults.refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited"))
    async with running(memory) as bot:
        ann.say("one")
        await ann.sees("text one")
        ann.say("two")
        await fake.until(lambda: "stripped" in memory.calls)
        assert bot.pauses.asked == []
    assert memory.alerts == []


@pytest.mark.parametrize("leave", [Person.block, Person.deactivate])
async def test_who_is_gone_is_left_alone_until_they_come_back(
    memory: Memory, fake: FakeTelegram, ann: Person, leave: Callable[[Person], None]
) -> None:
    async with running(memory):
        ann.say("one")
        old = await ann.sees("text one")
        leave(ann)
        memory.reply = memory.reply.__class__()
        ann.tap_data("1:a", old.id)
        await fake.until(lambda: memory.calls.count("unreachable") or memory.members == [(str(ann.id), True)])
        memory.notify(str(ann.id), "a seal")
        ann.fake.chats[ann.id].closed = ""
        ann.unblock()
        await ann.sees("a seal")
        ann.say("two")
        await ann.sees("text two")
    assert memory.notice_log == [(1, "sent")]


@pytest.mark.parametrize("stubborn", [False, True])
async def test_an_unreachable_chat_is_tried_once(
    memory: Memory, fake: FakeTelegram, ann: Person, bo: Person, stubborn: bool
) -> None:
    memory.stubborn = stubborn
    memory.notify(str(ann.id), "nobody there")  # no chat yet: 400 chat not found
    memory.notify("", "nobody at all")
    async with running(memory):
        bo.say("one")
        await bo.sees("text one")
        await bo.press("to 1:a")
        await bo.sees("tap 1:a")
    assert sum(r.description == "Bad Request: chat not found" for r in fake.refusals) == 1
    assert memory.calls.count("unreachable") == 2
    assert memory.notice_log == []  # kept


async def test_a_card_that_is_refused_is_given_up_until_there_is_another(
    memory: Memory, fake: FakeTelegram, ann: Person, bo: Person
) -> None:
    memory.on_handle = lambda *_: Screen("bad button", ((Button("Go", "x" * 65),),))
    async with running(memory, Pauses(fake, instant=True), clean=False) as bot:
        ann.say("one")
        await fake.until(lambda: memory.alerts)
        memory.on_handle = None
        bo.say("two")
        await bo.sees("text two")
        assert len(fake.refusals) == 3
        ann.say("three")
        await ann.sees("text three")
        assert bot.pauses.asked == [1, 2]
    assert len(memory.alerts) == 1


async def test_an_outbox_that_cannot_be_read_is_asked_again(memory: Memory, fake: FakeTelegram, ann: Person) -> None:
    memory.failing.add("notices")
    async with running(memory) as bot:
        await asked(fake, bot.pauses, STORAGE_PAUSE)
        memory.failing.clear()
        bot.pauses.release()
        ann.say("one")
        await ann.sees("text one")


async def test_a_hanging_chat_does_not_hold_the_others(
    memory: Memory, fake: FakeTelegram, ann: Person, bo: Person
) -> None:
    async with running(memory):
        fake.faults.add(Fault("sendMessage", "hang", chat_id=ann.id))
        ann.say("one")
        await fake.until(lambda: memory.did(ann.id))
        bo.say("two")
        await bo.sees("text two")


def test_a_digest_tells_screens_apart() -> None:
    assert digest(card("x", "1:a")) == digest(card("x", "1:a"))
    assert len({digest(card("x", "1:a")), digest(card("x", "1:b")), digest(card("y", "1:a"))}) == 3
