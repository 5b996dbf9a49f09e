"""The real bot as a process: started, killed, waited for. Knows nothing of what it does.

`Shell` starts it as an operator does; `Zygote` forks it from a process that has imported everything, which is many
times quicker. Both write its log into `<folder>/bot.log`.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tests.fake_telegram import TOKEN

ROOT = Path(__file__).parents[2]
LOG = "bot.log"


def environment(folder: Path, api_url: str, **settings: str) -> dict[str, str]:
    """What the bot is told, and nothing of what this process was told."""
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "SYSTEMROOT"}}
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api_url, "DATA_DIR": str(folder)}
    return {**kept, "PYTHONPATH": str(ROOT), **given, **settings}


class Driver(Protocol):
    """Runs one bot at a time."""

    def start(self, point: str = "", *arguments: str, **settings: str) -> None:
        """Begin `gradewalk run`, or with arguments another command. point: where it kills itself, see crashing.py."""

    def signal(self, number: signal.Signals) -> None: ...

    def wait(self, seconds: float = 20.0) -> int:
        """The exit code; minus the signal where one killed it. TimeoutError."""

    def ended(self) -> int | None:
        """The exit code, None while it runs."""

    def kill(self) -> int:
        """SIGKILL, and wait; it may have ended before."""

    @property
    def pid(self) -> int: ...


class Shell:
    """`python -m bot run`, one process after another."""

    def __init__(self, folder: Path, api_url: str) -> None:
        self._folder, self._api_url = folder, api_url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, point: str = "", *arguments: str, **settings: str) -> None:
        command = ["tests.catalogue.crashing", point, *(arguments or ("run",))]
        if not point:
            command = ["bot", *(arguments or ("run",))]
        with (self._folder / LOG).open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self._folder,
                env=environment(self._folder, self._api_url, **settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def wait(self, seconds: float = 20.0) -> int:
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def ended(self) -> int | None:
        assert self._process is not None
        return self._process.poll()

    def kill(self) -> int:
        assert self._process is not None
        self._process.kill()
        return self.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            self.kill()


class Zygote:
    """The same from one process that has imported the bot. May serve many folders, one after another."""

    def __init__(self) -> None:
        self._folder, self._api_url = Path(), ""
        self._pid = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.catalogue.zygote"],
            cwd=ROOT,
            env={**environment(Path(), ""), "PTB_TIMEDELTA": "true"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def at(self, folder: Path, api_url: str) -> Self:
        """From now on the bot of this folder."""
        assert not self._pid, "the last one is still running"
        self._folder, self._api_url = folder, api_url
        return self

    def start(self, point: str = "", *arguments: str, **settings: str) -> None:
        assert not self._pid, "the last one is still running"
        order = {
            "point": point,
            "arguments": arguments or ("run",),
            "folder": str(self._folder),
            "log": str(self._folder / LOG),
            "environment": {**environment(self._folder, self._api_url), **settings},
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._pid = self._number("started", self._lines.get(timeout=20.0))

    def signal(self, number: signal.Signals) -> None:
        os.kill(self._pid, number)

    def wait(self, seconds: float = 20.0) -> int:
        """seconds: after that it is killed, and TimeoutError."""
        try:
            return self._ended(seconds)
        except queue.Empty:
            self.kill()
            raise TimeoutError from None

    def ended(self) -> int | None:
        try:
            return self._ended(0.0)
        except queue.Empty:
            return None

    def kill(self) -> int:
        with suppress(ProcessLookupError):  # it did so itself
            self.signal(signal.SIGKILL)
        return self._ended(20.0)

    @property
    def pid(self) -> int:
        return self._pid

    def _ended(self, seconds: float) -> int:
        code = self._number("ended", self._lines.get(timeout=seconds))
        self._pid = 0
        return code

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)

    def _number(self, word: str, line: str) -> int:
        assert line.startswith(word), f"the zygote said {line!r}"
        return int(line.split()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pid:
            self.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._reader.join(10)
        self._process.stdout.close()


def log_of(folder: Path) -> str:
    """What the bots of a folder have logged."""
    file = folder / LOG
    return file.read_text(encoding="utf-8") if file.exists() else ""
