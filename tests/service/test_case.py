"""Loading an assessment, and the pinned text of its standard; what is remembered of it within one transaction."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.domain import panel_commands as k
from bot.domain.answers import Veto
from bot.domain.commands import GiveAnswer
from bot.domain.entries import Draft, HeaderSet
from bot.domain.record import Source
from bot.domain.refusals import UnknownAssessment
from bot.domain.state import SheetState
from bot.library import Library
from bot.service.case import Case
from bot.service.cases import Cases, Stamp
from bot.service.world import World
from bot.store.assessment_rows import Member
from bot.store.engine import open_engine
from bot.store.memberships import join
from bot.store.values import Listed
from bot.store.work import Work
from bot.view.payload import AnswerTap, DeleteTap
from bot.view.places import AskAside, AskReconsider, AskUphold, Card, Differences, Head, Others, Sections
from tests.service.bench import Standing, admit, bench, opened
from tests.service.scene import STARS, Clock, Scene, library, say
from tests.store.making import store_on
from tests.true_rows import unwatched

MOST_STATEMENTS = 10


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
        join(unit.assessments._work, Member(ann.of(ref).id, bo.person, "assessor", world.clock()))
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


# what one tap costs


def test_an_answer_takes_few_statements_however_many_belong(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Work, "keep", unwatched)
    engine = open_engine(f"sqlite:///{file}")
    statements: list[str] = []
    event.listen(engine, "connect", lambda raw, _: raw.set_trace_callback(statements.append))
    world = World(store_on(engine), library(), Clock())
    at = bench(world)
    for someone in (at.one, at.lead):
        at.rate(someone, [("1.2/total", "1/2")])

    def tapped(someone: Scene, question: str) -> int:
        statements.clear()
        assert someone.press(AnswerTap(at.sheet(someone), question, "1/2", 0)).toast.startswith("✓")
        return len(statements)

    few = tapped(at.one, "2.1/total"), tapped(at.lead, "2.1/total")
    assert max(few) <= MOST_STATEMENTS, statements
    for number in range(6):
        admit(at.lead, at.ref, Scene(world, f"90{number}"))
    at.one.order("my")  # what others recorded is loaded once, by whoever comes next
    assert (tapped(at.one, "3/total"), tapped(at.lead, "3/total")) <= few
    engine.dispose()


# what is remembered


def test_what_is_remembered_is_what_would_be_loaded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a panel does: each case that is given out is the one that is loaded anew in that very moment."""
    real, compared = Cases._open, []

    def compare(self: Cases, listed: Listed | None) -> Case:
        remembered = real(self, listed)
        anew = Cases(self._world, self._unit, self._person)
        found = self._unit.assessments.find_id(self._person.id, remembered.listed.id)
        loaded = real(anew, found)
        assert remembered == loaded
        assert (remembered.actor, remembered.panel, remembered.seen) == (loaded.actor, loaded.panel, loaded.seen)
        compared.append(remembered)
        return remembered

    sheet, sheets = Cases.by_sheet, []

    def compare_sheet(self: Cases, ref: str) -> tuple[Case, SheetState]:
        remembered = sheet(self, ref)
        assert remembered == Cases(self._world, self._unit, self._person)._by_sheet(ref)
        sheets.append(remembered)
        return remembered

    monkeypatch.setattr(Cases, "_open", compare)
    monkeypatch.setattr(Cases, "by_sheet", compare_sheet)
    at = bench(world)
    for someone, rating in ((at.one, "95"), (at.two, "40"), (at.lead, "70")):
        someone.press(Card(at.sheet(someone), "1.1/veto"))
        someone.fill(rating)
    at.submit(at.one, at.two, at.lead)
    for place in (Others(at.ref), Differences(at.ref), AskReconsider(at.ref, at.sheet(at.two), "3/total")):
        at.lead.press(place)
    at.lead.say("请再看")
    at.two.press(AskUphold(at.sheet(at.two), "3/total"))
    at.two.say("维持")
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(at.lead.person))
        stamp = Stamp(world.clock(), Source("", "", "", ""))
        cases.act(cases.by_ref(at.ref), k.HandOver(at.one.person), stamp)
        assert cases.by_ref(at.ref).actor.role == "assessor"
        cases.act(cases.by_ref(at.ref), k.Leave(), stamp)
        for load in (lambda: cases.by_ref(at.ref), lambda: cases.by_sheet(at.sheet(at.lead))):
            with pytest.raises(UnknownAssessment):
                load()
    at.one.press(AskAside(at.ref, at.sheet(at.lead)))
    at.one.say("已离开")
    assert at.one.of(at.ref).role == "lead"
    assert (at.one.of(at.ref).answered, at.one.of(at.ref).asked) == (10, 10), "who leads has the figures of the whole"
    assert len(compared) > 60
    assert len(sheets) > 50


