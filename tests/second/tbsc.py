"""CTS TBSC94-2026, typed from annex 1 (service), annex 3 (management) and 5.3 (result), read by CR-01 to CR-18.

One of the second calculations: it imports nothing from `bot` and reads no scheme file.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.second.exact import Pair, covers, mean, points, rating, steps, total

NAMES = ("tbsc-94", "CTS TBSC94-2026")
GATE = "conformity"
SERVICE = points("""
    S.1.1 5  S.1.2 7  S.1.3 5
    S.2.1 5  S.2.2 5  S.2.3 5
    S.3.1 5  S.3.2 5  S.3.3 5
    S.4.1 5  S.4.2 5  S.4.3 5
    S.5.1 5  S.5.2 5  S.5.3 5
    S.6.1 5  S.6.2 5  S.6.3 5
    S.7 8
""")
MANAGEMENT = points("""
    M.1.1 5  M.1.2 5  M.1.3 5  M.1.4 5
    M.2.1 5  M.2.2 5  M.2.3 5
    M.3.1 5  M.3.2 5
    M.4.1 10  M.4.2 10  M.4.3 10  M.4.4 5  M.4.5 5
    M.5.1 10  M.5.2 10
    M.6.1 10  M.6.2 10  M.6.3 10
    M.7.1 5  M.7.2 5
""")
STEPS = {"service": (60, 80, 90, 95), "management": (20, 45, 70, 95, 105)}
TABLE = ("......", "..1111", "..1333", "..1344", "..1355")  # the table of READINGS: S down, level 0-5 across
MEANING = {".": "fail", "1": "row-1", "3": "aaa", "4": "aaaa", "5": "aaaaa"}


def _total(sheets: Sequence[Mapping[str, Any]], dimension: str, table: dict[str, int]) -> Pair | None:
    """The mean over the sheets that cover the dimension; None while one of them, or all, is missing."""
    totals = []
    for sheet in sheets:
        given = {row: sheet["answers"][row] for row in table if row in sheet["answers"]}
        if covers(sheet, len(sheets), dimension, answered=bool(given)):
            if len(given) < len(table):
                return None
            totals.append(total((table[row], rating(a.get(dimension, a))) for row, a in given.items()))
    return mean(totals) if totals else None


def result(submission: dict[str, Any]) -> dict[str, Any]:
    """What the standard gives for an answers file; a row of the table below AAA is no grade (CR-02)."""
    sheets = submission["assessors"]
    service = _total(sheets, "service", SERVICE)
    management = _total(sheets, "management", MANAGEMENT)
    level = steps(management, STEPS["management"]) if management else None
    conforms = submission.get("gates", {}).get(GATE)
    outcome = "incomplete"
    complete = False
    if service and level is not None and conforms is not None:
        complete = True
        outcome = MEANING[TABLE[steps(service, STEPS["service"])][level]] if conforms else "fail"
    passed = outcome.startswith("aaa")
    return {
        "complete": complete,
        "totals": {
            "service": Fraction(*service) if service else None,
            "management": Fraction(*management) if management else None,
        },
        "level": level or None,
        "grade": outcome if passed else None,
        "outcome": outcome,
        "passed": passed,
    }
