"""When a lead may close, what closing records, and erasing a draft."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Rated
from bot.domain.interview import decide
from bot.domain.refusals import (
    CannotClose,
    PopulationMissing,
    SampleTooSmall,
    SheetsOpen,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.alone import LEAD, answered, opened, refused
from tests.domain.build import RAISED, F, entry, projects, q, shop, sites, stars


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


def visits(scheme: Scheme, *units: str) -> list[e.Entry]:
    """A complete sheet of `service` for each unit, at 4/5."""
    found = []
    for n, unit in enumerate(units):
        found.append(entry(100 * n + 100, e.SheetOpened(unit, ("service",)), sheet=f"u{n}"))
        asked = (str(question) for question in scheme.covered(frozenset({"service"})))
        found += [entry(101 + n, e.AnswerGiven(Rated(F(4, 5), "alpha")), question=x, sheet=f"u{n}") for x in asked]
    return found


@pytest.mark.parametrize("met", [True, False])
def test_closing_needs_the_whole_sample(met: bool) -> None:
    scheme = projects()
    begun = [
        entry(1, e.Created(scheme.id, "self", "甲公司"), sheet=""),
        entry(2, e.SheetOpened("", ("management",))),
        *(one for one in answered(scheme, "4/5") if one.question and one.question.dimension == "management"),
        entry(50, e.GateDecided("conformity", met=met)),
    ]
    nobody = fold(AssessmentState(), [*begun, entry(90, e.PopulationSet(1), revision=1)])
    assert refused(scheme, nobody, c.Close()) is CannotClose
    some = fold(AssessmentState(), [*begun, *visits(scheme, "一号", "二号")])
    assert refused(scheme, some, c.Close()) is PopulationMissing
    few = fold(some, [entry(900, e.PopulationSet(3), revision=1)])
    with pytest.raises(SampleTooSmall) as found:
        decide(scheme, few, LEAD, c.Close())
    assert found.value.params == {"need": 3, "have": 2}
    enough = fold(few, [entry(901, e.PopulationSet(2), revision=2)])
    closed = e.Closed("four" if met else "fail", {"management": "80", "service": "80"})
    submitted = [e.Draft(e.SheetSubmitted(), sheet) for sheet in ("s1", "u0", "u1")]
    assert decide(scheme, enough, LEAD, c.Close()) == (*submitted, e.Draft(closed))
    aside = fold(enough, [entry(902, e.SheetSetAside("去错了"), sheet="u1")])
    assert refused(scheme, aside, c.Close()) is SampleTooSmall


def test_a_raised_veto_needs_no_sample() -> None:
    scheme = replace(stars(), sampling=projects().sampling)
    state = opened(scheme, entry(3, e.AnswerGiven(RAISED), question="1.1/veto"))
    assert decide(scheme, state, LEAD, c.Close())[-1].body == e.Closed("fail", {})
    kept = opened(scheme, *answered(scheme, "0.9"))
    assert refused(scheme, kept, c.Close()) is PopulationMissing


def test_a_raised_veto_closes_incomplete_and_without_a_total() -> None:
    state = opened(stars(), entry(3, e.AnswerGiven(RAISED), question="1.1/veto"))
    assert decide(stars(), state, LEAD, c.Close()) == (
        e.Draft(e.SheetSubmitted(), "s1"),
        e.Draft(e.Closed("fail", {})),
    )
    assert state.sheets["s1"].given[q("1.1/veto")].answer == RAISED


def test_erasing_a_draft() -> None:
    assert decide(stars(), opened(stars()), LEAD, c.Erase()) == (e.Draft(e.Erased("draft-deleted")),)
