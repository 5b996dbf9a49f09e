"""The cheapest path with a person's own marks: exact costs, gates taken as confirmed, gains that add up."""

from fractions import Fraction
from random import Random

import pytest

from bot.domain.answers import Decisions
from bot.domain.path import Found, OutOfReach, Wishes, cheapest
from bot.domain.plan import gain, instead, is_cost, planned, raises, targets
from bot.domain.scheme import QuestionId
from tests.domain.build import F
from tests.domain.real import NAMES, all_at, random_sheet, real, settled


def test_costs_are_exact_and_come_back_in_the_persons_measure() -> None:
    standard = real("bjkb-006")
    start = [all_at(standard, "0.9", {"4.2.1/total": "0.85"})]
    found = planned(standard, start, settled(standard), "four-star", {"4.1.2": F(1, 3), "4.2.1": F(1, 4), "4.6": None})
    assert isinstance(found.found, Found)
    (step,) = found.found.best.steps
    assert (step.question.indicator, found.cost(step), found.unit) == ("4.2.1", F(1, 4), 12)
    assert found.found.second is not None
    assert found.cost(found.found.second) == F(1, 3)


@pytest.mark.parametrize("name", NAMES)
def test_whole_costs_are_those_of_the_search(name: str) -> None:
    standard = real(name)
    rng = Random(7)
    sheets = [random_sheet(rng, standard, "steps")]
    costs = {row.id: rng.randint(1, 5) for row in standard.indicators}
    top = standard.grades[0].id
    plain = cheapest(standard, sheets, settled(standard), top, Wishes(costs=costs))
    halved = planned(standard, sheets, settled(standard), top, {row: F(cost, 2) for row, cost in costs.items()})
    assert isinstance(plain, Found)
    assert isinstance(halved.found, Found)
    assert [(one.question, one.to) for one in halved.found.best.steps] == [
        (one.question, one.to) for one in plain.best.steps
    ]
    assert halved.cost(halved.found.best) == F(plain.best.cost, 2)


@pytest.mark.parametrize("name", NAMES)
def test_the_gains_of_the_steps_are_the_change_of_the_totals(name: str) -> None:
    standard = real(name)
    rng = Random(11)
    sheets = [random_sheet(rng, standard, "odd", name=who, left_out=0.2) for who in ("a", "b")]
    found = planned(standard, sheets, settled(standard), standard.grades[0].id, {}).found
    assert isinstance(found, Found)
    for dimension, before in found.before.items():
        mine = [one for one in found.best.steps if one.question.dimension == dimension]
        gains = sum((gain(standard, sheets, one.question, one.to) for one in mine), Fraction(0))
        assert found.best.totals[dimension] - before == gains
    assert all(raises(standard, sheets, one.question, one.to) for one in found.best.steps)


def test_a_step_is_made_on_the_sheets_below_it_alone() -> None:
    standard = real("bjkb-006")
    question = QuestionId("4.2.1", "total")
    low, high = (
        all_at(standard, "0.9", {"4.2.1/total": value}, name=name) for name, value in (("a", "0.7"), ("b", "0.95"))
    )
    assert raises(standard, [low, high], question, F(4, 5)) == ("a",)
    assert gain(standard, [low, high], question, F(4, 5)) == F(3, 20)  # 3 points x 0.1, over two sheets
    assert raises(standard, [low, high], question, F(1)) == ("a", "b")


def test_gates_that_nobody_answered_are_taken_as_confirmed_and_named() -> None:
    standard = real("tbsc-94")
    start = [all_at(standard, 0, service="0.8", management="0.8")]
    asked = planned(standard, start, Decisions(), "aaaa", {})
    assert isinstance(asked.found, Found)
    assert asked.gates == tuple(standard.gates)
    refused = planned(standard, start, Decisions(gates=dict.fromkeys(standard.gates, False)), "aaaa", {})
    assert isinstance(refused.found, OutOfReach)
    assert refused.gates == ()


def test_aims_are_the_awarded_grades_above_the_next_one_first() -> None:
    standard = real("tbsc-94")
    by_id = {one.id: one for one in (*standard.grades, standard.otherwise)}
    assert [one.id for one in targets(standard, standard.otherwise)] == ["aaa", "aaaa", "aaaaa"]
    assert [one.id for one in targets(standard, by_id["aaa"])] == ["aaaa", "aaaaa"]
    assert targets(standard, by_id["aaaaa"]) == ()


def test_how_two_plans_differ() -> None:
    standard = real("bjkb-006")
    found = planned(
        standard, [all_at(standard, "0.9", {"4.2.1/total": "0.85"})], settled(standard), "four-star", {}
    ).found
    assert isinstance(found, Found)
    assert found.second
    changes = instead(standard, found.best, found.second)
    assert [(one.question.indicator, one.best, one.other) for one in changes] == [
        ("4.1.2", 1, None),
        ("4.2.1", None, 1),
    ]


@pytest.mark.parametrize(
    ("cost", "fits"),
    [(F(1), True), (F(1, 20), True), (F(100), True), (F(3, 2), True), (F(0), False), (F(-1), False), (F(101), False)],
)
def test_a_cost_is_above_0_and_not_odd(cost: Fraction, *, fits: bool) -> None:
    assert is_cost(cost) is fits
    assert not is_cost(F(1, 21))
