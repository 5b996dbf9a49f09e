"""What is carried over from an older assessment: the right rows, and never an answer before it is confirmed."""

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain import panel_entries as p
from bot.domain.answers import NotApplicable, Rated
from bot.domain.blind import visible
from bot.domain.carrying import Source, agreed, carried_of, fates, offered, row_of, unconfirmed
from bot.domain.commands import Actor
from bot.domain.insight import bounds
from bot.domain.interview import decide, open_questions, progress
from bot.domain.refusals import NotAllowed
from bot.domain.scheme import Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, fold
from bot.domain.whatif import what_if
from tests.domain.build import KEPT, F, entry, projects, q, rated, shop, stars

LEAD, OTHER = Actor("p1", "lead"), Actor("p2", "assessor")
FROM = Source("a0", 12, "ab")
TYPED = Rated(F(3, 5), "ratio", "60%")


def older(*more: e.Entry) -> AssessmentState:
    """p1 rated 1.2, p2 rated 1.2 and 2.1 and 2.10; a note of each; closed."""
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "self", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            entry(3, e.SheetOpened("", ("total",)), sheet="s2", person="p2"),
            entry(4, e.AnswerGiven(TYPED), question="1.2"),
            entry(5, e.AnswerGiven(rated("0.8")), question="1.2", sheet="s2", person="p2"),
            entry(6, e.AnswerGiven(rated("0.7")), question="2.1", sheet="s2", person="p2"),
            entry(7, e.AnswerGiven(KEPT), question="1.1/veto", sheet="s2", person="p2"),
            entry(8, e.AnswerGiven(rated("0.5")), question="9.9", sheet="s2", person="p2"),
            entry(9, e.Noted("一"), question="1.2"),
            entry(10, e.Noted("二"), question="2.1", sheet="s2", person="p2"),
            entry(11, e.Noted("三"), question="2.10", sheet="s2", person="p2"),
            entry(12, e.Closed("bronze", {})),
            *more,
        ],
    )


def begun(scheme: Scheme, over: p.CarriedOver, *more: e.Entry) -> AssessmentState:
    """A new one, led by p1, from it."""
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "self", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", tuple(scheme.dimensions))),
            entry(3, over, sheet=""),
            *more,
        ],
    )


def test_own_answers_where_there_are_some_else_those_of_all_sheets_in_clause_order() -> None:
    over = carried_of(older(), stars(), "p1", FROM)
    assert (over.assessment, over.upto, over.head, over.mode, over.organisation) == ("a0", 12, "ab", "self", "甲公司")
    assert over.at == older().closed_at > 0
    assert over.rows == (
        p.CarriedRow(q("1.1/veto"), (KEPT,), 0),
        p.CarriedRow(q("1.2"), (TYPED,), 9),
        p.CarriedRow(q("2.1"), (rated("0.7"),), 10),
        p.CarriedRow(q("2.10"), (), 11),
    )
    assert over.gone == ("9.9/total",)
    third = carried_of(older(), stars(), "p9", FROM)
    assert next(row for row in third.rows if row.question == q("1.2")).answers == (TYPED, rated("0.8"))


def test_a_sheet_that_was_set_aside_and_what_the_new_edition_does_not_take_are_left_behind() -> None:
    aside = older(entry(13, e.SheetSetAside("重复"), sheet="s2", person="p2"))
    assert [str(row.question) for row in carried_of(aside, stars(), "p1", FROM).rows] == ["1.2/total"]
    na = older(entry(13, e.AnswerGiven(NotApplicable("无")), question="2.1", sheet="s2", person="p2"))
    kept = {row.question: row.answers for row in carried_of(na, stars(), "p1", FROM).rows}
    assert kept[q("2.1")] == (), "stars knows no N/A"


def test_units_that_are_sampled_begin_empty() -> None:
    scheme = projects()
    over = carried_of(older(), scheme, "p1", FROM)
    assert scheme.sampling
    assert not any(row.question.dimension in scheme.sampling.covers for row in over.rows)


def test_what_is_carried_over_is_no_answer() -> None:
    scheme = stars()
    state = begun(scheme, carried_of(older(), scheme, "p1", FROM))
    empty = begun(scheme, p.CarriedOver("a0", 1, "ab", "self", "甲公司", 0, (), ()))
    sheet = state.sheets["s1"]
    assert progress(scheme, sheet) == (0, 5)
    assert open_questions(scheme, sheet) == scheme.questions
    mine, plain = ([one.sheet() for one in each.counted] for each in (state, empty))
    assert score(scheme, mine, state.decisions) == score(scheme, plain, empty.decisions)
    assert bounds(scheme, mine, state.decisions) == bounds(scheme, plain, empty.decisions)
    assert what_if(scheme, mine, state.decisions, {}).before == what_if(scheme, plain, empty.decisions, {}).before
    assert unconfirmed(scheme, state.carried, sheet) == (q("1.1/veto"), q("1.2"), q("2.1"))
    assert [fate for _, fate in fates(state)] == ["open"] * 3


