"""What the screens of comparing and of starting from an older assessment are told. Must not know storage."""

from dataclasses import dataclass

from bot.domain.compare import Comparison
from bot.domain.entries import Mode
from bot.domain.panel_entries import CarriedOver
from bot.domain.scheme import Scheme
from bot.view.compare_places import BASIS
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class OtherLine:
    """An assessment to choose. began: when it was begun, UTC in ms; closed: when it was closed, 0 while open.

    outcome: the title, '' while open. older: it was begun before the one in hand. ref BASIS: what that one looks at.
    """

    ref: str
    name: str
    mode: Mode
    began: int
    closed: int
    outcome: str
    older: bool = True
    archived: bool = False


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One of the two. began: as of an OtherLine; hidden: this person sees nothing of it before it is closed."""

    desk: Desk
    began: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class CompareFacts:
    """Both sides, as far as this person may see each; found: None where one is hidden.

    basis: left is what the right one looks at (basis_side.py), untold: the dimensions of it of which no total is known.
    """

    left: SideFacts
    right: SideFacts
    found: Comparison | None
    basis: bool = False
    untold: frozenset[str] = frozenset()

    @property
    def ends(self) -> tuple[str, str]:
        """`assessment` and `other` of a place that shows them."""
        return (self.right.desk.ref, BASIS) if self.basis else (self.left.desk.ref, self.right.desk.ref)


@dataclass(frozen=True, slots=True)
class BeginFacts:
    """What would be carried over. scheme: the edition that the new one is by; fields: those that are copied.

    blind: something of the older one is hidden from this person, so nothing can be.
    """

    desk: Desk
    scheme: Scheme | None
    over: CarriedOver
    fields: tuple[tuple[str, str], ...]
    blind: bool
