from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.blind import Outline, visible
from bot.domain.commands import Actor
from bot.domain.entries import Closed
from bot.domain.given import Given
from bot.domain.scales import Text
from bot.domain.scheme import QuestionId
from bot.domain.scoring import Tally
from bot.view.facts import Desk
from bot.view.result import result
from bot.view.scores import bar
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, deduct, desk, give, rate, rated, real, result_facts
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL, SITES = (scheme(name) for name in ("stars", "shop", "panel", "sites"))
A = "a123456789"


def _shown(at: Desk, part: str = "", words: Words = ZH, names: Mapping[str, str] | None = None) -> str:
    return plain(result(words, replace(result_facts(at, part), names=names)).text)


def test_while_incomplete_there_are_bounds_and_never_a_grade() -> None:
    shown = _shown(desk(STARS, rate("3", "1"), rate("2.1", "1/2")))
    assert shown.startswith("目前得分（还没有等级）\n可能的结果：铜级 至 银级")
    assert "总分：已得 55，共 100 分" in shown
    assert "通过" not in shown.replace("还没有", "")
    assert "▇▇░░░░ 2 服务 15/40，1 题未答" in shown


def test_a_closed_one_shows_grade_total_reasons_and_margins() -> None:
    shown = _shown(desk(STARS, *answers(STARS, "0.8"), c.Close()))
    assert shown.startswith("银级 · 通过\n")
    assert "总分：80/100" in shown
    assert "• 银级的分数线 70：总分 80，高出 10" in shown
    assert "• 未到金级：总分 80，要 90，差 10" in shown
    assert "尚未关闭" not in shown
    assert "▇▇▇▇░░ 1 承诺 16/20，失 4" in shown
    assert shown.endswith("由录入的答案计算得出，不是发布机构颁发的证书。")


def test_what_is_complete_and_still_open_says_so() -> None:
    assert "尚未关闭，还可以改" in _shown(desk(STARS, *answers(STARS, "0.8")))


def test_a_total_just_below_a_threshold_is_never_rounded_up_to_it() -> None:
    at = desk(real(), *answers(real(), "0.9"), rate("4.4.4", "0.896"))
    for part in ("", "why"):
        shown = _shown(at, part)
        assert "89.996" in shown
        assert "总分：90" not in shown
    assert "差 0.004" in _shown(at)


def test_a_note_of_the_grade_stands_with_it() -> None:
    assert "没有下限" in _shown(desk(STARS, *answers(STARS, "0.1")))


def test_a_raised_veto_gives_no_grade_though_questions_are_open() -> None:
    shown = _shown(desk(STARS, give(QuestionId("1.1", "veto"), Veto(raised=True))))
    assert shown.startswith("不予评级 · 未通过")
    assert "• 1.1 被一票否决" in shown
    assert "• 还有 4 项未完成" in shown


def test_two_dimensions_stand_side_by_side_with_their_levels() -> None:
    done = [*answers(PANEL, "0.9"), c.DecideGate("conformity", met=True)]
    shown = _shown(desk(PANEL, *done, c.Close()))
    assert "服务：90/100" in shown
    assert "管理：12/15 · 四级" in shown
    assert "AAAA级 · 通过" in shown
    refused = _shown(desk(PANEL, *answers(PANEL, "1"), c.DecideGate("conformity", met=False)))
    assert "未达到 · 未通过" in refused
    assert "符合性：未通过" in refused


def test_the_chapters_have_a_page_of_their_own_with_ways_into_each() -> None:
    screen = result(ZH, result_facts(desk(real(), *answers(real(), "0.9"), c.Close()), "all"))
    assert payloads(screen)["4.2"] == f"1:r:{A}:4.2"
    assert payloads(screen)["下一页 ›"] == f"1:r:{A}:all:1"
    assert payloads(screen)["‹ 结果"] == f"1:r:{A}"


def test_a_chapter_shows_each_answer_its_loss_and_its_note() -> None:
    at = desk(STARS, rate("2.1", "7/10"), c.WriteNote("s1", QuestionId("2.1", "total"), "等了三分钟"))
    shown = _shown(at, "2")
    assert "2.1 【热线】\n70% → 21/30 分\n备注（1）：等了三分钟\n失 9 分" in shown
    assert "2.10 【上门】\n未答" in shown


def test_the_arithmetic_leads_from_answers_to_the_total_and_the_grade() -> None:
    shown = _shown(desk(STARS, *answers(STARS, "0.8"), rate("2.1", "1/3")), "why")
    assert "2.1：30 × ≈33.33% = 10" in shown
    assert "2 服务 18/40" in shown
    assert "66 ÷ 100 × 100 = 66" in shown
    assert "不符 银级：总分 ≥ 70、没有一票否决" in shown
    assert shown.index("= 66") < shown.index("不符 银级") < shown.index("2 服务 18/40"), "what matters most comes first"
    assert "符合 铜级：没有一票否决" in shown


