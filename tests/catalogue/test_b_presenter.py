"""Rows 17 to 20 and 30: servers that fail, limits, lost answers. Everything arrives, in order, as told, once."""

from pathlib import Path
from random import Random

import pytest

from bot.service.channel import Claim
from bot.service.outbox import OutboxDesk
from bot.telegram import trouble
from bot.telegram.trouble import Kind, Trouble
from tests.catalogue.hall import NOTICES, Hall, Waits, hall, logged, tap
from tests.catalogue.invariants import hold
from tests.catalogue.users import User
from tests.fake_telegram import Fault, faults

MARKS = ("可能重复", "May be double")


def storm(chance: float = 0.3, *, effect: bool = False) -> list[Fault]:
    """Every method fails that often, in the four ways of a server."""
    bodies = {500: "{}", 502: "<html>Bad Gateway</html>", 503: "", 504: "<html>"}
    share = 1 - (1 - chance) ** (1 / len(bodies))
    return [
        Fault("*", "answer", status=status, body=body, times=None, chance=share, effect=effect)
        for status, body in bodies.items()
    ]


def assert_all_arrived_in_order(room: Hall, *, once: bool = True) -> None:
    """Each notice, in order; what is there twice says that it may be."""
    for person in room.people:
        said = room.said(person, "号通知")
        plain = [text.splitlines()[-1] for text in said]
        assert list(dict.fromkeys(plain)) == NOTICES
        unmarked = [text for text in said if not text.startswith(MARKS)]
        assert len(unmarked) == len(set(unmarked)), "a second copy that does not say so"
        assert not once or len(plain) == len(set(plain))


@pytest.mark.parametrize("effect", [False, True])
async def test_row_17_server_errors_at_random(tmp_path: Path, caplog: pytest.LogCaptureFixture, effect: bool) -> None:
    async with hall(tmp_path, 2, begun=2) as room:
        room.fake.faults.add(*storm(effect=False))
        if effect:  # the server did it all the same
            room.fake.faults.clear()
            room.fake.faults.add(Fault("sendMessage", "answer", True, None, status=504, body="<html>", chance=0.3))
            room.fake.faults.add(Fault("editMessageText", "answer", True, None, status=502, body="<html>", chance=0.3))
        room.notify(*NOTICES)
        for number in range(len(room.people)):
            room[number].say("85")
            room[number].say("75")
        await room.settled()
        taken = len(room.fake.faults.taken)
        room.fake.faults.clear()
        assert taken > 3
        assert_all_arrived_in_order(room, once=not effect)
        for number in range(len(room.people)):
            await room.do(number, "65")
    hold(room.world, *room.people, log=logged(caplog))


@pytest.mark.long
async def test_switched_off_claims_give_copies_that_do_not_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OutboxDesk, "claim", lambda *_: Claim(1))
    with pytest.raises(AssertionError, match="does not say so"):
        await _with_a_lost_answer(tmp_path)


FLOODS = [1, 30, 3600, 0.25, None, -5]


async def flooded(room: Hall, method: str) -> None:
    """Each but the last is told to wait, each so long; the last goes on. Then the time passes, bit by bit."""
    *waiting, free = room.people
    room.pause.asked.clear()
    for person, after in zip(waiting, FLOODS, strict=True):
        room.fake.faults.add(faults.flood(method, after, chat_id=person.id))
    for person in waiting:
        tap(person)
    await room.fake.until(lambda: len(room.pause.asked) >= len(FLOODS))
    assert sorted(room.pause.asked) == sorted([1.5, 30.5, 3600.5, 0.75, 1, 1])
    before = free.card
    tap(free)
    await free.until(lambda: free.card != before)
    for step in (0.6, 0.5, 0.6, 28.0, 0.5, 0.6, 3569.0, 0.6, 1.0):
        for person in waiting:
            tap(person)  # impatience moves nothing
        room.fake.advance(step)
        await room.fake.until(lambda: not room.fake.updates.pending)
    await room.settled()


@pytest.mark.parametrize("method", ["editMessageText", "sendMessage", "sendDocument"])
async def test_row_18_a_chat_waits_as_long_as_it_is_told_and_no_other_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    begun = 4 if method == "sendDocument" else 0
    async with hall(tmp_path, begun or len(FLOODS) + 1, Waits, begun=begun) as room:
        if method == "sendMessage":
            room.notify("第0号通知")
        await (_documents_wait(room) if method == "sendDocument" else flooded(room, method))
        assert room.fake.faults.too_early == []
        if method == "sendMessage":
            assert [room.said(person, "号通知") for person in room.people] == [["第0号通知"]] * len(room.people)
    hold(room.world, *room.people, log=logged(caplog))


async def _documents_wait(room: Hall) -> None:
    *waiting, free = room.people
    for number in range(len(room.people)):
        await room.do(number, "/export")
    room.pause.asked.clear()
    for person, after in zip(waiting, (1, 3600, None), strict=True):
        room.fake.faults.add(faults.flood("sendDocument", after, chat_id=person.id))
    for person in room.people:
        person.tap("JSON")
    await room.fake.until(lambda: sorted(room.pause.asked) == [1, 1.5, 3600.5])
    await free.until(lambda: any(message.attachment for message in free.chat))
    for step in (0.6, 0.5, 0.6, 28.0, 0.5, 0.6, 3569.0, 0.6, 1.0):
        room.fake.advance(step)
    await room.settled()
    assert [sum(message.attachment is not None for message in person.chat) for person in room.people] == [1] * 4


