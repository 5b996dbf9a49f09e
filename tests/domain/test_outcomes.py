from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading import Standing, outcome_of
from bot.domain.outcomes import outcome_at
from bot.domain.scheme import Scheme, TotalAtLeast
from bot.domain.scoring import level_of
from tests.domain import cases
from tests.domain.build import stars
from tests.view.desks import shipped

NAMES = ("bjkb-006", "dnisc-1105", "jccqb-037", "tbsc-94")
A_LITTLE = Fraction(1, 10**9)


def thresholds(scheme: Scheme, dimension: str) -> list[Fraction]:
    conditions = [one for grade in scheme.grades for one in grade.conditions]
    of_grades = [one.threshold for one in conditions if isinstance(one, TotalAtLeast) and one.dimension == dimension]
    return [Fraction(0), *of_grades, *(least for _, least in scheme.dimensions[dimension].level_from)]


@given(st.data())
def test_the_kept_outcome_is_the_one_that_is_worked_out(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from((*NAMES, "")))
    scheme = shipped(name) if name else data.draw(cases.schemes)
    nudge = st.sampled_from((Fraction(0), A_LITTLE, -A_LITTLE)) | st.fractions(-20, 120, max_denominator=50)
    totals = {d: data.draw(st.sampled_from(thresholds(scheme, d))) + data.draw(nudge) for d in scheme.dimensions}
    gates = {gate: data.draw(st.booleans()) for gate in scheme.gates}
    deductions = data.draw(st.integers(0, 12))
    levels = {d: level_of(scheme.dimensions[d], total) for d, total in totals.items()}
    expected = outcome_of(scheme, Standing(totals, levels, gates, deductions, vetoed=False))
    assert outcome_at(scheme, totals, gates, deductions) == expected


def test_as_much_is_kept_as_there_are_places() -> None:
    scheme = replace(stars())
    every = [outcome_at(scheme, {"total": Fraction(n, 7)}, {}, taken).id for n in range(701) for taken in (0, 1, 50)]
    assert set(every) > {"gold"}
    places = len(set(thresholds(scheme, "total")) - {0}) + 1
    assert len(scheme.kept) == places + 1
