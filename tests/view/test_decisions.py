from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.scheme import DeductionsBelow
from bot.view import places
from bot.view.agreed import decision_buttons
from bot.view.decisions import ask_bonus_reason, bonus_card, findings_card, gate_card
from bot.view.facts import Desk
from bot.view.findings import ask_finding
from bot.view.screen import Screen
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import deduct, desk
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
SHOP, PANEL = scheme("shop"), scheme("panel")
A, S = "a123456789", "s123456789"


def _findings(at: Desk, page: int = 0, words: Words = ZH) -> Screen:
    return findings_card(words, at, places.FindingsCard(A, page))


def test_a_gate_asks_for_one_of_two_statements() -> None:
    screen = gate_card(ZH, desk(PANEL), "conformity")
    shown = plain(screen.text)
    assert "下面这句话成立吗？\n组织守法并通过审查" in shown
    assert "看营业执照与判决" in shown
    assert "还没有决定" in shown
    assert payloads(screen) == {
        "是的，符合": f"1:c:{A}:conformity:1:0",
        "不，有不符合": f"1:c:{A}:conformity:0:0",
        "检查": f"1:k:{S}",
        "概况": f"1:d:{A}",
    }


def test_a_decided_gate_shows_what_was_chosen_and_which_revision_was_seen() -> None:
    at = desk(PANEL, c.DecideGate("conformity", met=True), c.DecideGate("conformity", met=False))
    screen = gate_card(EN, at, "conformity")
    assert "Now: No, it does not" in plain(screen.text)
    assert payloads(screen)["✓ No, it does not"] == f"1:c:{A}:conformity:0:2"
    assert payloads(screen)["Yes, it conforms"] == f"1:c:{A}:conformity:1:2"


def test_only_the_lead_decides_and_others_read() -> None:
    at = replace(desk(PANEL, c.DecideGate("conformity", met=True)), lead=False)
    screen = gate_card(ZH, at, "conformity")
    assert labels(screen) == ["检查", "概况"]
    assert "当前：是的，符合\n由组长决定。" in plain(screen.text)
    shop = replace(desk(SHOP, *deduct("拖延")), lead=False)
    assert labels(_findings(shop)) == ["检查", "概况"]
    assert labels(bonus_card(ZH, shop)) == ["检查", "概况"]


def test_several_gates_lead_to_each_other_and_share_a_button() -> None:
    gate = PANEL.gates["conformity"]
    many = replace(PANEL, gates={name: replace(gate, id=name) for name in ("one", "two", "three", "four")})
    at = desk(many, c.DecideGate("one", met=True))
    assert [button.text for button in decision_buttons(ZH, at)] == ["前提条件 1/4"]
    assert decision_buttons(ZH, at)[0].payload == f"1:G:{A}:two"
    screen = gate_card(ZH, at, "two")
    assert payloads(screen)["‹ 上一页"] == f"1:G:{A}:one"
    assert payloads(screen)["下一页 ›"] == f"1:G:{A}:three"
    assert "第 2/4 项" in plain(screen.text)


def test_no_findings_must_be_confirmed_and_only_while_there_are_none() -> None:
    screen = _findings(desk(SHOP))
    assert "还没有记录。一项也没有的话，也要确认。" in plain(screen.text)
    assert payloads(screen)["确认没有扣分"] == f"1:l:{A}:0"
    confirmed = _findings(desk(SHOP, c.DecideFindings(())))
    assert "已确认没有扣分。" in plain(confirmed.text)
    assert "确认没有扣分" not in labels(confirmed)
    assert "确认没有扣分" not in labels(_findings(desk(SHOP, *deduct("拖延"))))


def test_findings_are_numbered_with_what_they_take_and_where_the_limit_lies() -> None:
    at = desk(SHOP, *deduct("虚假宣传", "拖延"))
    screen = _findings(at)
    shown = plain(screen.text)
    assert "已记 2 项，扣 2 分\n1. 虚假宣传\n2. 拖延" in shown
    assert "满 5 项，结果就是“不合格”" in shown
    assert payloads(screen)["去掉 2"] == f"1:fw:{A}:{list(at.state.found)[1]}"
    assert payloads(screen)["写一项扣分"] == f"1:I:{A}"


