"""Who may come in, what others are told, and how often; what is said once however much is sent."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.service.access import ANSWERS, Door, invited_only
from bot.service.events import Delivery, Edited, Event, Ordered, Relayed, Reply, Said, Sent, Tapped, Who
from bot.service.respond import Conversation
from bot.service.world import World
from bot.store.values import Incoming
from bot.view.payload import DeleteTap
from bot.wiring import open_world
from tests.service.scene import CHANNEL, Clock, Scene, library, say

LINE = Reply(line=invited_only())
SILENCE = Reply(silent=True)
STRANGER = Who(CHANNEL, "5005", "5005", "Stranger", "en")


@pytest.fixture
def closed(world: World) -> World:
    """By invitation only; 1001 is an administrator."""
    return replace(world, door=Door(open=False, admins=frozenset({(CHANNEL, "1001")})))


def test_the_line_is_in_both_languages_and_fits_a_toast() -> None:
    zh, en = invited_only().split("\n")
    assert "邀请" in zh
    assert "invitation" in en
    assert len(invited_only()) <= 200


@pytest.mark.parametrize(
    "event",
    [
        Said("85", "1"),
        Edited("85", "1"),
        Ordered("start", "", "1"),
        Ordered("start", "a-payload", "1"),
        Ordered("new", "", "1"),
        Sent("photo", "1", "caption"),
        Relayed("1"),
    ],
)
def test_a_stranger_is_told_the_same_whatever_they_send(event: Event, closed: World) -> None:
    assert Conversation(closed).handle(STRANGER, event, Delivery()) == LINE
    with closed.store.read() as unit:
        assert unit.people.find(CHANNEL, "5005") is None
        assert unit.chats.state(CHANNEL, "5005") is None


def test_a_stranger_is_answered_five_times_a_day_and_never_twice_a_second(closed: World) -> None:
    conversation, clock = Conversation(closed), closed.clock
    assert isinstance(clock, Clock)
    told = [conversation.handle(STRANGER, Said("x", "1"), Delivery()) for _ in range(9)]
    assert told == [LINE] * ANSWERS + [SILENCE] * 4
    clock.ahead(timedelta(hours=23))
    assert conversation.handle(STRANGER, Tapped("1:h"), Delivery()) == SILENCE
    clock.ahead(timedelta(hours=1))
    assert conversation.handle(STRANGER, Tapped("1:h"), Delivery()) == Reply(toast=invited_only(), alert=True)
    now = clock()
    at_once = Conversation(replace(closed, clock=lambda: now))
    assert [at_once.handle(STRANGER, Said("x", "1"), Delivery()) for _ in range(3)] == [LINE, SILENCE, SILENCE]


def test_the_text_of_a_stranger_is_emptied_at_once(closed: World) -> None:
    with closed.store.write() as unit:
        unit.inbox.take([Incoming(7, '{"update_id":7}', "5005")], closed.clock())
        row = unit.inbox.waiting(1, closed.clock())[0].id
    Conversation(closed).handle(STRANGER, Said("x", "1"), Delivery(row, "7"))
    with closed.store.read() as unit:
        kept = unit.inbox.get(row)
        assert (kept.state, kept.raw) == ("done", None)
        assert kept.sha256, "so that it does not come in again"


def test_an_administrator_comes_in_and_only_by_telegrams_number(closed: World) -> None:
    assert Conversation(closed).handle(Who(CHANNEL, "1001", "1001", "A"), Ordered("start", "", "1"), Delivery()) != LINE
    other = Who("another", "1001", "1001", "A")
    assert Conversation(closed).handle(other, Ordered("start", "", "1"), Delivery()) == LINE


def test_who_was_let_in_stays_though_what_they_took_part_in_is_deleted(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(DeleteTap(ref))
    closed = replace(ann.world, door=Door(open=False))
    assert Conversation(closed).handle(ann.who, Ordered("my", "", "1"), Delivery()) == Reply()


def test_who_was_a_user_while_it_was_open_to_all_and_takes_part_in_nothing_is_a_stranger(ann: Scene) -> None:
    ann.order("start")
    before = (ann.chat, ann.focus)
    closed = replace(ann.world, door=Door(open=False))
    assert Conversation(closed).handle(ann.who, Ordered("my", "", "1"), Delivery()) == LINE
    assert (ann.chat, ann.focus) == before


def test_the_settings_make_the_door(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, access="invited", admin_ids=(11, 12), _env_file=None)
    door = open_world(settings, library()).door
    assert door == Door(open=False, admins=frozenset({("telegram", "11"), ("telegram", "12")}))
    assert open_world(Settings(data_dir=tmp_path, _env_file=None), library()).door.open


# what is no person's own


def test_what_came_through_another_bot_creates_nothing_and_is_told_once_a_minute(world: World) -> None:
    conversation = Conversation(world)
    replies = [conversation.handle(STRANGER, Relayed(str(n)), Delivery()) for n in range(3)]
    assert replies[0].line.startswith("Not saved"), "in the language of their client"
    assert replies[1:] == [SILENCE, SILENCE]
    with world.store.read() as unit:
        assert unit.people.find(CHANNEL, "5005") is None
        assert unit.chats.state(CHANNEL, "5005") is None


def test_a_known_person_is_told_so_in_their_language(ann: Scene) -> None:
    ann.order("start")
    ann.press("1:L:en")
    ann.do(Relayed("9"))
    assert ann.reply.line.startswith("Not saved")


# what cannot be taken, by the dozen


def test_many_stickers_make_one_fresh_card(world: World) -> None:
    now = world.clock()
    ann = Scene(replace(world, clock=lambda: now))
    ann.begin()
    with world.store.write() as unit:
        unit.chats.shown(CHANNEL, "1001", ann.chat.wanted_version, "5", "")
    ann.send("sticker")
    assert ann.chat.wanted_fresh
    with world.store.write() as unit:
        unit.chats.shown(CHANNEL, "1001", ann.chat.wanted_version, "6", "")
    ann.send("sticker")
    assert not ann.chat.wanted_fresh, "the card says it already"
    assert ann.top == say("line.not-taken", kind=say("kind.sticker"))
    ann.send("photo", "一句话")
    assert ann.chat.wanted_fresh, "but a caption that waits is news"
    assert ann.focus.pending


# a lane that is full


def test_who_sends_too_much_at_once_is_told_once_an_hour(ann: Scene, clock: Clock) -> None:
    ann.order("start")
    conversation = Conversation(ann.world)
    assert [conversation.crowded(CHANNEL, "1001") for _ in range(3)] == [True, False, False]
    clock.ahead(timedelta(hours=1))
    assert conversation.crowded(CHANNEL, "1001")
    with ann.world.store.read() as unit:
        waiting = unit.notices.waiting(CHANNEL)
    assert [say("line.crowded") in one.content for one in waiting] == [True, True]


def test_who_never_came_in_is_not_told_so(world: World) -> None:
    assert not Conversation(world).crowded(CHANNEL, "5005")
    with world.store.read() as unit:
        assert unit.notices.waiting(CHANNEL) == ()
