"""Files ordered by people with phones, made by another process, before the fake Telegram."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.domain.panel_commands import Admit
from bot.domain.record import Source
from bot.export import FORMATS
from bot.service.cases import Cases, Stamp
from bot.service.workshop import FOLDER, Workshop
from bot.service.world import World
from bot.view import places
from bot.view.payload import ExportTap, encode
from bot.view.places import AskNote
from tests.catalogue.texts import small_world
from tests.export.reading import members, text_of
from tests.fake_telegram import FakeTelegram, Fault, Person, faults
from tests.service.scene import Scene
from tests.service.test_workshop import acting
from tests.stories.running import bot_on, quiet

NASTY = "../../<b>=HYPERLINK(1)\u202egpj.exe 示例"
ANN, BO = 1001, 2002


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    with Workshop(tmp_path / FOLDER) as made:
        yield made


def files_of(person: Person) -> list[str]:
    return [one.attachment.name for one in person.chat if one.attachment and not one.mine]


def fetched(person: Person) -> bytes:
    return person.download(next(one for one in reversed(person.chat) if one.attachment))


def _more(person: Person, count: int) -> bool:
    return len(files_of(person)) > count


def _card_says(person: Person, said: str) -> bool:
    return bool(person.live_cards()) and said in person.card.text


async def settled(fake: FakeTelegram, world: World) -> None:
    async with asyncio.timeout(30):
        while fake.updates.pending or not quiet(world):  # noqa: ASYNC110  a commit in the writer's thread
            await asyncio.sleep(0.005)


async def test_a_lead_orders_each_format_and_receives_it_once(tmp_path: Path, shop: Workshop) -> None:
    fake, world = FakeTelegram(), replace(small_world(tmp_path), workshop=shop)
    scene, ann = Scene(world, str(ANN)), Person(fake, ANN, NASTY)
    ref = scene.closed()
    fake.open_chat(fake.private(ANN))
    async with bot_on(fake, world):
        await settled(fake, world)
        before = len(files_of(ann))  # the page that closing hands out
        for format_, one in FORMATS.items():
            ann.tap_data(encode(ExportTap(ref, format_)), 1)
            await ann.until(partial(_more, ann, before), format_, 30)
            await settled(fake, world)
            sent = files_of(ann)[before:]
            assert [name.rpartition(".")[2] for name in sent] == [one.ending], "one file, once"
            before += 1
            assert all(sign.isascii() and (sign.isalnum() or sign in "-.") for sign in sent[0]), sent
            assert fetched(ann)[:4] in {b"%PDF", b"PK\x03\x04", b"<!DO", b"<!do", b'{"fo'} or format_ == "csv"
        assert {"record.json", "report.pdf", "report.docx", "report.xlsx"} <= members(fetched(ann)).keys()
        assert shop.processes
        assert list((tmp_path / FOLDER).iterdir()) == [], "what was sent is not kept"
        assert not [one for one in ann.chat if "正在生成" in one.text], "what was said meanwhile is gone"
        scene.press(places.Export(ref))
        assert any("≈" in label for label in scene.labels), "it was exported since: a new snapshot"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.showing.SOON", 0.01)
    monkeypatch.setattr("bot.telegram.showing.PATIENCE", 0.05)
    monkeypatch.setattr("bot.telegram.showing.LONG", 0.05)
    monkeypatch.setattr("bot.telegram.making.LONG", 0.0)


def waiting_for(go: Path) -> tuple[str, ...]:
    """A process that says how far it is, until it may end; it writes down that it made a file."""
    return acting(
        f"say(stage='photos', done=3, of=9)\nwhile not Path({str(go)!r}).exists(): time.sleep(0.01)\n"
        "target.write_bytes(b'made')\nsay(made=4)"
    )


@pytest.mark.usefixtures("impatient")
async def test_while_a_file_is_made_all_taps_go_on_and_how_far_it_is_stands_in_one_line(tmp_path: Path) -> None:
    fake, go = FakeTelegram(), tmp_path / "go"
    with Workshop(tmp_path / FOLDER, waiting_for(go)) as shop:
        world = replace(small_world(tmp_path), workshop=shop)
        scenes = {number: Scene(world, str(number)) for number in (ANN, BO)}
        refs = {number: scene.begin() for number, scene in scenes.items()}
        ann, bo = Person(fake, ANN, "A"), Person(fake, BO, "B")
        async with bot_on(fake, world):
            ann.tap_data(encode(ExportTap(refs[ANN], "pdf")), 1)
            line = await ann.sees("正在处理照片（3/9）")
            for person in (ann, bo):  # this chat too
                for command, said in (("/help", "4.25/5"), ("/settings", "时区"), ("/help", "4.25/5")):
                    person.say(command)
                    await person.until(partial(_card_says, person, said), said, 10)
            assert files_of(ann) == []
            assert (ANN, "upload_document") in fake.actions
            go.touch()
            await ann.until(lambda: len(files_of(ann)) == 1, "the file", 20)
            await settled(fake, world)
            assert line.id not in [one.id for one in ann.chat], "the line gave way to the file"
            assert sum("正在生成" in one.text for one in ann.chat) == 0
        lines = [call for call in fake.calls if call.method == "sendMessage" and "正在生成" in str(call.params)]
        assert len(lines) == 1, "one line, edited, never a second"


@pytest.mark.usefixtures("impatient")
async def test_a_restart_in_the_middle_makes_and_sends_it_once(tmp_path: Path) -> None:
    fake, go = FakeTelegram(), tmp_path / "go"
    world = small_world(tmp_path)
    ref = Scene(world, str(ANN)).begin()
    ann = Person(fake, ANN, "A")
    with Workshop(tmp_path / FOLDER, waiting_for(go)) as shop:
        async with bot_on(fake, replace(world, workshop=shop), ending=shop.close):
            ann.tap_data(encode(ExportTap(ref, "pdf")), 1)
            await ann.sees("正在处理照片")
    assert files_of(ann) == []
    (tmp_path / FOLDER / "99").write_bytes(b"half of something")
    go.touch()
    with Workshop(tmp_path / FOLDER, waiting_for(go)) as shop:
        assert list((tmp_path / FOLDER).iterdir()) == []
        again = replace(world, workshop=shop)
        async with bot_on(fake, again):
            await ann.until(lambda: len(files_of(ann)) == 1, "the file", 20)
            await settled(fake, again)
    assert len(files_of(ann)) == 1
    assert not [one for one in ann.chat if "正在生成" in one.text], "also the line of the first run is gone"


@pytest.mark.usefixtures("impatient")
async def test_a_process_that_dies_harms_nobody_and_the_file_comes(tmp_path: Path) -> None:
    fake, once = FakeTelegram(), tmp_path / "once"
    dies = f"if not Path({str(once)!r}).exists():\n    Path({str(once)!r}).touch()\n    os.kill(os.getpid(), 9)\n"
    with Workshop(tmp_path / FOLDER, acting(f"{dies}target.write_bytes(b'made')\nsay(made=4)")) as shop:
        world = replace(small_world(tmp_path), workshop=shop)
        ref = Scene(world, str(ANN)).begin()
        ann = Person(fake, ANN, "A")
        async with bot_on(fake, world, pause=_soon):
            ann.tap_data(encode(ExportTap(ref, "pdf")), 1)
            await ann.until(lambda: len(files_of(ann)) == 1, "the file", 20)
            await settled(fake, world)
        assert fetched(ann) == b"made"


@pytest.mark.usefixtures("impatient")
async def test_one_that_always_dies_is_given_up_kindly(tmp_path: Path) -> None:
    fake = FakeTelegram()
    with Workshop(tmp_path / FOLDER, acting("os._exit(1)")) as shop:
        world = replace(small_world(tmp_path), workshop=shop)
        ref = Scene(world, str(ANN)).begin()
        ann = Person(fake, ANN, "A")
        async with bot_on(fake, world, pause=_soon):
            ann.tap_data(encode(ExportTap(ref, "pdf")), 1)
            await ann.sees("可能没有送到")
            await settled(fake, world)
            ann.say("/help")
            await ann.until(lambda: "4.25/5" in ann.card.text, "the bot is well", 10)
        assert not [one for one in ann.chat if "正在生成" in one.text]


@pytest.mark.parametrize("fault", [faults.drop_before("deleteMessage"), faults.flood("deleteMessage", 0.1)])
@pytest.mark.usefixtures("impatient")
async def test_what_was_said_meanwhile_goes_even_where_that_fails_at_first(tmp_path: Path, fault: Fault) -> None:
    fake, go = FakeTelegram(), tmp_path / "go"
    fake.faults.add(fault)
    with Workshop(tmp_path / FOLDER, waiting_for(go)) as shop:
        world = replace(small_world(tmp_path), workshop=shop)
        ref = Scene(world, str(ANN)).begin()
        ann = Person(fake, ANN, "A")
        async with bot_on(fake, world, pause=_soon):
            ann.tap_data(encode(ExportTap(ref, "pdf")), 1)
            await ann.sees("正在处理照片")
            go.touch()
            await ann.until(lambda: len(files_of(ann)) == 1, "the file", 20)
            await settled(fake, world)
        assert not [one for one in ann.chat if "正在生成" in one.text]


async def _soon(seconds: float) -> None:
    await asyncio.sleep(min(seconds, 0.05))


async def test_an_assessor_in_a_blind_panel_gets_the_part_that_they_may_see(tmp_path: Path, shop: Workshop) -> None:
    fake, world = FakeTelegram(), replace(small_world(tmp_path), workshop=shop)
    ann, bo = Scene(world, str(ANN)), Scene(world, str(BO))
    ref = ann.begin()
    ann.press(AskNote(ann.sheet(ref), "2.1/total"))
    ann.say("只有她知道的备注")
    bo.order("start")
    with world.store.write() as unit:
        stamp = Stamp(world.clock(), Source("test"))
        hers = Cases(world, unit, unit.people.get(ann.person))
        hers.act(hers.by_ref(ref), Admit(bo.person, "assessor", "t"), stamp)
        his = Cases(world, unit, unit.people.get(bo.person))
        his.open_sheet(his.by_ref(ref), "", ("total",), stamp)
    phone = Person(fake, BO, "B")
    fake.open_chat(fake.private(BO))
    async with bot_on(fake, world):
        await settled(fake, world)
        for format_, one in FORMATS.items():
            before = len(files_of(phone))
            phone.tap_data(encode(ExportTap(ref, format_)), 1)
            await settled(fake, world)
            assert len(files_of(phone)) == before + (not one.whole), format_
            if not one.whole:
                said = text_of(format_, fetched(phone))
                assert "只有她知道的备注" not in said, format_
                assert "您能看到的部分" in next(one.text for one in reversed(phone.chat) if one.attachment)
    assert shop.processes
