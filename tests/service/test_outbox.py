"""What a presenter is told: cards that are behind, notices in order, files."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.service import notices
from bot.service.access import Door
from bot.service.channel import Claim, Fate, Notice, Wanted
from bot.service.events import Delivery, Tapped
from bot.service.outbox import OutboxDesk
from bot.service.respond import Conversation
from bot.service.talk import Talk
from bot.service.world import World
from bot.store.assessment_rows import Member
from bot.store.memberships import join
from tests.service.scene import CHANNEL, Clock, Scene, say


def test_a_chat_is_behind_until_it_shows_the_newest(world: World, ann: Scene, bo: Scene) -> None:
    ann.order("start")
    bo.order("help")
    Scene(world, "x", channel="elsewhere").order("start")
    desk = OutboxDesk(world, CHANNEL)
    first, other = desk.behind()
    assert (first.chat, first.fresh, first.shown_message, first.shown_digest) == ("1001", True, None, "")
    assert first.screen == ann.screen
    assert other.chat == "2002"
    ann.press("1:g")
    desk.shown("1001", first.version, 55, "digest")
    second = next(wanted for wanted in desk.behind() if wanted.chat == "1001")
    assert second == Wanted("1001", first.version + 1, ann.screen, False, 55, "digest")
    desk.shown("1001", second.version, 55, "other")
    assert [wanted.chat for wanted in desk.behind()] == ["2002"]
    desk.shown("1001", first.version, 99, "late")
    assert ann.chat.shown_message == "55", "what comes late changes nothing"


def test_several_chats_are_written_down_in_one_go_or_none_of_them(world: World, ann: Scene, bo: Scene) -> None:
    ann.order("start")
    bo.order("help")
    desk = OutboxDesk(world, CHANNEL)
    one, two = (wanted.version for wanted in desk.behind())
    with pytest.raises(LookupError):
        desk.all_shown([("1001", one, 55, "a"), ("nobody", 1, 1, "")])
    assert len(desk.behind()) == 2
    desk.all_shown([("1001", one, 55, "a"), ("2002", two, 66, "b")])
    assert desk.behind() == []
    assert (ann.chat.shown_message, bo.chat.shown_digest) == ("55", "b")


def test_an_unreachable_chat_is_left_in_peace_and_revived(world: World, ann: Scene) -> None:
    desk = OutboxDesk(world, CHANNEL)
    ann.closed()
    desk.unreachable("1001")
    assert desk.behind() == []
    assert desk.notices() == []
    ann.order("start")
    assert [wanted.chat for wanted in desk.behind()] == ["1001"]
    assert [notice.kind for notice in desk.notices()] == ["text", "file"]


def test_notices_stand_in_order_until_sent_or_given_up(world: World, ann: Scene) -> None:
    ann.order("start")
    for text in ("<b>一</b>", "二", "三"):
        with world.store.write() as unit:
            notices.text(Talk(world, unit, ann.who, Delivery()), text)
    desk = OutboxDesk(world, CHANNEL)
    first, second, third = desk.notices()
    assert [one.text for one in (first, second, third)] == ["<b>一</b>", "二", "三"]
    assert (first.chat, first.kind, first.data, first.file_name, first.caption) == ("1001", "text", None, "", "")
    desk.sent(first.id, 71)
    desk.notice_failed(second.id, "refused", "refused")
    assert [one.id for one in desk.notices()] == [third.id]
    assert OutboxDesk(world, "elsewhere").notices() == []
    with world.store.read() as unit:
        states = [unit.notices._get(one.id).state for one in (first, second, third)]
        assert unit.notices._get(first.id).message == "71"
    assert states == ["sent", "failed", "waiting"]


def queued(world: World, ann: Scene, text: str = "一") -> Notice:
    ann.order("start")
    with world.store.write() as unit:
        notices.text(Talk(world, unit, ann.who, Delivery()), text)
    return OutboxDesk(world, CHANNEL).notices()[-1]


def test_a_claim_counts_and_the_second_one_says_that_it_may_be_double(world: World, ann: Scene) -> None:
    desk, notice = OutboxDesk(world, CHANNEL), queued(world, ann)
    assert desk.claim(notice.id) == Claim(1)
    assert desk.notices()[0].attempts == 1
    assert desk.claim(notice.id) == Claim(2, f"<i>{say('post.may-be-double')}</i>")
    ann.press("1:L:en")
    third = desk.claim(notice.id)
    assert third is not None
    assert third.mark.startswith("<i>May be double")
    desk.sent(notice.id, 7)
    assert desk.claim(notice.id) is None


def test_what_was_not_sent_was_not_claimed(world: World, ann: Scene) -> None:
    desk, notice = OutboxDesk(world, CHANNEL), queued(world, ann)
    desk.claim(notice.id)
    desk.not_sent(notice.id, maybe=False)
    assert desk.claim(notice.id) == Claim(1)
    desk.not_sent(notice.id, maybe=True)
    again = desk.claim(notice.id)
    assert again is not None
    assert (again.attempts, again.mark != "") == (2, True)


def test_a_card_begins_as_a_message_that_is_edited(world: World, ann: Scene) -> None:
    desk = OutboxDesk(world, CHANNEL)
    ann.order("start")
    (wanted,) = desk.behind()
    desk.placed("1001", wanted.version, 50)
    (placed,) = desk.behind()
    assert (placed.fresh, placed.shown_message, placed.shown_digest, placed.behind) == (False, 50, "", True)
    desk.shown("1001", wanted.version, 50, "digest")
    ann.order("help")
    (wanted,) = desk.behind()
    desk.placed("1001", wanted.version, 60)
    desk.shown("1001", wanted.version, 60, "digest")
    (left,) = desk.behind()
    assert (left.behind, left.strays) == (False, (50,))
    desk.stripped("1001", 50)
    assert desk.behind() == []


@pytest.mark.parametrize(
    ("tapped_on", "fresh", "strays"), [("40", False, ("40",)), ("50", False, ()), ("60", True, ())]
)
def test_a_tap_on_another_message_than_the_card(
    world: World, ann: Scene, tapped_on: str, fresh: bool, strays: tuple[str, ...]
) -> None:
    desk = OutboxDesk(world, CHANNEL)
    ann.order("start")
    (wanted,) = desk.behind()
    desk.placed("1001", wanted.version, 50)
    desk.shown("1001", wanted.version, 50, "digest")
    ann.do(Tapped("1:g", tapped_on))
    assert (ann.chat.wanted_fresh, ann.chat.strays) == (fresh, strays)


def with_admins(world: World, *ids: str) -> World:
    return replace(world, door=Door(admins=frozenset((CHANNEL, one) for one in ids) | {("terminal", "local")}))


def test_administrators_hear_of_what_is_given_up_and_not_what_it_says(world: World, ann: Scene, bo: Scene) -> None:
    desk, notice = OutboxDesk(with_admins(world, "2002", "777"), CHANNEL), queued(world, ann, "secret words")
    bo.order("start")
    desk.notice_failed(notice.id, "BadRequest: x < y", "refused")
    first, second = desk.notices()
    assert {first.chat, second.chat} == {"2002", "777"}
    assert "BadRequest: x &lt; y" in first.text
    assert "secret" not in first.text + second.text
    desk.notice_failed(first.id, "chat not found", "refused")
    assert [one.id for one in desk.notices()] == [second.id], "nobody hears of an alert that fails"
    desk.card_failed("1001", "BadRequest: x < y")
    assert len(desk.notices()) == 1, "the same reason once an hour"
    desk.card_failed("1001", "another")
    assert len(desk.notices()) == 3


@pytest.mark.parametrize(
    ("fate", "key", "alerts"),
    [("refused", "post.file-failed", 1), ("too-big", "post.file-too-big", 0), ("gone", "", 0)],
)
def test_who_ordered_a_file_that_does_not_come_hears_of_it(
    world: World, ann: Scene, fate: Fate, key: str, alerts: int
) -> None:
    desk = OutboxDesk(with_admins(world, "777"), CHANNEL)
    ref = ann.begin()
    ann.press(f"1:F:{ref}:html")
    (file,) = desk.notices()
    desk.notice_failed(file.id, "reason", fate)
    told = [one for one in desk.notices() if one.chat == "1001"]
    assert [one.text for one in told] == ([say(key, name=file.file_name)] if key else [])
    assert len(desk.notices()) - len(told) == alerts


def test_leads_hear_once_that_a_member_cannot_be_reached(world: World, ann: Scene, bo: Scene) -> None:
    desk = OutboxDesk(world, CHANNEL)
    ref = ann.begin()
    bo.order("start")
    with world.store.write() as unit:
        join(unit.assessments._work, Member(ann.of(ref).id, bo.person, "assessor", world.clock()))
    desk.unreachable("2002")
    desk.unreachable("2002")
    Conversation(world).met(bo.who, blocked=True)
    (told,) = desk.notices()
    assert (told.chat, told.text) == (
        "1001",
        say("post.member-unreachable", name="示例员 2002", assessment=ann.of(ref).name),
    )
    bo.order("start")
    Conversation(world).met(bo.who, blocked=True)
    assert len(desk.notices()) == 2, "gone again, told again"
    desk.unreachable("nobody")  # a chat that was never seen


def test_a_queue_waits_for_as_long_as_its_chat_is_gone(world: World, ann: Scene, clock: Clock) -> None:
    desk, notice = OutboxDesk(world, CHANNEL), queued(world, ann)
    desk.unreachable("1001")
    clock.ahead(timedelta(days=40))
    assert desk.notices() == []
    ann.order("start")
    assert [one.id for one in desk.notices()] == [notice.id]


def test_a_chat_that_moved_takes_its_queue_along(world: World, ann: Scene) -> None:
    desk, notice = OutboxDesk(world, CHANNEL), queued(world, ann)
    desk.moved("1001", "-100")
    assert [one.chat for one in desk.behind()] == ["-100"]
    assert [(one.id, one.chat) for one in desk.notices()] == [(notice.id, "-100")]
