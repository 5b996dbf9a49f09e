"""How large files are: those that were made, remembered while the bot runs. Must not know what stands in them."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.domain.scales import Language

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """A whole file of an assessment, in one format and language.

    No part that one member may see is remembered: that its size is known, or not any more, would tell what others do.
    """

    assessment: str
    format: str
    language: Language


@dataclass(frozen=True, slots=True)
class Weight:
    """The last one that was made. upto: the entry that it ends with; size: bytes."""

    upto: int
    size: int


class Weights:
    """Bytes of what was made last."""

    def __init__(self) -> None:
        self._known: OrderedDict[Kind, Weight] = OrderedDict()

    def remember(self, kind: Kind, weight: Weight) -> None:
        """It was made, and is so large."""
        self._known[kind] = weight
        self._known.move_to_end(kind)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def of(self, kind: Kind) -> Weight | None:
        """None where none was made since the bot was started."""
        return self._known.get(kind)
