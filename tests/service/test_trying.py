"""Answers tried without saving them: what they would change, what is kept, whose they are."""

from fractions import Fraction

import pytest

from bot.domain import entries as e
from bot.domain.answers import Rated
from bot.service.world import World
from bot.view import payload as p
from bot.view import places
from bot.view.path_places import (
    AskTryReason,
    ConfirmDrop,
    ConfirmKeep,
    ConfirmPlan,
    DropTriesTap,
    KeepTriesTap,
    TryCard,
    TryDecisions,
    TryDecisionTap,
    TryPick,
    TryPlanTap,
    TrySheets,
    TryTap,
    UntryTap,
    WhatIf,
)
from bot.view.payload import Tap, decode
from bot.view.places import Place
from tests.domain.build import q
from tests.sampled import sampled
from tests.service.bench import Bench, bench
from tests.service.scene import PANEL, SHOP, Scene, say
from tests.service.silver import rated

GOLD, SILVER, BRONZE = "金级", "银级", "铜级"


def tried(scene: Scene, ref: str) -> list[str]:
    """The rows of the what-if screen."""
    scene.press(WhatIf(ref))
    return [line.removeprefix("• ") for line in scene.text.splitlines() if line.startswith("• ")]


def keeping(scene: Scene, ref: str) -> KeepTriesTap:
    """The tap under the list that is to be kept."""
    scene.press(ConfirmKeep(ref))
    found = [decode(b.payload) for row in scene.screen.rows for b in row]
    return next(tap for tap in found if isinstance(tap, KeepTriesTap))


def test_an_answer_is_tried_and_nothing_is_recorded(silver: Scene) -> None:
    ref = rated(silver)
    before = silver.entries(ref)
    silver.press(WhatIf(ref))
    assert say("try.none") in silver.text
    silver.tap("button.try-pick")
    silver.tap("2")
    silver.tap("2.1")
    silver.tap("至1 第5档")
    silver.tap("100%")
    assert silver.reply.toast == say("line.trying", clause="2.1", answer="100%")
    assert say("try.now", answer="80%") in silver.text
    assert say("try.tried", answer="100%") in silver.text
    silver.tap("button.try-all")
    assert tried(silver, ref) == ["2.1 【热线】：80% → 100%"]
    assert say("try.outcome-same", outcome=SILVER) in silver.text
    up = say("try.up") + say("try.by", amount="6")
    assert say("try.total", dimension="总分", before="80", after="86", moved=up) in silver.text
    silver.press(TryTap(silver.sheet(ref), "3/total", "1"))
    tried(silver, ref)
    assert say("try.outcome", before=SILVER, after=GOLD, moved=say("try.up")) in silver.text
    assert silver.entries(ref) == before
    silver.press(places.Result(ref))
    assert GOLD not in silver.top


def test_twice_is_once_and_the_same_as_it_is_is_none(silver: Scene) -> None:
    ref = rated(silver)
    for _ in range(2):
        silver.press(TryTap(silver.sheet(ref), "2.1/total", "1/2"))
    assert len(tried(silver, ref)) == 1
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "4/5"))
    assert silver.reply.toast == say("line.not-trying", clause="2.1")
    assert tried(silver, ref) == []
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1/2"))
    for _ in range(2):
        silver.press(UntryTap(silver.sheet(ref), "2.1/total"))
    assert tried(silver, ref) == []


@pytest.mark.parametrize(
    ("typed", "shown"), [("55", "55%"), ("15/30", "50%"), ("０．９", "90%"), ("一句话", ""), ("120", "")]
)
def test_a_rating_is_typed_and_other_texts_try_nothing(silver: Scene, typed: str, shown: str) -> None:
    ref = rated(silver)
    silver.press(TryCard(silver.sheet(ref), "2.1/total"))
    silver.say(typed)
    if shown:
        assert silver.top == say("line.trying", clause="2.1", answer=shown)
        assert say("try.tried", answer=shown) in silver.text
    else:
        assert silver.top in {say("line.try-no-rating"), say("refusal.out-of-range.ratio", typed="120", form="ratio")}
        assert tried(silver, ref) == []
    assert silver.notes(ref) == []


