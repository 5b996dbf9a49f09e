"""Tried answers as they are read: old → new, up and down in words, and what cannot be kept."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import Rated, Veto
from bot.domain.scheme import QuestionId
from bot.view import try_card, try_keep, try_pick, whatif
from bot.view.facts import Desk
from bot.view.path_places import ConfirmKeep, KeepTriesTap, TryCard, TryPick, TryTap, WhatIf
from bot.view.payload import AnswerTap, decode
from bot.view.screen import Screen
from bot.view.try_facts import Hold, TriedDecision, TryCardFacts
from bot.view.try_texts import effect_lines
from bot.words import Words
from tests.domain.build import q
from tests.view.desks import answers, desk, rate, real, result_facts, shipped
from tests.view.markup import plain
from tests.view.tried import attempt, try_facts

ZH, EN = Words.of("zh"), Words.of("en")
FULL = Rated(Fraction(1), "ratio")


def below(*more: c.Command) -> Desk:
    return desk(real(), *answers(real(), "0.9", skip=("4.2.1",)), rate("4.2.1", "0.85"), *more)


def taps(screen: Screen) -> list[object]:
    return [decode(button.payload) for row in screen.rows for button in row]


def test_the_list_and_what_it_would_change() -> None:
    at = below()
    facts = try_facts(at, attempt(at, q("4.2.1"), FULL), attempt(at, q("4.5"), Rated(Fraction(1, 2), "ratio")))
    assert plain(whatif.what_if(ZH, facts, WhatIf(at.ref)).text).splitlines() == [
        "试改（不保存）",
        "示例公司 · 售后服务成熟度",
        "",
        "• 4.2.1 部门与岗位设置：85% → 100%",
        "• 4.5 售后服务设计：90% → 50%",
        "",
        "结论不变：三星级",
        "总分：89.85 → 88.7，下降 1.15",
    ]
    alone = try_facts(at, attempt(at, q("4.2.1"), FULL))
    assert effect_lines(EN, alone) == ["Outcome: Three-star → Four-star, up", "Total score: 89.85 → 90.3, up by 0.45"]


def test_nothing_tried_is_a_friendly_start() -> None:
    at = below()
    screen = whatif.what_if(EN, try_facts(at), WhatIf(at.ref))
    assert plain(screen.text).endswith(EN.say("try.none"))
    assert TryPick("s123456789") in taps(screen)


def test_a_raised_veto_takes_the_grade_at_once() -> None:
    at = below()
    facts = try_facts(at, attempt(at, QuestionId("4.1.1", "veto"), Veto(raised=True)))
    assert effect_lines(ZH, facts)[0] == f"结论：三星级 → {ZH.pick(real().otherwise.title)}，下降"


def test_a_tiny_change_is_shown_and_stays_on_its_side() -> None:
    at = desk(real(), *answers(real(), "0.9", skip=("4.2.1",)), rate("4.2.1", "0.9"))
    facts = try_facts(at, attempt(at, q("4.2.1"), Rated(Fraction(89999, 100_000), "ratio")))
    said = effect_lines(EN, facts)
    assert said[0] == "Outcome: Four-star → Three-star, down"
    assert said[1] == "Total score: 90 → 89.99997, down by 0.00003"


def test_too_few_units_decide_nothing() -> None:
    """EN-10: a total is there, an outcome is not."""
    standard = shipped("jccqb-037")
    gates = [c.DecideGate(gate, met=True) for gate in standard.gates]
    at = desk(standard, *answers(standard, "0.8"), *gates, c.SetPopulation(400))
    assert result_facts(at).verdict.outcome, "all that was asked is answered"
    question = next(one for one in standard.questions if one.dimension == "management")
    facts = try_facts(at, attempt(at, question, Rated(Fraction(1), "level")))
    assert effect_lines(EN, facts)[0] == "Outcome as before: incomplete"


@pytest.mark.parametrize("hold", ["closed", "others", "submitted"])
def test_what_cannot_be_kept_says_why_and_what_to_do(hold: Hold) -> None:
    at = below()
    one = replace(attempt(at, q("4.2.1"), FULL), hold=hold)
    screen = whatif.what_if(ZH, try_facts(at, one), WhatIf(at.ref))
    assert ZH.say(f"try.hold-{hold}") in plain(screen.text)
    assert not [tap for tap in taps(screen) if isinstance(tap, ConfirmKeep)]
    kept = try_keep.confirm_keep(ZH, try_facts(at, one), "0" * 8, ConfirmKeep(at.ref))
    assert not [tap for tap in taps(kept) if isinstance(tap, KeepTriesTap)]
    assert ZH.say("try.keep-left", n=1) in plain(kept.text)


def test_what_changed_since_holds_all_of_it_back() -> None:
    at = below()
    fresh, stale = attempt(at, q("4.2.1"), FULL), replace(attempt(at, q("4.5"), FULL), stale=True)
    screen = try_keep.confirm_keep(EN, try_facts(at, fresh, stale), "0" * 8, ConfirmKeep(at.ref))
    assert not [tap for tap in taps(screen) if isinstance(tap, KeepTriesTap)]
    assert TryCard("s123456789", "4.5/total") in taps(screen)
    assert "4.2.1" not in plain(screen.text)


@pytest.mark.parametrize("view", ["", "b4"])
def test_the_buttons_of_a_tried_question_record_nothing(view: str) -> None:
    at = below()
    one = attempt(at, q("4.2.1"), FULL)
    sheet = at.state.counted[0]
    screen = try_card.try_card(ZH, TryCardFacts(try_facts(at, one), "s123456789", sheet, q("4.2.1"), view))
    found = taps(screen)
    assert not [tap for tap in found if isinstance(tap, AnswerTap)]
    ticked = [button.text for row in screen.rows for button in row if button.text.startswith("✓")]
    assert ticked, "what is tried is ticked, not what counts"
    if view:
        assert TryTap("s123456789", "4.2.1/total", "1") in found
        assert "✓ 100%" in ticked


def test_questions_to_pick_say_what_is_tried() -> None:
    at = below()
    facts, sheet = try_facts(at, attempt(at, q("4.2.1"), FULL)), at.state.counted[0]
    text = plain(try_pick.try_pick(EN, facts, sheet, TryPick("s123456789", "4.2")).text)
    assert "4.2.1 Departments and posts: 85% → 100%" in text
    assert "4.2.2 Communication: 90%" in text


def test_tried_decisions_are_listed_and_never_kept() -> None:
    standard = shipped("dnisc-1105")
    at = desk(standard, *answers(standard, "0.9"))
    facts = try_facts(at, decided=(TriedDecision("deductions", None, 2),))
    screen = whatif.what_if(EN, facts, WhatIf(at.ref))
    assert "• Special deductions: not decided → 2" in plain(screen.text)
    assert EN.say("try.hold-decisions") in plain(screen.text)
    assert not [tap for tap in taps(screen) if isinstance(tap, ConfirmKeep)]
