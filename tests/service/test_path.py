"""The way to a grade: marks that last, plans from what one may see, one search a tap."""

import json

import pytest

from bot.domain.plan import planned
from bot.service import path
from bot.service.world import World
from bot.view import payload as p
from bot.view import places
from bot.view.path_places import (
    ConfirmUnwish,
    CostTap,
    PickRow,
    TryPlanTap,
    TryTap,
    UnwishTap,
    Way,
    WhatIf,
    WishCard,
    WishList,
    WishTap,
)
from tests.sampled import sampled
from tests.service.bench import admit, bench
from tests.service.scene import PANEL, SHOP, Scene, library, say
from tests.service.silver import ALL, rated

GOLD, SILVER = "金级", "银级"
NOT_ALLOWED = say("refusal.not-allowed")


def aimed(scene: Scene, ref: str, grade: str = "") -> str:
    scene.press(Way(ref, grade))
    return scene.text


def steps(scene: Scene) -> list[str]:
    """The rows of the plan shown."""
    return [line for line in scene.text.splitlines() if line.startswith("• ")]


def test_the_plan_is_the_cheapest_and_the_next_best_is_told(silver: Scene) -> None:
    ref = rated(silver)
    said = aimed(silver, ref)
    assert say("path.title", grade=GOLD) in said
    assert say("path.sum", cost=say("path.steps", cost="2"), n=2) in said
    assert say("path.outcome", now=SILVER, then=GOLD) in said
    assert say("path.total", dimension="总分", before="80", after="90", needed="90") in said
    assert [line.split("：")[1] for line in steps(silver)] == ["80% → 100%，+4 分，1 步", "80% → 100%，+6 分，1 步"]
    assert "3 提到 100%，不动 2.1" in said


def test_a_row_that_cannot_be_raised_is_gone_around(silver: Scene) -> None:
    ref = rated(silver)
    aimed(silver, ref)
    silver.tap("1.2")
    silver.tap("button.impossible")
    assert silver.reply.toast == say("line.impossible", clause="1.2")
    assert say("path.mark-now", mark=say("path.impossible")) in silver.text
    silver.tap("button.way")
    assert [line.split()[1] for line in steps(silver)] == ["2.1", "3"]
    assert say("path.with-marks", n=1) in silver.text
    silver.press(WishTap(ref, "1.2", 0))
    aimed(silver, ref)
    assert [line.split()[1] for line in steps(silver)] == ["1.2", "2.1"]


@pytest.mark.parametrize(
    ("typed", "shown"), [("3", "3"), ("１．５", "1.5"), ("3/2", "1.5"), ("1/3", "1/3"), ("0.05", "0.05")]
)
def test_a_cost_is_typed(silver: Scene, typed: str, shown: str) -> None:
    ref = rated(silver)
    silver.press(WishCard(ref, "2.1"))
    silver.say(typed)
    assert silver.top == say("line.costs", clause="2.1", cost=shown)
    assert say("path.mark-now", mark=say("path.cost-each", cost=shown)) in silver.text


