from dataclasses import replace

import pytest

from bot.domain.answers import Decisions
from bot.domain.whatif import what_if
from tests.domain.build import KEPT, NA, RAISED, F, filled, q, rated, sheet, shop, stars
from tests.domain.real import all_at, real, settled

NONE = Decisions()


def test_one_answer_lifts_the_grade_and_nothing_is_kept() -> None:
    standard = real("bjkb-006")
    held = all_at(standard, "0.9", {"4.2.1/total": "0.85"})
    found = what_if(standard, [held], settled(standard), {("a", q("4.2.1")): rated(1)})
    assert (found.before.totals, found.after.totals) == ({"total": F("89.85")}, {"total": F("90.3")})
    assert found.before.verdict.outcome
    assert found.after.verdict.outcome
    assert (found.before.verdict.outcome.id, found.after.verdict.outcome.id) == ("three-star", "four-star")
    assert held.answers[q("4.2.1")] == rated("0.85")


def test_other_decisions_alone() -> None:
    standard = real("dnisc-1105")
    held = [all_at(standard, "0.9")]
    found = what_if(standard, held, settled(standard), {}, Decisions(deductions=5, bonus=F(1)))
    assert found.after.totals == {"total": 86}
    assert found.before.verdict.passed
    assert not found.after.verdict.passed


def test_bounds_of_an_unfinished_sheet_move_and_the_other_sheet_stays() -> None:
    one, other = sheet({"1.1/veto": KEPT}, name="a"), filled(stars(), "0.5", name="b")
    found = what_if(stars(), [one, other], NONE, {("a", q("2.10")): rated("0.5")})
    assert found.before.totals == {"total": None}
    assert found.before.bounds.least == {"total": 25}
    assert found.before.bounds.most == {"total": 75}
    assert found.after.bounds.least == {"total": 35}
    assert found.after.bounds.most == {"total": 65}
    assert not found.before.bounds.decided
    assert found.after.bounds.decided


def test_an_answer_can_be_taken_away_or_a_veto_raised_or_a_row_left_out() -> None:
    whole = filled(stars(), "0.8", name="a")
    gone = what_if(stars(), [whole], NONE, {("a", q("2.10")): None})
    assert gone.after.totals == {"total": None}
    assert gone.after.verdict.outcome is None
    twice = what_if(stars(), [replace(whole, answers={})], NONE, {("a", q("2.10")): None})
    assert twice.before == twice.after
    vetoed = what_if(stars(), [whole], NONE, {("a", q("1.1/veto")): RAISED})
    assert vetoed.after.verdict.outcome == stars().otherwise
    left_out = what_if(
        shop(), [sheet({"1.2": rated(1), "2.1": rated(1), "1.1": rated(0)})], NONE, {("s1", q("1.1")): NA}
    )
    assert left_out.before.totals == {"total": 90}
    assert left_out.after.totals == {"total": 100}


def test_a_sheet_or_a_question_that_is_not_there_is_an_error() -> None:
    for key in (("z", q("1.2")), ("s1", q("9.9"))):
        with pytest.raises(KeyError):
            what_if(stars(), [filled(stars(), 1)], NONE, {key: rated(1)})
    panel = real("tbsc-94")
    half = replace(all_at(panel, 1), covers=frozenset({"service"}))
    with pytest.raises(KeyError):
        what_if(panel, [half], NONE, {("a", q("M.1.1/management")): rated(1)})
