"""RELIABILITY J, rows 107 and 108: what is erased is gone from every file, and the chain says so and still holds."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain import entries as e
from bot.export.formats import FORMATS
from bot.operator import overview as looking
from bot.operator import retention
from bot.operator.backup import back_up
from bot.operator.restore import restore
from bot.operator.trouble import Trouble
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store import unit as store_unit
from bot.store.contents import check_record
from bot.store.engine import opened_file
from bot.store.entries import Entries
from bot.verify.bundle import verify
from bot.verify.words import sentences
from bot.view.places import AskNote
from bot.wiring import new_salt, now, open_world
from tests.catalogue.invariants import hold
from tests.commands import fresh
from tests.fake_telegram import FakeTelegram, Person
from tests.service import in_memory, proofs
from tests.service.bench import bench
from tests.service.scene import ORGANISATION, STARS, Scene, library, say
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on

MARK = "王经理的私人电话七七零零"
NAME = "将被忘记的人"
ACCOUNT = 7_019_283_746
YEAR = timedelta(days=366)


def settings_in(folder: Path, days: int = 365) -> Settings:
    return Settings(data_dir=folder, retention_days=days, _env_file=None)


@contextmanager
def world_in(folder: Path) -> Iterator[World]:
    """A world on a data folder, closed afterwards as by the end of a process."""
    fresh(folder)
    world = open_world(settings_in(folder), library())
    try:
        yield world
    finally:
        world.store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def traces(folder: Path, *marks: str) -> list[str]:
    """The files below that hold one of these, as it is or as JSON writes it."""
    forms = [form.encode() for mark in marks for form in (mark, json.dumps(mark)[1:-1])]
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    )


async def gone(folder: Path, *marks: str) -> None:
    """Wait until nothing holds them: the chat goes once it is written down that it shows the last word."""
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            while traces(folder, *marks):  # noqa: ASYNC110  nothing tells when
                await asyncio.sleep(0.02)
    assert traces(folder, *marks) == []


def exported(world: World, ref: str) -> dict[str, bytes]:
    """Every single-file format, as the operator has it."""
    with world.store.read() as unit:
        listed = unit.assessments.for_operator(ref)
        assert listed is not None
        plain = [name for name, one in FORMATS.items() if not one.enclosed]
        return {name: in_memory.render(world, unit, listed, name, "zh", "UTC") for name in plain}


def checked(world: World, ref: str) -> str:
    """What a verifier says of the record, without the bot; it is sound."""
    report = verify(exported(world, ref)["json"])
    assert report.sound, report.first
    check_record(world.store._engine)
    return "\n".join(sentences(report, "zh"))


async def noted(data: Path, fake: FakeTelegram) -> Person:
    person = Person(fake, 1001, "Example", "zh-hans")
    with world_in(data) as world:
        player = Player(person, world)
        async with bot_on(fake, world):
            for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say(MARK), Tap("存为备注")):
                await player.do(step)
    return person


# ------------------------------------------------------------ row 107: a note


async def test_row_107_a_note_is_gone_from_every_file_and_the_chain_says_so(data: Path) -> None:
    fake = FakeTelegram()
    person = await noted(data, fake)
    assert traces(data, MARK) == ["gradewalk.db"]
    with world_in(data) as world:
        async with bot_on(fake, world):
            player = Player(person, world)
            await player.do(Say(f"{MARK}，再说一遍"))
            await player.do(Tap("存为备注"))
            await press_all(player, "备注", "删除文字", say("erase.number", number=2))
            await player.do(Tap(say("erase.because.personal")))
            await press_all(player, say("erase.number", number=1))
            await player.do(Tap(say("erase.because.personal")))
            assert traces(data, MARK) == [], "while the bot runs: the database, its log, everything below DATA_DIR"
            assert MARK not in person.screen()
        with world.store.read() as unit:
            (listed,) = unit.assessments.all_for_operator()
        told = checked(world, listed.ref)
        assert told.count(say("erase.reason.personal")) == 2
        page = exported(world, listed.ref)["html"].decode()
        assert MARK not in page
        assert say("transcript.kind.text-erased") in page
        assert say("erase.reason.personal") in page
        hold(world, person, doubles=1)
    assert traces(data, MARK) == []


async def press_all(player: Player, *labels: str) -> None:
    for label in labels:
        await player.do(Tap(label))


def test_row_107_a_backup_does_not_bring_it_back(data: Path) -> None:
    with world_in(data) as world:
        scene = Scene(world)
        ref = note_of(scene)
        made = back_up(settings_in(data), now())
        seq = next(one.seq for one in scene.entries(ref) if isinstance(one.body, e.Noted))
        scene.press(f"1:lw:{ref}:{seq}:personal")
        seen = looking.overview(settings_in(data), None)
        assert seen.holding == (made.file,), "the operator is told which backups still hold it"
        assert traces(data, MARK) == [], "a backup is packed, so it is not found by reading it"
    done = restore(settings_in(data), made.file, now(), new_salt)
    assert done is not None
    assert len(done.erased) == 1
    assert traces(data, MARK) == []
    with world_in(data) as world:
        assert say("erase.reason.personal") in checked(world, ref)
        scene = Scene(world)
        assert scene.notes(ref) == []
        scene.press(f"1:v:{scene.sheet(ref)}:2.1/total")
        assert MARK not in scene.text


def note_of(scene: Scene) -> str:
    ref = scene.begin()
    scene.press(AskNote(scene.sheet(ref), "2.1/total"))
    scene.say(MARK)
    return ref


def erase_it(scene: Scene, ref: str) -> None:
    seq = next(one.seq for one in scene.entries(ref) if isinstance(one.body, e.Noted))
    scene.press(f"1:lw:{ref}:{seq}:personal")


def test_switched_off_emptying_the_log_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_unit, "empty_log", lambda _: False)
    with world_in(data) as world:
        scene = Scene(world)
        ref = note_of(scene)
        erase_it(scene, ref)
        assert traces(data, MARK) == ["gradewalk.db-wal"]


def test_switched_off_erasing_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Entries, "erase_note", lambda *_: ())
    with world_in(data) as world:
        scene = Scene(world)
        ref = note_of(scene)
        erase_it(scene, ref)
        assert traces(data, MARK) != []
        assert not verify(exported(world, ref)["json"]).sound, "a note that is there in spite of what the record says"


# ------------------------------------------------------------ row 107: a person


async def test_row_107_a_person_is_gone_from_every_file(data: Path) -> None:
    fake = FakeTelegram()
    person = Person(fake, ACCOUNT, NAME, "zh-hans")
    with world_in(data) as world:
        player = Player(person, world)
        async with bot_on(fake, world):
            for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say(MARK), Tap("存为备注")):
                await player.do(step)
            await player.do(Say("等着的话"))
            assert traces(data, NAME)
            assert traces(data, str(ACCOUNT))
            await player.do(Say("/forget"))
            await press_all(player, say("button.forget-me"), say("button.forget-for-good"))
            assert person.card.text == say("line.forgotten")
            assert person.live_cards() == []
            await gone(data, NAME, MARK, "等着的话", str(ACCOUNT))  # with the bot still running
            with world.store.read() as unit:
                assert unit.people.find(CHANNEL, str(ACCOUNT)) is None
                assert unit.chats.state(CHANNEL, str(ACCOUNT)) is None
                (listed,) = unit.assessments.all_for_operator()
                assert listed.state == "deleted"
            await player.do(Say("/start"))
            assert say("home.empty") in person.screen(), "somebody new"
        told = checked(world, listed.ref)
        assert "前 6 条内容已删除" in told


def test_row_107_a_backup_does_not_bring_a_person_back(data: Path) -> None:
    with world_in(data) as world:
        scene = Scene(world)
        scene.who = scene.who.__class__(CHANNEL, "1001", "1001", NAME, "zh")
        scene.closed()
        person = scene.person
        made = back_up(settings_in(data), now())
        scene.order("forget")
        scene.tap("button.forget-me")
        scene.tap("button.forget-for-good")
    done = restore(settings_in(data), made.file, now(), new_salt)
    assert done is not None
    assert traces(data, NAME) == []
    with world_in(data) as world, world.store.read() as unit:
        assert unit.people.find(CHANNEL, "1001") is None
        assert unit.people.get(person).name == ""
        assert unit.chats.state(CHANNEL, "1001") is None


# ------------------------------------------------------------ row 108


def expired(data: Path) -> tuple[str, str, set[str]]:
    """A closed assessment with a note and a photo, another open one; their names, and the photo's files."""
    with world_in(data) as world:
        scene = Scene(world)
        ref = note_of(scene)
        scene.press(f"1:q:{scene.sheet(ref)}:2.1/total")
        proofs.sent(scene)
        proofs.arrive(world, proofs.picture())
        scene.press(f"1:j:{scene.sheet(ref)}")
        scene.fill()
        scene.tap("button.close")
        scene.tap("button.close-for-good")
        assert scene.state(ref).closed
        other = scene.begin(STARS, "另一单位")
        return ref, other, proofs.files(world)


