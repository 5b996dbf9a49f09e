"""Updates that fail: again with longer pauses, then set aside, with the person told."""

from datetime import timedelta

import pytest

from bot.domain.scales import Language
from bot.service.channel import Incoming
from bot.service.inbox import InboxDesk
from bot.service.outbox import OutboxDesk
from bot.service.world import World
from bot.store.inbox import Inbox
from bot.words import Words
from tests.service.scene import CHANNEL, START, Clock, Scene, say

DAY = timedelta(days=1)


def kept(desk: InboxDesk, number: int, chat: str = "1001") -> int:
    assert desk.take([Incoming(number, f'{{"update_id":{number}}}', chat)]) == 1
    return desk.waiting(99)[-1].row


def test_taken_once_and_handed_out_in_order(world: World) -> None:
    desk = InboxDesk(world, CHANNEL)
    updates = [Incoming(n, f'{{"update_id":{n}}}', "1001") for n in (7, 8)]
    assert desk.take(updates) == 2
    assert desk.take(updates) == 0, "the same again is not new"
    assert [(one.update_id, one.chat, one.attempts, one.raw) for one in desk.waiting(9)] == [
        (7, "1001", 0, '{"update_id":7}'),
        (8, "1001", 0, '{"update_id":8}'),
    ]
    desk.ignore(desk.waiting(9)[0].row, "a sticker pack")
    assert [one.update_id for one in desk.waiting(9)] == [8]


def test_what_waits_is_seen_on_the_way_and_kept_also_where_it_cannot_be(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = InboxDesk(world, CHANNEL)
    updates = [Incoming(n, f'{{"update_id":{n}}}', "1001") for n in (7, 8, 9)]
    assert desk.taken(updates[:1], 9) == desk.waiting(9)
    assert desk.taken(updates[1:2], 0) is None
    assert desk.taken(updates[:2], 1) == desk.waiting(1)
    assert len(desk.waiting(9)) == 2

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Inbox, "waiting", broken)
    assert desk.taken(updates, 9) is None
    monkeypatch.undo()
    assert [one.update_id for one in desk.waiting(9)] == [7, 8, 9]


def test_five_failures_with_growing_pauses_then_it_is_dead(world: World, ann: Scene, clock: Clock) -> None:
    ann.order("start")
    desk = InboxDesk(world, CHANNEL)
    row = kept(desk, 7)
    for pause in (1, 2, 4, 8):
        assert desk.failed(row, "RuntimeError texts.py:7") is False
        with world.store.read() as unit:
            item = unit.inbox.get(row)
        assert item.tried_at
        assert item.not_before == item.tried_at + timedelta(seconds=pause)
        clock.ahead(timedelta(seconds=pause - 2))
        assert pause < 3 or not desk.waiting(9), "not before its time"
        clock.ahead(timedelta(seconds=2))
        assert [one.row for one in desk.waiting(9)] == [row]
    assert OutboxDesk(world, CHANNEL).notices() == []
    assert desk.failed(row, "RuntimeError texts.py:7") is True
    assert not desk.waiting(9)
    with world.store.read() as unit:
        assert unit.inbox.get(row).state == "dead"
        assert unit.inbox.get(row).reason == "RuntimeError texts.py:7"
    (notice,) = OutboxDesk(world, CHANNEL).notices()
    assert (notice.chat, notice.kind, notice.text) == ("1001", "text", say("line.not-saved"))


@pytest.mark.parametrize(
    ("language", "chat", "said"),
    [("en", "1001", "en"), ("zh", "1001", "zh"), ("en", "chat-9", "en"), ("", "7", "zh")],
)
def test_not_saved_is_said_in_the_persons_language(language: str, chat: str, said: Language, world: World) -> None:
    """A chat's name need not be the account's: the person is whoever was seen in that chat."""
    ann = Scene(world, chat)
    ann.who = type(ann.who)(CHANNEL, "1001", chat, "示例员")
    if language:
        ann.press(f"1:L:{language}")
    desk = InboxDesk(world, CHANNEL)
    row = kept(desk, 7, chat)
    while not desk.failed(row, "x"):
        pass
    assert OutboxDesk(world, CHANNEL).notices()[-1].text == Words.of(said).say("line.not-saved")


def test_a_dead_update_of_nobody_tells_nobody(world: World) -> None:
    desk = InboxDesk(world, CHANNEL)
    row = kept(desk, 7, "")
    while not desk.failed(row, "malformed"):
        pass
    assert OutboxDesk(world, CHANNEL).notices() == []


def test_what_is_not_for_us_is_emptied_at_once_and_does_not_come_in_again(world: World) -> None:
    desk = InboxDesk(world, CHANNEL)
    row = kept(desk, 7)
    desk.ignore(row, "a group")
    with world.store.read() as unit:
        assert (unit.inbox.get(row).raw, unit.inbox.get(row).state) == (None, "done")
    assert desk.take([Incoming(7, '{"update_id":7}', "1001")]) == 0


def test_raw_texts_are_emptied_after_seven_days(world: World, clock: Clock) -> None:
    desk = InboxDesk(world, CHANNEL)
    row, waiting = kept(desk, 7), kept(desk, 8, "2002")
    with world.store.write() as unit:
        unit.inbox.done(row, clock())
    clock.ahead(6 * DAY)
    kept(desk, 9)
    with world.store.read() as unit:
        assert unit.inbox.get(row).raw, "not yet"
    clock.ahead(2 * DAY)
    kept(desk, 10)
    with world.store.read() as unit:
        assert unit.inbox.get(row).raw is None
        assert unit.inbox.get(row).sha256
        assert unit.inbox.get(waiting).raw, "what was never worked on stays"
    assert desk.take([Incoming(7, '{"update_id":7}', "1001")]) == 0, "nor does it come in again"
    assert clock() > START
