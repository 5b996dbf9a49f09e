"""What keeps a scorecard from being complete, and what a raised veto leaves of it."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.answers import Decisions
from bot.domain.scheme import VETO
from bot.domain.scoring import (
    OpenAdjustment,
    OpenDimension,
    OpenGate,
    OpenQuestion,
    Scorecard,
    score,
)
from tests.domain.build import (
    ALL,
    RAISED,
    F,
    filled,
    q,
    shop,
    sites,
    stars,
)

NONE = Decisions()
CONFORMS = Decisions(gates={"conformity": True})


def total(card: Scorecard, dimension: str = "total") -> Fraction | None:
    return card.dimensions[dimension].total


def test_every_single_question_left_out_makes_it_incomplete() -> None:
    for make in ALL.values():
        standard = make()
        whole = filled(standard, "4/5", name="b")
        decided = Decisions(dict.fromkeys(standard.gates, True), 0, F(0))
        assert score(standard, [whole], decided).complete
        for question in standard.questions:
            lacking = replace(whole, id="a", answers={k: v for k, v in whole.answers.items() if k != question})
            card = score(standard, [lacking, whole], decided)
            assert card.open == (OpenQuestion("a", question),)
            if question.dimension != VETO:
                assert card.dimensions[question.dimension].total is None
                assert card.dimensions[question.dimension].before is None
                assert card.dimensions[question.dimension].level is None


def test_nothing_at_all_is_incomplete() -> None:
    assert score(stars(), [], NONE).open == (OpenDimension("total"),)
    assert score(sites(), [], NONE).open == (
        OpenDimension("management"),
        OpenDimension("service"),
        OpenGate("conformity"),
    )
    assert score(shop(), [], NONE).open == (
        OpenDimension("total"),
        OpenAdjustment("deductions"),
        OpenAdjustment("bonus"),
    )


def test_a_dimension_that_no_sheet_covers_is_open() -> None:
    card = score(sites(), [filled(sites(), 1, service=1)], CONFORMS)
    assert card.open == (OpenDimension("management"),)
    assert total(card, "service") == 100
    assert total(card, "management") is None


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (Decisions(deductions=0), (OpenAdjustment("bonus"),)),
        (Decisions(bonus=F(0)), (OpenAdjustment("deductions"),)),
        (Decisions(deductions=0, bonus=F(0)), ()),
    ],
)
def test_none_is_an_answer_and_silence_is_not(decided: Decisions, expected: Sequence[object]) -> None:
    assert score(shop(), [filled(shop(), 1)], decided).open == expected


def test_a_refused_gate_is_answered() -> None:
    assert score(sites(), [filled(sites(), 1)], Decisions({"conformity": False})).complete


def test_any_assessor_raises_the_veto() -> None:
    kept = [filled(stars(), 1, name=name) for name in "abc"]
    assert not score(stars(), kept, NONE).vetoed
    for n in range(3):
        raised = list(kept)
        raised[n] = replace(kept[n], answers={**kept[n].answers, q("1.1/veto"): RAISED})
        card = score(stars(), raised, NONE)
        assert card.vetoed
        assert card.vetoes == (OpenQuestion("abc"[n], q("1.1/veto")),)
        assert total(card) == 100
