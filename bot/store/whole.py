"""That a database is the very file that a run left whole, so that the next start need not read all of it first.

A mark beside the file says which file was left when the last connection was closed, after a check: its size, its
times and its number in the file system. Whoever writes to it, puts another in its place or copies the folder makes it
another file; a log beside it says that the last run was killed. Then all of it is checked before anything is served,
and so is whatever is small. What no time tells, a bit that turned over on the disk, is looked for all the same, while
the bot serves already. Must not know what is in a database.
"""

import logging
import os
import sqlite3
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import event, make_url

from bot.store.engine import check_integrity, opened_file
from bot.store.errors import StoreCorrupt, StoreError
from bot.store.opening import LARGE, refusal

log = logging.getLogger(__name__)
WORTH: Final = 16_000_000
"""Bytes of a file below which it is checked before anything is served all the same: that takes a tenth of a second."""
_STEPS: Final = 10_000
"""Of SQLite, between two questions whether it is to end."""
_IDLE: Final = 19
"""The least priority there is."""


def is_left_whole(file: Path) -> bool:
    """Whether a run left just this file, and nothing has happened to it since. Never so for a small one: see WORTH."""
    try:
        if file.stat().st_size < WORTH:
            return False
        return _log_of(file) == 0 and mark_of(file).read_text(encoding="ascii") == _which(file)
    except (OSError, ValueError):
        return False


def leave_whole(file: Path) -> None:
    """Mark it, once it is closed; not where somebody else has it open, or the log could not be written back."""
    with suppress(OSError):  # no room: the next start checks it
        if file.stat().st_size > 0 and _log_of(file) == 0:
            mark_of(file).write_text(_which(file), encoding="ascii")


def file_of(url: str) -> Path:
    """The file of a database that is named as in the settings."""
    return Path(str(make_url(url).database))


def forget(file: Path) -> None:
    """The next start checks it first."""
    mark_of(file).unlink(missing_ok=True)


def mark_of(file: Path) -> Path:
    """The mark beside a database."""
    return file.with_name(f"{file.name}-whole")


class Look:
    """A look at all of a database that is in use, on a connection of its own, once. May be given up at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._given_up = threading.Event()
        self.sound = False
        self.damage: StoreCorrupt | None = None
        """What was found, with the line of a start that finds the same."""

    def take(self) -> StoreCorrupt | None:
        """Read all of it, in a thread that lets every other one go first; the damage."""
        _last_in_line()
        try:
            with opened_file(self._file) as engine:
                event.listen(engine, "connect", self._keep)
                if not self._given_up.is_set():
                    check_integrity(engine, thorough=self._file.stat().st_size < LARGE)
                    self.sound = True
                    log.info("the database is whole")
        except StoreCorrupt as error:
            self.damage = StoreCorrupt(refusal(error, self._file))
        except (StoreError, OSError) as error:
            if not self._given_up.is_set():
                log.warning("the database could not be looked through: %s", error)
        return self.damage

    def give_up(self) -> None:
        """End it, where it is under way; the next run begins anew."""
        self._given_up.set()

    def _keep(self, raw: sqlite3.Connection, _entry: object) -> None:
        raw.set_progress_handler(self._given_up.is_set, _STEPS)


def _which(file: Path) -> str:
    """Whoever changes a file changes this; the time of the last change of its entry cannot be set by hand."""
    found = file.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def _log_of(file: Path) -> int:
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0


def _last_in_line() -> None:
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _IDLE)
