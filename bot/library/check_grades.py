"""Check of a built scheme: every grade is the outcome of some result.

All conditions ask for more, never for less. So a grade can be the outcome exactly if the least result that meets its
conditions meets those of no higher grade; only deductions pull two ways, and their few telling counts are all tried.
Must not know files, places or people's answers.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from bot.domain.answers import Decisions
from bot.domain.grading import Standing, outcome_of
from bot.domain.insight import lowest_rating
from bot.domain.scheme import DeductionsBelow, GateMet, Grade, LevelAtLeast, Scheme, TotalAtLeast
from bot.domain.scoring import ZERO, adjustment, level_of

Range = tuple[Fraction, Fraction]


def unreachable(scheme: Scheme) -> Iterator[tuple[int, str]]:
    """(place, id of the grade that always comes before it or '') of each grade that no result leads to."""
    ranges = {name: _range(scheme, name) for name in scheme.dimensions}
    for place, grade in enumerate(scheme.grades):
        outcomes = [outcome_of(scheme, standing) for standing in _least(scheme, grade, ranges)]
        if all(outcome.id != grade.id for outcome in outcomes):
            yield place, outcomes[0].id if outcomes else ""


def _range(scheme: Scheme, dimension: str) -> Range:
    """The least and the most that a dimension's total can be, before adjustments. In its unit."""
    questions = [question for question in scheme.questions if question.dimension == dimension]
    most = sum((scheme.points_of(q) for q in questions), ZERO)
    least = sum((scheme.points_of(q) * lowest_rating(scheme, q) for q in questions), ZERO)
    if scheme.dimensions[dimension].total == "points":
        return least, most
    return least / most * 100, Fraction(100)


def _least(scheme: Scheme, grade: Grade, ranges: Mapping[str, Range]) -> Iterator[Standing]:
    """The least standings that meet the grade's conditions, one per telling count of deductions and bonus."""
    met = frozenset(need.gate for need in grade.conditions if isinstance(need, GateMet))
    gates = {gate: gate in met for gate in scheme.gates}
    for count in _counts(scheme, grade, ranges):
        for bonus in _bonuses(scheme):
            totals = _totals(scheme, grade, ranges, Decisions(deductions=count, bonus=bonus))
            if totals is not None:
                levels = {name: level_of(scheme.dimensions[name], total) for name, total in totals.items()}
                yield Standing(totals, levels, gates, count, vetoed=False)


def _totals(
    scheme: Scheme, grade: Grade, ranges: Mapping[str, Range], decisions: Decisions
) -> dict[str, Fraction] | None:
    """The least totals that the grade needs; None where one of them cannot be."""
    found: dict[str, Fraction] = {}
    for name, (least, most) in ranges.items():
        shift = adjustment(scheme, name, decisions)
        needed = max([least + shift, *_needed(scheme, grade, name)])
        if needed > most + shift:
            return None
        found[name] = needed
    return found


def _needed(scheme: Scheme, grade: Grade, dimension: str) -> Iterator[Fraction]:
    for need in grade.conditions:
        match need:
            case TotalAtLeast(dimension=name, threshold=threshold) if name == dimension:
                yield threshold
            case LevelAtLeast(dimension=name, level=level) if name == dimension:
                yield min(least for known, least in scheme.dimensions[name].level_from if known >= level)
            case _:
                pass


def _counts(scheme: Scheme, grade: Grade, ranges: Mapping[str, Range]) -> list[int]:
    """Counts of deductions that make a difference, within the grade's own limit.

    None; both sides of every limit; the most that the grade's total still bears; so many that nothing is left.
    """
    rules = scheme.adjustments
    if rules is None or rules.deductions is None:
        return [0]
    each, (least, most) = rules.deductions.each, ranges[rules.dimension]
    limits = {need.count for g in scheme.grades for need in g.conditions if isinstance(need, DeductionsBelow)}
    own = [need.count for need in grade.conditions if isinstance(need, DeductionsBelow)]
    counts = {0, *limits, *(limit - 1 for limit in limits), max([floor(least / each) + 1, *limits])}
    for needed in _needed(scheme, grade, rules.dimension):
        counts.update(floor((most + bonus - needed) / each) for bonus in _bonuses(scheme))
    return sorted(count for count in counts if count >= 0 and all(count < limit for limit in own))


def _bonuses(scheme: Scheme) -> tuple[Fraction, ...]:
    rules = scheme.adjustments
    return rules.bonus.values if rules and rules.bonus else (ZERO,)
