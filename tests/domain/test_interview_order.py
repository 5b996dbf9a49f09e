"""Which question comes next, and how far one is."""

from dataclasses import replace

import pytest

from bot.domain import entries as e
from bot.domain.interview import neighbours, next_open, open_questions, progress
from bot.domain.state import AssessmentState, SheetState, fold
from tests.domain.build import entry, q, rated, sites, stars

ORDER = ["1.1/veto", "1.2", "1.2.1", "2.1", "2.10"]


def standing(*, given: str = "", later: str = "") -> SheetState:
    """A sheet of `stars` with these questions answered or put off."""
    answered = [entry(4, e.AnswerGiven(rated(1)), question=question) for question in given.split()]
    put_off = [entry(5, e.Postponed(on=True), question=question) for question in later.split()]
    opened = entry(1, e.SheetOpened("", ("total",)))
    return fold(AssessmentState(), [opened, *answered, *put_off]).sheets["s1"]


@pytest.mark.parametrize(
    ("given", "later", "after", "expected"),
    [
        ("", "", "", "1.1/veto"),
        ("", "", "1.2", "1.2.1"),
        ("1.2.1", "", "1.2", "2.1"),
        ("2.1 2.10", "", "1.2.1", "1.1/veto"),
        ("", "", "2.10", "1.1/veto"),
        ("", "", "9.9", "1.1/veto"),
        ("", "1.2.1", "1.2", "2.1"),
        ("1.1/veto 2.10", "1.2 2.1", "2.10", "1.2.1"),
        ("1.1/veto 1.2.1 2.10", "1.2 2.1", "2.10", "1.2"),
        ("1.1/veto 1.2.1 2.10", "1.2 2.1", "1.2", "2.1"),
        ("1.1/veto 1.2.1 2.10", "1.2 2.1", "2.1", "1.2"),
        ("1.1/veto 1.2.1 2.10 2.1", "1.2", "1.2", "1.2"),
        ("1.1/veto 1.2.1 2.10", "1.2", "2.1", "2.1"),
        ("1.1/veto 1.2 1.2.1 2.1 2.10", "", "1.2", ""),
        ("1.1/veto 1.2 1.2.1 2.1 2.10", "", "", ""),
    ],
)
def test_the_next_open_question(given: str, later: str, after: str, expected: str) -> None:
    found = next_open(stars(), standing(given=given, later=later), q(after) if after else None)
    assert found == (q(expected) if expected else None)


def test_what_is_open_and_how_far_one_is() -> None:
    held = standing(given="1.2 2.1", later="2.10")
    assert open_questions(stars(), held) == (q("1.1/veto"), q("1.2.1"), q("2.10"))
    assert progress(stars(), held) == (2, 5)
    service = replace(held, covers=frozenset({"service"}), given={})
    assert progress(sites(), service) == (0, 3)


def test_neighbours_in_clause_order() -> None:
    held = standing()
    found = [neighbours(stars(), held, q(question)) for question in ORDER]
    assert found == [
        (q(ORDER[n - 1]) if n else None, q(ORDER[n + 1]) if n < len(ORDER) - 1 else None) for n in range(len(ORDER))
    ]
