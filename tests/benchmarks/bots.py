"""The bots that are measured, each as a process of its own on the core it is given. Must not know what is measured."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOKEN = "1:bench-bench-bench-bench-bench-bench"
OURS = "gradewalk"
PLAIN = "ptb"
SCHEME, MODE = "jccqb-037", "self"
"""The standard whose interview is most like 80 questions with one tap each: 52, of five levels, and nothing else."""


@dataclass(frozen=True, slots=True)
class Kind:
    """command: arguments of Python. begin: how a person gets to the first question, see people.Person."""

    name: str
    command: tuple[str, ...]
    begin: tuple[str, ...]


INTERVIEW = (">/new", f"1:m:{SCHEME}", f"1:o:{SCHEME}:{MODE}", ">Bench Ltd", "1:j:*")
KINDS = {
    one.name: one
    for one in (
        Kind(OURS, ("-P", "-m", "bot", "run"), INTERVIEW),
        Kind(PLAIN, ("-P", "-m", "tests.benchmarks.plain"), (">/start",)),
        Kind("ptb-concurrent", ("-P", "-m", "tests.benchmarks.plain", "concurrent"), (">/start",)),
        Kind("echo", ("-P", "-m", "tests.benchmarks.echo"), (">/start",)),
    )
}
PROFILED = Kind(OURS, ("-P", "-m", "tests.benchmarks.starter", "run"), INTERVIEW)


def start(kind: Kind, port: int, folder: Path, more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """The process, pinned; its log goes to a file in the folder. more: variables of its environment."""
    environment = {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
        **(more or {}),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *kind.command], env=environment, cwd=folder, stdout=log, stderr=log)
    cores = sorted(os.sched_getaffinity(process.pid))
    every = range(os.cpu_count() or 1)
    theirs = [core for core in every if core not in cores] or cores
    os.sched_setaffinity(process.pid, {theirs[-1]})
    return process


def take_first_core() -> None:
    """The load and the Bot API on a core of their own, so that they are not measured; where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[0]})


@dataclass(frozen=True, slots=True)
class Used:
    """cpu: seconds so far; rss: resident kilobytes now; peak: at most."""

    cpu: float
    rss: int
    peak: int


def used(pid: int) -> Used:
    """What a process has used, by the system's books. Linux alone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    status = Path(f"/proc/{pid}/status").read_text()
    sizes = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith(("VmRSS", "VmHWM"))}
    return Used((int(fields[11]) + int(fields[12])) / ticks, int(sizes["VmRSS"]), int(sizes["VmHWM"]))
