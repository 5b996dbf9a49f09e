"""Editing one's own message revises what it said; the old reading stays in the record."""

import pytest

from bot.domain.entries import NoteRevised
from bot.view.places import AskField
from tests.service.scene import ORGANISATION, SHOP, Scene, say

NOTHING = say("refusal.nothing-to-revise")


def test_a_rating(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    message = ann.say("80")
    ann.say("90")
    stands = ann.focus.place
    ann.edit(message, "85分")
    assert ann.top.startswith(say("line.answer-revised", clause="2.1", answer="85%"))
    assert ann.answers(ref) == [("2.1/total", "4/5"), ("2.10/total", "9/10"), ("2.1/total", "17/20")]
    assert ann.focus.place == stands, "the person stays where they are"
    ann.edit(message, "85%")
    assert ann.top == say("line.unchanged")
    ann.edit(message, "0.9")
    assert ann.answers(ref)[-1] == ("2.1/total", "9/10")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("很好", say("line.edit-not-understood", clause="2.1")),
        ("101", say("refusal.out-of-range.ratio", typed="101")),
    ],
)
def test_a_rating_that_becomes_none_stays(typed: str, line: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    message = ann.say("80")
    ann.edit(message, typed)
    assert ann.top == line
    assert ann.answers(ref) == [("2.1/total", "4/5")]
    assert ann.focus.pending == ()


def test_a_rating_that_becomes_unclear_asks_at_its_own_question(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    message = ann.say("80")
    ann.edit(message, "5分")
    assert ann.focus.question == "2.1/total"
    ann.tap("16.67% → 5/30")
    assert ann.answers(ref)[-1] == ("2.1/total", "1/6")


def test_a_note_is_revised_and_withdrawn_by_emptying(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.note")
    message = ann.say("有公示")
    ann.edit(message, "有公示，2026 年")
    assert ann.top == say("line.note-revised", clause="1.1")
    assert say("card.notes", n=1, note="有公示，2026 年") in ann.text
    ann.edit(message, "有公示，2026 年 ")
    assert ann.top == say("line.unchanged")
    ann.edit(message, "  ")
    assert not any(sheet.notes.get(q) for sheet in ann.state(ref).sheets.values() for q in sheet.notes)
    ann.edit(message, "又来")
    assert ann.top == NOTHING
    assert ann.notes(ref) == ["有公示"], "the first reading stays in the record"
    assert [e.body.text for e in ann.entries(ref) if isinstance(e.body, NoteRevised)] == ["有公示，2026 年", ""]


def test_a_kept_text_is_a_note_with_its_own_message(ann: Scene) -> None:
    ref = ann.begin()
    first, second = ann.say("第一段"), ann.say("第二段")
    ann.edit(second, "第二段，改过")
    assert ann.top == say("line.waiting-text-changed")
    assert [item.text for item in ann.focus.pending] == ["第一段", "第二段，改过"]
    ann.edit(second, "\u200b")
    assert [item.text for item in ann.focus.pending] == ["第一段", "第二段，改过"]
    ann.tap("button.keep-note")
    ann.edit(first, "第一段，也改过")
    notes = [note.text for sheet in ann.state(ref).sheets.values() for note in next(iter(sheet.notes.values()))]
    assert notes == ["第一段，也改过", "第二段，改过"]


def test_a_reason(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.tap("button.not-applicable")
    message = ann.say("不送货")
    ann.edit(message, "只在店里卖")
    assert ann.answers(ref)[-1] == ("5.2.1/total", "NotApplicable(reason='只在店里卖')")
    ann.edit(message, " ")
    assert ann.top == say("refusal.reason-missing")
    assert len(ann.answers(ref)) == 2


def test_a_field_of_the_head_and_the_organisation(ann: Scene) -> None:
    ref = ann.begin()
    organisation = str(1)
    ann.press(AskField(ref, "scope"))
    message = ann.say("维修")
    ann.edit(message, "维修与大修")
    assert ann.top == say("line.field-saved", field=say("field.scope"))
    ann.edit(organisation, "改名公司")
    assert ann.top == say("line.field-saved", field=say("field.organisation"))
    ann.edit(organisation, "又改名公司")
    assert ann.state(ref).header == {"organisation": "又改名公司", "scope": "维修与大修"}
    ann.edit(organisation, " ")
    assert ann.top == say("refusal.text-empty")
    ann.edit(message, " ")
    assert ann.state(ref).header == {"organisation": "又改名公司", "scope": ""}


def test_messages_that_gave_nothing(ann: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    refused = ann.say("101")
    before = ann.entries(ref)
    for message in (refused, "999"):
        ann.edit(message, "80")
        assert ann.top == NOTHING
    assert ann.entries(ref) == before


def test_somebody_elses_message_of_the_same_number(ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    ann.say("#2.1")
    message = ann.say("80")
    bo.order("start")
    bo.edit(message, "10")
    assert bo.top == NOTHING
    assert ann.answers(ref) == [("2.1/total", "4/5")]


@pytest.mark.parametrize("typed", ["85", "很好", "5分"])
def test_after_closing_it_is_refused_with_a_notice(typed: str, ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.note")
    note = ann.say("有公示")
    ann.press(AskField(ref, "scope"))
    field = ann.say("维修")
    ann.say("#2.1")
    rating = ann.say("80")
    ann.fill()
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    before = ann.entries(ref)
    for message in ("1", note, field, rating):
        ann.edit(message, typed)
        assert ann.top == say("refusal.assessment-closed")
    assert ann.entries(ref) == before
    assert ann.state(ref).header["organisation"] == ORGANISATION


def test_after_deleting_it_is_told_too(ann: Scene) -> None:
    ann.begin()
    ann.say("#2.1")
    message = ann.say("80")
    ann.tap("button.head")
    ann.tap("button.delete-draft")
    ann.tap("button.delete-for-good")
    ann.edit(message, "90")
    assert ann.top == say("refusal.unknown-assessment")
