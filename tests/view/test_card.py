from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.focus import Pending
from bot.domain.scheme import QuestionId
from bot.view.card import card
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, desk, give, in_hand, question_facts, rate, real, result_facts, shipped
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS = scheme("stars")
Q = QuestionId("2.1", "total")


def test_a_new_card_shows_where_one_is_what_is_asked_and_what_it_is_worth() -> None:
    shown = plain(card(ZH, question_facts(desk(STARS), "2.1")).text).splitlines()
    assert shown[0] == "编造星级 › 2 服务"
    assert shown[1] == "第 3/5 题 · 未答 5 题"
    assert shown[3] == "2.1 【热线】（30 分）"
    assert shown[4] == "如何做热线？"
    assert shown[5:] == [
        "看什么",
        *(f"• 看热线之{n}" for n in (1, 2, 3)),
        "提示：可以拨打",
        "",
        "也可输入：85（百分数）或 25.5/30（得分）",
    ]


def test_a_section_that_is_the_row_itself_is_not_named_twice() -> None:
    shown = plain(card(EN, question_facts(desk(STARS), "3")).text)
    assert shown.splitlines()[0] == "Made-up stars"
    assert "3 Improvement (40 pts)" in shown


def test_the_current_answer_shows_its_points_and_how_it_was_typed() -> None:
    at = desk(STARS, rate("2.1", "7/10", "21/30"))
    shown = plain(card(ZH, question_facts(at, "2.1")).text)
    assert "当前：70% → 21/30 分（您输入的是“21/30”）" in shown
    assert "第 3/5 题 · 未答 4 题" in shown


def test_a_band_opens_its_values_and_rates_nothing_by_itself() -> None:
    at = desk(STARS, rate("2.1", "7/10"))
    buttons = payloads(card(ZH, question_facts(at, "2.1")))
    assert buttons["至0.6 第3档"] == "1:q:s123456789:2.1/total:b2"
    assert buttons["✓ 至0.8 第4档"] == "1:q:s123456789:2.1/total:b3"
    assert not any(payload.startswith("1:a") for payload in buttons.values())


def test_a_bands_values_have_both_ends_and_carry_the_revision_that_was_seen() -> None:
    at = desk(STARS, rate("2.1", "1/10"), rate("2.1", "7/10"))
    screen = card(ZH, question_facts(at, "2.1", "b3"))
    assert labels(screen)[:5] == ["60%", "65%", "✓ 70%", "75%", "80%"]
    assert payloads(screen)["65%"] == "1:a:s123456789:2.1/total:13/20:2"
    assert payloads(card(ZH, question_facts(desk(STARS), "2.1", "b0")))["0%"] == "1:a:s123456789:2.1/total:0:0"
    assert "做到第4档" in plain(screen.text)
    assert "再好一些" in plain(screen.text)


@pytest.mark.parametrize(
    ("step", "values"), [("1/20", 5), ("1/100", 5), ("1/5", 2), ("3/10", 3), ("7/100", 5), ("1/1000", 5), ("1/37", 6)]
)
def test_a_fine_step_is_coarsened_until_a_row_holds_it(step: str, values: int) -> None:
    dimension = STARS.dimensions["total"]
    scale = replace(dimension.scale, step=Fraction(step))
    fine = replace(STARS, dimensions={"total": replace(dimension, scale=scale)})
    row = card(ZH, question_facts(desk(fine), "2.1", "b1")).rows[0]
    assert len(row) == values
    assert (row[0].text, row[-1].text) == ("20%", "40%")


def test_levels_are_five_buttons_that_rate() -> None:
    at = desk(scheme("panel"), give(QuestionId("M.1", "management"), Rated(Fraction(4, 5), "level")))
    screen = card(EN, question_facts(at, "M.1", dimension="management"))
    assert labels(screen)[:5] == ["Level 1", "Level 2", "Level 3", "✓ Level 4", "Level 5"]
    assert payloads(screen)["Level 5"] == "1:a:s123456789:M.1/management:l5:1"
    assert "Now: Level 4 → 4/5 pts" in plain(screen.text)


