from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.forms import alpha, exact, percent, points, shown_total, total
from tests.made_up import scheme

TOTALS = st.fractions(min_value=0, max_value=101, max_denominator=10**9)
THRESHOLDS = st.sampled_from([Fraction(n) for n in (60, 70, 80, 90, 95)])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("85", "85"),
        ("92.5", "92.5"),
        ("250/3", "83.33"),
        ("0.125", "0.13"),
        ("0.004", "0.004"),
        ("-4", "-4"),
        ("0", "0"),
    ],
)
def test_points_are_rounded_half_up_and_trimmed(value: str, shown: str) -> None:
    assert points(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("7/10", "70%"),
        ("1/3", "33.33%"),
        ("1", "100%"),
        ("0", "0%"),
        ("0.99999", "99.999%"),
        ("1/10000000", "0.00001%"),
    ],
)
def test_a_percentage_is_full_or_empty_only_where_the_ratio_is(value: str, shown: str) -> None:
    assert percent(Fraction(value)) == shown


@pytest.mark.parametrize(("value", "shown"), [("0.7", "0.70"), ("1", "1.00"), ("0.855", "0.855"), ("2/3", "0.6667")])
def test_an_alpha_has_two_places_at_least(value: str, shown: str) -> None:
    assert alpha(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "threshold", "shown"),
    [
        ("69.996", 70, "69.996"),
        ("69.99999", 70, "69.99999"),
        ("70", 70, "70"),
        ("69.99", 70, "69.99"),
        ("70.004", 70, "70.004"),
    ],
)
def test_a_total_never_seems_to_reach_what_it_misses(value: str, threshold: int, shown: str) -> None:
    assert total(Fraction(value), Fraction(threshold)) == shown


@given(TOTALS, THRESHOLDS)
def test_a_shown_total_is_on_the_right_side(value: Fraction, threshold: Fraction) -> None:
    shown = Fraction(total(value, threshold))
    assert (shown >= threshold) == (value >= threshold)
    assert abs(shown - value) <= Fraction(1, 200)


@given(TOTALS)
def test_a_shown_total_misses_every_threshold_that_the_exact_one_misses(value: Fraction) -> None:
    shown = Fraction(shown_total(scheme("panel"), "management", value))
    for threshold in (3, 6, 9, 12, 14):
        assert value >= threshold or shown < threshold


def test_levels_count_as_thresholds_too() -> None:
    assert shown_total(scheme("sites"), "management", Fraction("69.9999")) == "69.9999"
    assert shown_total(scheme("sites"), "management", Fraction("71.9999")) == "72"


def test_the_arithmetic_shows_six_places_in_full_and_marks_what_it_rounds() -> None:
    assert exact(Fraction("0.896")) == "0.896"
    assert exact(Fraction(250, 3)) == "≈83.33"
    assert exact(Fraction("69.9999999"), Fraction(70)) == "≈69.9999999"
