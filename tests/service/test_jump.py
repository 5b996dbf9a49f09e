"""`#4.2.1`: to a clause by its printed number."""

import pytest

from tests.service.scene import PANEL, REAL, SHOP, STARS, Scene, say


@pytest.mark.parametrize(
    ("scheme", "typed", "place"),
    [
        (STARS, "#2.10", "q:{}:2.10/total"),
        (STARS, "# 2.1", "q:{}:2.1/total"),
        (STARS, "＃2.1", "q:{}:2.1/total"),
        (STARS, "#２．１", "q:{}:2.1/total"),
        (STARS, "#2", "t:{}:2"),
        (STARS, "#3", "q:{}:3/total"),
        (PANEL, "#s.1.1", "q:{}:S.1.1/service"),
        (PANEL, "#S", "t:{}:S"),
        (SHOP, "#b2", "q:{}:5.2.2/total"),
        (SHOP, "#A1", "q:{}:5.1/total"),
        (SHOP, "#GOODS", "t:{}:goods"),
        (REAL, "#4.2.1", "q:{}:4.2.1/total"),
    ],
)
def test_to_a_clause_a_code_or_a_section(scheme: str, typed: str, place: str, ann: Scene) -> None:
    ref = ann.begin(scheme)
    before = ann.entries(ref)
    ann.say(typed)
    assert ann.focus.place == f"1:{place.format(ann.sheet(ref))}"
    assert ann.entries(ref) == before


def test_an_unknown_one_names_those_near(ann: Scene) -> None:
    ref = ann.begin(REAL)
    stands = ann.focus.place
    ann.say("#4.22")
    assert "4.22" in ann.top
    assert "#4.2.2" in ann.top
    ann.say("#没有的条款")
    assert ann.top == say("refusal.unknown-clause", typed="没有的条款")
    ann.say("#")
    assert ann.top == say("refusal.unknown-clause", typed="")
    ann.say("#" + "9" * 9000)
    assert len(ann.top) < 80
    assert ann.focus.place == stands
    assert len(ann.entries(ref)) == 2


def test_from_the_list_it_goes_to_the_assessment_in_hand(ann: Scene) -> None:
    ann.order("start")
    ann.say("#2.1")
    assert ann.top == say("line.not-asked")
    ref = ann.begin()
    ann.order("my")
    ann.say("#2.1")
    assert ann.focus.place == f"1:q:{ann.sheet(ref)}:2.1/total"
    other = ann.begin(SHOP)
    ann.press(f"1:d:{ref}")
    ann.say("#2.10")
    assert ann.focus.place == f"1:q:{ann.sheet(ref)}:2.10/total"
    assert other != ref
