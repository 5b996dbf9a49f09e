"""What the answers so far still allow: the lowest and the highest outcome over all completions.

Assumes, and every screen that shows it says so: unanswered gates will be confirmed, no further veto is raised, no
further deduction or bonus is decided. Must not know words or storage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Decisions, Sheet, Veto
from bot.domain.outcomes import outcome_at
from bot.domain.scheme import Grade, QuestionId, Scheme
from bot.domain.scoring import BLANK, ZERO, adjustment
from bot.domain.sums import whole_sums

_RAISED = Veto(raised=True)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The outcomes of the worst and the best completion, and the totals (each in its dimension's unit) behind them."""

    lowest: Grade
    highest: Grade
    least: Mapping[str, Fraction]
    most: Mapping[str, Fraction]

    @property
    def decided(self) -> bool:
        return self.lowest.id == self.highest.id


def bounds(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Bounds:
    """Outcomes over all completions. Answering N/A never beats full marks nor falls below none, as earned <= due."""
    least: dict[str, Fraction] = {}
    most: dict[str, Fraction] = {}
    for dimension in scheme.dimensions:
        covering = [sheet for sheet in sheets if dimension in sheet.covers] or [BLANK]
        ends = [_ends(scheme, sheet, dimension) for sheet in covering]
        change = adjustment(scheme, dimension, decisions)
        least[dimension] = _mean([low for low, _ in ends], change)
        most[dimension] = _mean([high for _, high in ends], change)
    if any(sheet.answers.get(q) == _RAISED for q in scheme.vetoes for sheet in sheets):
        return Bounds(scheme.otherwise, scheme.otherwise, least, most)
    gates = {gate: decisions.gates.get(gate, True) for gate in scheme.gates}
    taken = decisions.deductions or 0
    return Bounds(outcome_at(scheme, least, gates, taken), outcome_at(scheme, most, gates, taken), least, most)


def lowest_rating(scheme: Scheme, question: QuestionId) -> Fraction:
    """The least value that can be answered: level 1 is 1/5 where only levels are taken, else 0. ratio 0-1."""
    return scheme.scale_of(question).lowest


def _ends(scheme: Scheme, sheet: Sheet, dimension: str) -> tuple[Fraction, Fraction]:
    """A sheet's total with every open question at its lowest, and at full marks.

    Whole numbers until the last step: every answer asks for this, and a sum of fractions takes many times as long.
    """
    sums = whole_sums(scheme, sheet, dimension)
    rule = scheme.dimensions[dimension]
    lowest, under = rule.scale.lowest.as_integer_ratio()
    least = sums.earned * under + sums.open * sums.common * lowest  # / (unit x common x under)
    most = sums.earned + sums.open * sums.common  # / (unit x common)
    if rule.total == "points":
        whole = scheme.unit * sums.common
        return Fraction(least, whole * under), Fraction(most, whole)
    whole = (sums.due + sums.open) * sums.common
    return (Fraction(least * 100, whole * under), Fraction(most * 100, whole)) if whole else (ZERO, ZERO)


def _mean(totals: list[Fraction], change: Fraction) -> Fraction:
    """Nearly always that of one sheet, to which nothing is added."""
    mean = totals[0] if len(totals) == 1 else sum(totals, ZERO) / len(totals)
    return mean + change if change else mean