def test_row_108_past_its_time_it_is_listed_and_deleted_only_when_told_to(data: Path) -> None:
    ref, other, photo = expired(data)
    settings = settings_in(data)
    assert photo
    assert retention.listed(settings, now()) == ()
    with pytest.raises(Trouble, match="not listed"):
        retention.delete(settings, ref, now())
    later = now() + YEAR
    assert [(one.ref, one.scheme, one.left) for one in retention.listed(settings, later)] == [(ref, STARS, False)]
    assert retention.listed(settings_in(data, 400), later) == ()
    with pytest.raises(Trouble, match="RETENTION_DAYS is 0"):
        retention.listed(settings_in(data, 0), later)
    with opened_file(data / "gradewalk.db") as engine:
        check_record(engine)
    with pytest.raises(Trouble, match="not listed"):
        retention.delete(settings, other, later)
    with world_in(data) as world:
        assert Scene(world).notes(ref) == [MARK], "being listed changes nothing"
        with world.store.read() as unit:
            before = unit.entries.recorded(unit.assessments.for_operator(ref).id)  # type: ignore[union-attr]
    done = retention.delete(settings, ref, later)
    assert (done.ref, done.entries, done.files) == (ref, len(before), len(photo))
    assert traces(data, MARK) == []
    assert retention.listed(settings, later) == ()
    with world_in(data) as world:
        assert proofs.files(world) == set()
        scene = Scene(world)
        assert [one.ref for one in scene.listed] == [other]
        with world.store.read() as unit:
            listed = unit.assessments.for_operator(ref)
            assert listed is not None
            after = unit.entries.recorded(listed.id)
        assert [one.header for one in after[:-1]] == [one.header for one in before], "the headers stay"
        last = after[-1]
        assert (last.header.kind, last.header.person, last.body) == ("erased", "operator", {"reason": "retention"})
        assert "retention" in checked(world, ref)
        hold(world)


