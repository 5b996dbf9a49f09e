"""What each screen is told: domain values and refs, gathered by the service. Must not know storage or rendering."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.answers import Rated
from bot.domain.entries import HeaderField
from bot.domain.focus import Pending
from bot.domain.grading import Verdict
from bot.domain.insight import Bounds
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
    sheets: the person's own sheets, public name and state, in the order they were opened.
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


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A question's card. view as in payload.Card; choices: what a typed text may mean, to choose from."""

    desk: Desk
    question: QuestionId
    view: str
    bounds: Bounds
    choices: tuple[Rated, ...] = ()
    pending: tuple[Pending, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A result or a standing so far. names: person id -> name."""

    desk: Desk
    card: Scorecard
    verdict: Verdict
    bounds: Bounds
    part: str
    page: int = 0
    names: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of the head that is being asked for."""

    desk: Desk
    field: HeaderField
