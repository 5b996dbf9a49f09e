from dataclasses import replace

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Veto
from bot.domain.blind import Outline
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.check import check, confirm_close
from bot.view.facts import Desk
from bot.view.screen import Screen
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, desk, give, in_hand, rate, rated, result_facts
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL, SITES = (scheme(name) for name in ("stars", "shop", "panel", "sites"))
A, S = "a123456789", "s123456789"


def _check(at: Desk, part: str = "", page: int = 0, words: Words = ZH) -> Screen:
    return check(words, result_facts(at), places.Check(S, part, page))


def test_it_counts_what_is_open_flagged_and_unsupported() -> None:
    noted = QuestionId("2.1", "total")
    at = desk(STARS, rate("2.1", "1"), c.WriteNote("s1", noted, "见合同"), rate("3", "1"), c.Flag("s1", noted, on=True))
    screen = _check(at)
    shown = plain(screen.text)
    assert "未答 3 题" in shown
    assert "标记待复查 1 题" in shown
    assert "已答但没有备注和证据 1 题" in shown
    assert payloads(screen)["未答 3"] == f"1:k:{S}:open"
    assert payloads(screen)["标记 1"] == f"1:k:{S}:flagged"
    assert payloads(screen)["无依据 1"] == f"1:k:{S}:bare"
    assert payloads(screen)["继续答题"] == f"1:j:{S}"
    assert "关闭评价…" not in labels(screen)


def test_each_entry_of_a_list_jumps_to_its_question() -> None:
    screen = _check(desk(STARS, rate("3", "1")), "open")
    assert payloads(screen)["2.10"] == f"1:q:{S}:2.10/total"
    assert labels(screen)[:4] == ["1.1", "1.2", "2.1", "2.10"]
    assert "未答的题（4）" in plain(screen.text)
    assert "3 【改进】" not in plain(screen.text)


def test_not_applicable_has_its_reason_and_counts_as_supported() -> None:
    at = desk(SHOP, give(QuestionId("5.2.1", "total"), NotApplicable("不送货")))
    assert "没有备注" not in plain(_check(at).text)


def test_a_complete_one_can_be_closed_and_says_what_would_come_of_it() -> None:
    screen = _check(desk(STARS, *answers(STARS, "0.9")), words=EN)
    assert "Closing now gives: Gold" in plain(screen.text)
    assert payloads(screen)["Close the assessment…"] == f"1:z:{A}"


def test_only_the_lead_closes() -> None:
    screen = _check(replace(desk(STARS, *answers(STARS, "0.9")), lead=False))
    assert "关闭评价…" not in labels(screen)
    assert "由组长关闭" in plain(screen.text)


def test_a_raised_veto_can_be_closed_at_once_and_is_explained() -> None:
    screen = _check(desk(STARS, give(QuestionId("1.1", "veto"), Veto(raised=True))))
    assert "关闭评价…" in labels(screen)
    assert "继续答题" in labels(screen)
    assert "1.1 已一票否决，结果是“不予评级”。现在就可以关闭，也可以先答完" in plain(screen.text)


def test_gates_adjustments_and_others_sheets_hold_it_up() -> None:
    shown = plain(_check(desk(PANEL, *answers(PANEL, "1"))).text)
    assert "前提条件未确认：符合性" in shown
    shown = plain(_check(desk(SHOP, *answers(SHOP, "1"))).text)
    assert "扣分项未确认" in shown
    assert "加分未确认" in shown
    done = desk(STARS, *answers(STARS, "1"))
    two = replace(done, hidden=(Outline("s2", "p2", "", "open", 0, 5),), blind=True)
    assert "还有 1 位成员没有提交" in plain(_check(two).text)
    assert "关闭评价…" not in labels(_check(two))


def test_a_dimension_that_nobody_rates_is_named() -> None:
    at = desk(scheme("sites"))
    assert at.own
    narrow = replace(at.own, covers=frozenset({"service"}))
    alone = replace(at, own=narrow, state=replace(at.state, sheets={"s1": narrow}))
    assert "管理：还没有人评" in plain(_check(alone).text)


def test_closing_asks_first_and_says_what_it_means() -> None:
    at = desk(STARS, *answers(STARS, "0.9"))
    screen = confirm_close(ZH, result_facts(at))
    assert [button.payload for row in screen.rows for button in row] == [f"1:k:{S}", f"1:C:{A}:{at.seq}"]
    assert screen.rows[1][0].style == "danger"
    shown = plain(screen.text)
    assert "结果：金级" in shown
    assert "不能再改" in shown
    assert "不是发布机构颁发的证书" in shown


