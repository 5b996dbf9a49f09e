"""Another sheet: whose, under which name, over what; and what the lead may set aside (DESIGN 1)."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.commands import Actor
from bot.domain.entries import Draft
from bot.domain.interview import decide
from bot.domain.panel_entries import MemberJoined
from bot.domain.refusals import (
    CannotClose,
    NotAllowed,
    OthersRated,
    ReasonMissing,
    Refused,
    RoundTaken,
    SheetClosed,
    TextEmpty,
    TextTooLong,
    VetoStands,
)
from bot.domain.scheme import Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import RAISED, entry, projects, rated, sites, stars

LEAD, ASSESSOR = Actor("p1", "lead"), Actor("p2", "assessor")


def opened(scheme: Scheme, *entries: e.Entry, covers: tuple[str, ...] = ()) -> AssessmentState:
    """Two people, a sheet without a name each, over `covers` or all dimensions; the entries count from 4 on."""
    over = covers or tuple(scheme.dimensions)
    head = entry(1, e.Created(scheme.id, "audit", "甲公司"), sheet="")
    mine, other = entry(2, e.SheetOpened("", over)), entry(3, e.SheetOpened("", over), sheet="s2", person="p2")
    return fold(AssessmentState(), [head, mine, other, *entries])


def sampled(*entries: e.Entry) -> AssessmentState:
    """As above, where projects are sampled: both sheets are for the organisation."""
    return opened(projects(), *entries, covers=("management",))


def refused(scheme: Scheme, state: AssessmentState, command: c.Command, actor: Actor = LEAD) -> Refused:
    with pytest.raises(Refused) as found:
        decide(scheme, state, actor, command)
    return found.value


# ------------------------------------------------------------ another sheet


@pytest.mark.parametrize("actor", [LEAD, ASSESSOR])
def test_another_sheet(actor: Actor) -> None:
    command = c.OpenSheet("s9", " 一号\n项目 ", ("service",))
    assert decide(sites(), opened(sites()), actor, command) == (Draft(e.SheetOpened("一号 项目", ("service",)), "s9"),)


def test_what_it_covers_is_recorded_once_and_in_the_order_of_the_standard() -> None:
    command = c.OpenSheet("s9", "复核", ("service", "management", "service"))
    assert decide(sites(), opened(sites()), LEAD, command)[0].body == e.SheetOpened("复核", ("management", "service"))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (c.OpenSheet("s2", "一", ("service",)), NotAllowed),
        (c.OpenSheet("s9", "一", ()), NotAllowed),
        (c.OpenSheet("s9", "一", ("service", "total")), NotAllowed),
        (c.OpenSheet("s9", "x" * 201, ("service",)), TextTooLong),
        (c.OpenSheet("s9", "\u200b", ("service",)), TextEmpty),
    ],
)
def test_a_sheet_that_cannot_be(command: c.OpenSheet, expected: type[Refused]) -> None:
    assert type(refused(sites(), opened(sites()), command)) is expected


def test_one_person_has_each_name_once() -> None:
    state = opened(stars(), entry(4, e.SheetOpened("Site 1", ("total",)), sheet="s3"))
    for taken in ("Site 1", " site  １ ", "Si\u200bte 1", " ", ""):
        found = refused(stars(), state, c.OpenSheet("s9", taken, ("total",)))
        assert type(found) is RoundTaken
    assert refused(stars(), state, c.OpenSheet("s9", " site １ ", ("total",))).params == {"name": "site １"}
    assert decide(stars(), state, LEAD, c.OpenSheet("s9", "Site 12", ("total",)))
    assert decide(stars(), state, ASSESSOR, c.OpenSheet("s9", "Site 1", ("total",)))  # another person's names are free


@pytest.mark.parametrize(("ended", "free"), [(e.SheetSubmitted(), False), (e.SheetSetAside("重做"), True)])
def test_a_name_is_free_again_once_its_sheet_does_not_count(ended: e.Body, free: bool) -> None:
    state = opened(stars(), entry(4, ended))
    command = c.OpenSheet("s9", "", ("total",))
    if free:
        assert decide(stars(), state, LEAD, command) == (Draft(e.SheetOpened("", ("total",)), "s9"),)
    else:
        assert type(refused(stars(), state, command)) is RoundTaken


# ------------------------------------------------------------ where units are sampled


def test_a_unit_is_rated_by_its_name_in_what_is_sampled() -> None:
    command = c.OpenSheet("s9", "一号项目", ("service",))
    for actor in (LEAD, ASSESSOR):
        assert decide(projects(), sampled(), actor, command) == (Draft(e.SheetOpened("一号项目", ("service",)), "s9"),)
    assert type(refused(projects(), sampled(), replace(command, round=" "))) is TextEmpty
    state = sampled(entry(4, e.SheetOpened("一号项目", ("service",)), sheet="s3"))
    assert type(refused(projects(), state, command)) is RoundTaken
    assert decide(projects(), state, LEAD, replace(command, round="二号项目"))


def test_each_person_has_one_sheet_for_the_organisation() -> None:
    command = c.OpenSheet("s9", "复核", ("management",))
    assert type(refused(projects(), sampled(), command)) is NotAllowed
    assert decide(projects(), sampled(entry(4, e.SheetSetAside("重做"))), LEAD, command)
    units = sampled(entry(4, e.SheetOpened("一号项目", ("service",)), sheet="s3", person="p4"))
    assert decide(projects(), units, Actor("p4", "assessor"), replace(command, round=""))


def test_one_sheet_never_mixes_a_unit_with_the_organisation() -> None:
    command = c.OpenSheet("s9", "全部", ("management", "service"))
    assert type(refused(projects(), sampled(), command, Actor("p4", "assessor"))) is NotAllowed
    assert decide(sites(), opened(sites()), LEAD, command)


# ------------------------------------------------------------ set aside


def test_the_lead_sets_any_open_sheet_aside_with_a_reason() -> None:
    for sheet in ("s1", "s2"):
        found = decide(stars(), opened(stars()), LEAD, c.SetAside(sheet, " 已\x00离开 "))
        assert found == (Draft(e.SheetSetAside("已离开"), sheet),)


def test_what_cannot_be_set_aside() -> None:
    state, command = opened(stars()), c.SetAside("s2", "已离开")
    assert type(refused(stars(), state, replace(command, sheet="s9"))) is NotAllowed
    assert type(refused(stars(), state, replace(command, reason=" \n"))) is ReasonMissing
    assert type(refused(stars(), state, replace(command, reason="\u200b"))) is TextEmpty
    assert type(refused(stars(), state, replace(command, reason="x" * 10_001))) is TextTooLong
    member = entry(4, MemberJoined("p2", "assessor", ""), sheet="")
    for ended in (e.SheetSubmitted(), e.SheetSetAside("已离开")):
        done = fold(state, [member, entry(5, ended, sheet="s2", person="p2")])
        assert type(refused(stars(), done, command)) is SheetClosed


def test_what_a_removed_member_submitted_can_be_set_aside_but_never_a_raised_veto() -> None:
    submitted = entry(4, e.SheetSubmitted(), sheet="s2", person="p2")
    command = c.SetAside("s2", "已离开")
    assert decide(stars(), opened(stars(), submitted), LEAD, command) == (Draft(e.SheetSetAside("已离开"), "s2"),)
    raised = entry(4, e.AnswerGiven(RAISED), question="1.1/veto", sheet="s2", person="p2")
    assert type(refused(stars(), opened(stars(), raised), command)) is VetoStands


def test_a_draft_that_others_rate_in_is_not_the_leads_to_delete() -> None:
    assert type(refused(stars(), opened(stars()), c.Erase())) is OthersRated


def test_with_every_sheet_set_aside_nothing_closes_until_another_is_begun() -> None:
    raised = entry(4, e.AnswerGiven(RAISED), question="1.1/veto")
    aside = [entry(5, e.SheetSetAside("重做")), entry(6, e.SheetSetAside("已离开"), sheet="s2", person="p1")]
    state = opened(stars(), raised, *aside)
    assert refused(stars(), state, c.Close()).params == {"open": 1}
    assert type(refused(stars(), state, c.Close())) is CannotClose
    assert type(refused(stars(), state, c.GiveAnswer("s1", next(iter(stars().questions)), rated(1)))) is SheetClosed
    again = decide(stars(), state, LEAD, c.OpenSheet("s9", "", ("total",)))
    begun = fold(state, [entry(7, again[0].body, sheet="s9")])
    assert [sheet.id for sheet in begun.counted] == ["s9"]
    assert (sheet := begun.sheet_of("p1"))
    assert sheet.id == "s9"
