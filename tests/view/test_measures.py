from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain.entries import MeasureSet
from bot.domain.scheme import QuestionId, Scheme
from bot.view.card import card
from bot.view.measures import ask_measure, measure_line
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import desk, question_facts
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
SITES = scheme("sites")
A, S = "a123456789", "s123456789"
Q = QuestionId("2.1", "management")
RULE = SITES.measures[0]


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (48, 50, "接通率 2026-10：48/50 = 96%，达到目标 85%"),
        (85, 100, "接通率 2026-10：85/100 = 85%，达到目标 85%"),
        (84_999_999, 100_000_000, "接通率 2026-10：84999999/100000000 = 84.999999%，没到目标 85%"),
        (0, 0, "接通率 2026-10：0/0，分母是 0，算不出"),
    ],
)
def test_a_rate_stands_on_its_side_of_the_target(numerator: int, denominator: int, said: str) -> None:
    assert measure_line(ZH, RULE, MeasureSet("A", "2026-10", numerator, denominator)) == said


def test_the_card_shows_the_rate_beside_its_question_and_that_it_does_not_score() -> None:
    empty = card(ZH, question_facts(desk(SITES), "2.1", dimension="management"))
    assert "接通率：没有填，目标 85%\n只供参考，不直接计分。" in plain(empty.text)
    assert payloads(empty)["填数据"] == f"1:M:{S}:2.1/management:A"
    missed = card(EN, question_facts(desk(SITES, c.SetMeasure("A", "2026-10", 1, 2)), "2.1", dimension="management"))
    assert "Pick-up rate 2026-10: 1/2 = 50%, misses the target of 85%" in plain(missed.text)
    assert "Full marks below target need a note" in plain(missed.text)
    assert "Edit figures" in labels(missed)
    other = card(ZH, question_facts(desk(SITES), "1.1", dimension="management"))
    assert "接通率" not in plain(other.text)
    assert "填数据" not in labels(other)


def test_only_the_lead_enters_figures() -> None:
    at = replace(desk(SITES), lead=False)
    assert "填数据" not in labels(card(ZH, question_facts(at, "2.1", dimension="management")))


def test_it_says_what_the_two_counts_are_and_how_to_type_them() -> None:
    at = desk(SITES, c.SetMeasure("A", "2026-09", 9, 10))
    screen = ask_measure(ZH, at, Q, "A")
    shown = plain(screen.text)
    assert "分子：接通数\n分母：来电数\n目标：85%" in shown
    assert "2026-10 48/50" in shown
    assert "接通率 2026-09：9/10 = 90%，达到目标 85%" in shown
    assert payloads(screen) == {"‹ 返回": f"1:q:{S}:2.1/management"}


@pytest.mark.parametrize(
    ("number", "buttons"), [(3, ["接通率", "接通率", "接通率"]), (4, ["填数据"]), (12, ["填数据"])]
)
def test_many_rates_beside_one_question_share_a_button_and_lead_to_each_other(number: int, buttons: list[str]) -> None:
    at = desk(_many(number))
    found = labels(card(ZH, question_facts(at, "2.1", dimension="management")))
    assert [text for text in found if text in {"接通率", "填数据"}] == buttons
    asked = ask_measure(ZH, at, Q, "M0")
    assert len([text for text in labels(asked) if text == "接通率"]) == min(number - 1, 9)
    assert len(asked.rows) <= 5


def _many(number: int) -> Scheme:
    return replace(SITES, measures=tuple(replace(RULE, id=f"M{n}") for n in range(number)))
