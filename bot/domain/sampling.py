"""How many units must be visited, and whether they were. Must not know what a unit is, or how it was rated.

At least 1.8 x root N, as a whole number, and never more than there are (EN-10). Exact: in whole numbers only.
A sheet rates one unit in the sampled dimensions alone, or the whole organisation in the others.
"""

from collections.abc import Collection
from fractions import Fraction
from math import ceil, isqrt

from bot.domain.cleaning import name_key
from bot.domain.refusals import NotAllowed, PopulationMissing, PopulationZero, SampleTooSmall, TextEmpty
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState


def sample_size(population: int, factor: Fraction) -> int:
    """The least k with k >= factor x root N, at most N. PopulationZero where there is nothing to sample."""
    if population < 1:
        raise PopulationZero
    squared = ceil(factor * factor * population)
    return min(isqrt(squared - 1) + 1, population)


def visited(scheme: Scheme, state: AssessmentState) -> tuple[str, ...]:
    """The units that counted sheets rate, by the names of their rounds, each once however it is written."""
    rules = scheme.sampling
    if rules is None:
        return ()
    found: dict[str, str] = {}
    for sheet in state.counted:
        if sheet.round and sheet.covers == frozenset(rules.covers):
            found.setdefault(name_key(sheet.round), sheet.round)
    return tuple(found.values())


def needed(scheme: Scheme, state: AssessmentState) -> int | None:
    """How many units must be rated; None without a rule, or while nobody said how many there are."""
    if scheme.sampling is None or state.population is None:
        return None
    return sample_size(state.population.value, scheme.sampling.factor)


def check_sample(scheme: Scheme, state: AssessmentState) -> None:
    """PopulationMissing, SampleTooSmall: what stands in the way of closing."""
    if scheme.sampling is None:
        return
    need = needed(scheme, state)
    if need is None:
        raise PopulationMissing
    have = len(visited(scheme, state))
    if have < need:
        raise SampleTooSmall(need=need, have=have)


def check_covers(scheme: Scheme, state: AssessmentState, person: str, name: str, covers: Collection[str]) -> None:
    """Whether a person may begin such a sheet. TextEmpty: a unit without a name; NotAllowed.

    A unit's sheet covers what is sampled and nothing else; each person has one other, for the organisation (DESIGN 1).
    """
    rules = scheme.sampling
    if rules is None:
        return
    sampled = frozenset(rules.covers)
    if frozenset(covers) == sampled:
        if not name:
            raise TextEmpty
        return
    mine = (sheet for sheet in state.counted if sheet.person == person)
    if sampled & frozenset(covers) or any(sheet.covers != sampled for sheet in mine):
        raise NotAllowed


def first_covers(scheme: Scheme) -> tuple[str, ...]:
    """What the first sheet of an assessment covers: all but what units are sampled for."""
    sampled = scheme.sampling.covers if scheme.sampling else ()
    return tuple(dimension for dimension in scheme.dimensions if dimension not in sampled)
