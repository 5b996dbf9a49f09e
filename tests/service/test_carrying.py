"""Starting from an older assessment: only what one sees, never as an answer, nothing that was erased, nobody else's."""

from fractions import Fraction

import pytest

from bot.domain.answers import NotApplicable, Rated
from bot.domain.scheme import QuestionId
from bot.service.world import World
from bot.view.blind_places import BeginTap
from bot.view.compare_places import BeginFrom, CarriedList, ConfirmTap, PickOlder, StartTap
from bot.view.life_places import EraseTap
from bot.view.places import AskNote, AskOrganisation, AskReason, Card, Check, Head, Sections, Texts
from tests.service.bench import Bench
from tests.service.panel import join, outgoing
from tests.service.scene import ORGANISATION, SHOP, STARS, Scene, say
from tests.store.making import by_hand

NOTE = "秘密的旧备注"
UNKNOWN, REFUSED = say("refusal.unknown-assessment"), say("refusal.not-allowed")


def q(text: str) -> QuestionId:
    return QuestionId.parse(text)


def noted(ann: Scene) -> str:
    """A closed one, 80 % throughout, with a note on 2.1 and a scope; its public name."""
    ref = ann.begin()
    ann.press(AskNote(ann.sheet(ref), "2.1/total"))
    ann.say(NOTE)
    ann.press(f"1:e:{ref}:scope")
    ann.say("电梯维修")
    ann.press(f"1:e:{ref}:period")
    ann.say("二〇二五年")
    ann.press(Card(ann.sheet(ref), "1.1/veto"))
    ann.fill("80")
    ann.tap("button.close")
    ann.tap("button.close-for-good")
    return ref


def started(ann: Scene, ref: str, mode: str = "self") -> str:
    ann.press(StartTap(ref, mode))
    found = ann.listed[0].ref
    assert found != ref
    return found


def test_the_head_is_copied_but_not_the_period_and_nothing_is_answered(ann: Scene) -> None:
    ref = noted(ann)
    new = started(ann, ref, "audit")
    state = ann.state(new)
    assert dict(state.header) == {"organisation": ORGANISATION, "scope": "电梯维修"}
    assert state.mode == "audit"
    assert ann.answers(new) == []
    assert ann.of(new).answered == 0
    assert state.carried
    old = ann.of(ref)
    over = state.carried.over
    assert (over.assessment, over.upto, over.head) == (old.id, old.seq, old.head)
    assert len(over.rows) == 5
    assert NOTE not in "".join(map(repr, ann.entries(new))), "what notes say is not copied"
    ann.press(Check(ann.sheet(new)))
    assert say("carried.count", n=5) in ann.text
    assert "button.close" not in ann.labels


def test_from_new_by_the_list_of_this_standard(ann: Scene) -> None:
    ann.press(AskOrganisation(STARS, "self"))
    assert say("button.older") not in ann.labels, "there is none yet"
    ann.press(PickOlder(STARS, "self"))
    assert say("begin.none") in ann.text
    ref = noted(ann)
    ann.begin(SHOP)
    ann.press(AskOrganisation(STARS, "audit"))
    ann.tap("button.older")
    assert len([label for label in ann.labels if ORGANISATION in label]) == 1, "the shop is another standard"
    ann.tap(ORGANISATION)
    assert say("begin.carried", n=5) in ann.text
    ann.tap(say("button.start", mode=say("mode.audit")))
    assert ann.listed[0].ref != ref
    assert ann.state(ann.listed[0].ref).mode == "audit"


def test_a_second_tap_begins_no_second_one_until_something_is_answered(ann: Scene) -> None:
    ref = noted(ann)
    new = started(ann, ref)
    ann.press(StartTap(ref, "self"))
    assert ann.reply.toast == say("line.begun-from-before")
    assert len(ann.listed) == 2
    ann.press(ConfirmTap(ann.sheet(new), "1.2/total", 0))
    ann.press(StartTap(ref, "self"))
    assert len(ann.listed) == 3


def test_confirmed_is_an_ordinary_answer_another_one_supersedes_and_twice_is_once(ann: Scene) -> None:
    new = started(ann, noted(ann))
    sheet = ann.sheet(new)
    ann.press(Card(sheet, "1.2/total"))
    assert say("carried.waits", answer="80%") in ann.text
    ann.tap(say("button.confirm-carried", answer="80%"))
    assert ann.answers(new) == [("1.2/total", "4/5")]
    ann.press(ConfirmTap(sheet, "1.2/total", 0))
    assert ann.reply.toast == say("refusal.changed-meanwhile")
    assert ann.answers(new) == [("1.2/total", "4/5")]
    ann.press(Card(sheet, "2.1/total"))
    ann.say("95")
    ann.press(Card(sheet, "2.1/total"))
    assert say("carried.answered", answer="80%") in ann.text
    assert "确认" not in "".join(ann.labels)
    assert ann.of(new).answered == 2
    ann.press(CarriedList(sheet))
    assert say("carried.count", n=3) in ann.text


