from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain.answers import Decisions, Sheet
from bot.domain.given import Given
from bot.domain.notes import Note
from bot.domain.state import AssessmentState, Decided, _apply_to_sheet, fold
from tests.domain.build import F, entry, q, rated

CREATED = entry(1, e.Created("made-up", "audit", "甲公司"), sheet="", message="m1")
OPENED = entry(2, e.SheetOpened("一", ("total",)))
BEGUN = fold(AssessmentState(), [CREATED, OPENED])


def after(*entries: e.Entry) -> AssessmentState:
    return fold(BEGUN, entries)


# ------------------------------------------------------------ the whole assessment


def test_it_begins_empty_and_takes_its_head() -> None:
    assert AssessmentState().name == ""
    assert (BEGUN.scheme, BEGUN.mode, BEGUN.name, BEGUN.seq) == ("made-up", "audit", "甲公司", 2)
    assert BEGUN.sheets["s1"].covers == frozenset({"total"})
    assert (BEGUN.sheets["s1"].person, BEGUN.sheets["s1"].round, BEGUN.sheets["s1"].status) == ("p1", "一", "open")


def test_a_name_of_its_own_goes_before_the_organisation() -> None:
    named = after(entry(3, e.HeaderSet("name", "年度自评")), entry(4, e.HeaderSet("scope", "维修")))
    assert named.name == "年度自评"
    assert named.header == {"organisation": "甲公司", "name": "年度自评", "scope": "维修"}
    assert fold(named, [entry(5, e.HeaderSet("name", ""))]).name == "甲公司"


def test_decisions_with_their_revisions() -> None:
    state = after(
        entry(3, e.GateDecided("conformity", met=True), revision=1),
        entry(4, e.GateDecided("conformity", met=False), revision=2),
        entry(5, e.FindingsDecided(("投诉", "宣传")), revision=1),
        entry(6, e.BonusDecided(F(1), "获奖"), revision=1),
    )
    assert state.gates == {"conformity": Decided(value=False, revision=2, person="p1", at=4_000)}
    assert state.findings == Decided(("投诉", "宣传"), 1, "p1", 5_000)
    assert state.bonus == Decided(F(1), 1, "p1", 6_000, "获奖")
    assert state.decisions == Decisions({"conformity": False}, 2, F(1))
    assert BEGUN.decisions == Decisions({}, None, None)


def test_counts_and_how_many_units_there_are() -> None:
    old, new, other = (
        e.MeasureSet(*counts, 48, 50) for counts in (("C", "2026-09"), ("C", "2026-10"), ("D", "2026-10"))
    )
    state = after(
        entry(3, old, revision=1),
        entry(4, new, revision=2),
        entry(5, other, revision=1, person="p2"),
        entry(6, e.PopulationSet(9), revision=1),
        entry(7, e.PopulationSet(26), revision=2),
    )
    assert state.measures == {"C": Decided(new, 2, "p1", 4_000), "D": Decided(other, 1, "p2", 5_000)}
    assert state.population == Decided(26, 2, "p1", 7_000)
    assert (BEGUN.measures, BEGUN.population) == ({}, None)
    assert state.decisions == BEGUN.decisions  # neither scores (EN-11)


def test_agreeing_on_no_findings_is_a_decision() -> None:
    assert after(entry(3, e.FindingsDecided(()))).decisions.deductions == 0


def test_closing_and_erasing() -> None:
    closed = e.Closed("gold", {"total": "95"})
    state = after(entry(3, closed))
    assert (state.closed, state.closed_at, state.erased) == (closed, 3_000, False)
    assert after(entry(3, e.Erased("draft-deleted"))).erased


@pytest.mark.parametrize("body", [e.WordingAdopted("ab"), e.Exported("pdf", "zh", 2)])
def test_some_entries_change_nothing_but_the_number(body: e.Body) -> None:
    assert after(entry(3, body)) == replace(BEGUN, seq=3)


# ------------------------------------------------------------ sheets


def test_the_newest_answer_holds() -> None:
    state = after(
        entry(3, e.AnswerGiven(rated("0.5")), question="1.2", message="m3"),
        entry(4, e.AnswerGiven(rated("0.7")), question="1.2", revision=2, person="p1"),
        entry(5, e.AnswerGiven(rated(1)), question="2.1"),
    )
    held = state.sheets["s1"]
    assert held.given[q("1.2")] == Given(rated("0.7"), 2, "p1", 4_000, 4)
    assert held.sheet() == Sheet("s1", "p1", "一", frozenset({"total"}), {q("1.2"): rated("0.7"), q("2.1"): rated(1)})


