"""How long the cheapest path takes: `python -m tests.domain.bench_path [starts]`, process time per standard and start.

Not a test: what is slow depends on the machine. One and three sheets; every step at 1, at 1-3, and at 1-50.
"""

import sys
from random import Random
from statistics import median
from time import process_time

from bot.domain.path import Wishes, cheapest
from tests.domain.real import NAMES, random_sheet, real, settled


def times(name: str, start: str, count: int, dearest: int, starts: int) -> list[float]:
    """Milliseconds for each start and grade; from the lowest band only the highest grade."""
    standard, rng, found = real(name), Random(f"{name} {start}"), []
    for _ in range(starts):
        sheets = [random_sheet(rng, standard, start, name=f"s{n}", left_out=0.2) for n in range(count)]
        costs = {row.id: rng.randint(1, dearest) for row in standard.indicators} if dearest > 1 else {}
        for grade in standard.grades[:1] if start in {"zero", "lowest"} else standard.grades:
            began = process_time()
            cheapest(standard, sheets, settled(standard), grade.id, Wishes(costs=costs))
            found.append((process_time() - began) * 1000)
    return found


def main() -> None:
    starts = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for name in NAMES:
        for start in ("zero", "lowest", "steps", "percents", "odd"):
            for count in (1, 3):
                for dearest in (1, 3, 50):
                    found = times(name, start, count, dearest, starts)
                    what = f"{name:10} {start:8} {count} sheets, cost up to {dearest:2}"
                    sys.stdout.write(f"{what}: median {median(found):5.1f}, max {max(found):5.1f} ms of {len(found)}\n")


if __name__ == "__main__":
    main()
