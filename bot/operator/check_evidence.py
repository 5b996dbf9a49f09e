"""Whether each file of evidence that is said to be kept is there, unchanged: for `gradewalk doctor`.

Reads every file to its end, and changes nothing. Must not know what any of it shows, or who brought it.
"""

from collections.abc import Iterator, Sequence

from bot.config import Settings
from bot.operator.archive import evidence_files
from bot.operator.backup import database_of
from bot.operator.check import Check
from bot.operator.opened import store_of
from bot.operator.trouble import Trouble
from bot.store.unit import Store
from bot.store.vault import BytesMissing

_MEGABYTE = 1_000_000
_NAMED = 5
"""Pieces that are named of those that are missing or changed."""


def evidence(settings: Settings) -> Iterator[Check]:
    """What is missing, what was changed, what nobody knows, and what is still to be fetched."""
    if not database_of(settings).is_file():
        return
    try:
        with store_of(settings) as store:
            yield from _looked(settings, store)
    except Trouble:
        return  # `database` has said why


def _looked(settings: Settings, store: Store) -> Iterator[Check]:
    # First: the bot makes a file known before it gives it its name.
    there = {path.name for _, path in evidence_files(settings.data_dir)}
    with store.read() as unit:
        needed, known, waiting = unit.blobs.needed(), unit.blobs.known(), unit.fetches.count_waiting()
    bad = [sha256 for sha256 in needed if not _sound(store, sha256)]
    with store.read() as unit:
        still = set(unit.blobs.needed())  # some may have been taken away while we read
        bad = [sha256 for sha256 in bad if sha256 in still]
        pieces = unit.blobs.pieces(bad)
    if bad:
        yield _bad(settings, there, bad, pieces)
    else:
        n = len(needed)
        yield Check("ok", f"证据文件 {n} 份，都在且未变", f"{n} files of evidence, all there and unchanged")
    if strange := len(there - known):
        yield Check(
            "warn",
            f"证据文件夹里有 {strange} 个数据库不认识的文件（恢复旧备份之后会有）",
            f"{strange} files in the evidence folder that the database does not know (as after a restore)",
        )
    if waiting:
        yield Check("ok", f"还有 {waiting} 份证据待取回", f"{waiting} files of evidence are still to be fetched")


def _sound(store: Store, sha256: str) -> bool:
    try:
        store.vault.read(sha256)
    except BytesMissing:
        return False
    return True


def _bad(settings: Settings, there: set[str], bad: Sequence[str], pieces: Sequence[tuple[str, int]]) -> Check:
    """How many are gone or changed, the first few by name, and what to do."""
    gone = sum(sha256 not in there for sha256 in bad)
    named = ", ".join(f"{ref} #{seq}" for ref, seq in pieces[:_NAMED]) + ("…" if len(pieces) > _NAMED else "")
    how = f"unzip -o BACKUP.zip 'evidence/*' -d {settings.data_dir}"
    return Check(
        "fail",
        f"证据文件丢失 {gone} 份、被改 {len(bad) - gone} 份（{named}）；可从备份取回：{how}",
        f"evidence: {gone} files are gone, {len(bad) - gone} were changed ({named}); put back from a backup: {how}",
    )
