"""`python -m tests.catalogue.zygote`: has imported the bot, and forks a child for every start that is asked for.

A start costs a fork instead of the imports of a second; the child runs the real command line all the same, as a
process of its own that can be killed. One order a line on stdin, answers on stdout: `started PID`, `ended CODE`.
"""

import json
import os
import signal
import sys
from typing import Any, NoReturn

# What `run` imports on its way; only for its effect.
import bot.cli
import bot.serving
import bot.store.engine
import bot.store.migration
import bot.store.unit  # noqa: F401
from tests.catalogue import crashing


def child(order: dict[str, Any]) -> NoReturn:
    """The bot, as if it had been started from a shell."""
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(old, new)
    os.chdir(order["folder"])
    code = crashing.run(order["point"], order["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            child(order)
        _say(f"started {pid}")
        _, status = os.waitpid(pid, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
