"""Room on the disk, and the reserve that is given up when it runs out (RELIABILITY 4, "disk full").

Must not know what is stored, or who is told.
"""

import os
import shutil
from enum import Enum, auto
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1_000_000
LITTLE = 500 * MEGABYTE
"""Below this no files are taken."""
NONE = 50 * MEGABYTE
"""Below this nothing new is taken: what is left is for finishing what was."""
RESERVE = 10 * MEGABYTE
"""Given up once nothing is left: room to finish in even when others filled the disk."""
LONG_LOG = 200 * MEGABYTE
"""A write-ahead log beyond this is an alarm (RELIABILITY row 86)."""


class Room(Enum):
    """How much a folder's disk can take."""

    PLENTY = auto()
    LITTLE = auto()
    """No files any more."""
    NONE = auto()
    """Nothing new any more."""


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder: VACUUM INTO does not wait for that, nor does a rename."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folder, and keeps names by itself
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free(folder: Path) -> int | None:
    """Bytes that we may still write there; None where the system does not say."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def room(folder: Path) -> Room:
    """What the folder's disk can take now; PLENTY where the system does not say: a write will."""
    left = free(folder)
    if left is None or left >= LITTLE:
        return Room.PLENTY
    return Room.NONE if left < NONE else Room.LITTLE


class Disk:
    """The disk that a database stands on. Full from the alarm on until there is room for the reserve again.

    refused: the last thing that was to be written did not fit, whatever the system says is free (a quota, a limit).
    """

    def __init__(self, database: Path) -> None:
        self._folder = database.parent
        self._wal = database.with_name(f"{database.name}-wal")
        self._reserve = database.with_name(f"{database.name}-reserve")
        self._full = False
        self.refused = False

    def is_full(self) -> bool:
        """Whether nothing new may be taken; gives the reserve up when that begins, makes it anew when it ends."""
        left = free(self._folder)
        if left is None:
            return self._full
        full = left < NONE + (RESERVE if self._full else 0)
        if full and not self._full:
            self._reserve.unlink(missing_ok=True)
        if self._full and not full:
            self.keep_reserve()
        self._full = full
        return full

    def keep_reserve(self) -> None:
        """Have the reserve where there is room for it; without one all works too, with less to finish in."""
        left = free(self._folder)
        if self._reserve.exists() or left is None or left < NONE + RESERVE:
            return
        try:
            with self._reserve.open("wb") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, RESERVE)  # a truncated file would be a hole and hold nothing
                else:
                    file.write(bytes(RESERVE))
        except OSError:
            self._reserve.unlink(missing_ok=True)

    def short_of_room(self) -> bool:
        """Whether that is why something was not saved."""
        return self.refused or self.is_full()

    @property
    def long_log(self) -> bool:
        """Whether the write-ahead log is beyond all measure: a reader never ends."""
        return self.log_size > LONG_LOG

    @property
    def log_size(self) -> int:
        """Bytes of the write-ahead log."""
        try:
            return self._wal.stat().st_size
        except OSError:
            return 0
