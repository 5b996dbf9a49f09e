"""A backup as one file: a zip of fixed layout, with a manifest that names every member by size and SHA-256.

    manifest.json                    what follows, when and by which schema version it was made
    gradewalk.db                     the database: record, people, standards, inbox
    evidence/aa/aab3…                the bytes of each piece of evidence, under their own hash

Nothing else can be in it: no key, no token, no settings. Must not know what a database holds.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from bot.operator.trouble import Trouble

DATABASE: Final = "gradewalk.db"
_MANIFEST: Final = "manifest.json"
_EVIDENCE: Final = re.compile(r"evidence/(?P<folder>[0-9a-f]{2})/(?P<sha>(?P=folder)[0-9a-f]{62})")
_FORMAT: Final = "gradewalk.backup"
_VERSION: Final = 1
_CHUNK: Final = 1 << 20
_LARGEST_MANIFEST: Final = 64 << 20


class BadBackup(Trouble):
    """The file is no backup, or not as it was made."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside: its SHA-256 in hex, its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """made_at: ISO 8601 UTC. schema: the database's version. members: by name, the manifest itself left out."""

    made_at: str
    schema: str
    members: Mapping[str, Member]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The names of the evidence inside."""
        return tuple(name for name in self.members if name != DATABASE)


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that is open for reading; nothing of it is trusted until it was read through."""

    file: zipfile.ZipFile
    manifest: Manifest

    def copy(self, name: str, target: IO[bytes] | None = None) -> None:
        """Read a member to its end, into target where one is given. BadBackup where it is not as the manifest says."""
        wanted = self.manifest.members[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self.file.open(name) as source:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    digest.update(chunk)
                    if size > wanted.size:
                        break
                    if target is not None:
                        target.write(chunk)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise _damaged(name) from None
        except OSError as error:
            # zlib's own error is no OSError; what the disk says when the target is full is one, and is told as it is.
            raise Trouble(f"无法读写：{error.strerror}", f"cannot read or write: {error.strerror}") from None
        except Exception:  # noqa: BLE001  zlib.error and lzma's: whatever a decompressor finds
            raise _damaged(name) from None
        if (size, digest.hexdigest()) != (wanted.size, wanted.sha256):
            raise _damaged(name)


def name_of(sha256: str) -> str:
    """The name inside of a piece of evidence."""
    return f"evidence/{sha256[:2]}/{sha256}"


def evidence_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name inside, path) of each finished piece of evidence below DATA_DIR; unfinished downloads are left out."""
    for path in sorted((folder / "evidence").glob("??/*")):
        name = path.relative_to(folder).as_posix()
        if _EVIDENCE.fullmatch(name) and path.is_file() and not path.is_symlink():
            yield name, path


def write(target: Path, database: Path, evidence_in: Path, schema: str, at: datetime) -> Manifest:
    """Make a backup of a database that nobody writes to, and the evidence. BadBackup where evidence is damaged.

    target must not exist; it is readable by its owner alone.
    """
    target.touch(mode=0o600, exist_ok=False)
    members: dict[str, Member] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        members[DATABASE] = _add(file, DATABASE, database, at)
        for name, path in evidence_files(evidence_in):
            try:
                members[name] = _add(file, name, path, at, zipfile.ZIP_STORED)  # pictures do not get smaller
            except FileNotFoundError:
                continue  # taken away by whoever brought it, since the folder was listed
            if members[name].sha256 != path.name:
                raise BadBackup(f"证据文件已损坏：{path}", f"a piece of evidence is damaged: {path}")
        manifest = Manifest(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), schema, members)
        file.writestr(_info(_MANIFEST, at), _text(manifest))
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup to be read. BadBackup where it is none, of a newer form, or with other members than it names."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"没有这个文件：{path}", f"no such file: {path}") from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadBackup(
            f"不是 gradewalk backup 做的备份，或没有复制完整：{path}",
            f"not a backup made by `gradewalk backup`, or not all of it: {path}",
        ) from None
    with file:
        manifest = _manifest(file)
        if sorted(file.namelist()) != sorted((*manifest.members, _MANIFEST)):
            raise BadBackup("备份里的文件与清单不符", "the files inside are not those of its manifest")
        yield Archive(file, manifest)


def _add(file: zipfile.ZipFile, name: str, source: Path, at: datetime, how: int = zipfile.ZIP_DEFLATED) -> Member:
    """FileNotFoundError: nothing of it was written."""
    digest, size = hashlib.sha256(), 0
    info = _info(name, at)
    info.compress_type = how
    info.file_size = source.stat().st_size  # whether the large form of the format is needed
    with source.open("rb") as read, file.open(info, "w") as written:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            written.write(chunk)
    return Member(digest.hexdigest(), size)


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    date = at.timetuple()[:6] if 1980 <= at.year < 2107 else (1980, 1, 1, 0, 0, 0)  # noqa: PLR2004  what a zip knows
    info = zipfile.ZipInfo(name, date)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _text(manifest: Manifest) -> str:
    members = {name: {"sha256": one.sha256, "size": one.size} for name, one in manifest.members.items()}
    head = {"format": _FORMAT, "version": _VERSION, "made_at": manifest.made_at, "schema": manifest.schema}
    return json.dumps({**head, "members": members}, indent=1)


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        large = file.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST
        found: Any = {} if large else json.loads(file.read(_MANIFEST))
        version = int(found["version"]) if found["format"] == _FORMAT else 0
        members = {str(name): Member(str(one["sha256"]), int(one["size"])) for name, one in found["members"].items()}
        manifest = Manifest(str(found["made_at"]), str(found["schema"]), members)
    except Exception:  # noqa: BLE001  whatever is wrong with it, it is not ours as it was
        raise _no_manifest() from None
    if version > _VERSION:
        raise BadBackup("备份由更新的 Gradewalk 制作", "a newer Gradewalk made this backup")
    named = [_EVIDENCE.fullmatch(name) for name in manifest.evidence]
    if not version or DATABASE not in members or any(n is None or n["sha"] != members[n.string].sha256 for n in named):
        raise _no_manifest()
    return manifest


def _no_manifest() -> BadBackup:
    return BadBackup("备份的清单缺失或已损坏", "the manifest of the backup is missing or damaged")


def _damaged(name: str) -> BadBackup:
    return BadBackup(f"备份已损坏：{name}", f"the backup is damaged: {name}")
