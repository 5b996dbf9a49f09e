"""What one answer moves: the steps of its scale, its share of the dimension's total, the totals that a grade asks for.

The ground under margin, path, comparison and "what can still decide". Must not know which of them asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.answers import NotApplicable, Rated, Sheet
from bot.domain.grading import Standing, outcome_of
from bot.domain.scales import LEVELS, Scale
from bot.domain.scheme import Grade, LevelAtLeast, QuestionId, Scheme, TotalAtLeast
from bot.domain.scoring import BLANK, ZERO, level_of


@dataclass(frozen=True, slots=True)
class Share:
    """A counted sheet in a dimension. each: what one unit of weight (`Scheme.weights`), rated 1, adds to the total.

    In the dimension's unit; 0 where nothing applies on the sheet.
    """

    sheet: Sheet
    each: Fraction


def shares(scheme: Scheme, sheets: Sequence[Sheet], dimension: str) -> tuple[Share, ...]:
    """The sheets that cover a dimension, or an empty one where none does, as in `insight.bounds`.

    The total is linear in the ratings as long as the rows that do not apply stay the same: percent divides by what is
    due on the sheet (DN-11), and the mean by the number of sheets (G-04).
    """
    covering = [sheet for sheet in sheets if dimension in sheet.covers] or [BLANK]
    weights = scheme.weights[dimension]
    if scheme.dimensions[dimension].total == "points":
        return tuple(Share(sheet, Fraction(1, scheme.unit * len(covering))) for sheet in covering)
    found = []
    for sheet in covering:
        due = sum(w for question, w in weights.items() if not isinstance(sheet.answers.get(question), NotApplicable))
        found.append(Share(sheet, Fraction(100, due * len(covering)) if due else ZERO))
    return tuple(found)


def value_of(scheme: Scheme, sheet: Sheet, question: QuestionId) -> Fraction | None:
    """The ratio (0-1) that counts: an open question stands at the least that can be answered; None for N/A."""
    answer = sheet.answers.get(question)
    if isinstance(answer, Rated):
        return answer.value
    return None if isinstance(answer, NotApplicable) else scheme.scale_of(question).lowest


def marks(scale: Scale) -> tuple[Fraction, ...]:
    """The values that steps lead to, rising: the upper end of each band (G-02), or each level (EN-05). ratio 0-1."""
    if scale.kind == "level":
        return tuple(Fraction(number, LEVELS) for number in range(1, LEVELS + 1))
    return tuple(band.high for band in scale.bands)


def above(scale: Scale, value: Fraction) -> tuple[Fraction, ...]:
    """The marks above a value: the first is the upper end of its own band where it stands below it. ratio 0-1."""
    return tuple(mark for mark in marks(scale) if mark > value)


def below(scale: Scale, value: Fraction) -> Fraction | None:
    """One step lower: the upper end of the next lower band, or the next lower level; None in the lowest. ratio 0-1."""
    return max((mark for mark in marks(scale) if mark < value), default=None)


def rated(scale: Scale, value: Fraction) -> Rated:
    """A mark as an answer in the form of its scale. ratio 0-1."""
    return Rated(value, scale.kind)


def least_total(scheme: Scheme, condition: TotalAtLeast | LevelAtLeast) -> Fraction:
    """The least total that meets a condition, in the dimension's unit. ValueError: a level that no total gives."""
    if isinstance(condition, TotalAtLeast):
        return condition.threshold
    return min(least for level, least in scheme.dimensions[condition.dimension].level_from if level >= condition.level)


def needed(scheme: Scheme, grade: Grade) -> Mapping[str, Fraction]:
    """Dimension id -> the least total that the grade asks for, in its unit; dimensions that it asks nothing of lack."""
    found: dict[str, Fraction] = {}
    for condition in grade.conditions:
        if isinstance(condition, TotalAtLeast | LevelAtLeast):
            least = least_total(scheme, condition)
            found[condition.dimension] = max(least, found.get(condition.dimension, least))
    return found


def moved(scheme: Scheme, standing: Standing, dimension: str, by: Fraction) -> Standing:
    """A standing with one dimension's total moved, in its unit, and its level with it."""
    total = standing.totals[dimension] + by
    level = level_of(scheme.dimensions[dimension], total)
    return replace(standing, totals={**standing.totals, dimension: total}, levels={**standing.levels, dimension: level})


def outcome(scheme: Scheme, standing: Standing) -> Grade:
    """As `grading.verdict` decides: a raised veto leaves none, whatever the conditions say (BK-01)."""
    return scheme.otherwise if standing.vetoed else outcome_of(scheme, standing)
