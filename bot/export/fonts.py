"""The fonts that pages and pictures are set in, and what they can draw. Must not know documents.

In this order: the operator's folder (FONT_DIR), the Chinese fonts that come along as a package, those inside typst.
Fonts of the system only where that package is missing: else a report would look otherwise on every machine. A sign
that none of them has is said in words (`unwritten.py`): no page shows a box in its place.
"""

import unicodedata
from collections.abc import Callable, Iterator, KeysView
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from bot.export import font_files
from bot.export.embedded_fonts import EMBEDDED, embedded
from bot.export.unwritten import clusters, family, invisible, said

if TYPE_CHECKING:
    import typst

MONO = "DejaVu Sans Mono"
SANS = "Noto Sans SC"
_REGULAR = 400
_ALIKE = {"✔": "√", "✓": "√", "✘": "×", "✗": "×", "☑": "√", "☒": "×"}
"""Signs with a plainer one of the same meaning, for fonts that lack them; all others by Unicode's own table (NFKC)."""
_FOLDER: ContextVar[Path | None] = ContextVar("fonts", default=None)


@contextmanager
def using(folder: Path | None) -> Iterator[None]:
    """Inside, the fonts of this folder come first; None: those that come along alone."""
    before = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(before)


def fonts() -> "typst.Fonts":
    """What typst sets with; made once per folder."""
    return _shelf(_FOLDER.get()).fonts


def families() -> list[str]:
    """Names of families for typst, in the order in which a sign is looked for."""
    return [face.family for face in _shelf(_FOLDER.get()).faces]


def mono() -> str:
    """The family in which every sign has the same width, for digests."""
    return MONO


def drawable(text: str) -> str:
    """The text as these fonts can draw it; itself where they have every sign."""
    return text if text.isascii() and text.isprintable() else _drawable(_FOLDER.get(), text)


def width(text: str) -> float:
    """Em that a drawable text takes on one line in the first fonts; a sign of those inside typst counts as wide."""
    wide = _shelf(_FOLDER.get()).width
    return sum(map(wide, text))


@dataclass(frozen=True, slots=True)
class Face:
    """A family in its regular face, and its file; None: inside typst. index: in a collection."""

    family: str
    path: Path | None = None
    index: int = 0

    @property
    def signs(self) -> KeysView[int] | frozenset[int]:
        """Code points. Read when first asked for."""
        return embedded(self.family) if self.path is None else font_files.glyphs(self.path, self.index).keys()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The fonts at hand, best first."""

    fonts: "typst.Fonts"
    faces: tuple[Face, ...]

    def has(self, cluster: str) -> bool:
        """One font draws all of it: letter and marks are never taken from two."""
        wanted = {ord(sign) for sign in cluster if not invisible(sign) and sign not in "\n\t"}
        return not wanted or any(wanted <= face.signs for face in self.faces)

    def width(self, sign: str) -> float:
        if invisible(sign) or unicodedata.combining(sign):
            return 0.0
        face = next((face for face in self.faces if ord(sign) in face.signs), None)
        return font_files.widths(face.path, face.index).get(ord(sign), 1.0) if face and face.path else 1.0


@cache
def _shelf(folder: Path | None) -> Shelf:
    import typst  # noqa: PLC0415  the bot starts without it

    packaged = _packaged()
    folders = [one for one in (folder, packaged) if one is not None]
    held = typst.Fonts(
        include_system_fonts=packaged is None,
        include_embedded_fonts=True,
        font_paths=[str(one) for one in folders],
    )
    return Shelf(held, tuple(_faces(held, folders)))


def _faces(held: "typst.Fonts", folders: list[Path]) -> Iterator[Face]:
    """One face a family: upright and regular, or what is nearest."""
    best: dict[str, tuple[tuple[int, bool, int], Path, int]] = {}
    for info in held.fonts():
        if info.path is None:
            continue
        path = Path(info.path)
        rank = next((place for place, one in enumerate(folders) if path.is_relative_to(one)), len(folders))
        key = (rank, info.style != "normal", abs(info.weight - _REGULAR))
        if info.family not in best or key < best[info.family][0]:
            best[info.family] = (key, path, info.index)
    for name, (_, path, index) in sorted(best.items(), key=lambda one: (one[1][0][0], one[0] != SANS, one[0])):
        yield Face(name, path, index)
    for name in EMBEDDED:
        if name not in best:
            yield Face(name)


def _packaged() -> Path | None:
    """The folder of the Chinese fonts that come along; None where somebody left the package out."""
    try:
        from pylopdf_fonts_zh_cn import sans_path  # noqa: PLC0415  where it is there
    except ModuleNotFoundError:
        return None
    return Path(sans_path()).parent


@lru_cache(maxsize=4096)
def _drawable(folder: Path | None, text: str) -> str:
    shelf = _shelf(folder)
    if all(map(shelf.has, set(text))) and not any(map(unicodedata.combining, text)):
        return text
    shown = ((one, _shown(shelf, one)) for one in clusters(unicodedata.normalize("NFC", text)))
    found: list[str] = []
    for script, several in groupby(shown, key=_alike):
        pairs = tuple(several)
        found.append(
            said(one for one, _ in pairs) if script else "".join(known or said((one,)) for one, known in pairs)
        )
    return "".join(found)


def _alike(pair: tuple[str, str]) -> str:
    """The script where a letter must be said in words: its neighbours of the same script go with it."""
    return "" if pair[1] else family(pair[0])


def _shown(shelf: Shelf, cluster: str) -> str:
    """The cluster as it can be drawn; '' where nothing of it can."""
    ways: tuple[Callable[[str], str], ...] = (
        str,
        lambda text: "".join(_ALIKE.get(sign, sign) for sign in text),
        lambda text: unicodedata.normalize("NFKC", text),
    )
    for way in ways:
        if shelf.has(way(cluster)):
            return way(cluster)
    base = cluster[0]
    if len(cluster) > 1 and shelf.has(base) and unicodedata.category(base)[0] not in "SC":
        return base + "".join(sign if invisible(sign) else said((sign,)) for sign in cluster[1:])
    return ""
