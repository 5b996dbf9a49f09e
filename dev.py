#!/usr/bin/env python3
"""One command for a bare machine: `python3 dev.py run`, `test`, `check`, `bench` or `lock`.

Makes `.venv` in this folder, installs what the lock files name (once; a stamp remembers it), then hands over.
Needs Python and its standard library alone, knows the project's tools by name only, asks nothing. Progress goes to
stderr.
"""

from __future__ import annotations  # so that an old Python reaches the line that says it is too old

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

USAGE = """usage: python3 dev.py COMMAND

  run [args]     start Gradewalk: Telegram if TELEGRAM_BOT_TOKEN is set, else a chat in the terminal
  test [args]    run the tests; arguments go to pytest (long ones: test -m long)
  check          style, types, walls between the parts, scheme files
  bench [args]   measure what taps, files and start-up cost, beside plain bots (bench --quick, --help; Linux)
  lock [args]    write both lock files anew; arguments go to uv (newer versions: lock --upgrade)"""

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.json"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


class SetupError(Exception):
    """The environment cannot be made. One line."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code, or does not return where the system can hand over."""
    if sys.version_info < OLDEST:
        version = ".".join(str(part) for part in sys.version_info[:3])
        print(f"dev.py: 需要 Python 3.11 以上，现为 {version} / needs Python 3.11 or later", file=sys.stderr)
        return 2
    commands = {"run": run, "test": test, "check": check, "bench": bench, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(USAGE, file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 2


# ---------------------------------------------------------------- the commands


def run(arguments: list[str]) -> int:
    """`gradewalk run` in the folder one stands in; the project is found without being installed."""
    set_up(RUN_LOCK)
    return hand_over([str(PYTHON), "-P", "-m", "bot", "run", *arguments])


def test(arguments: list[str]) -> int:
    """Pytest on every core."""
    set_up(DEV_LOCK)
    os.chdir(ROOT)
    return hand_over([str(PYTHON), "-m", "pytest", "-n", "auto", *arguments])


def check(arguments: list[str]) -> int:
    """Every check, even after one has failed; their output only where they fail."""
    if arguments:
        raise SetupError("check takes no arguments")
    set_up(DEV_LOCK)
    checks = {
        "ruff check": ["ruff", "check", "--quiet"],
        "ruff format": ["ruff", "format", "--check", "--quiet", "--diff"],
        "mypy --strict": ["mypy", "--strict"],
        "lint-imports": ["lint-imports"],
        "gradewalk schemes check": ["python", "-P", "-m", "bot", "schemes", "check"],
    }
    failed = [name for name, command in checks.items() if not passes(name, command)]
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Tables for people to read; nothing fails because of a slow machine."""
    set_up(DEV_LOCK)
    os.chdir(ROOT)
    return hand_over([str(PYTHON), "-m", "tests.benchmarks", *arguments])


def lock(arguments: list[str]) -> int:
    """Both lock files from pyproject.toml: plain `name==version` lines for every system and Python."""
    set_up(DEV_LOCK)
    uv = [str(BIN / "uv"), "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--no-annotate"]
    uv += ["--no-header", "--python-version", ".".join(map(str, OLDEST)), *arguments]
    # What runs is a part of what is tested, so it is resolved within the larger list.
    for target, more in ((DEV_LOCK, ["--extra", "dev"]), (RUN_LOCK, ["-c", DEV_LOCK.name])):
        made = subprocess.run([*uv, *more, "-o", target.name], cwd=ROOT, env=environment(), check=False)
        if made.returncode:
            return made.returncode
        lines = target.read_text("utf-8").splitlines()
        target.write_text("".join(f"{line}\n" for line in lines if re.match(r"\w", line)), "utf-8")
        say(f"wrote {target.name}")
    return 0


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one tool of the environment, say how it went, show its output if it failed."""
    start = time.monotonic()
    tool = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(
        tool, cwd=ROOT, env=environment(), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    say(f"{name}: {'FAILED' if done.returncode else 'ok'} ({time.monotonic() - start:.1f} s)")
    if done.returncode:
        print(done.stdout.decode("utf-8", "replace"), file=sys.stderr, flush=True)
    return done.returncode == 0


# ---------------------------------------------------------------- the environment


def set_up(wanted: Path) -> None:
    """Make `.venv` and install `wanted`, unless the stamp says that it is there. SetupError if that fails."""
    with alone():
        state = stamp()
        python = "{}.{}".format(*sys.version_info)
        # Scripts in it carry its place, so a folder that was moved needs a new one.
        if not PYTHON.exists() or made_by() != python or state.get("place", str(VENV)) != str(VENV):
            state = {}
            make_environment(python)
        # All that runs is part of what tests: after `test`, `run` has nothing to install.
        locks = {file.name: digest(file) for file in (RUN_LOCK, DEV_LOCK)}
        if state.get(DEV_LOCK.name) != locks[DEV_LOCK.name] and state.get(wanted.name) != locks[wanted.name]:
            say(f"首次安装依赖，约半分钟 / installing {wanted.name}, about half a minute, once")
            STAMP.unlink(missing_ok=True)
            install(["--no-deps", "-r", str(wanted)])
            state = {wanted.name: locks[wanted.name], "place": str(VENV)}
        project = digest(ROOT / "pyproject.toml")
        if wanted == DEV_LOCK and state.get("project") != project:
            # The build backend is in the lock already: nothing is fetched, nothing is built apart.
            install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
            state["project"] = project
        if state != stamp():
            STAMP.write_text(json.dumps(state), "utf-8")


def stamp() -> dict[str, str]:
    """What is installed: file name → digest of the file that was installed from."""
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def digest(file: Path) -> str:
    """SHA-256 of a file, whatever its line ends. SetupError if it is missing."""
    try:
        return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError as error:
        raise SetupError(f"{file.name} 缺失 / is missing") from error


def made_by() -> str:
    """The Python ("3.11") that `.venv` was made with; empty if it is not one."""
    try:
        text = (VENV / "pyvenv.cfg").read_text("utf-8")
    except OSError:
        return ""
    found = re.search(r"^version(?:_info)? *= *(\d+\.\d+)", text, re.MULTILINE)
    return found[1] if found else ""


def make_environment(version: str) -> None:
    """An empty `.venv`. Without pip: Debian's own Python has no ensurepip, and a pip from outside serves as well."""
    say(f"新建 .venv / making .venv with Python {version}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)],
        check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if made.returncode:
        reason = made.stdout.decode("utf-8", "replace").strip().splitlines()
        raise SetupError(f"无法新建 .venv / cannot make .venv: {reason[-1] if reason else made.returncode}")


def install(what: list[str]) -> None:
    """Install into `.venv`; SetupError with one line if that fails."""
    done = subprocess.run(
        [*installer(), *what], env=environment(), check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if not done.returncode:
        return
    output = done.stdout.decode("utf-8", "replace")
    if re.search(r"resolution|NewConnection|Max retries|Connection\w*Error|Failed to fetch|unreachable", output):
        raise SetupError("无法下载依赖，请检查网络 / cannot download: no connection to the package index")
    lines = [line for line in output.splitlines() if re.search(r"error", line, re.IGNORECASE)]
    raise SetupError(f"安装失败 / installing failed: {(lines or output.splitlines() or ['?'])[0].strip()}")


def installer() -> list[str]:
    """The command that installs into `.venv`: a pip found outside, else one put inside, else uv."""
    options = ["--python", str(PYTHON), "install", "--quiet", "--no-input", "--no-compile", "--retries", "2"]
    pips = [shutil.which(name) for name in ("pip3", "pip")]
    for pip in ([sys.executable, "-m", "pip"], *([pip] for pip in pips if pip)):
        if pip_version(pip) >= (22, 3):  # the first that knows --python
            return [*pip, *options]
    ensured = subprocess.run([str(PYTHON), "-m", "ensurepip"], check=False, capture_output=True)
    if not ensured.returncode:
        return [str(PYTHON), "-m", "pip", *options[2:]]
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    raise SetupError("没有 pip，请先安装 / no pip found: install it first (Debian: the package python3-pip)")


def pip_version(pip: Sequence[str]) -> tuple[int, ...]:
    """The version of a pip; (0,) if it is none."""
    asked = subprocess.run([*pip, "--version"], check=False, capture_output=True)
    found = re.match(r"pip (\d+)\.(\d+)", asked.stdout.decode("utf-8", "replace"))
    return (int(found[1]), int(found[2])) if found and not asked.returncode else (0,)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Only one dev.py at a time touches `.venv`. The system frees the lock when its holder ends, however it ends."""
    with (ROOT / ".venv.lock").open("w") as file:
        if not locked(file.fileno(), wait=False):
            say("等待另一个 dev.py / waiting for another dev.py")
            locked(file.fileno(), wait=True)
        yield


def locked(descriptor: int, *, wait: bool) -> bool:
    """Take the lock; False if somebody has it and we do not wait."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # LK_LOCK gives up after ten seconds, so it is asked again.
            while True:
                try:
                    msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                except OSError:
                    if not wait:
                        raise
                else:
                    return True
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# ---------------------------------------------------------------- small things


def environment() -> dict[str, str]:
    """Our environment with `.venv` active, the project on the path, and UTF-8 everywhere."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    env.update(VIRTUAL_ENV=str(VENV), PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
    env.pop("PYTHONHOME", None)
    return env


def hand_over(command: list[str]) -> int:
    """Become that command; on Windows, where a process cannot, wait for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment())  # noqa: S606  # no shell is wanted
    with subprocess.Popen(command, env=environment()) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the child has got it too and decides
                continue


def say(line: str) -> None:
    """One line of progress."""
    print(f"dev.py: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