def test_an_alpha_is_shown_as_one() -> None:
    at = desk(scheme("panel"), give(QuestionId("S.1.1", "service"), Rated(Fraction(7, 10), "alpha")))
    assert "当前：α 0.70 → 42/60 分" in plain(card(ZH, question_facts(at, "S.1.1", dimension="service")).text)
    band = card(ZH, question_facts(at, "S.1.1", "b3", "service"))
    assert labels(band)[:3] == ["α 0.60", "✓ α 0.70", "α 0.80"]


def test_a_row_of_two_dimensions_says_which_one_is_asked() -> None:
    at = desk(replace(scheme("sites"), sampling=None))
    screens = [card(EN, question_facts(at, "1.2", dimension=name)) for name in ("management", "service")]
    shown = [screen.text for screen in screens]
    order = "Same clause: first Management, then Service"
    assert f"<b>1.2 [People]</b> (5 pts)\n<b>Management</b> · <i>{order} (1 of 2)</i>\n" in shown[0]
    assert f"<b>1.2 [People]</b> (5 pts)\n<b>Service</b> · <i>{order} (2 of 2)</i>\n" in shown[1]
    assert "1.2 Service ›" in labels(screens[0])
    one = card(EN, question_facts(at, "1.1", dimension="management"))
    assert "<b>Management</b>\n" in one.text


def test_on_a_sheet_of_one_dimension_a_row_of_two_says_where_the_other_is_rated() -> None:
    at = desk(scheme("sites"))
    screen = card(ZH, question_facts(at, "1.2", dimension="management"))
    assert "管理 · 服务在另一张表里评\n" in plain(screen.text)
    assert [text for text in labels(screen) if "›" in text or "‹" in text] == ["‹ 1.1", "2.1 ›"]


def test_the_sheet_in_hand_is_named_where_there_are_several() -> None:
    at = desk(scheme("sites"), c.OpenSheet("s2", "东城项目", ("service",)))
    assert plain(card(ZH, question_facts(at, "1.1", dimension="management")).text).startswith(
        "编造项目 › 1 组织 · 主评价表\n"
    )
    other = question_facts(in_hand(at, "s2"), "2.2", dimension="service")
    assert " · 东城项目\n" in plain(card(ZH, other).text)
    assert "主评价表" not in plain(card(ZH, question_facts(desk(scheme("sites")), "1.1", dimension="management")).text)


def test_a_veto_row_has_its_two_statements_and_no_scale() -> None:
    screen = card(ZH, question_facts(desk(STARS), "1.1", dimension="veto"))
    assert payloads(screen)["没有违法"] == "1:a:s123456789:1.1/veto:v0:0"
    assert payloads(screen)["有违法"] == "1:a:s123456789:1.1/veto:v1:0"
    assert "各档含义" not in labels(screen)
    assert "没有违法" in plain(screen.text)


def test_not_applicable_is_offered_only_where_the_standard_allows_it() -> None:
    shop = scheme("shop")
    assert "不适用" in labels(card(ZH, question_facts(desk(shop), "5.2.1")))
    assert "不适用" not in labels(card(ZH, question_facts(desk(shop), "5.2.3")))
    at = desk(shop, give(QuestionId("5.2.1", "total"), NotApplicable("不送货")))
    assert "✓ 不适用" in labels(card(ZH, question_facts(at, "5.2.1")))


def test_the_tools_show_their_state() -> None:
    screen = card(EN, question_facts(desk(STARS), "2.1"))
    assert {"Add note", "Later", "Flag"} <= set(labels(screen))
    at = desk(STARS, c.WriteNote("s1", Q, "seen"), c.Postpone("s1", Q, on=True), c.Flag("s1", Q, on=True))
    screen = card(EN, question_facts(at, "2.1"))
    assert {"1 note", "Undo later", "Unflag"} <= set(labels(screen))
    assert payloads(screen)["Unflag"] == "1:f:s123456789:2.1/total:0"
    assert payloads(card(EN, question_facts(desk(STARS), "2.1")))["Later"] == "1:p:s123456789:2.1/total:1"
    shown = plain(screen.text)
    assert "1 note: seen" in shown
    assert "Flagged" in shown
    assert "Put off" in shown


def test_a_long_note_is_cut_and_its_whole_is_one_tap_away() -> None:
    at = desk(STARS, c.WriteNote("s1", Q, "长" * 300))
    screen = card(ZH, question_facts(at, "2.1"))
    assert "长" * 199 + "…" in plain(screen.text)
    assert "长" * 200 not in plain(screen.text)
    assert payloads(screen)["备注 1"].startswith("1:v:")


