"""What the screens of the way to a grade are told. Must not know storage or rendering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.answers import Sheet
from bot.domain.path import Found
from bot.domain.plan import Change, Planned, gain, instead, raises
from bot.domain.scheme import Grade, QuestionId
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class StepLine:
    """A question to raise, from the lowest sheet's ratio (0-1) to a mark; gain: of its dimension's total.

    open: it stands at its lowest because nobody answered it yet. sheets: on how many it is raised.
    """

    question: QuestionId
    start: Fraction
    to: Fraction
    gain: Fraction
    cost: Fraction
    open: bool
    sheets: int


@dataclass(frozen=True, slots=True)
class PathFacts:
    """A plan. targets: the grades above the present outcome, the next one first; marks: of this person alone.

    steps, changes: none where the grade is out of reach; changes: how the runner-up differs. tried: how much is tried.
    """

    desk: Desk
    planned: Planned
    targets: tuple[Grade, ...]
    marks: Mapping[str, Fraction | None]
    steps: tuple[StepLine, ...]
    changes: tuple[Change, ...]
    tried: int


@dataclass(frozen=True, slots=True)
class WishFacts:
    """One indicator. mark: cost of a step, None for impossible; marked: whether it has one at all.

    ratings: question -> the ratio (0-1) on each sheet that is seen and rates it; tries: question -> sheet to try it on.
    """

    desk: Desk
    indicator: str
    marked: bool
    mark: Fraction | None
    ratings: Mapping[QuestionId, tuple[Fraction, ...]]
    tries: Mapping[QuestionId, str]


def path_facts(
    desk: Desk, planned: Planned, targets: tuple[Grade, ...], marks: Mapping[str, Fraction | None], tried: int
) -> PathFacts:
    """A plan with the figures of each step. planned: from the sheets that count of those on the desk."""
    found = planned.found
    if not isinstance(found, Found):
        return PathFacts(desk, planned, targets, marks, (), (), tried)
    sheets = [one.sheet() for one in desk.state.counted]
    steps = tuple(
        StepLine(
            question=one.question,
            start=one.start,
            to=one.to,
            gain=gain(desk.scheme, sheets, one.question, one.to),
            cost=planned.cost(one),
            open=_open(sheets, one.question),
            sheets=len(raises(desk.scheme, sheets, one.question, one.to)),
        )
        for one in found.best.steps
    )
    changes = instead(desk.scheme, found.best, found.second) if found.second else ()
    return PathFacts(desk, planned, targets, marks, steps, changes, tried)


def _open(sheets: Sequence[Sheet], question: QuestionId) -> bool:
    """Nobody answered it on some sheet, so that it stands at its lowest there."""
    asked = [one for one in sheets if question.dimension in one.covers]
    return not asked or any(question not in one.answers for one in asked)
