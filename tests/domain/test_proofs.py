"""Findings, deductions among them, and evidence."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.commands import Actor
from bot.domain.entries import Draft
from bot.domain.evidence import actions, standing
from bot.domain.interview import decide
from bot.domain.refusals import (
    AssessmentClosed,
    DateNotUnderstood,
    NotAllowed,
    NothingToRevise,
    ReasonMissing,
    Refused,
    SheetClosed,
    TextEmpty,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import entry, q, shop, stars

LEAD, ASSESSOR = Actor("p1", "lead"), Actor("p2", "assessor")
PHOTO = v.EvidenceReceived("photo", "AgAC", 12, "image/jpeg", "a.jpg", "前台")


def begun(*more: e.Entry) -> AssessmentState:
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "audit", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            entry(3, p.MemberJoined("p2", "assessor", "terms-1"), sheet=""),
            *more,
        ],
    )


def finding(seq: int, kind: v.FindingKind = "major", text: str = "缺记录", person: str = "p1") -> e.Entry:
    return entry(seq, v.FindingRecorded(kind, text, ""), sheet="", person=person)


def agreed(seq: int, *texts: str) -> e.Entry:
    return entry(seq, e.FindingsDecided(texts), sheet="", revision=seq)


def refused(state: AssessmentState, actor: Actor, command: c.Command, scheme: Scheme | None = None) -> type[Refused]:
    with pytest.raises(Refused) as found:
        decide(scheme or shop(), state, actor, command)
    return type(found.value)


# ------------------------------------------------------------ findings


def test_a_finding_is_recorded_under_a_clause_of_the_standard_or_none() -> None:
    for clause in ("", "1", "1.2"):
        drafts = decide(shop(), begun(), ASSESSOR, k.RecordFinding("minor", " 缺\x00记录 ", clause))
        assert drafts == (Draft(v.FindingRecorded("minor", "缺记录", clause)),)
    assert refused(begun(), ASSESSOR, k.RecordFinding("minor", "缺记录", "9.9")) is NotAllowed
    assert refused(begun(), ASSESSOR, k.RecordFinding("minor", "\u200b")) is TextEmpty


def test_a_special_deduction_is_the_leads_and_decided_with_the_others() -> None:
    drafts = decide(shop(), begun(), LEAD, k.RecordFinding("deduction", "投诉未答复"))
    assert [draft.body for draft in drafts] == [
        v.FindingRecorded("deduction", "投诉未答复", ""),
        e.FindingsDecided(("投诉未答复",)),
    ]
    held = entry(5, e.FindingsDecided(("投诉未答复",)), sheet="", revision=1)
    state = begun(finding(4, "deduction", "投诉未答复"), held, finding(6))
    more = decide(shop(), state, LEAD, k.RecordFinding("deduction", "虚假宣传"))
    assert more[1] == Draft(e.FindingsDecided(("投诉未答复", "虚假宣传")), revision=2)
    assert refused(begun(), ASSESSOR, k.RecordFinding("deduction", "投诉未答复")) is NotAllowed
    assert refused(begun(), LEAD, k.RecordFinding("deduction", "投诉未答复"), stars()) is NotAllowed


def test_a_deduction_that_is_reworded_or_withdrawn_changes_the_agreed_list() -> None:
    state = begun(finding(4, "deduction", "甲"), finding(5, "deduction", "乙"))
    reworded = decide(shop(), state, LEAD, k.ChangeFinding(4, "text", "丙"))
    assert [draft.body for draft in reworded] == [v.FindingChanged(4, "text", "丙"), e.FindingsDecided(("丙", "乙"))]
    withdrawn = decide(shop(), state, LEAD, k.WithdrawFinding(4, "重复"))
    assert [draft.body for draft in withdrawn] == [v.FindingWithdrawn(4, "重复"), e.FindingsDecided(("乙",))]
    assert len(decide(shop(), state, LEAD, k.ChangeFinding(4, "due", "2026-12-31"))) == 1
    assert refused(state, ASSESSOR, k.WithdrawFinding(4, "重复")) is NotAllowed


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("text", " 无记录 ", "无记录"),
        ("action", "补记录", "补记录"),
        ("due", "2026-12-31", "2026-12-31"),
        ("state", "corrected", "corrected"),
        ("clause", "1.2", "1.2"),
    ],
)
def test_a_field_of_a_finding_changes_once(field: v.FindingField, value: str, kept: str) -> None:
    command = k.ChangeFinding(4, field, value)
    assert decide(shop(), begun(finding(4)), LEAD, command) == (Draft(v.FindingChanged(4, field, kept)),)
    changed = begun(finding(4), entry(5, v.FindingChanged(4, field, kept), sheet=""))
    assert getattr(changed.found[4], field) == kept
    assert decide(shop(), changed, LEAD, command) == ()


@pytest.mark.parametrize("field", ["action", "due", "clause"])
def test_a_field_is_emptied(field: v.FindingField) -> None:
    full = begun(finding(4), entry(5, v.FindingChanged(4, field, "1.2"), sheet=""))
    assert decide(shop(), full, LEAD, k.ChangeFinding(4, field, " ")) == (Draft(v.FindingChanged(4, field, "")),)


def test_what_a_field_cannot_be() -> None:
    state = begun(finding(4))
    assert refused(state, LEAD, k.ChangeFinding(4, "text", " ")) is TextEmpty
    assert refused(state, LEAD, k.ChangeFinding(4, "due", "31.12.2026")) is DateNotUnderstood
    assert refused(state, LEAD, k.ChangeFinding(4, "state", "gone")) is NotAllowed
    assert refused(state, LEAD, k.ChangeFinding(4, "clause", "9.9")) is NotAllowed
    assert refused(state, LEAD, k.ChangeFinding(9, "text", "丙")) is NothingToRevise
    assert refused(state, LEAD, k.WithdrawFinding(4, " ")) is ReasonMissing


def test_an_assessor_changes_their_own_findings_alone() -> None:
    state = begun(finding(4), finding(5, person="p2"))
    assert refused(state, ASSESSOR, k.ChangeFinding(4, "text", "丙")) is NotAllowed
    assert decide(shop(), state, ASSESSOR, k.ChangeFinding(5, "text", "丙"))
    assert decide(shop(), state, LEAD, k.WithdrawFinding(5, "重复"))


def test_a_withdrawn_finding_stands_no_more() -> None:
    state = begun(finding(4), entry(5, v.FindingWithdrawn(4, "重复"), sheet=""), finding(6, "strength", "好"))
    assert refused(state, LEAD, k.WithdrawFinding(4, "重复")) is NothingToRevise
    assert [one.seq for one in standing(state.found)] == [6]
    assert standing(state.found, "major") == ()


def test_a_list_of_a_record_from_before_findings_becomes_findings_that_are_worded_anew_and_withdrawn() -> None:
    old = begun(*(agreed(seq, *texts) for seq, texts in ((4, "甲"), (5, "甲乙"), (6, "甲乙丙"), (7, "甲丙"))))
    assert [(one.seq, one.text) for one in standing(old.found, "deduction")] == [(4, "甲"), (6, "丙")]
    more = decide(shop(), old, LEAD, k.RecordFinding("deduction", "丁"))
    assert more[1].body == e.FindingsDecided(("甲", "丙", "丁")), "what was agreed before counts on"
    reworded = decide(shop(), old, LEAD, k.ChangeFinding(6, "text", "戊"))
    assert reworded[1].body == e.FindingsDecided(("甲", "戊"))
    done = fold(old, [entry(n, draft.body, sheet="") for n, draft in enumerate(reworded, start=8)])
    assert [(one.seq, one.text) for one in standing(done.found, "deduction")] == [(4, "甲"), (6, "戊")]


def test_several_texts_of_one_old_list_are_findings_each() -> None:
    old = begun(agreed(4, *"甲甲乙"), agreed(5, *"乙甲"))
    assert [one.text for one in standing(old.found, "deduction")] == ["乙", "甲"]
    assert len({one.seq for one in old.found.values()}) == len(old.found) == 2
    assert begun(agreed(4, "甲"), finding(5), agreed(6)).found.keys() == {5}


def test_an_edit_reaches_the_finding_that_its_message_gave() -> None:
    said = replace(finding(4, "deduction", "甲"), message="m4")
    follows = replace(agreed(5, "甲"), message="m4")
    assert begun(said, follows).messages == {("p1", "m4"): said}, "the list only follows from it"
    changed = entry(6, v.FindingChanged(4, "due", "2026-12-31"), sheet="", message="m6")
    assert begun(said, follows, changed).messages["p1", "m6"] == changed
    old = replace(agreed(4, "甲"), message="m4")
    assert begun(old).messages == {("p1", "m4"): old}


def test_what_is_to_be_done_still_is_listed_by_its_day() -> None:
    state = begun(
        finding(4),
        finding(5, "minor"),
        finding(6, "observation"),
        finding(7, "strength"),
        finding(8, "observation"),
        finding(9, "deduction"),
        finding(10),
        entry(11, v.FindingChanged(5, "due", "2026-12-31"), sheet=""),
        entry(12, v.FindingChanged(8, "due", "2026-12-01"), sheet=""),
        entry(13, v.FindingChanged(9, "state", "corrected"), sheet=""),
        entry(14, v.FindingWithdrawn(10, "重复"), sheet=""),
    )
    assert [one.seq for one in actions(state.found)] == [8, 5, 4]
    acted = fold(state, [entry(15, v.FindingChanged(7, "action", "推广"), sheet="")])
    assert [one.seq for one in actions(acted.found)] == [8, 5, 4, 7]


def test_after_closing_what_is_done_about_a_finding_goes_on() -> None:
    closed = begun(finding(4), entry(5, e.Closed("gold", {}), sheet=""))
    for field, value in (("action", "补"), ("due", "2026-12-31"), ("state", "verified")):
        assert decide(shop(), closed, LEAD, k.ChangeFinding(4, field, value))  # type: ignore[arg-type]
    for field, value in (("text", "丙"), ("clause", "1.2")):
        assert refused(closed, LEAD, k.ChangeFinding(4, field, value)) is AssessmentClosed  # type: ignore[arg-type]


# ------------------------------------------------------------ evidence


def attached(*more: e.Entry) -> AssessmentState:
    return begun(entry(4, PHOTO, question="1.2"), *more)


def test_evidence_is_attached_to_a_question_of_ones_own_sheet() -> None:
    odd = replace(PHOTO, name="a\u202egpj.exe", caption=" 前台 ", claimed="2026-05-01")
    (draft,) = decide(shop(), begun(), LEAD, k.AttachEvidence("s1", q("1.2"), odd))
    assert draft == Draft(replace(PHOTO, name="agpj.exe", claimed="2026-05-01"), "s1", q("1.2"))
    assert refused(begun(), LEAD, k.AttachEvidence("s1", q("9.9"), PHOTO)) is NotAllowed
    assert refused(begun(), ASSESSOR, k.AttachEvidence("s1", q("1.2"), PHOTO)) is NotAllowed
    late = replace(PHOTO, claimed="yesterday")
    assert refused(begun(), LEAD, k.AttachEvidence("s1", q("1.2"), late)) is DateNotUnderstood
    assert refused(begun(entry(4, e.SheetSubmitted())), LEAD, k.AttachEvidence("s1", q("1.2"), PHOTO)) is SheetClosed


def test_evidence_comes_is_kept_or_lost_and_a_location_is_there_at_once() -> None:
    one = attached().evidence[4]
    assert (one.keeping, one.stands, one.question, one.person) == ("coming", True, q("1.2"), "p1")
    kept = attached(entry(5, v.EvidenceStored(4, "aa", 13, "image/png", "bb"))).evidence[4]
    assert (kept.keeping, kept.sha256, kept.size, kept.clean, kept.stands) == ("kept", "aa", 13, "bb", True)
    lost = attached(entry(5, v.EvidenceLost(4, "gone"))).evidence[4]
    assert (lost.keeping, lost.reason, lost.stands) == ("lost", "gone", False)
    place = replace(PHOTO, kind="location", file="", place="39.9,116.4")
    assert begun(entry(4, place, question="1.2")).evidence[4].keeping == "kept"


def test_what_was_taken_away_while_it_came_stays_away() -> None:
    for late in (v.EvidenceStored(4, "aa", 13, "image/png", ""), v.EvidenceLost(4, "gone")):
        one = attached(entry(5, v.EvidenceRemoved(4, "误传")), entry(6, late)).evidence[4]
        assert (one.keeping, one.reason, one.sha256) == ("removed", "误传", "")


def test_a_caption_changes_and_is_counted() -> None:
    command = k.CaptionEvidence(4, "后台", "2026-05-01")
    draft = Draft(v.EvidenceCaptioned(4, "后台", "2026-05-01"), "s1", q("1.2"))
    assert decide(shop(), attached(), LEAD, command) == (draft,)
    again = attached(entry(5, draft.body))
    assert decide(shop(), again, LEAD, command) == ()
    assert (again.evidence[4].caption, again.evidence[4].revision) == ("后台", 1)


def test_evidence_is_removed_with_a_reason_by_who_brought_it() -> None:
    command = k.RemoveEvidence(4, "误传")
    assert decide(shop(), attached(), LEAD, command) == (Draft(v.EvidenceRemoved(4, "误传"), "s1", q("1.2")),)
    assert refused(attached(), LEAD, k.RemoveEvidence(4, "")) is ReasonMissing
    assert refused(attached(), ASSESSOR, command) is NothingToRevise
    assert refused(attached(), LEAD, k.RemoveEvidence(9, "误传")) is NothingToRevise
    gone = attached(entry(5, v.EvidenceRemoved(4, "误传")))
    assert refused(gone, LEAD, command) is NothingToRevise
    submitted = attached(entry(5, e.SheetSubmitted()))
    assert refused(submitted, LEAD, command) is SheetClosed
    assert refused(submitted, LEAD, k.CaptionEvidence(4, "后台")) is SheetClosed
