"""The five made-up assessments are what they are said to be: finished, sound, and scored alike by every way."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.answers import NotApplicable, Rated
from bot.domain.entries import AnswerGiven
from bot.domain.panel_entries import Sealed
from bot.domain.record import verify_body, verify_chain
from bot.domain.scheme import VETO
from bot.export.result import result_json
from bot.verify import signing
from bot.words import Words
from tests.assessments.told import NAMES, answers_file, finished, photo, told
from tests.commands import Command

each = pytest.mark.parametrize("name", NAMES)


@each
def test_the_command_scores_the_same_answers_alike(name: str, gradewalk: Command, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers_file(name), ensure_ascii=False), encoding="utf-8")
    code, out, err = gradewalk("score", file)
    assert (code, err) == (0, "")
    report = finished(name, "zh")
    counted = [sheet.sheet() for sheet in report.state.counted]
    expected = result_json(report.scheme, counted, report.card, report.verdict, Words.of("zh"), Words.of("en"))
    assert expected["complete"]
    assert expected["passed"]
    assert json.loads(out) == expected


@each
def test_the_record_is_sound_and_always_the_same(name: str) -> None:
    story = told(name).story
    headers = [record.header for record in story.records]
    assert verify_chain(headers, story.id) == story.records[-1].hash
    told_still = [record for record in story.records if record.body is not None]
    for record in told_still:
        assert record.salt is not None
        assert record.body is not None
        verify_body(record.header, record.salt, record.body)
    erased = sum(record.header.kind == "text-erased" for record in story.records)
    assert len(story.records) - len(told_still) == erased == (1 if name == "bjkb-006" else 0)
    told.cache_clear()
    finished.cache_clear()
    assert told(name).story.records == story.records


@each
def test_its_seals_hold(name: str) -> None:
    story = told(name).story
    assert len(story.state.seals) == (2 if name == "bjkb-007" else 1)
    for seal in story.state.seals:
        assert isinstance(seal, Sealed)
        assert story.records[seal.upto - 1].hash == seal.head
        value = signing.sealed(story.id, seal.upto, seal.head, seal.at)
        assert signing.holds(seal.key, seal.signature, signing.SEAL, value)


@each
def test_it_is_finished_and_rich(name: str) -> None:
    report, state = finished(name, "en"), told(name).story.state
    assert report.closed
    assert not report.disputed
    ratings = {given.answer for sheet in state.counted for given in sheet.given.values()}
    assert len({rated.value for rated in ratings if isinstance(rated, Rated)}) >= 10, "ratings are spread"
    notes = [note.text for sheet in state.sheets.values() for found in sheet.notes.values() for note in found]
    long = [text for text in notes if len(text) >= 600]
    assert len(notes) >= len(report.scheme.indicators) / 2
    assert {_chinese(text) for text in long} == {True, False}, "long notes in both languages"
    changed = [entry for entry in report.log if isinstance(entry.body, AnswerGiven) and entry.before]
    assert len(changed) >= 2


def _chinese(text: str) -> bool:
    return sum("一" <= sign <= "鿿" for sign in text) > len(text) / 2


def test_every_question_of_a_counted_sheet_is_answered() -> None:
    for name in NAMES:
        report = finished(name, "zh")
        for sheet in report.state.counted:
            assert set(sheet.given) == set(report.scheme.covered(sheet.covers)), (name, sheet.id)
        if any(question.dimension == VETO for question in report.scheme.questions):
            assert not report.card.vetoed


def test_each_has_what_the_others_lack() -> None:
    six, seven, eleven = (finished(name, "zh") for name in ("bjkb-006", "bjkb-007", "dnisc-1105"))
    assert sum(one.item.kind == "photo" for one in six.panel.evidence) == 30
    assert six.panel.basis
    assert {one.item.kind for one in seven.panel.evidence} == {"photo", "document", "voice", "video", "location"}
    assert {one.item.keeping for one in seven.panel.evidence} == {"kept", "lost", "removed"}
    assert len(seven.panel.reopenings) == 1
    excluded = [
        given.answer.reason
        for sheet in eleven.state.counted
        for given in sheet.given.values()
        if isinstance(given.answer, NotApplicable)
    ]
    assert len(excluded) == 5
    assert all(excluded)
    assert eleven.card.decisions.deductions == 2
    assert eleven.card.decisions.bonus == 1
    assert {one.outcome for one in eleven.panel.asked} == {"changed", "upheld"}
    assert [sheet.status for sheet in eleven.state.sheets.values()].count("set-aside") == 1
    seventh = finished("jccqb-037", "zh")
    assert seventh.sample
    assert (seventh.sample.needed, len(seventh.sample.visited)) == (2, 2)
    assert len({sheet.person for sheet in seventh.state.counted}) == 3
    assert len(seventh.state.measures) == 4
    assert "𠮷" in finished("tbsc-94", "zh").names["p-lead-0123456789"]


def test_pictures_are_pictures() -> None:
    report = finished("bjkb-006", "zh")
    kept = [one.item for one in report.panel.evidence if one.item.keeping == "kept"]
    assert len(kept) == 29
    for item in kept:
        for held in (item.sha256, item.clean):
            with Image.open(BytesIO(photo(held))) as picture:
                assert picture.format == "JPEG"
    with pytest.raises(KeyError):
        photo("0" * 64)
