"""Holds what `gradewalk score` printed against the second calculations, and counts where they agree.

`python -m tests.second.compare FILE.jsonl RESULTS.jsonl` prints the counts per standard; exit 1 if any differ.
It reads the JSON of DESIGN 7 only; it must not know `bot`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.second import bjkb, dnisc, jccqb, tbsc

STANDARDS = ("bjkb-006", "bjkb-007", "dnisc-1105", "tbsc-94", "jccqb-037")
SECOND: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    name: module.result for module in (bjkb, dnisc, tbsc, jccqb) for name in module.NAMES
}


def standard(submission: dict[str, Any]) -> str:
    """The id of the standard, whether the file names it by id or by code."""
    name = submission["scheme"]
    short = {module.NAMES[-1]: module.NAMES[0] for module in (dnisc, tbsc, jccqb)}
    short |= dict(zip(bjkb.NAMES[2:], bjkb.NAMES[:2], strict=True))
    return str(short.get(name, name))


def read(printed: dict[str, Any]) -> dict[str, Any]:
    """A result object of `gradewalk score` in the form of the second calculations; problems stay problems."""
    if "problems" in printed:
        return printed
    dimensions = printed["dimensions"]
    exact = {name: one["exact"] for name, one in dimensions.items()}
    return {
        "complete": printed["complete"],
        "totals": {name: None if text is None else Fraction(text) for name, text in exact.items()},
        "level": next((one["level"] for one in dimensions.values() if "level" in one), None),
        "grade": printed["grade"] and printed["grade"]["id"],
        "outcome": printed["outcome"]["id"],
        "passed": printed["passed"],
    }


def difference(submission: dict[str, Any], printed: dict[str, Any]) -> str:
    """What the two calculations say, where they differ; empty where they agree."""
    ours = SECOND[submission["scheme"]](submission)
    theirs = read(printed)
    return "" if ours == theirs else f"second calculation: {ours}\nprinted: {theirs}"


def main() -> int:
    """Compare line by line; print counts per standard and the first few differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("results", type=Path)
    asked = parser.parse_args()
    agreed: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    outcomes: dict[str, Counter[str]] = {}
    shown: list[str] = []
    with asked.file.open(encoding="utf-8") as files, asked.results.open(encoding="utf-8") as results:
        for number, (line, result) in enumerate(zip(files, results, strict=True), start=1):
            submission, printed = json.loads(line), json.loads(result)
            name = standard(submission)
            found = difference(submission, printed)
            counted[name] += 1
            agreed[name] += not found
            outcomes.setdefault(name, Counter())[printed.get("outcome", {}).get("id", "problems")] += 1
            shown += [f"line {number}, {name}\n{found}"] if found else []
    for name in sorted(counted):
        kinds = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes[name].items()))
        sys.stdout.write(f"{name}: {agreed[name]} of {counted[name]} agree ({kinds})\n")
    sys.stdout.write(f"all: {agreed.total()} of {counted.total()} agree\n")
    sys.stdout.writelines(f"{text}\n" for text in shown[:5])
    return 1 if shown or not counted else 0


if __name__ == "__main__":
    sys.exit(main())
