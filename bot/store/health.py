"""What an operator should know of the database before trusting it: for `gradewalk doctor`. Changes nothing.

    for finding in health(engine):
        print(finding.code, dict(finding.params), "refuse" if finding.grave else "warn")

Nothing found: nothing wrong. The codes, each with its params:

    missing     (file)             no database yet; the first start makes it
    lost        (file)             there was a database and it is gone: restore                             grave
    unreadable  (reason)           it cannot be opened or read                                              grave
    corrupt     (reason)           damaged: restore                                                         grave
    too-new     (found, known)     a newer Gradewalk wrote it                                               grave
    outdated    (found, known)     the next start upgrades it
    read-only   (reason)           it takes no writes                                                       grave
    busy        ()                 somebody is writing right now, for longer than the wait
    in-use      ()                 another process has it open: the bot itself, or something to look into
    not-wal     (mode)             journal_mode could not be set to WAL                                     grave
    network     (kind)             it stands on a network file system, where locks and syncs cannot be trusted  grave
    little-room (free)             fewer than 500 MB are free: no files are taken
    no-room     (free)             fewer than 50 MB are free: nothing is taken                              grave
    long-log    (size)             the write-ahead log has more than 200 MB: a reader never ends

Must not know sentences: `doctor` says them.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bot.store import disk
from bot.store.engine import check_integrity, file_of
from bot.store.errors import StoreBusy, StoreCorrupt, StoreError, StoreReadOnly, translated
from bot.store.migration import versions
from bot.store.opening import Lost, check_files, check_rights

_WAIT_SECONDS: Final = 1.0
_NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ocfs2", "gfs2", "vboxsf")
)
_FUSE: Final = _NETWORK | {"sshfs", "rclone", "s3fs", "davfs", "gvfsd-fuse"}
_MOUNTS: Final = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. grave: the bot does not start, or should not. params: sizes in bytes, texts as they are."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    grave: bool = False


def health(engine: Engine, *, thorough: bool = False) -> tuple[Finding, ...]:
    """Everything found, the gravest reason to stop first. Never raises a StoreError.

    For an engine of its own: every open connection, also a resting one of this engine, counts as `in-use`.
    thorough: read every index too; minutes on a database of gigabytes.
    """
    file = file_of(engine)
    around = tuple(_around(file))
    try:
        check_files(file)
    except Lost as error:
        return (Finding("lost", {"file": str(error)}, grave=True), *around)
    if not file.exists():
        return (Finding("missing", {"file": str(file)}), *around)
    used = tuple(_use(file))  # first: what follows opens connections of its own
    try:
        return (*_inside(engine, thorough=thorough), *used, *around)
    except StoreError as error:
        return (Finding("unreadable", {"reason": str(error)}, grave=True), *used, *around)
    finally:
        engine.dispose()


def _inside(engine: Engine, *, thorough: bool) -> Iterator[Finding]:
    try:
        check_integrity(engine, thorough=thorough)
        found, known, newer = versions(engine)
    except StoreCorrupt as error:
        yield Finding("corrupt", {"reason": str(error)}, grave=True)
        return
    if newer:
        yield Finding("too-new", {"found": found or "", "known": known or ""}, grave=True)
    elif found != known:
        yield Finding("outdated", {"found": found or "", "known": known or ""})
    with translated(), engine.connect() as connection:
        mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    if mode != "wal":
        yield Finding("not-wal", {"mode": mode}, grave=True)


def _use(file: Path) -> Iterator[Finding]:
    """Whether anybody else has the file open, and whether it can be written.

    In WAL mode every connection holds a shared lock on the file for as long as it is open, so the exclusive one can
    only be had by the only one.
    """
    try:
        check_rights(file)
    except StoreReadOnly as error:
        yield Finding("read-only", {"reason": str(error)}, grave=True)
        return
    for code, wait, locking in (("in-use", 0.0, "EXCLUSIVE"), ("busy", _WAIT_SECONDS, "NORMAL")):
        refused = _refused(partial(_try_to_write, file, wait, locking))
        if isinstance(refused, StoreBusy):
            yield Finding(code)


def _try_to_write(file: Path, wait: float, locking: str) -> None:
    with closing(sqlite3.connect(file, timeout=wait, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA locking_mode = {locking}")
        raw.execute("BEGIN EXCLUSIVE" if locking == "EXCLUSIVE" else "BEGIN IMMEDIATE")
        raw.execute("ROLLBACK")


def _refused(work: Callable[[], None]) -> StoreError | None:
    try:
        with translated():
            work()
    except StoreError as error:
        return error
    return None


def _around(file: Path) -> Iterator[Finding]:
    kind = file_system(file)
    if kind is not None and is_network(kind):
        yield Finding("network", {"kind": kind}, grave=True)
    left = disk.free(file.parent)
    match disk.room(file.parent):
        case disk.Room.NONE:
            yield Finding("no-room", {"free": left or 0}, grave=True)
        case disk.Room.LITTLE:
            yield Finding("little-room", {"free": left or 0})
        case disk.Room.PLENTY:
            pass
    if disk.Disk(file).long_log:
        yield Finding("long-log", {"size": disk.Disk(file).log_size})


def file_system(file: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of file system a file stands on, as Linux names it ('ext4'); None where that cannot be known.

    mounts: the table to look in, see proc_pid_mountinfo(5).
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        place = file.resolve()
    except OSError:
        return None
    best: tuple[int, str] | None = None
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(_unescaped(before.split(" ")[4]))
        # The last of two mounts on one point hides the one before it.
        if place.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), after.split(" ")[0])
    return best[1] if best else None


def is_network(kind: str) -> bool:
    """Whether files of this kind of file system stand on another machine. 'fuse.sshfs' and its like do."""
    return kind in _NETWORK or kind.removeprefix("fuse.") in {
        "sshfs",
        "rclone",
        "s3fs",
        "davfs",
        "gvfsd-fuse",
        *_NETWORK,
    }


def _unescaped(text: str) -> str:
    """Spaces and the like stand as octal in mountinfo."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text