def test_row_108_what_everybody_left_is_listed_too(data: Path) -> None:
    """Open for ever otherwise: nobody can close or delete it."""
    with world_in(data) as world:
        panel = bench(world)
        for someone in (panel.one, panel.two, panel.viewer, panel.lead):
            someone.order("forget")
            someone.tap("button.forget-me")
            someone.tap("button.forget-for-good")
        Scene(world, "2002").begin()
        ref = panel.ref
    later = now() + YEAR
    settings = settings_in(data)
    assert [(one.ref, one.left) for one in retention.listed(settings, later)] == [(ref, True)]
    retention.delete(settings, ref, later)
    assert traces(data, ORGANISATION) == ["gradewalk.db"], "of the other one alone"
    assert retention.listed(settings, later) == ()


def test_row_108_beside_the_running_bot(data: Path) -> None:
    """What the bot has folded in memory is of no use any more; who stood there gets home."""
    ref, other, _ = expired(data)
    with world_in(data) as world:
        scene = Scene(world)
        scene.press(f"1:v:{scene.sheet(ref)}:2.1/total")
        assert MARK in scene.text
        retention.delete(settings_in(data), ref, now() + YEAR)
        assert scene.chat.wanted_screen is None
        assert traces(data, MARK) == []
        scene.press(f"1:d:{ref}")
        assert scene.reply.toast == say("refusal.unknown-assessment")
        assert [one.ref for one in scene.listed] == [other]
