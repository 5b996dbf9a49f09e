"""Files made by child processes: one or two, kept warm for some minutes, each replaced when it dies or hangs.

What they make stands in a folder of ours, for the owner alone, until it was sent. Must not know what a file shows, who
gets it, or how it is sent.
"""

import json
import logging
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from bot.service.file_worker import LENGTH
from bot.service.filejob import Job

log = logging.getLogger(__name__)
FOLDER: Final = "outgoing"
"""Within the data folder. No backup takes it along."""
_ROOT: Final = Path(__file__).parents[2]
_WORKER: Final = (sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("file_worker.py")))
LONGEST: Final = 180.0
"""Seconds for one file, by the clock on the wall; a bundle with all its evidence takes a tenth of that.

On a busy machine it has four times that at most: what it stood ready while others had the core is no fault of its own.
"""
WARM: Final = 240.0
"""Seconds that a process without work is kept: the next file then comes without the second that starting takes."""


class NotMade(Exception):  # noqa: N818  told to who waits: it will be tried again
    """A file was not made: the process failed at it, died of it, or took too long. The argument says which."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done for a file now. stage: as in export/enclosed.py; done pieces, of how many."""

    stage: str
    done: int
    of: int


class Workshop:
    """As many processes as files are made at once by who calls. Of use until it is closed."""

    def __init__(
        self, folder: Path, worker: tuple[str, ...] = _WORKER, *, longest: float = LONGEST, warm: float = WARM
    ) -> None:
        self._folder, self._worker, self._longest, self._warm = folder, worker, longest, warm
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False
        self._progress: dict[int, Progress] = {}
        self._signs: dict[int, str] = {}

    def clear(self) -> None:
        """Remove what an earlier run left. Only before anything is made."""
        for left in self._folder.iterdir() if self._folder.is_dir() else ():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
                continue
            with suppress(OSError):
                left.unlink()

    def make(self, number: int, job: Job, sign: str = "") -> Path:
        """The file of this number, made; one that was made already is given again. Blocks. NotMade, LookupError.

        sign: of what it is made from: one made from something else, such as a text erased since, is made anew.
        LookupError: what it is made from is gone. It stays until `drop`.
        """
        target = self._folder / f"{number}"
        if target.exists() and self._signs.get(number) == sign:
            return target
        self.drop(number)
        desk = self._desk()
        try:
            part = _part(desk)
            with self._child() as child:
                child.make(job, part, lambda now: self._progress.__setitem__(number, now))
            part.replace(target)
            self._signs[number] = sign
        finally:
            self._progress.pop(number, None)
            shutil.rmtree(desk, ignore_errors=True)
        return target

    def progress(self, number: int) -> Progress | None:
        """What is being done for it now; None where it was not begun, or nothing is said yet."""
        return self._progress.get(number)

    def drop(self, number: int) -> None:
        """The file is needed no more; nothing where there is none."""
        self._signs.pop(number, None)
        with suppress(OSError):
            (self._folder / f"{number}").unlink(missing_ok=True)

    def keep(self, numbers: Collection[int]) -> None:
        """Drop all files but these: whoever was to have the others was forgotten, or is not there."""
        for number in tuple(self._signs):
            if number not in numbers:
                self.drop(number)

    def close(self) -> None:
        """Ends all processes at once; what is being made is not made."""
        with self._lock:
            self._closed = True
            children = [*self._idle, *self._busy]
            self._idle.clear()
        for child in children:
            child.given_up = True
            child.end()

    def __enter__(self) -> Self:
        self.clear()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """Their ids, of those that run."""
        with self._lock:
            return tuple(child.process.pid for child in (*self._idle, *self._busy) if child.alive)

    def _desk(self) -> Path:
        """A folder for one file and all that lies about while it is made: it goes whatever becomes of the process."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".", dir=self._folder))  # mode 700

    @contextmanager
    def _child(self) -> Iterator["_Child"]:
        with self._lock:
            if self._closed:
                raise NotMade("closed")
            warm = next((child for child in self._idle if child.rested()), None)
            if warm is not None:
                self._idle.remove(warm)
            child = warm or _Child(self._worker, self._longest)
            self._busy.add(child)
        try:
            yield child
        finally:
            with self._lock:
                self._busy.discard(child)
                keep = child.alive and not self._closed
                if keep:
                    self._idle.append(child)
                    child.rest(self._warm, self._leave)
            if not keep:
                child.end()

    def _leave(self, child: "_Child") -> None:
        """Let go of one that had nothing to do for long."""
        with self._lock:
            if child not in self._idle:
                return
            self._idle.remove(child)
        child.end()


class _Child:
    """One process, and what is said to it and by it."""

    def __init__(self, worker: tuple[str, ...], longest: float) -> None:
        self._longest = longest
        self._timer: threading.Timer | None = None
        self.given_up = False  # its end is nobody's fault
        self.process = subprocess.Popen(  # noqa: S603  ours, with names that we made
            [*worker, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library may print what it was given
            env=None if sys.platform == "win32" else {},  # no token; Windows starts nothing without its own names
            start_new_session=True,  # Ctrl-C at a terminal is for the bot; and see file_worker.stand_back
        )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def make(self, job: Job, target: Path, told: Callable[[Progress], None]) -> None:
        """The file into an existing one. NotMade, LookupError."""
        late, over = threading.Event(), threading.Event()
        threading.Thread(target=self._watch, args=(over, late), daemon=True).start()
        try:
            said = self._asked(pickle.dumps((job, str(target))), told)
        finally:
            over.set()
        if said is None:
            self.end()
            reason = f"no file within {self._longest:g} s" if late.is_set() else f"ended with {self.process.poll()}"
            if not self.given_up:
                log.error("a %s file was not made: the process %s", job.format, reason)
            raise NotMade(reason)
        if "failed" in said:
            if said["failed"] == "MemoryError":
                self.end()
            if said.get("lookup"):
                raise LookupError(said["failed"])
            log.error("a %s file was not made: %s at %s", job.format, said["failed"], said["at"])
            raise NotMade(f"{said['failed']} at {said['at']}")

    def _watch(self, over: threading.Event, late: threading.Event) -> None:
        """End it as too late, unless it is over in time."""
        since, stood, left = time.monotonic(), stood_ready(self.process.pid), self._longest
        while not over.wait(max(left, self._longest / 100)):
            lost = min(stood_ready(self.process.pid) - stood, 3 * self._longest)
            left = self._longest + lost - (time.monotonic() - since)
            if left <= 0:
                late.set()
                self.end()
                return

    def _asked(self, data: bytes, told: Callable[[Progress], None]) -> dict[str, Any] | None:
        """What came of it; None where the process ended before it said so."""
        try:
            asked, words = _pipes(self.process)
            asked.write(LENGTH.pack(len(data)) + data)
            asked.flush()
            for line in words:
                said: dict[str, Any] = json.loads(line)
                if "stage" not in said:
                    return said
                told(Progress(said["stage"], said["done"], said["of"]))
        except (OSError, ValueError):
            pass
        return None

    def rest(self, seconds: float, leave: Callable[["_Child"], None]) -> None:
        """Without work from now on: after so long it may go."""
        self._timer = threading.Timer(seconds, leave, (self,))
        self._timer.daemon = True
        self._timer.start()

    def rested(self) -> bool:
        """It is to work again. Whether it still can."""
        if self._timer is not None:
            self._timer.cancel()
        return self.alive

    def end(self) -> None:
        """Killed: what it was making nobody will read."""
        if self._timer is not None:
            self._timer.cancel()
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()


def stood_ready(process: int) -> float:
    """Seconds that it could have worked, and others had the core; 0.0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        threads = [one.read_text("ascii").split() for one in Path(f"/proc/{process}/task").glob("*/schedstat")]
        return max((int(fields[1]) for fields in threads), default=0) / 1e9
    return 0.0


def _part(desk: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=desk)  # mode 600
    os.close(handle)
    return Path(name)


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("pipes")
    return process.stdin, process.stdout
