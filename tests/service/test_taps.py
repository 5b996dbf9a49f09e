"""What buttons do: answers and what goes with them."""

import pytest

from bot.domain.entries import Flagged, Postponed
from bot.view.payload import AnswerTap
from bot.view.places import Card, Check, NextOpen, SectionRows
from bot.words import Words
from tests.service.scene import PANEL, SHOP, SITES, Scene, say


def test_a_band_is_no_rating_and_a_value_in_it_is(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("没有违法")
    ann.tap("至0.8 第4档")
    assert ann.answers(ref) == [("1.1/veto", "Veto(raised=False)")]
    assert "做到第4档" in ann.text
    reply = ann.tap("75%")
    assert ann.answers(ref)[-1] == ("1.2/total", "3/4")
    assert "1.2" in reply.toast
    assert "75% → 15/20" in reply.toast
    assert ann.focus.question == "2.1/total", "on to the next open question"


@pytest.mark.parametrize(
    ("scheme", "question", "label", "kept"),
    [
        (PANEL, "M.1/management", "3级", ("M.1/management", "3/5")),
        (PANEL, "S.1.1/service", "α 0.70", ("S.1.1/service", "7/10")),
        (SITES, "1.2/management", "5级", ("1.2/management", "1")),
    ],
)
def test_levels_and_alphas(scheme: str, question: str, label: str, kept: tuple[str, str], ann: Scene) -> None:
    ref = ann.begin(scheme)
    ann.press(Card(ann.sheet(ref), question, "b3"))
    ann.tap(label)
    assert ann.answers(ref) == [kept]


def test_a_double_tap_is_one_answer(ann: Scene) -> None:
    ref = ann.begin()
    tap = AnswerTap(ann.sheet(ref), "2.1/total", "3/4", 0)
    ann.press(tap)
    stands = ann.focus.place
    again = ann.press(tap).toast
    assert again.startswith(say("line.already-saved", clause="2.1", answer="75%"))
    assert ann.answers(ref) == [("2.1/total", "3/4")]
    assert ann.focus.place == stands


def test_a_card_that_is_out_of_date_overwrites_nothing(ann: Scene) -> None:
    ref = ann.begin()
    sheet = ann.sheet(ref)
    ann.press(AnswerTap(sheet, "2.1/total", "3/4", 0))
    ann.press(AnswerTap(sheet, "2.1/total", "1/2", 1))
    reply = ann.press(AnswerTap(sheet, "2.1/total", "1", 0))
    assert reply.toast == say("refusal.changed-meanwhile")
    assert ann.answers(ref) == [("2.1/total", "3/4"), ("2.1/total", "1/2")]
    assert "50%" in ann.text, "the card as it is now"
    assert ann.focus.question == "2.1/total"
    ann.press(AnswerTap(sheet, "2.1/total", "3/4", 0))
    assert len(ann.answers(ref)) == 2, "a client that sends A, B, A again does not flip back"


def test_later_comes_last_in_clause_order(ann: Scene) -> None:
    ref = ann.begin()
    assert ann.tap("button.later").toast == say("line.postponed", clause="1.1")
    assert ann.focus.question == "1.2/total"
    ann.tap("button.later")
    assert ann.focus.question == "2.1/total"
    ann.say("80")
    ann.press(SectionRows(ann.sheet(ref), "1"))
    assert ann.text.count(say("sections.later")) == 2
    ann.press(NextOpen(ann.sheet(ref)))
    assert ann.focus.question == "2.10/total"
    ann.say("80")
    ann.say("80")
    assert ann.focus.question == "1.1/veto", "only those put off are left"
    ann.tap("没有违法")
    assert ann.focus.question == "1.2/total"
    ann.say("80")
    assert ann.focus.place == f"1:k:{ann.sheet(ref)}"
    assert not any(sheet.later for sheet in ann.state(ref).sheets.values())


def test_later_may_be_taken_back(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("button.later")
    ann.say("#1.1")
    assert ann.tap("button.not-later").toast == say("line.not-postponed", clause="1.1")
    assert ann.focus.question == "1.1/veto"
    ann.press(f"1:p:{ann.sheet(ref)}:1.1/veto:0")
    assert [entry.body for entry in ann.entries(ref)[2:]] == [Postponed(on=True), Postponed(on=False)]


def test_the_next_question_is_the_next_in_order_then_from_the_start(ann: Scene) -> None:
    ann.begin()
    ann.say("#2.10")
    ann.say("80")
    assert ann.focus.question == "3/total"
    ann.say("80")
    assert ann.focus.question == "1.1/veto"


def test_a_flag(ann: Scene) -> None:
    ref = ann.begin()
    assert ann.tap("button.flag").toast == say("line.flagged", clause="1.1")
    assert say("card.flagged") in ann.text
    ann.press(f"1:f:{ann.sheet(ref)}:1.1/veto:1")
    ann.press(Check(ann.sheet(ref), "flagged"))
    assert ann.labels[0] == "1.1"
    ann.tap("1.1")
    assert ann.tap("button.unflag").toast == say("line.unflagged", clause="1.1")
    assert [entry.body for entry in ann.entries(ref)[2:]] == [Flagged(on=True), Flagged(on=False)]
    ann.press(Check(ann.sheet(ref), "flagged"))
    assert say("check.none") in ann.text


def test_a_veto_is_raised_by_its_button_and_may_end_it(ann: Scene) -> None:
    ref = ann.begin()
    ann.tap("有违法")
    assert ann.answers(ref) == [("1.1/veto", "Veto(raised=True)")]
    assert ann.focus.place == f"1:k:{ann.sheet(ref)}", "straight to the check"
    assert "不予评级" in ann.text
    assert say("button.close") in ann.labels
    ann.tap("button.go-on")
    assert ann.focus.question == "1.2/total"


def test_language_and_zone_are_the_persons_own(ann: Scene, bo: Scene) -> None:
    bo.begin()
    ref = ann.begin()
    assert ann.press("1:L:en").toast == Words.of("en").say("line.language-set")
    assert ann.press("1:Z:America/New_York").toast
    assert "New York" in ann.text
    ann.press(f"1:q:{ann.sheet(ref)}:1.1/veto")
    assert "How is lawfulness done?" in ann.text
    ann.say("50")
    bo.say("#2.1")
    assert "如何做热线？" in bo.text


def test_times_are_shown_in_the_persons_zone(ann: Scene) -> None:
    ref = ann.closed()
    assert "20:0" in ann.head(ref)
    ann.press("1:Z:America/New_York")
    assert "07:0" in ann.head(ref)


def test_the_waiting_text_is_dropped_only_when_told(ann: Scene) -> None:
    ref = ann.begin()
    assert ann.press("1:b:1").toast == say("line.nothing-waits")
    ann.say("第一段")
    ann.say("第二段")
    assert [item.text for item in ann.focus.pending] == ["第一段", "第二段"]
    assert ann.tap("button.drop-text").toast == say("line.dropped", n=2)
    assert ann.focus.pending == ()
    assert ann.notes(ref) == []


def test_what_cannot_be_saved_any_more_keeps_waiting(ann: Scene) -> None:
    """Texts of two assessments; the second was closed meanwhile, elsewhere."""
    first = ann.begin()
    ann.say("第一份的")
    second = ann.begin()
    ann.say("第二份的")
    pending = ann.focus.pending
    assert [item.text for item in pending] == ["第一份的", "第二份的"]
    ann.fill()
    ann.press(f"1:C:{second}:{ann.of(second).seq}")
    ann.press(f"1:q:{ann.sheet(first)}:2.1/total")
    reply = ann.press("1:b:1")
    assert reply.toast.splitlines()[-1] == say("refusal.assessment-closed")
    assert "1.1" in reply.toast.splitlines()[0]
    assert ann.notes(first) == ["第一份的"]
    assert [item.text for item in ann.focus.pending] == ["第二份的"]


def test_not_applicable_needs_a_reason_and_a_rule(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.tap("button.not-applicable")
    assert ann.answers(ref) == []
    ann.say("\u200b")
    assert ann.answers(ref) == []
    assert ann.focus.expects == "na-reason"
    ann.say("不送货")
    assert "不适用（不送货）" in ann.top
    assert ann.answers(ref) == [("5.2.1/total", "NotApplicable(reason='不送货')")]
    assert ann.focus.question == "5.2.2/total"
    ann.press(f"1:y:{ann.sheet(ref)}:5.2.3/total")
    ann.say("不想答")
    assert ann.top == say("refusal.na-not-allowed")
    assert len(ann.answers(ref)) == 1
