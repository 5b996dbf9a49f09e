"""`python file_worker.py ROOT`: makes files, one after another, as a process of its own. ROOT: the folder of `bot`.

What draws a PDF or a workbook is large and keeps the interpreter busy: here it takes neither the bot's memory nor its
time, and a crash of it is a file not made. Told on standard input: a length of eight bytes, then a pickled (Job, path).
Says on standard output, in lines of JSON, how far it is, and at last what came of it. The file must exist: it was made
by who asks, for the owner alone, in a folder that is removed afterwards: temporary files lie there too, so that none
is left anywhere by a process that is killed. Ends with its input.
"""

import json
import os
import pickle
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

MEMORY = 3 << 30
"""Bytes of address space: fonts are mapped, threads have stacks. A file in use takes some hundred megabytes."""
NICE = 12
"""Two of these leave nine tenths of a core that they share with taps; at 5 it was three fifths."""
AUTOGROUP = Path("/proc/self/autogroup")
PAUSE, PAUSES = 0.11, 20
"""Seconds: the system takes one change of a session's niceness in a tenth of a second, whoever makes it."""
LENGTH = struct.Struct(">Q")


def confine() -> None:
    """Take no more memory than any lawful file needs, and let the bot go first."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  Windows has none

        os.nice(NICE)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        stand_back()


def stand_back() -> None:
    """As a session too: Linux shares a core between sessions first, and how nice a process is counts within its own.

    Else each of these would get as much as the bot, and what ends the bot's writes to the disk would wait for them.
    """
    if os.getsid(0) != os.getpid():  # the bot's session, or whoever's
        return
    for _ in range(PAUSES):
        try:
            AUTOGROUP.write_text(str(NICE), "ascii")
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return


def serve(asked: BinaryIO, say: Callable[[dict[str, object]], None]) -> None:
    """Make files until the input ends."""
    while len(head := asked.read(LENGTH.size)) == LENGTH.size:
        data = asked.read(LENGTH.unpack(head)[0])
        say(one(data, lambda stage, done, of: say({"stage": stage, "done": done, "of": of})))


def one(data: bytes, told: Callable[[str, int, int], None]) -> dict[str, object]:
    """One file: its size, or by what name it failed and where; nothing of what stands in it."""
    from bot.service.filejob import write  # noqa: PLC0415  after the limits are set

    try:
        job, target = pickle.loads(data)  # noqa: S301  from who started us, over a pipe of theirs
        tempfile.tempdir = str(Path(target).parent)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0)), "wb") as out:
            write(job, out, told)
            return {"made": out.tell()}
    except Exception as error:  # noqa: BLE001  MemoryError too: it is told, and the next one may do
        return {"failed": type(error).__name__, "at": _place(error), "lookup": isinstance(error, LookupError)}


def _place(error: BaseException) -> str:
    """'export/pdf.py:31': where in the bot it was raised; never what was said."""
    found, trace = "", error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        found = f"{path.parent.name}/{path.name}:{trace.tb_lineno}" if "bot" in path.parts else found
        trace = trace.tb_next
    return found


def main(root: str) -> None:
    """Until the input ends."""
    confine()
    sys.path.append(root)
    said = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(2, 1)  # whatever a library prints is no word of ours
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, lambda words: print(json.dumps(words), file=said))


if __name__ == "__main__":
    main(sys.argv[1])
