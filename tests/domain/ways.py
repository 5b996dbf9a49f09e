"""Short forms for tests of the cheapest path."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from bot.domain.answers import Decisions, Sheet
from bot.domain.path import ANY, Found, OutOfReach, Path, Wishes, cheapest
from bot.domain.scheme import Scheme
from tests.domain.real import settled

Steps: TypeAlias = tuple[int, ...]
Key: TypeAlias = tuple[int, int, Steps, Steps]


def key(costs: Sequence[int], steps: Steps) -> Key:
    """The order of ways: cost, how many, which, how far."""
    places = tuple(n for n, k in enumerate(steps) if k)
    cost = sum(c * k for c, k in zip(costs, steps, strict=True))
    return cost, len(places), places, tuple(k for k in steps if k)


def way(
    standard: Scheme, sheets: Sequence[Sheet], name: str, wishes: Wishes = ANY, decisions: Decisions | None = None
) -> Found:
    found = cheapest(standard, sheets, settled(standard) if decisions is None else decisions, name, wishes)
    assert isinstance(found, Found), found
    return found


def none(
    standard: Scheme, sheets: Sequence[Sheet], name: str, wishes: Wishes = ANY, decisions: Decisions | None = None
) -> OutOfReach:
    found = cheapest(standard, sheets, settled(standard) if decisions is None else decisions, name, wishes)
    assert isinstance(found, OutOfReach), found
    return found


def plain(path: Path | None) -> list[tuple[str, Fraction, int]]:
    assert path
    return [(str(one.question), one.to, one.steps) for one in path.steps]
