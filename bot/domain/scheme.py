"""What a standard is: sections, indicators, dimensions, scales, gates, adjustments, grades.

Plain frozen data, made by `library/` from a scheme file. Must not know YAML, ratings that people gave, or words
other than those of the standard itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Literal, NamedTuple, TypeAlias

from bot.domain.kept import Kept
from bot.domain.scales import Scale, Text

TotalKind: TypeAlias = Literal["percent", "points"]

VETO = "veto"
"""Stands in the dimension's place in the question of a veto row; no dimension may have this name."""


class QuestionId(NamedTuple):
    """One indicator in one dimension; for a veto row the dimension is `VETO`."""

    indicator: str
    dimension: str

    def __str__(self) -> str:
        return f"{self.indicator}/{self.dimension}"

    @classmethod
    def parse(cls, text: str) -> "QuestionId":
        """'4.2.1/total' -> QuestionId; ValueError where there is no slash."""
        indicator, slash, dimension = text.rpartition("/")
        if not slash:
            raise ValueError(text)
        return cls(indicator, dimension)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is totalled: 'percent' gives earned/due x 100, 'points' the sum. level_from: (level, least), downwards."""

    id: str
    title: Text
    scale: Scale
    total: TotalKind
    level_from: tuple[tuple[int, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row that is asked: points per dimension it counts in; a veto row has none."""

    id: str
    section: str
    title: Text | None
    label: Text | None
    question: Text
    look_for: tuple[Text, ...]
    points: Mapping[str, Fraction] = field(default_factory=dict)
    code: str = ""
    veto: bool = False
    statement: Text | None = None
    if_met: Text | None = None
    if_not: Text | None = None
    may_be_na: bool = False
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter; `parent` is a section's id or ''. `depth` starts at 1."""

    id: str
    parent: str
    depth: int
    title: Text | None
    label: Text | None


@dataclass(frozen=True, slots=True)
class Gate:
    """A yes/no condition of the whole assessment, outside all points."""

    id: str
    title: Text
    statement: Text
    if_met: Text
    if_not: Text
    help: Text | None


@dataclass(frozen=True, slots=True)
class Deductions:
    """Each finding takes `each` points off the final total."""

    each: Fraction
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points added to the final total, one of `values`, with a reason."""

    values: tuple[Fraction, ...]
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What is subtracted and added after the mean (DN-02, DN-03)."""

    dimension: str
    deductions: Deductions | None = None
    bonus: Bonus | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many of N units are visited: min(N, ceil(factor x root N)) (EN-10); project sheets cover `covers`."""

    factor: Fraction
    unit: Text
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate of two counts, shown beside its question; target in percent. It never scores (EN-11)."""

    id: str
    title: Text
    numerator: Text
    denominator: Text
    target: Fraction
    indicator: str


@dataclass(frozen=True, slots=True)
class TotalAtLeast:
    """The dimension's final total, in its unit, reaches the threshold (inclusive, G-08)."""

    dimension: str
    threshold: Fraction


@dataclass(frozen=True, slots=True)
class LevelAtLeast:
    """The dimension's level, 1-5, is this or higher."""

    dimension: str
    level: int


@dataclass(frozen=True, slots=True)
class NoVeto:
    """No assessor raised a veto row (BK-01, BK-02)."""


@dataclass(frozen=True, slots=True)
class GateMet:
    """The gate was confirmed (CR-06, EN-04)."""

    gate: str


@dataclass(frozen=True, slots=True)
class DeductionsBelow:
    """Fewer special deductions than this (DN-01)."""

    count: int


Condition: TypeAlias = TotalAtLeast | LevelAtLeast | NoVeto | GateMet | DeductionsBelow