def test_one_tap_is_offered_where_all_agree_and_nothing_is_answered_and_never_for_a_veto() -> None:
    scheme = stars()
    state = begun(scheme, carried_of(older(), scheme, "p1", FROM))
    sheet, carried = state.sheets["s1"], state.carried
    assert offered(carried, sheet, q("1.2")) == rated("0.6"), "how it was typed then is not carried"
    assert offered(carried, sheet, q("1.1/veto")) is None
    assert offered(carried, sheet, q("2.10")) is None, "a note alone"
    assert offered(None, sheet, q("1.2")) is None
    apart = begun(scheme, carried_of(older(), scheme, "p9", FROM))
    row = row_of(apart.carried, apart.sheets["s1"], q("1.2"))
    assert row
    assert agreed(row) is None
    assert offered(apart.carried, apart.sheets["s1"], q("1.2")) is None


def test_not_on_another_visits_sheet_nor_on_anothers() -> None:
    scheme = stars()
    over = carried_of(older(), scheme, "p1", FROM)
    state = begun(
        scheme,
        over,
        entry(4, e.SheetOpened("二次", ("total",)), sheet="s2"),
        entry(5, e.SheetOpened("", ("total",)), sheet="s3", person="p2"),
    )
    for sheet in ("s2", "s3"):
        assert row_of(state.carried, state.sheets[sheet], q("1.2")) is None
        assert unconfirmed(scheme, state.carried, state.sheets[sheet]) == ()


def test_confirmed_is_an_ordinary_answer_and_the_fates_tell_them_apart() -> None:
    scheme = shop()
    old = fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "self", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            *(
                entry(3 + n, e.AnswerGiven(rated("0.6")), question=str(one))
                for n, one in enumerate(scheme.questions[:3])
            ),
        ],
    )
    state = begun(scheme, carried_of(old, scheme, "p1", FROM))
    first, second, third = scheme.questions[:3]
    answer = offered(state.carried, state.sheets["s1"], first)
    assert answer
    (draft,) = decide(scheme, state, LEAD, c.GiveAnswer("s1", first, answer, 0))
    assert draft == e.Draft(e.AnswerGiven(rated("0.6")), "s1", first, 1)
    state = fold(
        state,
        [
            entry(4, draft.body, question=str(first)),
            entry(5, e.AnswerGiven(rated("0.9")), question=str(second)),
        ],
    )
    assert {row.question: fate for row, fate in fates(state)} == {
        first: "unchanged",
        second: "changed",
        third: "open",
    }
    assert unconfirmed(scheme, state.carried, state.sheets["s1"]) == (third,)
    assert progress(scheme, state.sheets["s1"])[0] == 2


def test_once_and_before_anything_is_answered() -> None:
    scheme = stars()
    over = carried_of(older(), scheme, "p1", FROM)
    plain = fold(
        AssessmentState(),
        [entry(1, e.Created("made-up", "self", "甲公司"), sheet=""), entry(2, e.SheetOpened("", ("total",)))],
    )
    assert decide(scheme, plain, LEAD, k.CarryOver(over)) == (e.Draft(over),)
    answered = fold(plain, [entry(3, e.AnswerGiven(rated(1)), question="1.2")])
    for state in (answered, begun(scheme, over)):
        with pytest.raises(NotAllowed):
            decide(scheme, state, LEAD, k.CarryOver(over))
    with pytest.raises(NotAllowed):
        decide(scheme, plain, OTHER, k.CarryOver(over))


@pytest.mark.parametrize(("actor", "seen"), [(LEAD, True), (OTHER, False), (Actor("p3", "viewer"), False)])
def test_before_closing_only_who_began_it_or_leads_sees_it(actor: Actor, seen: bool) -> None:
    scheme = stars()
    state = begun(scheme, carried_of(older(), scheme, "p1", FROM), entry(4, p.MemberJoined("p2", "assessor", "t")))
    assert (visible(state, actor).carried is not None) == seen
    assert (visible(state, actor) is state) == seen
    handed = fold(state, [entry(5, p.LeadHandedOver("p2"), sheet="")])
    assert visible(handed, Actor("p1", "assessor")).carried
    assert visible(handed, Actor("p2", "lead")).carried
    closed = fold(state, [entry(5, e.Closed("bronze", {}), sheet="")])
    assert visible(closed, actor).carried
