from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.answers import Answer, Decisions
from bot.domain.scheme import Dimension
from bot.domain.scoring import (
    OpenDimension,
    Scorecard,
    Tally,
    level_of,
    score,
    sheet_total,
)
from tests.domain.build import (
    KEPT,
    NA,
    RATIO,
    F,
    filled,
    level,
    panel,
    q,
    rated,
    row,
    scheme,
    sheet,
    shop,
    sites,
    stars,
    text,
)

NONE = Decisions()
CONFORMS = Decisions(gates={"conformity": True})
AGREED = Decisions(deductions=0, bonus=F(0))


def total(card: Scorecard, dimension: str = "total") -> Fraction | None:
    return card.dimensions[dimension].total


# ------------------------------------------------------------ exact values


def test_points_times_rating_over_points_due() -> None:
    answers: dict[str, Answer] = {
        "1.1/veto": KEPT,
        "1.2": rated("0.85"),
        "1.2.1": rated("1/3"),
        "2.1": rated(0),
        "2.10": rated(1),
    }
    card = score(stars(), [sheet(answers)], NONE)
    found = card.dimensions["total"]
    assert found.total == found.before == F("8.5") + F(20, 3) + 40 == F(331, 6)
    assert (found.maximum, found.level, found.sheets) == (F(100), None, {"s1": F(331, 6)})
    assert found.tally == Tally(F(331, 6), F(100), 0)
    assert card.complete
    assert not card.vetoed


def test_percent_of_a_row_sum_that_is_not_100() -> None:
    card = score(sites(), [filled(sites(), 0, management="4/5", service="0.7")], CONFORMS)
    assert total(card, "management") == 80
    assert total(card, "service") == 70
    assert card.dimensions["management"].tally == Tally(F(16), F(20), 0)


def test_points_are_summed_as_they_are() -> None:
    answers: dict[str, Answer] = {
        "S.1/service": rated("0.5", "alpha"),
        "S.2/service": rated("0.25", "alpha"),
        "M.1/management": level(3),
        "M.2/management": level(5),
        "M.3/management": level(1),
    }
    card = score(panel(), [sheet(answers, covers=("service", "management"))], CONFORMS)
    assert total(card, "service") == 35
    assert total(card, "management") == 9
    assert card.dimensions["management"].level == 3
    assert card.dimensions["management"].maximum == 15


def test_a_row_of_two_dimensions_has_two_separate_ratings() -> None:
    answers: dict[str, Answer] = {
        "1.1/management": level(5),
        "1.2/management": level(1),
        "1.2/service": rated("0.9", "alpha"),
        "2.1/management": rated("0.35"),
        "2.1/service": rated("0.1", "alpha"),
        "2.2/management": level(2),
        "2.2/service": rated("0.5", "alpha"),
    }
    card = score(sites(), [sheet(answers, covers=("management", "service"))], CONFORMS)
    assert total(card, "management") == F(5 + 1 + 2, 20) * 100 + F("1.75") * 5
    assert total(card, "service") == 50


def test_a_dimension_is_the_mean_of_the_sheets_that_cover_it() -> None:
    both = filled(sites(), 0, name="a", management="4/5", service="0.5")
    visits = [filled(sites(), 0, name=name, service=value) for name, value in (("b", "0.8"), ("c", "0.9"))]
    card = score(sites(), [both, *visits], CONFORMS)
    assert total(card, "management") == 80
    assert total(card, "service") == F(50 + 80 + 90, 3)
    assert card.dimensions["service"].sheets == {"a": 50, "b": 80, "c": 90}


def test_thirds_stay_exact() -> None:
    card = score(stars(), [filled(stars(), value, name=value) for value in ("1/3", "1/7", "0.9")], NONE)
    assert total(card) == (F(1, 3) + F(1, 7) + F(9, 10)) / 3 * 100 == F(2890, 63)


# ------------------------------------------------------------ not applicable, deductions, bonus


def test_not_applicable_is_rescaled_per_sheet_before_the_mean() -> None:
    without = sheet({"1.1": NA, "1.2": rated("0.5"), "2.1": rated(1)}, name="a")
    whole = filled(shop(), "0.9", name="b")
    card = score(shop(), [without, whole], AGREED)
    assert card.dimensions["total"].sheets == {"a": F(75, 90) * 100, "b": 90}
    assert total(card) == (F(250, 3) + 90) / 2
    assert total(card) != F(75 + 90, 90 + 100) * 100  # pooled: what rescaling after the mean would give
    assert card.questions[q("1.1")] == Tally(F("4.5"), F(5), 0)
    assert card.sections["1"]["total"] == Tally(F(15 + 36, 2), F(30 + 40, 2), 0)


def test_deductions_and_bonus_come_after_rescaling_and_mean() -> None:
    sheets = [
        sheet({"1.1": NA, "1.2": NA, "2.1": rated("0.9")}, name="a"),
        filled(shop(), "0.8", name="b"),
    ]
    card = score(shop(), sheets, Decisions(deductions=3, bonus=F(1)))
    assert card.dimensions["total"].before == 85
    assert total(card) == 83
    assert card.dimensions["total"].sheets == {"a": 90, "b": 80}


