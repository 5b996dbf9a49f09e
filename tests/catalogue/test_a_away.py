"""Rows 6 to 9 and 29: a second copy, absences of all kinds, and a network that is cut under people who tap."""

import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven
from bot.service.lease import LeaseDesk
from bot.service.presence import PresenceDesk, Told
from bot.service.world import World
from bot.serving import CHANNEL, process_name
from bot.telegram import watch
from bot.telegram.watch import Watch
from tests.catalogue.clocked import START, Town, press
from tests.catalogue.cut import Cut, Wire
from tests.catalogue.drivers import Zygote, environment
from tests.catalogue.invariants import hold
from tests.catalogue.sitting import BEGUN
from tests.catalogue.users import MARKER
from tests.fake_telegram import ChatMessage, Control, FakeTelegram, Person, RemotePerson
from tests.stories.running import Player, bot_on, world_in

MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote() as made:
        yield made


@pytest.fixture
def control() -> Iterator[Control]:
    with Control.start("--clock", str(START)) as made:
        yield made


@pytest.fixture
def town(tmp_path: Path, control: Control, zygote: Zygote) -> Iterator[Town]:
    """Two people at their first question."""
    made = Town(tmp_path, control, zygote.at(tmp_path, control.base_url), people=2)
    made.begin()
    yield made
    if zygote.pid:
        zygote.kill()


def ratings(world: World, person: RemotePerson | Person) -> list[str]:
    """What this person rated, in order."""
    with world.store.read() as unit:
        known = unit.people.find(CHANNEL, str(person.id))
        assert known is not None
        (listed,) = unit.assessments.of(known.id)
        bodies = [entry.body for entry in unit.entries.after(listed.id, 0)]
    answers = [body.answer for body in bodies if isinstance(body, AnswerGiven)]
    return [str(answer.value) for answer in answers if isinstance(answer, Rated)]


def waiting_notes(world: World, person: RemotePerson) -> list[str]:
    with world.store.read() as unit:
        known = unit.people.find(CHANNEL, str(person.id))
        assert known is not None
        return [one.text for one in unit.focus.get(known.id, CHANNEL).pending]


def answers_on(person: RemotePerson) -> list[str]:
    """The payloads of the card that give an answer."""
    return [button.data for button in person.card.buttons if button.data and button.data.startswith("1:a:")]


# ---------------------------------------------------------------- a second copy


def test_row_6_a_second_copy_exits_with_one_line(town: Town) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=town.folder,
        env=environment(town.folder, town.control.base_url),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 3
    assert process.stdout == b""
    (line,) = process.stderr.decode().splitlines()
    assert "另一个进程正在使用" in line
    assert "another copy is running" in line
    for person in town.people:
        press(person, "1:a:")
    town.settled()
    assert [len(ratings(town.world, person)) for person in town.people] == [1, 1], "the first one goes on"
    assert town.driver.kill() == -signal.SIGKILL
    for person in town.people:
        person.say("66%")
    town.start()
    town.settled()
    assert [ratings(town.world, person)[1:] for person in town.people] == [["33/50"], ["33/50"]]
    assert [town.told(person) for person in town.people] == [[], []]
    hold(town.world, *town.people, log=town.log)


# ---------------------------------------------------------------- absences


def test_row_7_stopped_for_ten_minutes(town: Town) -> None:
    """Fifty taps and fifty texts at the first minute: the taps are gone, and nobody believes that one was saved."""
    town.driver.signal(signal.SIGTERM)
    assert town.driver.wait() == 0
    town.later(MINUTE)
    for person in town.people:
        for tap in range(25):
            data = answers_on(person)
            person.tap_data(data[tap % len(data)], person.card.id)
        for number in range(12):
            person.say(f"{number + 51}%")
        for number in range(13):
            person.say(f"{MARKER} {number}")
    town.later(9 * MINUTE)
    town.start("after_owed")
    assert town.driver.wait() == -signal.SIGKILL, "it dies when it knows what it owes, and before it tells"
    town.start()
    town.until(lambda: all(town.told(person) for person in town.people), "told")
    town.settled()
    assert len(town.control.stats()["lost"]) == 50
    for person, first, second in zip(
        town.people,
        ("我离线了一段时间：04:26–04:36（中国标准时间）。", "I was away 04:26–04:36 (China Standard Time)."),
        ("目前已保存 13/", "Saved so far: 13 of "),
        strict=True,
    ):
        assert len(ratings(town.world, person)) == 12, "no tap among them"
        assert waiting_notes(town.world, person) == [f"{MARKER} {number}" for number in range(13)]
        (text,) = town.told(person)
        assert text.splitlines()[0] == first
        assert text.splitlines()[1].startswith(second)
        assert "= 62%" in text
        notice = next(message for message in person.chat if message.text == text)
        assert person.card.id > notice.id, "a fresh card below it"
    again(town)
    hold(town.world, *town.people, log=town.log, markers=[MARKER])


def again(town: Town) -> None:
    """Killed and started: nobody is told twice, and everybody can go on."""
    for _ in range(2):
        town.driver.kill()
        town.start()
    for person in town.people:
        person.say("77%")
    town.settled()
    for person in town.people:
        assert ratings(town.world, person)[-1] == "77/100"
        assert len(town.told(person)) == 1


