"""Closing, deleting, archiving."""

from html import unescape

import pytest

from bot.domain.entries import Closed, SheetSubmitted
from bot.domain.record import body_hash, entry_hash, genesis
from bot.service.outbox import OutboxDesk
from bot.view.payload import AnswerTap, CloseTap
from bot.view.places import Check, ConfirmClose, Head, Home, NextOpen, Result
from tests.service.scene import CHANNEL, Scene, say


def test_closing_seals_the_answers_and_hands_out_result_and_transcript(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill()
    ann.tap("button.close")
    assert ann.labels[0] == say("button.not-yet"), "the safe choice comes first"
    reply = ann.tap("button.close-for-good")
    assert reply.toast == say("line.closed")
    bodies = [entry.body for entry in ann.entries(ref)]
    assert bodies[-3:-1] == [SheetSubmitted(), Closed("silver", {"total": "80"})]
    assert (ann.of(ref).state, ann.of(ref).answered, ann.of(ref).asked) == ("closed", 5, 5)
    text, file = OutboxDesk(ann.world, CHANNEL).notices()
    assert "银级" in unescape(text.text)
    assert "80" in text.text
    assert file.file_name.endswith(f"{ref}-2026-11-20.html")
    assert file.data is not None
    page = file.data()
    assert isinstance(page, bytes)
    assert "银级" in page.decode()
    assert "银级" in ann.text


def test_what_is_open_keeps_it_open(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill()
    again = ann.begin()
    ann.tap("没有违法")
    ann.press(Check(ann.sheet(again)))
    assert say("button.close") not in ann.labels
    reply = ann.press(CloseTap(again, ann.of(again).seq))
    assert reply.alert
    assert reply.toast == say("refusal.cannot-close", open=4)
    assert ann.focus.place == f"1:k:{ann.sheet(again)}:open"
    assert ann.labels[:4] == ["1.2", "2.1", "2.10", "3"], "what is open, each entry a way there"
    assert ann.state(again).closed is None
    assert ann.state(ref).closed is None


def test_a_raised_veto_may_be_closed_with_questions_open(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("有违法")
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    assert ann.state(ref).closed == Closed("fail", {})
    assert "不予评级" in ann.text


def test_what_changed_since_it_was_looked_at_asks_again(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill()
    ann.tap("button.close")
    old = ann.button("button.close-for-good").payload
    ann.press(AnswerTap(ann.sheet(ref), "2.1/total", "0", 1))
    reply = ann.press(old)
    assert reply.toast == say("refusal.changed-meanwhile")
    assert ann.state(ref).closed is None
    assert ann.focus.place == f"1:z:{ref}"
    ann.tap("button.close-for-good")
    assert ann.state(ref).closed


def test_closing_twice_is_closing_once(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill()
    ann.tap("button.close")
    tap = ann.button("button.close-for-good").payload
    ann.press(tap)
    before = ann.entries(ref)
    assert ann.press(tap).toast == say("line.already-closed")
    assert ann.focus.place == f"1:r:{ref}"
    assert ann.entries(ref) == before
    assert len(OutboxDesk(ann.world, CHANNEL).notices()) == 2


def test_a_closed_assessment_shows_its_result_instead_of_its_questions(ann: Scene) -> None:
    ref = ann.closed()
    for place in (NextOpen(ann.sheet(ref)), Check(ann.sheet(ref))):
        ann.press(place)
        assert ann.focus.place == f"1:r:{ref}"
        assert "银级" in ann.text
    ann.say("#2.1")
    assert ann.focus.place.startswith(f"1:r:{ref}")
    ann.press(Head(ref))
    assert not {say("head.edit", field=say("field.scope")), say("button.delete-draft")} & set(ann.labels)


def test_the_result_before_and_after_closing(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(Result(ref))
    assert say("result.standing") in ann.text
    assert say("result.standing") in ann.text
    ann.press(NextOpen(ann.sheet(ref)))
    ann.fill("70")
    ann.press(Result(ref))
    assert say("result.not-closed") in ann.text
    ann.press(ConfirmClose(ref))
    ann.tap("button.close-for-good")
    ann.order("result")
    assert say("result.not-closed") not in ann.text
    assert "<b>70</b>/100" in ann.text


def test_deleting_a_draft_erases_what_was_written_and_the_chain_still_verifies(ann: Scene) -> None:
    ref = ann.begin()
    inner = ann.of(ref).id
    ann.tap("button.note")
    ann.say("秘密的备注")
    ann.say("还在等的文字")
    ann.press(Head(ref))
    ann.tap("button.delete-draft")
    assert ann.labels[0] == say("button.keep-draft"), "the safe choice comes first"
    reply = ann.tap("button.delete-for-good")
    assert reply.toast == say("line.deleted")
    assert ann.listed == ()
    assert ann.focus.pending == ()
    assert ann.focus.assessment == ""
    with ann.world.store.read() as unit:
        records = unit.entries.recorded(inner)
        listed = unit.assessments.for_operator(inner)
    assert listed is not None
    assert (listed.state, listed.name) == ("deleted", "")
    prev = genesis(inner)
    for record in records:
        assert record.header.prev == prev
        assert entry_hash(record.header) == record.hash
        prev = record.hash
    assert prev == listed.head
    assert [record.body for record in records[:-1]] == [None] * (len(records) - 1)
    last = records[-1]
    assert last.body == {"reason": "draft-deleted"}
    assert last.salt is not None
    assert body_hash(last.salt, last.body) == last.header.body_hash
    assert last.header.kind == "erased"


def test_texts_that_wait_for_another_assessment_stay(ann: Scene) -> None:
    first = ann.begin()
    ann.say("第一份的")
    second = ann.begin()
    ann.say("第二份的")
    ann.press(f"1:D:{second}")
    assert [item.text for item in ann.focus.pending] == ["第一份的"]
    ann.press(NextOpen(ann.sheet(first)))
    ann.tap("button.keep-note")
    assert ann.notes(first) == ["第一份的"]


def test_a_closed_assessment_cannot_be_deleted(ann: Scene) -> None:
    ref = ann.closed()
    assert ann.press(f"1:D:{ref}").toast == say("refusal.assessment-closed")
    assert ann.of(ref).state == "closed"


@pytest.mark.parametrize("closed", [False, True])
def test_archived_and_back(closed: bool, ann: Scene) -> None:
    ref = ann.closed() if closed else ann.begin()
    before = ann.entries(ref)
    ann.press(Head(ref))
    assert ann.tap("button.archive").toast == say("line.archived")
    assert ann.focus.place == "1:h"
    assert not ann.listed
    ann.press(Home(archived=1))
    assert ann.tap("button.unarchive").toast == say("line.unarchived")
    assert [one.ref for one in ann.listed] == [ref]
    assert ann.entries(ref) == before, "the list is the person's own affair"


def test_of_several_assessments_each_goes_on_where_it_was(ann: Scene) -> None:
    refs = [ann.begin(organisation=name) for name in ("甲公司", "乙公司", "丙公司")]
    for ref, clause in zip(refs, ("1.2", "2.1", "2.10"), strict=True):
        ann.press(f"1:s:{ann.sheet(ref)}")
        ann.say("#1.1")
        ann.press(f"1:a:{ann.sheet(ref)}:1.1/veto:v0:0")
        ann.say(f"#{clause}")
        ann.say("80")
    ann.order("my")
    assert ann.labels[:3] == ["1. 丙公司", "2. 乙公司", "3. 甲公司"], "the last touched first"
    ann.tap("甲公司")
    ann.tap("button.go-on")
    assert ann.focus.sheet in ann.state(refs[0]).sheets
    assert ann.focus.question == "2.1/total"
    ann.order("my")
    ann.tap("丙公司")
    ann.tap("button.go-on")
    assert ann.focus.question == "1.2/total"
    assert [len(ann.answers(ref)) for ref in refs] == [2, 2, 2]
