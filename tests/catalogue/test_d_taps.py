"""Taps that come twice, late, from elsewhere, and notes that come while the question moves on."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.domain import interview
from bot.domain.answers import Rated
from bot.domain.entries import Noted, NoteRevised
from bot.domain.evidence_entries import EvidenceCaptioned, EvidenceStored
from bot.domain.refusals import AssessmentClosed, ChangedMeanwhile, UnknownAssessment
from bot.domain.scheme import QuestionId
from bot.library import Library
from bot.library.load import load_bytes
from bot.view import lines
from bot.view.payload import AnswerTap, CloseTap, DeleteTap, ExportTap, FlagTap, KeepTap, LaterTap, encode
from bot.view.places import AskNote, Card, ConfirmClose, NextOpen
from bot.words import Words
from tests.catalogue.invariants import hold
from tests.catalogue.tapping import FIRST, REAL, SECOND, THIRD, Sat, fresh_world, sit, sitting
from tests.fake_telegram import FakeTelegram, Person
from tests.made_up import TEXTS
from tests.service.scene import STARS, say
from tests.stories.running import bot_on

CHANGED = Words.of("zh").refusal(ChangedMeanwhile())
CLOSED = Words.of("zh").refusal(AssessmentClosed())
UNKNOWN = Words.of("zh").refusal(UnknownAssessment())
GONE = say("line.gone")
MARK = "只在备注里的字"
NO_EVIDENCE = ("sticker", "animation", "contact", "dice", "venue", "poll")

Scenario = Callable[[Sat], Coroutine[Any, Any, None]]


@pytest.mark.parametrize("times", [2, 10])
async def test_row_39_the_same_tap_many_times_at_once(times: int, tmp_path: Path) -> None:
    async with sitting(tmp_path) as sat:
        fake, card = sat.person.fake, sat.person.card
        fake.updates.hold()
        for _ in range(times):
            sat.person.tap_data(sat.data(FIRST, "4/5", 0), card.id)
        fake.updates.release()
        await sat.settled()
        assert sat.ratings() == ["4/5"]
        scheme = sat.world.library.get(REAL)
        assert scheme is not None
        answer = (Words.of("zh"), scheme, QuestionId.parse(FIRST), Rated(Fraction(4, 5), "ratio"))
        first, again = lines.saved_answer(*answer), lines.already_saved(*answer)
        assert [toast.text for toast in sat.person.toasts] == [first] + [again] * (times - 1)
        hold(sat.world, sat.person)


async def taps_a_b_a(sat: Sat) -> None:
    """Row 40."""
    card = sat.person.card.id
    first = sat.data(FIRST, "4/5", 0)
    assert "80%" in await sat.tap(first, card)
    assert "60%" in await sat.tap(sat.data(FIRST, "3/5", 1))
    assert await sat.tap(first, card) == CHANGED
    assert sat.ratings() == ["4/5", "3/5"]
    assert "60%" in sat.person.card.text
    hold(sat.world, sat.person)


async def test_row_40_a_tap_that_the_client_sends_again_does_not_flip_back(tmp_path: Path) -> None:
    async with sitting(tmp_path) as sat:
        await taps_a_b_a(sat)


async def test_switched_off_revisions_let_it_flip_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = interview._answer
    monkeypatch.setattr(interview, "_answer", lambda scheme, sheet, q, answer, _: real(scheme, sheet, q, answer, None))
    async with sitting(tmp_path) as sat:
        with pytest.raises(AssertionError):
            await taps_a_b_a(sat)


@pytest.mark.parametrize("where", ["the same card", "a deleted card", "a message out of reach"])
async def test_row_41_a_tap_on_a_card_three_revisions_old(where: str, tmp_path: Path) -> None:
    async with sitting(tmp_path) as sat:
        old = sat.person.card.id
        for revision, value in enumerate(("4/5", "3/5", "2/5")):
            await sat.tap(sat.data(FIRST, value, revision))
        if where == "a deleted card":
            sat.person.delete(old)
        message = 9_999_999 if where == "a message out of reach" else old
        assert await sat.tap(sat.data(FIRST, "1", 0), message) == CHANGED
        assert sat.ratings() == ["4/5", "3/5", "2/5"]
        await sat.person.until(lambda: len(sat.person.live_cards()) == 1)
        assert "40%" in sat.person.card.text, "today's answer, on a card that works"
        assert "4.1.2" in sat.person.card.text
        hold(sat.world, sat.person)


async def test_row_42_taps_on_what_is_closed_or_gone(tmp_path: Path) -> None:
    fake, world = FakeTelegram(), fresh_world(tmp_path)
    sat = sit(fake, world)
    gone = sat.scene.begin("bjkb-007")
    gone_sheet = sat.scene.sheet(gone)
    sat.scene.press(DeleteTap(gone))
    sat.scene.press(NextOpen(sat.sheet))
    sat.scene.fill()
    sat.scene.press(ConfirmClose(sat.ref))
    sat.scene.press(CloseTap(sat.ref, sat.scene.of(sat.ref).seq))
    assert sat.scene.state(sat.ref).closed
    async with bot_on(fake, world):
        await sat.settled()
        before = sat.scene.entries(sat.ref)
        for payload in (
            AnswerTap(sat.sheet, FIRST, "1", 1),
            LaterTap(sat.sheet, FIRST, 1),
            FlagTap(sat.sheet, FIRST, 1),
            DeleteTap(sat.ref),
        ):
            assert await sat.tap(payload) == CLOSED, payload
        for deleted in (AnswerTap(gone_sheet, FIRST, "1", 0), NextOpen(gone_sheet), ExportTap(gone, "json")):
            assert await sat.tap(deleted) == UNKNOWN, deleted
        assert sat.scene.entries(sat.ref) == before
        hold(world, sat.person)


async def test_row_42_taps_by_another_version_of_the_standard(tmp_path: Path) -> None:
    """The assessment goes on by the text that it began with, whatever the folder holds today."""
    fake, world = FakeTelegram(), replace(fresh_world(tmp_path), library=stars("2.10"))
    sat = sit(fake, world, scheme=STARS)
    newer = replace(world, library=stars("2.3"))
    async with bot_on(fake, newer):
        await sat.settled()
        assert await sat.tap(AnswerTap(sat.sheet, "2.3/total", "1", 0)) == GONE
        assert sat.ratings("2.3/total") == []
        assert "80%" in await sat.tap(AnswerTap(sat.sheet, "2.10/total", "4/5", 0))
        assert sat.ratings("2.10/total") == ["4/5"]
        hold(newer, sat.person)


def stars(last: str) -> Library:
    """The made-up stars, a clause of which has this number."""
    text = TEXTS["stars"]
    assert text.count("id: 2.10,") == 1
    loaded, problems = load_bytes(text.replace("id: 2.10,", f"id: {last},").encode(), "made.yaml")
    assert loaded, problems
    return Library([loaded])


async def test_row_43_two_devices_answering_in_turn(tmp_path: Path) -> None:
    async with sitting(tmp_path) as sat:
        phone, tablet = sat.person, Person(sat.person.fake, sat.person.id, "Example")
        kept = []
        for number, question in enumerate((FIRST, SECOND, THIRD)):
            stale = phone.card.id
            mine, other = (phone, tablet) if number % 2 else (tablet, phone)
            mine.tap_data(sat.data(question, "4/5", 0), stale)
            await sat.settled()
            other.tap_data(sat.data(question, "2/5", 0), stale)  # what the other one still shows
            await sat.settled()
            assert sat.person.toasts[-1].text == CHANGED
            assert question.partition("/")[0] in sat.person.card.text
            await sat.tap(NextOpen(sat.sheet))
            kept.append(sat.ratings(question))
        assert kept == [["4/5"]] * 3
        assert phone.screen() == tablet.screen()
        hold(sat.world, sat.person)


async def test_row_49_a_note_typed_while_the_question_moved_on(tmp_path: Path) -> None:
    """A text that waits keeps the question it was typed at; a note that was asked for is still on its question."""
    async with sitting(tmp_path) as sat:
        await sat.say(MARK)
        await sat.tap(sat.data(FIRST, "4/5", 0))
        assert "4.2.1" in sat.person.card.text, "the question moved on"
        assert "4.1.2" in await sat.tap(KeepTap(1))
        await sat.tap(AskNote(sat.sheet, SECOND))
        assert "80%" in await sat.tap(sat.data(SECOND, "4/5", 0))  # from another device
        await sat.say(f"另一条{MARK}")
        assert "4.2.1" in sat.person.chat[-1].text, "it is shown where it went"
        notes = [str(e.question) for e in sat.scene.entries(sat.ref) if isinstance(e.body, Noted)]
        assert notes == [FIRST, SECOND]
        hold(sat.world, sat.person, markers=[MARK])


async def test_row_50_edits_before_and_after_closing(tmp_path: Path) -> None:
    """A note, a caption, an answer: each change is an entry, and none is made once it is closed."""
    async with sitting(tmp_path, STARS) as sat:
        await sat.tap(AskNote(sat.sheet, "1.2/total"))
        note = await sat.say(f"{MARK}一")
        photo = sat.person.send_photo(caption=f"{MARK}二")
        await sat.settled()
        rating = await sat.say("80")
        for message, text in ((note, f"{MARK}一改"), (photo, f"{MARK}二改"), (rating, "90")):
            sat.person.edit(message, text)
            await sat.settled()
        kinds = [type(entry.body) for entry in sat.scene.entries(sat.ref)]
        assert (kinds.count(Noted), kinds.count(NoteRevised), kinds.count(EvidenceCaptioned)) == (1, 1, 1)
        assert sat.ratings("1.2/total") == ["4/5", "9/10"]
        await stored(sat)
        finish(sat)
        before = sat.scene.entries(sat.ref)
        for message, text in ((note, f"{MARK}一再改"), (photo, f"{MARK}二再改"), (rating, "10")):
            sat.person.edit(message, text)
            await sat.settled()
            assert sat.person.card.text.splitlines()[0] == CLOSED
        assert sat.scene.entries(sat.ref) == before
        hold(sat.world, sat.person, markers=[MARK])


async def stored(sat: Sat) -> None:
    """Until the picture is there: it is fetched beside the taps, and what comes is recorded after closing too."""
    async with asyncio.timeout(10):
        while not any(isinstance(entry.body, EvidenceStored) for entry in sat.scene.entries(sat.ref)):  # noqa: ASYNC110  see above
            await asyncio.sleep(0.02)


def finish(sat: Sat) -> None:
    """Every other question, then closed: by the same person, without a phone."""
    sat.scene.press(NextOpen(sat.sheet))
    sat.scene.fill()
    sat.scene.press(CloseTap(sat.ref, sat.scene.of(sat.ref).seq))
    assert sat.scene.state(sat.ref).closed


async def test_row_52_an_answer_while_a_file_is_made(tmp_path: Path) -> None:
    """The file is the record up to the entry it names; what was answered after it was ordered is not in it."""
    async with sitting(tmp_path) as sat:
        fake, card = sat.person.fake, sat.person.card.id
        await sat.tap(sat.data(FIRST, "4/5", 0))
        upto = sat.scene.of(sat.ref).seq
        fake.updates.hold()
        sat.person.tap_data(encode(ExportTap(sat.ref, "json")), card)
        sat.person.tap_data(sat.data(SECOND, "2/5", 0), card)
        fake.updates.release()
        file = await sat.person.until(lambda: [m for m in sat.person.chat if m.attachment])
        await sat.settled()
        record = json.loads(sat.person.download(file[-1]))["record"]
        assert len(record) == upto
        assert str(upto) in file[-1].text
        assert sat.ratings(SECOND) == ["2/5"], "and it is saved all the same"
        hold(sat.world, sat.person)


async def test_row_76_what_cannot_be_taken_gets_one_line(tmp_path: Path) -> None:
    """Every kind that is no evidence, all at once: one card says that it was not saved; captions wait as notes."""
    async with sitting(tmp_path) as sat:
        fake, entries = sat.person.fake, sat.scene.entries(sat.ref)
        before = len(sat.person.chat)
        fake.updates.hold()
        for kind in NO_EVIDENCE:
            sat.person.send(kind)
        fake.updates.release()
        await sat.settled()
        answers = [m for m in sat.person.chat[before:] if not m.mine]
        assert len(answers) <= 2, "one card, or one that was being sent already"
        assert answers[-1].text.startswith("没有保存"), "it says so plainly"
        sat.person.send("animation", caption=MARK)
        await sat.settled()
        assert MARK in sat.person.card.text
        assert sat.scene.entries(sat.ref) == entries
        await sat.tap(Card(sat.sheet, FIRST))
        hold(sat.world, sat.person, markers=[MARK])
