"""The table of rights, walked: every command, every role, open, closed and deleted."""

from contextlib import suppress
from typing import get_args

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.interview import decide
from bot.domain.panel_entries import Role
from bot.domain.refusals import AssessmentClosed, NotAllowed, Refused
from bot.domain.rights import RIGHTS, check
from bot.domain.state import AssessmentState, fold
from tests.domain.build import F, entry, q, rated, stars

QUESTION = q("1.2")
PHOTO = v.EvidenceReceived("photo", "AgAC", 12, "image/jpeg", "", "")
EXAMPLES: dict[type[c.Command], c.Command] = {
    type(one): one
    for one in (
        c.GiveAnswer("s1", QUESTION, rated(1)),
        c.WriteNote("s1", QUESTION, "好"),
        c.ReviseNote(4, "乙"),
        c.Postpone("s1", QUESTION, on=True),
        c.Flag("s1", QUESTION, on=True),
        c.SetHeader("scope", "维修"),
        c.OpenSheet("s9", "二次", ("total",)),
        c.DecideGate("conformity", met=True),
        c.DecideFindings(()),
        c.DecideBonus(F(0), ""),
        c.SetMeasure("C", "2026-10", 48, 50),
        c.SetPopulation(26),
        c.SetAside("s1", "重做"),
        c.Close(),
        c.Erase(),
        c.EraseText(4, "个人信息"),
        k.Submit("s1"),
        k.AskReconsideration("s1", QUESTION, "再看"),
        k.Uphold("s1", QUESTION, "看过"),
        k.Admit("p9", "assessor", "terms-1"),
        k.Remove("p2", "已离开"),
        k.Leave(),
        k.HandOver("p2"),
        k.DemandEvidence(F(4, 5)),
        k.Reopen("补证据"),
        k.TakeBasis(p.BasisTaken("a0", 1, "ab", "甲公司", "hidden", ())),
        k.CarryOver(p.CarriedOver("a0", 1, "ab", "self", "甲公司", 0, (), ())),
        k.RecordFinding("major", "缺记录"),
        k.ChangeFinding(4, "action", "补"),
        k.WithdrawFinding(4, "重复"),
        k.AttachEvidence("s1", QUESTION, PHOTO),
        k.ProveFinding(4, PHOTO),
        k.CaptionEvidence(4, "前台"),
        k.RemoveEvidence(4, "误传"),
    )
}
LEAD_ALONE = {
    *(c.SetHeader, c.DecideGate, c.DecideFindings, c.DecideBonus, c.SetMeasure, c.SetPopulation, c.SetAside),
    *(
        c.Close,
        c.Erase,
        k.AskReconsideration,
        k.DemandEvidence,
        k.TakeBasis,
        k.CarryOver,
        k.Admit,
        k.Remove,
        k.HandOver,
        k.Reopen,
    ),
}
AFTER_CLOSING = {
    *(c.EraseText, k.ChangeFinding, k.ProveFinding, k.CaptionEvidence, k.RemoveEvidence),
    *(k.Leave, k.Admit, k.Remove, k.HandOver, k.Reopen),
}


def state(*more: e.Entry) -> AssessmentState:
    begun = [
        entry(1, e.Created("made-up", "audit", "甲公司"), sheet=""),
        entry(2, e.SheetOpened("", ("total",))),
        entry(3, p.MemberJoined("p2", "assessor", "terms-1"), sheet=""),
    ]
    return fold(AssessmentState(), [*begun, *more])


def test_every_command_has_its_row_and_its_example() -> None:
    assert set(RIGHTS) == set(EXAMPLES) == set(get_args(c.Command))


@pytest.mark.parametrize("kind", list(RIGHTS), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("role", get_args(Role))
def test_who_may(kind: type[c.Command], role: Role) -> None:
    may = role == "lead" or kind is k.Leave or (role == "assessor" and kind not in LEAD_ALONE)
    actor = c.Actor("p1", role)
    if may:
        check(state(), actor, EXAMPLES[kind])
        return
    with pytest.raises(NotAllowed):
        decide(stars(), state(), actor, EXAMPLES[kind])


@pytest.mark.parametrize("kind", list(RIGHTS), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("end", [e.Closed("gold", {}), e.Erased("draft-deleted")], ids=["closed", "deleted"])
def test_what_is_done_after_the_end(kind: type[c.Command], end: e.Body) -> None:
    ended = state(entry(4, end, sheet=""))
    actor = c.Actor("p1", "lead")
    if kind in AFTER_CLOSING and isinstance(end, e.Closed):
        check(ended, actor, EXAMPLES[kind])
        return
    with pytest.raises(AssessmentClosed):
        decide(stars(), ended, actor, EXAMPLES[kind])


@pytest.mark.parametrize("kind", list(RIGHTS), ids=lambda kind: kind.__name__)
def test_everything_is_decided_or_refused_with_a_reason(kind: type[c.Command]) -> None:
    with suppress(Refused):
        assert all(isinstance(one, e.Draft) for one in decide(stars(), state(), c.Actor("p1", "lead"), EXAMPLES[kind]))
