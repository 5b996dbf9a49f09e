"""What the answers so far still allow: the lowest and the highest outcome over all completions.

Assumes, and every screen that shows it says so: unanswered gates will be confirmed, no further veto is raised, no
further deduction or bonus is decided. Must not know words or storage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.answers import Answer, Decisions, Rated, Sheet, Veto
from bot.domain.grading import Standing, outcome_of
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, Grade, QuestionId, Scheme
from bot.domain.scoring import ZERO, adjustment, level_of, sheet_total


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
    least, most = (_totals(scheme, sheets, decisions, best=best) for best in (False, True))
    return Bounds(_outcome(scheme, sheets, decisions, least), _outcome(scheme, sheets, decisions, most), least, most)


def lowest_rating(scheme: Scheme, question: QuestionId) -> Fraction:
    """The least value that can be answered: level 1 is 1/5 where only levels are taken, else 0. ratio 0-1."""
    return ZERO if scheme.scale_of(question).takes_ratio else Fraction(1, LEVELS)


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


def _totals(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, *, best: bool) -> dict[str, Fraction]:
    filled = [completed(scheme, sheet, best=best) for sheet in sheets]
    found: dict[str, Fraction] = {}
    for dimension in scheme.dimensions:
        covering = [sheet for sheet in filled if dimension in sheet.covers]
        if not covering:
            whole = Sheet("", "", "", frozenset({dimension}), {})
            covering = [completed(scheme, whole, best=best)]
        totals = [sheet_total(scheme, sheet, dimension) or ZERO for sheet in covering]
        found[dimension] = sum(totals, ZERO) / len(totals) + adjustment(scheme, dimension, decisions)
    return found


def _outcome(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, totals: Mapping[str, Fraction]) -> Grade:
    vetoed = any(sheet.answers.get(q) == Veto(raised=True) for sheet in sheets for q in scheme.vetoes)
    if vetoed:
        return scheme.otherwise
    levels = {name: level_of(scheme.dimensions[name], total) for name, total in totals.items()}
    gates = {gate: decisions.gates.get(gate, True) for gate in scheme.gates}
    return outcome_of(scheme, Standing(totals, levels, gates, decisions.deductions or 0, vetoed))
