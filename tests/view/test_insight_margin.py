"""Margin and fragility: how far above and below, what a result hangs on, and no figure on a wrong side."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import Veto
from bot.domain.entries import Closed
from bot.domain.scheme import VETO, QuestionId
from bot.view import places
from bot.view.facts import Desk
from bot.view.insight_margin import margin
from bot.view.result import result
from bot.view.screen import Screen
from bot.words import Words
from bot.words.forms import distance
from tests.made_up import scheme
from tests.view.desks import answers, deduct, desk, give, insight_facts, rate, real, result_facts
from tests.view.insights import two_sheets
from tests.view.markup import payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL = (scheme(name) for name in ("stars", "shop", "panel"))
MET = c.DecideGate("conformity", met=True)
NO_BONUS = c.DecideBonus(Fraction(0), "")
A = "a123456789"


def room(at: Desk, words: Words = ZH, page: int = 0) -> Screen:
    return margin(words, insight_facts(at), places.MarginPlace(A, page))


# the margin


def test_margins_stand_in_the_unit_with_each_line_that_holds_and_lacks() -> None:
    shown = plain(room(desk(PANEL, *answers(PANEL, "0.8"), MET)).text)
    assert "服务 80\nAAA级要 80：高出 0 分\nAAAA级要 90：还差 10 分" in shown
    assert "管理 12\nAAA级要 三级（9 分）：高出 3 分\nAAAA级要 四级（12 分）：高出 0 分" in shown


@pytest.mark.parametrize("value", ["0.896", "0.8961", "1/3", "2/3", "0.89999999"])
def test_a_margin_is_never_rounded_onto_the_wrong_side(value: str) -> None:
    at = desk(real(), *answers(real(), "0.9"), rate("4.4.4", value))
    total = result_facts(at).card.dimensions["total"].total
    assert total is not None
    assert total < 90
    shown = plain(room(at).text)
    said = re.search(r"总分 ≈?([\d.]+)", shown)
    short = re.search(r"四星级要 90：还差 ≈?([\d.]+) 分", shown)
    spare = re.search(r"三星级要 80：高出 ≈?([\d.]+) 分", shown)
    assert short
    assert spare
    assert said
    assert Fraction(said[1]) + Fraction(short[1]) == 90, "the figures add up"
    assert Fraction(said[1]) - Fraction(spare[1]) == 80
    assert Fraction(short[1]) > 0
    assert "总分 90" not in shown.replace("总分 90.", "")


def test_a_distance_is_exact_or_marked_and_on_the_safe_side() -> None:
    for value, line, said in (
        ("89.996", 90, "0.004"),
        ("91.815", 90, "1.815"),
        ("268/3", 90, "≈0.67"),
        ("272/3", 90, "≈0.66"),
        ("90", 90, "0"),
    ):
        assert distance(Fraction(value), Fraction(line)) == said
    tiny = Fraction(90) + Fraction(1, 3 * 10**9)
    assert distance(tiny, Fraction(90)).startswith("≈0.0000000003"), "what is not 0 never reads 0"


def test_deductions_that_are_still_borne_count_their_number_and_their_points() -> None:
    by_number = desk(SHOP, *answers(SHOP, "0.85"), *deduct("甲", "乙"), NO_BONUS)
    assert "特别扣分：再有 2 项还保得住达标级（每项扣 1 分）。" in plain(room(by_number).text)
    by_points = desk(SHOP, *answers(SHOP, "0.71"), c.DecideFindings(()), NO_BONUS)
    assert "特别扣分：再有 1 项还保得住达标级" in plain(room(by_points).text), "71 - 2 is below 70"
    none = desk(SHOP, *answers(SHOP, "0.7"), c.DecideFindings(()), NO_BONUS)
    assert "特别扣分：再有一项（扣 1 分）就会失去达标级。" in plain(room(none).text)


def test_single_answers_that_hold_it_up_lead_to_their_why() -> None:
    at = desk(STARS, *answers(STARS, "0.75"))
    screen = room(at)
    assert "降一档就会失去银级的评分（1 个）\n3 改进：75% → 60%，只剩铜级" in plain(screen.text)
    assert payloads(screen)["3"] == f"1:wy:{A}:q:3/total"
    assert "1.1 是一票否决项：一旦否决，就是不予评级。" in plain(screen.text)
    assert "没有哪一个评分降一档就会失去银级。" in plain(room(desk(STARS, *answers(STARS, "0.85"))).text)
    assert "No single rating, one step lower, would lose Silver." in plain(
        room(desk(STARS, *answers(STARS, "0.85")), EN).text
    )


def test_on_several_sheets_each_says_whose() -> None:
    opened = two_sheets(desk(STARS, *answers(STARS, "0.6"), rate("3", "1")), "0.7")
    closed = replace(opened, state=replace(opened.state, closed=Closed("bronze", {})), names={})
    facts = insight_facts(closed)
    assert facts.margin
    ratings = [one for one in facts.margin.fragile if one.question.dimension != VETO]
    assert [(one.sheet, str(one.question)) for one in ratings] == [("s1", "3/total")]
    assert "3 改进 · 评价员 1：100% → 80%，只剩铜级" in plain(room(closed).text)


def test_before_completion_and_after_a_veto_there_is_no_margin() -> None:
    early = room(desk(STARS, rate("3", "1")))
    assert "全部答完" in plain(early.text)
    assert payloads(early)["还能决定结果的题"] == f"1:wd:{A}"
    vetoed = desk(STARS, *answers(STARS, "1"), give(QuestionId("1.1", VETO), Veto(raised=True)))
    assert "已经一票否决" in plain(room(vetoed).text)
    shown = plain(result(ZH, result_facts(vetoed)).text)
    assert "高出" not in shown
    assert "还缺" not in shown, "a veto is a reason, not a distance"


# the line on the result


def test_the_result_says_its_margin_in_one_line() -> None:
    lines = plain(result(ZH, result_facts(desk(STARS, *answers(STARS, "0.7465"), c.Close()))).text).splitlines()
    assert lines[:2] == ["银级 · 通过", "距金级还差 15.35 分；比银级的线高出 4.65 分"]
    english = plain(result(EN, result_facts(desk(PANEL, *answers(PANEL, "0.8"), MET))).text)
    assert "Service 10 pts short of AAAA; Service 0 pts, Management 3 pts above AAA\n" in english
    refused = desk(PANEL, *answers(PANEL, "0.8"), c.DecideGate("conformity", met=False))
    assert "第一行还缺：符合性（没有通过）" in plain(result(ZH, result_facts(refused)).text)
    assert "高出" not in plain(result(ZH, result_facts(desk(STARS, rate("3", "1")))).text)


def test_the_line_of_the_result_and_its_reasons_say_the_same_figures() -> None:
    at = desk(real(), *answers(real(), "0.9"), rate("4.2.1", "0.9051"), rate("4.5", "1/3"))
    shown = plain(result(ZH, result_facts(at)).text)
    reasons = re.search(r"高出 (\S+)\n", shown.split("• ", 1)[1])
    assert reasons
    assert f"高出 {reasons[1]} 分" in shown
