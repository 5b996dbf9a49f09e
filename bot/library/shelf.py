"""The library: the schemes on offer, and any scheme rebuilt from the text that an assessment is pinned to.

Must not know files or problems.
"""

from collections.abc import Callable, Iterable
from pathlib import Path as FilePath

from bot.domain.scheme import Scheme
from bot.library.canonical import from_canonical
from bot.library.kept import load_kept
from bot.library.loaded import Loaded
from bot.library.problems import Problem

_CACHED = 32


class Library:
    """Schemes by id and by code, in order of their ids; made once at start and never changed."""

    def __init__(self, loaded: Iterable[Loaded]) -> None:
        entries = sorted(loaded, key=lambda entry: entry.scheme.id)
        self.schemes: tuple[Scheme, ...] = tuple(entry.scheme for entry in entries)
        self._named = {name: scheme for scheme in self.schemes for name in (scheme.id, scheme.code)}
        self._texts = {entry.scheme.digest: entry.text for entry in entries}
        self._pinned: dict[str, Scheme] = {scheme.digest: scheme for scheme in self.schemes}

    @classmethod
    def open(cls, folder: FilePath, kept: FilePath | None = None) -> tuple["Library", tuple[Problem, ...]]:
        """The library of a folder, with the problems of all its files; faulty schemes are left out.

        kept: a folder for checked texts, which makes the next start quick.
        """
        loaded, problems = load_kept(folder, kept)
        return cls(loaded), problems

    def get(self, name: str) -> Scheme | None:
        """The scheme of an id or a code."""
        return self._named.get(name)

    def text(self, digest: str) -> str:
        """The canonical text of a scheme on offer. KeyError where none has this digest."""
        return self._texts[digest]

    def pinned(self, digest: str, text: Callable[[str], str]) -> Scheme:
        """The scheme of a digest; `text` gives its pinned text, asked only where it is not on offer.

        ValueError where the text is none, or not the one of the digest.
        """
        scheme = self._pinned.get(digest)
        if scheme is None:
            scheme = from_canonical(text(digest))
            if scheme.digest != digest:
                raise ValueError(f"the text has digest {scheme.digest}, not {digest}")
            if len(self._pinned) >= len(self.schemes) + _CACHED:
                self._pinned = {known.digest: known for known in self.schemes}
            self._pinned[digest] = scheme
        return scheme
