"""How many units are visited (EN-10): known answers, and what counts as a visit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain.refusals import PopulationMissing, PopulationZero, SampleTooSmall
from bot.domain.sampling import check_covers, check_sample, first_covers, needed, sample_size, visited
from bot.domain.state import AssessmentState, fold
from tests.domain.build import F, entry, projects, sites, stars

FACTOR = F("1.8")


def state(*rounds: tuple[str, tuple[str, ...]], population: int | None = None) -> AssessmentState:
    """A sheet for each (round, covers), s1, s2 … in this order, of as many people."""
    sheets = [
        entry(n, e.SheetOpened(name, covers), sheet=f"s{n}", person=f"p{n}")
        for n, (name, covers) in enumerate(rounds, start=1)
    ]
    said = [entry(90, e.PopulationSet(population), revision=1)] if population else []
    return fold(AssessmentState(), [*sheets, *said])


def unit(*names: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, ("service",)) for name in names]


KNOWN = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 5, 9: 6, 16: 8, 25: 9, 26: 10, 100: 18, 101: 19, 10**12: 1_800_000}


@pytest.mark.parametrize(("population", "expected"), KNOWN.items())
def test_known_sample_sizes(population: int, expected: int) -> None:
    assert sample_size(population, FACTOR) == expected


def test_a_sample_of_very_many_is_exact() -> None:
    assert sample_size(10**40, FACTOR) == 18 * 10**19
    assert sample_size(10**40 + 1, FACTOR) == 18 * 10**19 + 1
    assert sample_size(100, F(1, 3)) == 4


@pytest.mark.parametrize("population", [0, -1])
def test_nothing_is_sampled_out_of_nothing(population: int) -> None:
    with pytest.raises(PopulationZero):
        sample_size(population, FACTOR)


@given(st.integers(1, 10**15))
def test_the_sample_is_the_least_that_is_enough(population: int) -> None:
    size = sample_size(population, FACTOR)
    assert size <= population
    assert size == population or 25 * size * size >= 81 * population
    assert 25 * (size - 1) * (size - 1) < 81 * population


@given(st.integers(1, 10**6), st.fractions("0.01", 9, max_denominator=100))
def test_so_it_is_for_any_factor(population: int, factor: F) -> None:
    size = sample_size(population, factor)
    assert 1 <= size <= population
    assert size == population or size**2 >= factor**2 * population
    assert (size - 1) ** 2 < factor**2 * population


# ------------------------------------------------------------ visits


def test_units_are_counted_by_the_names_of_their_sheets_once_however_written() -> None:
    held = state(("", ("management",)), *unit("二号", "Site 1", "ｓｉｔｅ　１", "二号", "一号"))
    assert visited(projects(), held) == ("二号", "Site 1", "一号")


def test_what_is_no_visit() -> None:
    both, nameless = ("一号", ("management", "service")), ("", ("service",))
    held = state(both, nameless, ("二号", ("management",)), *unit("三号"))
    assert visited(projects(), held) == ("三号",)
    aside = fold(held, [entry(91, e.SheetSetAside("去错了"), sheet="s4")])
    assert visited(projects(), aside) == ()
    assert visited(sites(), held) == ()


def test_how_many_are_needed() -> None:
    assert needed(projects(), state(population=26)) == 10
    assert needed(projects(), state()) is None
    assert needed(sites(), state(population=26)) is None


def test_a_sample_is_large_enough_or_says_what_lacks() -> None:
    with pytest.raises(PopulationMissing):
        check_sample(projects(), state(*unit("一号", "二号")))
    with pytest.raises(SampleTooSmall) as found:
        check_sample(projects(), state(*unit("一号", "二号", "二号 "), population=3))
    assert found.value.params == {"need": 3, "have": 2}
    check_sample(projects(), state(*unit("一号", "二号", "三号"), population=3))
    check_sample(projects(), state(*unit("一号", "二号", "三号", "四号"), population=3))
    check_sample(sites(), state())


# ------------------------------------------------------------ what a sheet covers


def test_the_first_sheet_covers_what_is_not_sampled() -> None:
    assert first_covers(projects()) == ("management",)
    assert first_covers(sites()) == ("management", "service")
    rules = projects().sampling
    assert rules
    only_units = replace(stars(), sampling=replace(rules, covers=("total",)))
    assert first_covers(only_units) == ()


def test_without_sampling_a_sheet_covers_what_it_likes() -> None:
    check_covers(sites(), state(("", ("management",))), "p1", "", ("management", "service"))
