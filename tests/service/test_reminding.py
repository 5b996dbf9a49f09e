"""Who is reminded of what and when: once a day, never in quiet hours, not doubled by any kill."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from bot.domain import panel_commands as k
from bot.domain.commands import Command
from bot.domain.entries import Draft, SheetSubmitted
from bot.domain.record import Source
from bot.service import notices, reminding
from bot.service.cases import Cases, Stamp
from bot.service.due import due
from bot.service.outbox import OutboxDesk
from bot.service.reminding import GOOD_FOR, ReminderDesk
from bot.service.world import World
from bot.store.errors import StoreFull
from bot.view.life_places import RemindTap
from bot.view.payload import ArchiveTap, LanguageTap, ZoneTap
from bot.view.places import NextOpen, QuietHours
from tests.domain.build import q
from tests.service.bench import Standing, bench, opened, told
from tests.service.scene import CHANNEL, ORGANISATION, STARS, Scene, say

DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)


@pytest.fixture
def clock() -> Standing:
    """20:00 in Shanghai: an hour before the quiet hours of who chose none."""
    return Standing()


@pytest.fixture
def desk(world: World) -> ReminderDesk:
    return ReminderDesk(world, CHANNEL)


def act(scene: Scene, ref: str, command: Command) -> None:
    world = scene.world
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(scene.person))
        cases.act(cases.by_ref(ref), command, Stamp(world.clock(), Source(CHANNEL, scene.who.chat, "", "")))


def minutes(clock: Standing, desk: ReminderDesk, span: timedelta, step: timedelta = 4 * HOUR) -> list[datetime]:
    """When somebody was reminded, looking every four hours."""
    found = []
    for _ in range(span // step):
        if desk.remind().chats:
            found.append(clock.now)
        clock.now += step
    return found


def wants(scene: Scene) -> None:
    scene.press(RemindTap(1))
    assert scene.top == say("line.reminders-on")


def test_nobody_is_reminded_who_did_not_ask(world: World, desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin()
    assert minutes(clock, desk, 20 * DAY) == []
    wants(ann)
    ann.press(RemindTap(0))
    assert minutes(clock, desk, 20 * DAY) == []
    assert told(ann) == []


def test_an_open_assessment_after_three_days_then_every_seven(desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ref = ann.begin()
    ann.press(f"1:q:{ann.sheet(ref)}:2.1/total")
    ann.say("85")
    wants(ann)
    begun = clock.now
    found = minutes(clock, desk, 12 * DAY, 2 * HOUR)
    assert [at - begun for at in found] == [3 * DAY, 10 * DAY]
    first, second = told(ann)
    assert say("reminder.open", name=ORGANISATION, answered=1, asked=5, n=3) in first
    assert say("reminder.open", name=ORGANISATION, answered=1, asked=5, n=10) in second
    assert say("reminder.how") in first
    ann.press(f"1:q:{ann.sheet(ref)}:2.1/total")
    ann.say("70")
    begun = clock.now
    assert [at - begun for at in minutes(clock, desk, 4 * DAY)] == [3 * DAY], "touched: from the beginning"


def test_never_in_quiet_hours_and_at_the_first_minute_after(desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin()
    wants(ann)
    clock.now += 3 * DAY + 90 * timedelta(minutes=1)  # 21:30: quiet since half an hour
    found = minutes(clock, desk, DAY, QUARTER)
    assert found == [datetime(2026, 11, 24, 0, 0, tzinfo=UTC)], "08:00 in Shanghai"


def test_quiet_hours_of_ones_own(desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin()
    wants(ann)
    ann.press(QuietHours())
    ann.say("20点到6点30分")
    assert ann.top == say("line.quiet-set", hours="20:00–06:30")
    clock.now += 3 * DAY
    found = minutes(clock, desk, DAY, QUARTER)
    assert found == [datetime(2026, 11, 23, 22, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (datetime(2026, 10, 24, 19, 30, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),  # +2, the day after +1
        (datetime(2026, 3, 28, 20, 30, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),  # +1, the day after +2
    ],
)
def test_the_clocks_change_within_the_quiet_hours(
    desk: ReminderDesk, clock: Standing, ann: Scene, start: datetime, first: datetime
) -> None:
    clock.now = start - 3 * DAY
    ann.press(ZoneTap("Europe/Berlin"))
    ann.begin()
    wants(ann)
    clock.now = start
    assert minutes(clock, desk, DAY, QUARTER) == [first], "08:00 in Berlin, whatever that is"


def test_one_message_a_day_for_all_of_it(desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    first = ann.begin()
    wants(ann)
    clock.now += HOUR / 2
    ann.begin(STARS, "另一单位")
    act(ann, first, k.RecordFinding("major", "记录缺失"))
    seq = max(ann.state(first).found)
    act(ann, first, k.ChangeFinding(seq, "due", "2026-11-22"))
    assert len(minutes(clock, desk, DAY - HOUR, HOUR)) == 1, "due in two days"
    assert say("reminder.due", name=ORGANISATION, text="记录缺失", due="2026-11-22") in told(ann)[0]
    found = minutes(clock, desk, 3 * DAY)
    assert len(found) == 1
    assert told(ann)[1].count("\n•") == 2, "two assessments in one message"


def test_corrective_actions_also_overdue_closed_and_archived(desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ref = ann.begin()
    wants(ann)
    act(ann, ref, k.RecordFinding("major", "记录缺失"))
    act(ann, ref, k.RecordFinding("minor", "已改好"))
    major, minor = sorted(ann.state(ref).found)
    act(ann, ref, k.ChangeFinding(major, "due", "2026-12-01"))
    act(ann, ref, k.ChangeFinding(minor, "due", "2026-12-01"))
    act(ann, ref, k.ChangeFinding(minor, "state", "corrected"))
    ann.press(NextOpen(ann.sheet(ref)))
    ann.fill()
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    ann.press(ArchiveTap(ref, 1))
    before = len(told(ann))
    days = [at.date().isoformat() for at in minutes(clock, desk, 30 * DAY)]
    assert days == ["2026-11-28", "2026-12-05", "2026-12-12", "2026-12-19"], "three days ahead, then every seven"
    assert say("reminder.overdue", name=ORGANISATION, text="记录缺失", due="2026-12-01", n=4) in told(ann)[before + 1]
    assert "已改好" not in "".join(told(ann)[before:])


def test_what_the_lead_asks_and_who_asks_the_lead(world: World, desk: ReminderDesk, clock: Standing) -> None:
    panel = bench(world, lead_rates=False)
    panel.rate(panel.one, [("2.1/total", "1/2")])
    wants(panel.one)
    wants(panel.lead)
    wants(panel.viewer)
    with world.store.write() as unit:  # a whole sheet is not what this is about
        cases = Cases(world, unit, unit.people.get(panel.one.person))
        case = cases.by_ref(panel.ref)
        stamp = Stamp(clock.now, Source(CHANNEL, "2002", "", ""))
        cases.record(case, [Draft(SheetSubmitted(), panel.state_of(panel.one).id)], stamp)
    act(panel.lead, panel.ref, k.AskReconsideration(panel.state_of(panel.one).id, q("2.1"), "请再看"))
    asker = Scene(world, "5005")
    asker.order("start")
    with world.store.write() as unit:
        until = clock.now + 3 * DAY
        invite = unit.invites.make(panel.lead.of(panel.ref).id, "viewer", "hash", panel.lead.person, clock.now, until)
        unit.invites.take(invite.id, asker.person, clock.now, "t")
    count = {scene.who.chat: len(told(scene)) for scene in (panel.one, panel.lead, panel.viewer, panel.two)}
    minutes(clock, desk, 2 * DAY)
    assert say("reminder.asked", name=ORGANISATION, clause="2.1") in told(panel.one)[-1]
    assert say("reminder.knocks", name=ORGANISATION, who=asker.who.name) in told(panel.lead)[-1]
    assert [len(told(scene)) - count[scene.who.chat] for scene in (panel.one, panel.lead)] == [1, 1]
    minutes(clock, desk, 8 * DAY)
    assert len(told(panel.viewer)) == count[panel.viewer.who.chat], "who only looks has nothing to do"
    assert len(told(panel.two)) == count[panel.two.who.chat], "and did not ask"


def test_another_persons_work_is_not_seen_through_it(world: World, desk: ReminderDesk, clock: Standing) -> None:
    """An assessor who did nothing is reminded, whatever another one does meanwhile (RELIABILITY 4: blind)."""
    panel = bench(world)
    wants(panel.one)
    seen: list[str] = []
    for _ in range(4 * 3):
        clock.now += 8 * HOUR
        panel.rate(panel.two, [("2.1/total", "1/2" if clock.now.hour == 12 else "3/4")])
        seen += desk.remind().chats
    assert seen == ["2002"]


def test_killed_between_claim_and_sending_nothing_is_doubled(
    world: World, desk: ReminderDesk, clock: Standing, ann: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.begin()
    wants(ann)
    clock.now += 3 * DAY

    def full(*_: object) -> None:
        raise StoreFull("no room")

    with monkeypatch.context() as broken:
        broken.setattr(notices, "queue_reminder", full)
        with pytest.raises(StoreFull):
            ReminderDesk(world, CHANNEL).remind()
    assert told(ann) == [], "not claimed without being queued"
    assert desk.remind().chats == ("1001",)
    for _ in range(5):
        clock.now += timedelta(minutes=5)
        assert ReminderDesk(world, CHANNEL).remind().chats == (), "killed, and begun anew"
    assert len(told(ann)) == 1
    outbox = OutboxDesk(world, CHANNEL)
    (notice,) = outbox.notices()
    claim = outbox.claim(notice.id)
    assert claim is not None
    assert claim.attempts == 1
    outbox.not_sent(notice.id, maybe=False)
    assert outbox.claim(notice.id), "it failed for sure: once more"
    assert OutboxDesk(world, CHANNEL).claim(notice.id) is None, "killed while sending: it may have got through"
    assert outbox.notices() == []


def test_two_processes_at_the_same_moment_remind_once(file: Path, clock: Standing) -> None:
    rounds = 12
    with opened(file, "a", clock) as first, opened(file, "b", clock) as second:
        ann = Scene(first)
        ann.begin()
        wants(ann)
        clock.now += 3 * DAY
        for number in range(rounds):
            both = Barrier(2)

            def remind(world: World, both: Barrier = both) -> tuple[str, ...]:
                both.wait()
                return ReminderDesk(world, CHANNEL).remind().chats

            with ThreadPoolExecutor(2) as threads:
                found = list(threads.map(remind, (first, second)))
            assert sorted(found) == [(), ("1001",)]
            assert len(told(ann)) == number + 1
            clock.now += 7 * DAY


@pytest.mark.parametrize("why", ["too old", "quiet", "unwelcome"])
def test_an_outdated_reminder_is_not_sent(
    world: World, desk: ReminderDesk, clock: Standing, ann: Scene, why: str
) -> None:
    ann.begin()
    wants(ann)
    clock.now += 3 * DAY
    desk.remind()
    outbox = OutboxDesk(world, CHANNEL)
    (notice,) = outbox.notices()
    match why:
        case "too old":
            ann.press(QuietHours())
            ann.say("03:00-04:00")
            clock.now += GOOD_FOR + timedelta(seconds=1)
        case "quiet":
            clock.now += HOUR
        case _:
            ann.press(RemindTap(0))
    assert outbox.claim(notice.id) is None
    assert outbox.notices() == []


def test_who_blocked_the_bot_harms_nobody(
    world: World, desk: ReminderDesk, clock: Standing, ann: Scene, bo: Scene
) -> None:
    for scene in (ann, bo):
        scene.begin()
        wants(scene)
    OutboxDesk(world, CHANNEL).unreachable(ann.who.chat)
    clock.now += 3 * DAY
    assert desk.remind().chats == ("2002",)
    assert told(ann) == []


def test_one_whose_assessment_cannot_be_read_keeps_nobody_else_from_it(
    world: World, desk: ReminderDesk, clock: Standing, ann: Scene, bo: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for scene in (ann, bo):
        scene.begin()
        wants(scene)
    clock.now += 3 * DAY
    first, real = ann.person, due

    def broken(world: World, unit: object, person: object, *rest: object) -> object:
        if getattr(person, "id", "") == first:
            raise ValueError("unreadable")
        return real(world, unit, person, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reminding, "due", broken)
    assert desk.remind().chats == ("2002",)


def test_many_are_looked_at_some_at_a_time(world: World, clock: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    people = [Scene(world, str(number)) for number in range(6001, 6006)]
    for scene in people:
        scene.begin()
        wants(scene)
    clock.now += 3 * DAY
    desk = ReminderDesk(world, CHANNEL)
    assert [desk.remind().left for _ in range(3)] == [True, True, False]
    assert all(len(told(scene)) == 1 for scene in people)


def test_in_the_persons_language(world: World, desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin()
    wants(ann)
    ann.press(LanguageTap("en"))
    clock.now += 3 * DAY
    desk.remind()
    assert f"{ORGANISATION}: untouched for 3 days, 0 of 5 answered" in told(ann)[0]


def test_a_name_full_of_signs_is_shown_as_it_is(world: World, desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin(STARS, "<b>甲&乙{n}</b>")
    wants(ann)
    clock.now += 3 * DAY
    desk.remind()
    assert "&lt;b&gt;甲&amp;乙{n}&lt;/b&gt;" in told(ann)[0]


def test_what_was_sent_a_week_ago_is_emptied(world: World, desk: ReminderDesk, clock: Standing, ann: Scene) -> None:
    ann.begin()
    wants(ann)
    clock.now += 3 * DAY
    desk.remind()
    outbox = OutboxDesk(world, CHANNEL)
    (notice,) = outbox.notices()
    outbox.sent(notice.id, 5)
    for after, kept in ((6 * DAY, True), (2 * DAY, False)):
        clock.now += after
        desk.tidy()
        with world.store.read() as unit:
            assert (ORGANISATION in unit.notices._get(notice.id).content) == kept
