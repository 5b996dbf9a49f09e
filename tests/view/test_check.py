from dataclasses import replace

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Veto
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.check import check, confirm_close
from bot.view.facts import Desk
from bot.view.screen import Screen
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, desk, give, rate, result_facts
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP, PANEL = scheme("stars"), scheme("shop"), scheme("panel")
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
    assert "已答但没有备注 1 题" in shown
    assert payloads(screen)["未答 3"] == f"1:k:{S}:open"
    assert payloads(screen)["标记 1"] == f"1:k:{S}:flagged"
    assert payloads(screen)["无备注 1"] == f"1:k:{S}:bare"
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
    assert done.own
    other = replace(done.own, id="s2", person="p2")
    two = replace(done, state=replace(done.state, sheets={**done.state.sheets, "s2": other}))
    assert "还有 1 位成员没有提交" in plain(_check(two).text)
    assert "关闭评价…" not in labels(_check(two))


def test_a_dimension_that_nobody_rates_is_named() -> None:
    at = desk(scheme("sites"))
    assert at.own
    narrow = replace(at.own, covers=frozenset({"service"}))
    alone = replace(at, own=narrow, state=replace(at.state, sheets={"s1": narrow}))
    assert "管理还没有人评" in plain(_check(alone).text)


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
