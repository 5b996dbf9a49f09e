"""Comparing two of one's own assessments: each through its own membership, each as far as it may be seen."""

import pytest

from bot.service.world import World
from bot.view.compare_places import Compare, Compared, ComparedQuestion
from bot.view.payload import ArchiveTap
from bot.view.places import AskOrganisation, Head, NextOpen, Result
from tests.service.bench import Bench
from tests.service.panel import join, outgoing
from tests.service.scene import ORGANISATION, SHOP, STARS, Scene, say

UNKNOWN, GONE = say("refusal.unknown-assessment"), say("line.gone")


def test_one_chooses_among_those_of_the_same_standard_newest_first_archived_too(ann: Scene) -> None:
    first = ann.closed("80")
    ann.press(Compare(first))
    assert say("compare.none", standard="编造星级") in ann.text
    second, _ = ann.closed("90"), ann.begin(SHOP)
    third = ann.begin(STARS, "另一单位")
    ann.press(ArchiveTap(second, 1))
    ann.press(Result(first))
    ann.tap("button.compare")
    assert [label for label in ann.labels if label[0].isdigit()] == ["1. 另一单位", f"2. {ORGANISATION}"]
    assert "金级" in ann.text
    assert say("compare.archived") in ann.text
    ann.tap("1. 另一单位")
    assert ann.focus.place == f"1:ov:{first}:{third}", "the older one stands left"
    ann.press(Compare(third))
    ann.tap(f"1. {ORGANISATION}")
    assert ann.focus.place == f"1:ov:{second}:{third}"


def test_totals_their_sum_and_what_alone_decides(ann: Scene) -> None:
    left, right = ann.closed("88"), ann.begin()
    for answer in ("v0", "88", "88", "88", "95"):
        ann.press(
            next(b.payload for row in ann.screen.rows for b in row if ":v0" in b.payload)
        ) if answer == "v0" else ann.say(answer)
    ann.press(Compared(left, right))
    assert say("compare.from-to", left="银级", right=say("compare.would-be", outcome="金级")) in ann.text
    change = say("compare.up", change="+2.8")
    assert say("compare.total", title="总分", left="88", right="90.8", change=change) in ann.text
    ann.press(Compared(left, right, "q"))
    decides = say("compare.decides", outcome="金级")
    assert f"88% → 95%；{say('compare.moves', change=change)}；{decides}" in ann.text
    ann.press(Compared(right, left, "q"))
    assert "95% → 88%" in ann.text
    assert say("compare.down", change="−2.8") in ann.text
    ann.press(ComparedQuestion(left, right, "3/total"))
    assert "88%" in ann.text
    assert "95%" in ann.text
    assert decides in ann.text


@pytest.mark.parametrize("part", ["", "s", "q", "o", "u"])
def test_neither_side_opens_by_its_name_alone(part: str, ann: Scene, bo: Scene) -> None:
    hers, his = ann.closed(), bo.begin()
    for left, right in ((hers, his), (his, hers), (hers, hers)):
        for place in (Compared(left, right, part), ComparedQuestion(left, right, "2.1/total")):
            bo.press(place)
            assert bo.reply.toast == UNKNOWN
            assert "80%" not in outgoing(bo)


def test_two_standards_and_made_up_parts_are_no_comparison(ann: Scene) -> None:
    stars, shop = ann.closed(), ann.begin(SHOP)
    for place in (
        Compared(stars, shop),
        Compared(stars, stars, "z"),
        Compared(stars, stars, "s", "77"),
        ComparedQuestion(stars, stars, "77/total"),
        ComparedQuestion(stars, stars, "77"),
    ):
        ann.press(place)
        assert ann.reply.toast == GONE


def test_a_viewer_sees_nothing_of_a_side_before_it_is_closed_and_is_told_so(
    ann: Scene, bo: Scene, world: World
) -> None:
    hers = ann.begin()
    ann.fill("61")
    his = bo.closed("83")
    join(world, ann.of(hers).id, bo.person, "viewer")
    for place in (
        Compared(hers, his),
        Compared(his, hers, "q"),
        ComparedQuestion(hers, his, "2.1/total"),
        Compared(hers, his, "s"),
    ):
        bo.press(place)
        assert say("compare.hidden") in bo.text
        assert "61" not in bo.text
        assert "铜级" not in bo.text
    ann.press(f"1:C:{hers}:{ann.of(hers).seq}")
    bo.press(Compared(hers, his, "q"))
    assert "61% → 83%" in bo.text


def test_a_blind_assessor_compares_their_own_sheets_alone(done: Bench) -> None:
    one = done.one
    one.press(AskOrganisation(STARS, "self"))
    one.say("自己的单位")
    (other,) = {each.ref for each in one.listed} - {done.ref}
    one.press(NextOpen(one.sheet(other)))
    one.fill("50")
    one.press(Compared(done.ref, other))
    assert say("result.own-only") in one.text
    one.press(ComparedQuestion(done.ref, other, "2.1/total"))
    shown = one.text
    assert shown.count("80%") == 1, "the lead's 80 % is not there, nor a mean over both"
    done.rate(done.two, [("2.1/total", "1/5")])
    one.press(ComparedQuestion(done.ref, other, "2.1/total"))
    assert one.text == shown


def test_the_head_of_a_closed_one_leads_there(ann: Scene) -> None:
    ref = ann.closed()
    ann.press(Head(ref))
    ann.tap("button.compare")
    assert ann.focus.place == f"1:oc:{ref}"