def test_not_applicable_is_confirmed_with_its_reason(ann: Scene) -> None:
    ref = ann.begin(SHOP)
    ann.press(AskReason(ann.sheet(ref), "5.2.2/total"))
    ann.say("没有外包")
    new = started(ann, ref)
    ann.press(Card(ann.sheet(new), "5.2.2/total"))
    ann.tap(say("button.confirm-carried", answer=say("button.not-applicable")))
    (sheet,) = ann.state(new).sheets.values()
    assert sheet.given[q("5.2.2/total")].answer == NotApplicable("没有外包")


def test_the_last_note_is_read_where_it_stands_and_gone_when_it_is_erased_there(ann: Scene) -> None:
    ref = noted(ann)
    new = started(ann, ref)
    card = Card(ann.sheet(new), "2.1/total")
    ann.press(card)
    assert say("carried.note", note=NOTE) in ann.text
    of = next(entry.seq for entry in ann.entries(ref) if entry.body.__class__.__name__ == "Noted")
    ann.press(Texts(ref))
    ann.press(EraseTap(ref, of, "personal"))
    ann.press(card)
    assert NOTE not in ann.text
    assert say("carried.waits", answer="80%") in ann.text
    with ann.world.store.read() as unit:
        run = unit.people._work.connection.exec_driver_sql
        assert not run("SELECT 1 FROM entry_body WHERE body LIKE ?", (f"%{NOTE}%",)).all()


def test_who_left_the_older_one_reads_its_notes_no_more(ann: Scene, world: World) -> None:
    new = started(ann, ref := noted(ann))
    with by_hand(world.store._engine) as raw:
        raw.execute("DELETE FROM membership WHERE assessment = ?", (ann.of(ref).id,))
    ann.press(Card(ann.sheet(new), "2.1/total"))
    assert NOTE not in outgoing(ann)
    assert say("carried.waits", answer="80%") in ann.text, "the answer is in the new one's own record"


@pytest.mark.parametrize("role", ["assessor", "viewer"])
def test_nobody_starts_from_what_is_hidden_from_them(role: str, ann: Scene, bo: Scene, world: World) -> None:
    ref = ann.begin()
    ann.fill("80")
    bo.order("start")
    join(world, ann.of(ref).id, bo.person, role)  # type: ignore[arg-type]
    before = ann.of(ref).seq
    bo.press(BeginFrom(ref, "self"))
    assert say("begin.blind") in bo.text
    assert "80%" not in outgoing(bo)
    bo.press(StartTap(ref, "self"))
    assert bo.reply.toast == REFUSED
    assert [one.ref for one in bo.listed] == [ref]
    ann.press(f"1:C:{ref}:{before}")
    assert ann.state(ref).closed
    bo.press(StartTap(ref, "self"))
    assert len(bo.listed) == 2, "closed, every member sees it"
    assert bo.state(bo.listed[0].ref).members == {bo.person: "lead"}
    assert ann.of(ref).seq == ann.state(ref).seq


def test_a_stranger_starts_nothing(ann: Scene, bo: Scene) -> None:
    ref = noted(ann)
    bo.order("start")
    for payload in (
        BeginFrom(ref),
        StartTap(ref, "self"),
        CarriedList(ann.sheet(ref)),
        ConfirmTap(ann.sheet(ref), "1.2/total", 0),
    ):
        bo.press(payload)
        assert bo.reply.toast == UNKNOWN
    assert bo.listed == ()


def test_other_members_of_the_new_one_see_nothing_of_it_before_closing(ann: Scene, bo: Scene, world: World) -> None:
    new = started(ann, noted(ann))
    bo.order("start")
    join(world, ann.of(new).id, bo.person, "assessor")
    bo.press(BeginTap(new, "total"))
    mine = bo.focus.place.split(":")[2]
    for place in (Head(new), Sections(mine), Card(mine, "2.1/total"), CarriedList(mine), Check(mine)):
        bo.press(place)
        seen = outgoing(bo)
        assert "80%" not in seen, place
        assert NOTE not in seen
        assert say("carried.count", n=5) not in seen
    bo.press(ConfirmTap(mine, "2.1/total", 0))
    assert bo.reply.toast == say("refusal.changed-meanwhile")
    assert ann.answers(new) == []


def test_a_lead_starts_from_it_once_nothing_is_hidden_from_them(done: Bench) -> None:
    """The lead and one assessor submitted; another is still at it."""
    lead = done.lead
    lead.press(StartTap(done.ref, "self"))
    assert lead.reply.toast == REFUSED
    assert [one.ref for one in lead.listed] == [done.ref]
    done.rate(done.two, [("1.1/veto", "v0"), *((f"{row}/total", "1/5") for row in ("1.2", "2.1", "2.10", "3"))])
    done.submit(done.two)
    carried = lead.state(started(lead, done.ref)).carried
    assert carried
    assert {row.answers for row in carried.over.rows[1:]} == {(Rated(Fraction(4, 5), "ratio"),)}, "their own alone"
