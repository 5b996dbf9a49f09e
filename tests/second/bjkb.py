"""Q/BJKB 006-2026 and Q/BJKB 007-2026, typed from chapters 4 and 5 of the standards; both print the same points.

One of the second calculations: it imports nothing from `bot` and reads no scheme file.
"""

from fractions import Fraction
from typing import Any

from tests.second.exact import covers, mean, number, points, steps, total

NAMES = ("bjkb-006", "bjkb-007", "Q/BJKB 006-2026", "Q/BJKB 007-2026")
VETO = "4.1.1"
POINTS = points("""
    4.1.2 6
    4.2.1 3  4.2.2 5  4.2.3 6
    4.3.1 3  4.3.2 3  4.3.3 3
    4.4.1 3  4.4.2 3  4.4.3 2  4.4.4 1
    4.5 4  4.6 10  4.7 10  4.8 8  4.9 8  4.10 4  4.11 4  4.12 9  4.13 5
""")
STARS = ("one-star", "two-star", "three-star", "four-star", "five-star")
THRESHOLDS = (70, 80, 90, 95)


def result(submission: dict[str, Any]) -> dict[str, Any]:
    """What the standard gives for an answers file: total, stars, or no grade under a veto (BK-01)."""
    sheets = submission["assessors"]
    vetoes = [sheet["answers"].get(VETO, {}).get("veto") for sheet in sheets]
    totals = []
    unanswered = False
    for sheet in sheets:
        given = {row: sheet["answers"][row] for row in POINTS if row in sheet["answers"]}
        if covers(sheet, len(sheets), "total", answered=bool(given)):
            unanswered |= len(given) < len(POINTS)
            bare = {row: answer.get("total", answer) for row, answer in given.items()}
            totals.append(total((POINTS[row], number(answer["ratio"])) for row, answer in bare.items()))
    known = mean(totals) if totals and not unanswered else None
    complete = known is not None and None not in vetoes
    grade = None
    outcome = "incomplete"
    if True in vetoes:
        outcome = "no-grade"
    elif known is not None and complete:
        # "70 分以下" is a column of its own: there is no fail line (BK-03)
        outcome = grade = STARS[steps(known, THRESHOLDS)]
    return {
        "complete": complete,
        "totals": {"total": Fraction(*known) if known else None},
        "level": None,
        "grade": grade,
        "outcome": outcome,
        "passed": grade is not None,
    }
