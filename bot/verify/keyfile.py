"""The signing key as a file: read, made once, replaced on an explicit word. Must not know what is signed with it.

It stands outside the database and is in no backup: whoever has both could rewrite a record and seal it anew.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.verify.signing import Signer, from_pem, new_pem


class KeyMissing(Exception):  # noqa: N818  told to the operator, and to whoever needs a signature
    """There is no key file, and none may be made in its place."""


class KeyUnreadable(Exception):  # noqa: N818  the same
    """The key file cannot be read, or holds no key. reason: in the system's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key of a bot: made at first need."""

    path: Path

    def signer(self, may_make: Callable[[], bool]) -> Signer:
        """The signer. may_make: whether nothing was signed yet, asked only where there is no key; else KeyMissing.

        A key that is gone is not replaced in silence: seals by two keys need an explanation. KeyUnreadable.
        """
        try:
            return load(self.path)
        except KeyMissing:
            if not may_make():
                raise
        return make(self.path)


def load(path: Path) -> Signer:
    """The signer of the key in this file. KeyMissing, KeyUnreadable."""
    try:
        return from_pem(path.read_bytes())
    except FileNotFoundError:
        raise KeyMissing(path.name) from None
    except OSError as error:
        raise KeyUnreadable(str(error.strerror)) from None
    except ValueError as error:
        raise KeyUnreadable(str(error)) from None


def make(path: Path) -> Signer:
    """A new key in a file that nobody else may read; where there is one already, that one. KeyUnreadable.

    Killed at any moment, there is a whole key or none; of two that make one at once, both get the same.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            beside.unlink()
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_pem())
            file.flush()
            os.fsync(file.fileno())
        _name(beside, path)
        _sync(path.parent)
    except OSError as error:
        raise KeyUnreadable(str(error.strerror)) from None
    return load(path)


def put_aside(path: Path, name: str) -> Path:
    """Rename the key file, so that a new one can be made; where it stands now. OSError."""
    aside = path.with_name(name)
    if aside.exists():
        raise FileExistsError(17, os.strerror(17), str(aside))
    return path.rename(aside)


def _name(beside: Path, path: Path) -> None:
    """Give the new key its name, unless there is a key of that name: another process was first."""
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            beside.replace(path)
            return
    beside.unlink()


def _sync(folder: Path) -> None:
    """Have the disk keep the new name; Windows has no such call for folders."""
    with suppress(PermissionError, IsADirectoryError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