def test_at_both_ends_there_is_no_neighbour() -> None:
    first, last = (card(ZH, question_facts(desk(STARS), *at)) for at in (("1.1", "", "veto"), ("3", "")))
    assert [text for text in labels(first) if "›" in text or "‹" in text] == ["1.2 ›"]
    assert [text for text in labels(last) if "›" in text or "‹" in text] == ["‹ 2.10"]


def test_bounds_stand_with_their_assumption_once_something_is_answered() -> None:
    assert "可能的结果" not in plain(card(ZH, question_facts(desk(STARS), "2.1")).text)
    shown = plain(card(ZH, question_facts(desk(STARS, rate("3", "0")), "2.1")).text)
    assert "铜级 至 铜级" not in shown
    assert "其余的题怎么答，结果都是：铜级（假定没有一票否决）" in shown
    shown = plain(card(EN, question_facts(desk(scheme("shop"), rate("5.1", "1")), "5.1")).text)
    assert "Still possible: Failed to High (assuming no further deductions or bonus)" in shown
    at = desk(scheme("panel"), give(QuestionId("M.1", "management"), Rated(Fraction(1), "level")))
    assert "（假定前提条件都确认）" in plain(card(ZH, question_facts(at, "M.1", dimension="management")).text)


def test_a_raised_veto_is_said_instead_of_bounds() -> None:
    at = desk(STARS, give(QuestionId("1.1", "veto"), Veto(raised=True)))
    assert "1.1 已一票否决：不予评级" in plain(card(ZH, question_facts(at, "2.1")).text)
    assert result_facts(at).verdict.passed is False


def test_the_meanings_are_all_there_on_one_screen() -> None:
    shown = plain(card(EN, question_facts(desk(real()), "4.1.2", "m")).text)
    bands = real().dimensions["total"].scale.bands
    assert all(band.text.en in shown and band.label.en in shown for band in bands)
    at = desk(scheme("panel"))
    shown = plain(card(ZH, question_facts(at, "M.1", "m", "management")).text)
    assert all(f"做到{number}级" in shown for number in range(1, 6))


def test_an_ambiguous_text_asks_which_it_is_and_rates_by_the_button() -> None:
    meant = (Rated(Fraction(1), "ratio", "1"), Rated(Fraction(1, 100), "ratio", "1"))
    screen = card(ZH, replace(question_facts(desk(STARS), "2.1"), choices=meant))
    assert labels(screen) == ["100% → 30/30 分", "1% → 0.3/30 分", "‹ 返回"]
    assert payloads(screen)["1% → 0.3/30 分"] == "1:a:s123456789:2.1/total:1/100:0"
    assert "“1”是哪个意思？" in plain(screen.text)


def test_a_waiting_text_is_shown_with_the_clause_it_was_typed_at() -> None:
    waiting = tuple(Pending(f"第{n}段", "s1", "1.2/total", str(n)) for n in range(5))
    screen = card(ZH, replace(question_facts(desk(STARS), "2.1"), pending=waiting))
    assert payloads(screen)["存为备注"] == "1:b:1"
    assert payloads(screen)["不保存"] == "1:b:0"
    shown = plain(screen.text)
    assert "1.2：第4段" in shown
    assert "第1段" not in shown
    assert "另有 2 段文字也在等待。" in shown


def test_a_text_that_waits_at_another_clause_hides_nothing_of_this_one() -> None:
    facts = question_facts(desk(STARS), "2.1")
    here, there = (replace(facts, pending=(Pending("嗯", "s1", at, "1"),)) for at in ("2.1/total", "1.2/total"))
    asked, other = (plain(card(ZH, one).text) for one in (here, there))
    assert "这不是评分" in asked
    assert "看热线之1" not in asked
    assert "前面的文字还没有保存" in other
    assert "看热线之1" in other
    for one in (here, there):
        assert {"首页", "检查", "各档含义"} <= set(labels(card(ZH, one))), "the ways out stay"
        assert "85（百分数）" in plain(card(ZH, one).text)


