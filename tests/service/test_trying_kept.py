"""What is said before tried answers are kept, or make room for a plan: of what is recorded, and of nothing else."""

from bot.view.path_places import ConfirmKeep, ConfirmPlan, TryDecisionTap, TryPlanTap, TryTap, Way, WhatIf
from bot.view.payload import decode
from tests.service.bench import Bench
from tests.service.scene import SHOP, SITES, Scene, say
from tests.service.silver import rated


def test_the_effect_before_keeping_is_that_of_what_is_kept(done: Bench) -> None:
    """On another's sheet more is tried, and cannot be kept: the total that is promised leaves it out."""
    ref = done.sheet(done.one)
    done.lead.press(TryTap(ref, "2.1/total", "1"))
    done.lead.press(ConfirmKeep(done.ref))
    assert say("try.up") not in done.lead.text
    done.one.press(TryTap(ref, "2.1/total", "1"))
    done.one.press(ConfirmKeep(done.ref))
    assert say("line.nothing-to-keep") in done.one.text


def test_tried_decisions_are_not_kept_and_not_counted_in(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.fill("80")
    sheet = ann.sheet(ref)
    ann.press(TryTap(sheet, "5.2.3/total", "1"))
    ann.press(ConfirmKeep(ref))
    alone = ann.text
    ann.press(TryDecisionTap(ref, "deductions", "5"))
    ann.press(WhatIf(ref))
    assert say("try.hold-decisions") in ann.text
    ann.press(ConfirmKeep(ref))
    assert ann.text == alone + "\n" + say("try.keep-left", n=1)


def test_a_plan_beside_other_tries_says_what_it_drops_and_leads_back(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "3/total", "1/2"))
    silver.press(TryPlanTap(ref, "gold"))
    assert decode(silver.focus.place) == ConfirmPlan(ref, "gold")
    assert say("try.plan-means", only=say("button.plan-only")) in silver.text
    silver.tap("button.cancel")
    assert decode(silver.focus.place) == Way(ref, "gold")


def test_decisions_are_listed_in_one_order_however_they_were_tapped(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    for what, value in (("bonus", "1"), ("deductions", "2"), ("bonus", "0"), ("deductions", "1")):
        ann.press(TryDecisionTap(ref, what, value))
    ann.press(WhatIf(ref))
    assert ann.text.index(say("try.decision-deductions")) < ann.text.index(f"• {say('try.decision-bonus')}")


def test_a_plan_says_for_how_much_of_it_there_is_no_sheet_yet(ann: Scene) -> None:
    """Of a sampled standard the first sheet covers one dimension: the rest of the plan cannot be tried."""
    ref = ann.begin(SITES)
    ann.press(TryPlanTap(ref, ""))
    toast = ann.reply.toast
    rows = [line for line in ann.text.splitlines() if line.startswith("• ")]
    assert toast == say("line.plan-partly", n=len(rows), left=2)
