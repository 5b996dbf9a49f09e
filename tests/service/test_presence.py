"""The beat, and who is told of an absence: once, in their own words, whatever dies in between."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from bot.domain.focus import Focus
from bot.service.channel import Incoming
from bot.service.inbox import InboxDesk
from bot.service.outbox import OutboxDesk
from bot.service.presence import ACTIVE, AT_ONCE, AWAY, PresenceDesk, Told
from bot.service.world import World
from bot.store.errors import StoreFull
from bot.view.away import away as away_screen
from bot.view.payload import LanguageTap, ZoneTap, decode
from bot.view.places import AskNote, Card, Help
from tests.service.scene import CHANNEL, SHOP, START, Clock, Scene, say

TEN, DAY = timedelta(minutes=10), timedelta(days=1)
NOBODY = Told((), left=False)


@pytest.fixture
def desk(world: World) -> PresenceDesk:
    return PresenceDesk(world, CHANNEL)


def kept(world: World) -> tuple[datetime | None, datetime | None, str]:
    with world.store.read() as unit:
        found = unit.presence.get(CHANNEL)
    assert found is not None
    return found.away_since, found.away_until, found.told_upto


def notices(world: World, scene: Scene) -> list[str]:
    return [one.text for one in OutboxDesk(world, CHANNEL).notices() if one.chat == scene.who.chat]


def away(world: World, clock: Clock, by: timedelta) -> PresenceDesk:
    """The process died, and another one begins."""
    clock.ahead(by)
    desk = PresenceDesk(world, CHANNEL)
    desk.beat()
    return desk


def at_question(scene: Scene, clause: str) -> None:
    scene.press(Card(scene.sheet(scene.begin()), f"{clause}/total"))


def test_the_first_start_ever_says_nothing(desk: PresenceDesk, ann: Scene) -> None:
    ann.begin()
    assert not desk.beat()
    assert desk.announce() == NOBODY


def test_a_beat_in_time_says_nothing(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    desk.beat()
    clock.ahead(AWAY - timedelta(seconds=3))
    assert not desk.beat()
    clock.ahead(timedelta(seconds=100))
    assert not PresenceDesk(world, CHANNEL).beat(), "restarted quickly"
    assert kept(world) == (None, None, "")


def test_after_an_absence_it_is_told_what_is_saved(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    at_question(ann, "2.1")
    ann.say("85")
    ann.say("70")
    desk.beat()
    before, place = ann.chat.wanted_version, ann.focus.place
    OutboxDesk(world, CHANNEL).shown(ann.who.chat, before, 7, "")
    clock.ahead(TEN)
    assert desk.beat()
    assert desk.announce() == Told(("1001",), left=False)
    (text,) = notices(world, ann)
    lines = text.splitlines()
    # The made-up clock stands at 20:00 in Shanghai and runs a second each time it is asked.
    assert lines[0] == "我离线了一段时间：20:00–20:10（中国标准时间）。"
    assert lines[1] == say("away.saved", answered=2, asked=5, clause="2.10", answer="70%")
    assert lines[2] == say("away.taps-lost")
    assert ann.chat.wanted_version == before + 1
    assert ann.chat.wanted_fresh
    assert ann.focus.place == place


def test_it_is_told_once(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    desk.beat()
    away(world, clock, TEN).announce()
    version = ann.chat.wanted_version
    for _ in range(3):
        assert not desk.beat()
        assert desk.announce() == NOBODY
        assert PresenceDesk(world, CHANNEL).announce() == NOBODY
    assert (len(notices(world, ann)), ann.chat.wanted_version) == (1, version)


def test_killed_between_beat_and_telling_it_is_still_owed(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene
) -> None:
    ann.begin()
    desk.beat()
    away(world, clock, TEN)
    for _ in range(4):
        assert PresenceDesk(world, CHANNEL).beat(), "killed at once, again and again"
    assert PresenceDesk(world, CHANNEL).announce().chats == ("1001",)
    assert len(notices(world, ann)) == 1


def test_an_absence_that_was_never_told_is_part_of_the_next(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene
) -> None:
    ann.begin()
    desk.beat()
    away(world, clock, TEN)
    away(world, clock, TEN).announce()
    (text,) = notices(world, ann)
    assert "20:00–20:20" in text


def test_a_telling_that_could_not_be_stored_is_made_again(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.begin()
    desk.beat()
    owed = away(world, clock, TEN)
    with monkeypatch.context() as patch:
        patch.setattr("bot.store.presence.Presences.put", Mock(side_effect=StoreFull("full")))
        with pytest.raises(StoreFull):
            owed.announce()
    assert notices(world, ann) == [], "not the half of it"
    assert owed.announce().chats == ("1001",)
    assert len(notices(world, ann)) == 1


def test_it_waits_until_what_came_in_is_worked_off(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    at_question(ann, "2.1")
    desk.beat()
    owed = away(world, clock, TEN)
    inbox = InboxDesk(world, CHANNEL)
    inbox.take([Incoming(1, '{"update_id":1}', "1001")])
    assert owed.announce() == Told((), left=True)
    assert notices(world, ann) == []
    ann.say("85")
    inbox.ignore(inbox.waiting(1)[0].row, "")
    owed.announce()
    assert say("away.saved", answered=1, asked=5, clause="2.1", answer="85%") in notices(world, ann)[0]


def test_but_not_for_ever(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    desk.beat()
    owed = away(world, clock, TEN)
    InboxDesk(world, CHANNEL).take([Incoming(1, '{"update_id":1}', "1001")])
    assert owed.announce(anyway=True) == Told(("1001",), left=False)


def test_who_is_told(world: World, desk: PresenceDesk, clock: Clock) -> None:
    """At work within the last day, on an assessment that is open."""
    busy, done, idle, gone, blocked, home = (Scene(world, str(number)) for number in range(6))
    gone.begin()
    clock.ahead(DAY + TEN)
    busy.begin()
    done.closed()
    idle.order("start")
    blocked.begin()
    home.begin()
    home.order("help")
    with world.store.write() as unit:
        unit.chats.unreachable(CHANNEL, blocked.who.chat, START)
    desk.beat()
    assert away(world, clock, TEN).announce().chats == (busy.who.chat, home.who.chat)
    assert isinstance(decode(home.focus.place), Help), "where they were"
    assert all("离线" not in text for one in (done, idle, gone, blocked) for text in notices(world, one))


def test_active_is_counted_from_before_the_absence(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    clock.ahead(ACTIVE - TEN)
    desk.beat()
    assert away(world, clock, 3 * DAY).announce().chats == ("1001",)


def test_more_than_a_day_names_the_days_and_the_messages(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene
) -> None:
    ann.begin()
    desk.beat()
    away(world, clock, timedelta(hours=25)).announce()
    lines = notices(world, ann)[0].splitlines()
    assert "2026-11-20 20:00（中国标准时间） 至 2026-11-21 21:00（中国标准时间）" in lines[0]
    assert lines[1:] == [say("away.saved-none", answered=0, asked=5), say("away.messages-lost")]


def test_in_the_persons_language_and_zone(world: World, desk: PresenceDesk, clock: Clock, bo: Scene) -> None:
    english = Scene(world, "3003", hint="en-GB")
    english.begin()
    bo.begin()
    bo.press(LanguageTap("en"))
    bo.press(ZoneTap("Europe/Berlin"))
    desk.beat()
    away(world, clock, TEN).announce()
    assert notices(world, english)[0].startswith("I was away 20:00–20:10 (China Standard Time).")
    assert notices(world, bo)[0].startswith("I was away 13:00–13:10 (Central European Standard Time).")


def test_what_a_person_wrote_cannot_break_the_notice(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene
) -> None:
    ref = ann.begin(SHOP)
    ann.press(Card(ann.sheet(ref), "5.2.2/total"))
    ann.tap("button.not-applicable")
    ann.say("<b>没有</b> & 2 > 1")
    desk.beat()
    away(world, clock, TEN).announce()
    assert "&lt;b&gt;没有&lt;/b&gt; &amp; 2 &gt; 1" in notices(world, ann)[0]


def test_what_was_being_asked_is_still_asked(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ref = ann.begin()
    ann.press(AskNote(ann.sheet(ref), "2.1/total"))
    focus: Focus = ann.focus
    desk.beat()
    away(world, clock, TEN).announce()
    assert ann.focus == focus
    ann.say("断网前想说的话")
    assert ann.notes(ref) == ["断网前想说的话"]


def test_many_are_told_some_at_a_time(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    many = [Scene(world, str(5000 + number)) for number in range(AT_ONCE + 2)]
    for one in many:
        one.order("start")
    desk.beat()
    owed = away(world, clock, TEN)
    first = owed.announce()
    assert (first.chats, first.left) == (("1001",), True)
    assert kept(world)[2] == "5008"
    after = PresenceDesk(world, CHANNEL).announce()
    assert after == NOBODY
    assert len(notices(world, ann)) == 1
    assert kept(world) == (None, None, "")


def test_one_that_cannot_be_shown_keeps_nobody_from_being_told(
    world: World, desk: PresenceDesk, clock: Clock, ann: Scene, bo: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.begin()
    bo.begin()
    desk.beat()
    owed = away(world, clock, TEN)
    real = away_screen

    def away_text(words: object, desk: SimpleNamespace, *more: object) -> str:
        if desk.own.person == ann.person:
            raise ZeroDivisionError
        return real(words, desk, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.service.presence.away", away_text)
    assert owed.announce().chats == ("2002",)
    assert notices(world, ann) == []


def test_a_clock_that_was_set_is_no_absence(world: World, desk: PresenceDesk, clock: Clock, ann: Scene) -> None:
    ann.begin()
    desk.beat(drift=0)
    clock.ahead(DAY)
    assert not desk.beat(timedelta(seconds=30), drift=86_400), "while it runs, another clock counts"
    clock.ahead(-DAY)
    assert not PresenceDesk(world, CHANNEL).beat(drift=0)
    clock.ahead(DAY)
    assert not PresenceDesk(world, CHANNEL).beat(drift=86_400), "between two runs Telegram's clock counts"
    assert PresenceDesk(world, CHANNEL).beat(TEN, drift=86_400)


def test_a_client_that_reports_no_language_leaves_what_was_known(world: World, ann: Scene) -> None:
    ann.order("start")
    for hint, known in (("en", "en"), ("", "en"), ("zh-hans", "zh-hans")):
        with world.store.write() as unit:
            unit.chats.seen(CHANNEL, ann.who.chat, unit.people.find(CHANNEL, "1001").id, START, hint)  # type: ignore[union-attr]
        assert ann.chat.hint == known
