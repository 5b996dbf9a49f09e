"""What the answers so far still allow: the lowest and the highest outcome over all completions.

Assumes, and every screen that shows it says so: unanswered gates will be confirmed, no further veto is raised, no
further deduction or bonus is decided. Must not know words or storage.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from bot.domain.answers import Decisions, Sheet
from bot.domain.outcomes import marks_of, outcome_of_whole
from bot.domain.scheme import Dimension, Grade, QuestionId, Scheme
from bot.domain.scoring import ZERO, adjustment
from bot.domain.state import SheetState
from bot.domain.sums import Whole, WholeSums, whole_of

_Ratio: TypeAlias = tuple[int, int]
"""Numerator and denominator of a total, in lowest terms or not: a Fraction takes longer to make than to reckon with."""
_Held: TypeAlias = tuple[frozenset[str], Whole]
"""What a sheet covers, and what its answers come to."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The outcomes of the worst and the best completion."""

    lowest: Grade
    highest: Grade

    @property
    def decided(self) -> bool:
        return self.lowest.id == self.highest.id


@dataclass(frozen=True, slots=True)
class Bounds(Ends):
    """With the totals (each in its dimension's unit) behind them."""

    least: Mapping[str, Fraction]
    most: Mapping[str, Fraction]


def bounds(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Bounds:
    """Outcomes over all completions. Answering N/A never beats full marks nor falls below none, as earned <= due."""
    held = [(sheet.covers, whole_of(scheme, sheet.answers)) for sheet in sheets]
    least, most = _totals(scheme, held, decisions)
    found = _outcomes(scheme, held, decisions, least, most)
    exact = ({name: Fraction(*total) for name, total in totals.items()} for totals in (least, most))
    return Bounds(found.lowest, found.highest, *exact)


def ends(scheme: Scheme, sheets: Sequence[SheetState], decisions: Decisions) -> Ends:
    """The outcomes of `bounds` alone, from what the answers are known to come to: every tap asks for them."""
    if len(sheets) == 1 and not decisions.deductions and not decisions.bonus:  # nearly always
        return _ends_of_one(scheme, sheets[0].covers, sheets[0].whole(scheme), decisions)
    held = [(sheet.covers, sheet.whole(scheme)) for sheet in sheets]
    return _outcomes(scheme, held, decisions, *_totals(scheme, held, decisions))


def _ends_of_one(scheme: Scheme, covers: frozenset[str], whole: Whole, decisions: Decisions) -> Ends:
    """The same of one sheet, to which nothing is added, in one walk: the place of both totals among the marks.

    Kept by those places, the gates, and nothing else: between two marks no total changes anything.
    """
    if whole.raised:
        return Ends(scheme.otherwise, scheme.otherwise)
    gates = tuple([decisions.gates.get(gate, True) for gate in scheme.gates])
    lows, highs = [], []
    blank, unit = _blank(scheme).dimensions, scheme.unit
    for name, marks, times, lowest, under, points in _reached(scheme):
        earned, common, due, pending, _ = (whole.dimensions if name in covers else blank)[name]
        still = pending * common
        # Both as in `_ends`; times: what makes them whole as the marks are.
        of = (unit if points else due + pending) * common
        if of:
            lows.append(bisect_right(marks, (earned * under + still * lowest) * times // (of * under)))
            highs.append(bisect_right(marks, (earned + still) * times // of))
        else:
            nothing = bisect_right(marks, 0)
            lows.append(nothing)
            highs.append(nothing)
    key = (_ends_of_one, gates, *lows, *highs)
    found: Ends | None = scheme.kept.get(key)
    if found is None:
        held = [(covers, whole)]
        found = scheme.kept[key] = _outcomes(scheme, held, decisions, *_totals(scheme, held, decisions))
    return found


def _reached(scheme: Scheme) -> tuple[tuple[str, tuple[int, ...], int, int, int, bool], ...]:
    """Of each dimension: name, marks, what a total is times for them, its lowest rating as two numbers, of points."""
    found: tuple[tuple[str, tuple[int, ...], int, int, int, bool], ...] | None = scheme.kept.get(_reached)
    if found is None:
        found = scheme.kept[_reached] = tuple(
            (
                name,
                marks,
                times if (points := one.total == "points") else times * 100,
                *one.scale.lowest.as_integer_ratio(),
                points,
            )
            for (name, (marks, times)), one in zip(marks_of(scheme)[0].items(), scheme.dimensions.values(), strict=True)
        )
    return found


def lowest_rating(scheme: Scheme, question: QuestionId) -> Fraction:
    """The least value that can be answered: level 1 is 1/5 where only levels are taken, else 0. ratio 0-1."""
    return scheme.scale_of(question).lowest


def _outcomes(
    scheme: Scheme,
    held: Sequence[_Held],
    decisions: Decisions,
    least: Mapping[str, _Ratio],
    most: Mapping[str, _Ratio],
) -> Ends:
    for _, whole in held:
        if whole.raised:
            return Ends(scheme.otherwise, scheme.otherwise)
    gates = tuple([decisions.gates.get(gate, True) for gate in scheme.gates])
    taken = decisions.deductions or 0
    return Ends(outcome_of_whole(scheme, least, gates, taken), outcome_of_whole(scheme, most, gates, taken))


def _totals(
    scheme: Scheme, held: Sequence[_Held], decisions: Decisions
) -> tuple[Mapping[str, _Ratio], Mapping[str, _Ratio]]:
    """Of each dimension the total with every open question at its lowest, and at full marks."""
    least, most = {}, {}
    for name, dimension in scheme.dimensions.items():
        covering = [whole.dimensions[name] for covers, whole in held if name in covers]
        covering = covering or [_blank(scheme).dimensions[name]]
        change = adjustment(scheme, name, decisions)
        if len(covering) == 1 and not change:  # nearly always
            least[name], most[name] = _ends(dimension, scheme.unit, covering[0])
        else:
            ends = [_ends(dimension, scheme.unit, sums) for sums in covering]
            least[name] = _mean([low for low, _ in ends], change)
            most[name] = _mean([high for _, high in ends], change)
    return least, most


def _blank(scheme: Scheme) -> Whole:
    """Stands in where no sheet covers a dimension: everything is open."""
    found: Whole | None = scheme.kept.get(_blank)
    if found is None:
        found = scheme.kept[_blank] = whole_of(scheme, {})
    return found


def _ends(dimension: Dimension, unit: int, sums: WholeSums) -> tuple[_Ratio, _Ratio]:
    """A sheet's total with every open question at its lowest, and at full marks."""
    earned, common, due, pending, _ = sums
    lowest, under = dimension.scale.lowest.as_integer_ratio()
    still = pending * common
    least = earned * under + still * lowest  # / (unit x common x under)
    most = earned + still  # / (unit x common)
    if dimension.total == "points":
        whole = unit * common
        return (least, whole * under), (most, whole)
    whole = (due + pending) * common
    return ((least * 100, whole * under), (most * 100, whole)) if whole else ((0, 1), (0, 1))


def _mean(totals: Sequence[_Ratio], change: Fraction) -> _Ratio:
    mean = sum((Fraction(*total) for total in totals), ZERO) / len(totals)
    return (mean + change).as_integer_ratio()
