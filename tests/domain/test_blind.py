"""What each member sees of the others' sheets, before and after submitting and closing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.blind import Outline, counts, counts_of, moved, outlines, visible
from bot.domain.commands import Actor
from bot.domain.names import called
from bot.domain.state import AssessmentState, fold
from tests.domain.build import F, entry, rated, stars

LEAD, ONE, TWO = Actor("p1", "lead"), Actor("p2", "assessor"), Actor("p3", "assessor")
VIEWER = Actor("p4", "viewer")
PHOTO = v.EvidenceReceived("photo", "AgAC", 12, "image/jpeg", "", "")


def begun(*more: e.Entry, lead_rates: bool = True) -> AssessmentState:
    """A lead p1 (sheet s1), assessors p2 (s2) and p3 (s3); the entries count from 7 on."""
    sheets = [("s2", "p2"), ("s3", "p3"), *([("s1", "p1")] if lead_rates else [])]
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "audit", "甲公司"), sheet=""),
            entry(2, p.MemberJoined("p2", "assessor", ""), sheet=""),
            entry(3, p.MemberJoined("p3", "assessor", ""), sheet=""),
            *(entry(4 + n, e.SheetOpened("", ("total",)), sheet=s, person=who) for n, (s, who) in enumerate(sheets)),
            *more,
        ],
    )


def submit(seq: int, sheet: str, person: str) -> e.Entry:
    return entry(seq, e.SheetSubmitted(), sheet=sheet, person=person)


def seen(state: AssessmentState, actor: Actor) -> set[str]:
    return set(visible(state, actor).sheets)


def test_before_submitting_everybody_sees_their_own() -> None:
    assert [seen(begun(), actor) for actor in (LEAD, ONE, TWO, VIEWER)] == [{"s1"}, {"s2"}, {"s3"}, set()]


def test_a_rating_lead_is_blind_until_their_own_are_submitted() -> None:
    two_done = begun(submit(7, "s2", "p2"))
    assert seen(two_done, LEAD) == {"s1"}
    assert seen(fold(two_done, [submit(8, "s1", "p1")]), LEAD) == {"s1", "s2"}
    assert seen(fold(two_done, [entry(8, e.SheetSetAside("不评"))]), LEAD) == {"s1", "s2"}


def test_a_lead_who_does_not_rate_sees_what_was_submitted() -> None:
    assert seen(begun(submit(7, "s2", "p2"), lead_rates=False), LEAD) == {"s2"}


def test_an_assessor_sees_nobody_elses_until_closing() -> None:
    done = begun(*(submit(7 + n, sheet, person) for n, (sheet, person) in enumerate([("s1", "p1"), ("s2", "p2")])))
    assert seen(done, ONE) == {"s2"}
    closed = fold(done, [submit(9, "s3", "p3"), entry(10, e.Closed("gold", {}), sheet="")])
    assert all(seen(closed, actor) == {"s1", "s2", "s3"} for actor in (LEAD, ONE, TWO, VIEWER))


def test_evidence_and_messages_of_hidden_sheets_are_hidden_too() -> None:
    mine = entry(7, PHOTO, question="1.2", sheet="s2", person="p2", message="5")
    other = entry(8, PHOTO, question="1.2", sheet="s3", person="p3", message="5")
    state = visible(begun(mine, other), ONE)
    assert set(state.evidence) == {7}
    assert set(state.messages) == {("p2", "5")}


def test_evidence_of_a_finding_is_shared_as_the_finding_is() -> None:
    found = entry(7, v.FindingRecorded("minor", "缺记录", ""), sheet="", person="p3")
    hung = entry(8, replace(PHOTO, finding=7), sheet="", person="p3", message="5")
    own = entry(9, PHOTO, question="1.2", sheet="s3", person="p3")
    state = begun(found, hung, own)
    assert [set(visible(state, actor).evidence) for actor in (LEAD, ONE, TWO, VIEWER)] == [{8}, {8}, {8, 9}, set()]
    closed = fold(state, [entry(10, e.Closed("gold", {}), sheet="")])
    assert set(visible(closed, VIEWER).evidence) == {8, 9}


def test_notes_and_evidence_of_others_are_no_news_and_move_no_name() -> None:
    """How busy somebody was: what each calls things counts what may be known to them alone."""
    found = entry(20, v.FindingRecorded("minor", "缺记录", ""), sheet="", person="p3")
    hung = entry(21, replace(PHOTO, finding=20), sheet="", person="p3")
    mine = entry(22, PHOTO, question="1.2", sheet="s2", person="p2")
    busy = (
        entry(7, e.Noted("一条"), question="1.2", sheet="s3", person="p3"),
        entry(8, PHOTO, question="1.2", sheet="s3", person="p3"),
    )
    assert not moved(begun(), begun(*busy), ONE)
    quiet, loud = (begun(*more, found, hung, mine) for more in ((), busy))
    assert called(quiet.named, "p2") == called(loud.named, "p2") == {20: 1, 21: 2, 22: 3}
    assert called(loud.named, "p3") == {7: 1, 8: 2, 20: 3, 21: 4}
    assert visible(quiet, ONE).named == visible(loud, ONE).named
    assert moved(begun(found), begun(found, hung), ONE), "a piece on a finding is everybody's"


def test_a_viewer_sees_no_decisions_before_closing() -> None:
    state = begun(
        entry(7, e.GateDecided("conformity", met=True), sheet="", revision=1),
        entry(8, e.FindingsDecided(("甲",)), sheet="", revision=1),
        entry(9, v.FindingRecorded("major", "缺记录", ""), sheet=""),
        entry(10, e.BonusDecided(F(1), "获奖"), sheet="", revision=1),
        entry(11, e.MeasureSet("C", "2026-10", 1, 2), sheet="", revision=1),
    )
    hidden = visible(state, VIEWER)
    assert (hidden.gates, hidden.findings, hidden.bonus, hidden.measures, hidden.found) == ({}, None, None, {}, {})
    assert visible(state, ONE).gates == state.gates
    assert hidden.header == state.header


def test_one_who_rates_alone_has_the_whole_record() -> None:
    alone = fold(AssessmentState(), [entry(1, e.Created("x", "self", "甲"), sheet=""), entry(2, e.SheetOpened("", ()))])
    assert visible(alone, LEAD) is alone
    assert visible(state := begun(), LEAD) is not state
    assert visible(alone, VIEWER) is not alone


def test_the_lead_knows_whom_to_wait_for_and_nobody_else_does() -> None:
    state = begun(entry(7, e.AnswerGiven(rated(1)), question="1.2", sheet="s2", person="p2"))
    assert outlines(stars(), state, LEAD) == (
        Outline("s2", "p2", "", "open", 1, 5),
        Outline("s3", "p3", "", "open", 0, 5),
    )
    assert outlines(stars(), state, ONE) == ()
    assert outlines(stars(), state, VIEWER) == ()


def test_lists_count_ones_own_sheets_but_for_lead_and_viewer() -> None:
    state = begun(entry(7, e.AnswerGiven(rated(1)), question="1.2", sheet="s2", person="p2"))
    assert [counts(stars(), state, actor) for actor in (LEAD, ONE, TWO, VIEWER)] == [(1, 15), (1, 5), (0, 5), (1, 15)]


def test_every_members_figures_at_once_are_those_of_each() -> None:
    state = begun(entry(7, e.AnswerGiven(rated(1)), question="1.2", sheet="s2", person="p2"))
    actors = (LEAD, ONE, TWO, VIEWER)
    found = counts_of(stars(), state, {actor.person: actor.role for actor in actors})
    assert found == {actor.person: counts(stars(), state, actor) for actor in actors}


def test_an_assessors_list_moves_by_what_they_may_know_alone() -> None:
    before = begun()
    theirs = fold(before, [entry(7, e.AnswerGiven(rated(1)), question="1.2", sheet="s3", person="p3")])
    assert [moved(before, theirs, actor) for actor in (LEAD, ONE, TWO, VIEWER)] == [True, False, True, True]
    common = fold(before, [entry(7, e.HeaderSet("scope", "总部"), sheet="")])
    assert moved(before, common, ONE)


@given(st.lists(st.tuples(st.sampled_from(["1.2", "1.2.1", "2.1"]), st.fractions(0, 1)), max_size=6))
def test_what_an_assessor_sees_does_not_depend_on_anothers_open_sheet(ratings: list[tuple[str, F]]) -> None:
    more = [
        entry(7 + n, e.AnswerGiven(rated(value)), question=row, sheet="s3", person="p3", message=str(n))
        for n, (row, value) in enumerate(ratings)
    ]
    plain, other = visible(begun(), ONE), visible(begun(*more), ONE)
    assert replace(plain, seq=0) == replace(other, seq=0)
    assert counts(stars(), begun(), ONE) == counts(stars(), begun(*more), ONE)


@pytest.mark.parametrize("actor", [LEAD, ONE, TWO, VIEWER])
def test_nobody_sees_less_after_more_is_submitted(actor: Actor) -> None:
    state, before = begun(), seen(begun(), actor)
    for number, (sheet, person) in enumerate([("s2", "p2"), ("s1", "p1"), ("s3", "p3")]):
        state = fold(state, [submit(7 + number, sheet, person)])
        assert before <= seen(state, actor)
        before = seen(state, actor)
