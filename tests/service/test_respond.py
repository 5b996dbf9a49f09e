"""One event is one transaction: all of it or nothing, and once."""

from pathlib import Path
from unittest.mock import patch

import pytest

from bot.service.events import Delivery, Said, Tapped
from bot.service.notices import queue_text
from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.service.wanting import at_once
from bot.service.world import World
from bot.store.engine import open_engine
from bot.store.errors import StoreConflict
from bot.store.values import Incoming
from bot.view.payload import AnswerTap, DeleteTap
from bot.view.places import Card, Head
from bot.words import Words
from tests.service.scene import CHANNEL, Clock, Scene, library, say
from tests.store.making import store_on


def taken(world: World, number: int) -> Delivery:
    """An update in the inbox."""
    with world.store.write() as unit:
        unit.inbox.take([Incoming(number, f'{{"update_id":{number}}}', "1001")], world.clock())
        row = unit.inbox.waiting(99, world.clock())[-1]
    return Delivery(row.id, str(number))


def test_an_update_is_done_with_what_it_caused(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("没有违法")
    delivery = taken(ann.world, 71)
    ann.do(Said("80", "m1"), delivery)
    with ann.world.store.read() as unit:
        assert unit.inbox.get(delivery.inbox).state == "done"
        last = unit.entries.recorded(ann.of(ref).id)[-1].header
    assert (last.source.channel, last.source.chat, last.source.message, last.source.update) == (
        CHANNEL,
        ann.person,
        "m1",
        "71",
    )


def test_an_update_that_comes_again_has_no_second_effect(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("没有违法")
    ann.tap("button.note")
    delivery = taken(ann.world, 71)
    ann.do(Said("有公示", "m1"), delivery)
    before, chat, focus = ann.entries(ref), ann.chat, ann.focus
    with pytest.raises(StoreConflict):
        ann.do(Said("有公示", "m1"), delivery)
    assert (ann.entries(ref), ann.chat, ann.focus) == (before, chat, focus)
    assert ann.notes(ref) == ["有公示"]


def test_an_exception_leaves_nothing(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("没有违法")
    before, chat, focus = ann.entries(ref), ann.chat, ann.focus
    delivery = taken(ann.world, 71)
    with patch("bot.store.focus.Foci.put", side_effect=RuntimeError), pytest.raises(RuntimeError):
        ann.do(Said("80", "m1"), delivery)
    assert (ann.entries(ref), ann.chat, ann.focus) == (before, chat, focus)
    with ann.world.store.read() as unit:
        assert unit.inbox.get(delivery.inbox).state == "new"
    ann.do(Said("80", "m1"), delivery)
    assert ann.answers(ref)[-1] == ("1.2/total", "4/5")


def test_what_was_rolled_back_is_not_remembered(ann: Scene, file: Path) -> None:
    """Another process (the terminal chat) may take the numbers that a failed transaction had."""
    ref = ann.begin()
    ann.tap("没有违法")
    with patch("bot.store.chats.Chats.want", side_effect=RuntimeError), pytest.raises(RuntimeError):
        ann.do(Said("10", "m1"))
    engine = open_engine(f"sqlite:///{file}")
    Scene(World(store_on(engine, "z"), library(), Clock())).press(AnswerTap(ann.sheet(ref), "1.2/total", "9/10", 0))
    engine.dispose()
    ann.press(Card(ann.sheet(ref), "1.2/total"))
    assert "90%" in ann.text
    assert "10%" not in ann.text


def test_a_stranger_who_lets_the_bot_in_is_not_kept(ann: Scene) -> None:
    Conversation(ann.world).met(ann.who, blocked=False)
    with ann.world.store.read() as unit:
        assert unit.people.find(CHANNEL, "1001") is None
        assert unit.chats.state(CHANNEL, "1001") is None


def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(ann: Scene) -> None:
    ann.order("start")
    conversation = Conversation(ann.world)
    conversation.met(ann.who, blocked=True)
    assert ann.chat.unreachable_at is not None
    conversation.met(ann.who, blocked=False)
    assert ann.chat.unreachable_at is None
    conversation.met(ann.who, blocked=True)
    ann.order("start")
    assert ann.chat.unreachable_at is None


def test_the_language_of_the_client_until_another_is_chosen(world: World) -> None:
    for number, (hint, language) in enumerate({"zh-hans": "zh", "en": "en", "fr": "en", "": "zh"}.items()):
        someone = Scene(world, str(number), hint)
        someone.order("my")
        assert Words.of("en" if language == "en" else "zh").say("home.title") in someone.text, hint
        someone.press("1:L:en")
        assert Words.of("en").say("settings.title") in someone.text
        someone.press("1:L:zh")
        assert say("settings.title") in someone.text


def test_a_place_that_is_gone_meanwhile_is_the_list(ann: Scene, world: World) -> None:
    """The same person in a second client deleted what the first one stands on."""
    ref = ann.begin()
    stands = ann.focus
    ann.press(DeleteTap(ref))
    with world.store.write() as unit:
        unit.focus.put(ann.person, CHANNEL, stands)
    reply = ann.press("1:b:1")
    assert reply.toast
    assert ann.focus.place == "1:h"
    with world.store.write() as unit:
        unit.focus.put(ann.person, CHANNEL, stands)
    ann.say("80")
    assert ann.top == say("refusal.unknown-assessment")
    assert ann.focus.place == "1:h"


@pytest.mark.parametrize("place", ["9:h", "1:C:x:1", "nonsense"])
def test_a_focus_that_cannot_be_read_any_more_is_the_list(place: str, ann: Scene, world: World) -> None:
    ann.begin()
    with world.store.write() as unit:
        unit.focus.put(ann.person, CHANNEL, type(ann.focus)(place=place))
    ann.say("80")
    assert Words.of("zh").say("home.title") in ann.text


def test_a_tap_edits_the_card_and_a_text_makes_a_fresh_one(ann: Scene) -> None:
    ref = ann.begin()
    with ann.world.store.write() as unit:
        unit.chats.shown(CHANNEL, "1001", ann.chat.wanted_version, "5", "")
    ann.do(Tapped(f"1:d:{ref}", "5"))
    assert ann.chat.wanted_fresh is False
    ann.press(Head("unknown"))
    assert ann.chat.wanted_fresh is False
    ann.say("#2.1")
    assert ann.chat.wanted_fresh is True


def test_a_reply_brings_what_the_chat_must_show_as_a_look_would(world: World, ann: Scene, bo: Scene) -> None:
    desk = OutboxDesk(world, CHANNEL)
    ann.order("start")
    (first,) = desk.behind()
    desk.placed("1001", first.version, 55)
    desk.shown("1001", first.version, 55, "digest")
    reply = ann.press("1:g")
    (wanted,) = desk.behind()
    assert reply.wanted == wanted
    assert (wanted.shown_message, wanted.shown_digest, wanted.fresh) == (55, "digest", False)
    assert reply.wanted is not None
    assert reply.wanted.text == reply.wanted.screen.to_json()
    assert desk.behind({"1001": wanted.version}) == []
    assert desk.behind({"1001": wanted.version - 1}) == [wanted]
    bo.order("help")
    assert bo.reply.wanted in desk.behind(), "a chat that is new"


def test_where_more_comes_of_an_event_than_its_screen_the_outbox_is_to_be_looked_at(
    world: World, ann: Scene, bo: Scene
) -> None:
    ann.order("start")
    bo.order("start")
    assert ann.press("1:g").wanted is not None
    with world.store.write() as unit:
        queue_text(unit, CHANNEL, "1001", "一", world.clock())
    assert ann.press("1:g").wanted is None, "the notice goes before the card"
    assert bo.press("1:g").wanted is not None, "it waits for somebody else"
    desk = OutboxDesk(world, CHANNEL)
    desk.sent(desk.notices()[0].id, 7)
    assert ann.press("1:g").wanted is not None
    with world.store.write() as unit:
        unit.chats.stray(CHANNEL, "1001", "3")
    assert ann.press("1:g").wanted is None, "an old card has its buttons still"


@pytest.mark.parametrize("other", ["card", "notice", "button"])
def test_what_others_get_of_it_is_found_by_a_look(world: World, ann: Scene, bo: Scene, other: str) -> None:
    ann.order("start")
    bo.order("start")
    with world.store.write() as unit:
        unit.chats.want(CHANNEL, "1001", ann.screen.to_json(), fresh=False)
        assert at_once(unit, CHANNEL, "1001", ann.screen) is not None
        if other == "card":
            unit.chats.want(CHANNEL, "2002", bo.screen.to_json(), fresh=False)
        elif other == "notice":
            queue_text(unit, CHANNEL, "2002", "一", world.clock())
        else:
            unit.chats.stray(CHANNEL, "1001", "3")
        assert at_once(unit, CHANNEL, "1001", ann.screen) is None
