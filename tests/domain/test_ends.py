"""The outcomes that one sheet still allows, found by places among marks, are those that its totals give."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from random import Random

import pytest

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Veto
from bot.domain.given import Answered, Given
from bot.domain.insight import bounds, ends
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import SheetState
from tests.domain.build import ALL
from tests.domain.real import NAMES, real

MAKES: dict[str, Callable[[], Scheme]] = {**ALL, **{name: partial(real, name) for name in NAMES}}


def some_answer(chance: Random, scheme: Scheme, question: QuestionId, least: int) -> Answer:
    if question.dimension == VETO:
        return Veto(raised=chance.random() < 0.01)
    if not chance.randrange(20):
        return NotApplicable("no")
    kind = scheme.scale_of(question).kind
    if kind == "level":
        return Rated(Fraction(chance.randint(max(1, least // 20), 5), 5), kind)
    return Rated(Fraction(chance.randint(least, 100), 100), kind)


def some_sheet(chance: Random, scheme: Scheme) -> SheetState:
    """As good as it goes or as bad, on all dimensions or some, answered in whole or in part."""
    covers = frozenset(name for name in scheme.dimensions if chance.randrange(5))
    share = {name: chance.choice((0, 0.3, 0.9, 1)) for name in (*scheme.dimensions, VETO)}
    least = chance.choice((0, 60, 80, 95, 100))
    asked = [one for one in scheme.questions if chance.random() < share[one.dimension]]
    given = {one: Given(some_answer(chance, scheme, one, least), 1, "p1", 0, 1) for one in asked}
    return SheetState("s1", "p1", "", covers, given=Answered(given))


@pytest.mark.parametrize("name", MAKES)
def test_ends_of_one_sheet_are_those_of_its_totals(name: str) -> None:
    chance, scheme = Random(name), MAKES[name]()
    met = set()
    for _ in range(300):
        sheet = some_sheet(chance, scheme)
        gates = {gate: chance.randrange(4) > 0 for gate in scheme.gates if chance.randrange(3)}
        bonus = chance.choice((None, Fraction(0), Fraction(3)))
        decisions = Decisions(gates, chance.choice((None, 0, 0, 5)), bonus)
        found, whole = ends(scheme, [sheet], decisions), bounds(scheme, [sheet.sheet()], decisions)
        assert (found.lowest, found.highest) == (whole.lowest, whole.highest)
        met.add((found.lowest.id, found.highest.id))
    assert len(met) > 2
