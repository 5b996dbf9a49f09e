"""Why: from the grade to each answer and back, with the numbers that `gradewalk score` gives."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.entries import Closed
from bot.domain.scheme import VETO, QuestionId
from bot.view import places
from bot.view.facts import Desk
from bot.view.insight_why import why
from bot.view.payload import decode
from bot.view.screen import Screen
from bot.words import Words
from tests.domain.real import NAMES
from tests.made_up import scheme
from tests.sampled import sampled
from tests.view.desks import (
    answers,
    deduct,
    desk,
    desk_of,
    give,
    insight_facts,
    rate,
    rated,
    real,
    shipped,
    state_of,
)
from tests.view.insights import ROOT_WHY, links, shown_at, walked
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL, SITES = (scheme(name) for name in ("stars", "shop", "panel", "sites"))
A, S = "a123456789", "s123456789"
MET = c.DecideGate("conformity", met=True)


def at_place(at: Desk, place: places.Why, words: Words = ZH) -> Screen:
    return shown_at(insight_facts(at), place, words)


def text(at: Desk, part: str = "", name: str = "", words: Words = ZH) -> str:
    return plain(at_place(at, places.Why(A, part, name), words).text)


# the grade


def test_each_grade_has_its_conditions_with_actual_against_needed() -> None:
    at = desk(PANEL, *answers(PANEL, "0.85"), MET, c.Close())
    assert text(at) == (
        "怎么算的\n结论：AAA级 · 通过\n\n"
        "不是AAAA级，因为\n没达到：服务 85，要 90，差 5\n\n"
        "是AAA级，因为\n达到：服务 85，要 80，高出 5\n达到：管理四级（12 分），要三级（9 分）\n达到：符合性已确认\n\n"
        "点分数看它怎么来的，一直看到每一题。"
    )
    assert "Not met: Service 85, needs 90, 5 short" in text(at, words=EN)
    assert "Met: Management at Level 4 (12 pts), needs Level 3 (9 pts)" in text(at, words=EN)


def test_of_every_higher_grade_the_first_missed_condition_stands_there() -> None:
    low = desk(PANEL, *answers(PANEL, "0.5"), c.DecideGate("conformity", met=False))
    shown = text(low)
    assert "不是AAAA级，因为\n没达到：服务 50，要 90，差 40\n另外还有 2 项没达到" in shown
    assert "不是AAA级，因为\n没达到：服务 50，要 80，差 30\n另外还有 2 项没达到" in shown
    assert "是未达到，因为\n以上各级，每一级都有没达到的要求。" in shown
    many = desk(SHOP, *answers(SHOP, "1"), *deduct(*"甲乙丙丁戊"), c.DecideBonus(Fraction(0), ""))
    assert "没达到：扣分 5 项，要少于 5 项" in text(many)


def test_a_grade_without_conditions_and_a_veto_say_so() -> None:
    assert "是一星级，因为\n达到：没有一票否决" in text(desk(real(), *answers(real(), "0.3")))
    vetoed = desk(STARS, *answers(STARS, "1"), give(QuestionId("1.1", VETO), Veto(raised=True)))
    assert "1.1 被一票否决，所以是不予评级，不看分数。" in text(vetoed)
    assert "是金级" not in text(vetoed)


def test_while_open_each_condition_is_certain_open_or_lost() -> None:
    at = desk(PANEL, rate_alpha("S.1.1", "0"), rate_alpha("S.1.2", "1"))
    shown = text(at)
    assert "AAAA级：已经达不到\n服务 ≥ 90（能到 30 至 40）" in shown
    assert "第一行：已经达不到\n服务 ≥ 60（能到 30 至 40）" in shown
    mixed = desk(PANEL, *rated(PANEL, "s1", ["service"], "0.85"), MET)
    assert "AAAA级：已经达不到\n服务 ≥ 90（已是 85）" in text(mixed)
    assert "AAA级：还有可能\n已满足：服务 ≥ 80（已是 85）\n未定：管理达到三级（要 9 分，能到 3 至 15）" in text(mixed)
    assert "已满足：符合性已确认" in text(mixed)
    assert "结论" not in text(mixed)
    sure = desk(PANEL, *answers(PANEL, "1", skip=["M.3"]), MET)
    assert "AAA级：已经保住" in text(sure)
    assert "第一行" not in text(sure), "below what is certain nothing matters"


def test_too_small_a_sample_gives_no_grade_here() -> None:
    at = desk(SITES, *answers(SITES, "1"), MET, c.SetPopulation(9))
    assert "是五星" not in text(at)
    assert "至少要评 6 个项目，现有 1 个" in text(at)


# down and up


@pytest.mark.parametrize("name", sampled([*NAMES, "stars", "shop", "panel", "sites"], every=4))
def test_every_question_is_reached_from_the_grade_and_every_screen_leads_back_up(name: str) -> None:
    of = shipped(name) if name in NAMES else scheme(name)
    facts = insight_facts(desk(of, *answers(of, "0.85")))
    reached = {ROOT_WHY}
    for above, below in walked(facts):
        reached.add(below)
        assert above in links(facts, below), (above, below)
    asked = {one.name for one in reached if one.part == "q"}
    assert asked == {str(question) for question in of.questions}
    sections = {one.name for one in reached if one.part == "s"}
    assert sections <= {f"{section}/{name}" for section, parts in of.parts.items() for name in parts}
    assert {one.name for one in reached if one.part == "d"} == set(of.dimensions)


def test_from_a_question_one_tap_leads_to_its_card_while_it_is_open_and_ones_own() -> None:
    at = desk(STARS, *answers(STARS, "0.8"))
    place = places.Why(A, "q", "2.1/total")
    assert payloads(at_place(at, place))["打开这一题"] == f"1:q:{S}:2.1/total"
    assert payloads(at_place(at, place, EN))["Open this question"] == f"1:q:{S}:2.1/total"
    closed = desk(STARS, *answers(STARS, "0.8"), c.Close())
    assert labels(at_place(closed, place)) == ["‹ 2"]
    asked = replace(closed.sheets[0][1], asked={QuestionId("2.1", "total"): "请再看"})
    left = replace(closed, sheets=((S, asked),))
    assert labels(at_place(left, place)) == ["‹ 2"], "nobody answers what was asked before it was closed"
    again = replace(at, sheets=((S, replace(asked, status="submitted")),))
    assert "打开这一题" in labels(at_place(again, place)), "what is to be looked at again can be"
    none = replace(at, own=None, sheet_ref="", sheets=())
    assert labels(at_place(none, place)) == ["‹ 2"]


def test_the_grade_leads_to_totals_vetoes_decisions_and_the_whole_arithmetic() -> None:
    at = desk(SHOP, *answers(SHOP, "0.9"), *deduct("虚假宣传"), c.DecideBonus(Fraction(1), "获奖"))
    sent = payloads(at_place(at, ROOT_WHY))
    assert sent["总分 90"] == f"1:wy:{A}:d:total"
    assert sent["特别扣分：1 项"] == f"1:H:{A}"
    assert sent["全部算式"] == f"1:r:{A}:why"
    assert sent["‹ 分析"] == f"1:wi:{A}"
    closed = desk(SHOP, *answers(SHOP, "0.9"), *deduct("虚假宣传"), c.DecideBonus(Fraction(1), "获奖"), c.Close())
    assert decode(payloads(at_place(closed, ROOT_WHY))["特别扣分：1 项"]) == places.Findings(A)
    assert payloads(at_place(desk(STARS), ROOT_WHY))["1.1"] == f"1:wy:{A}:q:1.1/veto"


# the arithmetic


def test_a_total_shows_how_it_came_about_and_adds_up() -> None:
    at = desk(
        SHOP,
        *answers(SHOP, "1"),
        give(QuestionId("5.2.1", "total"), NotApplicable("不送货")),
        rate("5.2.2", "1/3"),
        *deduct("虚假宣传", "拖延"),
        c.DecideBonus(Fraction(1), "获奖"),
    )
    shown = text(at, "d", "total")
    assert shown.startswith("总分 74/100\n\n怎么来的\n60 ÷ 80 × 100 = 75\n75 − 扣 2 + 加 1\n总分：74\n")
    assert "商品服务：20/40\n5 管理：40/40\n20 + 40 = 60，共 80 分" in shown
    inner = text(at, "s", "goods/total")
    assert "5.2.1 (B1) 【送货】：不适用，不计\n5.2.2 (B2) 【维修】：30 × ≈33.33% = 10" in inner
    assert "0 + 10 + 10 = 20，共 40 分" in inner


def test_while_open_a_section_says_what_is_unanswered() -> None:
    at = desk(STARS, rate("2.1", "1/2"))
    assert "2 服务：15/40，1 题未答" in text(at, "d", "total")
    assert "2.10 【上门】：未答（10 分）" in text(at, "s", "2/total")
    assert "2 Service: 15/40, 1 open" in text(at, "d", "total", EN)


def test_a_question_shows_rating_scale_notes_and_evidence() -> None:
    question = QuestionId("2.1", "total")
    noted = [c.WriteNote("s1", question, "等了三分钟"), c.WriteNote("s1", question, "第二次接通")]
    shown = text(desk(STARS, rate("2.1", "7/10"), *noted), "q", "2.1/total")
    assert shown.startswith("2.1 【热线】\n编造星级 › 2 服务\n分值 30\n\n评分\n30 × 70% = 21 分\n70% 属于 ")
    assert shown.endswith("备注 1：等了三分钟\n备注 2：第二次接通")
    assert "不否决" in text(desk(real(), give(QuestionId("4.1.1", VETO), Veto(raised=False))), "q", "4.1.1/veto")
    assert "未答" in text(desk(STARS), "q", "2.1/total")
    assert "银级" in text(desk(STARS, *answers(STARS, "0.75")), "q", "3/total").split("这一题降一档")[1]


def test_what_an_answer_adds_is_shown_where_the_points_are_not_the_share() -> None:
    at = desk(SITES, *answers(SITES, "0.8"), MET)
    assert "算进总分\n8 ÷ 20 × 100 = 40" in text(at, "q", "2.2/service")
    assert "算进总分" not in text(desk(STARS, *answers(STARS, "0.8")), "q", "2.1/total")


def test_several_sheets_are_a_mean_of_those_that_count() -> None:
    at = closed_two()
    question = text(at, "q", "2.1/total")
    assert "(24 + 27) ÷ 2 = 25.5，共 30 分" in question
    assert "评价员 1\n30 × 80% = 24 分" in question
    assert "评价员 2\n30 × 90% = 27 分" in question
    total = text(at, "d", "total")
    assert "评价员 1：80 ÷ 100 × 100 = 80\n评价员 2：90 ÷ 100 × 100 = 90\n各人平均：(80 + 90) ÷ 2 = 85" in total
    assert "Mean of all: (80 + 90) ÷ 2 = 85" in text(at, "d", "total", EN)
    aside = replace(
        at,
        state=replace(at.state, sheets={**at.state.sheets, "s2": replace(at.state.sheets["s2"], status="set-aside")}),
    )
    assert "÷ 2" not in text(aside, "q", "2.1/total")


def test_rows_left_out_by_one_are_shown_as_such_in_the_mean() -> None:
    said = answers(SHOP, "0.8")
    more = [c.OpenSheet("s2", "二次", ("total",)), *rated(SHOP, "s2", ["total"], "0.5", skip=["5.2.1"])]
    na = give(QuestionId("5.2.1", "total"), NotApplicable("不送货"), "s2")
    at = desk(SHOP, *said, *more, na)
    assert "(16 + 不计) ÷ 2 = 8，共 10 分" in text(at, "q", "5.2.1/total")


def rate_alpha(clause: str, value: str) -> c.GiveAnswer:
    return give(QuestionId(clause, "service"), Rated(Fraction(value), "alpha"))


def closed_two() -> Desk:
    """Two whole sheets, at 80% and 90%, of a closed assessment."""
    one, two = (state_of(STARS, answers(STARS, value)) for value in ("0.8", "0.9"))
    other = replace(two.sheets["s1"], id="s2", person="p2", status="submitted")
    return desk_of(STARS, replace(one, sheets={**one.sheets, "s2": other}, closed=Closed("silver", {})))


def test_a_long_name_does_not_push_the_total_off_its_button() -> None:
    standard = shipped("jccqb-037")
    shown = why(EN, insight_facts(desk(standard, *answers(standard, "0.8"))))
    totals = [label for label in labels(shown) if label.endswith(" 80")]
    assert len(totals) == len(standard.dimensions)
    assert all(len(row) == 1 for row in shown.rows[: len(totals)])
