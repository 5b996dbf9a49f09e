"""CTS JCCQB037-2025, typed from annex 1 (rows and ticks), 6.2 and table 3, read by EN-01 to EN-15.

One of the second calculations: it imports nothing from `bot` and reads no scheme file.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.second.exact import Pair, covers, mean, rating, steps, total

NAMES = ("jccqb-037", "CTS JCCQB037-2025")
GATE = "conformity"
TICKED = """
    both 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5
    both 2.1.1 2.1.2 2.1.3 2.1.4 2.2.1 2.2.2 2.2.3 2.3.1 2.3.2 2.4.1 2.4.2 2.5
    both 3.1.1 3.1.2 3.1.3 3.3.1 3.3.2
    both 4.1 4.2.1 4.2.2 4.3.1 4.3.2
    both 5.1.1 5.1.2 5.3.1 5.3.2 5.3.3 5.3.4 5.3.5
    management 1.1.1 1.1.2 1.1.3 1.1.4 1.2.1 1.2.2 1.2.3
    management 3.2.1 3.2.2 3.4.1 3.4.2 3.4.3
    management 4.4.1 4.4.2 4.4.3
    management 5.2.1 5.2.2 5.4
"""
LINES = [line.split() for line in TICKED.strip().splitlines()]
MANAGEMENT = tuple(row for _, *rows in LINES for row in rows)
SERVICE = tuple(row for kind, *rows in LINES if kind == "both" for row in rows)
DIMENSIONS = {"management": MANAGEMENT, "service": SERVICE}
STEPS = {"service": (60, 80, 90), "management": (70, 80, 90)}
LEVELS = (None, 3, 4, 5)
TABLE = ("....", ".333", ".344", ".345")  # the table of READINGS: S down, P across
MEANING = {".": "fail", "3": "three-star", "4": "four-star", "5": "five-star"}


def _given(answer: dict[str, Any] | None, dimension: str) -> dict[str, Any] | None:
    """The answer in one dimension: its own, or the flat one that holds for all (EN-09)."""
    if answer is None or dimension in answer:
        return answer[dimension] if answer else None
    return None if DIMENSIONS.keys() & answer.keys() else answer


def _total(sheets: Sequence[Mapping[str, Any]], dimension: str) -> Pair | None:
    """The mean percentage of the points due (EN-01); None while a sheet, or its cover, is missing."""
    totals = []
    rows = DIMENSIONS[dimension]
    for sheet in sheets:
        found = (_given(sheet["answers"].get(row), dimension) for row in rows)
        given = [answer for answer in found if answer is not None]
        if covers(sheet, len(sheets), dimension, answered=bool(given)):
            if len(given) < len(rows):
                return None
            above, below = total((5, rating(answer)) for answer in given)
            totals.append((100 * above, below * 5 * len(rows)))
    return mean(totals) if totals else None


def result(submission: dict[str, Any]) -> dict[str, Any]:
    """What the standard gives for an answers file: the highest star whose two conditions hold (EN-03)."""
    sheets = submission["assessors"]
    service = _total(sheets, "service")
    management = _total(sheets, "management")
    conforms = submission.get("gates", {}).get(GATE)
    complete = service is not None and management is not None and conforms is not None
    outcome = "incomplete"
    if service and management and complete:
        across = steps(management, STEPS["management"])
        outcome = MEANING[TABLE[steps(service, STEPS["service"])][across]] if conforms else "fail"
    passed = outcome.endswith("-star")
    return {
        "complete": complete,
        "totals": {
            "service": Fraction(*service) if service else None,
            "management": Fraction(*management) if management else None,
        },
        "level": LEVELS[steps(management, STEPS["management"])] if management else None,
        "grade": outcome if passed else None,
        "outcome": outcome,
        "passed": passed,
    }
