"""What answers come to is moved by each of them; it is always what a walk over all of them finds."""

import pickle
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.blind import counts_of, visible
from bot.domain.commands import Actor
from bot.domain.given import Answered, Given
from bot.domain.insight import bounds, ends
from bot.domain.interview import progress
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, SheetState, fold
from bot.domain.sums import Whole, whole_of
from tests.domain import cases
from tests.domain.build import ALL, F, entry, q, rated, sites, stars
from tests.domain.real import NAMES, real

STANDARDS = st.sampled_from([*ALL.values(), *(lambda name=name: real(name) for name in NAMES)]).map(lambda make: make())
ODD = st.sampled_from([F(1, 3), F(6, 7), F(10**9 - 1, 10**9 + 7), F(10**21, 10**21 + 3), F(0), F(1)])
SHEETS = {"s1": "p1", "s2": "p2", "s3": "p2", "s4": "p3"}
ACTORS = (Actor("p1", "lead"), Actor("p2", "assessor"), Actor("p3", "viewer"))


def exactly(whole: Whole) -> object:
    """Free of how wide the common denominator happens to be."""
    sums = {
        name: (Fraction(one.earned, one.common), one.due, one.open, one.lacking)
        for name, one in whole.dimensions.items()
    }
    return sums, dict(whole.given), whole.raised


def walked(scheme: Scheme, held: Answered) -> object:
    return exactly(whole_of(scheme, {question: one.answer for question, one in held.items()}))


def as_given(answer: Answer) -> Given:
    return Given(answer, 1, "p1", 0, 1)


@st.composite
def answers(draw: st.DrawFn, standard: Scheme, question: QuestionId) -> Answer:
    """Also such as `decide` would refuse: the fold takes what is recorded."""
    wild: st.SearchStrategy[Answer] = st.sampled_from([NotApplicable("无"), Veto(raised=True), Veto(raised=False)])
    odd: st.SearchStrategy[Answer] = ODD.map(lambda value: Rated(value, "ratio"))
    if question not in standard.questions:
        return draw(st.one_of(odd, wild))
    return draw(st.one_of(cases.answers(standard, question), odd, wild))


def questions(standard: Scheme) -> st.SearchStrategy[QuestionId]:
    """Few of many, so that they are answered again; one is of no standard."""
    asked = standard.questions
    few = [*asked[:3], *asked[-2:], *standard.vetoes[:2], QuestionId("99.9", "total"), QuestionId("1.2", VETO)]
    return st.sampled_from(few) | st.sampled_from(asked)


@settings(max_examples=200)
@given(st.data())
def test_moved_is_what_a_walk_finds(data: st.DataObject) -> None:
    standard = data.draw(STANDARDS)
    held = Answered()
    for _ in range(data.draw(st.integers(1, 12))):
        if data.draw(st.integers(0, 3)):
            assert exactly(held.whole(standard)) == walked(standard, held)
        question = data.draw(questions(standard))
        before, held = held, held.answered(question, as_given(data.draw(answers(standard, question))))
        assert exactly(before.whole(standard)) == walked(standard, before), "the older ones stay as they are"
    assert exactly(held.whole(standard)) == walked(standard, held)


