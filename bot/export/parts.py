"""What a report is made of. Plain frozen values; must not know file formats or words.

Numbers are exact. A name is what the person was called when the file was made, '' where it is not known (any more).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.entries import Closed, HeaderField, Mode
from bot.domain.grading import Verdict
from bot.domain.insight import Bounds
from bot.domain.margin import Margin as Stands
from bot.domain.scales import Language, Text
from bot.domain.scheme import Dimension, Gate, Grade, Indicator, Measure, QuestionId, Scheme, Section
from bot.domain.scoring import DimensionScore, Scorecard
from bot.domain.state import AssessmentState
from bot.export.history import Logged, NoteStory, Recorded
from bot.export.panel_parts import PanelPart


@dataclass(frozen=True, slots=True)
class ReportInputs:
    """What a report is made from. state: the fold of the records up to `upto`; scheme_text: canonical JSON.

    names: person id -> display name. made_at: UTC in ms. upto: the last entry that the report shows. partial: state and
    records are what one member may see of it before closing; the report then gives no list of entries. gone: those of
    whom nothing personal is kept any more.
    """

    scheme: Scheme
    state: AssessmentState
    assessment_id: str
    records: Sequence[Recorded]
    names: Mapping[str, str]
    language: Language
    zone: str
    upto: int
    scheme_text: str
    made_at: int
    partial: bool = False
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """Points of a part in one dimension: means over the sheets that cover it, N/A out. open: unanswered questions."""

    dimension: Dimension
    points: Fraction
    of: Fraction
    open: int

    @property
    def rating(self) -> Fraction | None:
        """Ratio 0-1; None while a question is open, or where nothing applies."""
        return self.points / self.of if self.of and not self.open else None

    @property
    def lost(self) -> Fraction | None:
        """Points; None while a question is open."""
        return None if self.open else self.of - self.points

    @property
    def width(self) -> int:
        """The bar: whole percent of the due points earned so far, cut to 0-100."""
        return max(0, min(100, int(self.points / self.of * 100))) if self.of else 0


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet. totals: dimension id -> its own total, for the dimensions complete on it.

    story: the entries that opened it, submitted it, set it aside or opened it again, oldest first.
    """

    id: str
    person: str
    name: str
    round: str
    covers: tuple[str, ...]
    status: str
    reason: str
    totals: Mapping[str, Fraction]
    story: tuple[Logged, ...] = ()

    @property
    def counted(self) -> bool:
        return self.status != "set-aside"


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What one sheet says to one question. given: the answer in force, None while open; history: all, oldest first.

    earned: points for it; None where it is open, not applicable, erased, or a veto row's.
    """

    sheet: SheetPart
    given: Logged | None
    earned: Fraction | None
    history: tuple[Logged, ...]
    notes: tuple[NoteStory, ...]
    later: bool
    flagged: bool


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A question and all sheets' answers. worth: points; dimension, share: None for a veto row."""

    id: QuestionId
    dimension: Dimension | None
    worth: Fraction
    share: Share | None
    answers: tuple[SheetAnswer, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with its questions, one per dimension."""

    indicator: Indicator
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section with the rows that stand directly in it. whole: section and its only row are one clause (BK-06)."""

    section: Section
    shares: tuple[Share, ...]
    rows: tuple[Row, ...]

    @property
    def whole(self) -> bool:
        return [row.indicator.id for row in self.rows] == [self.section.id]


@dataclass(frozen=True, slots=True)
class TotalPart:
    """A dimension's result. total: None until it is final; adjusted: bonus less deductions, points."""

    dimension: Dimension
    score: DimensionScore
    total: Fraction | None
    adjusted: Fraction


@dataclass(frozen=True, slots=True)
class Margin:
    """A total beside a threshold that decides; gap in the dimension's unit, below 0: it lacks so much."""

    grade: Grade
    dimension: Dimension
    actual: Fraction
    needed: Fraction

    @property
    def gap(self) -> Fraction:
        return self.actual - self.needed


@dataclass(frozen=True, slots=True)
class GatePart:
    """A gate and its decisions, oldest first; empty: undecided."""

    gate: Gate
    decisions: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """A rate beside a question, with what was counted, oldest first; empty: nothing yet."""

    measure: Measure
    counts: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class SamplePart:
    """How many units there were said to be, oldest first; how many had to be rated, and which were."""

    unit: Text
    counts: tuple[Logged, ...]
    needed: int | None
    visited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a file shows, whatever its format. `state` counts up to entry `upto`; head_hash is that entry's hash.

    findings, bonus: the decisions on them, oldest first. bounds: while the outcome is open. partial: made for one
    member before closing; then log and records are empty, and nothing tells how much others did. stands: how far the
    outcome is from the next one and which single answers hold it up; None while anything is open.
    """

    scheme: Scheme
    scheme_text: str
    state: AssessmentState
    language: Language
    zone: str
    assessment: str
    mode: Mode
    head: tuple[tuple[HeaderField, str], ...]
    created_at: int
    closed_at: int | None
    closed: Closed | None
    erased: bool
    made_at: int
    upto: int
    head_hash: str
    card: Scorecard
    verdict: Verdict
    bounds: Bounds | None
    totals: tuple[TotalPart, ...]
    margins: tuple[Margin, ...]
    gates: tuple[GatePart, ...]
    findings: tuple[Logged, ...]
    bonus: tuple[Logged, ...]
    measures: tuple[MeasurePart, ...]
    sample: SamplePart | None
    sheets: tuple[SheetPart, ...]
    sections: tuple[SectionPart, ...]
    log: tuple[Logged, ...]
    records: tuple[Recorded, ...]
    names: Mapping[str, str]
    panel: PanelPart
    partial: bool = False
    gone: frozenset[str] = frozenset()
    stands: Stands | None = None

    def measure(self, name: str) -> Measure:
        """The measure of an entry. KeyError where the scheme has none of this id."""
        return {part.measure.id: part.measure for part in self.measures}[name]

    @property
    def title(self) -> str:
        """What the assessment is called: its own name, else the organisation; '' once erased."""
        known = dict(self.head)
        return known.get("name") or known.get("organisation", "")

    @property
    def disputed(self) -> bool:
        """The outcome on record is not the one that follows from the answers: one of them was tampered with."""
        if self.closed is None or self.erased:
            return False
        return self.verdict.outcome is None or self.verdict.outcome.id != self.closed.outcome
