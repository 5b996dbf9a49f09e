"""Members of a panel: submitting, reconsidering, joining, leaving, handing over, reopening."""

from collections.abc import Callable

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.commands import Actor
from bot.domain.entries import Draft
from bot.domain.interview import decide
from bot.domain.refusals import (
    AlreadyMember,
    AssessmentClosed,
    EvidenceMissing,
    LeadStays,
    NotAllowed,
    OutOfRange,
    ReasonMissing,
    Refused,
    SheetClosed,
    SheetIncomplete,
    VetoStands,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import KEPT, RAISED, F, entry, q, rated, stars

LEAD, ASSESSOR = Actor("p1", "lead"), Actor("p2", "assessor")
BASIS = p.BasisTaken("a0", 7, "ab", "甲公司", "shown", ())


def begun(*more: e.Entry) -> AssessmentState:
    """A lead p1 and an assessor p2, a sheet each (s1, s2); the entries count from 5 on."""
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "audit", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            entry(3, p.MemberJoined("p2", "assessor", "terms-1"), sheet=""),
            entry(4, e.SheetOpened("", ("total",)), sheet="s2", person="p2"),
            *more,
        ],
    )


def rating(seq: int, question: str, value: str | int = 1, sheet: str = "s2", person: str = "p2") -> e.Entry:
    return entry(seq, e.AnswerGiven(rated(value)), question=question, sheet=sheet, person=person)


def full(sheet: str = "s2", person: str = "p2", start: int = 5) -> list[e.Entry]:
    kept = entry(start, e.AnswerGiven(KEPT), question="1.1/veto", sheet=sheet, person=person)
    rows = ("1.2", "1.2.1", "2.1", "2.10")
    return [kept, *(rating(start + 1 + n, row, sheet=sheet, person=person) for n, row in enumerate(rows))]


def submitted(*more: e.Entry) -> AssessmentState:
    """As `begun`, s2 whole and submitted by entry 10."""
    return begun(*full(), entry(10, e.SheetSubmitted(), sheet="s2", person="p2"), *more)


def refused(state: AssessmentState, actor: Actor, command: c.Command, scheme: Callable[[], Scheme] = stars) -> Refused:
    with pytest.raises(Refused) as found:
        decide(scheme(), state, actor, command)
    return found.value


# ------------------------------------------------------------ submitting


def test_a_sheet_is_submitted_whole() -> None:
    short = refused(begun(*full()[:3]), ASSESSOR, k.Submit("s2"))
    assert (type(short), short.params) == (SheetIncomplete, {"open": 2})
    assert decide(stars(), begun(*full()), ASSESSOR, k.Submit("s2")) == (Draft(e.SheetSubmitted(), "s2"),)


def test_a_raised_veto_is_submitted_with_whatever_is_open() -> None:
    state = begun(entry(5, e.AnswerGiven(RAISED), question="1.1/veto", sheet="s2", person="p2"))
    assert decide(stars(), state, ASSESSOR, k.Submit("s2")) == (Draft(e.SheetSubmitted(), "s2"),)


def test_a_sheet_is_submitted_by_its_assessor_once() -> None:
    assert type(refused(begun(*full()), LEAD, k.Submit("s2"))) is NotAllowed
    assert type(refused(submitted(), ASSESSOR, k.Submit("s2"))) is SheetClosed


def test_what_was_submitted_changes_no_more() -> None:
    for command in (c.GiveAnswer("s2", q("1.2"), rated(0)), c.WriteNote("s2", q("1.2"), "好")):
        assert type(refused(submitted(), ASSESSOR, command)) is SheetClosed


# ------------------------------------------------------------ reconsidering

ASKED = entry(11, p.ReconsiderationAsked("请再看"), question="1.2", sheet="s2")


def test_the_lead_asks_once_with_a_reason() -> None:
    ask = k.AskReconsideration("s2", q("1.2"), " 请再看 ")
    assert decide(stars(), submitted(), LEAD, ask) == (Draft(p.ReconsiderationAsked("请再看"), "s2", q("1.2")),)
    assert decide(stars(), submitted(ASKED), LEAD, ask) == ()
    assert type(refused(submitted(), LEAD, k.AskReconsideration("s2", q("1.2"), " "))) is ReasonMissing


def test_only_what_a_member_rated_and_submitted_is_reconsidered() -> None:
    assert type(refused(begun(*full()), LEAD, k.AskReconsideration("s2", q("1.2"), "再看"))) is SheetClosed
    for sheet, question in (("s9", "1.2"), ("s2", "9.9")):
        assert type(refused(submitted(), LEAD, k.AskReconsideration(sheet, q(question), "再看"))) is NotAllowed
    left = submitted(entry(11, p.MemberRemoved("p2", "离开"), sheet=""))
    assert type(refused(left, LEAD, k.AskReconsideration("s2", q("1.2"), "再看"))) is NotAllowed


