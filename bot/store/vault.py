"""The folder of evidence: bytes under their own SHA-256, final once they stand there (RELIABILITY 4).

    evidence/9f/9f86d0…    finished: written under another name, synced, renamed
    evidence/.coming/…     what is being fetched; after a kill it is begun anew

`gradewalk backup` takes along what is finished. Must not know what any file is, or who may have it. No name that a
person gave is ever a path.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

from bot.store.disk import Room, room, sync

EVIDENCE: Final = "evidence"
_COMING: Final = ".coming"
_DIGEST: Final = re.compile("[0-9a-f]{64}")


class BytesMissing(LookupError):  # noqa: N818  the reason is the name, as in errors.py
    """The bytes of a digest are not there, or are not what was written."""


class Vault:
    """Made on first use; its folders and files are for the owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def part(self) -> Path:
        """A new empty file to write to. OSError."""
        folder = self._made(self._folder / _COMING)
        handle, name = tempfile.mkstemp(dir=folder)  # mode 600
        os.close(handle)
        return Path(name)

    def put(self, part: Path, sha256: str) -> None:
        """Give a synced part its final name. One that is there already is the same, or damaged: replaced. OSError."""
        target = self._path(sha256)
        new = not target.parent.exists()
        self._made(target.parent)
        part.replace(target)
        sync(target.parent)
        if new:
            sync(self._folder)
            sync(self._folder.parent)  # the first of all made the folder too

    def read(self, sha256: str) -> bytes:
        """The bytes, held against their digest. BytesMissing."""
        try:
            found = self._path(sha256).read_bytes()
        except OSError:
            raise BytesMissing(sha256) from None
        if hashlib.sha256(found).hexdigest() != sha256:
            raise BytesMissing(sha256)
        return found

    def has(self, sha256: str) -> bool:
        """Whether there is such a file; whether it is sound, `read` says."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """How many bytes there are; 0 where there are none."""
        try:
            return self._path(sha256).stat().st_size
        except OSError:
            return 0

    def delete(self, sha256: str) -> None:
        """Gone, as far as a disk forgets. Nothing where it was not there."""
        self._path(sha256).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove what a process that was killed had begun to write. Only while nothing is being fetched."""
        folder = self._folder / _COMING
        for left in folder.iterdir() if folder.is_dir() else ():
            left.unlink(missing_ok=True)

    @property
    def room(self) -> Room:
        """How much the folder's disk can take."""
        folder = self._folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return room(folder)

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise BytesMissing("no digest")
        return self._folder / sha256[:2] / sha256

    def _made(self, folder: Path) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)  # parents=True would give those in between the usual mode
        return folder
