"""The way to a grade as it is read: steps and gains, both languages, figures on their side of a threshold."""

from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.scales import Language
from bot.view import path, wishes
from bot.view.facts import Desk
from bot.view.path_places import TryPlanTap, Way, WishCard, WishList
from bot.view.path_texts import cost_text, rated
from bot.view.payload import decode
from bot.view.screen import Screen
from bot.words import Words
from tests.domain.build import F
from tests.view.desks import answers, desk, rate, real, shipped
from tests.view.markup import plain
from tests.view.tried import Marks, way_facts

ZH, EN = Words.of("zh"), Words.of("en")


def below(*more: c.Command) -> Desk:
    """0.15 short of four stars."""
    return desk(real(), *answers(real(), "0.9", skip=("4.2.1",)), rate("4.2.1", "0.85"), *more)


def shown(words: Words, at: Desk, grade: str = "", marks: Marks | None = None) -> Screen:
    return path.way(words, way_facts(at, grade, marks), Way(at.ref, grade))


def test_it_reads_from_top_to_bottom_in_chinese() -> None:
    assert plain(shown(ZH, below()).text).splitlines() == [
        "最省力的路径：四星级",
        "示例公司 · 售后服务成熟度",
        "",
        "合计：1 步，1 道题",
        "结论：三星级 → 四星级",
        "总分：89.85 → 90.45，需要 90",
        "",
        "• 4.1.2 【合规评价与整改】：90% → 100%，+0.6 分，1 步",
        "",
        "次优：1 步，1 道题；不同之处：4.2.1 提到 100%，不动 4.1.2",
        "一步：提高到下一档的上限，或提高一级。做不到或更费力的，点条款标记后会重新计算。",
    ]


def test_it_reads_from_top_to_bottom_in_english() -> None:
    said = plain(shown(EN, below(), marks={"4.1.2": F(1, 3)}).text).splitlines()
    assert said[3:8] == [
        "In all: cost 1/3, 1 question",
        "Outcome: Three-star → Four-star",
        "Total score: 89.85 → 90.45, needs 90",
        "",
        "• 4.1.2 [Compliance review]: 90% → 100%, +0.6 pts, cost 1/3",
    ]
    assert "Computed with your 1 mark." in said


@pytest.mark.parametrize(("language", "level"), [("zh", "四级 → 五级"), ("en", "Level 4 → Level 5")])
def test_levels_and_alphas_are_read_as_the_standard_does(language: Language, level: str) -> None:
    standard = shipped("tbsc-94")
    at = desk(standard, *answers(standard, "0.8"))
    cheap: Marks = {row.id: F(9) for row in standard.indicators if row.id.startswith("M.")}
    text = plain(shown(Words.of(language), at, "aaaaa", cheap).text)
    assert "α 0.80 → α 1.00" in text
    assert "116" in text
    low = desk(standard, *answers(standard, "0.6"))
    texts = [
        plain(path.way(Words.of(language), way_facts(low, "aaaaa"), Way(low.ref, "aaaaa", n)).text) for n in range(9)
    ]
    assert any(level.split(" → ", maxsplit=1)[1] in one for one in texts)


def test_a_total_just_short_never_reads_reached() -> None:
    """89.996 and the 90 it misses."""
    at = desk(real(), *answers(real(), "0.9", skip=("4.2.1",)), rate("4.2.1", "0.89987"))
    text = plain(shown(ZH, at).text)
    assert "89.9996 → 90.6" in text
    marks: Marks = {row.id: None for row in real().indicators if not row.veto}
    proof = plain(shown(ZH, at, "four-star", marks).text)
    assert "89.9996，不到 90，还差 0.0004" in proof


def test_the_other_grades_a_plan_and_the_marks_are_one_button_away() -> None:
    at = below()
    found = [decode(button.payload) for row in shown(ZH, at, "", {"4.5": None}).rows for button in row]
    assert Way(at.ref, "five-star") in found
    assert TryPlanTap(at.ref, "four-star") in found
    assert WishList(at.ref, 0, "four-star") in found
    assert WishCard(at.ref, "4.1.2", "four-star") in found


def test_what_bars_the_way_is_freed_by_its_buttons() -> None:
    at = below()
    marks: Marks = {row.id: None for row in real().indicators if row.id not in {"4.1.1", "4.9"}}
    screen = shown(EN, at, "five-star", marks)
    text = plain(screen.text)
    assert "Out of reach: Five-star" in text
    assert "You marked these as impossible" in text
    assert TryPlanTap(at.ref, "five-star") not in [decode(b.payload) for row in screen.rows for b in row]
    assert "These would have to be freed together" in text


def test_costs_are_exact() -> None:
    assert [cost_text(one) for one in (F(2), F(1, 2), F(1, 3), F(7, 20))] == ["2", "0.5", "1/3", "0.35"]


def test_a_ratio_on_a_level_scale_reads_as_a_ratio() -> None:
    standard = shipped("jccqb-037")
    question = next(one for one in standard.questions if one.dimension == "management")
    assert [rated(EN, standard, question, Fraction(value)) for value in ("0.45", "0.6", "0")] == [
        "45%",
        "Level 3",
        "0%",
    ]


@pytest.mark.parametrize("words", [ZH, EN])
def test_there_is_a_way_back_and_an_empty_list_says_what_marks_are_for(words: Words) -> None:
    at = below()
    screen = wishes.wish_list(words, at, {}, WishList(at.ref))
    assert plain(screen.text).splitlines()[-1] == words.say("path.marks-none")
    assert Way(at.ref) in [decode(b.payload) for row in screen.rows for b in row]
