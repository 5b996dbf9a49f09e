"""Checked schemes kept from one start to the next: reading and checking five long YAML files takes seconds.

A file is known again by its bytes and by the code that checked it: whoever changes either gets a full check. Only a
file without any problem is kept. Must not know where the kept texts stand, or what is asked of a scheme.
"""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path as FilePath

import bot.domain
from bot.library.canonical import from_canonical
from bot.library.loaded import Loaded
from bot.library.problems import Problem

_MOST = 64
"""Texts kept; older ones go."""


def load_kept(folder: FilePath, kept: FilePath | None) -> tuple[tuple[Loaded, ...], tuple[Problem, ...]]:
    """The schemes of a folder as `load_all` gives them, with what `kept` holds instead of reading again."""
    files = sorted(folder.glob("*.yaml"))
    if kept is None or not files:
        return _load_all(folder)
    found: dict[FilePath, Loaded] = {}
    for file in files:
        loaded = _known(file, kept) or _fresh(file, kept)
        if loaded is None:
            return _load_all(folder)
        found[file] = loaded
    ids = [name for loaded in found.values() for name in (loaded.scheme.id, loaded.scheme.code)]
    if len(set(ids)) < len(ids):
        return _load_all(folder)
    return tuple(found.values()), ()


def _load(file: FilePath) -> tuple[Loaded | None, tuple[Problem, ...]]:
    from bot.library.load import load  # noqa: PLC0415  nearly every start knows all files already

    return load(file)


def _load_all(folder: FilePath) -> tuple[tuple[Loaded, ...], tuple[Problem, ...]]:
    from bot.library.load import load_all  # noqa: PLC0415  see _load

    return load_all(folder)


def _known(file: FilePath, kept: FilePath) -> Loaded | None:
    try:
        text = (kept / _name(file)).read_text(encoding="utf-8")
        return Loaded(from_canonical(text), text, str(file))
    except (OSError, ValueError):
        return None


def _fresh(file: FilePath, kept: FilePath) -> Loaded | None:
    """A full check; None where there is any problem, even a warning: those are told at every start."""
    loaded, problems = _load(file)
    if loaded is None or problems:
        return None
    try:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = kept / _name(file)
        partial = target.with_suffix(f".{os.getpid()}")
        partial.write_text(loaded.text, encoding="utf-8")
        partial.replace(target)
        _tidy(kept.glob("*.json"))
    except OSError:
        return loaded  # no room or no right to keep it: the next start reads it again
    return loaded


def _name(file: FilePath) -> str:
    return hashlib.sha256(_checkers() + file.read_bytes()).hexdigest() + ".json"


@cache
def _checkers() -> bytes:
    """A digest over the code that reads, checks and scores schemes."""
    folders = (FilePath(__file__).parent, FilePath(bot.domain.__file__).parent)
    sources = (source for folder in folders for source in sorted(folder.glob("*.py")))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).digest()


def _tidy(files: Iterable[FilePath]) -> None:
    newest_first = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)
    for old in newest_first[_MOST:]:
        old.unlink(missing_ok=True)
