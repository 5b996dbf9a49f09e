"""How long Excel and CSV take for finished assessments: `python -m tests.benchmarks.bench_excel`."""

import statistics
import time
from collections.abc import Callable

from bot.export import Report, csvfile, excel
from tests.assessments.told import finished

RUNS = 15


def measured(render: Callable[[Report], bytes], report: Report) -> str:
    """Median and longest of the runs, wall clock and CPU, after one to warm up."""
    size = len(render(report))
    walls, busy = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        render(report)
        walls.append(time.perf_counter() - wall)
        busy.append(time.process_time() - cpu)
    told = " ".join(
        f"{name} {statistics.median(some) * 1000:.0f}/{max(some) * 1000:.0f} ms"
        for name, some in (("wall", walls), ("CPU", busy))
    )
    return f"{size:,} bytes, median/max over {RUNS}: {told}"


def main() -> None:
    """The largest standard, and the one whose calculation is longest."""
    for name in ("jccqb-037", "dnisc-1105"):
        for title, render in (("excel", excel.render), ("csv", csvfile.render)):
            print(f"{name} {title}: {measured(render, finished(name, 'zh'))}")


if __name__ == "__main__":
    main()