@dataclass(frozen=True, slots=True)
class Grade:
    """An outcome of the assessment; only an awarded one is a grade (CR-02). All conditions must hold."""

    id: str
    title: Text
    conditions: tuple[Condition, ...]
    awarded: bool = True
    printed: Text | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Scheme:
    """A whole standard. Clause order is the order of `indicators`; `grades` run from the highest down."""

    id: str
    code: str
    title: Text
    short: Text
    issuer: Text
    effective: str
    dimensions: Mapping[str, Dimension]
    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    grades: tuple[Grade, ...]
    otherwise: Grade
    readings: Mapping[str, Text]
    gates: Mapping[str, Gate] = field(default_factory=dict)
    adjustments: Adjustments | None = None
    sampling: Sampling | None = None
    measures: tuple[Measure, ...] = ()
    digest: str = ""
    scoring_digest: str = ""

    @cached_property
    def kept(self) -> Kept:
        """What was made of this scheme alone, under who made it and of what part: never of anybody's answers."""
        return Kept()

    @cached_property
    def questions(self) -> tuple[QuestionId, ...]:
        """Every question in clause order; a row of two dimensions gives two, one after the other."""
        return tuple(
            QuestionId(row.id, dimension)
            for row in self.indicators
            for dimension in ((VETO,) if row.veto else tuple(d for d in self.dimensions if d in row.points))
        )

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        return {row.id: row for row in self.indicators}

    @cached_property
    def section_by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def vetoes(self) -> tuple[QuestionId, ...]:
        return tuple(question for question in self.questions if question.dimension == VETO)

    def covered(self, dimensions: frozenset[str]) -> tuple[QuestionId, ...]:
        """The questions of a sheet that covers these dimensions: theirs, and every veto row (BK-02)."""
        if (found := self.kept.get(dimensions)) is None:
            found = tuple(q for q in self.questions if q.dimension == VETO or q.dimension in dimensions)
            if dimensions <= self.dimensions.keys():
                self.kept[dimensions] = found
        return found

    def scale_of(self, question: QuestionId) -> Scale:
        """KeyError for a veto question: it is answered by yes or no."""
        return self.dimensions[question.dimension].scale

    def points_of(self, question: QuestionId) -> Fraction:
        return self.by_id[question.indicator].points.get(question.dimension, Fraction(0))

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[str, ...]]:
        """Section id -> itself and the sections above it, nearest first."""
        found: dict[str, tuple[str, ...]] = {}
        for section in self.sections:
            found[section.id] = (section.id, *found.get(section.parent, ()))
        return found

    def within(self, section: str) -> tuple[Indicator, ...]:
        """The indicators at and below a section."""
        return tuple(row for row in self.indicators if section in self.ancestors[row.section])

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, tuple[QuestionId, ...]]]:
        """Section id -> each dimension it has questions in -> those at and below it, in clause order."""
        inside = {section.id: {row.id for row in self.within(section.id)} for section in self.sections}
        found = {
            section: {d: tuple(q for q in asked if q.indicator in rows) for d, asked in self.weights.items()}
            for section, rows in inside.items()
        }
        return {section: {d: some for d, some in by.items() if some} for section, by in found.items()}

    @cached_property
    def unit(self) -> int:
        """The least number that makes every question's points whole: sums of whole numbers are many times faster."""
        return lcm(*(self.points_of(question).denominator for question in self.questions))

    @cached_property
    def weights(self) -> Mapping[str, Mapping[QuestionId, int]]:
        """Dimension id -> its questions in clause order -> points x `unit`."""
        return {
            dimension: {q: int(self.points_of(q) * self.unit) for q in self.questions if q.dimension == dimension}
            for dimension in self.dimensions
        }

    def worth(self, dimension: str) -> Fraction:
        """The points of all questions of a dimension together."""
        return Fraction(sum(self.weights[dimension].values()), self.unit)

    def maximum(self, dimension: str) -> Fraction:
        """The most a dimension's total can be before adjustments: 100 for percent, else its points."""
        if self.dimensions[dimension].total == "percent":
            return Fraction(100)
        return self.worth(dimension)