def test_at_rest_a_sheet_is_found_once_until_something_is_recorded(world: World, ann: Scene) -> None:
    ref = ann.sheet(ann.begin())
    with world.store.write() as unit:
        cases, stamp = Cases(world, unit, unit.people.get(ann.person)), Stamp(world.clock(), Source("", "", "", ""))
        cases.rest()
        case, sheet = cases.by_sheet(ref)
        assert cases.by_sheet(ref)[0] is case
        question = case.scheme.vetoes[0]
        cases.act(case, GiveAnswer(sheet.id, question, Veto(raised=False), 0), stamp)
        assert question in cases.by_sheet(ref)[1].given
        case = cases.by_sheet(ref)[0]
        assert case.seen is case.state
        cases.act(case, GiveAnswer(sheet.id, question, Veto(raised=True), 1), stamp)
        case, sheet = cases.by_sheet(ref)
        assert sheet.given[question].answer == Veto(raised=True)
        assert case.seen is case.state, "nothing of what was there before it is shown"
        assert not case.panel
        joined = replace(case.state, members={**case.state.members, "p2": "assessor"})
        other = replace(case.state, sheets={**case.state.sheets, "s2": replace(sheet, id="s2", person="p2")})
        assert case.after(joined).panel
        assert case.after(other).panel


def test_an_entry_beside_it_is_noticed(world: World, ann: Scene) -> None:
    ref = ann.begin()
    with world.store.write() as unit:
        person = unit.people.get(ann.person)
        cases, others = Cases(world, unit, person), Cases(world, unit, person)
        held = cases.by_ref(ref)
        others.record(
            others.by_ref(ref), [Draft(HeaderSet("scope", "总部"))], Stamp(world.clock(), Source("", "", "", ""))
        )
        assert "scope" not in held.state.header
        assert cases.by_sheet(ann.sheet(ref))[0].state.header["scope"] == "总部"
        assert cases.by_id(held.listed.id) is cases.by_ref(ref), "loaded once"


def test_figures_of_an_assessor_are_written_when_something_of_theirs_moved(empty: Path, tmp_path: Path) -> None:
    """A former lead has an assessor's figures at once; who is not concerned keeps theirs, to the second."""
    file = tmp_path / "gradewalk.db"
    file.write_bytes(empty.read_bytes())
    clock = Standing()
    with opened(file, "a", clock) as world:
        at = bench(world, STARS)
        clock.at(100)
        at.rate(at.two, [("2.1/total", "1/2")])
        assert at.one.of(at.ref).touched_at < clock.now
        assert (at.one.of(at.ref).answered, at.two.of(at.ref).answered, at.lead.of(at.ref).answered) == (0, 1, 1)
        clock.at(200)
        with world.store.write() as unit:
            cases = Cases(world, unit, unit.people.get(at.lead.person))
            cases.act(cases.by_ref(at.ref), k.HandOver(at.two.person), Stamp(clock.now, Source("", "", "", "")))
        assert (at.lead.of(at.ref).answered, at.lead.of(at.ref).asked) == (0, 5)
        assert (at.two.of(at.ref).answered, at.two.of(at.ref).asked) == (1, 15)
        assert {one.of(at.ref).touched_at for one in (at.lead, at.one, at.two)} == {clock.now}


def test_a_newer_row_leaves_a_case_as_it_was_while_role_and_names_stay(world: World, ann: Scene) -> None:
    ref = ann.begin()
    with world.store.read() as unit:
        case = Cases(world, unit, unit.people.get(ann.person)).by_ref(ref)
    assert case.relisted(case.listed) is case
    later = case.listed._replace(name="另一个", archived=True)
    again = case.relisted(later)
    assert again is not None
    assert (again.listed, again.seen, again.state) == (later, case.seen, case.state)
    assert case.listed.name != "另一个"
    for other in (later._replace(role="viewer"), later._replace(scheme_digest="0")):
        assert case.relisted(other) is None
    assert replace(case, names={"p2": "乙"}).relisted(later) is None
    shared = replace(case.state, members={**case.state.members, "p2": "assessor"})
    assert replace(case, state=shared).relisted(later) is None, "whom it names is found anew"
    assert replace(case, state=shared).panel
    assert not case.panel
