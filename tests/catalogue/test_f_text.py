"""Rows 65-68: whatever people write is kept cleaned, and shown as it is written: in the chat, in HTML, in JSON."""

import json
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.cleaning import NAME_LIMIT, clean_name, clean_text
from bot.domain.commands import WriteNote
from bot.domain.record import Source
from bot.domain.refusals import TextRefused
from bot.domain.scheme import QuestionId
from bot.service.cases import Cases, Stamp
from bot.service.world import World
from bot.words import words as words_module
from bot.words.pages import environment
from tests.catalogue.invariants import hold
from tests.catalogue.texts import FORMULAS, MARKUP, NOTHING, QUESTION, SIGNS, Writer, cleaned, small_world, squeezed
from tests.export.page import article, read
from tests.fake_telegram import FakeTelegram, Person
from tests.service.in_memory import render
from tests.service.scene import Scene
from tests.stories.company import Say
from tests.stories.running import Player, bot_on

MARKER = "marker-of-a-note"


@asynccontextmanager
async def writer_at(folder: Path) -> AsyncIterator[Writer]:
    fake, world = FakeTelegram(), small_world(folder)
    writer = Writer(fake, world)
    async with bot_on(fake, world):
        await writer.begin()
        yield writer
    refused = [refusal.description for refusal in fake.refusals if "not modified" not in refusal.description]
    assert refused == [], '0 "can\'t parse entities"'


async def written(folder: Path, texts: Iterable[str], log: pytest.LogCaptureFixture) -> None:
    """Every text as a note and as the organisation's name; then all readers must find all of them as they are kept."""
    notes = [f"{text}\n{MARKER}" for text in texts]
    log.set_level(logging.DEBUG, "bot")
    async with writer_at(folder) as writer:
        for text in notes:
            await writer.note(text)
            if len(text) <= NAME_LIMIT:
                await writer.rename(text)
        assert writer.kept().notes == cleaned(notes)
        assert writer.kept().names == [clean_name(text) for text in notes if len(text) <= NAME_LIMIT]
        assert writer.in_json() == writer.kept()
        assert writer.in_html() == writer.kept()
        assert await writer.in_chat() == squeezed("".join(cleaned(notes)))
    hold(writer.world, writer.person, log=log.text, markers=[MARKER])


async def test_row_65_markup_templates_and_sql_stay_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await written(tmp_path, MARKUP.values(), caplog)


