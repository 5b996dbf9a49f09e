"""Backing up while the bot runs: copy, pack, read it all back, and only then give it its name (RELIABILITY 2, row 85).

Must not know what the record says. A backup holds the database and the evidence, never the key, never a token.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.config import Settings
from bot.lock import EXIT_SECOND, SecondCopy, alone
from bot.operator.archive import write
from bot.operator.proof import Proven, one_line, prove, told
from bot.operator.trouble import Trouble
from bot.store.backup import copy_database
from bot.store.contents import contents, evidence_needed
from bot.store.disk import sync
from bot.store.engine import file_of, open_engine, opened_file
from bot.store.errors import StoreError
from bot.store.migration import versions

_NAME: Final = "gradewalk-%Y%m%dT%H%M%S"
NAMES: Final = re.compile(r"gradewalk-\d{8}T\d{6}\.\d{3}Z\.zip")
"""The names that `back_up` gives in BACKUP_DIR; only such files are ever deleted."""
_WORK: Final = ".unfinished"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup. removed: older ones that went, as asked."""

    file: Path
    proven: Proven
    removed: tuple[Path, ...]


def back_up(settings: Settings, now: datetime, to: Path | None = None, keep: int | None = None) -> Made:
    """Make a backup in BACKUP_DIR, or as `to`; of those in BACKUP_DIR keep the newest `keep` (None: all).

    Trouble for any defect; then nothing is left behind and nothing older was deleted.
    """
    database = database_of(settings)
    if not database.is_file():
        raise Trouble(f"还没有数据可备份：{database}", f"nothing to back up yet: there is no {database}")
    try:
        file = to or settings.backup_dir / f"{now.strftime(_NAME)}.{now.microsecond // 1000:03d}Z.zip"
        if file.exists():
            raise Trouble(f"文件已存在：{file}", f"the file exists already: {file}")
        with _working_in(file.parent) as work:
            proven = _made(settings, database, work, now, file.name)
            _finish(work / file.name, file)
        removed = _prune(settings.backup_dir, file, keep) if keep and to is None else ()
    except OSError as error:
        raise one_line(error) from None
    return Made(file, proven, removed)


def database_of(settings: Settings) -> Path:
    """The database file. Trouble where DATABASE_URL names none."""
    try:
        return file_of(open_engine(settings.database_url))
    except ValueError:
        raise Trouble("DATABASE_URL 须指向一个文件", "DATABASE_URL must name a file") from None


def backups(folder: Path) -> tuple[Path, ...]:
    """The backups in BACKUP_DIR, oldest first."""
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(path for path in found if NAMES.fullmatch(path.name)))


def _made(settings: Settings, database: Path, work: Path, now: datetime, name: str) -> Proven:
    """The backup as work/name, read back to its end."""
    copy = work / "copy.db"
    try:
        with opened_file(database) as engine:
            before = contents(engine)
            copy_database(engine, copy)
            schema = versions(engine)[0] or ""
    except StoreError as error:
        raise Trouble(f"无法读取数据库：{error}", f"the database cannot be read: {error}") from None
    # After the database: what the copy speaks of has been written by then, and evidence is never changed.
    write(work / name, copy, settings.data_dir, schema, now)
    copy.unlink()
    proven = prove(work / name, work, before)
    if not proven.lacking:
        return proven
    with told(), opened_file(database) as engine:  # what was taken away while we copied is not lacking
        still = set(evidence_needed(engine))
    return replace(proven, lacking=tuple(sha256 for sha256 in proven.lacking if sha256 in still))


@contextmanager
def _working_in(folder: Path) -> Iterator[Path]:
    """A folder of our own beside the backups, gone afterwards; what a killed backup left in it goes first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = folder / _WORK
    try:
        with alone(folder):
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(mode=0o700)
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except SecondCopy:
        raise Trouble(
            f"另一个备份正在进行：{folder}", f"another backup is being made in {folder}", exit_code=EXIT_SECOND
        ) from None


def _finish(made: Path, file: Path) -> None:
    """Give the backup its name once the disk has it."""
    sync(made)
    made.replace(file)
    sync(file.parent)


def _prune(folder: Path, newest: Path, keep: int) -> tuple[Path, ...]:
    """Delete all but `keep` of the backups; the one just made always stays, whatever the clock says."""
    others = [path for path in backups(folder) if path != newest]
    old = others[: max(0, len(others) - (keep - 1))]
    for path in old:
        path.unlink()
    return tuple(old)
