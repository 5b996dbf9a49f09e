"""Random answers files (DESIGN 7) for all five standards, the same for the same seed.

`python -m tests.second.random_sets --count 5000 --seed 1 FILE` writes them as .jsonl, the standards in turn.
It takes rows and thresholds from the second calculations; it must not know `bot` or a scheme file.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from tests.second import bjkb, dnisc, jccqb, tbsc
from tests.second.values import goal, levels, ratios, spread, written

Answers = dict[str, dict[str, Any]]


def one(rng: Random, scheme: str) -> dict[str, Any]:
    """One answers file of the standard with this id."""
    return MAKERS[scheme](rng, scheme)


def sets(scheme: str, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """`count` answers files of one standard."""
    rng = Random(f"{scheme} {seed}")  # repeatable is the point
    return (one(rng, scheme) for _ in range(count))


def _named(rng: Random, count: int) -> list[dict[str, Any]]:
    """Empty sheets, unique by name and round."""
    by_round = rng.random() < 0.5
    sheets: list[dict[str, Any]] = []
    for place in range(count):
        sheet: dict[str, Any] = {"name": f"P{place // 2 if by_round else place}", "answers": {}}
        if by_round and (place % 2 or rng.random() < 0.3):
            sheet["round"] = f"r{place % 2}"
        sheets.append(sheet)
    return sheets


def _count(rng: Random) -> int:
    return rng.choice((1, 1, 1, 1, 2, 2, 3, 3, 4))


def _holes(rng: Random, sheets: list[dict[str, Any]]) -> None:
    """Sometimes a few answers are missing, sometimes a whole sheet."""
    if rng.random() < 0.12 and sheets:
        answers = rng.choice(sheets)["answers"]
        many = len(answers) if rng.random() < 0.1 else min(len(answers), rng.randint(1, 4))
        for row in rng.sample(list(answers), many):
            del answers[row]


def _shuffled(rng: Random, answers: Answers) -> Answers:
    return dict(rng.sample(list(answers.items()), len(answers)))


def _placed(rng: Random, dimension: str, answer: dict[str, Any]) -> dict[str, Any]:
    """A row of one dimension may name it or not."""
    return {dimension: answer} if rng.random() < 0.3 else answer


def _bjkb(rng: Random, scheme: str) -> dict[str, Any]:
    sheets = _named(rng, _count(rng))
    aim = goal(rng, bjkb.THRESHOLDS, 100)
    vetoed = rng.random() < 0.12
    for sheet, shift in zip(sheets, spread(rng, len(sheets)), strict=True):
        found = ratios(rng, bjkb.POINTS, aim + shift, {})
        answers = {row: _placed(rng, "total", {"ratio": written(rng, value)}) for row, value in found.items()}
        if rng.random() > 0.03:
            answers[bjkb.VETO] = {"veto": vetoed and rng.random() < 0.5}
        sheet["answers"] = _shuffled(rng, answers)
        if rng.random() < 0.2:
            sheet["dimensions"] = ["total"]
    _holes(rng, sheets)
    code = f"Q/BJKB {scheme[-3:]}-2026"
    return {"scheme": rng.choice((scheme, code)), "assessors": sheets}


def _deleted(rng: Random) -> list[str]:
    """Rows that are not applicable on one sheet: none, some, or all that may be."""
    part = rng.choice((0, 0, 0.1, 0.3, 0.7, 1))
    return [row for row in dnisc.DELETABLE if rng.random() < part]


def _dnisc(rng: Random, scheme: str) -> dict[str, Any]:
    sheets = _named(rng, _count(rng))
    findings = rng.choice((0, 0, 0, 1, 2, 3, 4, 4, 5, 6))
    bonus = rng.choice((0, 0, 1))
    aim = goal(rng, dnisc.THRESHOLDS, 101) + findings - bonus
    shared = _deleted(rng)
    for sheet, shift in zip(sheets, spread(rng, len(sheets)), strict=True):
        gone = shared if rng.random() < 0.5 else _deleted(rng)
        left = {row: halves for row, halves in dnisc.HALVES.items() if row not in gone}
        found = ratios(rng, left, (aim + shift) * sum(left.values()) / 100, {})
        answers: Answers = {row: {"ratio": written(rng, value)} for row, value in found.items()}
        answers |= {row: {"na": True} | ({"reason": "不涉及"} if rng.random() < 0.5 else {}) for row in gone}
        sheet["answers"] = {row: _placed(rng, "total", a) for row, a in _shuffled(rng, answers).items()}
        if rng.random() < 0.2:
            sheet["dimensions"] = ["total"]
    _holes(rng, sheets)
    submission: dict[str, Any] = {"scheme": rng.choice(dnisc.NAMES), "assessors": sheets}
    if findings or rng.random() < 0.5:
        submission["deductions"] = findings
    if bonus or rng.random() < 0.5:
        submission["bonus"] = str(bonus)
    return submission


def _parts(rng: Random, sheets: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """Which dimensions each sheet gets answers in; a single sheet nearly always both."""
    both = {"service", "management"}
    for place, sheet in enumerate(sheets):
        covered = both if not place or rng.random() < 0.4 else {rng.choice(sorted(both))}
        if rng.random() < 0.07:
            covered = {rng.choice(sorted(both))}
        if rng.random() < 0.4:
            sheet["dimensions"] = rng.sample(sorted(covered), len(covered))
        yield sheet, covered


def _gated(rng: Random, name: str, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    _holes(rng, sheets)
    submission: dict[str, Any] = {"scheme": name, "assessors": sheets}
    gates = rng.choice([{"conformity": True}] * 17 + [{"conformity": False}, {}, None])
    if gates is not None:
        submission["gates"] = gates
    return submission


def _tbsc(rng: Random, _: str) -> dict[str, Any]:
    sheets = _named(rng, _count(rng))
    aim = goal(rng, tbsc.STEPS["service"], 100)
    near = rng.choice(tbsc.STEPS["management"][1:]) + rng.choice((0, 0, -1, 1))
    target = near if rng.random() < 0.8 else rng.randint(29, 145)
    shares = {row: points // 5 for row, points in tbsc.MANAGEMENT.items()}
    shifts = spread(rng, len(sheets))
    for (sheet, covered), shift in zip(_parts(rng, sheets), shifts, strict=True):
        answers: Answers = {}
        if "service" in covered:
            for row, value in ratios(rng, tbsc.SERVICE, aim + shift, {}).items():
                answer = {rng.choice(("alpha", "alpha", "ratio")): written(rng, value)}
                answers[row] = _placed(rng, "service", answer)
        if "management" in covered:
            for row, level in levels(rng, shares, target + int(shift * 4)).items():
                answers[row] = _placed(rng, "management", {"level": level})
        sheet["answers"] = _shuffled(rng, answers)
    return _gated(rng, rng.choice(tbsc.NAMES), sheets)


def _matured(rng: Random, value: Fraction) -> dict[str, Any]:
    """A management answer of JCCQB037: a level where the rating is one, else a ratio (EN-05)."""
    level = value * 5
    if level.denominator == 1 and level >= 1 and rng.random() < 0.7:
        return {"level": int(level)}
    return {"ratio": written(rng, value)}


def _managed(rng: Random, wanted: Fraction, fixed: dict[str, Fraction]) -> dict[str, Fraction]:
    """Ratings of the 52 rows: levels alone, ratios alone, or some of each."""
    weights = dict.fromkeys(jccqb.MANAGEMENT, 5)
    style = rng.random()
    if style < 0.4:
        whole = levels(rng, dict.fromkeys(jccqb.MANAGEMENT, 1), round(wanted) + rng.choice((0, 0, -1)))
        return {row: fixed.get(row, Fraction(level, 5)) for row, level in whole.items()}
    if style < 0.7:
        some = rng.sample(jccqb.MANAGEMENT, rng.randint(1, 40))
        fixed = {row: Fraction(rng.randint(3, 5), 5) for row in some} | fixed
    return ratios(rng, weights, wanted, fixed)


def _in_service(rng: Random, found: dict[str, Fraction], flat: dict[str, Fraction], *, alone: bool) -> Answers:
    """The service answers of one JCCQB037 sheet; flat rows carry one ratio for all that the sheet covers."""
    answers: Answers = {}
    for row, value in found.items():
        bare = row in flat or (alone and rng.random() < 0.3)
        kind = "ratio" if bare or rng.random() < 0.3 else "alpha"
        answer = {kind: written(rng, value)}
        answers[row] = answer if bare else {"service": answer}
    return answers


def _jccqb(rng: Random, _: str) -> dict[str, Any]:
    sheets = _named(rng, _count(rng))
    aims = {name: goal(rng, thresholds, 100) for name, thresholds in jccqb.STEPS.items()}
    weights = dict.fromkeys(jccqb.SERVICE, 5)
    shifts = spread(rng, len(sheets))
    for (sheet, covered), shift in zip(_parts(rng, sheets), shifts, strict=True):
        answers: Answers = {}
        flat: dict[str, Fraction] = {}
        if "service" in covered:
            found = ratios(rng, weights, (aims["service"] + shift) * 170 / 100, {})
            if len(covered) == 2 and rng.random() < 0.4:
                flat = {row: found[row] for row in rng.sample(jccqb.SERVICE, rng.randint(1, 34))}
            answers = _in_service(rng, found, flat, alone=sheet.get("dimensions") == ["service"])
        if "management" in covered:
            for row, value in _managed(rng, (aims["management"] - shift) * 260 / 100, flat).items():
                if row not in flat:
                    answers.setdefault(row, {})["management"] = _matured(rng, value)
                    if row not in jccqb.SERVICE and rng.random() < 0.7:
                        answers[row] = answers[row]["management"]
        sheet["answers"] = _shuffled(rng, answers)
    return _gated(rng, rng.choice(jccqb.NAMES), sheets)


MAKERS: dict[str, Callable[[Random, str], dict[str, Any]]] = {
    "bjkb-006": _bjkb,
    "bjkb-007": _bjkb,
    "dnisc-1105": _dnisc,
    "tbsc-94": _tbsc,
    "jccqb-037": _jccqb,
}


def main() -> None:
    """Write `count` answers files, the five standards in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    streams = [sets(scheme, asked.count, asked.seed) for scheme in MAKERS]
    with asked.file.open("w", encoding="utf-8") as out:
        for place in range(asked.count):
            out.write(json.dumps(next(streams[place % len(streams)]), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
