"""What the screens of findings are told. Must not know storage or rendering."""

from dataclasses import dataclass

from bot.domain.evidence import Evidence, Finding
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """One finding as this person has it before them.

    who: the name of whoever recorded it, '' where it is not known. pieces: its evidence, removed and lost too; nearby:
    what stands for its clause, as far as the person may see it. may: it may be worded anew or withdrawn; follows: what
    is done about it may be said; proves: evidence may be sent for it. overdue: its day has gone by, and it is open
    still. card: the question under which it stands, on the person's own sheet, ''.
    """

    one: Finding
    who: str = ""
    pieces: tuple[Evidence, ...] = ()
    nearby: tuple[Evidence, ...] = ()
    may: bool = False
    follows: bool = False
    proves: bool = False
    overdue: bool = False
    card: str = ""

    @property
    def supports(self) -> int:
        """How many pieces stand for it or its clause."""
        return sum(piece.stands for piece in self.pieces) + len(self.nearby)


@dataclass(frozen=True, slots=True)
class FindingsFacts:
    """Findings in the order of their kinds. adds: the person may record one; card: as above, of the clause shown."""

    desk: Desk
    found: tuple[FindingFacts, ...]
    adds: bool = False
    card: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something to be done in one of the person's assessments. ref, name: of the assessment."""

    ref: str
    name: str
    finding: FindingFacts
