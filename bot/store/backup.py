"""A copy of the whole database while it is in use. Must not know tables, or when a copy is wanted."""

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from bot.store.disk import sync
from bot.store.engine import allow
from bot.store.errors import translated


def copy_database(engine: Engine, target: Path) -> Path:
    """Write the database as it is now to `target`, which is replaced only by a whole copy; gives `target` back.

    The copy is one file without a log beside it, readable by its owner alone. StoreFull, or OSError from the folder.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")  # two may copy at once
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)  # VACUUM INTO takes an empty file, and leaves its mode alone
    try:
        _copy(engine, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)  # on a full disk it would keep the room that is missing
    sync(target.parent)
    return target


def _copy(engine: Engine, target: Path) -> None:
    with translated(), closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        allow(connection, writes=True)
        cursor.execute("VACUUM INTO ?", (str(target),))
    sync(target)
