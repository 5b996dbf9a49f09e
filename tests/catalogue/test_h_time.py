"""Rows 94 to 96 and 103: clocks that jump or differ, machines without zones, a loop that stands still."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.record import Header, verify_chain
from bot.service.inbox import InboxDesk
from bot.service.lease import LeaseDesk
from bot.service.presence import PresenceDesk
from bot.service.timekeeping import ClockBehind, check_clock
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store.entries import Entries
from bot.store.inbox import Inbox
from bot.store.values import Recorded
from bot.telegram import watchdog
from bot.telegram.ports import Incoming
from bot.telegram.watch import Watch
from bot.view.places import Card
from tests.catalogue.invariants import hold
from tests.catalogue.sitting import BEGUN
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.server import Server
from tests.service.in_memory import render
from tests.service.scene import ORGANISATION, START, Scene, library
from tests.store.making import open_file, store_on
from tests.stories.running import Player, bot_on, world_in
from tests.terminal.test_process import gradewalk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUMMER_ENDS = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)
"""Half a minute before Berlin puts its clocks back."""
JUMPS = {
    "+1 day": (START, START + DAY),
    "-1 day": (START, START - DAY),
    "-1 hour": (START, START - HOUR),
    "1970": (START, datetime(1970, 1, 1, tzinfo=UTC)),
    "2040": (START, datetime(2040, 2, 29, 23, 59, 59, tzinfo=UTC)),
    "9999": (START, datetime(9999, 12, 31, 12, 0, tzinfo=UTC)),
    "leap second": (
        datetime(2026, 12, 31, 23, 59, 59, 900_000, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    ),
    "end of summer time": (SUMMER_ENDS, SUMMER_ENDS + timedelta(minutes=1)),
}
BACK = {"-1 day", "-1 hour", "1970"}


class Hand:
    """A clock that shows what the test says, and stands still."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def world(tmp_path: Path, clock: Hand) -> Iterator[World]:
    engine = open_file(tmp_path / "gradewalk.db")
    yield World(store_on(engine), library(), clock, zone="Europe/Berlin")
    engine.dispose()


def headers(world: World, scene: Scene, ref: str) -> list[Header]:
    with world.store.read() as unit:
        return [one.header for one in unit.entries.recorded(scene.of(ref).id)]


@pytest.mark.parametrize("jump", JUMPS)
def test_row_94_the_clock_jumps_in_mid_session(
    jump: str, world: World, clock: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    """Order is by number, never by time; each entry keeps the time it was told; going back is logged."""
    clock.now, after = JUMPS[jump]
    ann = Scene(world)
    ref = ann.begin()
    ann.press(Card(ann.sheet(ref), "2.1/total"))
    message = ann.say("10%")
    clock.now = after
    ann.say("20%")
    ann.edit(message, "30%")
    ann.press(Card(ann.sheet(ref), "2.10/total"))
    ann.say("40%")
    assert ann.answers(ref) == [
        ("2.1/total", "1/10"),
        ("2.10/total", "1/5"),
        ("2.1/total", "3/10"),
        ("2.10/total", "2/5"),
    ]
    state = ann.state(ref)
    (sheet,) = state.sheets.values()
    assert sorted(str(getattr(one.answer, "value", "")) for one in sheet.given.values()) == ["2/5", "3/10"], "the last"
    found = headers(world, ann, ref)
    assert [one.seq for one in found] == list(range(1, len(found) + 1))
    assert verify_chain(found, ann.of(ref).id) == ann.of(ref).head
    ms = int((after - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))
    assert [one.at for one in found[-3:]] == [ms] * 3, "as told"
    with world.store.read() as unit:
        record = json.loads(render(world, unit, ann.of(ref), "json", "zh", "Europe/Berlin"))["record"]
        assert render(world, unit, ann.of(ref), "html", "en", "Europe/Berlin")
    assert [entry["header"]["seq"] for entry in record] == [one.seq for one in found]
    warned = [line for line in caplog.messages if "the clock went back" in line]
    assert len(warned) == (1 if jump in BACK else 0), "once"
    assert ORGANISATION not in caplog.text
    hold(world)


def test_row_94_a_failed_update_does_not_wait_until_the_clock_has_caught_up(world: World, clock: Hand) -> None:
    desk = InboxDesk(world, CHANNEL)
    desk.take([Incoming(1, '{"update_id":1}', "1001")])
    (row,) = desk.waiting(10)
    desk.failed(row.row, "a fault")
    assert desk.waiting(10) == [], "it rests a second"
    clock.now -= DAY
    assert [one.row for one in desk.waiting(10)] == [row.row]


def test_row_94_the_start_is_refused_before_the_newest_entry(world: World, clock: Hand) -> None:
    Scene(world).begin()
    clock.now = START - timedelta(minutes=5)
    check_clock(world)
    clock.now -= timedelta(seconds=1)
    with pytest.raises(ClockBehind):
        check_clock(world)


def test_row_94_a_clock_that_was_ahead_for_a_while_does_not_keep_the_bot_out(world: World, clock: Hand) -> None:
    """The newest entry is the one that was written last, not the one with the latest time."""
    ann = Scene(world)
    ref = ann.begin()
    clock.now = START + 365 * DAY
    ann.press(Card(ann.sheet(ref), "2.1/total"))
    ann.say("10%")
    clock.now = START + HOUR
    with pytest.raises(ClockBehind):
        check_clock(world)
    ann.say("20%")
    check_clock(world)


def test_row_94_an_empty_database_refuses_no_clock(world: World, clock: Hand) -> None:
    clock.now = datetime(1970, 1, 1, tzinfo=UTC)
    check_clock(world)


# ---------------------------------------------------------------- zones


_TIME = re.compile(r'<time datetime="([^"]+)">(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)</time>')
SESSION = ["/new", "1", "1", ORGANISATION, "1", "/export", "4", "/export", "6"]


@pytest.mark.parametrize(
    ("zone", "stated"),
    [
        ("", "Asia/Shanghai（UTC+08:00）"),
        pytest.param("Asia/Kathmandu", "Asia/Kathmandu（UTC+05:45）", marks=pytest.mark.long),
    ],
)
def test_row_95_a_machine_in_kathmandu_without_zones_and_locale(zone: str, stated: str, tmp_path: Path) -> None:
    """Files show the stated zone with its offset, the JSON is in UTC: what the machine takes for local is nowhere."""
    bare = {"TZ": "Asia/Kathmandu", "PYTHONTZPATH": "", "LC_ALL": "C", "DEFAULT_TIMEZONE": zone}
    done = gradewalk(tmp_path, "chat", raw="\n".join(SESSION).encode(), **bare)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    (page,) = (file.read_text("utf-8") for file in (tmp_path / "files").glob("*.html"))
    assert stated in page
    times = _TIME.findall(page)
    assert len(times) >= 2
    offset = ZoneInfo(zone or "Asia/Shanghai")
    for utc, local in times:
        assert datetime.fromisoformat(utc).astimezone(offset).strftime("%Y-%m-%d %H:%M:%S") == local
    (text,) = (file.read_text("utf-8") for file in (tmp_path / "files").glob("*.json"))
    moments = re.findall(r'"iso":\s*"([^"]+)"', text)
    assert moments
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment) for moment in moments)
    assert "+05:45" not in text
    assert abs(datetime.now(UTC) - datetime.fromisoformat(moments[-1])) < HOUR


