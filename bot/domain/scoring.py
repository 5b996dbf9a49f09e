"""Sheets and decisions -> an exact scorecard. Must not know grades, people, or rounding.

Rules: points earned = points x rating; percent totals are earned/due x 100 with N/A rows out of both sums, per sheet,
before the mean (1105 6.1.5, DN-08, DN-11); a dimension's total is the mean of its sheets' totals (G-04);
deductions and bonus come after the mean (DN-03); nothing is rounded (G-01).

Sums run over whole numbers (points x the scheme's unit x a common denominator of the ratings) and become a fraction
once, at the end: adding fractions one by one takes several times as long.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from bot.domain.answers import Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.scheme import VETO, Dimension, QuestionId, Scheme
from bot.domain.sums import Sums, sheet_sums

ZERO = Fraction(0)
BLANK = Sheet("", "", "", frozenset(), {})
"""Stands in where no sheet covers a dimension: everything is open."""


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
    covering = {name: [sheet for sheet in sheets if name in sheet.covers] for name in scheme.dimensions}
    ledgers = {name: _ledger(scheme, name, covering[name] or [BLANK]) for name in scheme.dimensions}
    return Scorecard(
        dimensions={
            name: _dimension(scheme, dimension, covering[name], decisions, ledgers[name])
            for name, dimension in scheme.dimensions.items()
        },
        sections={
            section: {name: ledgers[name].tally(questions) for name, questions in parts.items()}
            for section, parts in scheme.parts.items()
        },
        questions=_Tallies(tuple(q for q in scheme.questions if q.dimension != VETO), ledgers),
        open=tuple(_open(scheme, sheets, covering, decisions)),
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
    return _total(scheme, dimension, sheet_sums(scheme, sheet, dimension))


def _total(scheme: Scheme, dimension: str, sums: Sums) -> Fraction | None:
    return None if sums.lacking else in_unit(scheme, dimension, sums.earned, sums.due)


def _sums(scheme: Scheme, dimension: str, ledger: "_Ledger") -> Sums:
    """The same from the ledger of that one sheet."""
    earned = due = pending = lacking = 0
    for question, weight in scheme.weights[dimension].items():
        points, of, unanswered = ledger.entries[question]
        earned += points
        if unanswered:
            pending += weight
            lacking += 1
        else:
            due += of
    unit = scheme.unit
    return Sums(Fraction(earned, ledger.points_unit), Fraction(due, unit), Fraction(pending, unit), lacking)


def in_unit(scheme: Scheme, dimension: str, earned: Fraction, due: Fraction) -> Fraction | None:
    """Points earned of points due as the dimension's total; None where a percentage of nothing is asked (DN-11)."""
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


@dataclass(frozen=True, slots=True)
class _Ledger:
    """A dimension's questions over some sheets in whole numbers: (points, of, open) each; units make means of them."""

    entries: Mapping[QuestionId, tuple[int, int, int]]
    points_unit: int
    of_unit: int

    def tally(self, questions: Iterable[QuestionId]) -> Tally:
        points = of = unanswered = 0
        for question in questions:
            earned, due, lacking = self.entries[question]
            points += earned
            of += due
            unanswered += lacking
        return Tally(Fraction(points, self.points_unit), Fraction(of, self.of_unit), unanswered)


class _Tallies(Mapping[QuestionId, Tally]):
    """A tally per question, made when it is asked for: a score as such needs none of them."""

    def __init__(self, questions: tuple[QuestionId, ...], ledgers: Mapping[str, _Ledger]) -> None:
        self._questions = questions
        self._ledgers = ledgers

    def __getitem__(self, question: QuestionId) -> Tally:
        if question.dimension not in self._ledgers:
            raise KeyError(question)
        return self._ledgers[question.dimension].tally((question,))

    def __iter__(self) -> Iterator[QuestionId]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)


def _ledger(scheme: Scheme, dimension: str, sheets: Sequence[Sheet]) -> _Ledger:
    weights = scheme.weights[dimension]
    given = {question: [sheet.answers.get(question) for sheet in sheets] for question in weights}
    common = lcm(*{a.value.denominator for answers in given.values() for a in answers if isinstance(a, Rated)})
    entries: dict[QuestionId, tuple[int, int, int]] = {}
    for question, answers in given.items():
        weight = weights[question]
        points = of = unanswered = 0
        for answer in answers:
            if isinstance(answer, NotApplicable):
                continue
            of += weight
            if isinstance(answer, Rated):
                points += weight * answer.value.numerator * (common // answer.value.denominator)
            else:
                unanswered += 1
        entries[question] = points, of, unanswered
    return _Ledger(entries, scheme.unit * common * len(sheets), scheme.unit * len(sheets))


def _dimension(
    scheme: Scheme, dimension: Dimension, covering: Sequence[Sheet], decisions: Decisions, ledger: _Ledger
) -> DimensionScore:
    if len(covering) == 1:  # nearly always: its ledger is there already
        totals = {covering[0].id: _total(scheme, dimension.id, _sums(scheme, dimension.id, ledger))}
    else:
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
        tally=ledger.tally(ledger.entries),
    )


def _nothing_applies(scheme: Scheme, sheet: Sheet, dimension: str) -> bool:
    return all(isinstance(sheet.answers.get(question), NotApplicable) for question in scheme.weights[dimension])


def _open(
    scheme: Scheme, sheets: Sequence[Sheet], covering: Mapping[str, Sequence[Sheet]], decisions: Decisions
) -> Iterable[Open]:
    for sheet in sheets:
        for question in scheme.covered(sheet.covers):
            if question not in sheet.answers:
                yield OpenQuestion(sheet.id, question)
    for dimension, some in covering.items():
        if not some or any(_nothing_applies(scheme, sheet, dimension) for sheet in some):
            yield OpenDimension(dimension)
    for gate in scheme.gates:
        if gate not in decisions.gates:
            yield OpenGate(gate)
    rules = scheme.adjustments
    if rules and rules.deductions and decisions.deductions is None:
        yield OpenAdjustment("deductions")
    if rules and rules.bonus and decisions.bonus is None:
        yield OpenAdjustment("bonus")
