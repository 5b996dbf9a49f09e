"""The product and the second calculations agree, on random answers files and at every threshold.

The product is asked as a user asks it: an answers file in, the JSON of DESIGN 7 out.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from bot.service.submission import scored
from tests.second.compare import SECOND, STANDARDS, difference, standard
from tests.second.directed import CASES
from tests.second.random_sets import sets

SCHEMES = Path(__file__).parents[2] / "schemes"
FOUND = [scheme for scheme in STANDARDS if (SCHEMES / f"{scheme}.yaml").exists()]


@pytest.fixture(scope="module")
def library() -> Library:
    opened, problems = Library.open(SCHEMES)
    assert not problems
    return opened


def printed(library: Library, submission: dict[str, Any]) -> dict[str, Any]:
    found, problems = scored(library, json.dumps(submission, ensure_ascii=False), "random.json")
    if found is None:
        return {"problems": [str(problem) for problem in problems]}
    read: dict[str, Any] = json.loads(json.dumps(found))
    return read


@cache
def submissions(scheme: str) -> list[dict[str, Any]]:
    """The sets of the default run, made once for its two tests."""
    return list(sets(scheme, 400, seed=1))


def disagreements(library: Library, scheme: str, files: Iterable[dict[str, Any]]) -> list[str]:
    found = []
    for place, submission in enumerate(files):
        text = difference(submission, printed(library, submission))
        if text:
            found.append(f"{scheme}, set {place}\n{text}\n{json.dumps(submission, ensure_ascii=False)}")
    return found


def test_all_five_standards_are_compared() -> None:
    assert tuple(FOUND) == STANDARDS


@pytest.mark.timeout(600)  # at most 10 s alone; a busy machine takes several times that
@pytest.mark.parametrize("scheme", FOUND)
def test_random_sets_agree(library: Library, scheme: str) -> None:
    assert disagreements(library, scheme, submissions(scheme))[:1] == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("scheme", FOUND)
def test_many_random_sets_agree(library: Library, scheme: str) -> None:
    assert disagreements(library, scheme, sets(scheme, 20_000, seed=2))[:1] == []


@pytest.mark.parametrize("scheme", FOUND)
def test_both_give_the_outcome_typed_by_hand_at_every_threshold(library: Library, scheme: str) -> None:
    for name, submission, outcome in CASES[scheme](scheme):
        assert SECOND[scheme](submission)["outcome"] == outcome, name
        assert difference(submission, printed(library, submission)) == "", name


@pytest.mark.parametrize("scheme", STANDARDS)
def test_random_sets_reach_every_outcome_and_exact_thresholds(scheme: str) -> None:
    results = [SECOND[scheme](submission) for submission in submissions(scheme)]
    wanted = {SECOND[scheme](submission)["outcome"] for _, submission, _ in CASES[scheme](scheme)}
    assert {result["outcome"] for result in results} >= wanted | {"incomplete"}
    assert {standard(submission) for submission in submissions(scheme)} == {scheme}
    totals = [total for result in results for total in result["totals"].values()]
    assert sum(total in {60, 70, 80, 90, 95} for total in totals) > 40
    assert submissions(scheme)[:50] == list(sets(scheme, 50, seed=1))
