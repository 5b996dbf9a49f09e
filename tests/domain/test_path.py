"""The cheapest path in the five standards and in small ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet
from bot.domain.grading import verdict
from bot.domain.path import Wishes
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import OpenAdjustment, score
from tests.domain.build import NA, F, filled, grade, rated, row, sheet, shop, stars, total
from tests.domain.build import scheme as made
from tests.domain.real import NAMES, all_at, random_sheet, real, settled
from tests.domain.ways import plain, way


def test_a_path_of_cost_one() -> None:
    standard = real("bjkb-006")
    found = way(standard, [all_at(standard, "0.9", {"4.2.1/total": "0.85"})], "four-star")
    assert (found.now.id, found.before) == ("three-star", {"total": F("89.85")})
    assert plain(found.best) == [("4.1.2/total", F(1), 1)]
    assert (found.best.cost, found.best.totals, found.best.outcome.id) == (1, {"total": F("90.45")}, "four-star")
    assert plain(found.second) == [("4.2.1/total", F(1), 1)]
    assert found.assumed == ()


def test_what_stands_already_costs_nothing() -> None:
    standard = real("bjkb-006")
    found = way(standard, [all_at(standard, "0.9")], "four-star")
    assert (found.best.steps, found.best.cost, found.best.outcome.id) == ((), 0, "four-star")
    assert found.second is None


def test_a_hundred_thousandth_short_asks_for_a_step_more() -> None:
    standard = real("bjkb-006")
    others = Wishes(
        ["4.1.2", "4.13", *(row.id for row in standard.indicators if row.id.startswith(("4.2", "4.3", "4.4")))]
    )
    exact = way(standard, [all_at(standard, "0.9", {"4.12/total": 1, "4.13/total": "0.84"})], "five-star", others)
    short = way(standard, [all_at(standard, "0.9", {"4.12/total": 1, "4.13/total": "0.83999"})], "five-star", others)
    assert exact.before == {"total": F("90.6")}
    assert [one.question.indicator for one in exact.best.steps] == ["4.5", "4.6", "4.7", "4.8", "4.9", "4.10"]
    assert exact.best.totals == {"total": 95}
    assert short.best.totals["total"] > 95
    assert short.best.cost == exact.best.cost + 1


def test_dearer_and_impossible_rows_are_gone_around() -> None:
    standard = real("bjkb-006")
    start = [all_at(standard, "0.9", {"4.2.1/total": "0.85"})]
    dear = Wishes(costs={"4.1.2": 5})
    assert plain(way(standard, start, "four-star", dear).best) == [("4.2.1/total", F(1), 1)]
    cannot = Wishes(impossible=["4.1.2", "4.2.1"])
    assert plain(way(standard, start, "four-star", cannot).best) == [("4.2.2/total", F(1), 1)]
    all_dear = Wishes(costs={row.id: 4 for row in standard.indicators})
    found = way(standard, start, "four-star", all_dear)
    assert (found.best.cost, plain(found.best)) == (4, [("4.1.2/total", F(1), 1)])


def test_both_dimensions_and_the_level_below_which_none_is_named() -> None:
    standard = real("tbsc-94")
    found = way(standard, [all_at(standard, 0, service="0.8", management="0.6")], "aaaa")
    service = ["S.1.1", "S.1.2", "S.1.3", "S.2.1", "S.2.2", "S.2.3", "S.3.1", "S.3.2", "S.7"]
    assert plain(found.best) == [
        *((f"{name}/service", F(1), 1) for name in service),
        ("M.4.1/management", F(1), 2),
        ("M.4.2/management", F(1), 2),
    ]
    assert found.best.cost == 13
    assert found.best.totals == {"service": 90, "management": 95}
    assert plain(found.second)[-1] == ("M.4.3/management", F(1), 2)
    assert plain(found.second)[:-1] == plain(found.best)[:-1]


def test_a_row_of_two_dimensions_is_two_questions() -> None:
    standard = real("jccqb-037")
    start = {"1.3.1/management": "0.6", "1.3.1/service": "0.75"}
    found = way(standard, [all_at(standard, "0.8", start)], "four-star")
    assert plain(found.best) == [
        ("1.1.1/management", F(1), 1),
        ("1.3.1/service", F("0.8"), 1),
    ]
    assert found.best.totals == {"management": 80, "service": 80}
    blocked = Wishes(impossible=["1.3.1", "1.1.1"])
    assert plain(way(standard, [all_at(standard, "0.8", start)], "four-star", blocked).best) == [
        ("1.1.2/management", F(1), 1),
        ("1.3.2/service", F(1), 1),
    ]


def test_a_ratio_on_a_level_scale_goes_on_to_the_levels_above_it() -> None:
    standard = real("jccqb-037")
    others = [row.id for row in standard.indicators if row.id != "1.1.1"]
    start = all_at(standard, "0.8", {"1.1.1/management": "0.45", "1.1.2/management": 1})
    found = way(standard, [start], "four-star", Wishes(others))
    assert [(one.start, one.to, one.steps) for one in found.best.steps] == [(F("0.45"), F("0.6"), 1)]


def test_deductions_are_made_up_for_by_ratings() -> None:
    standard = real("dnisc-1105")
    found = way(standard, [all_at(standard, "0.9")], "four-star", decisions=Decisions(deductions=2, bonus=F(1)))
    assert found.before == {"total": 89}
    assert plain(found.best) == [("5.2.3.2/total", F(1), 1), ("5.3.2.2/total", F(1), 1)]  # 3 and 7 points
    assert found.best.totals == {"total": 90}
    undecided = way(standard, [all_at(standard, "0.89")], "four-star", decisions=Decisions())
    assert undecided.assumed == (OpenAdjustment("deductions"), OpenAdjustment("bonus"))
    assert undecided.before == {"total": 89}


def test_several_sheets_are_raised_to_one_value() -> None:
    standard = stars()
    low = filled(standard, "0.7", name="a")
    mixed = sheet({**{str(k): v for k, v in low.answers.items()}, "2.10": rated("0.1"), "2.1": rated(1)}, name="b")
    found = way(standard, [low, mixed], "silver")
    # 2.10: b stands at 0.1; its own band's end 0.2 is the first step, 0.4, 0.6 the next; a stays where it is higher.
    assert found.before == {"total": F(70 + 55, 2)}
    assert plain(found.best) == [("2.10/total", F("0.6"), 3)]
    assert found.best.steps[0].start == F("0.1")
    assert found.best.totals == {"total": F("72.5")}
    fourth = way(standard, [low, mixed], "gold").best
    assert {str(one.question): one.to for one in fourth.steps}["2.10/total"] == 1


def test_a_sheet_where_the_row_does_not_apply_stays() -> None:
    one = sheet({"1.1": NA, "1.2": rated("0.6"), "2.1": rated("0.6")}, name="a")
    other = sheet({"1.1": rated("0.6"), "1.2": rated("0.6"), "2.1": rated(1)}, name="b")
    decisions = Decisions(deductions=0, bonus=F(0))
    found = way(shop(), [one, other], "plain", Wishes(["1.2", "2.1"]), decisions)
    assert found.before == {"total": F(60 + 84, 2)}
    assert found.best.steps == ()
    up = way(shop(), [one, other], "silver", Wishes(["2.1"]), decisions)
    # 1.1 moves b alone: 10 points of 100, halved; 1.2 moves a by 30/90 and b by 30/100.
    assert plain(up.best) == [("1.2/total", F(1), 2)]
    assert up.best.totals == {"total": 72 + (F(30, 90) + F(30, 100)) / 2 * 100 * F("0.4")}


def test_a_higher_grade_may_be_the_nearer() -> None:
    rows = [row("1", service=10), row("2", management=10)]
    dimensions = [replace(stars().dimensions["total"], id=name) for name in ("service", "management")]
    grades = [grade("odd", total(50, "management")), grade("usual", total(100, "service"))]
    standard = made(dimensions, rows, grades)
    found = way(standard, [filled(standard, 0)], "usual")
    assert (plain(found.best), found.best.outcome.id) == ([("2/management", F("0.6"), 3)], "odd")
    assert found.second
    assert (plain(found.second), found.second.outcome.id) == ([("1/service", F(1), 5)], "usual")


def test_the_second_way_may_lead_to_the_higher_grade() -> None:
    rows = [row("1", service=10), row("2", management=10)]
    dimensions = [replace(stars().dimensions["total"], id=name) for name in ("service", "management")]
    grades = [grade("odd", total(100, "management")), grade("usual", total(60, "service"))]
    found = way(made(dimensions, rows, grades), [filled(made(dimensions, rows, grades), 0)], "usual")
    assert plain(found.best) == [("1/service", F("0.6"), 3)]
    assert plain(found.second) == [("2/management", F(1), 5)]
    assert found.second
    assert found.second.outcome.id == "odd"


def followed(standard: Scheme, sheets: Sequence[Sheet], to: Mapping[QuestionId, Fraction]) -> list[Sheet]:
    found = []
    for one in sheets:
        answers: dict[QuestionId, Answer] = dict(one.answers)
        for question, value in to.items():
            held = answers.get(question)
            if held is not None and not isinstance(held, NotApplicable):
                assert isinstance(held, Rated)
                if held.value < value:
                    answers[question] = Rated(value, standard.scale_of(question).kind)
        found.append(replace(one, answers=answers))
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("start", ["zero", "lowest", "steps", "odd"])
def test_what_a_path_promises_is_what_scoring_finds(name: str, start: str) -> None:
    standard, rng = real(name), Random(f"{name} {start}")
    sheets = [random_sheet(rng, standard, start, name=f"s{n}", left_out=0.3) for n in range(2)]
    costs = {row.id: rng.choice([1, 1, 2, 5]) for row in standard.indicators}
    decisions = settled(standard)
    for target in standard.grades:
        found = way(standard, sheets, target.id, Wishes(costs=costs))
        assert found.second is None or found.second.cost >= found.best.cost
        for path in (found.best, found.second or found.best):
            to = {one.question: one.to for one in path.steps}
            card = score(standard, followed(standard, sheets, to), decisions)
            assert {key: part.total for key, part in card.dimensions.items()} == path.totals
            assert verdict(standard, card).outcome == path.outcome
            places = [one.id for one in standard.grades]
            assert places.index(path.outcome.id) <= places.index(target.id)
            lean(standard, sheets, to, places.index(target.id))


def lean(standard: Scheme, sheets: Sequence[Sheet], to: Mapping[QuestionId, Fraction], rank: int) -> None:
    """No question of a path can be left where it is."""
    for question in list(to)[::7]:
        fewer = {key: value for key, value in to.items() if key != question}
        outcome = verdict(standard, score(standard, followed(standard, sheets, fewer), settled(standard))).outcome
        assert outcome
        assert outcome.id not in {one.id for one in standard.grades[: rank + 1]}
