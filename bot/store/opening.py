"""From a file to a database that can be worked with: that it is there, is sound, and is of this version.

SQLite makes a new, empty file in place of one that is gone, and throws its log away: answers that were saved would
vanish without a word (RELIABILITY row 88). So a mark beside the file says that there was one. Each refusal is one
line for the operator in both languages. Must not know what is in a database.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bot.store.disk import sync
from bot.store.engine import check_integrity, file_of
from bot.store.errors import StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from bot.store.migration import migrate

LARGE: Final = 1_000_000_000
"""Bytes from which indexes are not checked at the start. 100 MB take 0.2 s; what fits in no memory takes minutes."""


class Lost(StoreCorrupt):
    """There was a database here, and it is gone or empty. The message is the file's name."""


def prepare(engine: Engine, *, whole: bool = False) -> None:
    """Check the file and bring it to this program's version; the first start makes it.

    whole: it is known to be the file that was left whole, and is looked through later (whole.py). A StoreError of the
    same class as the trouble, with a line for the operator. Nothing was changed then.
    """
    file = file_of(engine)
    try:
        check_files(file)
        check_rights(file)
        if file.exists() and not whole:
            check_integrity(engine, thorough=file.stat().st_size < LARGE)
        migrate(engine)
        mark(file)
    except OSError as error:
        raise StoreError(_both("无法读写", "cannot read or write", f"{error.filename}: {error.strerror}")) from None
    except StoreError as error:
        engine.dispose()
        raise type(error)(refusal(error, file)) from error


def check_rights(file: Path) -> None:
    """StoreReadOnly where the file or its folder takes no writes. SQLite notices at the first change only."""
    for place in (file, file.parent):
        if place.exists() and not os.access(place, os.W_OK):
            raise StoreReadOnly(str(place))


def check_files(file: Path) -> None:
    """Lost where the database is gone or empty, though a log or the mark says that there was one."""
    if file.exists() and file.stat().st_size > 0:
        return
    log = file.with_name(f"{file.name}-wal")
    if (log.exists() and log.stat().st_size > 0) or mark_of(file).exists():
        raise Lost(str(file))


def mark(file: Path) -> None:
    """Remember that there is a database."""
    place = mark_of(file)
    if not place.exists():
        with suppress(OSError):  # a full disk: the next start makes it
            place.touch(mode=0o600)
            sync(place.parent)


def mark_of(file: Path) -> Path:
    """The mark beside a database; whoever deletes both begins anew."""
    return file.with_name(f"{file.name}-made")


def refusal(error: StoreError, file: Path) -> str:
    """Why the database is not opened, and what to do: one line in both languages."""
    match error:
        case Lost():
            return _both(
                f"数据库 {file} 不见了或是空的；请用 gradewalk restore 恢复备份"
                f"（要重新开始，请一并删除 {file.name}-*）",
                f"the database {file} is gone or empty: bring a backup back with `gradewalk restore`"
                f" (to begin anew, delete {file.name}-* too)",
            )
        case StoreCorrupt():
            return _both(
                f"数据库 {file} 已损坏，不予启动；请用 gradewalk restore 恢复备份",
                f"the database {file} is damaged: bring a backup back with `gradewalk restore`",
                str(error),
            )
        case StoreTooNew():
            return _both(
                f"数据库 {file} 由更新的 Gradewalk 写成；请安装新版本",
                f"a newer Gradewalk wrote {file}: install that one",
                str(error),
            )
        case StoreReadOnly():
            return _both(f"数据库 {file} 不可写", f"{file} takes no writes", str(error))
        case StoreFull():
            return _both(f"磁盘已满：{file.parent}", f"the disk is full: {file.parent}")
        case StoreBusy():
            return _both(f"另一个程序一直占用 {file}", f"another program keeps {file} locked")
        case _:
            return _both(f"数据库 {file} 无法打开", f"{file} cannot be opened", str(error))


def _both(zh: str, en: str, detail: str = "") -> str:
    return f"{zh} / {en}" + (f" ({detail})" if detail else "")
