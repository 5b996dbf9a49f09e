"""Scoring and bounds once more, as the rules read: one fraction after the other, nothing cached or shared.

Slow and plain on purpose; the product must give exactly the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.insight import lowest_rating
from bot.domain.scheme import VETO, Dimension, QuestionId, Scheme
from bot.domain.scoring import (
    ZERO,
    DimensionScore,
    Open,
    OpenAdjustment,
    OpenDimension,
    OpenGate,
    OpenQuestion,
    Scorecard,
    Tally,
    adjustment,
    level_of,
)


def plain_score(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Scorecard:
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


def plain_total(scheme: Scheme, sheet: Sheet, dimension: str) -> Fraction | None:
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


def completed(scheme: Scheme, sheet: Sheet, *, best: bool) -> Sheet:
    """The sheet with every open question filled at its best or worst; open veto rows are not raised."""
    filled: dict[QuestionId, Answer] = dict(sheet.answers)
    for question in scheme.covered(sheet.covers):
        if question in filled:
            continue
        if question.dimension == VETO:
            filled[question] = Veto(raised=False)
        else:
            filled[question] = Rated(Fraction(1) if best else lowest_rating(scheme, question), "ratio")
    return replace(sheet, answers=filled)


def plain_ends(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, *, best: bool) -> dict[str, Fraction]:
    filled = [completed(scheme, sheet, best=best) for sheet in sheets]
    found: dict[str, Fraction] = {}
    for dimension in scheme.dimensions:
        covering = [sheet for sheet in filled if dimension in sheet.covers]
        if not covering:
            whole = Sheet("", "", "", frozenset({dimension}), {})
            covering = [completed(scheme, whole, best=best)]
        totals = [plain_total(scheme, sheet, dimension) or ZERO for sheet in covering]
        found[dimension] = sum(totals, ZERO) / len(totals) + adjustment(scheme, dimension, decisions)
    return found


def plain_maximum(scheme: Scheme, dimension: Dimension) -> Fraction:
    """100 for percent, else the sum of the points."""
    points = (row.points.get(dimension.id, ZERO) for row in scheme.indicators)
    return Fraction(100) if dimension.total == "percent" else sum(points, ZERO)


def _dimension(scheme: Scheme, dimension: Dimension, sheets: Sequence[Sheet], decisions: Decisions) -> DimensionScore:
    covering = [sheet for sheet in sheets if dimension.id in sheet.covers]
    totals = {sheet.id: plain_total(scheme, sheet, dimension.id) for sheet in covering}
    known = {sheet: total for sheet, total in totals.items() if total is not None}
    before = sum(known.values(), ZERO) / len(known) if known and len(known) == len(totals) else None
    total = None if before is None else before + adjustment(scheme, dimension.id, decisions)
    return DimensionScore(
        dimension=dimension.id,
        total=total,
        before=before,
        maximum=plain_maximum(scheme, dimension),
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
