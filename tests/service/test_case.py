"""Loading an assessment, and the pinned text of its standard."""

import pytest

from bot.domain.refusals import UnknownAssessment
from bot.library import Library
from bot.service.case import Cases
from bot.service.world import World
from bot.store.tables import MembershipRow
from bot.view.payload import AnswerTap, DeleteTap
from bot.view.places import Card, Head, Sections
from tests.service.scene import Clock, Scene, say


def test_only_a_member_can_load_it_by_any_of_its_names(world: World, ann: Scene, bo: Scene) -> None:
    ref = ann.begin()
    bo.order("start")
    inner, sheet = ann.of(ref).id, ann.sheet(ref)
    with world.store.read() as unit:
        hers = Cases(world, unit, unit.people.get(ann.person))
        assert hers.by_ref(ref).listed == hers.by_id(inner).listed == hers.by_sheet(sheet)[0].listed
        his = Cases(world, unit, unit.people.get(bo.person))
        for load in (lambda: his.by_ref(ref), lambda: his.by_id(inner), lambda: his.by_sheet(sheet)):
            with pytest.raises(UnknownAssessment):
                load()
        assert his.listed() == ()


def test_a_member_works_on_sheets_of_their_own_alone(world: World, ann: Scene, bo: Scene) -> None:
    """Until it is submitted, a sheet is nobody else's, whatever their role (DESIGN 6)."""
    ref = ann.begin()
    sheet = ann.sheet(ref)
    bo.order("start")
    with world.store.write() as unit:
        joined = MembershipRow(assessment=ann.of(ref).id, person=bo.person, role="assessor", joined_at=world.clock())
        unit.assessments._session.add(joined)
    before = ann.entries(ref)
    for payload in (AnswerTap(sheet, "2.1/total", "3/4", 0), Card(sheet, "2.1/total"), Sections(sheet)):
        assert bo.press(payload).toast == say("refusal.unknown-assessment")
    assert ann.entries(ref) == before
    bo.press(Head(ref))
    assert "示例电梯服务有限公司" in bo.text
    assert bo.press(DeleteTap(ref)).toast == say("refusal.not-allowed")


def test_an_assessment_keeps_the_text_that_it_began_with(ann: Scene) -> None:
    """Its standard is not on offer any more."""
    ref = ann.begin()
    bare = Scene(World(ann.world.store, Library([]), Clock()))
    bare.press(Card(ann.sheet(ref), "2.1/total"))
    assert "如何做热线？" in bare.text
    bare.say("80")
    assert ann.answers(ref) == [("2.1/total", "4/5")]
    bare.order("new")
    assert say("new.no-scheme") in bare.text


def test_lists_count_what_is_answered(ann: Scene) -> None:
    ref = ann.begin()
    touched = ann.of(ref).touched_at
    assert (ann.of(ref).answered, ann.of(ref).asked) == (0, 5)
    ann.tap("没有违法")
    ann.say("80")
    assert (ann.of(ref).answered, ann.of(ref).asked) == (2, 5)
    assert ann.of(ref).touched_at > touched
    ann.order("my")
    assert "2/5" in ann.text