def test_a_text_at_a_veto_row_is_told_how_the_row_is_answered() -> None:
    facts = question_facts(desk(STARS), "1.1", dimension="veto")
    assert "两句话" not in plain(card(ZH, facts).text)
    assert "两句话" in plain(card(ZH, replace(facts, pending=(Pending("是", "s1", "1.1/veto", "1"),))).text)


def test_an_ambiguous_rating_is_asked_about_before_any_text_that_waits() -> None:
    meant = (Rated(Fraction(1), "ratio", "1"), Rated(Fraction(1, 100), "ratio", "1"))
    facts = replace(question_facts(desk(STARS), "2.1"), choices=meant, pending=(Pending("嗯", "s1", "1.2/total", "1"),))
    screen = card(ZH, facts)
    assert labels(screen) == ["100% → 30/30 分", "1% → 0.3/30 分", "‹ 返回"]
    assert "“1”是哪个意思？" in plain(screen.text)


def test_with_everything_answered_the_card_says_the_result_as_it_stands() -> None:
    shown = plain(card(ZH, question_facts(desk(STARS, *answers(STARS, "0.9")), "2.1")).text)
    assert "现在的结果：金级" in shown
    assert "怎么答" not in shown


def test_the_names_of_bands_stand_in_one_row_by_their_shorter_form() -> None:
    zh, en = (card(words, question_facts(desk(real()), "4.1.2", "b2")).rows[1] for words in (ZH, EN))
    assert [one.text for one in zh] == ["很弱", "起步", "中等", "良好", "优秀"]
    assert en[0].text == "0–20%"


def test_a_text_that_waits_leaves_the_bands_open() -> None:
    facts = replace(question_facts(desk(STARS), "2.1", "b2"), pending=(Pending("嗯", "s1", "2.1/total", "1"),))
    screen = card(ZH, facts)
    assert labels(screen)[:4] == ["存为备注", "不保存", "40%", "45%"]
    assert "2.1：嗯" in plain(screen.text)
    shown = plain(card(ZH, replace(facts, view="m")).text)
    assert "做到第4档" in shown
    assert "2.1：嗯" in shown


@pytest.mark.parametrize("view", ["", "b2", "m"])
def test_a_typed_text_comes_before_what_was_being_looked_at(view: str) -> None:
    facts = question_facts(desk(STARS), "2.1", view)
    assert "存为备注" in labels(card(ZH, replace(facts, pending=(Pending("嗯", "s1", "2.1/total", "1"),))))
    meant = (Rated(Fraction(1), "ratio", "1"),)
    assert "100% → 30/30 分" in labels(card(ZH, replace(facts, choices=meant)))


def test_one_meaning_is_asked_about_as_one() -> None:
    screen = card(ZH, replace(question_facts(desk(STARS), "2.1"), choices=(Rated(Fraction(1), "ratio", "1"),)))
    assert "“1”是这个意思吗？" in plain(screen.text)


def test_a_band_whose_printed_title_is_a_name_shows_its_range() -> None:
    facts = question_facts(desk(shipped("tbsc-94")), "S.1.1", dimension="service")
    assert "0–0.2 远低于预期" in labels(card(ZH, facts))
    assert "0–0.2 Far below" in labels(card(EN, facts))
    assert "\n0–0.2 Far below expectation\n" in plain(card(EN, replace(facts, view="b0")).text)
    assert "\n0–0.2 远低于预期\n" in plain(card(ZH, replace(facts, view="m")).text)


def test_the_friendly_line_stands_on_top() -> None:
    text = card(ZH, question_facts(desk(STARS), "2.1"), line="✓ 已保存 <1.2>").text
    assert text.startswith("✓ 已保存 &lt;1.2&gt;\n\n编造星级")


@pytest.mark.parametrize(
    ("name", "clause", "dimension", "hint"),
    [
        ("stars", "2.1", "total", "85（百分数）或 25.5/30（得分）"),
        ("panel", "S.1.1", "service", "0 到 1 的数"),
        ("panel", "M.1", "management", "如 4 或 四级"),
        ("sites", "1.1", "management", "如 四级 或 85%"),
    ],
)
def test_the_hint_says_how_to_type_on_this_scale(name: str, clause: str, dimension: str, hint: str) -> None:
    assert hint in plain(card(ZH, question_facts(desk(scheme(name)), clause, dimension=dimension)).text)
