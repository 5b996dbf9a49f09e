"""The hub, what can still decide, margin: what they say, where they lead, and no figure on a wrong side."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import Rated, Veto
from bot.domain.blind import visible
from bot.domain.commands import Actor
from bot.domain.deciding_questions import by_stake, deciding
from bot.domain.scheme import VETO, QuestionId
from bot.view import places
from bot.view.asking_order import order_button, order_line, order_mark
from bot.view.card import card
from bot.view.facts import Desk
from bot.view.insight import insight, ways_beyond
from bot.view.insight_deciding import deciding as decisive
from bot.view.insight_lines import margin_line
from bot.view.insight_margin import margin
from bot.view.insight_places import OrderTap
from bot.view.insight_why import why
from bot.view.payload import decode
from bot.view.screen import Screen
from bot.view.sections import sections
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import (
    answers,
    deduct,
    desk,
    give,
    insight_facts,
    question_facts,
    rate,
    rated,
    shipped,
)
from tests.view.insights import two_sheets
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL, SITES = (scheme(name) for name in ("stars", "shop", "panel", "sites"))
NO_BONUS = c.DecideBonus(Fraction(0), "")
A, S = "a123456789", "s123456789"
MET = c.DecideGate("conformity", met=True)


def hub(at: Desk, words: Words = ZH) -> str:
    return plain(insight(words, insight_facts(at)).text)


def ways(at: Desk) -> list[str]:
    """The buttons of the hub without those to the path, to trying answers and to comparing."""
    beyond = {button.text for button in ways_beyond(ZH, insight_facts(at))}
    return [label for label in labels(insight(ZH, insight_facts(at))) if label not in beyond]


def left(at: Desk, words: Words = ZH, page: int = 0) -> Screen:
    return decisive(words, insight_facts(at), places.Decisive(A, page))


def room(at: Desk, words: Words = ZH, page: int = 0) -> Screen:
    return margin(words, insight_facts(at), places.MarginPlace(A, page))


# the hub


def test_while_open_the_hub_says_the_bounds_and_how_many_questions_can_still_decide() -> None:
    at = desk(STARS, rate("3", "1"), rate("2.1", "1/2"))
    assert hub(at).splitlines()[4:] == [
        "可能的结果：铜级 至 银级（假定没有一票否决）",
        "还有 3 题没答，都还能改变结果。",
    ]
    assert "Still possible: Bronze to Silver (assuming no veto)" in hub(at, EN)
    assert "3 questions are open, and each can still change the result." in hub(at, EN)
    assert ways(at) == ["怎么算的", "还能决定结果的题", "改为按影响提问", "‹ 目前得分", "概况"]


def test_once_complete_it_says_the_outcome_its_margin_and_what_it_hangs_on() -> None:
    at = desk(STARS, *answers(STARS, "0.75"), c.Close())
    assert hub(at).splitlines()[4:] == [
        "结论：银级 · 通过",
        "距金级还差 15 分；比银级的线高出 5 分",
        "有 1 个评分，任何一个降一档就会失去银级。",
    ]
    assert "15 pts short of Gold; 5 pts above Silver" in hub(at, EN)
    assert "1 rating would by itself, one step lower, lose Silver." in hub(at, EN)
    assert ways(at) == ["怎么算的", "余量与风险", "‹ 结果", "概况"]
    sure = desk(STARS, *answers(STARS, "0.85"))
    assert "没有哪一个评分降一档就会失去银级。" in hub(sure)
    assert "尚未关闭，还可以改" in hub(sure)


def test_before_the_first_answer_nothing_is_claimed() -> None:
    assert "还没有评分，什么结果都有可能" in hub(desk(STARS))
    assert "可能的结果" not in hub(desk(STARS))


def test_what_is_decided_early_is_said_though_questions_are_open() -> None:
    at = desk(STARS, rate("3", "0"), give(QuestionId("1.1", VETO), Veto(raised=False)))
    assert "还有 3 题没答，但怎么答都不会改变结果。" in hub(at)
    vetoed = desk(STARS, give(QuestionId("1.1", VETO), Veto(raised=True)))
    assert "1.1 已一票否决：不予评级" in hub(vetoed)
    assert "题没答" not in hub(vetoed)


def test_too_small_a_sample_is_no_outcome_here_either() -> None:
    at = desk(SITES, *answers(SITES, "1"), MET, c.SetPopulation(9))
    assert "至少要评 6 个项目，现有 1 个" in hub(at)
    assert "五星" not in hub(at)
    assert "高出" not in hub(at)
    assert margin_line(ZH, insight_facts(at)) == ""
    assert "余量与风险" not in labels(insight(ZH, insight_facts(at)))
    assert "还能决定结果的题" in labels(room(at)), "the margin comes with completion"


def test_decisions_that_are_left_are_named_where_all_questions_are_answered() -> None:
    assert "符合性" in hub(desk(PANEL, *answers(PANEL, "0.9")))
    shown = plain(left(desk(PANEL, *answers(PANEL, "0.9"))).text)
    assert "题都答完了。" in shown
    assert "符合性" in shown.split("题都答完了。")[1]


def test_a_question_that_no_sheet_covers_counts_as_open_and_leads_to_the_sheets() -> None:
    at = desk(SITES, *rated(SITES, "s1", ["management"], "0.8"))
    assert "还有 3 题没答，都还能改变结果。" in hub(at)
    assert payloads(left(at))["评价表"] == f"1:S:{A}"


# the bounds


def test_what_can_still_decide_comes_with_ranges_lines_and_stakes() -> None:
    shown = plain(left(desk(STARS, rate("2.1", "1/2"))).text)
    assert "总分：15 至 85\n分数线：金级 90、银级 70" in shown
    assert shown.split("（4 题）\n")[1].splitlines() == [
        "1.1 【守法】：一旦否决就是不予评级",
        "3 改进：总分最多差 40 分",
        "1.2 公开承诺：总分最多差 20 分",
        "2.10 【上门】：总分最多差 10 分",
    ]
    english = plain(left(desk(STARS, rate("2.1", "1/2")), EN).text)
    assert "Total: 15 to 85\nLines: Gold 90, Silver 70" in english
    assert "3 Improvement: Total moves by up to 40" in english


def test_each_leads_to_its_card() -> None:
    sent = payloads(left(desk(STARS, rate("2.1", "1/2"))))
    assert sent["3"] == f"1:q:{S}:3/total"
    assert sent["1.1"] == f"1:q:{S}:1.1/veto"
    two = desk(SITES, c.OpenSheet("s2", "甲项目", ("service",)))
    assert payloads(left(two))["2.2 · 甲项目"] == "1:q:s223456789:2.2/service"


@pytest.mark.parametrize("name", ["bjkb-006", "dnisc-1105", "jccqb-037", "tbsc-94"])
def test_the_pages_together_are_what_the_domain_says(name: str) -> None:
    of = shipped(name)
    skip = [row.id for row in of.indicators[::3]]
    at = desk(of, *answers(of, "0.8", skip=skip))
    sheets = [sheet.sheet() for sheet in at.state.counted]
    expected = [str(one.question) for one in by_stake(of, deciding(of, sheets, at.state.decisions))]
    vetoes = [str(row) for row in of.vetoes if not any(row in sheet.answers for sheet in sheets)]
    facts, found = insight_facts(at), list[str]()
    for page in range(40):
        screen = decisive(ZH, facts, places.Decisive(A, page))
        places_ = [decode(button.payload) for row in screen.rows for button in row]
        cards = [place.question for place in places_ if isinstance(place, places.Card)]
        if page and cards == found[-len(cards) :]:
            break
        found += cards
    assert len(expected) > 3
    assert found == [*vetoes, *expected]


def test_when_nothing_can_change_it_the_reason_is_given() -> None:
    met = give(QuestionId("1.1", VETO), Veto(raised=False))
    cases: Mapping[str, Desk] = {
        "在上面的范围里，没有哪条线还能改变结果。": desk(STARS, rate("3", "0"), met),
        "1.1 已一票否决，其余的题都不再影响结果。": desk(STARS, give(QuestionId("1.1", VETO), Veto(raised=True))),
        "符合性没有确认，题怎么答都一样。": desk(PANEL, c.DecideGate("conformity", met=False)),
        "扣分已有 5 项，题怎么答都一样。": desk(SHOP, *deduct(*"甲乙丙丁戊"), rate("5.1", "1")),
        "题都答完了。": desk(STARS, *answers(STARS, "1")),
    }
    for reason, at in cases.items():
        shown = plain(left(at).text)
        assert "没有题还能改变结果" in shown, reason
        assert reason in shown


def test_a_blind_one_is_told_whose_answers_these_are() -> None:
    opened = two_sheets(desk(STARS, *answers(STARS, "0.8", skip=["3"])))
    wall = replace(opened, state=visible(opened.state, Actor("p1", "assessor")), blind=True, panel=True)
    for words, said in ((ZH, "只按您自己的评"), (EN, "your own")):
        for shown in (hub(wall, words), plain(left(wall, words).text)):
            assert said in shown
    assert "第二人" not in plain(left(replace(wall, names={"p2": "第二人"})).text)


# the order


def test_the_order_is_offered_where_something_is_left_to_ask_and_marked_on_the_card() -> None:
    at = desk(STARS, rate("3", "1"))
    other = replace(at, order="deciding")
    assert decode(order_button(ZH, at)[0].payload) == OrderTap(A, 1)
    assert decode(order_button(ZH, other)[0].payload) == OrderTap(A, 0)
    assert order_button(ZH, desk(STARS, *answers(STARS, "1"))) == ()
    assert order_mark(ZH, at) == ""
    assert "未答 4 题 · 按影响排序" in plain(card(ZH, question_facts(other, "2.1")).text)
    assert "4 unanswered · by effect" in plain(card(EN, question_facts(other, "2.1")).text)
    assert "改为按条文顺序" in labels(sections(ZH, other, places.Sections(S)))
    assert order_line(ZH, "clause") != order_line(ZH, "deciding")


def test_where_only_some_can_still_decide_both_numbers_are_said() -> None:
    """Management is sure of what AAA asks for, and AAAA is out of reach by the service: M.3 decides nothing."""
    management = [give(QuestionId(row, "management"), Rated(Fraction(1), "level")) for row in ("M.1", "M.2")]
    service = [rate(row, "0.8", dimension="service") for row in ("S.1.1", "S.1.2")]
    at = desk(PANEL, *service, *management)
    assert "还有 2 题没答，其中 1 题还能改变结果。" in hub(at)
    assert "2 questions are open; 1 of them can still change the result." in hub(at, EN)


def test_who_sees_nothing_of_others_is_not_told_that_nobody_rated() -> None:
    at = replace(desk(STARS), blind=True, panel=True)
    assert "您还没有评分" in hub(at)
    assert ZH.say("result.own-only") in hub(at)


def test_an_outcome_that_is_called_not_passed_is_not_said_twice() -> None:
    standard = shipped("tbsc-94")
    refused = desk(standard, *answers(standard, "0.8"), *(c.DecideGate(gate, met=False) for gate in standard.gates))
    assert "结论：未通过\n" in hub(refused) + "\n"
    assert "未通过 · 未通过" not in hub(refused)


def test_a_refused_gate_is_not_called_confirmed() -> None:
    refused = insight_facts(desk(PANEL, *answers(PANEL, "0.8"), c.DecideGate("conformity", met=False)))
    said = plain(why(ZH, refused).text)
    assert "没达到：符合性（没有通过）" in said
    assert "符合性已确认" not in said
    assert "未定：符合性（还没有确认）" in plain(why(ZH, insight_facts(desk(PANEL, *answers(PANEL, "0.8")))).text)
