"""What a presenter is told: cards that are behind, notices in order, files."""

from bot.service import notices
from bot.service.channel import Wanted
from bot.service.events import Delivery
from bot.service.outbox import OutboxDesk
from bot.service.talk import Talk
from bot.service.world import World
from tests.service.scene import CHANNEL, Scene


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
    desk.notice_failed(second.id, "refused")
    assert [one.id for one in desk.notices()] == [third.id]
    assert OutboxDesk(world, "elsewhere").notices() == []
    with world.store.read() as unit:
        states = [unit.notices._row(one.id).state for one in (first, second, third)]
        assert unit.notices._row(first.id).message == "71"
    assert states == ["sent", "failed", "waiting"]