def test_findings_are_paged_and_dropped_by_their_own_number() -> None:
    at = desk(SHOP, *deduct(*(f"第{n}件" for n in range(1, 8))))
    screen = _findings(at, page=1)
    assert "6. 第6件" in plain(screen.text)
    assert "第5件" not in plain(screen.text)
    assert payloads(screen)["去掉 7"] == f"1:fw:{A}:{list(at.state.found)[6]}"
    assert payloads(screen)["‹ 上一页"] == f"1:H:{A}"


def test_a_limit_of_some_grades_names_them() -> None:
    lower = replace(SHOP.grades[1], conditions=(DeductionsBelow(9),))
    shown = plain(_findings(desk(replace(SHOP, grades=(SHOP.grades[0], lower)))).text)
    assert "高级要求少于 5 项\n达标级要求少于 9 项" in shown
    free = replace(SHOP.grades[1], conditions=SHOP.grades[1].conditions[:1])
    shown = plain(_findings(desk(replace(SHOP, grades=(SHOP.grades[0], free)))).text)
    assert "高级要求少于 5 项" in shown
    assert "不合格" not in shown


def test_a_bonus_is_one_button_a_value_and_asks_for_its_reason() -> None:
    screen = bonus_card(ZH, desk(SHOP))
    assert payloads(screen)["不加分"] == f"1:P:{A}:0"
    assert payloads(screen)["加 1 分"] == f"1:K:{A}:1"
    given = desk(SHOP, c.DecideBonus(Fraction(1), "获奖"))
    assert "当前：加 1 分\n理由：获奖" in plain(bonus_card(ZH, given).text)
    assert payloads(bonus_card(ZH, given))["不加分"] == f"1:P:{A}:1"
    assert "✓ 加 1 分" in labels(bonus_card(ZH, given))
    none = bonus_card(EN, desk(SHOP, c.DecideBonus(Fraction(0), "")))
    assert "Now: no bonus" in plain(none.text)
    assert "✓ No bonus" in labels(none)


def test_what_is_asked_as_text_says_what_it_is_and_leads_back() -> None:
    given = desk(SHOP, c.DecideBonus(Fraction(1), "获奖"))
    asked = ask_bonus_reason(ZH, given, Fraction(1))
    assert "为什么加 1 分？" in plain(asked.text)
    assert "现在是：\n获奖" in plain(asked.text)
    assert payloads(asked) == {"取消": f"1:J:{A}"}
    assert "获奖" not in plain(ask_bonus_reason(ZH, given, Fraction(1, 2)).text)
    assert payloads(ask_finding(ZH, given, places.AskFinding(A))) == {"取消": f"1:H:{A}"}


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ([], ["特别扣分：未定", "加分：未定"]),
        ([c.DecideFindings(()), c.DecideBonus(Fraction(0), "")], ["特别扣分：无", "加分：不加"]),
        ([*deduct("甲", "乙"), c.DecideBonus(Fraction(1), "奖")], ["特别扣分：2 项", "加分：加 1 分"]),
    ],
)
def test_the_buttons_to_decisions_say_their_state(commands: list[c.Command], said: list[str]) -> None:
    assert [button.text for button in decision_buttons(ZH, desk(SHOP, *commands))] == said


@pytest.mark.parametrize(("met", "said"), [(True, "符合性：已确认"), (False, "符合性：未通过")])
def test_the_button_to_a_gate_says_its_state(*, met: bool, said: str) -> None:
    assert decision_buttons(ZH, desk(PANEL))[0].text == "符合性：未定"
    assert decision_buttons(ZH, desk(PANEL, c.DecideGate("conformity", met=met)))[0].text == said
