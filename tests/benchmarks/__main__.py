"""`python3 dev.py bench [WHAT ...]`: tables of what the bot costs. What each says stands in README.md beside this.

Without WHAT everything is measured, for about forty minutes; --quick takes three minutes.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import files, growth, micro, profiled, taps
from tests.benchmarks.bots import KINDS, ROOT

HERE = Path(__file__).parent
WHAT = ("taps", "micro", "growth", "files", "others")


def others() -> None:
    """Every bench_*.py that has a main, each as a process of its own."""
    for file in sorted(HERE.glob("bench_*.py")):
        if "def main(" in file.read_text("utf-8"):
            print(f"\n{file.stem}", flush=True)
            subprocess.run([sys.executable, str(file)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*WHAT, []], metavar="WHAT", help=" ".join(WHAT))
    parser.add_argument("--quick", action="store_true", help="one short round of the loads that say most")
    parser.add_argument("--bots", default=",".join(KINDS), help="taps: which bots, with commas between")
    parser.add_argument("--loads", default="", help="taps: which loads, with semicolons between")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0, help="that each round measures")
    parser.add_argument("--profile", action="store_true", help="where the time of 50 users' taps goes, nothing else")
    options = parser.parse_args()
    quick = options.quick
    rounds, seconds = options.rounds or (1 if quick else 3), options.seconds or (4.0 if quick else 8.0)
    if options.profile:
        profiled.main(seconds)
        return
    chosen = tuple(filter(None, options.loads.split(";"))) or (taps.QUICK if quick else taps.Plan().loads)
    table = {
        "taps": lambda: taps.main(taps.Plan(tuple(options.bots.split(",")), chosen, rounds, seconds)),
        "micro": micro.main,
        "growth": lambda: growth.main(10_000 if quick else 100_000, rounds, seconds),
        "files": lambda: files.main(rounds, seconds),
        "others": others,
    }
    for name in options.what or WHAT:
        print(f"\n== {name}", flush=True)
        table[name]()


if __name__ == "__main__":
    main()