def test_what_was_asked_about_is_rated_again_and_then_stands() -> None:
    again = decide(stars(), submitted(ASKED), ASSESSOR, c.GiveAnswer("s2", q("1.2"), rated("1/2"), 1))
    assert [(draft.body, draft.revision) for draft in again] == [(e.AnswerGiven(rated("1/2")), 2)]
    assert type(refused(submitted(ASKED), ASSESSOR, c.GiveAnswer("s2", q("2.1"), rated(0)))) is SheetClosed
    done = submitted(ASKED, rating(12, "1.2", "1/2"))
    assert done.sheets["s2"].asked == {}
    assert type(refused(done, ASSESSOR, c.GiveAnswer("s2", q("1.2"), rated(0)))) is SheetClosed


def test_a_rating_is_upheld_with_a_reason() -> None:
    uphold = k.Uphold("s2", q("1.2"), "看过现场")
    assert decide(stars(), submitted(ASKED), ASSESSOR, uphold) == (Draft(p.RatingUpheld("看过现场"), "s2", q("1.2")),)
    assert type(refused(submitted(ASKED), ASSESSOR, k.Uphold("s2", q("1.2"), ""))) is ReasonMissing
    assert type(refused(submitted(), ASSESSOR, uphold)) is SheetClosed
    assert type(refused(begun(*full()), ASSESSOR, uphold)) is NotAllowed
    stands = submitted(ASKED, entry(12, p.RatingUpheld("看过现场"), question="1.2", sheet="s2", person="p2"))
    assert stands.sheets["s2"].asked == {}


# ------------------------------------------------------------ who belongs


def test_the_lead_admits_but_nobody_twice_and_no_second_lead() -> None:
    draft = Draft(p.MemberJoined("p9", "viewer", "terms-1"))
    assert decide(stars(), begun(), LEAD, k.Admit("p9", "viewer", "terms-1")) == (draft,)
    assert type(refused(begun(), LEAD, k.Admit("p2", "viewer", "terms-1"))) is AlreadyMember
    assert type(refused(begun(), LEAD, k.Admit("p9", "lead", "terms-1"))) is NotAllowed
    assert begun().members == {"p1": "lead", "p2": "assessor"}


def test_a_member_is_removed_or_leaves_and_the_work_stays() -> None:
    assert decide(stars(), begun(), LEAD, k.Remove("p2", "换人")) == (Draft(p.MemberRemoved("p2", "换人")),)
    assert decide(stars(), begun(), ASSESSOR, k.Leave()) == (Draft(p.MemberRemoved("p2", "left")),)
    left = begun(*full(), entry(10, p.MemberRemoved("p2", "换人"), sheet=""))
    assert left.members == {"p1": "lead"}
    assert len(left.sheets["s2"].given) == 5


def test_a_raised_veto_stands_when_its_assessor_goes_and_does_not_keep_the_rest_from_closing() -> None:
    """It cannot be set aside (BK-02): left open, it could never be submitted by anybody."""
    state = begun(entry(5, e.AnswerGiven(RAISED), question="1.1/veto", sheet="s2", person="p2"))
    submitted_too = Draft(e.SheetSubmitted(), "s2")
    gone = decide(stars(), state, ASSESSOR, k.Leave())
    assert gone == (submitted_too, Draft(p.MemberRemoved("p2", "left")))
    assert decide(stars(), state, LEAD, k.Remove("p2", "换人"))[0] == submitted_too
    left = fold(state, [entry(6 + n, one.body, sheet=one.sheet, person="p2") for n, one in enumerate(gone)])
    assert type(refused(left, LEAD, c.SetAside("s2", "不要了"))) is VetoStands
    *_, closed = decide(stars(), left, LEAD, c.Close())
    assert isinstance(closed.body, e.Closed)
    submitted_before = submitted(entry(11, e.AnswerGiven(RAISED), question="1.1/veto", sheet="s2", person="p2"))
    assert decide(stars(), submitted_before, ASSESSOR, k.Leave()) == (Draft(p.MemberRemoved("p2", "left")),)


def test_who_cannot_be_removed() -> None:
    assert type(refused(begun(), LEAD, k.Remove("p9", "换人"))) is NotAllowed
    assert type(refused(begun(), LEAD, k.Remove("p2", ""))) is ReasonMissing
    assert type(refused(begun(), LEAD, k.Remove("p1", "换人"))) is LeadStays
    assert type(refused(begun(), LEAD, k.Leave())) is LeadStays


