from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Decisions, Rated, Sheet
from bot.domain.grading import verdict
from bot.domain.insight import Bounds, bounds, lowest_rating
from bot.domain.scheme import VETO, Scheme
from bot.domain.scoring import score
from tests.domain import cases
from tests.domain.build import KEPT, NA, RAISED, F, filled, level, panel, q, rated, sheet, shop, sites, stars
from tests.domain.plain_scoring import completed

NONE = Decisions()


def ends(found: Bounds) -> tuple[str, str]:
    return found.lowest.id, found.highest.id


def test_nothing_answered_allows_everything() -> None:
    found = bounds(stars(), [sheet({})], NONE)
    assert ends(found) == ("bronze", "gold")
    assert found.least == {"total": 0}
    assert found.most == {"total": 100}
    assert not found.decided


def test_exact_bounds_half_way() -> None:
    found = bounds(stars(), [sheet({"2.10": rated("0.5"), "1.2": rated(1)})], NONE)
    assert found.least == {"total": 30}
    assert found.most == {"total": 80}
    assert ends(found) == ("bronze", "silver")


def test_a_complete_sheet_is_decided() -> None:
    found = bounds(stars(), [filled(stars(), "0.7")], NONE)
    assert found.decided
    assert ends(found) == ("silver", "silver")


def test_a_raised_veto_decides_at_once() -> None:
    found = bounds(stars(), [sheet({"1.1/veto": RAISED}), sheet({}, name="b")], NONE)
    assert ends(found) == ("fail", "fail")
    assert found.most == {"total": 100}
    assert ends(bounds(stars(), [sheet({"1.1/veto": KEPT})], NONE)) == ("bronze", "gold")


def test_a_level_is_at_least_1_of_5_where_no_ratio_is_taken() -> None:
    assert lowest_rating(panel(), q("M.1/management")) == F(1, 5)
    assert lowest_rating(panel(), q("S.1/service")) == 0
    assert lowest_rating(sites(), q("1.1/management")) == 0
    answered = sheet({"M.1/management": level(5)}, covers=("management", "service"))
    found = bounds(panel(), [answered], NONE)
    assert found.least == {"management": 7, "service": 0}
    assert found.most == {"management": 15, "service": 100}


def test_gates_are_assumed_confirmed_until_refused() -> None:
    whole = filled(sites(), 1)
    assert ends(bounds(sites(), [whole], NONE)) == ("five", "five")
    assert ends(bounds(sites(), [whole], Decisions({"conformity": False}))) == ("fail", "fail")


def test_what_was_deducted_counts_and_nothing_further_is_assumed() -> None:
    some = sheet({"2.1": rated("0.9")})
    assert bounds(shop(), [some], NONE).most == {"total": 94}
    found = bounds(shop(), [some], Decisions(deductions=2, bonus=F(1)))
    assert found.least == {"total": 53}
    assert found.most == {"total": 93}
    assert ends(bounds(shop(), [some], Decisions(deductions=5))) == ("fail", "fail")


def test_rows_that_do_not_apply_are_out_of_the_bounds() -> None:
    found = bounds(shop(), [sheet({"1.1": NA, "2.1": rated("0.5")})], NONE)
    assert found.least == {"total": F(30, 90) * 100}
    assert found.most == {"total": F(60, 90) * 100}


def test_bounds_are_of_the_mean_of_all_sheets() -> None:
    found = bounds(stars(), [filled(stars(), "0.9", name="a"), sheet({}, name="b")], NONE)
    assert found.least == {"total": 45}
    assert found.most == {"total": 95}


def test_a_dimension_nobody_covers_yet_may_turn_out_either_way() -> None:
    found = bounds(panel(), [filled(panel(), 0, service="0.85")], NONE)
    assert found.least == {"management": 3, "service": 85}
    assert found.most == {"management": 15, "service": 85}
    assert ends(found) == ("fail", "AAA")


@pytest.mark.parametrize("best", [True, False])
def test_filling_up_keeps_what_was_answered_and_raises_no_veto(best: bool) -> None:
    found = completed(stars(), sheet({"1.2": rated("0.3")}), best=best).answers
    assert found[q("1.2")] == rated("0.3")
    assert found[q("1.1/veto")] == KEPT
    assert {found[q(row)] for row in ("1.2.1", "2.1", "2.10")} == {rated(int(best))}
    raised = completed(stars(), sheet({"1.1/veto": RAISED}), best=best)
    assert raised.answers[q("1.1/veto")] == RAISED


def rank(scheme: Scheme, name: str) -> int:
    return [entry.id for entry in (*scheme.grades, scheme.otherwise)].index(name)


@st.composite
def completions(draw: st.DrawFn, standard: Scheme, one: Sheet) -> Sheet:
    answers = {
        question: one.answers[question]
        if question in one.answers
        else draw(cases.answers(standard, question, veto=False))
        for question in standard.covered(one.covers)
    }
    return replace(one, answers=answers)


@settings(max_examples=100)
@given(st.data())
def test_bounds_contain_every_completion(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    partial = [data.draw(cases.sheets(standard, f"s{n}", partial=True)) for n in range(data.draw(st.integers(0, 3)))]
    decided = data.draw(cases.decisions(standard))
    known = replace(decided, gates={k: met for k, met in decided.gates.items() if data.draw(st.booleans())})
    found = bounds(standard, partial, known)
    whole = [data.draw(completions(standard, one)) for one in partial]
    uncovered = sorted(standard.dimensions.keys() - frozenset().union(*(one.covers for one in whole)))
    whole += [data.draw(completions(standard, Sheet(name, "", "", frozenset({name}), {}))) for name in uncovered]
    card = score(standard, whole, replace(decided, gates={**dict.fromkeys(standard.gates, True), **known.gates}))
    outcome = verdict(standard, card).outcome
    assert card.complete
    assert outcome
    for dimension, part in card.dimensions.items():
        assert part.total is not None
        assert found.least[dimension] <= part.total <= found.most[dimension]
    assert rank(standard, found.highest.id) <= rank(standard, outcome.id) <= rank(standard, found.lowest.id)


@settings(max_examples=40)
@given(st.data())
def test_both_bounds_are_reached_by_a_completion(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    partial = data.draw(cases.panels(standard, partial=True))
    decided = data.draw(cases.decisions(standard))
    found = bounds(standard, partial, decided)
    for best, end, totals in ((False, found.lowest, found.least), (True, found.highest, found.most)):
        card = score(standard, [completed(standard, one, best=best) for one in partial], decided)
        assert {name: part.total for name, part in card.dimensions.items()} == totals
        assert verdict(standard, card).outcome == end


@given(st.data())
def test_more_answers_never_widen_the_bounds(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    one = data.draw(cases.sheets(standard, "s1", partial=True, veto=False))
    after = data.draw(completions(standard, one))
    kept = {question: answer for question, answer in after.answers.items() if question.dimension != VETO}
    some = {k: v for k, v in kept.items() if k in one.answers or data.draw(st.booleans())}
    wide = bounds(standard, [one], NONE)
    narrow = bounds(standard, [replace(one, answers=some)], NONE)
    for dimension in standard.dimensions:
        assert wide.least[dimension] <= narrow.least[dimension] <= narrow.most[dimension] <= wide.most[dimension]
    assert all(isinstance(v, Rated) or v == NA for v in some.values())
