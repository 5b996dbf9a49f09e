from dataclasses import replace

from bot.domain import commands as c
from bot.view.facts import FieldFacts
from bot.view.head import ask_field, confirm_delete, head
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, deduct, desk, rate
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, SHOP = scheme("stars"), scheme("shop")
A, S = "a123456789", "s123456789"


def test_the_name_stands_on_top_and_every_field_is_shown_or_called_empty() -> None:
    shown = plain(head(ZH, desk(STARS, c.SetHeader("scope", "华东区域"))).text)
    assert shown.startswith("示例公司\n")
    assert shown.count("示例公司") == 1
    assert "范围：华东区域" in shown
    assert "未填：场所、时间、人员" in shown


def test_under_a_name_of_its_own_the_organisation_is_still_named() -> None:
    shown = plain(head(ZH, desk(STARS, c.SetHeader("name", "初评"))).text)
    assert shown.startswith("初评\n")
    assert "单位：示例公司" in shown
    assert "名称" not in shown


def test_with_everything_answered_the_way_on_is_to_check_and_close() -> None:
    assert payloads(head(ZH, desk(STARS, *answers(STARS, "1"))))["检查并关闭"] == f"1:j:{S}"


def test_one_begins_and_later_goes_on() -> None:
    assert payloads(head(EN, desk(STARS)))["Begin"] == f"1:j:{S}"
    screen = head(EN, desk(STARS, rate("3", "1")))
    assert payloads(screen)["Continue"] == f"1:j:{S}"
    assert "1 of 5 answered" in plain(screen.text)


def test_the_lead_edits_each_field_and_may_delete_the_draft() -> None:
    buttons = payloads(head(ZH, desk(STARS)))
    assert buttons["改人员"] == f"1:e:{A}:participants"
    assert buttons["删除"] == f"1:x:{A}"
    assert buttons["归档"] == f"1:A:{A}:1"
    others = labels(head(ZH, replace(desk(STARS), lead=False)))
    assert not [text for text in others if text.startswith("改")]
    assert "删除" not in others


def test_a_closed_one_shows_its_outcome_and_cannot_be_changed() -> None:
    screen = head(ZH, desk(STARS, *answers(STARS, "0.9"), c.Close()))
    assert "金级 · 2026-09-2" in plain(screen.text)
    found = ["结果", "发现项", "成员（1）", "以此为底新建", "对比", "导出文件", "交审核员", "首页", "归档", "重新打开…"]
    assert labels(screen) == found
    other = labels(head(ZH, replace(desk(STARS, *answers(STARS, "0.9"), c.Close()), lead=False)))
    assert other == [one for one in found if one not in {"交审核员", "重新打开…"}]


def test_a_viewer_finds_the_result() -> None:
    screen = head(ZH, replace(desk(STARS), own=None, sheet_ref="", lead=False, rates=False))
    assert labels(screen) == ["结果", "成员（1）", "导出文件", "首页", "归档"]


def test_a_field_is_asked_for_with_what_it_is_now() -> None:
    at = desk(STARS, c.SetHeader("scope", "华东 & 华南"))
    screen = ask_field(ZH, FieldFacts(at, "scope"))
    assert "华东 & 华南" in plain(screen.text)
    assert payloads(screen) == {"取消": f"1:d:{A}", "清空": f"1:E:{A}:scope"}


def test_the_organisation_and_an_empty_field_cannot_be_emptied() -> None:
    assert labels(ask_field(ZH, FieldFacts(desk(STARS), "organisation"))) == ["取消"]
    assert labels(ask_field(ZH, FieldFacts(desk(STARS), "sites"))) == ["取消"]


def test_deleting_asks_first_and_the_safe_choice_is_on_top() -> None:
    screen = confirm_delete(ZH, desk(STARS))
    assert [button.payload for row in screen.rows for button in row] == [f"1:d:{A}", f"1:D:{A}"]
    assert screen.rows[1][0].style == "danger"
    assert "示例公司" in plain(screen.text)


def test_sheets_and_decisions_are_reached_from_the_head_and_it_still_fits() -> None:
    screen = head(ZH, desk(SHOP, *deduct("拖延")))
    assert payloads(screen)["评价表"] == f"1:S:{A}"
    assert payloads(screen)["特别扣分：1 项"] == f"1:H:{A}"
    assert payloads(screen)["加分：未定"] == f"1:J:{A}"
    assert len(screen.rows) == 5
    several = head(ZH, desk(STARS, c.OpenSheet("s2", "二次现场", ("total",))))
    assert payloads(several)["评价表（2）"] == f"1:S:{A}"


def test_a_lead_without_a_sheet_still_reaches_the_sheets_and_a_viewer_does_not() -> None:
    at = replace(desk(SHOP), own=None, sheet_ref="", sheets=())
    assert "评价表" in labels(head(ZH, at))
    viewer = labels(head(ZH, replace(at, lead=False, rates=False)))
    assert "评价表" not in viewer
    assert "加分：未定" not in viewer, "decisions are shown to viewers once it is closed (blind.py)"