def test_the_lead_hands_over_to_an_assessor() -> None:
    assert decide(stars(), begun(), LEAD, k.HandOver("p2")) == (Draft(p.LeadHandedOver("p2")),)
    assert decide(stars(), begun(), LEAD, k.HandOver("p1")) == ()
    assert type(refused(begun(), LEAD, k.HandOver("p9"))) is NotAllowed
    viewer = begun(entry(5, p.MemberJoined("p3", "viewer", "terms-1"), sheet=""))
    assert type(refused(viewer, LEAD, k.HandOver("p3"))) is NotAllowed
    handed = begun(entry(5, p.LeadHandedOver("p2"), sheet=""))
    assert handed.members == {"p1": "assessor", "p2": "lead"}


# ------------------------------------------------------------ evidence demanded


def test_evidence_is_demanded_above_a_ratio_once() -> None:
    assert decide(stars(), begun(), LEAD, k.DemandEvidence(F(4, 5))) == (Draft(p.EvidenceDemanded(F(4, 5))),)
    assert decide(stars(), begun(), LEAD, k.DemandEvidence(None)) == ()
    demanded = begun(entry(5, p.EvidenceDemanded(F(4, 5)), sheet=""))
    assert decide(stars(), demanded, LEAD, k.DemandEvidence(F(4, 5))) == ()
    assert decide(stars(), demanded, LEAD, k.DemandEvidence(None)) == (Draft(p.EvidenceDemanded(None)),)
    for ratio in (F(1), F(-1, 9)):
        assert type(refused(begun(), LEAD, k.DemandEvidence(ratio))) is OutOfRange


def test_what_lacks_evidence_is_not_submitted_or_closed() -> None:
    photo = v.EvidenceReceived("photo", "AgAC", 12, "image/jpeg", "", "")
    demand = entry(20, p.EvidenceDemanded(F(4, 5)), sheet="")
    proofs = [entry(21 + n, photo, question=row, sheet="s2", person="p2") for n, row in enumerate(("1.2", "1.2.1"))]
    low = rating(30, "2.1", "4/5")  # at the ratio, not above it
    bare = begun(*full(), demand, *proofs, low)
    missing = refused(bare, ASSESSOR, k.Submit("s2"))
    assert (type(missing), missing.params) == (EvidenceMissing, {"open": 1})
    whole = fold(bare, [entry(31, photo, question="2.10", sheet="s2", person="p2")])
    assert decide(stars(), whole, ASSESSOR, k.Submit("s2"))
    for gone in (v.EvidenceRemoved(31, "误传"), v.EvidenceLost(31, "gone")):
        lost = fold(whole, [entry(32, gone, question="2.10", sheet="s2", person="p2")])
        assert type(refused(lost, ASSESSOR, k.Submit("s2"))) is EvidenceMissing
        done = fold(lost, [*full("s1", "p1", 40), entry(50, e.SheetSubmitted(), sheet="s2", person="p2")])
        assert type(refused(done, LEAD, c.Close())) is EvidenceMissing


# ------------------------------------------------------------ reopening, another's assessment


def test_a_closed_assessment_is_reopened_with_the_leads_own_sheets() -> None:
    mine = entry(20, e.SheetSubmitted())
    closed = submitted(*full("s1", "p1", 12), mine, entry(21, e.Closed("gold", {}), sheet=""))
    assert decide(stars(), closed, LEAD, k.Reopen("补证据")) == (Draft(p.Reopened("补证据", ("s1",))),)
    assert type(refused(closed, LEAD, k.Reopen(""))) is ReasonMissing
    assert type(refused(submitted(), LEAD, k.Reopen("补证据"))) is AssessmentClosed
    again = fold(closed, [entry(22, p.Reopened("补证据", ("s1",)), sheet="")])
    assert (again.closed, again.reopened) == (None, ("补证据",))
    assert {sheet.id: sheet.status for sheet in again.sheets.values()} == {"s1": "open", "s2": "submitted"}
    assert decide(stars(), again, LEAD, c.GiveAnswer("s1", q("1.2"), rated(0), 1))


def test_one_assessment_is_looked_at() -> None:
    assert decide(stars(), begun(), LEAD, k.TakeBasis(BASIS)) == (Draft(BASIS),)
    assert type(refused(begun(entry(5, BASIS, sheet="")), LEAD, k.TakeBasis(BASIS))) is NotAllowed


def test_seals_are_kept_in_order() -> None:
    seals = [p.Sealed(n, "ab", 1, "cd", "ef") for n in (4, 5)]
    assert begun(*(entry(5 + n, seal, sheet="") for n, seal in enumerate(seals))).seals == tuple(seals)