def test_closing_under_a_veto_says_that_questions_are_open() -> None:
    shown = plain(confirm_close(ZH, result_facts(desk(STARS, give(QuestionId("1.1", "veto"), Veto(raised=True))))).text)
    assert "因为 1.1 一票否决" in shown
    assert "未答 4 题" in shown


def test_what_cannot_be_closed_has_no_button_for_it() -> None:
    assert labels(confirm_close(ZH, result_facts(desk(STARS)))) == ["先不关闭"]


def test_what_is_undecided_is_one_tap_away() -> None:
    found = payloads(_check(desk(PANEL, *answers(PANEL, "1"))))
    assert found["符合性：未定"] == f"1:G:{A}:conformity"
    found = payloads(_check(desk(SHOP, *answers(SHOP, "1"), c.DecideFindings(()))))
    assert found["加分：未定"] == f"1:J:{A}"
    assert not [text for text in found if text.startswith("特别扣分")]
    found = payloads(_check(desk(SHOP, *answers(SHOP, "1", skip=("5.2",))), "open"))
    assert {"特别扣分：未定", "加分：未定", "5.2"} <= set(found)


def test_a_sample_that_is_unknown_or_too_small_holds_it_up() -> None:
    begun = desk(SITES, *rated(SITES, "s1", ["management"], "1"), c.DecideGate("conformity", met=True))
    screen = _check(begun)
    assert "项目总数还没有填" in plain(screen.text)
    assert "服务：还没有人评" in plain(screen.text)
    assert payloads(screen)["填项目总数"] == f"1:N:{A}"
    assert payloads(screen)["评价表"] == f"1:S:{A}"
    done = [*answers(SITES, "1"), c.DecideGate("conformity", met=True)]
    short = check(ZH, result_facts(desk(SITES, *done, c.SetPopulation(9))), places.Check(S))
    assert "至少要评 6 个项目，现有 1 个" in plain(short.text)
    assert "五星" not in plain(short.text)
    assert "关闭评价…" not in labels(short)
    assert payloads(short)["评价表（2）"] == f"1:S:{A}"
    assert "关闭评价…" in labels(check(ZH, result_facts(desk(SITES, *done)), places.Check(S)))


def test_what_is_open_on_the_persons_other_sheets_holds_it_up() -> None:
    second = c.OpenSheet("s2", "二次现场", ("total",))
    at = in_hand(desk(STARS, *answers(STARS, "1"), second), "s1")
    screen = _check(at)
    assert "这张表的题目都答完了\n另有 5 题在您的其他表里未答" in plain(screen.text)
    assert payloads(screen)["二次现场：未答 5 题"] == "1:j:s223456789"
    assert "关闭评价…" not in labels(screen)
    assert "其他表" not in plain(_check(desk(STARS)).text)
    third = c.OpenSheet("s3", "三次现场", ("total",))
    many = _check(in_hand(desk(STARS, *answers(STARS, "1"), second, third), "s1"))
    assert "另有 10 题在您的其他表里未答" in plain(many.text)
    assert payloads(many)["评价表（3）"] == f"1:S:{A}"


def test_a_veto_needs_no_sample() -> None:
    vetoed = replace(STARS, sampling=replace(SITES.sampling, covers=("total",)) if SITES.sampling else None)
    at = replace(desk(STARS, give(QuestionId("1.1", "veto"), Veto(raised=True))), scheme=vetoed)
    assert "关闭评价…" in labels(_check(at))


def test_a_dimension_in_which_nothing_applies_is_named() -> None:
    only = replace(SHOP, indicators=tuple(row for row in SHOP.indicators if row.may_be_na))
    na = [give(q, NotApplicable("不送货")) for q in only.questions]
    assert "总分全都不适用，算不出总分" in plain(_check(desk(only, *na)).text)


def test_closing_names_what_still_lacks() -> None:
    done = [*answers(SITES, "1"), c.DecideGate("conformity", met=True), c.SetPopulation(9)]
    screen = confirm_close(ZH, result_facts(desk(SITES, *done)))
    assert "至少要评 6 个项目，现有 1 个" in plain(screen.text)
    assert "五星" not in plain(screen.text)
    assert labels(screen) == ["先不关闭"]
