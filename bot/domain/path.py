"""The cheapest path to a grade: which answers to raise, how far, and what stands in the way. Exact.

A step raises a question to the next mark of its scale (`stakes.marks`) above the lowest of the counted sheets that
rate it: that sheet's own band's upper end where it stands below it, then the upper end of each higher band; or each
higher level. Every counted sheet below the mark is raised to it; sheets above it, and sheets where the row does not
apply, stay. The k-th mark costs k steps. Open questions stand at the least that can be answered, as in
`insight.bounds`; undecided deductions and bonus as none; open veto rows as not raised: all of it is in `assumed`.
A path buys ratings only: `barred` is what it cannot buy. Must not know words or storage.

The order of paths: least cost; then fewest questions; then clause order, comparing the lists of questions; then
lower marks first, at the first question where two differ. The second best is the next in this order in which nothing
is superfluous: no question can be left a step lower and the grade still be reached.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from bot.domain.answers import Decisions, NotApplicable, Sheet, Veto
from bot.domain.grading import Checked, Standing, check
from bot.domain.insight import bounds
from bot.domain.path_rows import Field, Way, fields, gained, most, taken, ways
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    LevelAtLeast,
    QuestionId,
    Scheme,
    TotalAtLeast,
)
from bot.domain.scoring import Open, OpenDimension, OpenGate, level_of, score
from bot.domain.stakes import needed, outcome


@dataclass(frozen=True, slots=True)
class Step:
    """A question to raise. start: what the lowest sheet says now; to: the mark (ratio 0-1); steps: marks passed."""

    question: QuestionId
    start: Fraction
    to: Fraction
    steps: int
    cost: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps in clause order, the totals that they lead to (each in its dimension's unit), and the outcome then."""

    steps: tuple[Step, ...]
    cost: int
    totals: Mapping[str, Fraction]
    outcome: Grade


@dataclass(frozen=True, slots=True)
class Raised:
    """A veto row that a counted sheet says is broken."""

    sheet: str
    question: QuestionId


Barrier: TypeAlias = Raised | OpenGate | OpenDimension | Checked
"""A raised veto, an unanswered gate, a sheet on which nothing applies, a refused gate or too many deductions."""


