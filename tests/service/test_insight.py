"""Insight through the service: who sees what of it, the order of questions, the walk from the result to a card."""

import pytest

from bot.domain.asking_order import next_deciding
from bot.domain.scheme import VETO, QuestionId
from bot.service.world import World
from bot.view import payload as p
from bot.view import places
from bot.view.insight_places import OrderTap
from bot.view.payload import decode
from tests.service.bench import Bench, admit, bench
from tests.service.scene import PANEL, REAL, SHOP, SITES, STARS, Scene, library, say

MARK = say("card.by-effect")


def where(scene: Scene) -> str:
    """The question of the card that is shown."""
    place = decode(scene.focus.place)
    assert isinstance(place, places.Card), place
    return place.question


# the way there


def test_from_the_head_two_taps_lead_there_and_result_one_more(ann: Scene) -> None:
    ref = ann.begin()
    ann.press(places.Head(ref))
    ann.tap("button.standing")
    ann.tap("button.insight")
    assert decode(ann.focus.place) == places.Insight(ref)
    ann.order("result")
    ann.tap("button.insight")
    assert say("insight.title") in ann.top


def test_from_the_grade_down_to_an_answers_card_and_up_again(ann: Scene) -> None:
    ref = ann.begin()
    ann.fill("85")
    ann.order("result")
    for label in ("button.insight", "button.why", "总分 85", "2", "2.1"):
        ann.tap(label)
    assert "30 × 85% = 25.5 分" in ann.text
    for label in ("‹ 2", "‹ 总分", "‹ 怎么算的"):
        ann.tap(label)
    assert decode(ann.focus.place) == places.Why(ref)
    ann.press(places.Why(ref, "q", "2.1/total"))
    ann.tap("button.to-card")
    assert where(ann) == "2.1/total"


@pytest.mark.parametrize(
    "place",
    [("x", ""), ("d", "nothing"), ("s", "2"), ("s", "9/total"), ("q", "2.1"), ("q", "9/total"), ("q", ""), ("", "x")],
)
def test_a_name_that_means_nothing_leads_nowhere(place: tuple[str, str], ann: Scene) -> None:
    ref = ann.begin()
    before = ann.focus.place
    reply = ann.press(places.Why(ref, *place))
    if place == ("", "x"):
        assert say("why.title") in ann.top, "a name beside the grade says nothing"
    else:
        assert reply.toast == say("line.gone")
        assert ann.focus.place == before


# who sees what


def test_who_looks_on_sees_nothing_of_it_before_closing(world: World) -> None:
    seats = bench(world)
    _rated(seats, seats.lead, "17/20")
    waiting = say("result.with-closing")
    for place in (
        places.Insight(seats.ref),
        places.Decisive(seats.ref),
        places.MarginPlace(seats.ref),
        places.Why(seats.ref),
        places.Why(seats.ref, "q", "2.1/total"),
    ):
        seats.viewer.press(place)
        assert waiting in seats.viewer.text, place
        assert "85" not in seats.viewer.text


def test_a_blind_assessor_sees_where_their_own_answers_stand_and_that_it_is_so(world: World) -> None:
    seats = bench(world)
    _rated(seats, seats.lead, "17/20")
    _rated(seats, seats.two, "1/10")
    _rated(seats, seats.one, "1/1")
    for place, text in (
        (places.Insight(seats.ref), "金级"),
        (places.MarginPlace(seats.ref), "高出 10 分"),
        (places.Why(seats.ref, "d", "total"), "100 ÷ 100 × 100 = 100"),
        (places.Why(seats.ref, "q", "2.1/total"), "30 × 100% = 30 分"),
    ):
        seats.one.press(place)
        shown = seats.one.text
        assert text in shown, place
        assert say("result.own-only") in shown, place
        assert not {"85%", "25.5", "10%", "3 分"} & set(shown.replace("\n", " ").split()), place
        assert "示例员 3003" not in shown


def test_a_lead_who_has_submitted_sees_the_others_that_did_and_how_many_are_missing(world: World) -> None:
    seats = bench(world)
    for scene, value in ((seats.lead, "4/5"), (seats.one, "9/10")):
        _rated(seats, scene, value)
    seats.submit(seats.lead, seats.one)
    seats.lead.press(places.Why(seats.ref, "q", "2.1/total"))
    assert "(24 + 27) ÷ 2 = 25.5，共 30 分" in seats.lead.text
    assert say("check.others", n=1) in seats.lead.text
    assert say("button.to-card") not in seats.lead.labels, "what was submitted is not rated any more"


# the order


def test_the_order_is_kept_for_this_person_in_this_assessment(ann: Scene) -> None:
    other = ann.begin()
    ref = ann.begin()
    ann.press(places.Sections(ann.sheet(ref)))
    reply = ann.press(OrderTap(ref, 1))
    assert reply.toast == say("order.deciding")
    assert ann.text.startswith(say("order.deciding")), "and the screen says so, where one stands"
    assert isinstance(decode(ann.focus.place), places.Sections)
    assert ann.of(ref).ask_order == "deciding"
    assert ann.of(other).ask_order == "clause"
    again = Scene(ann.world)
    again.press(places.NextOpen(ann.sheet(ref)))
    assert MARK in again.text
    again.press(OrderTap(ref, 0))
    assert again.of(ref).ask_order == "clause"