def test_what_may_mean_two_things_is_asked(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryCard(silver.sheet(ref), "2.1/total"))
    silver.say("1")
    assert say("line.which") in silver.text
    silver.tap("1% →")
    assert tried(silver, ref) == ["2.1 【热线】：80% → 1%"]


def test_a_veto_decides_at_once(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryCard(silver.sheet(ref), "1.1/veto"))
    silver.tap("有违法")
    silver.tap("button.try-all")
    assert say("try.outcome", before=SILVER, after="不予评级", moved=say("try.down")) in silver.text


def test_not_applicable_is_tried_with_its_reason_and_kept_with_it(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(TryCard(ann.sheet(ref), "5.2.2/total"))
    ann.tap("button.not-applicable")
    ann.say("没有门店")
    assert "不适用（没有门店）" in ann.text
    ann.press(keeping(ann, ref))
    assert ann.answers(ref) == [("5.2.2/total", "NotApplicable(reason='没有门店')")]


def test_while_open_it_is_bounds_that_move(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(TryTap(ann.sheet(ref), "3/total", "0"))
    tried(ann, ref)
    assert say("try.incomplete") not in ann.text, "with open questions that tells nothing"
    span = {"dimension": "总分", "before": say("try.from-to", least="0", most="100")}
    assert say("try.span", **span, after=say("try.from-to", least="0", most="60")) in ann.text
    before, after = say("try.from-to", least=BRONZE, most=GOLD), BRONZE
    assert say("try.bounds", before=before, after=after, moved=say("try.down")) in ann.text


def test_they_survive_a_restart(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1/3"))
    again = Scene(World(silver.world.store, silver.world.library, silver.world.clock))
    assert tried(again, ref) == ["2.1 【热线】：80% → 33.33%"]
    again.press(keeping(again, ref))
    assert again.answers(ref)[-1] == ("2.1/total", "1/3"), "as exact as it was tried"


# ------------------------------------------------------------ a plan


def test_a_plan_is_tried_kept_and_reaches_the_grade(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryPlanTap(ref, "gold"))
    assert silver.reply.toast == say("line.plan-tried", n=2)
    assert tried(silver, ref) == ["1.2 公开承诺：80% → 100%", "2.1 【热线】：80% → 100%"]
    assert say("try.outcome", before=SILVER, after=GOLD, moved=say("try.up")) in silver.text
    silver.press(keeping(silver, ref))
    assert silver.reply.toast == say("line.tries-kept", n=2)
    assert GOLD in silver.text, "and the result is shown"
    assert tried(silver, ref) == []


def test_with_other_tries_about_a_plan_asks(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.10/total", "0"))
    silver.press(TryPlanTap(ref, "gold"))
    assert type(decode(silver.focus.place)) is ConfirmPlan
    silver.tap("button.plan-also")
    assert len(tried(silver, ref)) == 3
    silver.press(TryPlanTap(ref, "gold", "only"))
    assert len(tried(silver, ref)) == 2
    assert silver.press(TryPlanTap(ref, "gold", "never")).toast == say("line.gone")


# ------------------------------------------------------------ keep or drop


def test_keeping_asks_with_the_list_and_records_ordinary_answers(silver: Scene) -> None:
    ref = rated(silver)
    for row, value in (("2.1", "1"), ("3", "1/2")):
        silver.press(TryTap(silver.sheet(ref), f"{row}/total", value))
    silver.press(WhatIf(ref))
    silver.tap(say("button.keep-tries", n=2))
    assert silver.labels[0] == say("button.try-on"), "the safe choice first"
    assert "2.1 【热线】：80% → 100%" in silver.text
    tap = keeping(silver, ref)
    for toast in (say("line.tries-kept", n=2), say("line.nothing-to-keep")):
        silver.press(tap)
        assert silver.reply.toast == toast
    given = [(one.question, one.body) for one in silver.entries(ref) if isinstance(one.body, e.AnswerGiven)][-2:]
    assert given == [
        (q("2.1"), e.AnswerGiven(Rated(Fraction(1), "ratio"))),
        (q("3"), e.AnswerGiven(Rated(Fraction(1, 2), "ratio"))),
    ]
    assert [one.revision for one in silver.entries(ref)][-2:] == [2, 2]


def test_an_old_list_asks_again(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1"))
    old = keeping(silver, ref)
    silver.press(TryTap(silver.sheet(ref), "3/total", "1"))
    before = silver.entries(ref)
    silver.press(old)
    assert silver.reply.toast == say("refusal.changed-meanwhile")
    assert silver.entries(ref) == before
    assert len(tried(silver, ref)) == 2


def test_what_changed_meanwhile_is_named_and_nothing_is_lost(silver: Scene) -> None:
    """On another device the rating was changed after it was tried: all or nothing."""
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1"))
    silver.press(TryTap(silver.sheet(ref), "3/total", "1"))
    tap = keeping(silver, ref)
    silver.press(p.AnswerTap(silver.sheet(ref), "3/total", "1/2", 1))
    before = silver.entries(ref)
    silver.press(tap)
    assert silver.reply.toast == say("line.tries-changed", clauses="3")
    assert silver.entries(ref) == before, "not even the one that did not change"
    assert say("try.keep-stale", n=1) in silver.text
    assert tried(silver, ref)[1].endswith(say("try.stale"))
    silver.press(ConfirmKeep(ref))
    silver.tap("3")
    silver.press(TryTap(silver.sheet(ref), "3/total", "1"))
    silver.press(keeping(silver, ref))
    assert silver.reply.toast == say("line.tries-kept", n=2)


def test_what_was_answered_so_meanwhile_is_tried_no_more(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1"))
    silver.press(p.AnswerTap(silver.sheet(ref), "2.1/total", "1", 1))
    assert tried(silver, ref) == []


def test_dropping_asks_only_where_there_is_more_than_one(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", "1"))
    silver.press(DropTriesTap(ref))
    assert silver.reply.toast == say("line.tries-dropped")
    for row in ("2.1", "3"):
        silver.press(TryTap(silver.sheet(ref), f"{row}/total", "1"))
    silver.press(WhatIf(ref))
    silver.tap("button.drop-tries")
    assert type(decode(silver.focus.place)) is ConfirmDrop
    assert silver.labels[0] == say("button.try-on")
    assert len(tried(silver, ref)) == 2
    silver.press(DropTriesTap(ref, 1))
    assert tried(silver, ref) == []


# ------------------------------------------------------------ whose, and when


def test_a_closed_assessment_is_tried_and_never_kept(ann: Scene) -> None:
    ref = ann.closed()
    before = ann.entries(ref)
    ann.press(TryTap(ann.sheet(ref), "2.1/total", "1"))
    assert say("try.hold-closed") in ann.text
    assert tried(ann, ref) == ["2.1 【热线】：80% → 100%"]
    assert say("try.hold-closed") in ann.text
    assert say("button.keep-tries", n=1) not in ann.labels
    ann.press(ConfirmKeep(ref))
    assert ann.labels == [say("button.try-on")]
    ann.press(KeepTriesTap(ref, "00000000"))
    assert ann.reply.toast == say("line.nothing-to-keep")
    assert ann.entries(ref) == before


def test_on_anothers_sheet_one_tries_and_cannot_keep(done: Bench) -> None:
    ref = done.sheet(done.one)
    before = done.lead.entries(done.ref)
    done.lead.press(TryTap(ref, "2.1/total", "1"))
    assert say("try.hold-others") in done.lead.text
    assert len(tried(done.lead, done.ref)) == 1
    done.lead.press(KeepTriesTap(done.ref, "00000000"))
    assert done.lead.entries(done.ref) == before
    done.lead.press(TrySheets(done.ref))
    assert len([label for label in done.lead.labels if "示例员" in label]) == 2
    done.one.press(WhatIf(done.ref))
    assert say("try.none") in done.one.text, "what the lead tries is nobody else's"


def test_ones_own_submitted_sheet_needs_the_leads_word(done: Bench) -> None:
    done.one.press(TryTap(done.sheet(done.one), "2.1/total", "1"))
    assert say("try.hold-submitted") in done.one.text
    done.lead.press(places.AskReconsider(done.ref, done.sheet(done.one), "2.1/total"))
    done.lead.say("再看一遍")
    done.one.press(keeping(done.one, done.ref))
    assert done.one.reply.toast == say("line.tries-kept", n=1)
    assert done.state_of(done.one).given[q("2.1")].answer == Rated(Fraction(1), "ratio")


@pytest.mark.parametrize("kind", sampled(["pick", "card", "tap", "untry", "reason"], every=2))
def test_a_sheet_that_is_hidden_is_unknown(done: Bench, kind: str) -> None:
    """The second assessor's is not submitted; the first sees no other's."""
    for someone, hidden in (
        (done.lead, done.sheet(done.two)),
        (done.one, done.sheet(done.lead)),
        (done.viewer, done.sheet(done.one)),
    ):
        asked: dict[str, Place | Tap] = {
            "pick": TryPick(hidden),
            "card": TryCard(hidden, "2.1/total"),
            "tap": TryTap(hidden, "2.1/total", "1"),
            "untry": UntryTap(hidden, "2.1/total"),
            "reason": AskTryReason(hidden, "2.1/total"),
        }
        assert someone.press(asked[kind]).toast == say("refusal.unknown-assessment")


MADE_UP = ("9.9/total:1", "2.1/veto:v0", "1.1/veto:1", "2.1/total:1e999999999", "2.1/total:1/0", "2.1/total:v1")


@pytest.mark.parametrize("forged", sampled(MADE_UP, every=3))
def test_a_forged_value_tries_nothing(silver: Scene, forged: str) -> None:
    ref = rated(silver)
    assert silver.press(f"1:ta:{silver.sheet(ref)}:{forged}").toast == say("line.gone")
    assert tried(silver, ref) == []


@pytest.mark.parametrize("value", ["2", "l3", "101/100"])
def test_what_cannot_be_a_rating_here_is_refused(silver: Scene, value: str) -> None:
    ref = rated(silver)
    silver.press(TryTap(silver.sheet(ref), "2.1/total", value))
    assert silver.reply.toast.startswith(say("refusal.out-of-range.ratio", typed="", form="ratio")[:2])
    assert tried(silver, ref) == []


# ------------------------------------------------------------ decisions


def test_a_gate_is_tried_by_the_lead_and_never_kept(ann: Scene) -> None:
    ref = ann.begin(PANEL)
    ann.press(TryDecisions(ref))
    ann.tap(say("try.gate-refused"))
    assert ann.reply.toast == say("line.decision-tried")
    assert "符合性：未定 → 不满足" in tried(ann, ref)
    assert say("try.hold-decisions") in ann.text
    assert not ann.state(ref).gates
    ann.press(TryDecisionTap(ref, "conformity", "no"))
    assert tried(ann, ref) == []


def test_deductions_and_bonus_are_tried(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(TryDecisionTap(ref, "deductions", "5"))
    ann.press(TryDecisionTap(ref, "bonus", "1"))
    assert tried(ann, ref) == ["特别扣分（项）：未定 → 5", "加分：未定 → 1"]
    for what, value in (("deductions", "x"), ("bonus", "7"), ("gate", "1"), ("deductions", "1000")):
        assert ann.press(TryDecisionTap(ref, what, value)).toast == say("line.gone")
    assert len(tried(ann, ref)) == 2


def test_who_does_not_lead_tries_no_decision(world: World) -> None:
    at = bench(world, PANEL, "service+management")
    assert at.one.press(TryDecisionTap(at.ref, "conformity", "0")).toast == say("refusal.not-allowed")
    at.one.press(WhatIf(at.ref))
    assert say("button.try-decisions") not in at.one.labels
    at.one.press(TryDecisions(at.ref))
    assert say("try.decisions-title") not in at.one.text