@st.composite
def bodies(draw: st.DrawFn, standard: Scheme, seq: int, held: AssessmentState) -> e.Entry:
    """Anything that may be recorded of sheets, and decisions."""
    sheet = draw(st.sampled_from(sorted(SHEETS)))
    who, question = SHEETS[sheet], draw(questions(standard))
    if sheet not in held.sheets:
        names = sorted(standard.dimensions)
        covers = draw(st.sampled_from([names, *([one] for one in names)]))
        return e.Entry(seq, seq, who, e.SheetOpened(sheet, tuple(covers)), sheet)
    given_: st.SearchStrategy[e.Body] = answers(standard, question).map(e.AnswerGiven)
    of_sheet: st.SearchStrategy[e.Body] = st.sampled_from(
        [
            e.Postponed(on=True),
            e.Flagged(on=True),
            e.Noted("记"),
            e.SheetSubmitted(),
            e.SheetSetAside("离开"),
            p.ReconsiderationAsked("再看"),
            p.RatingUpheld("维持"),
        ]
    )
    of_all: st.SearchStrategy[e.Body] = st.sampled_from(
        [
            e.GateDecided(next(iter(standard.gates), "none"), met=False),
            e.FindingsDecided(("投诉",)),
            e.BonusDecided(F(1), "奖"),
            p.Reopened("再开", tuple(held.sheets)),
            p.MemberJoined("p2", "assessor", ""),
            e.Closed("gold", {}),
        ]
    )
    body: e.Body = draw(st.one_of(given_, given_, given_, of_sheet, of_all))
    return e.Entry(seq, seq, who, body, sheet, question, 1)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_recorded_ends_and_progress_are_those_of_a_walk(data: st.DataObject) -> None:
    standard = data.draw(STANDARDS)
    state = fold(AssessmentState(), [e.Entry(1, 1, "p1", e.Created(standard.id, "audit", "甲"))])
    for seq in range(2, data.draw(st.integers(4, 25))):
        state = fold(state, [data.draw(bodies(standard, seq, state))])
        if not data.draw(st.integers(0, 2)):
            continue
        assert state.decisions == replace(state).decisions, "replace makes it anew"
        assert state.counted == replace(state).counted
        for actor in ACTORS:
            seen = visible(state, actor)
            whole = bounds(standard, [one.sheet() for one in seen.counted], seen.decisions)
            found = ends(standard, seen.counted, seen.decisions)
            assert (found.lowest, found.highest) == (whole.lowest, whole.highest)
        for sheet in state.sheets.values():
            asked = standard.covered(sheet.covers)
            assert progress(standard, sheet) == (sum(one in sheet.given for one in asked), len(asked))
        assert counts_of(standard, state, {"p1": "lead"})["p1"][0] == sum(
            one in sheet.given for sheet in state.counted for one in standard.covered(sheet.covers)
        )


def test_another_scheme_is_walked_by_its_own_points() -> None:
    one, other = stars(), stars()
    worth = {name: F(7) for name in one.dimensions}
    other = replace(other, indicators=tuple(replace(r, points=r.points and worth) for r in other.indicators))
    held = Answered({q("1.2"): as_given(rated("0.5"))})
    for scheme in (one, other, one):
        assert exactly(held.whole(scheme)) == walked(scheme, held)
        held = held.answered(q("2.1"), as_given(rated("0.7")))
        assert exactly(held.whole(scheme)) == walked(scheme, held)
    assert exactly(held.whole(one)) != exactly(held.whole(other))


@pytest.mark.parametrize("copied", [lambda held: pickle.loads(pickle.dumps(held)), deepcopy])  # noqa: S301  our own
def test_what_is_known_goes_with_no_copy(copied) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    standard = sites()
    held = Answered({standard.questions[0]: as_given(rated("0.5"))})
    sheet = SheetState("s1", "p1", "", frozenset(standard.dimensions), given=held)
    sheet.whole(standard)
    again = copied(sheet)
    assert again == sheet
    assert again.given._known is None
    assert exactly(again.whole(standard)) == walked(standard, held)


def test_answers_put_in_by_hand_are_walked() -> None:
    standard = stars()
    sheet = SheetState("s1", "p1", "", frozenset({"total"}))
    assert sheet.whole(standard).given["total"] == 0
    filled = replace(sheet, given={q("1.2"): as_given(rated(1))})
    assert exactly(filled.whole(standard)) == walked(standard, Answered(filled.given))
    more = filled.answered(q("2.1"), as_given(rated(1)))
    assert more.whole(standard).given["total"] == 2


def test_a_denominator_that_grew_wide_is_found_anew() -> None:
    standard = sites()
    primes = (10**9 + 7, 10**9 + 9, 10**9 + 21)
    question = standard.questions[0]
    held = Answered({question: as_given(rated(1))})
    for prime in (*primes, *primes):
        assert held.whole(standard).dimensions[question.dimension].common < 1 << 64
        held = held.answered(question, as_given(Rated(Fraction(1, prime), "ratio")))
        assert exactly(held.whole(standard)) == walked(standard, held)


def test_an_answer_leaves_what_it_came_from_as_it_was() -> None:
    state = fold(
        AssessmentState(),
        [
            entry(1, e.Created("made-up", "audit", "甲"), sheet=""),
            entry(2, e.SheetOpened("", ("total",))),
            entry(3, e.Postponed(on=True), question="1.2"),
            entry(4, p.ReconsiderationAsked("再看"), question="1.2"),
        ],
    )
    kept = deepcopy(state)
    after = fold(state, [entry(5, e.AnswerGiven(rated(1)), question="1.2")])
    assert state == kept
    assert (after.seq, after.sheets["s1"].later, after.sheets["s1"].asked) == (5, frozenset(), {})
    assert replace(after, sheets=state.sheets, seq=4) == state