def test_it_is_nobody_elses(world: World) -> None:
    seats = bench(world)
    seats.one.press(OrderTap(seats.ref, 1))
    assert seats.one.of(seats.ref).ask_order == "deciding"
    assert seats.lead.of(seats.ref).ask_order == "clause"
    assert seats.two.of(seats.ref).ask_order == "clause"
    seq = seats.lead.of(seats.ref).seq
    reply = seats.viewer.press(OrderTap(seats.ref, 1))
    assert reply.toast == say("refusal.not-allowed")
    assert seats.viewer.of(seats.ref).ask_order == "clause"
    assert seats.lead.of(seats.ref).seq == seq, "a wish is no entry"


def test_a_closed_one_asks_nothing_in_any_order(ann: Scene) -> None:
    ref = ann.closed()
    assert ann.press(OrderTap(ref, 1)).toast == say("refusal.assessment-closed")
    assert ann.of(ref).ask_order == "clause"


@pytest.mark.parametrize(("name", "rating"), [(STARS, "0"), (SHOP, "85"), (PANEL, "0.7"), (SITES, "0.8"), (REAL, "85")])
def test_a_whole_standard_in_the_order_of_what_can_still_decide(name: str, rating: str, ann: Scene) -> None:
    ref = ann.begin(name)
    ann.press(OrderTap(ref, 1))
    ann.press(places.NextOpen(ann.sheet(ref)))
    of, order = library().get(name), list[str]()
    assert of is not None
    sheet = next(iter(ann.state(ref).sheets))
    while isinstance(decode(ann.focus.place), places.Card):
        asked = where(ann)
        held = ann.state(ref).sheets[sheet]
        after = QuestionId.parse(order[-1]) if order else None
        assert asked == str(next_deciding(of, [held.sheet()], ann.state(ref).decisions, held, after))
        assert MARK in ann.text
        if order:
            assert ann.top.startswith("✓ 已保存"), "what was saved stands on the next card"
        order.append(asked)
        _answer(ann, of.scale_of(QuestionId.parse(asked)).kind if not asked.endswith("/veto") else VETO, rating)
    covered = [str(question) for question in of.covered(ann.state(ref).sheets[sheet].covers)]
    assert sorted(order) == sorted(covered)
    assert (order != covered) == (name != SITES), "of the sites, all rows of the first sheet weigh the same"
    assert ann.top.startswith("✓ 已保存")


def test_postponing_and_typing_follow_the_order_too(ann: Scene) -> None:
    ref = ann.begin()
    sheet = ann.sheet(ref)
    ann.press(OrderTap(ref, 1))
    ann.press(places.NextOpen(sheet))
    assert where(ann) == "1.1/veto"
    ann.press(p.AnswerTap(sheet, "1.1/veto", "v0", 0))
    assert where(ann) == "3/total"
    ann.press(p.LaterTap(sheet, "3/total", 1))
    assert where(ann) == "2.1/total"
    ann.say("80")
    assert where(ann) == "1.2/total"
    assert ann.top.startswith("✓ 已保存 2.1")
    ann.press(OrderTap(ref, 0))
    assert where(ann) == "1.2/total", "changing the order moves nobody"
    assert MARK not in ann.text


def test_the_order_of_a_blind_one_tells_nothing_of_others(world: World) -> None:
    """What decides is found from the sheets that they see: theirs; others' answers do not move their next question."""
    seats = bench(world)
    seats.one.press(OrderTap(seats.ref, 1))
    seats.one.press(places.NextOpen(seats.sheet(seats.one)))
    seats.one.press(p.AnswerTap(seats.sheet(seats.one), "1.1/veto", "v0", 0))
    first = where(seats.one)
    _rated(seats, seats.lead, "0/1")
    _rated(seats, seats.two, "0/1")
    seats.one.press(places.NextOpen(seats.sheet(seats.one)))
    assert where(seats.one) == first == "3/total"


def test_who_joins_later_is_asked_by_clause(world: World) -> None:
    lead, late = Scene(world), Scene(world, "9009")
    ref = lead.begin()
    lead.press(OrderTap(ref, 1))
    admit(lead, ref, late)
    late.press(places.Head(ref))
    assert late.of(ref).ask_order == "clause"


def _rated(seats: Bench, scene: Scene, value: str) -> None:
    every = ("1.2/total", "2.1/total", "2.10/total", "3/total")
    seats.rate(scene, [("1.1/veto", "v0"), *((question, value) for question in every)])


def _answer(scene: Scene, kind: str, rating: str) -> None:
    if kind == VETO:
        scene.press(next(b.payload for row in scene.screen.rows for b in row if ":v0" in b.payload))
    else:
        scene.say("4" if kind == "level" else rating)