async def test_switched_off_a_wait_that_is_too_short_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "_wait", lambda name, _: Trouble(Kind.WAIT, name, 0.1))
    async with hall(tmp_path, 1, Waits) as room:
        room.fake.faults.add(faults.flood("editMessageText", 30, chat_id=room[0].id))
        tap(room[0])
        await room.fake.until(lambda: room.pause.asked)
        room.fake.advance(0.2)
        await room.fake.until(lambda: room.fake.faults.too_early)
        room.fake.advance(31)
        await room.settled()


async def test_row_19_a_limit_on_answers_to_taps_holds_no_card(tmp_path: Path) -> None:
    async with hall(tmp_path, 3, Waits) as room:
        room.fake.faults.add(faults.flood("answerCallbackQuery", 5))
        labels = [tap(room[0])]
        await room.fake.until(lambda: room.pause.asked == [5.5])
        labels += [tap(person) for person in room.people[1:]]
        await room.settled()
        assert len(room.fake.unanswered()) == 3
        room.fake.advance(5.6)
        await room.fake.until(lambda: not room.fake.unanswered())
        assert room.fake.faults.too_early == []
        room.fake.faults.add(faults.flood("answerCallbackQuery", 3600))
        for person in room.people:
            tap(person)
        await room.settled()
        assert len(labels) == 3
        await room.fake.until(lambda: len(room.pause.asked) == 2)
        room.fake.advance(3601)
        tap(room[0])
        await room.fake.until(lambda: len(room.fake.unanswered()) == 3)
        assert room.fake.faults.too_early == []
    hold(room.world, *room.people)


async def test_row_20_a_send_that_arrived_though_the_connection_dropped(tmp_path: Path) -> None:
    async with hall(tmp_path, 2, begun=2) as room:
        entries = _entries(room)
        room.fake.faults.add(*(faults.drop_after("sendMessage") for _ in range(2)))
        for person in room.people:
            person.say("85")
        await room.settled()
        assert len(room.fake.faults.taken) == 2
        assert _entries(room) == entries + 2, "an answer each"
        for person in room.people:
            assert len(room.said(person, "✓ 已保存")) in {1, 2, 3}
            assert len(person.live_cards()) == 1
    hold(room.world, *room.people)


def _entries(room: Hall) -> int:
    with room.world.store.read() as unit:
        return int(unit.inbox._work.connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())


@pytest.mark.parametrize(("people", "acts"), [(2, 6), pytest.param(10, 60, marks=pytest.mark.long)])
async def test_row_30_slow_and_lossy(tmp_path: Path, people: int, acts: int) -> None:
    """Three seconds each way and a tenth lost, a hundred times quicker: one card each, and what was told is true."""
    lossy = [
        Fault("*", "drop", effect=False, times=None, delay=0.03, chance=0.05),
        Fault("*", "drop", effect=True, times=None, delay=0.03, chance=0.05),
        faults.slow("*", 0.03, times=None),
    ]
    async with hall(tmp_path, people, begun=people) as room:
        room.pause._times = 100.0
        room.fake.faults.add(*lossy)
        users = [User(person, Random(person.id)) for person in room.people]
        for _ in range(acts):
            for user in users:
                user.act()
            await room.settled()
        for person in room.people:
            person.say("/my")
        await room.settled()
        room.fake.faults.clear()
        await room.settled()
        assert [len(person.live_cards()) for person in room.people] == [1] * people
    hold(room.world, *room.people)


async def _with_a_lost_answer(folder: Path) -> None:
    async with hall(folder, 1, begun=1) as room:
        room.fake.faults.add(faults.drop_after("sendMessage"))
        room.notify(*NOTICES)
        room[0].say("85")
        await room.settled()
        assert_all_arrived_in_order(room, once=False)
        room.fake.faults.add(faults.drop_after("sendMessage"))
        await room.do(0, "75")
    hold(room.world, *room.people)


async def test_a_lost_answer_to_a_send_makes_no_second_card(tmp_path: Path) -> None:
    await _with_a_lost_answer(tmp_path)


async def test_switched_off_cards_that_begin_with_buttons_are_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from telegram import InlineKeyboardMarkup

    from bot.telegram.markup import rows
    from bot.telegram.sending import Sending
    from bot.telegram.trouble import Trouble, attempt
    from bot.view.screen import Screen

    async def whole(self: Sending, chat: int, screen: Screen) -> object:
        buttons = InlineKeyboardMarkup.de_json({"inline_keyboard": rows(screen)}, self._bot)
        sent = await attempt(self._bot.send_message(chat, screen.text, parse_mode="HTML", reply_markup=buttons))
        return sent if isinstance(sent, Trouble) else sent.message_id

    monkeypatch.setattr(Sending, "stand_in", whole)
    with pytest.raises(AssertionError, match="I10"):
        await _with_a_lost_answer(tmp_path)
