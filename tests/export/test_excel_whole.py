"""Whole numbers of the Excel file: exact, and small enough for every program, or known to be too large."""

from fractions import Fraction
from math import lcm
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Answer, NotApplicable, Rated, Sheet
from bot.domain.scheme import LevelAtLeast, QuestionId, TotalAtLeast
from bot.domain.scoring import score
from bot.domain.stakes import least_total
from bot.export.excel_whole import LIMIT, Rule, Side, Whole, largest, rule, sums, whole
from tests.domain.real import NAMES, real, settled


@pytest.mark.parametrize(
    ("value", "form", "over", "under"),
    [
        ("17/20", "ratio", 85, 100),
        ("4/5", "level", 4, 5),
        ("1", "level", 5, 5),
        ("0", "alpha", 0, 100),
        ("1", "ratio", 100, 100),
        ("0.855", "alpha", 855, 1000),
        ("0.849999", "ratio", 849999, 10**6),
        ("1/3", "ratio", 1, 3),
        ("0.8499999", "ratio", 8499999, 10**7),
        ("1/999983", "ratio", 1, 999983),
        ("0.123456789012345", "alpha", 24691357802469, 2 * 10**14),  # in lowest terms it has 15 digits
    ],
)
def test_a_rating_is_written_as_people_think_of_it(value: str, form: str, over: int, under: int) -> None:
    found = whole(Rated(Fraction(value), form))  # type: ignore[arg-type]
    assert (found.numerator, found.denominator, found.rounded) == (over, under, False)
    assert found.value == Fraction(value)


def test_beyond_fifteen_digits_it_is_rounded_and_says_so() -> None:
    assert whole(Rated(Fraction(1, 10**16 + 61), "ratio")) == Whole(0, 10**14, rounded=True)
    found = whole(Rated(Fraction("0.1234567890123456789012"), "ratio"))
    assert found == Whole(12345678901235, 10**14, rounded=True)


@given(st.fractions(0, 1))
@settings(max_examples=40)
def test_no_rating_takes_more_than_fifteen_digits(value: Fraction) -> None:
    found = whole(Rated(value, "ratio"))
    assert max(found.numerator, found.denominator) < 10**15
    assert found.rounded == (found.value != value)
    assert abs(found.value - value) <= Fraction(1, 2 * 10**14)


def thresholds(name: str) -> dict[str, list[Fraction]]:
    standard = real(name)
    needed: dict[str, list[Fraction]] = {dimension: [] for dimension in standard.dimensions}
    for grade in standard.grades:
        for condition in grade.conditions:
            if isinstance(condition, TotalAtLeast | LevelAtLeast):
                needed[condition.dimension].append(least_total(standard, condition))
    return needed


def rules(name: str) -> dict[str, Rule]:
    return {dimension: rule(real(name), dimension, some) for dimension, some in thresholds(name).items()}


REALISTIC = 100 * 999983
"""Percentages beside a sample of almost a million, on every sheet of up to three; dues as unlike as in 1105."""


@pytest.mark.parametrize("name", NAMES)
def test_realistic_denominators_leave_room_in_all_five(name: str) -> None:
    standard = real(name)
    for dimension, given_ in rules(name).items():
        due = sum(standard.weights[dimension].values())
        for sheets in (1, 2, 3):
            sides = [Side(0, due)] * sheets
            assert largest(given_, sums(given_, REALISTIC, sides).denominator, 4) < LIMIT, (dimension, sheets)
    if name == "dnisc-1105":  # rows that do not apply make the dues differ: there percentages have room, not primes
        differing = [Side(0, 200), Side(0, 197), Side(0, 193)]
        given_ = rules(name)["total"]
        assert largest(given_, sums(given_, 1000, differing).denominator, 4) < LIMIT
        assert largest(given_, sums(given_, REALISTIC, differing).denominator, 4) > LIMIT


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_comparison_is_above_what_is_called_the_largest(name: str) -> None:
    """All rated 1 is the most there can be: with it, every number that a formula meets is within the bound."""
    standard = real(name)
    for dimension, given_ in rules(name).items():
        due = sum(standard.weights[dimension].values())
        common = lcm(100, 999983)
        made = sums(given_, common, [Side(due * common, due)] * 3)
        bound = largest(given_, made.denominator, 4)
        top = standard.maximum(dimension) + 1
        bonus = made.denominator if name == "dnisc-1105" else 0
        for least in thresholds(name)[dimension]:
            numbers = (
                (made.numerator + bonus) * given_.scale * least.denominator,
                least.numerator * made.denominator * given_.scale,
                made.numerator // 100 * 100,
                due * common,
            )
            assert max(numbers) <= bound
        assert Fraction(made.numerator, made.denominator) <= top


@pytest.mark.parametrize("seed", range(6))
def test_the_same_arithmetic_as_the_score(seed: int) -> None:
    """Of the standard whose rows may not apply: rescaled per sheet, then the mean."""
    standard, random = real("dnisc-1105"), Random(f"sums {seed}")
    values = [Fraction(1, 999983), Fraction(7, 10), Fraction(1, 3), Fraction(48, 50), Fraction(0), Fraction(1)]
    sheets = []
    for number in range(1 + seed % 3):
        answers: dict[QuestionId, Answer] = {}
        for question in standard.questions:
            absent = standard.by_id[question.indicator].may_be_na and random.random() < 0.3
            answers[question] = NotApplicable("x") if absent else Rated(random.choice(values), "ratio")
        sheets.append(Sheet(str(number), str(number), "", frozenset({"total"}), answers))
    weights = standard.weights["total"]
    rated = [{q: a.value for q, a in sheet.answers.items() if isinstance(a, Rated)} for sheet in sheets]
    common = lcm(*(value.denominator for some in rated for value in some.values()))
    sides = [
        Side(int(sum(weights[q] * v for q, v in some.items()) * common), sum(weights[q] for q in some))
        for some in rated
    ]  # fmt: skip
    made = sums(rules("dnisc-1105")["total"], common, sides)
    card = score(standard, sheets, settled(standard))
    assert Fraction(made.numerator, made.denominator) == card.dimensions["total"].before
