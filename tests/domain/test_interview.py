from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Answer, NotApplicable, Rated
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.interview import begin, decide
from bot.domain.refusals import (
    AssessmentClosed,
    ByButton,
    ChangedMeanwhile,
    LevelNotWhole,
    NaNotAllowed,
    NotAllowed,
    NothingToRevise,
    OutOfRange,
    ReasonMissing,
    Refused,
    SheetClosed,
    TextEmpty,
    TextTooLong,
)
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.state import AssessmentState, fold
from tests.domain.build import KEPT, NA, RAISED, F, entry, level, panel, projects, q, rated, shop, sites, stars

LEAD, ASSESSOR, VIEWER = Actor("p1", "lead"), Actor("p2", "assessor"), Actor("p3", "viewer")
LONG = "x" * 10_001


def opened(scheme: Scheme, *entries: e.Entry) -> AssessmentState:
    """Two people, a sheet each over all dimensions, then the entries (their numbers from 4 on)."""
    covers = tuple(scheme.dimensions)
    head = entry(1, e.Created(scheme.id, "audit", "甲公司"), sheet="")
    mine, other = entry(2, e.SheetOpened("", covers)), entry(3, e.SheetOpened("", covers), sheet="s2", person="p2")
    return fold(AssessmentState(), [head, mine, other, *entries])


def answer(given: Answer, question: str = "1.2", revision: int | None = None, sheet: str = "s1") -> c.GiveAnswer:
    return c.GiveAnswer(sheet, q(question), given, revision)


def only(drafts: Drafts) -> e.Draft:
    assert len(drafts) == 1
    return drafts[0]


def refused(scheme: Scheme, state: AssessmentState, command: c.Command, actor: Actor = LEAD) -> type[Refused]:
    with pytest.raises(Refused) as found:
        decide(scheme, state, actor, command)
    return type(found.value)


def test_an_assessment_begins_with_its_head_and_a_sheet_over_all_but_what_is_sampled() -> None:
    assert begin(projects(), "self", "甲公司", "s1")[1] == e.Draft(e.SheetOpened("", ("management",)), "s1")
    assert begin(sites(), "self", " 甲\n公司 ", "s1") == (
        e.Draft(e.Created("made-up", "self", "甲 公司")),
        e.Draft(e.SheetOpened("", ("management", "service")), "s1"),
    )
    with pytest.raises(TextEmpty):
        begin(sites(), "self", " \u200b", "s1")
    with pytest.raises(TextTooLong):
        begin(sites(), "self", "x" * 201, "s1")


# ------------------------------------------------------------ answers


def test_an_answer_is_recorded_with_its_revision() -> None:
    assert only(decide(stars(), opened(stars()), LEAD, answer(rated("0.8", typed="80%"), revision=0))) == e.Draft(
        e.AnswerGiven(rated("0.8", typed="80%")), "s1", q("1.2"), 1
    )
    state = opened(stars(), entry(4, e.AnswerGiven(rated("0.8")), question="1.2"))
    assert only(decide(stars(), state, LEAD, answer(rated("0.9"), revision=1))).revision == 2


def test_a_double_tap_records_nothing_whatever_its_revision() -> None:
    state = opened(stars(), entry(4, e.AnswerGiven(rated("0.8", typed="80%")), question="1.2", revision=3))
    for revision in (None, 0, 2, 3, 9):
        assert decide(stars(), state, LEAD, answer(rated("4/5"), revision=revision)) == ()


def test_a_stale_card_is_refused_and_typed_text_is_not() -> None:
    state = opened(stars(), entry(4, e.AnswerGiven(rated("0.8")), question="1.2", revision=3))
    for stale in (0, 2, 4):
        assert refused(stars(), state, answer(rated("0.9"), revision=stale)) is ChangedMeanwhile
    assert refused(stars(), opened(stars()), answer(rated("0.9"), revision=1)) is ChangedMeanwhile
    assert only(decide(stars(), state, LEAD, answer(rated("0.9")))).revision == 4


def test_a_veto_row_by_its_buttons() -> None:
    for given in (RAISED, KEPT):
        assert only(decide(stars(), opened(stars()), LEAD, answer(given, "1.1/veto"))).body == e.AnswerGiven(given)


def test_not_applicable_with_its_reason_cleaned() -> None:
    command = answer(NotApplicable(" 不\x00外包\n"), "1.1")
    draft = only(decide(shop(), opened(shop()), LEAD, command))
    assert draft.body == e.AnswerGiven(NotApplicable("不外包"))
    state = opened(shop(), entry(4, draft.body, question="1.1"))
    assert decide(shop(), state, LEAD, command) == ()


