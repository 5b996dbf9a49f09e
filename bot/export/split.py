"""How a bundle is split where it would be more than Telegram takes. Sizes alone decide, so that all agree.

Up to BESIDE bytes of evidence stand beside the record, its renderings and the manifest in one file; beyond that all
evidence goes into further volumes. Must not know what evidence is of.
"""

from collections.abc import Mapping

BESIDE = 16 << 20
"""Bytes of evidence. Renderings take 27 MB at most (export/rendered.py), a long record with its standard 5 MB."""
VOLUME = 47 << 20
"""Bytes of a further volume. A single piece is 20 MB at most, as Telegram hands out no more."""
_HEADERS = 400
"""Bytes around a member: its name twice, two headers."""


def volumes(sizes: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """What stands in each further volume, by name; () where one file holds it all. sizes: name -> bytes."""
    if sum(sizes.values()) <= BESIDE:
        return ()
    found: list[list[str]] = []
    room = 0
    for name in sorted(sizes):
        size = sizes[name] + _HEADERS
        if size > room:
            found.append([])
            room = VOLUME
        found[-1].append(name)
        room -= size
    return tuple(map(tuple, found))
