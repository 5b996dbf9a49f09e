"""What each screen is told: domain values and refs, gathered by the service. Must not know storage or rendering."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.answers import Rated
from bot.domain.asking_order import AskOrder
from bot.domain.blind import Outline
from bot.domain.deciding_questions import Deciding
from bot.domain.entries import HeaderField
from bot.domain.focus import Pending
from bot.domain.grading import Verdict
from bot.domain.insight import Bounds, Ends
from bot.domain.margin import Margin
from bot.domain.sampling import visited
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import Scorecard
from bot.domain.state import AssessmentState, SheetState


@dataclass(frozen=True, slots=True)
class Line:
    """One assessment in the list. state: open, closed. outcome: the title to show where closed."""

    ref: str
    name: str
    scheme: Scheme
    mode: str
    state: str
    answered: int
    asked: int
    touched_at: int
    outcome: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """An assessment as one person works on it: what most screens need.

    ref, sheet_ref: public names. own: the sheet in hand, None for one who only looks. lead: the person is the lead.
    sheets: the person's own sheets, public name and state, in the order they were opened. rates: may begin their own.
    state: what this person may see of it, never more. hidden: what a lead may know of sheets not in it; blind: there
    is something not in it. panel: others rate too. units: how many of the sampled units have a sheet; None: count them
    in `state`. counts: answered and asked, as in the person's list. names: person id -> name. numbers: what evidence is
    called where not by the number of its entry. order: in which order this person wants to be asked.
    """

    ref: str
    scheme: Scheme
    state: AssessmentState
    sheet_ref: str
    own: SheetState | None
    lead: bool
    seq: int
    archived: bool = False
    sheets: tuple[tuple[str, SheetState], ...] = ()
    rates: bool = False
    panel: bool = False
    blind: bool = False
    hidden: tuple[Outline, ...] = ()
    units: int | None = None
    counts: tuple[int, int] = (0, 0)
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    order: AskOrder = "clause"

    def number(self, seq: int) -> int:
        """What this piece of evidence is called."""
        return self.numbers.get(seq, seq)

    @property
    def covers(self) -> frozenset[str]:
        """The dimensions of the standard that the sheet in hand asks; none without one."""
        return self.own.covers.intersection(self.scheme.dimensions) if self.own else frozenset()

    @property
    def rated_units(self) -> int:
        """How many of the sampled units are rated, or begun."""
        return len(visited(self.scheme, self.state)) if self.units is None else self.units


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A question's card. view as in payload.Card; choices: what a typed text may mean, to choose from.

    carried_note: the last note of the older assessment that this one began from, '' for none.
    """

    desk: Desk
    question: QuestionId
    view: str
    bounds: Ends
    choices: tuple[Rated, ...] = ()
    pending: tuple[Pending, ...] = ()
    carried_note: str = ""


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A result or a standing so far. names: person id -> name.

    margin: None while anything is open. deciding: greatest stake first; gathered for screens of insight alone.
    """

    desk: Desk
    card: Scorecard
    verdict: Verdict
    bounds: Bounds
    part: str
    page: int = 0
    names: Mapping[str, str] | None = None
    margin: Margin | None = None
    deciding: tuple[Deciding, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of the head that is being asked for."""

    desk: Desk
    field: HeaderField
