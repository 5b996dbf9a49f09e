"""Whether every grade is the outcome of some result. Each case writes the grades of a made-up scheme anew."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.grading import Standing, outcome_of
from bot.domain.scheme import Scheme
from bot.domain.scoring import level_of
from bot.library.build import build
from bot.library.check_grades import unreachable
from bot.library.format import SchemeFile
from bot.library.problems import Report
from bot.library.source import read_yaml
from tests.library.reading import problems
from tests.made_up import TEXTS

TITLE = "title: {zh: 级, en: Grade}"


def with_grades(name: str, *needs: str, level_from: str = "") -> str:
    """The scheme with grades g0, g1, … of these needs, and without examples."""
    text = TEXTS[name]
    head, rest = text[: text.index("grades:\n")], text[text.index("otherwise:") : text.index("examples:")]
    grades = "".join(f"  - {{id: g{n}, {TITLE}, needs: {{{need}}}}}\n" for n, need in enumerate(needs))
    if level_from:
        at = head.index("level_from: {")
        head = head[:at] + f"level_from: {{{level_from}}}" + head[head.index("}", at) + 1 :]
    return f"{head}grades:\n{grades}{rest}"


def lost(name: str, *needs: str, level_from: str = "") -> list[str]:
    """The ids of the grades that are said to be out of reach."""
    found = problems(with_grades(name, *needs, level_from=level_from))
    assert {problem.code for problem in found} <= {"grade-unreachable", "gate-unused"}
    return [problem.params["id"] for problem in found if problem.code == "grade-unreachable"]


GATE = "gates: [conformity]"


@pytest.mark.parametrize(
    ("name", "needs", "expected"),
    [
        ("stars", ["total: 90", "total: 70"], []),
        ("stars", ["total: 100"], []),
        ("stars", ["total: 100.5"], ["g0"]),
        ("stars", ["total: 70", "total: 90"], ["g1"]),
        ("stars", ["total: 70", "total: 70"], ["g1"]),
        ("stars", ["no_veto: true", "total: 1"], ["g1"]),
        ("stars", ["", "no_veto: true"], ["g1"]),
        ("shop", ["total: 101"], []),
        ("shop", ["total: 101.5"], ["g0"]),
        ("shop", ["total: 90, deductions_below: 5", "total: 90"], []),
        ("shop", ["total: 90", "total: 90, deductions_below: 5"], ["g1"]),
        ("shop", ["deductions_below: 0"], ["g0"]),
        ("shop", ["total: 0", ""], []),
        ("shop", ["total: 0", "deductions_below: 5"], []),
        ("shop", ["total: 0", "deductions_below: 1"], ["g1"]),
        ("shop", ["total: 95, deductions_below: 5", "total: 95"], []),
        ("shop", ["total: 97, deductions_below: 5", "total: 97"], ["g1"]),
        ("shop", ["total: 98, deductions_below: 5", "total: 98, deductions_below: 9"], ["g1"]),
        ("shop", ["total: 96, deductions_below: 5", "total: 96, deductions_below: 9"], []),
        ("panel", ["service: 90, management: {level: 4}", "service: 80, management: {level: 5}"], []),
        ("panel", ["service: 90, management: {level: 4}", "service: 90, management: {level: 5}"], ["g1"]),
        ("panel", ["management: 3"], []),
        ("panel", ["management: 3", "management: 2"], ["g1"]),
        ("panel", ["management: {level: 2}", "management: 6"], ["g1"]),
        ("panel", [f"service: 90, {GATE}", "service: 90"], []),
        ("panel", ["service: 90", f"service: 90, {GATE}"], ["g1"]),
    ],
)
def test_grades_out_of_reach_are_named(name: str, needs: list[str], expected: list[str]) -> None:
    assert lost(name, *needs) == expected


def test_a_level_that_no_total_reaches_is_out_of_reach() -> None:
    assert lost("panel", "management: {level: 5}", level_from="5: 15.5, 1: 3") == ["g0"]
    assert lost("panel", "management: {level: 5}", level_from="5: 15, 1: 3") == []


def test_five_levels_never_come_to_less_than_a_fifth() -> None:
    text = with_grades("panel", "management: 20", "management: 19", level_from="5: 90")
    text = text.replace("total: points", "total: percent")
    assert [problem.params["id"] for problem in problems(text) if problem.code == "grade-unreachable"] == ["g1"]


def test_the_grade_that_comes_before_is_named() -> None:
    (problem,) = problems(with_grades("stars", "total: 70", "total: 90"))
    assert "'g0' always comes first" in str(problem)
    (problem,) = problems(with_grades("stars", "total: 101"))
    assert str(problem).endswith(
        "No result ever leads to 'g0'. The first grade whose needs all hold is taken, so order them from the highest "
        "down; and check that its numbers are not above the maximum."
    )


def searched(scheme: Scheme) -> set[str]:
    """The same by trying every standing on a fine grid, for two dimensions and a gate."""
    found = set()
    for service, management, gate in product(range(0, 101, 10), range(3, 16), (True, False)):
        totals = {"service": Fraction(service), "management": Fraction(management)}
        levels = {name: level_of(scheme.dimensions[name], total) for name, total in totals.items()}
        found.add(outcome_of(scheme, Standing(totals, levels, {"conformity": gate}, 0, vetoed=False)).id)
    return found


needs = st.builds(
    lambda service, total, level, gate: ", ".join(
        [
            f"service: {service}",
            "management: {" + (f"total: {total}" if level is None else f"total: {total}, level: {level}") + "}",
            *([GATE] if gate else []),
        ]
    ),
    st.integers(0, 11).map(lambda tens: tens * 10),
    st.integers(0, 16),
    st.none() | st.integers(1, 5),
    st.booleans(),
)


def built(text: str) -> Scheme:
    """The scheme of a file that need not be sound."""
    read = read_yaml(text, Report("x"))
    assert read is not None
    return build(SchemeFile.model_validate(read[0]))


@settings(max_examples=25, deadline=None)
@given(st.lists(needs, min_size=1, max_size=4))
def test_reasoning_agrees_with_search(needs: list[str]) -> None:
    scheme = built(with_grades("panel", *needs))
    reached = searched(scheme)
    assert [name for name, _ in unreachable(scheme)] == [
        place for place, grade in enumerate(scheme.grades) if grade.id not in reached
    ]
