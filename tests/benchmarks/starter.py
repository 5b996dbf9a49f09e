"""The bot's command line with every thread of it profiled: `python -m tests.benchmarks.starter run`. For `--profile`.

The variable that names the file for the figures is read here alone: the bot does not know that it is watched.
"""

import cProfile
import os
import pstats
import sys
import threading
from types import FrameType
from typing import Any

from bot.cli import main

VARIABLE = "GRADEWALK_BENCH_PROFILE"
_running: list[cProfile.Profile] = []


def _begin(_: FrameType | None = None, __: str = "", ___: Any = None) -> None:
    """Watch this thread. Called by a new thread for its first line, and never again: this takes its own place."""
    profile = cProfile.Profile()
    _running.append(profile)
    profile.enable()


def run() -> None:
    """Until the bot ends, which it does by SystemExit."""
    if sys.version_info < (3, 12):  # from there on one profile sees all threads, and there can be no second
        threading.setprofile(_begin)
    _begin()
    try:
        main()
    finally:
        for one in _running:
            one.disable()
        stats = pstats.Stats(_running[0])
        for one in _running[1:]:
            stats.add(one)
        stats.dump_stats(os.environ[VARIABLE])


if __name__ == "__main__":
    run()