@pytest.mark.parametrize(
    ("ratio", "deductions", "bonus", "expected"), [("1", 0, 1, 101), ("0", 4, 0, -4), ("1", 0, 0, 100)]
)
def test_adjustments_are_not_capped(ratio: str, deductions: int, bonus: int, expected: int) -> None:
    card = score(shop(), [filled(shop(), ratio)], Decisions(deductions=deductions, bonus=F(bonus)))
    assert total(card) == expected
    assert card.dimensions["total"].maximum == 100


def test_each_deduction_takes_what_the_standard_says() -> None:
    rules = shop().adjustments
    assert rules
    assert rules.deductions
    half = replace(shop(), adjustments=replace(rules, deductions=replace(rules.deductions, each=F(1, 2)), bonus=None))
    card = score(half, [filled(half, 1)], Decisions(deductions=3))
    assert total(card) == F("98.5")
    assert card.complete
    only_bonus = replace(shop(), adjustments=replace(rules, deductions=None))
    card = score(only_bonus, [filled(only_bonus, "0.5")], Decisions(deductions=3, bonus=F(1)))
    assert total(card) == 51
    assert card.complete


def test_adjustments_concern_their_dimension_alone() -> None:
    rules = shop().adjustments
    assert rules
    standard = replace(sites(), adjustments=replace(rules, dimension="service"))
    decided = Decisions({"conformity": True}, 2, F(0))
    card = score(standard, [filled(standard, "0.8")], decided)
    assert total(card, "service") == 78
    assert total(card, "management") == 80


def test_a_sheet_where_nothing_applies_has_no_total_and_blocks() -> None:
    standard = scheme([Dimension("total", text("总分"), RATIO, "percent")], [row("1.1", na=True, total=5)], [])
    nothing, something = sheet({"1.1": NA}, name="a"), sheet({"1.1": rated(1)}, name="b")
    assert sheet_total(standard, nothing, "total") is None
    card = score(standard, [nothing, something], NONE)
    assert total(card) is None
    assert card.open == (OpenDimension("total"),)
    assert score(standard, [something], NONE).complete


# ------------------------------------------------------------ sections and questions


def test_sections_hold_the_sums_at_every_level() -> None:
    answers: dict[str, Answer] = {
        "1.1/veto": KEPT,
        "1.2": rated("0.5"),
        "1.2.1": rated("0.25"),
        "2.1": rated(1),
        "2.10": rated("0.1"),
    }
    card = score(stars(), [sheet(answers)], NONE)
    assert card.sections == {
        "1": {"total": Tally(F(10), F(30), 0)},
        "1.2": {"total": Tally(F(5), F(20), 0)},
        "2": {"total": Tally(F(34), F(70), 0)},
    }
    assert card.questions[q("2.10")] == Tally(F(4), F(40), 0)
    assert q("1.1/veto") not in card.questions
    assert len(card.questions) == len(dict(card.questions))


def test_sections_name_only_dimensions_they_have() -> None:
    card = score(panel(), [], NONE)
    assert card.sections == {
        "1": {"service": Tally(F(0), F(100), 2)},
        "1.2": {},
        "2": {"management": Tally(F(0), F(15), 3)},
    }


def test_a_tally_counts_what_is_open_and_what_it_is_worth() -> None:
    card = score(stars(), [sheet({"1.2": rated(1)}, name="a"), filled(stars(), "0.5", name="b")], NONE)
    assert card.dimensions["total"].tally == Tally(F(30), F(100), 3)
    assert card.sections["1"]["total"] == Tally(F(25, 2), F(30), 1)
    assert card.dimensions["total"].sheets == {"b": 50}


# ------------------------------------------------------------ levels


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("15", 5),
        ("14.999999", 4),
        ("13", 4),
        ("12.999999", 3),
        ("9", 3),
        ("6", 2),
        ("5.999999", 1),
        ("4", 1),
        ("3.999999", None),
    ],
)
def test_a_level_from_points(points: str, expected: int | None) -> None:
    assert level_of(panel().dimensions["management"], F(points)) == expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [("100", 5), ("90", 5), ("89.999999", 4), ("80", 4), ("79.999999", 3), ("70", 3), ("69.999999", None), ("0", None)],
)
def test_a_level_from_percent(percent: str, expected: int | None) -> None:
    assert level_of(sites().dimensions["management"], F(percent)) == expected
    card = score(sites(), [filled(sites(), F(percent) / 100)], CONFORMS)
    assert card.dimensions["management"].level == expected


def test_a_level_comes_from_the_mean_which_may_be_fractional() -> None:
    three, four = ({f"M.{n}/management": level(value) for n in (1, 2, 3)} for value in (4, 5))
    sheets = [sheet(three, name="a", covers=["management"]), sheet(four, name="b", covers=["management"])]
    card = score(panel(), sheets, CONFORMS)
    assert total(card, "management") == F("13.5")
    assert card.dimensions["management"].level == 4
