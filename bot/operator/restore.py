"""Putting a backup back. Until one rename the old data is in place, from it on the new: a kill leaves one of them.

Must not know what the record says. What was there before is kept aside under a name with the time, never deleted.
"""

import hashlib
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.config import Settings
from bot.lock import EXIT_SECOND, SecondCopy, alone
from bot.operator.archive import Archive, opened
from bot.operator.backup import database_of
from bot.operator.proof import Proven, one_line, prove, told
from bot.operator.trouble import Trouble
from bot.store.disk import sync
from bot.store.engine import opened_file
from bot.store.erased import Erased, erased
from bot.store.errors import StoreError
from bot.store.health import health
from bot.store.opening import mark
from bot.store.restoring import prepare

_WORK: Final = ".restoring"
_MAGIC: Final = b"SQLite format 3\0"
_BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database. A log that belongs to another one would be played into it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """aside: where the database of before is now, None where there was none. erased: deleted again, by id.

    readable: whether the database of before could be asked for deletions.
    """

    proven: Proven
    aside: Path | None
    erased: tuple[str, ...]
    readable: bool


def restore(
    settings: Settings,
    file: Path,
    now: datetime,
    new_salt: Callable[[], bytes],
    agreed: Callable[[Proven], bool] = lambda _: True,
) -> Restored | None:
    """Check a backup and put it in place of the data; None where `agreed`, asked after the check, says no.

    Trouble: the bot runs, the file is not sound, the disk does not take it. Then the data is what it was.
    """
    database = database_of(settings)
    try:
        with _nobody_else(settings, database), _working_in(database.parent) as work:
            proven = prove(file, work)
            if not agreed(proven):
                return None
            readable, erased = _erased_again(database, proven.database, now, new_salt)
            if readable:
                _refuse_open_log(database)
            with opened(file) as archive:
                _put_evidence(archive, settings.data_dir, _stamp(now))
            return Restored(proven, _swap(proven.database, database, _stamp(now)), erased, readable)
    except OSError as error:
        raise one_line(error) from None


def _stamp(now: datetime) -> str:
    return now.strftime("before-restore-%Y%m%dT%H%M%SZ")


@contextmanager
def _nobody_else(settings: Settings, database: Path) -> Iterator[None]:
    try:
        with alone(settings.data_dir):
            _refuse_in_use(database)
            yield
    except SecondCopy:
        raise Trouble(
            f"另一个进程正在使用 {settings.data_dir}，请先停止它",
            f"another process is using {settings.data_dir}: stop it first",
            exit_code=EXIT_SECOND,
        ) from None


def _refuse_in_use(database: Path) -> None:
    """The terminal chat takes no lock, but it has the database open. SecondCopy."""
    if _may_be_opened(database):
        with opened_file(database) as engine:
            if any(finding.code == "in-use" for finding in health(engine)):
                raise SecondCopy


def _may_be_opened(database: Path) -> bool:
    """Whether it begins as a database does. One that does not is left alone: opening it would delete its log."""
    try:
        with database.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except FileNotFoundError:
        return False


@contextmanager
def _working_in(folder: Path) -> Iterator[Path]:
    """A folder on the database's own disk; what a restore that was killed left in it goes first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = folder / _WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _erased_again(old: Path, new: Path, now: datetime, new_salt: Callable[[], bytes]) -> tuple[bool, tuple[str, ...]]:
    """Whether the database of before could be read, and what was erased in the copy because of it."""
    readable, gone = not old.exists() or _may_be_opened(old), Erased()
    if _may_be_opened(old):
        try:
            with opened_file(old) as engine:
                gone = erased(engine)
        except (StoreError, ValueError, LookupError):
            readable = False
    with told(), opened_file(new) as engine:
        return readable, prepare(engine, gone, now, new_salt)


def _refuse_open_log(database: Path) -> None:
    """Closing the only connection brings the log into the file. Where that failed, the file alone is not all."""
    log = database.with_name(f"{database.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Trouble(f"磁盘已满，或另有进程在用：{log}", f"the disk is full, or somebody uses it: {log}")


def _put_evidence(archive: Archive, folder: Path, stamp: str) -> None:
    """Add what is missing. Evidence stands under its own hash: what is there already is the same, unless damaged."""
    for name in archive.manifest.evidence:
        target = folder / name
        if target.is_file() and _sha256(target) == target.name:
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            target.replace(_free_name(target.with_name(f"{target.name}.{stamp}")))
        unfinished = target.with_name(f".{target.name}.unfinished")
        with unfinished.open("wb") as file:
            archive.copy(name, file)
        _like(unfinished, folder)
        sync(unfinished)
        unfinished.replace(target)
        sync(target.parent)


def _swap(new: Path, database: Path, stamp: str) -> Path | None:
    """Put the finished copy in place by one rename; where the database of before is kept."""
    aside, kept = _free_name(database.with_name(f"{database.name}.{stamp}")), database.exists()
    if kept:
        _second_name(database, aside)
    for end in _BESIDE:
        rest = database.with_name(f"{database.name}{end}")
        if rest.exists():
            rest.replace(aside.with_name(f"{aside.name}{end}"))
    _like(new, database if kept else database.parent)
    sync(new)
    new.replace(database)
    mark(database)
    sync(database.parent)
    return aside if kept else None


def _free_name(name: Path) -> Path:
    """The name, or the next one that is not taken: nothing that was kept is ever written over."""
    numbers = itertools.count(2)
    free = name
    while free.exists():
        free = name.with_name(f"{name.name}-{next(numbers)}")
    return free


def _second_name(file: Path, name: Path) -> None:
    """The same file under another name too; a copy where the file system knows no second names."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copy2(file, name)
        sync(name)


def _like(path: Path, model: Path) -> None:
    """Owned as the model is: restored by root, the bot must still be able to write."""
    if sys.platform != "win32" and os.geteuid() == 0:
        status = model.stat()
        os.chown(path, status.st_uid, status.st_gid)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
