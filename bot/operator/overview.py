"""What there is, in figures: for `gradewalk overview`. No name, no text of anybody. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.operator.backup import backups, database_of
from bot.operator.opened import store_of
from bot.store.overview import Figures
from bot.store.values import InboxState


@dataclass(frozen=True, slots=True)
class Seen:
    """figures: of the database. size, log: bytes of its file and its write-ahead log. expired: past their time.

    backups: in BACKUP_DIR, oldest first; holding: those made before something was last erased, which still hold it.
    """

    figures: Figures
    inbox: Mapping[InboxState, int]
    size: int
    log: int
    expired: int | None
    backups: tuple[Path, ...]
    holding: tuple[Path, ...]


def overview(settings: Settings, before: datetime | None) -> Seen:
    """before: closed before it is past its time; None: nothing ever is. Trouble where there is no database."""
    database = database_of(settings)
    with store_of(settings) as store:
        with store.read() as unit:
            figures, inbox = unit.overview.figures(), unit.inbox.counts()
            expired = None if before is None else len(unit.overview.expired(before))
        size, log = database.stat().st_size, store.disk.log_size
    made = backups(settings.backup_dir)
    since = figures.erased_at
    holding = () if since is None else tuple(file for file in made if file.stat().st_mtime < since.timestamp())
    return Seen(figures, inbox, size, log, expired, made, holding)
