from bot.domain.answers import same
from tests.domain.build import KEPT, NA, RAISED, level, rated


def test_the_level_of_a_rating() -> None:
    assert [level(n).level for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert rated("4/5").level is None


def test_answers_are_the_same_whatever_was_typed() -> None:
    assert same(rated("0.85", typed="85%"), rated("17/20", typed=".85"))
    assert not same(rated("0.8", "level"), rated("0.8", "ratio"))
    assert not same(rated("0.8"), rated("0.81"))
    assert same(NA, NA)
    assert not same(KEPT, RAISED)
    assert not same(rated(0), None)
    assert same(None, None)
