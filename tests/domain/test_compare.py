"""Two assessments side by side: what each says, what moved, and that every point of a change is accounted for."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from bot.domain.answers import Decisions, NotApplicable, Sheet
from bot.domain.compare import Comparison, Side, compare
from bot.domain.grading import verdict
from bot.domain.scheme import Scheme
from bot.domain.scoring import score
from tests.domain import small
from tests.domain.build import KEPT, NA, RAISED, F, filled, q, rated, row, sheet, shop, stars
from tests.domain.real import NAMES, all_at, random_sheet, real, settled

NONE = Decisions()


def sides(standard: Scheme, left: Sequence[Sheet], right: Sequence[Sheet], decisions: Decisions = NONE) -> Comparison:
    return compare(Side(standard, left, decisions), Side(standard, right, decisions))


def test_equal_sides_do_not_differ() -> None:
    standard = real("jccqb-037")
    found = sides(standard, [all_at(standard, "0.8")], [all_at(standard, "0.8", name="z")], settled(standard))
    assert found.differences == ()
    assert len(found.questions) == 86
    assert {name: one.change for name, one in found.dimensions.items()} == {"management": 0, "service": 0}
    assert found.only_left == found.only_right == {}


def test_a_better_year_question_by_question() -> None:
    standard = real("bjkb-006")
    before = all_at(standard, "0.85", {"4.6/total": "0.8"})
    after = all_at(standard, "0.85", {"4.6/total": 1, "4.7/total": 1, "4.12/total": "0.75"})
    found = sides(standard, [before], [after], settled(standard))
    assert [(str(one.question), one.effect) for one in found.differences] == [
        ("4.6/total", F(2)),
        ("4.7/total", F("1.5")),
        ("4.12/total", F("-0.9")),
    ]
    total = found.dimensions["total"]
    assert (total.left, total.right, total.change) == (F("84.5"), F("87.1"), F("2.6"))
    assert total.differences == F("2.6")
    assert (total.rescaled, total.one_sided, total.adjusted) == (F(0), F(0), F(0))
    left, right = found.questions[q("4.6")]
    assert (left.rating, right.rating, left.brings, right.brings) == (F("0.8"), F(1), F(8), F(10))
    part = found.sections["4.6", "total"]
    assert part.percents == (F(80), F(100))
    assert part.left
    assert (part.left.points, part.left.of) == (F(8), F(10))


def test_those_first_that_alone_change_the_grade() -> None:
    standard = real("jccqb-037")
    left = all_at(standard, "0.8", {"1.1.1/management": "0.6", "1.1.2/management": "0.8"})
    right = all_at(standard, "0.8", {"1.3.1/service": "0.2", "1.1.1/management": "0.8", "1.1.2/management": "0.9"})
    found = sides(standard, [left], [right], settled(standard))
    assert [(str(one.question), one.decides, one.alone.id if one.alone else "") for one in found.differences] == [
        ("1.1.1/management", True, "four-star"),
        ("1.1.2/management", False, "three-star"),
        ("1.3.1/service", False, "three-star"),
    ]
    ordered = [str(one.question) for one in found.by_effect(standard)]
    assert ordered == ["1.1.1/management", "1.3.1/service", "1.1.2/management"]
    assert [one.outcome.id for one in found.verdicts if one.outcome] == ["three-star", "three-star"]


def test_averages_over_sheets_whatever_their_number() -> None:
    standard = stars()
    one, other = filled(standard, "0.6", name="a"), filled(standard, "0.8", name="b")
    found = sides(standard, [one, other], [filled(standard, "0.7", name="c")])
    assert found.differences == ()
    left, right = found.questions[q("1.2")]
    assert (left.rating, right.rating) == (F("0.7"), F("0.7"))
    worse = sides(standard, [one, other], [one])
    assert {one.effect for one in worse.differences} == {F(-1), F(-2), F(-3), F(-4)}


def test_a_row_left_out_moves_the_others_and_that_stands_apart() -> None:
    full = sheet({"1.1": rated("0.2"), "1.2": rated("0.5"), "2.1": rated(1)})
    less = sheet({"1.1": NA, "1.2": rated("0.5"), "2.1": rated(1)})
    found = sides(shop(), [full], [less], Decisions(deductions=0, bonus=F(0)))
    assert [(str(one.question), one.effect) for one in found.differences] == [("1.1/total", F(-2))]
    total = found.dimensions["total"]
    assert (total.left, total.right) == (F(77), F(7500, 90))
    assert total.rescaled == F(7500, 90) - 75
    assert total.change == total.differences + total.rescaled
    _, right = found.questions[q("1.1")]
    assert (right.rating, right.left_out, right.brings) == (None, 1, F(0))


def test_vetoes_gates_and_adjustments() -> None:
    standard = stars()
    kept, raised = filled(standard, 1), filled(standard, 1)
    raised = replace(raised, answers={**raised.answers, q("1.1/veto"): RAISED})
    found = sides(standard, [kept], [raised])
    (one,) = found.differences
    assert (str(one.question), one.effect, one.decides, one.alone) == ("1.1/veto", F(0), True, standard.otherwise)
    assert (one.left.raised, one.right.raised) == (0, 1)
    assert found.by_effect(standard) == (one,)
    both = compare(
        Side(shop(), [filled(shop(), 1)], Decisions(deductions=0, bonus=F(0))),
        Side(shop(), [filled(shop(), 1)], Decisions(deductions=3, bonus=F(1))),
    )
    assert (both.dimensions["total"].adjusted, both.dimensions["total"].change) == (F(-2), F(-2))
    assert both.differences == ()


def test_an_unfinished_side_has_bounds_and_no_total() -> None:
    standard = stars()
    partly = sheet({"1.1/veto": KEPT, "2.10": rated("0.5")})
    found = sides(standard, [filled(standard, "0.5")], [partly])
    total = found.dimensions["total"]
    assert (total.left, total.right, total.change) == (F(50), None, None)
    assert found.verdicts[1].outcome is None
    assert (found.bounds[1].least, found.bounds[1].most) == ({"total": F(20)}, {"total": F(80)})
    assert [(str(one.question), one.right.open, one.effect) for one in found.differences] == [
        ("1.2/total", 1, F(-5)),
        ("1.2.1/total", 1, F(-10)),
        ("2.1/total", 1, F(-15)),
    ]
    turned = sides(standard, [partly], [filled(standard, "0.5")])
    assert {(one.alone, one.decides) for one in turned.differences} == {(None, False)}


def test_editions_are_matched_by_question() -> None:
    old = stars()
    rows = (*old.indicators[:4], row("3.1", section="2", total=40))
    new = replace(old, indicators=rows, digest="another")
    left, right = filled(old, "0.5"), filled(new, "0.7")
    found = compare(Side(old, [left], NONE), Side(new, [right], NONE))
    assert [str(question) for question in found.only_left] == ["2.10/total"]
    assert [str(question) for question in found.only_right] == ["3.1/total"]
    total = found.dimensions["total"]
    assert (total.change, total.one_sided, total.differences) == (F(20), F(8), F(12))
    with pytest.raises(ValueError, match="other"):
        compare(Side(old, [left], NONE), Side(replace(new, id="other"), [right], NONE))


def test_a_section_of_one_edition_has_one_side() -> None:
    old = stars()
    new = replace(old, indicators=tuple(one for one in old.indicators if one.section != "2"))
    found = compare(Side(old, [filled(old, 1)], NONE), Side(new, [filled(new, 1)], NONE))
    assert found.sections["2", "total"].right is None
    assert found.sections["2", "total"].percents == (F(100), None)
    gone = replace(old, dimensions={}, grades=(), indicators=old.indicators[:1])
    assert compare(Side(old, [filled(old, 1)], NONE), Side(gone, [], NONE)).dimensions == {}


def test_every_point_of_a_change_is_accounted_for() -> None:
    rng = Random(9)
    for _ in range(250):
        standard = small.standard(rng, rows=5)
        left, right = (small.sheets(rng, standard, lacking=0) for _ in range(2))
        accounted(standard, left, right, small.decisions(rng, standard), small.decisions(rng, standard))
    for name in NAMES:
        standard = real(name)
        one, other = (
            [random_sheet(rng, standard, "percents", name=f"s{n}", left_out=0.3) for n in range(2)] for _ in range(2)
        )
        accounted(standard, one, other, settled(standard), settled(standard))


def accounted(
    standard: Scheme, left: Sequence[Sheet], right: Sequence[Sheet], one: Decisions, other: Decisions
) -> None:
    found = compare(Side(standard, left, one), Side(standard, right, other))
    cards = score(standard, left, one), score(standard, right, other)
    for name, change in found.dimensions.items():
        assert (change.left, change.right) == tuple(card.dimensions[name].total for card in cards)
        if change.change is not None:
            assert change.change == change.differences + change.rescaled + change.one_sided + change.adjusted
            brought = sum(said.brings for key, (said, _) in found.questions.items() if key.dimension == name)
            assert brought == cards[0].dimensions[name].before
        everywhere = not any(isinstance(a, NotApplicable) for s in (*left, *right) for a in s.answers.values())
        if everywhere and len(left) == len(right) == 1:
            assert change.rescaled == 0
    assert [one.outcome for one in found.verdicts] == [verdict(standard, card).outcome for card in cards]
