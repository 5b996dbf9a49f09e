"""Rates of two counts (EN-11): exact, inclusive, never scored; and how they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import MeasureSet
from bot.domain.measures import (
    LARGEST,
    Rate,
    check_measure,
    check_population,
    rate,
    typed_counts,
    typed_population,
)
from bot.domain.refusals import (
    CountNotWhole,
    CountRefused,
    CountsNotUnderstood,
    NumeratorTooLarge,
    PopulationZero,
)
from tests.domain.build import F, projects

(C,) = projects().measures


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (85, 100, Rate(F(85), met=True)),
        (17, 20, Rate(F(85), met=True)),
        (8499, 10_000, Rate(F("84.99"), met=False)),
        (849_999_999, LARGEST, Rate(F("84.9999999"), met=False)),
        (2, 3, Rate(F(200, 3), met=False)),
        (50, 50, Rate(F(100), met=True)),
        (0, 50, Rate(F(0), met=False)),
        (0, 0, Rate(None, None)),
    ],
)
def test_a_rate_against_its_target(numerator: int, denominator: int, expected: Rate) -> None:
    assert rate(C, MeasureSet("C", "2026-10", numerator, denominator)) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10 48/50",
        "２０２６－１０　４８／５０",
        "2026年10月 48/50",
        "2026年10月48/50",
        "2026 年 10 月：48，50",
        "２０２６年１０月，４８　５０",
        "2026/10 48 50",
        "2026.10: 48;50",
        "2026-10,48,50",
        " 2026-10\n48 / 50 ",
        "2026-10 048/50",
    ],
)
def test_a_month_and_two_counts(typed: str) -> None:
    assert typed_counts(typed) == ("2026-10", 48, 50)


def test_a_month_of_one_digit() -> None:
    for typed in ("2026-1 0/3", "2026年1月0/3", "2026-01 0 3"):
        assert typed_counts(typed) == ("2026-01", 0, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "48/50",
        "2026-10",
        "2026-10 48",  # never month 1 with a part of 0
        "2026-12 7",
        "2026-1048/50",
        "2026-112/15",
        "202610 48/50",
        "2026-13 48/50",
        "2026-0 48/50",
        "2026-00 48/50",
        "1999-10 48/50",
        "2026-10-05 48/50",
        "10月 48/50",
        "2026-10 48//50",
        "2026-10 48/50 49",
        "2026-10 48.5/50",
        "2026-10 -1/50",
        "2026-10 4850",
        "2026-10 1,000/1,200",
        "2026-10 九/十",
        "2026-10 ٤٨/٥٠",
        "20٢٦-10 48/50",
        "2026-10 96%",
        "2026-10 " + "9" * 5_000 + "/50",
        "2026-10 48/" + "9" * 5_000,
    ],
)
def test_what_is_no_month_and_two_counts(typed: str) -> None:
    with pytest.raises(CountsNotUnderstood):
        typed_counts(typed)


def test_a_part_is_never_larger_than_the_whole() -> None:
    with pytest.raises(NumeratorTooLarge) as found:
        typed_counts("2026-10 51/50")
    assert found.value.params == {"numerator": 51, "denominator": 50}
    with pytest.raises(NumeratorTooLarge):
        typed_counts("2026-10 1/0")


def test_counts_have_a_limit() -> None:
    assert typed_counts(f"2026-10 {LARGEST}/{LARGEST}") == ("2026-10", LARGEST, LARGEST)
    for part, whole in ((LARGEST + 1, LARGEST + 1), (0, LARGEST + 1)):
        with pytest.raises(CountNotWhole) as found:
            typed_counts(f"2026-10 {part}/{whole}")
        assert found.value.params == {"typed": f"{part}/{whole}"}


@pytest.mark.parametrize(
    "month", ["", "2026-13", "2026-00", "2026-1", "2026年10月", "2026-10-05", "26-10", "2026-10\n"]
)
def test_a_month_is_recorded_in_one_form(month: str) -> None:
    with pytest.raises(CountsNotUnderstood):
        check_measure(month, 48, 50)


@pytest.mark.parametrize("counts", [(-1, 50), (-2, -1), (0, -1)])
def test_counts_are_not_negative(counts: tuple[int, int]) -> None:
    with pytest.raises(CountNotWhole):
        check_measure("2026-10", *counts)


@given(st.text() | st.from_regex(r"20[0-9]{2}[-/.年 ]?[0-9]{0,3}月? ?[0-9]{0,3}[/, ]?[0-9]{0,3}"))
def test_whatever_is_typed_is_counts_or_refused(typed: str) -> None:
    try:
        month, part, whole = typed_counts(typed)
    except CountRefused:
        return
    check_measure(month, part, whole)
    assert typed_counts(f"{month} {part}/{whole}") == (month, part, whole)


# ------------------------------------------------------------ how many units


@pytest.mark.parametrize(
    ("typed", "expected"), [("1", 1), (" 26\n", 26), ("２６", 26), ("026", 26), (str(LARGEST), LARGEST)]
)
def test_a_population(typed: str, expected: int) -> None:
    assert typed_population(typed) == expected


@pytest.mark.parametrize("typed", ["0", "000", "０"])
def test_nobody_has_no_units(typed: str) -> None:
    with pytest.raises(PopulationZero):
        typed_population(typed)


@pytest.mark.parametrize("typed", ["", "二十六", "26.5", "26.0", "-1", "+1", "1e3", "1,000", "26个", "٢٦", "9" * 5_000])
def test_what_is_no_population(typed: str) -> None:
    with pytest.raises(CountNotWhole) as found:
        typed_population(typed)
    assert found.value.params == {"typed": typed[:20]}


@pytest.mark.parametrize(
    ("count", "expected"), [(0, PopulationZero), (-1, CountNotWhole), (LARGEST + 1, CountNotWhole)]
)
def test_a_population_that_cannot_be(count: int, expected: type[CountRefused]) -> None:
    with pytest.raises(expected):
        check_population(count)
    check_population(LARGEST)
