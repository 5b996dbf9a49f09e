"""What a path assumes, what bars it, and why a grade is out of reach."""

from dataclasses import replace

import pytest

from bot.domain.answers import Decisions
from bot.domain.path import Found, Raised, Wishes, cheapest
from bot.domain.scheme import DeductionsBelow, GateMet, LevelAtLeast, TotalAtLeast
from bot.domain.scoring import OpenDimension, OpenGate, OpenQuestion
from tests.domain.build import NA, RAISED, F, filled, grade, level, panel, q, row, sheet, stars, total
from tests.domain.build import scheme as made
from tests.domain.real import all_at, real, settled
from tests.domain.ways import none, plain, way


def test_out_of_reach_by_a_veto() -> None:
    standard = real("bjkb-007")
    whole = all_at(standard, "0.9")
    vetoed = replace(whole, answers={**whole.answers, q("4.1.1/veto"): RAISED})
    found = none(standard, [all_at(standard, 1, name="b"), vetoed], "one-star")
    assert found.barred == (Raised("a", q("4.1.1/veto")),)
    assert (found.short, found.alone, found.together, found.now) == ((), (), (), standard.otherwise)
    assert found.most == {"total": 100}


def test_out_of_reach_by_gate_and_deductions() -> None:
    standard = real("tbsc-94")
    refused = none(standard, [all_at(standard, "0.8")], "aaaaa", decisions=Decisions({"conformity": False}))
    assert [getattr(one, "condition", None) for one in refused.barred] == [GateMet("conformity")]
    unanswered = none(standard, [all_at(standard, "0.8")], "aaaaa", decisions=Decisions())
    assert unanswered.barred == (OpenGate("conformity"),)
    shop_ = real("dnisc-1105")
    found = none(shop_, [all_at(shop_, 1)], "qualified", decisions=Decisions(deductions=5, bonus=F(0)))
    assert [getattr(one, "condition", None) for one in found.barred] == [DeductionsBelow(5)]


def test_out_of_reach_for_want_of_points_and_what_would_free_it() -> None:
    standard = real("bjkb-006")
    start = [all_at(standard, "0.5")]
    found = none(standard, start, "five-star", Wishes(["4.6", "4.1.2", "4.4.4"]))
    assert found.most == {"total": F("91.5")}  # 100 less half of 10 + 6 + 1
    assert [(one.condition, one.actual) for one in found.short] == [(TotalAtLeast("total", F(95)), F("91.5"))]
    assert found.alone == ("4.6",)
    assert found.together == ("4.6",)
    more = none(standard, start, "five-star", Wishes(["4.6", "4.7", "4.8", "4.10"]))
    assert more.most == {"total": 84}
    assert more.alone == ()
    assert more.together == ("4.6", "4.7", "4.8")  # of 11 points that lack, the largest bring 5 + 5 + 4
    worst = none(standard, [all_at(standard, 0)], "five-star", Wishes([row.id for row in standard.indicators]))
    assert worst.most == {"total": 0}
    assert len(worst.together) == 18  # of the 5 points that may lack, the smallest rows take 1 and 2


def test_two_dimensions_may_both_need_an_impossible_row() -> None:
    standard = real("jccqb-037")
    start = [all_at(standard, 0)]
    rows = [row.id for row in standard.indicators if row.id[0] in "123"]
    found = none(standard, start, "three-star", Wishes(rows))
    assert [one.condition for one in found.short] == [LevelAtLeast("management", 3), TotalAtLeast("service", F(60))]
    assert found.alone == ()
    freed = Wishes([row for row in rows if row not in found.together])
    assert isinstance(cheapest(standard, start, settled(standard), "three-star", freed), Found)


def test_open_questions_stand_at_their_lowest() -> None:
    standard = real("tbsc-94")
    start = all_at(standard, 0, service="0.95", management="0.8", without=["S.7/service", "M.7.2/management"])
    found = way(standard, [start], "aaaa")
    assert found.assumed == (OpenQuestion("a", q("S.7/service")), OpenQuestion("a", q("M.7.2/management")))
    assert found.before == {"service": F("87.4"), "management": 113}
    assert found.best.cost == 2
    assert plain(found.best) == [("S.7/service", F("0.4"), 2)]  # 8 points x 0.4 = 3.2 of the 2.6 that lack
    assert found.best.steps[0].start == 0


def test_an_open_veto_row_is_taken_as_not_raised_and_an_empty_dimension_as_open() -> None:
    standard = real("bjkb-006")
    found = way(standard, [all_at(standard, 1, without=["4.1.1/veto"])], "five-star")
    assert found.assumed == (OpenQuestion("a", q("4.1.1/veto")),)
    panel = real("tbsc-94")
    half = all_at(panel, 1)
    alone = replace(half, covers=frozenset({"service"}), answers=dict(list(half.answers.items())[:19]))
    empty = way(panel, [alone], "aaa")
    assert empty.assumed == (OpenDimension("management"),)
    assert empty.before == {"service": 100, "management": 29}
    assert empty.best.totals["management"] >= 70


def test_a_sheet_on_which_nothing_applies_has_no_total() -> None:
    rows = [row("1", na=True, total=10)]
    standard = made([stars().dimensions["total"]], rows, [grade("any", total(0))])
    found = none(standard, [sheet({"1": NA})], "any")
    assert found.barred == (OpenDimension("total"),)
    assert found.assumed == ()


def test_a_gate_that_nobody_confirmed_lifts_no_outcome() -> None:
    whole = filled(panel(), 1)
    full = way(panel(), [whole], "row-one", decisions=Decisions())
    assert (full.now.id, full.best.outcome.id, full.assumed) == ("row-one", "row-one", ())
    confirmed = way(panel(), [whole], "row-one", decisions=Decisions({"conformity": True}))
    assert confirmed.best.outcome.id == "AAAA"


def test_unknown_names_and_costs_are_refused() -> None:
    standard = stars()
    whole = [filled(standard, "0.5")]
    with pytest.raises(KeyError):
        cheapest(standard, whole, Decisions(), "fail")
    for wishes in (Wishes(["9.9"]), Wishes(costs={"9.9": 1})):
        with pytest.raises(KeyError):
            cheapest(standard, whole, Decisions(), "gold", wishes)
    with pytest.raises(ValueError, match=r"1\.2"):
        cheapest(standard, whole, Decisions(), "gold", Wishes(costs={"1.2": 0}))


def test_levels_are_raised_as_levels() -> None:
    standard = real("tbsc-94")
    start = all_at(standard, 1, {"M.4.1/management": "0.2"})
    assert start.answers[q("M.4.1/management")] == level(1)
    others = [row.id for row in standard.indicators if row.id != "M.4.1"]
    low = all_at(standard, 0, {"M.4.1/management": "0.2"}, service=1, management="0.6")
    found = none(standard, [low], "aaaaa", Wishes(others))
    assert found.most == {"service": 100, "management": 91}
    assert len(found.alone) > 0