def test_notes_are_written_revised_and_withdrawn_under_their_own_number() -> None:
    written = after(
        entry(3, e.Noted("甲"), question="1.2"),
        entry(4, e.Noted("乙"), question="1.2"),
        entry(5, e.Noted("丙"), question="2.1"),
    )
    assert written.sheets["s1"].notes == {
        q("1.2"): (Note(3, "甲", "p1", 3_000), Note(4, "乙", "p1", 4_000)),
        q("2.1"): (Note(5, "丙", "p1", 5_000),),
    }
    revised = fold(written, [entry(6, e.NoteRevised(3, "甲二"), question="1.2")])
    assert revised.sheets["s1"].notes[q("1.2")] == (
        Note(3, "甲二", "p1", 3_000, revised=True),
        Note(4, "乙", "p1", 4_000),
    )
    withdrawn = fold(revised, [entry(7, e.NoteRevised(4, ""), question="1.2")])
    assert [note.text for note in withdrawn.sheets["s1"].notes[q("1.2")]] == ["甲二"]
    assert withdrawn.sheets["s1"].notes[q("2.1")] == written.sheets["s1"].notes[q("2.1")]
    assert withdrawn.sheets["s1"].withdrawn == {4: q("1.2")}


def test_an_erased_note_is_as_if_it_had_said_nothing() -> None:
    written = after(
        entry(3, e.Noted("甲"), question="1.2", message="m3"),
        entry(4, e.Noted("乙"), question="1.2", message="m4"),
        entry(5, e.NoteRevised(3, "甲二"), question="1.2"),
        entry(6, e.Noted("丙"), question="1.2"),
        entry(7, e.NoteRevised(6, ""), question="1.2"),
    )
    erased = fold(written, [entry(8, e.TextErased(3, "个人信息"), question="1.2")])
    assert erased.sheets["s1"].notes == {q("1.2"): (Note(4, "乙", "p1", 4_000),)}
    assert set(erased.messages) == {("p1", "m1"), ("p1", "m4")}, "an edit of its message revises nothing any more"
    assert erased.sheets["s1"].withdrawn == {6: q("1.2")}
    both = fold(erased, [entry(9, e.TextErased(6, "个人信息"), question="1.2")])
    assert both.sheets["s1"].withdrawn == {}
    # The same from what is left once the texts are gone: entries without a body are not folded.
    left = after(
        entry(4, e.Noted("乙"), question="1.2", message="m4"),
        entry(8, e.TextErased(3, "个人信息"), question="1.2"),
        entry(9, e.TextErased(6, "个人信息"), question="1.2"),
    )
    assert left == both


def test_later_lasts_until_taken_back_or_answered_and_a_flag_outlasts_the_answer() -> None:
    marked = after(
        entry(3, e.Postponed(on=True), question="1.2"),
        entry(4, e.Postponed(on=True), question="2.1"),
        entry(5, e.Flagged(on=True), question="1.2"),
    )
    assert marked.sheets["s1"].later == {q("1.2"), q("2.1")}
    answered = fold(marked, [entry(6, e.AnswerGiven(rated(1)), question="1.2")])
    assert answered.sheets["s1"].later == {q("2.1")}
    assert answered.sheets["s1"].flagged == {q("1.2")}
    cleared = fold(
        answered, [entry(7, e.Postponed(on=False), question="2.1"), entry(8, e.Flagged(on=False), question="1.2")]
    )
    assert (cleared.sheets["s1"].later, cleared.sheets["s1"].flagged) == (frozenset(), frozenset())


def test_a_sheet_set_aside_stays_and_does_not_count() -> None:
    state = after(
        entry(3, e.SheetOpened("", ("total",)), sheet="s2", person="p2"),
        entry(4, e.SheetSetAside("已离开"), sheet="s2"),
        entry(5, e.SheetSubmitted()),
    )
    assert (state.sheets["s2"].status, state.sheets["s2"].reason) == ("set-aside", "已离开")
    assert state.sheets["s1"].status == "submitted"
    assert [sheet.id for sheet in state.counted] == ["s1"]
    assert [sheet.id for sheet in BEGUN.counted] == ["s1"]  # an open sheet is one that a total will be made of


