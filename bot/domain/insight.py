"""What the answers so far still allow: the lowest and the highest outcome over all completions.

Assumes, and every screen that shows it says so: unanswered gates will be confirmed, no further veto is raised, no
further deduction or bonus is decided. Must not know words or storage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Decisions, Sheet, Veto
from bot.domain.grading import Standing, outcome_of
from bot.domain.scheme import Grade, QuestionId, Scheme
from bot.domain.scoring import BLANK, ZERO, adjustment, in_unit, level_of, sheet_sums


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
        least[dimension] = sum((low for low, _ in ends), ZERO) / len(ends) + change
        most[dimension] = sum((high for _, high in ends), ZERO) / len(ends) + change
    return Bounds(_outcome(scheme, sheets, decisions, least), _outcome(scheme, sheets, decisions, most), least, most)


def lowest_rating(scheme: Scheme, question: QuestionId) -> Fraction:
    """The least value that can be answered: level 1 is 1/5 where only levels are taken, else 0. ratio 0-1."""
    return scheme.scale_of(question).lowest


def _ends(scheme: Scheme, sheet: Sheet, dimension: str) -> tuple[Fraction, Fraction]:
    """A sheet's total with every open question at its lowest, and at full marks."""
    sums = sheet_sums(scheme, sheet, dimension)
    due = sums.due + sums.open
    least = sums.earned + sums.open * scheme.dimensions[dimension].scale.lowest
    most = sums.earned + sums.open
    return in_unit(scheme, dimension, least, due) or ZERO, in_unit(scheme, dimension, most, due) or ZERO


def _outcome(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, totals: Mapping[str, Fraction]) -> Grade:
    vetoed = any(sheet.answers.get(q) == Veto(raised=True) for sheet in sheets for q in scheme.vetoes)
    if vetoed:
        return scheme.otherwise
    levels = {name: level_of(scheme.dimensions[name], total) for name, total in totals.items()}
    gates = {gate: decisions.gates.get(gate, True) for gate in scheme.gates}
    return outcome_of(scheme, Standing(totals, levels, gates, decisions.deductions or 0, vetoed))
