"""`#2.10` where an answer is tried or a cost is set: to the same for that clause; what is typed next is no record."""

import pytest

from bot.view.path_places import PickRow, TryCard, TryPick, WishCard
from bot.view.payload import decode
from tests.service.scene import Scene, say
from tests.service.silver import rated


@pytest.mark.parametrize("typed", ["#2.10", "＃2.10", " # 2.10"])
def test_from_a_tried_question_to_another_one(silver: Scene, typed: str) -> None:
    ref = rated(silver)
    before = silver.entries(ref)
    silver.press(TryCard(silver.sheet(ref), "2.1/total"))
    silver.say(typed)
    assert decode(silver.focus.place) == TryCard(silver.sheet(ref), "2.10/total")
    silver.say("35")
    assert silver.top == say("line.trying", clause="2.10", answer="35%")
    assert silver.entries(ref) == before


def test_to_a_veto_row_or_a_section_too(silver: Scene) -> None:
    ref = rated(silver)
    sheet = silver.sheet(ref)
    silver.press(TryCard(sheet, "2.1/total"))
    silver.say("#1.1")
    assert decode(silver.focus.place) == TryCard(sheet, "1.1/veto")
    silver.say("#2")
    assert decode(silver.focus.place) == TryPick(sheet, "2")


def test_from_one_mark_to_another(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(WishCard(ref, "2.1", "gold"))
    silver.say("#2.10")
    assert decode(silver.focus.place) == WishCard(ref, "2.10", "gold")
    silver.say("4")
    assert silver.top == say("line.costs", clause="2.10", cost="4")
    silver.say("#1.1")
    assert decode(silver.focus.place) == PickRow(ref, "1", 0, "gold"), "a veto row is not raised"


def test_an_unknown_clause_stays_where_it_is(silver: Scene) -> None:
    ref = rated(silver)
    silver.press(TryCard(silver.sheet(ref), "2.1/total"))
    silver.say("#9.9")
    assert decode(silver.focus.place) == TryCard(silver.sheet(ref), "2.1/total")
    assert "9.9" in silver.top
