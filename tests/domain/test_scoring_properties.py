"""Properties of scoring over drawn standards, sheets and decisions; exact values stand in test_scoring.py."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import OpenQuestion, score, sheet_total
from tests.domain import cases
from tests.domain.build import F, q, shop


def by_hand(standard: Scheme, sheets: Sequence[Sheet], dimension: str, decided: Decisions) -> Fraction:
    """The rules of the standards once more, in whole numbers over a common denominator."""
    means = []
    for one in (s for s in sheets if dimension in s.covers):
        common = 1
        for answer in one.answers.values():
            common *= answer.value.denominator if isinstance(answer, Rated) else 1
        earned = due = 0
        for indicator in standard.indicators:
            given_ = one.answers.get(QuestionId(indicator.id, dimension))
            if isinstance(given_, Rated):
                worth = int(indicator.points[dimension])
                earned += worth * (given_.value.numerator * (common // given_.value.denominator))
                due += worth
        percent = standard.dimensions[dimension].total == "percent"
        means.append(Fraction(100 * earned, due * common) if percent else Fraction(earned, common))
    found = sum(means, Fraction(0)) / len(means)
    rules = standard.adjustments
    return found + (decided.bonus or 0) - (decided.deductions or 0) if rules else found


@settings(max_examples=60)
@given(st.data())
def test_totals_agree_with_a_second_computation(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets, decided = data.draw(cases.panels(standard)), data.draw(cases.decisions(standard))
    card = score(standard, sheets, decided)
    assert card.complete
    for dimension, part in card.dimensions.items():
        assert part.total == by_hand(standard, sheets, dimension, decided)


@settings(max_examples=60)
@given(st.data())
def test_the_order_of_sheets_and_answers_is_irrelevant(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets = data.draw(cases.panels(standard, partial=True))
    decided = data.draw(cases.decisions(standard))
    turned = [
        replace(one, answers=dict(data.draw(st.permutations(list(one.answers.items())))))
        for one in data.draw(st.permutations(sheets))
    ]
    card, other = score(standard, sheets, decided), score(standard, turned, decided)
    assert (card.dimensions, card.sections, card.questions) == (other.dimensions, other.sections, other.questions)
    assert set(card.open) == set(other.open)
    assert len(card.open) == len(other.open)
    assert set(card.vetoes) == set(other.vetoes)


@settings(max_examples=60)
@given(st.data())
def test_raising_a_rating_never_lowers_a_total_or_level(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets, decided = data.draw(cases.panels(standard)), data.draw(cases.decisions(standard))
    n = data.draw(st.integers(0, len(sheets) - 1))
    question, answer = data.draw(st.sampled_from(sorted(sheets[n].answers.items(), key=str)))
    assume(isinstance(answer, Rated))
    assert isinstance(answer, Rated)
    higher = data.draw(cases.ratings(standard, question))
    assume(higher.value > answer.value)
    raised = [*sheets[:n], replace(sheets[n], answers={**sheets[n].answers, question: higher}), *sheets[n + 1 :]]
    before, after = score(standard, sheets, decided), score(standard, raised, decided)
    for dimension, part in before.dimensions.items():
        new = after.dimensions[dimension]
        assert part.total is not None
        assert new.total is not None
        assert new.total > part.total if dimension == question.dimension else new.total == part.total
        assert (new.level or 0) >= (part.level or 0)


@settings(max_examples=60)
@given(st.data())
def test_open_is_exactly_what_lacks(data: st.DataObject) -> None:
    standard = data.draw(cases.schemes)
    sheets = data.draw(cases.panels(standard, partial=True))
    card = score(standard, sheets, Decisions(dict.fromkeys(standard.gates, False), 0, F(0)))
    lacking = {
        OpenQuestion(one.id, question)
        for one in sheets
        for question in standard.covered(one.covers)
        if question not in one.answers
    }
    assert set(card.open) == lacking
    assert card.complete == (not lacking)
    assert sum(part.tally.open for part in card.dimensions.values()) == sum(
        item.question.dimension != VETO for item in lacking
    )
    raised = {one.id for one in sheets for answer in one.answers.values() if answer == Veto(raised=True)}
    assert {item.sheet for item in card.vetoes} == raised


@given(st.data())
def test_a_rating_of_a_row_that_does_not_apply_makes_no_difference(data: st.DataObject) -> None:
    standard = shop()
    one = data.draw(cases.sheets(standard, "s1"))
    gone = [question for question, answer in one.answers.items() if isinstance(answer, NotApplicable)]
    fewer = replace(standard, indicators=tuple(r for r in standard.indicators if q(r.id) not in gone))
    assert sheet_total(standard, one, "total") == sheet_total(fewer, one, "total")