@dataclass(frozen=True, slots=True)
class Found:
    """The grade, or one above it, can be reached: `best`, and `second` where there is another way.

    `before`: totals now, open questions at their lowest; `now`: the outcome of that. Here and in a path's outcome a
    gate that nobody confirmed does not hold.
    """

    target: Grade
    now: Grade
    before: Mapping[str, Fraction]
    best: Path
    second: Path | None
    assumed: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Why no path leads to the grade. most: the totals with all that is possible at full marks.

    barred: what ratings cannot change. short: the target's conditions which even `most` does not meet.
    alone: indicators marked impossible, each of which would by itself make the totals enough; together: a set of them
    which would, and of which none can be left out (in a single dimension the smallest such set); both in clause order,
    empty where the totals are enough or never can be.
    """

    target: Grade
    now: Grade
    before: Mapping[str, Fraction]
    most: Mapping[str, Fraction]
    barred: tuple[Barrier, ...]
    short: tuple[Checked, ...]
    alone: tuple[str, ...]
    together: tuple[str, ...]
    assumed: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """impossible: ids of indicators that cannot be raised. costs: indicator id -> cost of each step, at least 1."""

    impossible: Collection[str] = ()
    costs: Mapping[str, int] = field(default_factory=dict)


ANY = Wishes()


def cheapest(
    scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions, grade: str, wishes: Wishes = ANY
) -> Found | OutOfReach:
    """The path from the counted sheets to a grade of the scheme, or to one above it.

    KeyError: no such grade, or a wish about an indicator that the scheme lacks; ValueError: a cost below 1.
    """
    _check(scheme, wishes)
    place = {entry.id: n for n, entry in enumerate(scheme.grades)}[grade]
    case = _Case(scheme, sheets, decisions, bounds(scheme, sheets, decisions).least)
    wanted = [one for one in reversed(scheme.grades[: place + 1]) if not case.barriers(one)]
    goals = [{name: least - case.before[name] for name, least in needed(scheme, one).items()} for one in wanted]
    rows = fields(scheme, sheets, wishes.costs)
    found = ways(rows, goals, frozenset(wishes.impossible))
    if not found:
        return _out_of_reach(case, scheme.grades[place], rows, frozenset(wishes.impossible))
    best, *others = (case.path(rows, way) for way in found)
    now = case.outcome(case.before)
    return Found(scheme.grades[place], now, case.before, best, others[0] if others else None, case.assumed)


def _check(scheme: Scheme, wishes: Wishes) -> None:
    for indicator in (*wishes.impossible, *wishes.costs):
        if indicator not in scheme.by_id:
            raise KeyError(indicator)
    for indicator, cost in wishes.costs.items():
        if cost < 1:
            raise ValueError(indicator)


@dataclass(frozen=True, slots=True)
class _Case:
    """What was asked about. before: totals in each dimension's unit, open questions at their lowest."""

    scheme: Scheme
    sheets: Sequence[Sheet]
    decisions: Decisions
    before: Mapping[str, Fraction]

    @property
    def assumed(self) -> tuple[Open, ...]:
        """All that is open and does not bar the way."""
        open_ = score(self.scheme, self.sheets, self.decisions).open
        bare = self._bare()
        return tuple(one for one in open_ if not isinstance(one, OpenGate) and one not in bare)

    def _bare(self) -> tuple[OpenDimension, ...]:
        """Dimensions with a sheet on which nothing applies: they have no total, whatever is raised."""
        return tuple(
            OpenDimension(name)
            for name, weights in self.scheme.weights.items()
            for sheet in self.sheets
            if name in sheet.covers and all(isinstance(sheet.answers.get(q), NotApplicable) for q in weights)
        )

    def barriers(self, grade: Grade) -> tuple[Barrier, ...]:
        """What ratings cannot change: any one raised veto (BK-01), bare sheets, and the grade's other conditions."""
        raised = tuple(
            Raised(sheet.id, question)
            for sheet in self.sheets
            for question in self.scheme.vetoes
            if sheet.answers.get(question) == Veto(raised=True)
        )
        return (*raised, *self._bare(), *(one for c in grade.conditions for one in self._barrier(c)))

    def _barrier(self, condition: Condition) -> tuple[Barrier, ...]:
        if not isinstance(condition, GateMet | DeductionsBelow):
            return ()
        if isinstance(condition, GateMet) and condition.gate not in self.decisions.gates:
            return (OpenGate(condition.gate),)
        checked = check(condition, self._standing(self.before))
        return () if checked.holds else (checked,)

    def _standing(self, totals: Mapping[str, Fraction]) -> Standing:
        """A gate that is not confirmed does not hold; undecided deductions are none."""
        dimensions, gates = self.scheme.dimensions, self.scheme.gates
        vetoed = any(s.answers.get(q) == Veto(raised=True) for s in self.sheets for q in self.scheme.vetoes)
        return Standing(
            totals=totals,
            levels={name: level_of(dimensions[name], total) for name, total in totals.items()},
            gates={gate: self.decisions.gates.get(gate, False) for gate in gates},
            deductions=self.decisions.deductions or 0,
            vetoed=vetoed,
        )

    def missed(self, grade: Grade, totals: Mapping[str, Fraction]) -> tuple[Checked, ...]:
        """The grade's conditions on totals and levels that these totals do not meet."""
        standing = self._standing(totals)
        checked = (check(c, standing) for c in grade.conditions if isinstance(c, TotalAtLeast | LevelAtLeast))
        return tuple(one for one in checked if not one.holds)

    def outcome(self, totals: Mapping[str, Fraction]) -> Grade:
        return outcome(self.scheme, self._standing(totals))

    def path(self, rows: Sequence[Field], way: Way) -> Path:
        steps = tuple(
            Step(rise.question, rise.start, rise.marks[n - 1], n, n * rise.cost) for rise, n in taken(rows, way)
        )
        totals = {one.dimension: self.before[one.dimension] + gained(one, way[one.dimension]) for one in rows}
        return Path(steps, sum(step.cost for step in steps), totals, self.outcome(totals))


def _out_of_reach(case: _Case, target: Grade, rows: Sequence[Field], impossible: frozenset[str]) -> OutOfReach:
    def at_most(marked: frozenset[str]) -> Mapping[str, Fraction]:
        return {one.dimension: case.before[one.dimension] + most(one, marked) for one in rows}

    def enough(marked: frozenset[str]) -> bool:
        return not case.missed(target, at_most(marked))

    short = case.missed(target, at_most(impossible))
    order = [row.id for row in case.scheme.indicators if row.id in impossible]
    together: tuple[str, ...] = ()
    if short and enough(frozenset()):
        worth = {
            name: sum(
                (most(one, impossible - {name}) - most(one, impossible)) / case.scheme.maximum(one.dimension)
                for one in rows
            )
            for name in order
        }
        freed = set(order)
        for name in sorted(order, key=lambda one: worth[one]):
            if enough(impossible - (freed - {name})):
                freed.remove(name)
        together = tuple(name for name in order if name in freed)
    return OutOfReach(
        target=target,
        now=case.outcome(case.before),
        before=case.before,
        most=at_most(impossible),
        barred=case.barriers(target),
        short=short,
        alone=tuple(name for name in order if short and enough(impossible - {name})),
        together=together,
        assumed=case.assumed,
    )
