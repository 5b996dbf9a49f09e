"""How long the files of a finished assessment take: `python tests/benchmarks/bench_files.py [RUNS]`. A table, no test.

The largest of the five standards, photos left out: what they cost depends on how many there are. Each run begins anew
from the report; the first, in which fonts and templates are read, is shown by itself.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.domain.scales import Language
from bot.export import Report
from tests.assessments.told import finished

LARGEST = "jccqb-037"
RUNS = 10


def _paper(report: Report) -> object:
    from bot.export.paper import paper

    return paper(report)


def _breakdown(report: Report) -> object:
    """What a tap on the result costs: scored, graded, and every chapter's screen rendered."""
    from bot.view.result import result
    from bot.words import Words
    from tests.view.desks import desk_of, result_facts

    desk = desk_of(report.scheme, report.state)
    words = Words.of(report.language)
    return [result(words, result_facts(desk, part)) for part in ("", "all")]


def _pdf(report: Report) -> object:
    from bot.export.paper import paper
    from bot.export.pdf import render

    return render(paper(report), None)


CASES: Mapping[str, tuple[Callable[[Report], object], int]] = {
    "breakdown": (_breakdown, 20),
    "paper": (_paper, 100),
    "pdf": (_pdf, 500),
}
"""Name -> what is timed, and within how many ms its median should stay."""


def timed(make: Callable[[Report], object], report: Report, runs: int) -> list[float]:
    """ms of each run, the first one too."""
    from bot.export import pdf

    found = []
    for _ in range(runs + 1):
        pdf.settle()  # what typst gives back after a file takes 0.1 to 0.2 s, beside whatever comes next
        begun = time.perf_counter()
        make(report)
        found.append((time.perf_counter() - begun) * 1000)
    return found


def main(runs: int = RUNS) -> int:
    """The exit code: 1 where a median is above what it should be."""
    late = False
    print(f"{LARGEST}, {runs} runs, ms")
    print(f"{'file':<10}{'lang':<6}{'first':>8}{'median':>8}{'max':>8}{'limit':>8}")
    languages: tuple[Language, ...] = ("zh", "en")
    for name, (make, limit) in CASES.items():
        for language in languages:
            first, *rest = timed(make, finished(LARGEST, language), runs)
            median = statistics.median(rest)
            late = late or median > limit
            print(f"{name:<10}{language:<6}{first:>8.0f}{median:>8.0f}{max(rest):>8.0f}{limit:>8}")
    return int(late)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
