"""CTS DNISC1105-2026, typed from annex B (points), 6.1.5 (deletion, deductions), D1 and D2, 6.3.2 and 6.3.3.

One of the second calculations: it imports nothing from `bot` and reads no scheme file.
"""

from fractions import Fraction
from typing import Any

from tests.second.exact import Pair, covers, mean, number, steps, total

NAMES = ("dnisc-1105", "CTS DNISC1105-2026")
PRINTED = """
5.2.1 1 2 1 1 1
5.2.2 1.5 1.5 1.5 1.5
5.2.3 1 3
5.2.4 1 1 3 1 3 1
5.2.5 1 1 2 1 2
5.2.6 1 1
5.3.1 3 2 2 5 3
5.3.2 2 7 1
5.1.1 1 3
5.1.2 1 5
5.1.3 2 2 2
5.1.4 4 2
5.1.5 1 6
5.1.6 2 1 1 1
5.1.7 1 2 3
"""


def _halves() -> dict[str, int]:
    table = {}
    for clause, *points in map(str.split, PRINTED.strip().splitlines()):
        for place, text in enumerate(points, start=1):
            above, below = number(text)
            table[f"{clause}.{place}"] = 2 * above // below
    return table


HALVES = _halves()  # half points, so that 1.5 is a whole number
DELETABLE = tuple(row for row in HALVES if row.startswith("5.2."))  # 4.1-4.6 = B1-B24 (DN-05)
GRADES = ("not-qualified", "qualified", "three-star", "four-star", "five-star")
THRESHOLDS = (70, 80, 90, 95)


def _sheet_total(given: dict[str, dict[str, Any]]) -> Pair:
    """实际得分 / 涉及项总分值 × 100; half points on both sides cancel."""
    rated = {row: answer for row, answer in given.items() if not answer.get("na")}
    above, below = total((HALVES[row], number(answer["ratio"])) for row, answer in rated.items())
    return 100 * above, below * sum(HALVES[row] for row in rated)


def result(submission: dict[str, Any]) -> dict[str, Any]:
    """What the standard gives for an answers file: the score after D1 and D2 (DN-02) and its grade."""
    sheets = submission["assessors"]
    totals: list[Pair] = []
    complete = True
    for sheet in sheets:
        given = {row: answer.get("total", answer) for row, answer in sheet["answers"].items()}
        if covers(sheet, len(sheets), "total", answered=bool(given)):
            complete &= len(given) == len(HALVES)
            totals += [_sheet_total(given)] if complete else []
    complete &= bool(totals)
    score = None
    grade = None
    outcome = "incomplete"
    findings = int(submission.get("deductions", 0))
    if complete:
        above, below = mean(totals)
        score = (above + below * (int(submission.get("bonus", 0)) - findings), below)
        outcome = GRADES[0] if findings >= 5 else GRADES[steps(score, THRESHOLDS)]
        grade = outcome if outcome != GRADES[0] else None
    return {
        "complete": complete,
        "totals": {"total": Fraction(*score) if score else None},
        "level": None,
        "grade": grade,
        "outcome": outcome,
        "passed": grade is not None,
    }
