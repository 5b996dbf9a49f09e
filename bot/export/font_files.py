"""A font file: which signs it has, and how wide they are. Must not know which fonts are used, or for what.

fontTools opens the container; the two tables are read here, as all of fontTools takes 120 ms for a Chinese font.
"""

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_SEGMENTED, _GROUPED = 4, 12
"""Formats of a table of signs: the old one for the first 65,536, the one for all."""
_UNICODE = frozenset({(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)})


@cache
def glyphs(path: Path, index: int = 0) -> Mapping[int, int]:
    """Code point -> number of its glyph. Nothing of a file that cannot be read. index: in a collection."""
    try:
        table = _table(path, index, "cmap")
        return dict(_signs(table))
    except (OSError, KeyError, struct.error, ValueError):
        return {}


@cache
def widths(path: Path, index: int = 0) -> Mapping[int, float]:
    """Code point -> its advance in em."""
    try:
        (em,) = struct.unpack_from(">H", _table(path, index, "head"), 18)
        (several,) = struct.unpack_from(">H", _table(path, index, "hhea"), 34)
        table = _table(path, index, "hmtx")
        each = [struct.unpack_from(">H", table, place * 4)[0] / em for place in range(several)]
    except (OSError, KeyError, struct.error, ValueError):
        return {}
    return {sign: each[min(glyph, several - 1)] for sign, glyph in glyphs(path, index).items()} if each else {}


def _table(path: Path, index: int, name: str) -> bytes:
    """KeyError where the font has none, ValueError where this is no font."""
    from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]  # noqa: PLC0415  the bot starts without it
    from fontTools.ttLib.sfnt import SFNTReader  # type: ignore[import-untyped]  # noqa: PLC0415  the same

    with path.open("rb") as file:
        try:
            found: bytes = SFNTReader(file, fontNumber=index)[name]
        except TTLibError as error:
            raise ValueError(name) from error
        return found


def _signs(table: bytes) -> Iterator[tuple[int, int]]:
    """Of every subtable in Unicode; the larger one last."""
    (several,) = struct.unpack_from(">H", table, 2)
    heads = (struct.unpack_from(">HHI", table, 4 + place * 8) for place in range(several))
    starts = {start for platform, encoding, start in heads if (platform, encoding) in _UNICODE}
    for start in sorted(starts, key=lambda one: struct.unpack_from(">H", table, one)):
        (form,) = struct.unpack_from(">H", table, start)
        if form == _GROUPED:
            yield from _grouped(table, start)
        elif form == _SEGMENTED:
            yield from _segmented(table, start)


def _grouped(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", table, start + 12)
    for first, last, glyph in struct.iter_unpack(">III", table[start + 16 : start + 16 + 12 * groups]):
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _segmented(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", table, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, start + 14)
    firsts = struct.unpack_from(f">{count}H", table, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, start + 16 + 2 * doubled)
    offsets_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    for place, (first, last, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = sign
            if offset:
                (glyph,) = struct.unpack_from(">H", table, offsets_at + place * 2 + offset + (sign - first) * 2)
            if glyph or not offset:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                yield sign, glyph
