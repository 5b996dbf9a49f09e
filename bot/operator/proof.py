"""Reads a backup to its end before anybody relies on it: hashes, integrity, every chain. Knows no destination."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.operator.archive import DATABASE, BadBackup, Manifest, name_of, opened
from bot.operator.trouble import Trouble
from bot.store.contents import Contents, check_record, contents, evidence_needed, missing
from bot.store.engine import check_integrity, opened_file
from bot.store.errors import StoreError, StoreTooNew
from bot.store.migration import migrate


@dataclass(frozen=True, slots=True)
class Proven:
    """What a sound backup holds. database: the copy inside, unpacked and brought up to this program's version.

    lacking: the SHA-256 of evidence that the record says is kept, and that is not in the backup. It is sound all the
    same: one lost photo must not keep anybody from backing up all the rest.
    """

    manifest: Manifest
    contents: Contents
    database: Path
    lacking: tuple[str, ...] = ()


def prove(backup: Path, folder: Path, before: Contents | None = None) -> Proven:
    """Unpack the database into `folder` and check everything. BadBackup for any defect, Trouble from the disk.

    before: what the database in use held when the copying began. The copy must hold it too: a plain copy of the
    file, without the log beside it, may be sound and yet lack the newest answers (row 85).
    """
    target = folder / DATABASE
    with opened(backup) as archive:
        for name in archive.manifest.evidence:
            archive.copy(name)
        target.touch(mode=0o600, exist_ok=False)
        with target.open("wb") as file:
            archive.copy(DATABASE, file)
        manifest = archive.manifest
    with told(), opened_file(target) as engine:
        check_integrity(engine, thorough=True)
        migrate(engine)
        check_record(engine)
        if before is not None and (gaps := missing(engine, before)):
            raise BadBackup(f"副本缺少数据：{', '.join(gaps)}", f"the copy lacks data: {', '.join(gaps)}")
        lacking = (sha256 for sha256 in evidence_needed(engine) if name_of(sha256) not in manifest.members)
        return Proven(manifest, contents(engine), target, tuple(lacking))


@contextmanager
def told() -> Iterator[None]:
    """What the store finds wrong with a copy leaves as BadBackup."""
    try:
        yield
    except StoreTooNew as error:
        raise BadBackup(f"由更新的 Gradewalk 制作：{error}", f"made by a newer Gradewalk: {error}") from None
    except StoreError as error:
        raise BadBackup(f"数据库副本不完好：{error}", f"the copy of the database is not sound: {error}") from None


def one_line(error: OSError) -> Trouble:
    """What the system says of a file, in a line."""
    where = f"{error.filename}: " if error.filename else ""
    return Trouble(f"无法读写：{where}{error.strerror}", f"cannot read or write: {where}{error.strerror}")
