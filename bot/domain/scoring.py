"""Sheets and decisions -> an exact scorecard. Must not know grades, people, or rounding.

Rules: points earned = points x rating; percent totals are earned/due x 100 with N/A rows out of both sums, per sheet,
before the mean (1105 6.1.5, DN-08, DN-11); a dimension's total is the mean of its sheets' totals (G-04);
deductions and bonus come after the mean (DN-03); nothing is rounded (G-01).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from bot.domain.answers import Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.scheme import VETO, Dimension, QuestionId, Scheme

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of a counted sheet without an answer."""

    sheet: str
    question: QuestionId


@dataclass(frozen=True, slots=True)
class OpenGate:
    """A gate that nobody confirmed or refused."""

    gate: str


@dataclass(frozen=True, slots=True)
class OpenAdjustment:
    """`which` is 'deductions' or 'bonus'."""

    which: str


@dataclass(frozen=True, slots=True)
class OpenDimension:
    """No counted sheet covers the dimension, or one that does holds nothing but N/A."""

    dimension: str


Open: TypeAlias = OpenQuestion | OpenGate | OpenAdjustment | OpenDimension


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the answered and applicable questions of a part: means over the sheets that cover it. Points, unscaled.

    `of` counts every applicable question, answered or not; `open` counts unanswered questions over all sheets.
    """

    points: Fraction
    of: Fraction
    open: int


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A dimension's result. total: after adjustments; before: the mean of sheet totals; both None while incomplete."""

    dimension: str
    total: Fraction | None
    before: Fraction | None
    maximum: Fraction
    level: int | None
    sheets: Mapping[str, Fraction]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that was computed. `sections`: section id -> dimension id -> tally; `questions`: per question its tally."""

    dimensions: Mapping[str, DimensionScore]
    sections: Mapping[str, Mapping[str, Tally]]
    questions: Mapping[QuestionId, Tally]
    open: tuple[Open, ...]
    vetoes: tuple[OpenQuestion, ...]
    decisions: Decisions

    @property
    def complete(self) -> bool:
        return not self.open

    @property
    def vetoed(self) -> bool:
        """Any one assessor raised a veto row (BK-02)."""
        return bool(self.vetoes)


def score(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Scorecard:
    """The exact scorecard of the counted sheets; their order makes no difference to any number."""
    dimensions = {d.id: _dimension(scheme, d, sheets, decisions) for d in scheme.dimensions.values()}
    questions = {
        q: _tally(scheme, (q,), [s for s in sheets if q.dimension in s.covers])
        for q in scheme.questions
        if q.dimension != VETO
    }
    return Scorecard(
        dimensions=dimensions,
        sections={section.id: _section(scheme, section.id, sheets) for section in scheme.sections},
        questions=questions,
        open=tuple(_open(scheme, sheets, decisions)),
        vetoes=tuple(
            OpenQuestion(sheet.id, question)
            for sheet in sheets
            for question in scheme.vetoes
            if sheet.answers.get(question) == Veto(raised=True)
        ),
        decisions=decisions,
    )


def sheet_total(scheme: Scheme, sheet: Sheet, dimension: str) -> Fraction | None:
    """One sheet's total in a dimension, percent or points; None while a question is open or nothing applies."""
    earned = due = ZERO
    for question in scheme.questions:
        if question.dimension != dimension:
            continue
        points = scheme.points_of(question)
        match sheet.answers.get(question):
            case Rated(value=value):
                earned += points * value
                due += points
            case NotApplicable():
                pass
            case _:
                return None
    if scheme.dimensions[dimension].total == "points":
        return earned
    return earned / due * 100 if due else None


def level_of(dimension: Dimension, total: Fraction) -> int | None:
    """The maturity level that a total reaches; None below the lowest (CR-07, EN-06). total in the dimension's unit."""
    return next((level for level, least in dimension.level_from if total >= least), None)


def adjustment(scheme: Scheme, dimension: str, decisions: Decisions) -> Fraction:
    """What is added to a dimension's mean: bonus minus deductions, points; 0 where nothing was decided (DN-10)."""
    rules = scheme.adjustments
    if rules is None or rules.dimension != dimension:
        return ZERO
    taken = rules.deductions.each * (decisions.deductions or 0) if rules.deductions else ZERO
    return (decisions.bonus or ZERO) - taken


def _dimension(scheme: Scheme, dimension: Dimension, sheets: Sequence[Sheet], decisions: Decisions) -> DimensionScore:
    covering = [sheet for sheet in sheets if dimension.id in sheet.covers]
    totals = {sheet.id: sheet_total(scheme, sheet, dimension.id) for sheet in covering}
    known = {sheet: total for sheet, total in totals.items() if total is not None}
    before = sum(known.values(), ZERO) / len(known) if known and len(known) == len(totals) else None
    total = None if before is None else before + adjustment(scheme, dimension.id, decisions)
    return DimensionScore(
        dimension=dimension.id,
        total=total,
        before=before,
        maximum=scheme.maximum(dimension.id),
        level=None if total is None else level_of(dimension, total),
        sheets=known,
        tally=_tally(scheme, tuple(q for q in scheme.questions if q.dimension == dimension.id), covering),
    )


def _section(scheme: Scheme, section: str, sheets: Sequence[Sheet]) -> Mapping[str, Tally]:
    rows = scheme.within(section)
    found: dict[str, Tally] = {}
    for dimension in scheme.dimensions:
        questions = tuple(QuestionId(row.id, dimension) for row in rows if dimension in row.points)
        if questions:
            found[dimension] = _tally(scheme, questions, [s for s in sheets if dimension in s.covers])
    return found


def _tally(scheme: Scheme, questions: Sequence[QuestionId], sheets: Sequence[Sheet]) -> Tally:
    points = of = ZERO
    unanswered = 0
    for sheet in sheets:
        for question in questions:
            answer = sheet.answers.get(question)
            if isinstance(answer, NotApplicable):
                continue
            of += scheme.points_of(question)
            if isinstance(answer, Rated):
                points += scheme.points_of(question) * answer.value
            else:
                unanswered += 1
    if not sheets:
        return Tally(ZERO, sum((scheme.points_of(q) for q in questions), ZERO), len(questions))
    return Tally(points / len(sheets), of / len(sheets), unanswered)


def _nothing_applies(scheme: Scheme, sheet: Sheet, dimension: str) -> bool:
    asked = (q for q in scheme.questions if q.dimension == dimension)
    return all(isinstance(sheet.answers.get(question), NotApplicable) for question in asked)


def _open(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Iterable[Open]:
    for sheet in sheets:
        for question in scheme.covered(sheet.covers):
            if question not in sheet.answers:
                yield OpenQuestion(sheet.id, question)
    for dimension in scheme.dimensions:
        covering = [sheet for sheet in sheets if dimension in sheet.covers]
        if not covering or any(_nothing_applies(scheme, sheet, dimension) for sheet in covering):
            yield OpenDimension(dimension)
    for gate in scheme.gates:
        if gate not in decisions.gates:
            yield OpenGate(gate)
    rules = scheme.adjustments
    if rules and rules.deductions and decisions.deductions is None:
        yield OpenAdjustment("deductions")
    if rules and rules.bonus and decisions.bonus is None:
        yield OpenAdjustment("bonus")
