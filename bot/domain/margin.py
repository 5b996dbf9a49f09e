"""How far a finished result stands from the grade below it and the next above, and which single answers hold it up.

Assumes nothing: all questions and decisions are answered. Must not know words, or what it would cost to do better
(`path.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import Answer, Decisions, Rated, Sheet, Veto
from bot.domain.grading import Checked, Standing, check, standing_of
from bot.domain.scheme import (
    DeductionsBelow,
    GateMet,
    Grade,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Scheme,
    TotalAtLeast,
)
from bot.domain.scoring import score
from bot.domain.stakes import below, least_total, moved, outcome, rated, shares


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a condition is from turning. room: not below 0 where it holds, below 0 where it does not.

    A total or a level: the total less the least that meets it, in the dimension's unit. Deductions: how many more
    findings it bears. None for a veto and a gate, which are yes or no.
    """

    checked: Checked
    room: Fraction | int | None

    @property
    def dimension(self) -> str | None:
        """The dimension that a condition on a total or a level looks at."""
        condition = self.checked.condition
        return condition.dimension if isinstance(condition, TotalAtLeast | LevelAtLeast) else None


@dataclass(frozen=True, slots=True)
class Fragile:
    """One answer of one sheet which, a step lower, loses the outcome; `becomes`: what would be left.

    A step: to the upper end of the next lower band, or the next lower level (`stakes.below`); a veto is raised.
    """

    sheet: str
    question: QuestionId
    held: Answer
    lower: Answer
    becomes: Grade


@dataclass(frozen=True, slots=True)
class Margin:
    """`held`: distances of the outcome's conditions; `lacks`: of those of `next`, the entry above (None at the top).

    fragile: in clause order, sheets in the order given.
    """

    outcome: Grade
    held: tuple[Distance, ...]
    next: Grade | None
    lacks: tuple[Distance, ...]
    fragile: tuple[Fragile, ...]

    @property
    def spare(self) -> Mapping[str, Distance]:
        """Dimension id -> the outcome's condition that binds: the one with the least room."""
        return _tightest(self.held)

    @property
    def missing(self) -> Mapping[str, Distance]:
        """Dimension id -> the condition of the next entry that is farthest from holding; dimensions that lack it."""
        return {name: one for name, one in _tightest(self.lacks).items() if not one.checked.holds}


def margin(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> Margin | None:
    """Of counted sheets; None while anything is open, also where a raised veto has decided already."""
    card = score(scheme, sheets, decisions)
    standing = standing_of(card)
    if standing is None:
        return None
    reached = outcome(scheme, standing)
    places = [*(grade.id for grade in scheme.grades), scheme.otherwise.id]
    place = places.index(reached.id)
    above = scheme.grades[place - 1] if place else None
    held = _distances(scheme, reached, standing)
    return Margin(
        outcome=reached,
        held=held,
        next=above,
        lacks=_distances(scheme, above, standing) if above else (),
        fragile=tuple(_fragile(scheme, sheets, standing, reached, _tightest(held)))
        if reached.id != scheme.otherwise.id
        else (),
    )


def _distances(scheme: Scheme, grade: Grade, standing: Standing) -> tuple[Distance, ...]:
    return tuple(_distance(scheme, check(condition, standing), standing) for condition in grade.conditions)


def _distance(scheme: Scheme, checked: Checked, standing: Standing) -> Distance:
    match checked.condition:
        case TotalAtLeast() | LevelAtLeast():
            total = standing.totals[checked.condition.dimension]
            return Distance(checked, total - least_total(scheme, checked.condition))
        case DeductionsBelow(count):
            return Distance(checked, count - 1 - standing.deductions)
        case NoVeto() | GateMet():
            return Distance(checked, None)
        case _:
            assert_never(checked.condition)


def _tightest(distances: Sequence[Distance]) -> Mapping[str, Distance]:
    found: dict[str, Distance] = {}
    for one in distances:
        name = one.dimension
        if name is not None and one.room is not None:
            known = found.get(name)
            if known is None or known.room is None or one.room < known.room:
                found[name] = one
    return found


def _fragile(
    scheme: Scheme, sheets: Sequence[Sheet], standing: Standing, reached: Grade, tightest: Mapping[str, Distance]
) -> Iterator[Fragile]:
    """Lower by one step, each answer by itself: the total moves by weight x share x difference of the ratings.

    While every condition that is met stays met the outcome stays: a lower total reaches nothing new.
    """
    lowered: dict[tuple[str, Fraction], Fraction | None] = {}
    worth = {name: {s.sheet.id: s.each for s in shares(scheme, sheets, name)} for name in scheme.dimensions}
    for question in scheme.questions:
        for sheet in sheets:
            held = sheet.answers.get(question)
            if isinstance(held, Veto):
                yield Fragile(sheet.id, question, held, Veto(raised=True), scheme.otherwise)
            elif isinstance(held, Rated) and question.dimension in sheet.covers:
                scale, name = scheme.scale_of(question), question.dimension
                if (name, held.value) not in lowered:
                    lowered[name, held.value] = below(scale, held.value)
                lower = lowered[name, held.value]
                room = tightest[name].room if name in tightest else None
                if lower is None or room is None:
                    continue
                lost = scheme.weights[name][question] * worth[name][sheet.id] * (held.value - lower)
                if lost <= room:
                    continue
                becomes = outcome(scheme, moved(scheme, standing, name, -lost))
                if becomes.id != reached.id:
                    yield Fragile(sheet.id, question, held, rated(scale, lower), becomes)