def test_row_9_frozen_for_200_seconds(town: Town) -> None:
    early, late = town.people
    town.driver.signal(signal.SIGSTOP)
    town.later(10)
    first = answers_on(early)
    early.tap_data(first[0], early.card.id)  # the poll under way takes it along
    town.until(lambda: not town.control.stats()["polling"], "the poll under way answered")
    early.tap_data(first[1], early.card.id)
    town.later(190)
    late.tap_data(answers_on(late)[2], late.card.id)
    town.driver.signal(signal.SIGCONT)
    town.until(lambda: all(town.told(person) for person in town.people), "told")
    town.settled()
    assert len(town.control.stats()["lost"]) == 1
    assert [len(ratings(town.world, person)) for person in town.people] == [1, 1]
    assert "04:26–04:30" in town.told(early)[0]
    again(town)
    hold(town.world, *town.people, log=town.log)


# ---------------------------------------------------------------- in this process


@dataclass(slots=True)
class Desk:
    """One person before a bot of this process, whose clock is Telegram's."""

    fake: FakeTelegram
    world: World
    person: Person

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Player]:
        lease = LeaseDesk(self.world, CHANNEL, process_name())
        watched = Watch(PresenceDesk(self.world, CHANNEL), lease, self.world.clock)
        async with bot_on(self.fake, self.world, watch=watched):
            yield Player(self.person, self.world)

    async def told(self, seconds: float = 10.0) -> str:
        """The one notice of an absence."""
        await self.person.until(lambda: any("离线" in m.text for m in self.person.chat if not m.mine), "told", seconds)
        (text,) = [m.text for m in self.person.chat if not m.mine and "离线" in m.text]
        return text


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    fake = FakeTelegram(start=START)
    monkeypatch.setattr(watch, "boot_seconds", fake.clock.now)
    monkeypatch.setattr(watch, "SETTLE_SECONDS", 0.05)
    world = replace(world_in(tmp_path), clock=lambda: datetime.fromtimestamp(fake.clock.now(), UTC))
    return Desk(fake, world, Person(fake, 1001, "Example", "zh-hans"))


def notice(desk: Desk) -> ChatMessage:
    """The newest word of an absence."""
    return [message for message in desk.person.chat if not message.mine and "离线" in message.text][-1]


async def stopped_for(desk: Desk, seconds: float) -> str:
    """At work, then no bot for so long; what is told when there is one again."""
    async with desk.bot() as player:
        for step in BEGUN:
            await player.do(step)
    desk.fake.advance(seconds)
    async with desk.bot():
        text = await desk.told(1.0)
        await desk.person.until(lambda: desk.person.card.id > notice(desk).id and len(desk.person.live_cards()) == 1)
        return text


async def test_row_8_stopped_for_25_hours(desk: Desk) -> None:
    async with desk.bot() as player:
        for step in BEGUN:
            await player.do(step)
    desk.fake.advance(HOUR / 2)
    desk.person.say("51%")
    desk.person.say("52%")
    desk.fake.advance(2.5 * HOUR)
    desk.person.say("88%")
    desk.fake.advance(22 * HOUR)
    async with desk.bot() as player:
        await player.settled()
        lines = (await desk.told()).splitlines()
        await player.settled()
        assert len(desk.fake.updates.lost) == 2
        assert ratings(desk.world, desk.person) == ["22/25"]
        assert "2026-05-29 04:26（中国标准时间） 至 2026-05-30 05:26（中国标准时间）" in lines[0]
        assert lines[1].startswith("目前已保存 2/")
        assert "24 小时" in lines[2]
        assert desk.person.card.id > notice(desk).id
        desk.person.say("77%")
        await player.settled()
    assert ratings(desk.world, desk.person) == ["22/25", "77/100"]
    hold(desk.world, desk.person)


async def test_a_short_stop_is_not_told(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="told"):
        await stopped_for(desk, 119.0)


async def test_switched_off_nobody_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without presence row 7 fails: the person goes on in the belief that the taps were saved."""
    monkeypatch.setattr(PresenceDesk, "announce", lambda *_, **__: Told((), left=False))
    with pytest.raises(AssertionError, match="told"):
        await stopped_for(desk, 10 * MINUTE)


async def test_and_switched_on_they_are(desk: Desk) -> None:
    assert "04:26–04:36" in await stopped_for(desk, 10 * MINUTE)
    hold(desk.world, desk.person)


# ---------------------------------------------------------------- the network


@pytest.mark.parametrize("how", ["drop", pytest.param("hang", marks=pytest.mark.long)])
def test_row_29_the_network_is_cut_under_people_who_tap(how: str, tmp_path: Path, zygote: Zygote) -> None:
    """A hundred seconds pass for Telegram, two for us. `python -m tests.catalogue.cut` takes them in full."""
    with Control.start("--clock", str(START)) as control, Wire(control.port) as wire:
        driver = zygote.at(tmp_path, f"http://127.0.0.1:{wire.port}")
        try:
            figures = Cut(tmp_path, control, wire, driver, 4).run(2.0, skip=100.0, how=how)
        finally:
            driver.kill()
    assert figures.faults == []
    assert (figures.taps, figures.saved, figures.seen, figures.lost) == (12, 4, 4, 0)