def test_what_does_not_apply_and_what_was_agreed_is_in_the_arithmetic() -> None:
    at = desk(
        SHOP,
        *answers(SHOP, "1"),
        give(QuestionId("5.2.1", "total"), NotApplicable("不送货")),
        rate("5.2.2", "1/3"),
        *deduct("虚假宣传", "拖延"),
        c.DecideBonus(Fraction(1), "获奖"),
    )
    shown = _shown(at, "why")
    assert "5.2.1：不适用，不计" in shown
    assert "60 ÷ 80 × 100 = 75" in shown
    assert "75 − 扣 2 + 加 1" in shown
    assert "总分：74" in shown
    assert "总分：74/100（加扣分前 75）" in _shown(at)
    assert "扣分少于 5 项" in shown


def test_open_rows_are_open_in_the_arithmetic_and_there_is_no_total() -> None:
    shown = _shown(desk(STARS, rate("3", "1")), "why")
    assert "2.1：未答（30 分）" in shown
    assert "已得 40，共 100；有题未答，还没有总分。" in shown
    assert "与各等级的要求对照" not in shown


def test_levels_and_points_in_the_arithmetic() -> None:
    at = desk(PANEL, *answers(PANEL, "0.8"), c.DecideGate("conformity", met=True))
    shown = _shown(at, "why", EN)
    assert "M.1: 5 × 4/5 = 4" in shown
    assert "All rows added: 12" in shown
    assert "Level: Level 4" in shown
    assert "S.1.1: 60 × α 0.80 = 48" in shown
    assert "Not met: AAAA – Service ≥ 90, Management at Level 4 or above, Conformity confirmed" in shown


def test_a_total_below_every_level_says_so() -> None:
    at = desk(SITES, *answers(SITES, "0.2"), c.DecideGate("conformity", met=True))
    assert "对应级别：未达到任何级别" in _shown(at, "why")
    assert "管理：20/100 · 未达到任何级别" in _shown(at)


def test_several_sheets_are_shown_once_it_is_closed_and_not_before() -> None:
    opened = _two(desk(STARS, *answers(STARS, "0.8")))
    wall = replace(opened, state=visible(opened.state, Actor("p1", "assessor")))
    assert "第二人" not in _shown(wall, "2", names={"p1": "第一人", "p2": "第二人"})
    closed = replace(opened, state=replace(opened.state, closed=_closed()))
    section = _shown(closed, "2", names={"p1": "第一人", "p2": "第二人"})
    assert "第一人: 80% → 24/30 分\n第二人: 90% → 27/30 分\n平均 25.5/30 分" in section
    why = _shown(closed, "why")
    assert "评价员 1：80 ÷ 100 × 100 = 80\n评价员 2：90 ÷ 100 × 100 = 90\n各人平均：(80 + 90) ÷ 2 = 85" in why
    assert "2.1：平均 25.5/30" in why


def test_the_readings_are_all_there() -> None:
    shown = _shown(desk(real()), "readings")
    assert all(f"{name}\n{text.zh}" in shown for name, text in real().readings.items())


def test_from_the_result_one_goes_on_exports_or_looks_closer() -> None:
    screen = result(ZH, result_facts(desk(STARS)))
    assert labels(screen) == [
        "分析",
        "分项得分",
        "怎么算的",
        "条文解读",
        "概况",
        "导出文件",
        "图表",
        "对比",
        "继续答题",
    ]
    assert labels(result(ZH, result_facts(desk(STARS, *answers(STARS, "1"), c.Close()))))[-2:] == ["图表", "对比"]


def test_a_bar_is_full_or_empty_only_where_the_points_are() -> None:
    assert bar(Tally(Fraction(0), Fraction(9), 0)) == "░░░░░░"
    assert bar(Tally(Fraction(1, 99), Fraction(9), 0)) == "▇░░░░░"
    assert bar(Tally(Fraction(899, 100), Fraction(9), 0)) == "▇▇▇▇▇░"
    assert bar(Tally(Fraction(9), Fraction(9), 0)) == "▇▇▇▇▇▇"
    assert bar(Tally(Fraction(0), Fraction(0), 0)) == ""


def test_what_was_decided_stands_beside_the_total() -> None:
    decided = (*deduct("虚假宣传", "拖延"), c.DecideBonus(Fraction(1), "获奖"))
    shown = _shown(desk(SHOP, *answers(SHOP, "0.9"), *decided))
    assert "特别扣分：2 项（扣 2 分）\n1. 虚假宣传\n2. 拖延\n加分：加 1 分\n理由：获奖" in shown
    why = _shown(desk(SHOP, *answers(SHOP, "0.9"), *decided), "why")
    assert "特别扣分：2 项（扣 2 分）\n1. 虚假宣传\n2. 拖延" in why
    many = _shown(desk(SHOP, *answers(SHOP, "0.9"), *deduct(*("拖延",) * 7)))
    assert "5. 拖延\n还有 2 项" in many
    assert "加分：未定" in many
    none = _shown(desk(SHOP, *answers(SHOP, "0.9"), c.DecideFindings(())))
    assert "特别扣分：无" in none


