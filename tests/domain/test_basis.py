"""The snapshot of one assessment that another looks at: whole, in order, and without a trace of what is hidden."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.answers import NotApplicable, Rated
from bot.domain.basis import basis_of, row_of, told
from bot.domain.state import AssessmentState, fold
from bot.domain.written import encode
from tests.domain.build import KEPT, F, entry, q, rated

TWO = "s2"


def source(*more: e.Entry) -> AssessmentState:
    """Two sheets, two people: 1.2 rated on both, 2.1 not applicable on the second, notes on 1.2 and 2.10."""
    return fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "self", "甲公司"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            entry(3, e.SheetOpened("二", ("total",)), sheet=TWO, person="p2"),
            entry(4, e.AnswerGiven(rated("0.6")), question="1.2"),
            entry(5, e.AnswerGiven(NotApplicable("秘密理由")), question="2.1", sheet=TWO, person="p2"),
            entry(6, e.AnswerGiven(rated("0.7")), question="1.2", sheet=TWO, person="p2"),
            entry(7, e.AnswerGiven(rated("0.8")), question="1.2"),
            entry(8, e.AnswerGiven(KEPT), question="1.1/veto"),
            entry(9, e.Noted("第一条"), question="2.10"),
            entry(10, e.Noted("第二条"), question="1.2", sheet=TWO, person="p2"),
            entry(11, e.Noted("收回的"), question="2.1"),
            entry(12, e.NoteRevised(11, ""), question="2.1"),
            entry(13, e.NoteRevised(9, "第一条，改过"), question="2.10"),
            *more,
        ],
    )


def test_shown_it_holds_every_answer_in_force_sheet_by_sheet_and_every_note() -> None:
    taken = basis_of(source(), "a0", 13, "ab", "shown")
    assert (taken.assessment, taken.upto, taken.head, taken.organisation) == ("a0", 13, "ab", "甲公司")
    assert taken.rows == (
        p.BasisRow(q("1.2"), (rated("0.8"), rated("0.7")), ("第二条",)),
        p.BasisRow(q("1.1/veto"), (KEPT,), ()),
        p.BasisRow(q("2.1"), (NotApplicable("秘密理由"),), ()),
        p.BasisRow(q("2.10"), (), ("第一条，改过",)),
    )
    assert told(taken) == (3, 2)


def test_hidden_it_holds_the_notes_alone_and_not_even_that_there_was_an_answer() -> None:
    taken = basis_of(source(), "a0", 13, "ab", "hidden")
    assert taken.rows == (
        p.BasisRow(q("2.10"), (), ("第一条，改过",)),
        p.BasisRow(q("1.2"), (), ("第二条",)),
    )
    assert told(taken) == (0, 2)


def test_a_sheet_that_was_set_aside_is_not_in_it() -> None:
    aside = entry(14, e.SheetSetAside("重复"), sheet=TWO)
    taken = basis_of(source(aside), "a0", 14, "ab", "shown")
    assert row_of(taken, q("1.2")) == p.BasisRow(q("1.2"), (rated("0.8"),), ())
    assert row_of(taken, q("2.1")) is None


def test_what_the_basis_says_of_a_question() -> None:
    taken = basis_of(source(), "a0", 13, "ab", "shown")
    assert row_of(taken, q("1.1/veto")) == p.BasisRow(q("1.1/veto"), (KEPT,), ())
    assert row_of(taken, q("9.9")) is None
    assert row_of(None, q("1.2")) is None


@given(st.lists(st.tuples(st.sampled_from(["1.2", "1.2.1", "2.1"]), st.integers(0, 20)), max_size=8))
def test_hidden_it_is_the_same_whatever_was_answered(answers: list[tuple[str, int]]) -> None:
    given_ = [
        entry(14 + n, e.AnswerGiven(Rated(F(value, 20), "ratio")), question=row)
        for n, (row, value) in enumerate(answers)
    ]
    plain = basis_of(source(), "a0", 13, "ab", "hidden")
    answered = basis_of(source(*given_), "a0", 13, "ab", "hidden")
    assert encode(replace(answered)) == encode(plain)
