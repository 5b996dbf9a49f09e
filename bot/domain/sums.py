"""What one sheet holds in one dimension: sums of whole numbers. Must not know totals, means, or what is added to them.

Every answer asks for these again (`insight.ends`), so they are one walk over what was answered, and then moved by what
one answer changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from bot.domain.answers import Answer, Rated, Sheet, Veto
from bot.domain.scheme import VETO, QuestionId, Scheme

_RAISED = Veto(raised=True)
_WIDEST = 1 << 64
"""A common denominator that grew beyond this from answer to answer is found anew: the answers may not need it now."""


@dataclass(frozen=True, slots=True)
class Sums:
    """One sheet in one dimension, in points: `earned` and `due` of its rated questions, `open` of the unanswered ones.

    `lacking` counts the unanswered.
    """

    earned: Fraction
    due: Fraction
    open: Fraction
    lacking: int


class WholeSums(NamedTuple):
    """`Sums` in whole numbers: earned / (the scheme's unit x common); due and open / the scheme's unit."""

    earned: int
    common: int
    due: int
    open: int
    lacking: int


class Whole(NamedTuple):
    """All that the answers of a sheet come to, whatever it covers. dimensions: the sums of each.

    given: per dimension, and for veto rows, how many questions have an answer; raised: how many vetoes.
    """

    dimensions: Mapping[str, WholeSums]
    given: Mapping[str, int]
    raised: int


def sheet_sums(scheme: Scheme, sheet: Sheet, dimension: str) -> Sums:
    """What a sheet holds in a dimension, rows that do not apply left out."""
    whole = whole_sums(scheme, sheet.answers, dimension)
    unit = scheme.unit
    return Sums(
        Fraction(whole.earned, unit * whole.common),
        Fraction(whole.due, unit),
        Fraction(whole.open, unit),
        whole.lacking,
    )


def whole_sums(scheme: Scheme, answers: Mapping[QuestionId, Answer], dimension: str) -> WholeSums:
    """The same in whole numbers: one walk over what was answered, and no fraction at all."""
    weights = scheme.weights[dimension]
    due, pending, lacking = 0, sum(weights.values()), len(weights)
    parts: dict[int, int] = {}
    for question, answer in answers.items():
        weight = weights.get(question)
        if weight is None or isinstance(answer, Veto):
            continue
        pending -= weight
        lacking -= 1
        if isinstance(answer, Rated):
            due += weight
            value, under = answer.value.as_integer_ratio()
            parts[under] = parts.get(under, 0) + weight * value
    common = lcm(*parts)
    return WholeSums(sum(part * (common // under) for under, part in parts.items()), common, due, pending, lacking)


def whole_of(scheme: Scheme, answers: Mapping[QuestionId, Answer]) -> Whole:
    """All of it, by walking over what was answered."""
    asked = {**scheme.weights, VETO: scheme.vetoes}
    return Whole(
        {dimension: whole_sums(scheme, answers, dimension) for dimension in scheme.dimensions},
        {name: sum(map(answers.__contains__, questions)) for name, questions in asked.items()},
        sum(answers.get(question) == _RAISED for question in scheme.vetoes),
    )


def moved(scheme: Scheme, whole: Whole, question: QuestionId, before: Answer | None, after: Answer) -> Whole | None:
    """The same once `before` (None: no answer) has become `after`; None where it should rather be walked anew."""
    weights = scheme.weights.get(question.dimension)
    if weights is None or question not in weights:
        return _moved_veto(scheme, whole, question, before, after)
    weight = weights[question]
    earned, common, due, pending, lacking = whole.dimensions[question.dimension]
    # What the old answer held is taken out, and what the new one holds is put in.
    for answer, sign in ((before, -1), (after, 1)):
        if isinstance(answer, Rated):
            due += sign * weight
            value, under = answer.value.as_integer_ratio()
            if common % under:
                wider = lcm(common, under)
                earned *= wider // common
                common = wider
            earned += sign * weight * value * (common // under)
        elif answer is None or isinstance(answer, Veto):
            pending += sign * weight
            lacking += sign
    if common > _WIDEST:
        return None
    dimensions = {**whole.dimensions, question.dimension: WholeSums(earned, common, due, pending, lacking)}
    return Whole(dimensions, _given(whole, question, before), whole.raised)


def _moved_veto(scheme: Scheme, whole: Whole, question: QuestionId, before: Answer | None, after: Answer) -> Whole:
    if question not in scheme.vetoes:
        return whole
    raised = whole.raised - (before == _RAISED) + (after == _RAISED)
    return Whole(whole.dimensions, _given(whole, question, before), raised)


def _given(whole: Whole, question: QuestionId, before: Answer | None) -> Mapping[str, int]:
    if before is not None:
        return whole.given
    return {**whole.given, question.dimension: whole.given[question.dimension] + 1}
