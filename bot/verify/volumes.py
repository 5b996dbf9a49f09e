"""A bundle in several containers: the first holds what is signed, the others hold evidence and say which they are.

Telegram takes 50 MB. Each volume is a container of its own; the signed manifest in the first names what stands in
which. Must not know what evidence is of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.record import Json, canonical
from bot.verify.container import Container
from bot.verify.findings import Broken, broken

TICKET = "volume.json"
FORMAT = "gradewalk.volume"


@dataclass(frozen=True, slots=True)
class Volumes:
    """All containers of one bundle that are at hand. missing: number of a volume that is not -> what stands in it."""

    first: Container
    others: tuple[Container, ...]
    missing: Mapping[int, tuple[str, ...]]


def ticket(assessment: str, head: str, number: int, of: int) -> bytes:
    """What a further volume says of itself. number: from 2; head: of the record, hex."""
    said: dict[str, Json] = {
        "format": FORMAT,
        "version": 1,
        "assessment": assessment,
        "head": head,
        "number": number,
        "of": of,
    }
    return canonical(said)


def matched(manifest: Mapping[str, Any], first: Container, others: Sequence[Container]) -> Volumes:
    """Each container is the volume that it says it is, with just the members that the manifest puts there. Broken.

    The members' digests are for others to check.
    """
    lists = listed(manifest)
    left = dict(enumerate(lists, start=2))
    for place, container in enumerate(others, start=1):
        number = _number(manifest, container, len(lists) + 1)
        if number not in left or {*left[number], TICKET} != container.members.keys():
            raise Broken(broken("volume", f"{place}"))
        del left[number]
    return Volumes(first, tuple(others), left)


def listed(manifest: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The names in each further volume. Broken where the list is none, or names something twice."""
    found = manifest.get("volumes", [])
    sound = isinstance(found, list) and all(isinstance(one, list) and one for one in found)
    names: list[object] = [name for one in found for name in one] if sound else [None]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise Broken(broken("manifest", "volumes"))
    return tuple(tuple(one) for one in found)


def alone(containers: Iterable[Container]) -> bool:
    """Whether these are volumes without their first."""
    return all(TICKET in one.members for one in containers)


def _number(manifest: Mapping[str, Any], container: Container, of: int) -> int:
    """Which volume the container says it is; 0: none of this bundle."""
    said = container.read(TICKET) if TICKET in container.members else b""
    known = (ticket(str(manifest["assessment"]), str(manifest["head"]), number, of) for number in range(2, of + 1))
    return next((number for number, one in enumerate(known, start=2) if one == said), 0)
