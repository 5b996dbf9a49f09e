"""What is asked next where the questions that can still decide come first."""

from collections.abc import Sequence
from random import Random

import pytest

from bot.domain import commands as c
from bot.domain.answers import Decisions, Sheet, Veto
from bot.domain.asking_order import next_deciding, open_vetoes
from bot.domain.deciding_questions import by_stake, deciding
from bot.domain.interview import next_open, open_questions
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState
from tests.made_up import TEXTS, scheme
from tests.view.desks import answers, give, rate, shipped, state_of

STARS = scheme("stars")


def next_of(of: Scheme, state: AssessmentState, sheet: str = "s1", after: QuestionId | None = None) -> str:
    held = state.sheets[sheet]
    return str(next_deciding(of, _sheets(state), state.decisions, held, after))


def _sheets(state: AssessmentState) -> Sequence[Sheet]:
    return [sheet.sheet() for sheet in state.counted]


def asked(of: Scheme, state: AssessmentState, value: str = "1") -> list[str]:
    """Every question in the order in which it is asked, each rated alike."""
    said: list[c.Command] = []
    order = []
    while (question := next_of(of, state)) != "None":
        order.append(question)
        known = QuestionId.parse(question)
        said.append(give(known, Veto(raised=False)) if known.dimension == VETO else rate(known.indicator, value))
        state = state_of(of, said)
    return order


def test_a_veto_row_decides_alone_and_comes_first_then_the_greatest_stake() -> None:
    assert asked(STARS, state_of(STARS)) == ["1.1/veto", "3/total", "2.1/total", "1.2/total", "2.10/total"]


def test_what_decides_nothing_any_more_comes_in_clause_order() -> None:
    # 40 x 0 leaves 60 at most: below silver whatever comes, so 20, 30 and 10 are asked as they stand.
    assert asked(STARS, state_of(STARS), "0") == ["1.1/veto", "3/total", "1.2/total", "2.1/total", "2.10/total"]
    raised = state_of(STARS, [give(QuestionId("1.1", VETO), Veto(raised=True))])
    assert next_of(STARS, raised) == "1.2/total"
    assert open_vetoes(STARS, _sheets(raised)) == ()


def test_a_postponed_question_waits_until_the_rest_is_done() -> None:
    waiting = QuestionId("1.1", VETO), QuestionId("3", "total")
    later: list[c.Command] = [c.Postpone("s1", question, on=True) for question in waiting]
    state = state_of(STARS, later)
    assert next_of(STARS, state) == "2.1/total"
    left = [*later, rate("2.1", "1"), rate("1.2", "1"), rate("2.10", "1")]
    assert next_of(STARS, state_of(STARS, left)) == "1.1/veto"


def test_the_sheet_in_hand_is_asked_alone() -> None:
    sites = scheme("sites")
    state = state_of(sites, [c.OpenSheet("s2", "甲项目", ("service",))])
    assert next_of(sites, state, "s2") == "2.2/service"
    assert next_of(sites, state, "s1").endswith("/management")


def test_a_sheet_that_does_not_count_is_asked_in_clause_order() -> None:
    held = state_of(STARS).sheets["s1"]
    assert next_deciding(STARS, [], Decisions(), held) == QuestionId("1.1", VETO)


@pytest.mark.parametrize("name", [*TEXTS, "jccqb-037", "tbsc-94"])
def test_with_any_answers_it_is_the_greatest_stake_or_clause_order(name: str) -> None:
    of = scheme(name) if name in TEXTS else shipped(name)
    full = answers(of, "0.7")
    for seed in range(8):
        rng = Random(seed)
        kept = [one for one in full if not isinstance(one, c.GiveAnswer) or rng.random() < seed / 8]
        state = state_of(of, kept)
        for sheet in state.counted:
            found = next_deciding(of, _sheets(state), state.decisions, sheet)
            left = open_questions(of, sheet)
            assert (found in left) if left else (found is None)
            stakes = by_stake(of, deciding(of, _sheets(state), state.decisions))
            mine = [one for one in stakes if one.sheet == sheet.id]
            if found is None or found.dimension == VETO:
                continue
            if not mine:
                assert found == next_open(of, sheet)
                continue
            share = {one.question: one.stake / of.maximum(one.question.dimension) for one in mine}
            assert share[found] == max(share.values())