def test_costs_change_the_plan_and_are_summed_exactly(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(WishCard(ref, "2.1"))
    silver.say("3")
    silver.press(WishCard(ref, "3"))
    silver.say("1/3")
    aimed(silver, ref)
    assert [line.split()[1] for line in steps(silver)] == ["1.2", "3"]
    assert say("path.cost", cost="4/3") in silver.text


NO_COSTS = ("0", "-1", "1e9", "101", "1/21", "一半", "1/0", "/2", "9" * 30)


@pytest.mark.parametrize("typed", sampled(NO_COSTS, every=3))
def test_what_is_no_cost_changes_nothing(silver: Scene, typed: str) -> None:
    ref = rated(silver)
    silver.press(CostTap(ref, "2.1", 5))
    silver.press(WishCard(ref, "2.1"))
    silver.say(typed)
    assert silver.top == say("refusal.cost-not-understood")
    assert say("path.mark-now", mark=say("path.cost-each", cost="5")) in silver.text


def test_a_cost_of_one_is_no_mark_and_twice_is_once(silver: Scene) -> None:
    ref = rated(silver)
    for _ in range(2):
        silver.press(CostTap(ref, "2.1", 5))
        silver.press(WishTap(ref, "3", 1))
    silver.press(WishList(ref))
    assert say("path.marks-title", n=2) in silver.text
    silver.press(CostTap(ref, "2.1", 1))
    silver.press(WishTap(ref, "3", 0))
    silver.press(WishTap(ref, "3", 0))
    silver.press(WishList(ref))
    assert say("path.marks-none") in silver.text


def test_marks_are_listed_each_removable_all_after_a_question(silver: Scene) -> None:
    ref = rated(silver)
    aimed(silver, ref)
    silver.tap("button.mark-other")
    silver.tap("2")
    silver.tap("2.10")
    silver.tap("button.impossible")
    silver.press(CostTap(ref, "1.2", 2))
    silver.tap("button.marks")
    assert [line.split()[1] for line in steps(silver)] == ["1.2", "2.10"]
    silver.tap("button.unmark-all")
    assert silver.labels == [say("button.keep-marks"), say("button.unmark-for-good")], "the safe choice first"
    silver.tap("button.unmark-for-good")
    assert silver.reply.toast == say("line.unmarked")
    silver.press(WishList(ref))
    assert say("path.marks-none") in silver.text


def test_marks_are_there_after_a_restart_and_are_nobody_elses(ann: Scene, world: World) -> None:
    at = bench(world)
    at.lead.press(WishTap(at.ref, "2.1", 1))
    at.one.press(CostTap(at.ref, "2.1", 3))
    again = World(world.store, world.library, world.clock)
    for who, mark in (("1001", say("path.impossible")), ("2002", say("path.cost-each", cost="3"))):
        scene = Scene(again, who)
        scene.press(WishCard(at.ref, "2.1"))
        assert say("path.mark-now", mark=mark) in scene.text
    at.two.press(WishCard(at.ref, "2.1"))
    assert say("path.mark-none") in at.two.text


def test_out_of_reach_is_proven_and_the_marks_can_be_freed(silver: Scene) -> None:
    ref = rated(silver)
    for row in ("2.1", "2.10", "3"):
        silver.press(WishTap(ref, row, 1, "gold"))
    aimed(silver, ref, "gold")
    assert say("path.none-title", grade=GOLD) in silver.text
    assert say("path.now", now=SILVER) in silver.text
    short = say("path.short-total", dimension="总分", actual="84", needed="90", lack="6")
    assert short in silver.text
    assert say("path.free-one", clauses="2.1、3") in silver.text
    silver.tap("2.1")
    silver.tap("button.impossible")
    silver.tap("button.way")
    assert say("path.title", grade=GOLD) in silver.text, "the aim was kept all the way"


def test_a_mark_can_never_be_too_much_by_rounding(silver: Scene) -> None:
    """89.9999… never reads 90: what is proven short is shown short."""
    ref = rated(silver)
    for row in ("1.2", "2.1", "2.10", "3"):
        silver.press(p.AnswerTap(silver.sheet(ref), f"{row}/total", "8999999/10000000", 1))
    for row in ("1.2", "2.1", "2.10", "3"):
        silver.press(WishTap(ref, row, 1))
    aimed(silver, ref, "gold")
    assert "89.99999，不到 90" in silver.text


def test_a_veto_a_refused_gate_and_deductions_bar_the_way(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(p.AnswerTap(silver.sheet(ref), "1.1/veto", "v1", 1))
    assert say("path.barred-veto", clause="1.1") in aimed(silver, ref)
    gated = silver.begin(PANEL)
    silver.press(p.GateTap(gated, "conformity", 0, 0))
    assert say("path.barred-gate", gate="符合性") in aimed(silver, gated)


def test_what_it_assumes_is_said(ann: Scene) -> None:
    ref = ann.begin(PANEL)
    said = aimed(ann, ref)
    standard = library().get(PANEL)
    assert standard
    asked = sum(len(rows) for rows in standard.weights.values())
    assert say("path.assumed-open", n=asked) in said
    assert say("outlook.gates") in said
    shop = ann.begin(SHOP)
    assert say("outlook.adjustments") in aimed(ann, shop)


def test_the_highest_has_nothing_above_it(silver: Scene) -> None:
    ref = rated(silver)
    for row in ("1.2", "2.1", "2.10", "3"):
        silver.press(p.AnswerTap(silver.sheet(ref), f"{row}/total", "1", 1))
    assert say("path.highest", grade=GOLD) in aimed(silver, ref)
    assert say("path.there") in aimed(silver, ref, "silver"), "what is reached needs nothing"


MADE_UP = ("1:tp:{ref}:fail", "1:tp:{ref}:zz", "1:ti:{ref}:9.9", "1:ti:{ref}:1.1", "1:tc:{ref}:2.1:4")


@pytest.mark.parametrize("payload", sampled(MADE_UP, every=2))
def test_what_is_made_up_does_nothing(silver: Scene, payload: str) -> None:
    ref = rated(silver)
    before = silver.text
    silver.press(payload.format(ref=ref))
    assert silver.reply.toast == say("line.gone")
    silver.press(WishList(ref))
    assert say("path.marks-none") in silver.text
    assert before


def test_a_viewer_plans_after_closing_alone(world: World) -> None:
    at = bench(world)
    for place in (Way(at.ref), WhatIf(at.ref), PickRow(at.ref), WishCard(at.ref, "2.1"), ConfirmUnwish(at.ref)):
        at.viewer.press(place)
        assert GOLD not in at.viewer.text
        assert say("result.with-closing") in at.viewer.text
    for tap in (WishTap(at.ref, "2.1", 1), CostTap(at.ref, "2.1", 2), UnwishTap(at.ref), TryPlanTap(at.ref, "gold")):
        assert at.viewer.press(tap).toast == NOT_ALLOWED
    with world.store.read() as unit:
        assert unit.drafts.wishes(at.viewer.person, at.viewer.of(at.ref).id) == {}


def test_a_blind_lead_plans_by_their_own_sheets_and_is_told(world: World) -> None:
    at = bench(world)
    at.rate(at.lead, ALL)
    at.lead.press(Way(at.ref))
    before = at.lead.text
    assert say("path.own-only") in before
    at.rate(at.one, [("1.1/veto", "v0"), ("1.2/total", "0"), ("2.1/total", "1"), ("2.10/total", "0"), ("3/total", "1")])
    at.submit(at.one)
    at.lead.press(Way(at.ref))
    assert at.lead.text == before
    at.submit(at.lead)
    at.lead.press(Way(at.ref))
    assert say("path.on-sheets", count=2) in at.lead.text
    assert say("path.seen-only") in at.lead.text, "the third is still hidden"


def test_one_search_a_tap(silver: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = rated(silver)
    searched: list[str] = []

    def counted(*args: object) -> object:
        searched.append(str(args[3]))
        return planned(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(path, "planned", counted)
    for payload in (Way(ref), Way(ref, "gold", 3), WishTap(ref, "2.1", 1), TryPlanTap(ref, "gold", "only")):
        searched.clear()
        silver.press(payload)
        assert len(searched) <= 1, payload
    assert searched == ["gold"]


def test_marks_are_in_no_record_no_result_no_file(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(places.Result(ref))
    before, entries, seen = silver.text, silver.entries(ref), _json(silver, ref)
    silver.press(WishTap(ref, "2.1", 1))
    silver.press(CostTap(ref, "3", 5))
    silver.press(places.Result(ref))
    assert (silver.text, silver.entries(ref), _json(silver, ref)) == (before, entries, seen)


def _json(scene: Scene, ref: str) -> str:
    """What a result is made of."""
    state = scene.state(ref)
    return json.dumps([repr(state.sheets), repr(state.decisions), state.seq], ensure_ascii=False)


def test_they_go_when_the_draft_is_deleted(silver: Scene) -> None:
    ref = rated(silver)
    inner = silver.of(ref).id
    silver.press(WishTap(ref, "2.1", 1))
    silver.press(TryPlanTap(ref, "gold", "only"))
    silver.press(p.DeleteTap(ref))
    with silver.world.store.read() as unit:
        assert unit.drafts.wishes(silver.person, inner) == {}
        assert unit.drafts.tries(silver.person, inner) == ()


def test_whoever_leaves_takes_theirs_along(world: World) -> None:
    at = bench(world)
    at.one.press(WishTap(at.ref, "2.1", 1))
    at.two.press(WishTap(at.ref, "2.1", 1))
    one, inner = at.one.person, at.lead.of(at.ref).id
    at.one.press(places.ConfirmLeave(at.ref))
    at.one.tap("button.leave-now")
    with world.store.read() as unit:
        assert unit.drafts.wishes(one, inner) == {}
        assert unit.drafts.wishes(at.two.person, inner) == {"2.1": None}


def test_who_is_forgotten_leaves_none_behind(world: World) -> None:
    at = bench(world)
    at.one.press(WishTap(at.ref, "2.1", 1))
    at.one.press(TryTap(at.sheet(at.one), "2.1/total", "1"))
    one, inner = at.one.person, at.lead.of(at.ref).id
    at.one.order("forget")
    at.one.tap("button.forget-me")
    at.one.tap("button.forget-for-good")
    with world.store.read() as unit:
        assert (unit.drafts.wishes(one, inner), unit.drafts.tries(one, inner)) == ({}, ())


def test_a_viewer_plans_and_tries_once_it_is_closed(silver: Scene) -> None:
    ref = rated(silver)
    viewer = Scene(silver.world, "4004")
    admit(silver, ref, viewer, "viewer")
    silver.press(places.NextOpen(silver.sheet(ref)))
    silver.press(p.CloseTap(ref, silver.state(ref).seq))
    assert silver.state(ref).closed
    viewer.press(WishTap(ref, "2.1", 1))
    aimed(viewer, ref)
    assert [line.split()[1] for line in steps(viewer)] == ["1.2", "3"]
    viewer.tap("button.try-plan")
    assert say("try.hold-closed") in viewer.text
    assert say("button.keep-tries", n=2) not in viewer.labels
