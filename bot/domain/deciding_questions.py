"""Which open questions can still decide: there are answers to all others under which this one changes the outcome.

Assumes what `insight.bounds` assumes: open gates will be confirmed, no further veto is raised, nothing further is
deducted or added; so open veto rows are not among them, though a raised one always decides. The others are rated, not
left out: a row that does not apply keeps the total between its least and its most.
Must not know who is asked, or in which order.

The outcome depends on where each dimension's total stands among its thresholds. A question's rating moves its own
total alone; it decides if the total can be brought, by the others, just below a threshold that changes the outcome
for some total that the other dimensions can have. Where any ratio may be given, the others fill every total between
their least and their most, so all open questions of such a dimension decide, or none; where only levels may be, the
totals that they can make are counted out.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, lcm

from bot.domain.answers import Decisions, Sheet, Veto
from bot.domain.insight import bounds
from bot.domain.outcomes import outcome_at
from bot.domain.scales import LEVELS
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.stakes import needed, shares


@dataclass(frozen=True, slots=True)
class Deciding:
    """An open question of a sheet ('' where no sheet covers its dimension) that can still change the outcome.

    stake: how far the dimension's total moves between its lowest and its highest answer, in the dimension's unit.
    """

    sheet: str
    question: QuestionId
    stake: Fraction


def deciding(scheme: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> tuple[Deciding, ...]:
    """Of the counted sheets, in clause order, sheets in the order given. Empty once a veto was raised (BK-01)."""
    if any(sheet.answers.get(q) == Veto(raised=True) for sheet in sheets for q in scheme.vetoes):
        return ()
    ends = bounds(scheme, sheets, decisions)
    reaches = {
        name: _reach(scheme, name, _open(scheme, sheets, name), ends.least[name], ends.most[name])
        for name in scheme.dimensions
    }
    found = {
        name: _decisive(reach, _turns(scheme, decisions, name, reaches))
        for name, reach in reaches.items()
        if reach.open
    }
    order = {question: place for place, question in enumerate(scheme.questions)}
    return tuple(sorted((one for some in found.values() for one in some), key=lambda one: order[one.question]))


def by_stake(scheme: Scheme, found: Sequence[Deciding]) -> tuple[Deciding, ...]:
    """Those first that move most of their dimension's maximum; equal ones stay in order."""
    return tuple(sorted(found, key=lambda one: -one.stake / scheme.maximum(one.question.dimension)))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a dimension's total can be. breaks: the totals, rising, from which some condition of some grade holds.

    sums: None where every total from least to most can be; else which multiples of `grain` above least can be made by
    all open questions together, bit by bit.
    """

    open: tuple[Deciding, ...]
    least: Fraction
    most: Fraction
    breaks: tuple[Fraction, ...]
    grain: Fraction
    sums: int | None

    def cells(self) -> Mapping[int, Fraction]:
        """How many breaks are reached -> some total that reaches just these, for all that can be."""
        if self.sums is None:
            return {
                bisect_right(self.breaks, total): total
                for total in (self.least, *(one for one in self.breaks if self.least < one <= self.most))
            }
        totals = [self.least + self.grain * n for n in range(self.sums.bit_length()) if self.sums >> n & 1]
        return {bisect_right(self.breaks, total): total for total in totals}


def _open(scheme: Scheme, sheets: Sequence[Sheet], dimension: str) -> tuple[Deciding, ...]:
    parts, free = shares(scheme, sheets, dimension), 1 - scheme.dimensions[dimension].scale.lowest
    return tuple(
        Deciding(part.sheet.id, question, weight * part.each * free)
        for question, weight in scheme.weights[dimension].items()
        for part in parts
        if weight and question not in part.sheet.answers
    )


def _reach(scheme: Scheme, dimension: str, open_: tuple[Deciding, ...], least: Fraction, most: Fraction) -> _Reach:
    breaks = {total for grade in scheme.grades for name, total in needed(scheme, grade).items() if name == dimension}
    if scheme.dimensions[dimension].scale.takes_ratio:
        return _Reach(open_, least, most, tuple(sorted(breaks)), Fraction(1), None)
    grain = Fraction(1, lcm(*((one.stake / (LEVELS - 1)).denominator for one in open_)))
    return _Reach(open_, least, most, tuple(sorted(breaks)), grain, _sums(open_, grain))


def _sums(open_: Sequence[Deciding], grain: Fraction) -> int:
    """The sums that these questions can make above their lowest level, in grains: bit n stands for n."""
    sums = 1
    for one in open_:
        step = int(one.stake / (LEVELS - 1) / grain)
        for_one = sums
        for _ in range(LEVELS - 1):
            for_one = sums | for_one << step
        sums = for_one
    return sums


def _turns(scheme: Scheme, decisions: Decisions, dimension: str, reaches: Mapping[str, _Reach]) -> tuple[Fraction, ...]:
    """The breaks of a dimension that change the outcome for some total that the other dimensions can have."""
    own = reaches[dimension]
    others = [
        [(name, total) for total in reach.cells().values()] for name, reach in reaches.items() if name != dimension
    ]
    found = []
    for place, total in enumerate(own.breaks):
        if own.least < total <= own.most:
            under = own.breaks[place - 1] if place else min(own.least, total - 1)
            for some in product(*others):
                ends = [_outcome(scheme, decisions, {dimension: one, **dict(some)}) for one in (under, total)]
                if ends[0] != ends[1]:
                    found.append(total)
                    break
    return tuple(found)


def _outcome(scheme: Scheme, decisions: Decisions, totals: Mapping[str, Fraction]) -> str:
    gates = {gate: decisions.gates.get(gate, True) for gate in scheme.gates}
    return outcome_at(scheme, totals, gates, decisions.deductions or 0).id


def _decisive(reach: _Reach, turns: Sequence[Fraction]) -> tuple[Deciding, ...]:
    if reach.sums is None:
        return reach.open if turns else ()
    rests: dict[Fraction, int] = {}
    found = []
    for place, one in enumerate(reach.open):
        if one.stake not in rests:
            rests[one.stake] = _sums((*reach.open[:place], *reach.open[place + 1 :]), reach.grain)
        if any(
            _between(rests[one.stake], (turn - reach.least) / reach.grain, one.stake / reach.grain) for turn in turns
        ):
            found.append(one)
    return tuple(found)


def _between(sums: int, turn: Fraction, stake: Fraction) -> bool:
    """Whether some sum is below the turn and, with the stake, not below it. In grains above the least total."""
    first, last = max(0, ceil(turn - stake)), ceil(turn) - 1
    return last >= first and sums >> first & ((1 << last - first + 1) - 1) != 0