# ---------------------------------------------------------------- Telegram's clock


async def test_row_96_ten_minutes_from_telegrams_clock(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeTelegram(start=1_780_000_000)
    ours = datetime.fromtimestamp(fake.clock.now(), UTC) + timedelta(minutes=10)
    world = replace(world_in(tmp_path), clock=lambda: ours)
    person = Person(fake, 1001, "Example", "zh-hans")
    watched = Watch(PresenceDesk(world, CHANNEL), LeaseDesk(world, CHANNEL, "here:1:x"), world.clock)
    async with Server(fake).listen() as port:
        over_http = {"api_url": f"http://127.0.0.1:{port}", "requests": None}
        async with bot_on(fake, world, watch=watched, **over_http):
            player = Player(person, world)
            for step in BEGUN:
                await player.do(step)
            person.say("85%")
            await player.settled()
    with world.store.read() as unit:
        known = unit.people.find(CHANNEL, "1001")
        assert known is not None
        (listed,) = unit.assessments.of(known.id)
        last = unit.entries.recorded(listed.id)[-1].header
        kept = unit.presence.get(CHANNEL)
    assert last.kind == "answered"
    assert (last.at, last.source_date) == (int(ours.timestamp() * 1000), 1_780_000_000_000), "both"
    assert kept is not None
    assert kept.drift == 600
    assert [line for line in caplog.messages if "clock" in line] == [
        "this machine's clock differs from Telegram's by +600 s: set it"
    ]
    hold(world, person, log=caplog.text)


# ---------------------------------------------------------------- the loop


async def test_row_103_the_loop_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(watchdog, "LIMIT_SECONDS", 0.5)
    fake = FakeTelegram()
    world, person = world_in(tmp_path), Person(fake, 1001, "Example", "zh-hans")
    async with bot_on(fake, world):
        player = Player(person, world)
        for step in BEGUN:
            await player.do(step)
        asyncio.get_running_loop().call_soon(time.sleep, 1.2)
        await asyncio.sleep(0.1)
        person.say("85%")
        await player.settled()
    stood = [float(found[1]) for line in caplog.messages if (found := re.search(r"stood still for (\S+) s", line))]
    assert any(seconds > 1 for seconds in stood)
    assert all("85" not in line for line in caplog.messages)
    hold(world, person, log=caplog.text)


# ---------------------------------------------------------------- switched off


def test_switched_off_a_failed_update_waits_for_a_day(
    world: World, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only not_before counts, row 94 fails: the chat is dead until tomorrow."""
    real = Inbox.failed

    def failed(self: Inbox, item_id: int, at: datetime, reason: str, not_before: datetime) -> int:
        return real(self, item_id, at - 365 * DAY, reason, not_before)

    monkeypatch.setattr(Inbox, "failed", failed)
    with pytest.raises(AssertionError):
        test_row_94_a_failed_update_does_not_wait_until_the_clock_has_caught_up(world, clock)


def test_switched_off_the_order_is_by_time(
    world: World, clock: Hand, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read in the order of their times, the entries of row 94 give another assessment."""
    real = Entries.recorded

    def recorded(self: Entries, assessment_id: str, upto: int | None = None) -> tuple[Recorded, ...]:
        return tuple(sorted(real(self, assessment_id, upto), key=lambda one: one.header.at))

    monkeypatch.setattr(Entries, "recorded", recorded)
    with pytest.raises(AssertionError):
        test_row_94_the_clock_jumps_in_mid_session("-1 day", world, clock, caplog)
