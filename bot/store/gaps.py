"""Bodies that are missing lawfully: a later entry says that everything before it, or this very note, was erased.

Must not know what an entry says beyond that, or how it is stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ERASED: Final = "erased"
TEXT_ERASED: Final = "text-erased"
NOTED, REVISED = "noted", "note-revised"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as its header says it. of: the note that a `text-erased` one names; 0 for others, or where unknown."""

    seq: int
    kind: str
    sheet: str
    question: str
    of: int = 0


class Gaps:
    """What the entries of one assessment allow to be missing."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._upto = 0
        self._notes: dict[int, Place] = {}
        for place in places:
            if place.kind == ERASED:
                self._upto = place.seq
            elif place.kind == TEXT_ERASED and place.of:
                self._notes[place.of] = place

    def lawful(self, place: Place) -> bool:
        """Whether this entry may be without its body. A revision of a note does not say of which any more."""
        if place.seq < self._upto:
            return True
        if place.kind == NOTED:
            return place.seq in self._notes and place.seq < self._notes[place.seq].seq
        if place.kind != REVISED:
            return False
        here = (one for of, one in self._notes.items() if of < place.seq < one.seq)
        return any((one.sheet, one.question) == (place.sheet, place.question) for one in here)


def of(kind: str, body: Mapping[str, object] | None) -> int:
    """The note that the body of an entry of this kind erases; 0 where it is no such entry."""
    named = body.get("of") if body and kind == TEXT_ERASED else 0
    return named if isinstance(named, int) else 0