@pytest.mark.parametrize(
    ("scheme", "question", "given", "expected"),
    [
        (stars(), "1.2", RAISED, ByButton),
        (stars(), "1.1/veto", rated(1), ByButton),
        (stars(), "1.1/veto", NA, NaNotAllowed),
        (stars(), "1.2", NA, NaNotAllowed),
        (shop(), "2.1", NA, NaNotAllowed),
        (shop(), "1.1", NotApplicable(" \n"), ReasonMissing),
        (shop(), "1.1", NotApplicable("\u200b"), TextEmpty),
        (shop(), "1.1", NotApplicable(LONG), TextTooLong),
        (stars(), "1.2", rated("-0.000001"), OutOfRange),
        (stars(), "1.2", rated("1.000001"), OutOfRange),
        (stars(), "1.2", rated("0.8", "alpha"), OutOfRange),
        (stars(), "1.2", level(4), OutOfRange),
        (panel(), "S.1/service", level(4), OutOfRange),
        (panel(), "M.1/management", rated("0.8"), OutOfRange),
        (panel(), "M.1/management", rated("0.8", "alpha"), OutOfRange),
        (panel(), "M.1/management", rated(0, "level"), LevelNotWhole),
        (panel(), "M.1/management", rated("0.5", "level"), LevelNotWhole),
        (sites(), "1.1/management", rated("0.85", "level"), LevelNotWhole),
        (stars(), "9.9", rated(1), NotAllowed),
        (stars(), "1.1", rated(1), NotAllowed),
        (sites(), "1.1/service", rated(1, "alpha"), NotAllowed),
    ],
)
def test_answers_that_cannot_be(scheme: Scheme, question: str, given: Answer, expected: type[Refused]) -> None:
    assert refused(scheme, opened(scheme), answer(given, question)) is expected


def test_a_refusal_names_what_came() -> None:
    for given, params in [
        (rated(2, typed="200%"), {"typed": "200%", "form": "ratio"}),
        (rated(2), {"typed": "2", "form": "ratio"}),
        (rated(1, "alpha", "1"), {"typed": "1", "form": "ratio"}),
        (rated(1, "alpha"), {"typed": "1", "form": "ratio"}),
    ]:
        with pytest.raises(OutOfRange) as found:
            decide(stars(), opened(stars()), LEAD, answer(given))
        assert found.value.params == params
    with pytest.raises(LevelNotWhole) as whole:
        decide(panel(), opened(panel()), LEAD, answer(rated("0.5", "level"), "M.1/management"))
    assert whole.value.params == {"typed": "1/2"}


@pytest.mark.parametrize(
    ("scheme", "question", "given"),
    [
        (panel(), "S.1/service", rated("0.73", "alpha")),
        (panel(), "S.1/service", rated("0.73", "ratio")),
        (panel(), "M.1/management", level(1)),
        (panel(), "M.1/management", level(5)),
        (sites(), "1.1/management", rated("0.85", "ratio")),
        (sites(), "1.1/management", level(4)),
        (stars(), "1.2", rated(0)),
        (stars(), "1.2", rated(1)),
    ],
)
def test_answers_that_can_be(scheme: Scheme, question: str, given: Rated) -> None:
    assert only(decide(scheme, opened(scheme), LEAD, answer(given, question))).body == e.AnswerGiven(given)


# ------------------------------------------------------------ notes, later, flag

ON_A_QUESTION: list[c.Command] = [
    answer(rated(1)),
    c.WriteNote("s1", q("1.2"), "甲"),
    c.Postpone("s1", q("1.2"), on=True),
    c.Flag("s1", q("1.2"), on=True),
]


