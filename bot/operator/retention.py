"""Assessments past their time (RETENTION_DAYS): listed for deletion, deleted one by one by whoever runs the bot.

What was written in one goes, its evidence too; the chain of its entries stays, with one that says so (RELIABILITY 6).
Must not know what any of it says. Works beside the running bot.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.config import Settings
from bot.domain.entries import Draft, Erased
from bot.domain.record import Source
from bot.operator.backup import backups
from bot.operator.exporting import OPERATOR
from bot.operator.opened import store_of
from bot.operator.proof import one_line
from bot.operator.trouble import Trouble
from bot.store.overview import Expired
from bot.store.restoring import CHANNEL
from bot.store.unit import Store, Unit
from bot.store.values import Meta

REASON = "retention"
"""What the entry that erases says, for ever."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """entries: how many lost their content; files: of evidence, deleted; backups: those that still hold all of it."""

    ref: str
    entries: int
    files: int
    backups: tuple[Path, ...]


def listed(settings: Settings, now: datetime) -> tuple[Expired, ...]:
    """What is past its time, the oldest first. Trouble where nothing ever is."""
    before = _before(settings, now)
    with store_of(settings) as store, store.read() as unit:
        return unit.overview.expired(before)


def delete(settings: Settings, ref: str, now: datetime) -> Deleted:
    """Delete one that is listed. Trouble for any other; then nothing was changed."""
    before = _before(settings, now)
    with store_of(settings) as store:
        with store.write() as unit:
            if ref not in {one.ref for one in unit.overview.expired(before)}:
                raise Trouble(
                    f"{ref} 不在待删除之列，未删除：gradewalk retention list",
                    f"{ref} is not listed for deletion, nothing was deleted: `gradewalk retention list`",
                )
            entries = _erase(unit, ref, now)
        try:
            files = _tidy(store)
        except OSError as error:
            raise one_line(error) from None
    return Deleted(ref, entries, files, backups(settings.backup_dir))


def _before(settings: Settings, now: datetime) -> datetime:
    if not settings.retention_days:
        raise Trouble(
            "RETENTION_DAYS 为 0：评价永久保留；请先设置天数",
            "RETENTION_DAYS is 0: assessments are kept for ever; set a number of days first",
        )
    return now - timedelta(days=settings.retention_days)


def _erase(unit: Unit, ref: str, now: datetime) -> int:
    found = unit.assessments.for_operator(ref)
    if found is None:
        raise LookupError(ref)
    unit.erasing.raws()
    meta = Meta(now, OPERATOR, OPERATOR, found.scheme_digest, Source(CHANNEL))
    (entry,) = unit.entries.append(found.id, [Draft(Erased(REASON))], meta)
    entries = unit.entries.erase_bodies(found.id, entry.seq)
    unit.fetches.drop(found.id)
    unit.assessments.project(found.id, name="", answered=0, asked=0, touched_at=now, state="deleted")
    unit.erasing.places(found.id)
    return entries


def _tidy(store: Store) -> int:
    """Bytes that no evidence needs any more. Killed before it, the bot does it. OSError."""
    with store.write() as unit:
        loose = unit.blobs.loose()
        for sha256 in loose:
            store.vault.delete(sha256)
            unit.blobs.forget(sha256)
    return len(loose)