async def test_row_65_signs_are_cleaned_and_shown_literally(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await written(tmp_path, SIGNS.values(), caplog)
    said = [record for record in caplog.records if "without control and direction signs" in record.getMessage()]
    assert len(said) >= 5, "that a text was cleaned is in the log, without the text"


async def test_row_65_a_text_of_nothing_is_refused_kindly(tmp_path: Path) -> None:
    async with writer_at(tmp_path) as writer:
        before = writer.kept()
        for text in NOTHING.values():
            for write in (writer.note, writer.rename):
                await write(text)
                assert writer.person.card.text.startswith("没有保存：没有收到文字"), text
        assert writer.kept() == before
        await writer.note("又来一次")
        assert writer.kept().notes[-1] == "又来一次"
    hold(writer.world, writer.person)


async def test_row_65_display_names(tmp_path: Path) -> None:
    """A stranger may be called anything: they are served, and reports name them without spoofing."""
    fake, world = FakeTelegram(), small_world(tmp_path)
    names = [*MARKUP.values(), *SIGNS.values(), *NOTHING.values()]
    people = [Person(fake, 2000 + number, name, "en") for number, name in enumerate(names)]
    async with bot_on(fake, world):
        for person in people:
            await Player(person, world).do(Say("/start"))
    hold(world, *people)
    for person, name in zip(people, names, strict=True):
        with world.store.read() as unit:
            found = unit.people.find("telegram", str(person.id))
        assert found is not None
        assert found.name == _name(name[:NAME_LIMIT]), name
        assert not any(sign in found.name for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n\0")


async def test_row_65_a_name_that_spoofs_a_report(tmp_path: Path) -> None:
    fake, world = FakeTelegram(), small_world(tmp_path)
    writer = Writer(fake, world, "\u202e<b>Grade A\u2066 edarg")
    async with bot_on(fake, world):
        await writer.begin()
        await writer.note("\u202eedarg A")
    root = read(writer.file("html", "en"))
    assert {name.text for name in root.find("bdi") if "Grade A" in name.text} == {"<b>Grade A edarg"}
    assert list(json.loads(writer.file("json"))["names"].values()) == ["<b>Grade A edarg"]
    (note,) = article(root, "4.1.2").find("div", "text")
    assert note.attributes["dir"] == "auto", "a note keeps its signs, in an element that ends their reach"
    assert "u" in note.attributes["class"].split()
    assert note.text == "\u202eedarg A"


def test_row_66_random_notes_round_trip(tmp_path: Path) -> None:
    _round_trip(small_world(tmp_path), 200)


@pytest.mark.long
def test_row_66_ten_thousand_random_notes_round_trip(tmp_path: Path) -> None:
    _round_trip(small_world(tmp_path), 10_000)


ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.text("<>&;\"'{}%# \n\t\r\0abαß\u0301\u200d\u202e\u2066\ud800\udc00😀\u0627中", max_size=80),
)


def _round_trip(world: World, count: int) -> None:
    scene = Scene(world)
    ref = scene.begin("bjkb-006")
    sheet, kept = scene.of(ref), list[str]()
    with world.store.read() as unit:
        own = unit.assessments.sheets(sheet.id)[0].id

    @settings(max_examples=count // 20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(ANY_TEXT, min_size=20, max_size=20))
    def some(texts: list[str]) -> None:
        kept.extend(_noted(scene, own, texts))
        assert scene.notes(ref)[-20:] == kept[-20:]

    some()
    assert len(kept) >= count // 2, "texts of nothing are few"
    with world.store.read() as unit:
        listed = unit.assessments.find(scene.person, ref)
        assert listed is not None
        record = json.loads(render(world, unit, listed, "json", "zh", "Asia/Shanghai"))["record"]
        page = read(render(world, unit, listed, "html", "en", "Asia/Shanghai"))
    assert [entry["body"]["text"] for entry in record if entry["header"]["kind"] == "noted"] == kept
    assert [node.text for node in article(page, "4.1.2").find("div", "text")] == kept
    hold(world)


def _noted(scene: Scene, sheet: str, texts: list[str]) -> list[str]:
    """The texts that can be notes, written as notes in one transaction; cleaned."""
    kept = []
    with scene.world.store.write() as unit:
        person = unit.people.get(scene.person)
        cases = Cases(scene.world, unit, person)
        (listed,) = cases.listed()
        case = cases.open(listed)
        for text in texts:
            try:
                clean = clean_text(text)
            except TextRefused:
                continue
            stamp = Stamp(scene.world.clock(), Source("telegram", scene.who.chat, "1", ""))
            case, _ = cases.act(case, WriteNote(sheet, QuestionId.parse(QUESTION), text), stamp)
            kept.append(clean)
    return kept


@pytest.mark.parametrize("sign", ["&", "😀", "<"])
async def test_row_67_a_note_of_4096_signs_is_shown_whole(tmp_path: Path, sign: str) -> None:
    async with writer_at(tmp_path) as writer:
        await writer.go_note()
        writer.person.say(sign * 4096)  # the phone splits what is longer than 4096 units
        await writer.player.settled()
        assert "".join(writer.kept().notes) == sign * 4096
        assert await writer.in_chat() == sign * 4096
        assert "".join(writer.in_html().notes) == "".join(writer.in_json().notes) == sign * 4096
        await writer.say(sign * 4096)  # a text that no button asked for, in one message: it waits
        assert [item.text for item in writer.waiting()] == [sign * 4096]
    hold(writer.world, writer.person)


async def test_row_68_formulas_stay_text(tmp_path: Path) -> None:
    texts = [f"{text}\nend {number}" for number, text in enumerate(FORMULAS)]
    async with writer_at(tmp_path) as writer:
        for text in texts:
            await writer.note(text)
            await writer.rename(text)
        assert writer.in_json() == writer.in_html() == (cleaned(texts), [clean_name(text) for text in texts])
        assert await writer.in_chat() == squeezed("".join(cleaned(texts)))
    hold(writer.world, writer.person)


async def test_switched_off_autoescape_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bare = environment().overlay(autoescape=False)
    monkeypatch.setattr(words_module, "environment", lambda: bare)
    with pytest.raises(AssertionError):
        await written(tmp_path, [MARKUP["a tag"]], caplog)


async def test_switched_off_cleaning_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.domain.interview.clean_text", lambda text: text.strip())
    with pytest.raises((AssertionError, TimeoutError)):
        await written(tmp_path, [SIGNS["C1"]], caplog)


def _name(name: str) -> str:
    try:
        return clean_name(name)
    except TextRefused:
        return ""