def aimed(command: c.Command, **change: str | QuestionId) -> c.Command:
    return replace(command, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", ON_A_QUESTION)
def test_what_is_said_about_a_question_stays_on_ones_own_open_sheet(command: c.Command) -> None:
    assert refused(stars(), opened(stars()), aimed(command, sheet="s2")) is NotAllowed
    assert refused(stars(), opened(stars()), aimed(command, sheet="none")) is NotAllowed
    assert refused(stars(), opened(stars()), aimed(command, question=q("9.9"))) is NotAllowed
    for ended in (e.SheetSubmitted(), e.SheetSetAside("已离开")):
        assert refused(stars(), opened(stars(), entry(4, ended)), command) is SheetClosed
    assert only(decide(stars(), opened(stars()), ASSESSOR, aimed(command, sheet="s2"))).sheet == "s2"


def test_notes() -> None:
    state = opened(stars())
    draft = only(decide(stars(), state, LEAD, c.WriteNote("s1", q("1.2"), " 见\x00照片 ")))
    assert draft == e.Draft(e.Noted("见照片"), "s1", q("1.2"))
    assert refused(stars(), state, c.WriteNote("s1", q("1.2"), " ")) is TextEmpty
    assert refused(stars(), state, c.WriteNote("s1", q("1.2"), LONG)) is TextTooLong


def test_revising_a_note() -> None:
    state = opened(
        stars(), entry(4, e.Noted("甲"), question="1.2"), entry(5, e.Noted("乙"), question="2.1"),
        entry(6, e.Noted("丙"), question="2.1"), entry(7, e.Noted("丁"), question="1.2", sheet="s2", person="p2"),
    )  # fmt: skip
    assert only(decide(stars(), state, LEAD, c.ReviseNote(6, " 己 "))) == e.Draft(
        e.NoteRevised(6, "己"), "s1", q("2.1")
    )
    assert only(decide(stars(), state, LEAD, c.ReviseNote(4, " "))).body == e.NoteRevised(4, "")
    assert decide(stars(), state, LEAD, c.ReviseNote(5, "乙 ")) == ()
    assert refused(stars(), state, c.ReviseNote(7, "己")) is NotAllowed
    assert refused(stars(), state, c.ReviseNote(2, "己")) is NothingToRevise
    assert refused(stars(), state, c.ReviseNote(4, LONG)) is TextTooLong
    withdrawn = fold(state, [entry(8, e.NoteRevised(4, ""), question="1.2")])
    assert refused(stars(), withdrawn, c.ReviseNote(4, "己")) is NothingToRevise
    submitted = fold(state, [entry(8, e.SheetSubmitted())])
    assert refused(stars(), submitted, c.ReviseNote(4, "己")) is SheetClosed


def test_erasing_what_a_note_said() -> None:
    state = opened(
        stars(), entry(4, e.Noted("甲"), question="1.2"), entry(5, e.Noted("乙"), question="2.1"),
        entry(6, e.NoteRevised(5, ""), question="2.1"),
        entry(7, e.Noted("丁"), question="1.2", sheet="s2", person="p2"),
        entry(8, e.SheetSubmitted()), entry(9, e.Closed("gold", {})),
    )  # fmt: skip
    assert only(decide(stars(), state, LEAD, c.EraseText(4, " 个人信息 "))) == e.Draft(
        e.TextErased(4, "个人信息"), "s1", q("1.2")
    )
    assert only(decide(stars(), state, LEAD, c.EraseText(5, "保密"))).question == q("2.1"), "withdrawn is not erased"
    assert only(decide(stars(), state, LEAD, c.EraseText(7, "保密"))).sheet == "s2", "the lead any note"
    theirs = c.Actor("p2", "assessor")
    assert only(decide(stars(), state, theirs, c.EraseText(7, "保密"))).sheet == "s2"
    with pytest.raises(NotAllowed):
        decide(stars(), state, theirs, c.EraseText(4, "保密"))
    assert refused(stars(), state, c.EraseText(4, " ")) is ReasonMissing
    assert refused(stars(), state, c.EraseText(8, "保密")) is NothingToRevise
    again = fold(state, [entry(10, e.TextErased(4, "保密"), question="1.2")])
    assert refused(stars(), again, c.EraseText(4, "保密")) is NothingToRevise


@pytest.mark.parametrize(("kind", "body"), [(c.Postpone, e.Postponed), (c.Flag, e.Flagged)])
def test_later_and_flag_are_switched_once(
    kind: type[c.Postpone] | type[c.Flag], body: type[e.Postponed] | type[e.Flagged]
) -> None:
    state = opened(stars())
    assert decide(stars(), state, LEAD, kind("s1", q("1.2"), on=False)) == ()
    assert only(decide(stars(), state, LEAD, kind("s1", q("1.2"), on=True))) == e.Draft(body(on=True), "s1", q("1.2"))
    marked = fold(state, [entry(4, body(on=True), question="1.2")])
    assert decide(stars(), marked, LEAD, kind("s1", q("1.2"), on=True)) == ()
    assert only(decide(stars(), marked, LEAD, kind("s1", q("1.2"), on=False))).body == body(on=False)
    assert only(decide(stars(), marked, LEAD, kind("s1", q("2.1"), on=True))).question == q("2.1")


# ------------------------------------------------------------ who, when

EVERYTHING: list[c.Command] = [
    *ON_A_QUESTION,
    c.ReviseNote(4, "乙"),
    c.OpenSheet("s9", "", ("total",)),
    c.SetHeader("scope", "维修"),
    c.DecideGate("conformity", met=True),
    c.DecideFindings(()),
    c.DecideBonus(F(0), ""),
    c.SetMeasure("C", "2026-10", 48, 50),
    c.SetPopulation(26),
    c.SetAside("s1", "重做"),
    c.Close(),
    c.Erase(),
]


@pytest.mark.parametrize("command", EVERYTHING)
def test_a_viewer_changes_nothing(command: c.Command) -> None:
    assert refused(stars(), opened(stars()), command, VIEWER) is NotAllowed


@pytest.mark.parametrize("command", EVERYTHING)
@pytest.mark.parametrize("end", [e.Closed("gold", {}), e.Erased("draft-deleted")])
def test_nothing_changes_after_the_end(command: c.Command, end: e.Body) -> None:
    assert refused(stars(), opened(stars(), entry(4, end)), command) is AssessmentClosed


@pytest.mark.parametrize("command", EVERYTHING[-9:])
def test_decisions_are_the_leads(command: c.Command) -> None:
    assert refused(shop(), opened(shop()), command, ASSESSOR) is NotAllowed
