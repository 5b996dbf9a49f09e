"""What the lead decides for the whole assessment: head, gates, deductions, bonus, closing, erasing."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Rated
from bot.domain.interview import Actor, Drafts, decide
from bot.domain.refusals import (
    CannotClose,
    ChangedMeanwhile,
    NotAllowed,
    OutOfRange,
    ReasonMissing,
    Refused,
    SheetsOpen,
    TextEmpty,
    TextTooLong,
)
from bot.domain.scheme import VETO, Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import KEPT, RAISED, F, entry, q, shop, sites, stars

LEAD = Actor("p1", "lead")
LONG = "x" * 10_001


def opened(scheme: Scheme, *entries: e.Entry) -> AssessmentState:
    """One person, one sheet over everything, then the entries (their numbers from 3 on)."""
    head = entry(1, e.Created(scheme.id, "self", "甲公司"), sheet="")
    return fold(AssessmentState(), [head, entry(2, e.SheetOpened("", tuple(scheme.dimensions))), *entries])


def answered(scheme: Scheme, value: str, *, sheet: str = "s1", without: str = "") -> list[e.Entry]:
    """The same rating everywhere save `without`; no veto raised."""
    return [
        entry(
            10 + n,
            e.AnswerGiven(KEPT if ask.dimension == VETO else Rated(F(value), scheme.scale_of(ask).kind)),
            question=str(ask),
            sheet=sheet,
        )
        for n, ask in enumerate(scheme.questions)
        if str(ask) != without
    ]


def only(drafts: Drafts) -> e.Draft:
    assert len(drafts) == 1
    return drafts[0]


def refused(scheme: Scheme, state: AssessmentState, command: c.Command) -> type[Refused]:
    with pytest.raises(Refused) as found:
        decide(scheme, state, LEAD, command)
    return type(found.value)


# ------------------------------------------------------------ head


@pytest.mark.parametrize("field", e.HEADER_FIELDS)
def test_a_field_of_the_head(field: e.HeaderField) -> None:
    state = opened(stars())
    assert only(decide(stars(), state, LEAD, c.SetHeader(field, " 乙\n公司\u202e "))) == e.Draft(
        e.HeaderSet(field, "乙 公司")
    )
    held = fold(state, [entry(3, e.HeaderSet(field, "乙"))])
    assert decide(stars(), held, LEAD, c.SetHeader(field, "乙 ")) == ()
    limit = 200 if field in {"name", "organisation"} else 10_000
    assert only(decide(stars(), state, LEAD, c.SetHeader(field, "x" * limit))).body == e.HeaderSet(field, "x" * limit)
    assert refused(stars(), state, c.SetHeader(field, "x" * (limit + 1))) is TextTooLong
    assert refused(stars(), state, c.SetHeader(field, "\u200b")) is TextEmpty


def test_a_field_may_be_emptied_but_never_the_organisation() -> None:
    state = opened(stars(), entry(3, e.HeaderSet("scope", "维修")))
    assert only(decide(stars(), state, LEAD, c.SetHeader("scope", " "))).body == e.HeaderSet("scope", "")
    assert decide(stars(), state, LEAD, c.SetHeader("sites", "")) == ()
    assert refused(stars(), state, c.SetHeader("organisation", " ")) is TextEmpty


# ------------------------------------------------------------ decisions


def test_a_gate_is_decided_and_decided_anew() -> None:
    state = opened(sites())
    yes, no = c.DecideGate("conformity", met=True, revision=0), c.DecideGate("conformity", met=False, revision=0)
    assert only(decide(sites(), state, LEAD, no)) == e.Draft(e.GateDecided("conformity", met=False), revision=1)
    held = fold(state, [entry(3, e.GateDecided("conformity", met=False), revision=1)])
    assert decide(sites(), held, LEAD, no) == ()
    assert refused(sites(), held, yes) is ChangedMeanwhile
    for revision in (1, None):
        assert only(decide(sites(), held, LEAD, replace(yes, revision=revision))).revision == 2
    assert refused(sites(), state, replace(yes, gate="lawfulness")) is NotAllowed
    assert refused(stars(), opened(stars()), yes) is NotAllowed


def test_findings_are_agreed_as_a_list() -> None:
    state = opened(shop())
    two = c.DecideFindings((" 投诉\x00未答复", "虚假宣传"), 0)
    assert only(decide(shop(), state, LEAD, two)) == e.Draft(e.FindingsDecided(("投诉未答复", "虚假宣传")), revision=1)
    assert only(decide(shop(), state, LEAD, c.DecideFindings(()))).body == e.FindingsDecided(())
    held = fold(state, [entry(3, e.FindingsDecided(("投诉未答复", "虚假宣传")), revision=1)])
    assert decide(shop(), held, LEAD, two) == ()
    assert refused(shop(), held, c.DecideFindings((), 0)) is ChangedMeanwhile
    assert only(decide(shop(), held, LEAD, c.DecideFindings((), 1))).revision == 2
    assert refused(shop(), state, c.DecideFindings(("投诉", " "))) is TextEmpty
    assert refused(shop(), state, c.DecideFindings((LONG,))) is TextTooLong


def test_a_bonus_has_one_of_its_values_and_a_reason() -> None:
    state = opened(shop())
    one = c.DecideBonus(F(1), " 获奖 ", 0)
    assert only(decide(shop(), state, LEAD, one)) == e.Draft(e.BonusDecided(F(1), "获奖"), revision=1)
    assert only(decide(shop(), state, LEAD, c.DecideBonus(F(0), ""))).body == e.BonusDecided(F(0), "")
    assert refused(shop(), state, c.DecideBonus(F(1), " ")) is ReasonMissing
    assert refused(shop(), state, c.DecideBonus(F(1), "\u200b")) is TextEmpty
    assert refused(shop(), state, c.DecideBonus(F(0), LONG)) is TextTooLong
    for wrong in ("0.5", "2", "-1"):
        with pytest.raises(OutOfRange) as found:
            decide(shop(), state, LEAD, c.DecideBonus(F(wrong), "获奖"))
        assert found.value.params == {"typed": str(F(wrong)), "form": "bonus"}


def test_a_bonus_is_decided_anew_when_value_or_reason_changes() -> None:
    held = opened(shop(), entry(3, e.BonusDecided(F(1), "获奖"), revision=1))
    assert decide(shop(), held, LEAD, c.DecideBonus(F(1), "获奖 ", 0)) == ()
    assert only(decide(shop(), held, LEAD, c.DecideBonus(F(1), "获国家奖", 1))).body == e.BonusDecided(F(1), "获国家奖")
    assert only(decide(shop(), held, LEAD, c.DecideBonus(F(0), "获奖", 1))).revision == 2
    assert refused(shop(), held, c.DecideBonus(F(1), "获国家奖", 0)) is ChangedMeanwhile


def test_adjustments_that_the_standard_lacks() -> None:
    rules = shop().adjustments
    assert rules
    only_bonus = replace(shop(), adjustments=replace(rules, deductions=None))
    only_deductions = replace(shop(), adjustments=replace(rules, bonus=None))
    for scheme in (stars(), only_bonus):
        assert refused(scheme, opened(scheme), c.DecideFindings(())) is NotAllowed
    for scheme in (stars(), only_deductions):
        assert refused(scheme, opened(scheme), c.DecideBonus(F(0), "")) is OutOfRange


# ------------------------------------------------------------ closing


def test_closing_submits_ones_own_sheets_and_keeps_exact_totals() -> None:
    state = opened(sites(), entry(3, e.GateDecided("conformity", met=True)), *answered(sites(), "4/5"))
    assert decide(sites(), state, LEAD, c.Close()) == (
        e.Draft(e.SheetSubmitted(), "s1"),
        e.Draft(e.Closed("four", {"management": "80", "service": "80"})),
    )
    third = opened(stars(), *answered(stars(), "2/3"))
    closed = decide(stars(), third, LEAD, c.Close())[-1].body
    assert closed == e.Closed("bronze", {"total": "200/3"})


def test_a_submitted_sheet_is_not_submitted_again_and_one_set_aside_does_not_count() -> None:
    state = opened(
        stars(),
        *answered(stars(), "0.9"),
        entry(30, e.SheetSubmitted()),
        entry(31, e.SheetOpened("", ("total",)), sheet="s2", person="p2"),
        entry(32, e.SheetSetAside("已离开"), sheet="s2"),
    )
    assert decide(stars(), state, LEAD, c.Close()) == (e.Draft(e.Closed("gold", {"total": "90"})),)


def test_others_sheets_are_submitted_or_set_aside_first() -> None:
    state = opened(
        stars(), *answered(stars(), "0.9"), entry(30, e.SheetOpened("", ("total",)), sheet="s2", person="p2")
    )
    with pytest.raises(SheetsOpen) as found:
        decide(stars(), state, LEAD, c.Close())
    assert found.value.params == {"open": 1}
    theirs = fold(state, [*answered(stars(), "0.7", sheet="s2"), entry(50, e.SheetSubmitted(), sheet="s2")])
    assert decide(stars(), theirs, LEAD, c.Close())[-1].body == e.Closed("silver", {"total": "80"})


def test_closing_needs_every_answer_and_decision() -> None:
    for without in map(str, stars().questions):
        state = opened(stars(), *answered(stars(), "1", without=without))
        assert refused(stars(), state, c.Close()) is CannotClose
    with pytest.raises(CannotClose) as found:
        decide(shop(), opened(shop(), *answered(shop(), "1", without="2.1/total")), LEAD, c.Close())
    assert found.value.params == {"open": 3}
    assert refused(sites(), opened(sites(), *answered(sites(), "1")), c.Close()) is CannotClose


def test_closing_without_any_counted_sheet_is_refused() -> None:
    assert refused(stars(), opened(stars(), entry(3, e.SheetSetAside("重做"))), c.Close()) is CannotClose


def test_a_refused_gate_closes_without_a_grade() -> None:
    state = opened(sites(), entry(3, e.GateDecided("conformity", met=False)), *answered(sites(), "1"))
    assert decide(sites(), state, LEAD, c.Close())[-1].body == e.Closed("fail", {"management": "100", "service": "100"})


def test_a_raised_veto_closes_incomplete_and_without_a_total() -> None:
    state = opened(stars(), entry(3, e.AnswerGiven(RAISED), question="1.1/veto"))
    assert decide(stars(), state, LEAD, c.Close()) == (
        e.Draft(e.SheetSubmitted(), "s1"),
        e.Draft(e.Closed("fail", {})),
    )
    assert state.sheets["s1"].given[q("1.1/veto")].answer == RAISED


def test_erasing_a_draft() -> None:
    assert decide(stars(), opened(stars()), LEAD, c.Erase()) == (e.Draft(e.Erased("draft-deleted")),)
