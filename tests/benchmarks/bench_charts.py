"""How long pictures take: `python tests/benchmarks/bench_charts.py`. Under 150 ms each, on a quiet machine; no test.

The first picture of a process also loads the fonts; it is told by itself.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))
TIMES = 7


def main() -> None:
    from bot.export import charts, drawing, fonts
    from tests.assessments.told import NAMES, finished

    begun = perf_counter()
    fonts.fonts()
    fonts.drawable("恒暖𠮷")
    print(f"fonts, once: {(perf_counter() - begun) * 1000:.0f} ms")
    for name in NAMES:
        report = finished(name, "zh")
        begun = perf_counter()
        figures = charts.figures(report)
        print(f"{name}: figures {(perf_counter() - begun) * 1000:.1f} ms")
        for figure in figures:
            took = []
            for _ in range(TIMES):
                begun = perf_counter()
                drawing.png(figure)
                took.append((perf_counter() - begun) * 1000)
            said = f"first {took[0]:.0f}, median {median(took):.0f}, worst {max(took[1:]):.0f} ms"
            print(f"  {type(figure).__name__:5} {figure.title}: {said}")


if __name__ == "__main__":
    main()