def test_a_gate_says_which_statement_was_chosen() -> None:
    at = desk(PANEL, *answers(PANEL, "0.9"), c.DecideGate("conformity", met=True))
    assert "符合性：是的，符合" in _shown(at)
    assert "符合性\n组织守法并通过审查\n当前：是的，符合" in _shown(at, "why")
    assert "符合性：未定" in _shown(desk(PANEL))
    assert "符合性\n组织守法并通过审查\n还没有决定。" in _shown(desk(PANEL), "why")


def test_several_sheets_of_one_person_show_their_totals_by_name() -> None:
    done = [*answers(SITES, "0.8"), c.OpenSheet("s3", "乙项目", ("service",)), c.SetPopulation(2)]
    open_ = _shown(desk(SITES, *done))
    assert "主评价表：管理 80\n甲项目：服务 80\n乙项目：服务 未答完" in open_
    full = [*done, *rated(SITES, "s3", ["service"], "0.6"), c.DecideGate("conformity", met=True)]
    shown = _shown(desk(SITES, *full))
    assert "甲项目：服务 80\n乙项目：服务 60" in shown
    assert "服务：70/100" in shown
    assert "抽样：项目共 2 个，至少评 2 个，评了 2 个" in shown
    section = _shown(desk(SITES, *full), "2")
    assert "2.2 【态度】\n甲项目: α 0.80" in section
    assert "2.1 【接通】 · 管理\n四级" in section


def test_too_small_a_sample_gives_no_grade() -> None:
    done = [*answers(SITES, "1"), c.DecideGate("conformity", met=True), c.SetPopulation(9)]
    shown = _shown(desk(SITES, *done))
    assert shown.startswith("目前得分（还没有等级）\n")
    assert "五星" not in shown
    assert "至少要评 6 个项目，现有 1 个" in shown
    assert "与各等级的要求对照" not in _shown(desk(SITES, *done), "why")


def test_rates_stand_in_the_result_and_say_whether_the_target_is_met() -> None:
    shown = _shown(desk(SITES, *answers(SITES, "1"), c.SetMeasure("A", "2026-10", 84, 100)))
    assert "接通率 2026-10：84/100 = 84%，没到目标 85%" in shown


def test_an_outcome_that_is_no_grade_stands_with_its_note() -> None:
    row = replace(PANEL.grades[2], note=Text("没有对应的级别", "No level goes with it"))
    named = replace(PANEL, grades=(*PANEL.grades[:2], row))
    shown = _shown(desk(named, *answers(named, "0.62"), c.DecideGate("conformity", met=True)))
    assert shown.startswith("第一行 · 未通过")
    assert "管理：9/15 · 三级" in shown
    assert "没有对应的级别" in shown


def _closed() -> Closed | None:
    return desk(STARS, *answers(STARS, "1"), c.Close()).state.closed


def _two(at: Desk) -> Desk:
    """A second person's sheet beside the first, everything rated 0.9."""
    assert at.own
    rated = {
        q: Given(Rated(Fraction(9, 10), "ratio") if q.dimension == "total" else Veto(raised=False), 1, "p2", 0, 0)
        for q in at.scheme.questions
    }
    other = replace(at.own, id="s2", person="p2", given=rated)
    return replace(at, state=replace(at.state, sheets={**at.state.sheets, "s2": other}))


def test_members_who_did_not_submit_are_counted_once_and_those_who_did_not_at_all() -> None:
    """A lead who has a sheet open sees no other: two sheets of one person are one member, submitted ones are none."""
    sheets = [("s2", "ann", "open"), ("s3", "ann", "open"), ("s4", "bo", "submitted")]
    hidden = tuple(Outline(sheet, person, "", status, 0, 4) for sheet, person, status in sheets)  # type: ignore[arg-type]
    at = replace(desk(STARS, rate("3", "1")), panel=True, blind=True, hidden=hidden)
    assert ZH.say("check.others", n=1) in _shown(at)
    assert ZH.say("check.others", n=1)[:4] not in _shown(replace(at, hidden=hidden[2:]))


def test_a_deduction_and_a_bonus_that_make_up_for_each_other_stand_in_the_arithmetic() -> None:
    at = desk(SHOP, *answers(SHOP, "0.8"), *deduct("一处"), c.DecideBonus(Fraction(1), "奖项"))
    assert "80 − 扣 1 + 加 1\n总分：80" in _shown(at, "why")


def test_no_row_has_more_than_four_buttons() -> None:
    assert max(len(row) for row in result(ZH, result_facts(desk(STARS, *answers(STARS, "0.8")))).rows) <= 4
