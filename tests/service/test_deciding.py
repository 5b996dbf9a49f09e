"""What is agreed once for the whole assessment: gates, deductions, bonus, the counts beside a question."""

from fractions import Fraction

import pytest

from bot.domain.entries import BonusDecided, Closed, FindingsDecided, GateDecided, MeasureSet
from bot.view import payload as p
from bot.view import places
from tests.service.scene import PANEL, SHOP, SITES, Scene, say


def decided(scene: Scene, ref: str) -> list[object]:
    kinds = (GateDecided, FindingsDecided, BonusDecided, MeasureSet)
    return [entry.body for entry in scene.entries(ref) if isinstance(entry.body, kinds)]


def test_a_gate_is_decided_once_and_may_be_changed(ann: Scene) -> None:
    ref = ann.begin(PANEL)
    ann.press(places.GateCard(ref, "conformity"))
    assert "组织守法并通过审查" in ann.text
    tap = ann.button("是的，符合").payload
    assert ann.tap("是的，符合").toast
    assert decided(ann, ref) == [GateDecided("conformity", met=True)]
    assert ann.press(tap).toast, "again is no new decision"
    assert len(decided(ann, ref)) == 1
    assert ann.press(p.GateTap(ref, "conformity", 0, 0)).toast == say("refusal.changed-meanwhile")
    assert len(decided(ann, ref)) == 1
    ann.press(p.GateTap(ref, "conformity", 0, 1))
    assert decided(ann, ref)[-1] == GateDecided("conformity", met=False)


def test_a_gate_that_there_is_not(ann: Scene) -> None:
    ref = ann.begin(PANEL)
    assert ann.press(p.GateTap(ref, "nothing", 1, 0)).toast == say("line.gone")
    assert ann.press(places.GateCard(ref, "nothing")).toast == say("line.gone")
    assert decided(ann, ref) == []


def test_findings_are_added_taken_off_and_agreed_to_be_none(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(places.FindingsCard(ref))
    for text in ("投诉三次未回", "第二项"):
        ann.tap("button.add-finding")
        ann.say("\u200b")
        assert ann.top == say("refusal.text-empty")
        ann.say(text)
    assert decided(ann, ref)[-1] == FindingsDecided(("投诉三次未回", "第二项"))
    drop = ann.button(say("button.drop-finding", n=1)).payload
    ann.press(drop)
    ann.tap("button.withdraw-why")
    ann.say("已核实，不是投诉")
    assert decided(ann, ref)[-1] == FindingsDecided(("第二项",))
    assert ann.focus.place == f"1:H:{ref}", "back to the card of deductions"
    ann.press(drop)
    assert say("button.withdraw-why") not in ann.labels, "it stands no more"
    assert ann.press(p.NoFindingsTap(ref, 0)).toast == say("refusal.changed-meanwhile")
    assert len(decided(ann, ref)) == 3


def test_the_finding_that_a_message_gave_is_revised_each_time(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    messages = []
    for text in ("甲", "乙"):
        ann.press(places.AskFinding(ref))
        messages.append(ann.say(text))
    for text in ("甲改", "甲再改", " 甲再改 "):
        ann.edit(messages[0], text)
    assert ann.top == say("line.unchanged")
    assert decided(ann, ref)[-1] == FindingsDecided(("甲再改", "乙"))
    ann.edit(messages[1], "乙改")
    assert decided(ann, ref)[-1] == FindingsDecided(("甲再改", "乙改"))
    ann.press(places.AskWithdraw(ref, next(iter(ann.state(ref).found))))
    ann.say("重复")
    assert decided(ann, ref)[-1] == FindingsDecided(("乙改",))
    ann.edit(messages[0], "甲又来")
    assert ann.top == say("refusal.nothing-to-revise")


def test_a_bonus_needs_its_reason(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(places.BonusCard(ref))
    ann.press(p.NoBonusTap(ref, 0))
    assert decided(ann, ref) == [BonusDecided(Fraction(0), "")]
    ann.press(places.AskBonusReason(ref, "1"))
    ann.say("\u200b")
    assert len(decided(ann, ref)) == 1
    message = ann.say("省级奖项")
    ann.edit(message, "国家级奖项")
    assert ann.top == say("line.decision-revised")
    bonus = ann.state(ref).bonus
    assert bonus
    assert (bonus.value, bonus.reason, bonus.revision) == (Fraction(1), "国家级奖项", 3)
    assert ann.press(p.NoBonusTap(ref, 1)).toast == say("refusal.changed-meanwhile")
    assert ann.press(places.AskBonusReason(ref, "1e999999")).toast == say("line.gone")
    assert ann.press(places.AskBonusReason(ref, "0")).toast == say("line.gone")


def test_the_counts_of_a_measure_stand_beside_their_question(ann: Scene) -> None:
    ref = ann.begin(SITES)
    ann.press(places.AskMeasure(ann.sheet(ref), "2.1/management", "A"))
    ann.say("2026-10 51/50")
    assert ann.state(ref).measures == {}
    message = ann.say("2026年10月 48/50")
    assert decided(ann, ref) == [MeasureSet("A", "2026-10", 48, 50)]
    assert ann.focus.question == "2.1/management"
    ann.edit(message, "2026-10 40 50")
    assert decided(ann, ref)[-1] == MeasureSet("A", "2026-10", 40, 50)
    ann.edit(message, "很多")
    assert len(decided(ann, ref)) == 2
    assert ann.press(places.AskMeasure(ann.sheet(ref), "2.1/management", "Z")).toast == say("line.gone")


@pytest.mark.parametrize("place", [places.FindingsCard, places.AskFinding, places.BonusCard, places.AskPopulation])
def test_what_a_standard_does_not_have_is_not_asked(place: type[places.FindingsCard], ann: Scene) -> None:
    ref = ann.begin()
    assert ann.press(place(ref)).toast == say("line.gone")
    assert ann.focus.question == "1.1/veto"


def test_a_shop_from_its_first_question_to_a_grade(ann: Scene) -> None:
    """Everything that is to be decided comes up by itself; closing waits for it."""
    ref = ann.begin(SHOP)
    ann.fill("80")
    assert ann.focus.place == f"1:H:{ref}"
    reply = ann.press(p.CloseTap(ref, ann.of(ref).seq))
    assert reply.alert
    assert reply.toast == say("refusal.cannot-close", open=2)
    ann.press(places.FindingsCard(ref))
    ann.tap("button.no-findings")
    assert ann.focus.place == f"1:J:{ref}"
    ann.press(p.NoBonusTap(ref, 0))
    assert ann.focus.place == f"1:k:{ann.sheet(ref)}"
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    assert ann.state(ref).closed == Closed("plain", {"total": "80"})
