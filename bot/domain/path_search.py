"""The search behind the cheapest path: how far to raise each of some rows so that their gains reach a need.

Knows whole numbers alone: no scheme, no ratings. A multiple-choice knapsack, solved exactly.

Order: least cost, then fewest rows raised, then the rows that come first (their places as a list), then the fewest
steps at the first place where two ways differ. Cost and number of rows are one whole number, the price: cost x
(rows + 1) + number. A frontier holds all that can be had from some rows: pairs of (price, gain) of which none is
dearer and gains less than another. A pair is also left out where a lower bound of what it still needs (the linear
relaxation: `_rate`) makes it dearer than a ceiling; the ceiling rises until a way is found, so nothing is lost.

A pair is one number, price x 2^shift - gain: adding such numbers adds both, sorting them sorts by price.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import gcd


@dataclass(frozen=True, slots=True)
class Row:
    """What can be raised: each step costs `cost` (at least 1); gains[k - 1] is gained by k steps together, rising."""

    cost: int
    gains: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Option:
    """k steps of a row; `low`: fewer than the way that must be undercut."""

    steps: int
    price: int
    gain: int
    low: bool


_Options = Sequence[_Option]


@dataclass(frozen=True, slots=True)
class _Reach:
    """Frontiers of some rows, pairs as whole numbers: all ways, and those which undercut at some row."""

    free: list[int]
    low: list[int]


def least(rows: Sequence[Row], need: int, undercut: Sequence[int] | None = None) -> tuple[int, ...] | None:
    """Steps per row of the first way that gains `need`; None: there is none.

    undercut: the way must take fewer steps than this at one row at least. So, with the first way itself, it is the
    next way in which nothing is superfluous: a way that takes no fewer steps anywhere could drop what it has more.
    """
    common = gcd(*(row.cost for row in rows)) or 1
    whole = gcd(*(gain for row in rows for gain in row.gains)) or 1
    need = max(0, -(-need // whole))
    base = len(rows) + 1
    table = []
    for place, row in enumerate(rows):
        limit = undercut[place] if undercut is not None else 0
        prices = (row.cost // common * base * steps + 1 for steps in range(1, len(row.gains) + 1))
        raised = (_Option(k, price, row.gains[k - 1] // whole, k < limit) for k, price in enumerate(prices, start=1))
        table.append([_Option(0, 0, 0, limit > 0), *raised])
    if undercut is None:
        return _first(table, need, base, free=True)
    spare = sum(options[-1].gain for options in table) - need
    if all(not o[0].low or spare < o[-1].gain - max(x.gain for x in o if x.low) for o in table):
        return None
    return _first(table, need, base, free=False)


def _first(table: Sequence[_Options], need: int, base: int, *, free: bool) -> tuple[int, ...] | None:
    """free: no way must be undercut."""
    if sum(options[-1].gain for options in table) < need:
        return None
    search = _Search(table, need, base, free=free)
    places = search.places()
    chosen = [[o for o in table[place] if o.steps] for place in places]
    low_outside = any(options[0].low for place, options in enumerate(table) if place not in places)
    counts = _Search(chosen, need, base, free=free or low_outside, ceiling=search.price).steps()
    steps = dict(zip(places, counts, strict=True))
    return tuple(steps.get(place, 0) for place in range(len(table)))


class _Search:
    """The frontiers of the last rows, for every place, and what can be read off them."""

    def __init__(
        self, table: Sequence[_Options], need: int, base: int, *, free: bool, ceiling: int | None = None
    ) -> None:
        self._table, self._need, self._free = table, need, free
        self._shift = sum(options[-1].gain for options in table).bit_length()
        self._rate, self._per = _rate(table, need)
        worth = [max(self._rate * o.gain - self._per * o.price for o in options) for options in table]
        self._worth = [0, *accumulate(worth)]
        if ceiling is not None:
            self._suffixes(ceiling)
            self.price = ceiling
            return
        bound = max(0, -((self._worth[-1] - self._rate * need) // self._per))
        ceiling, rise = bound // base * base + base - 1, base
        while (price := self._suffixes(ceiling)) is None:
            ceiling, rise = ceiling + rise, rise * 2
        self.price = price

    def _suffixes(self, ceiling: int) -> int | None:
        """Make the frontiers below a ceiling; the least price that reaches the need, None above the ceiling."""
        start = _Reach([0], [0] if self._free else [])
        self._after = [start] * (len(self._table) + 1)
        slack = self._per * ceiling - self._rate * self._need
        for place in range(len(self._table) - 1, -1, -1):
            lowest = slack + self._worth[-1]
            options = [
                o
                for o in self._table[place]
                if self._per * o.price - self._rate * o.gain + self._worth[place + 1] - self._worth[place] <= lowest
            ]
            self._after[place] = self._joined(self._after[place + 1], options, slack + self._worth[place])
        last = self._after[0].free if self._free else self._after[0].low
        return next((price for price, gain in map(self._pair, last) if gain >= self._need and price <= ceiling), None)

    def _joined(self, reach: _Reach, options: _Options, limit: int) -> _Reach:
        codes = [(o.price << self._shift) - o.gain for o in options]
        free = self._frontier([x + code for code in codes for x in reach.free], limit)
        if self._free:
            return _Reach(free, free)
        low = [x + code for code, o in zip(codes, options, strict=True) for x in (reach.free if o.low else reach.low)]
        return _Reach(free, self._frontier(low, limit))

    def _frontier(self, pairs: list[int], limit: int) -> list[int]:
        pairs.sort()
        shift, mask, rate, per = self._shift, (1 << self._shift) - 1, self._rate, self._per
        best, kept = -1, []
        for pair in pairs:
            price = (pair + mask) >> shift
            gain = (price << shift) - pair
            if gain > best:
                best = gain
                if per * price - rate * gain <= limit:
                    kept.append(pair)
        return kept

    def _pair(self, pair: int) -> tuple[int, int]:
        price = (pair + (1 << self._shift) - 1) >> self._shift
        return price, (price << self._shift) - pair

    def _completes(self, pair: int, rest: Sequence[int]) -> bool:
        """Whether a pair reaches the need within the price by some pair of a frontier."""
        price, gain = self._pair(pair)
        place = bisect_right(rest, (self.price - price) << self._shift)
        return place > 0 and gain + self._pair(rest[place - 1])[1] >= self._need

    def _alive(self, pairs: Iterable[int], rests: Sequence[Sequence[int]]) -> list[int]:
        return [pair for pair in pairs if any(self._completes(pair, rest) for rest in rests)]

    def _step(self, reach: _Reach, options: _Options, place: int) -> _Reach:
        """The ways to here by these options of a row which still reach the need within the price."""
        endless = self._per * self.price + 1
        both, after = self._joined(reach, options, endless), self._after[place + 1]
        if self._free:
            alive = self._alive(both.free, [after.free])
            return _Reach(alive, alive)
        return _Reach(self._alive(both.free, [after.low]), self._alive(both.low, [after.free]))

    def places(self) -> tuple[int, ...]:
        """The rows of the first way: each is taken if, with those taken before it, the price can still be kept."""
        reach, found = _Reach([0], [0] if self._free else []), []
        for place, options in enumerate(self._table):
            taken = self._step(reach, [o for o in options if o.steps], place)
            if taken.free or taken.low:
                found.append(place)
                reach = taken
            else:
                reach = self._step(reach, options[:1], place)
        return tuple(found)

    def steps(self) -> tuple[int, ...]:
        """Of every row the fewest steps with which the price can still be kept."""
        reach, found = _Reach([0], [0] if self._free else []), []
        for place, options in enumerate(self._table):
            tries = ((option.steps, self._step(reach, [option], place)) for option in options)
            steps, reach = next((steps, taken) for steps, taken in tries if taken.free or taken.low)
            found.append(steps)
        return tuple(found)


def _rate(table: Sequence[_Options], need: int) -> tuple[int, int]:
    """Price per gain, as a quotient (price, gain), at which the linear relaxation just reaches the need."""
    edges: list[tuple[Fraction, int]] = []
    for options in table:
        at = options[0]
        while further := [o for o in options if o.steps > at.steps and o.gain > at.gain]:
            to = min(further, key=lambda o: (Fraction(o.price - at.price, o.gain - at.gain), -o.steps))
            edges.append((Fraction(to.price - at.price, to.gain - at.gain), to.gain - at.gain))
            at = to
    missing = need - sum(options[0].gain for options in table)
    used = Fraction(0)
    for rate, gain in sorted(edges):
        if missing <= 0:
            break
        used, missing = rate, missing - gain
    return used.numerator, used.denominator