def test_whose_sheet_it_is() -> None:
    two = after(entry(3, e.SheetOpened("二", ("total",)), sheet="s2"))
    assert BEGUN.sheet_of("p2") is None
    assert (sheet := two.sheet_of("p1"))
    assert sheet.id == "s2"
    assert (sheet := fold(two, [entry(4, e.SheetSubmitted(), sheet="s2")]).sheet_of("p1"))
    assert sheet.id == "s1"
    done = fold(two, [entry(4, e.SheetSubmitted(), sheet="s2"), entry(5, e.SheetSubmitted())])
    assert (sheet := done.sheet_of("p1"))
    assert sheet.id == "s2"


def test_a_body_of_the_whole_assessment_is_no_matter_of_a_sheet() -> None:
    with pytest.raises(AssertionError):
        _apply_to_sheet(BEGUN.sheets["s1"], entry(3, e.Erased("")))


# ------------------------------------------------------------ messages


def test_messages_lead_to_the_newest_entry_they_caused() -> None:
    first = entry(3, e.AnswerGiven(rated("0.5")), question="1.2", message="m3")
    again = entry(5, e.AnswerGiven(rated("0.6")), question="1.2", message="m3", revision=2)
    note = entry(4, e.Noted("甲"), question="1.2", message="m4")
    head = entry(6, e.HeaderSet("scope", "维修"), message="m6")
    bodies: list[e.Body] = [
        e.FindingsDecided(("投诉",)),
        e.BonusDecided(F(1), "获奖"),
        e.MeasureSet("C", "2026-10", 48, 50),
        e.PopulationSet(26),
    ]
    agreed = [entry(n, body, message=f"m{n}") for n, body in enumerate(bodies, start=10)]
    state = after(first, note, head, *agreed)
    decided = {("p1", one.message): one for one in agreed}
    said = {("p1", "m1"): CREATED, ("p1", "m3"): first, ("p1", "m4"): note, ("p1", "m6"): head}
    assert state.messages == {**said, **decided}
    edited = fold(state, [again, entry(7, e.NoteRevised(4, "乙"), question="1.2", message="m4")])
    assert edited.messages == {**state.messages, ("p1", "m3"): again}  # the note keeps the name that revising it needs


def test_taps_and_entries_that_cannot_be_edited_leave_no_message() -> None:
    state = after(
        entry(3, e.AnswerGiven(rated("0.5")), question="1.2"),
        entry(4, e.Postponed(on=True), question="1.2", message="m4"),
        entry(5, e.GateDecided("conformity", met=True), message="m5"),
        entry(6, e.SheetOpened("二", ("total",)), sheet="s2", message="m6"),
        entry(7, e.SheetSetAside("重做"), sheet="s2", message="m7"),
    )
    assert state.messages == {("p1", "m1"): CREATED}


def test_equal_message_numbers_of_two_people_are_told_apart() -> None:
    mine = entry(3, e.Noted("甲"), question="1.2", message="m3")
    theirs = replace(entry(4, e.Noted("乙"), question="1.2", message="m3"), person="p2")
    state = after(mine, theirs)
    assert (state.messages["p1", "m3"], state.messages["p2", "m3"]) == (mine, theirs)


# ------------------------------------------------------------ folding

questions = st.sampled_from(["1.2", "2.1"])
bodies = st.one_of(
    st.builds(e.AnswerGiven, st.integers(0, 10).map(lambda n: rated(F(n, 10)))),
    st.builds(e.Noted, st.sampled_from(["甲", "乙"])),
    st.builds(e.NoteRevised, st.integers(3, 12), st.sampled_from(["", "丙"])),
    st.builds(e.Postponed, st.booleans()),
    st.builds(e.Flagged, st.booleans()),
    st.builds(e.GateDecided, st.just("conformity"), st.booleans()),
    st.builds(e.HeaderSet, st.sampled_from(e.HEADER_FIELDS), st.sampled_from(["", "丁"])),
    st.builds(e.MeasureSet, st.sampled_from("CD"), st.just("2026-10"), st.integers(0, 9), st.just(9)),
    st.builds(e.PopulationSet, st.integers(1, 9)),
    st.builds(e.FindingsDecided, st.lists(st.just("投诉"), max_size=2).map(tuple)),
    st.just(e.SheetSubmitted()),
)


@given(st.lists(st.tuples(bodies, questions, st.sampled_from(["", "m1", "m2"])), max_size=10), st.integers(0, 10))
def test_folding_in_two_goes_is_folding_once(drawn: list[tuple[e.Body, str, str]], cut: int) -> None:
    entries = [entry(n, body, question=where, message=m) for n, (body, where, m) in enumerate(drawn, start=3)]
    before = deepcopy(BEGUN)
    assert fold(fold(BEGUN, entries[:cut]), entries[cut:]) == fold(BEGUN, entries)
    assert before == BEGUN
