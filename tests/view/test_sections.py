from dataclasses import replace
from fractions import Fraction

from bot.domain import commands as c
from bot.domain.answers import Rated
from bot.domain.scheme import QuestionId
from bot.view import places
from bot.view.sections import section_rows, sections
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import answers, desk, give, rate, real, shipped
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS = scheme("stars")


def test_each_chapter_says_what_is_open_in_it() -> None:
    at = desk(STARS, rate("3", "1"), rate("2.1", "1"), c.Flag("s1", QuestionId("2.1", "total"), on=True))
    screen = sections(ZH, at, places.Sections("s1"))
    shown = plain(screen.text)
    assert "已答 2/5 题" in shown
    assert "1 承诺：未答 2 题\n2 服务：未答 1 题，标记 1\n✓ 3 改进" in shown
    assert labels(screen)[:3] == ["1 · 0/2", "2 · 1/2", "✓ 3"]
    assert payloads(screen)["2 · 1/2"] == "1:t:s1:2"


def test_eight_chapters_a_page() -> None:
    screen = sections(ZH, desk(real()), places.Sections("s1"))
    assert labels(screen)[7] == "4.8 · 0/1"
    assert payloads(screen)["下一页 ›"] == "1:s:s1:1"
    last = sections(ZH, desk(real()), places.Sections("s1", 1))
    assert labels(last)[:5] == [f"4.{n} · 0/1" for n in range(9, 14)]


def test_each_question_shows_its_answer_and_opens_its_card() -> None:
    later = c.Postpone("s1", QuestionId("2.10", "total"), on=True)
    at = desk(STARS, rate("2.1", "7/10"), later, c.Flag("s1", QuestionId("2.1", "total"), on=True))
    screen = section_rows(EN, at, places.SectionRows("s1", "2"))
    shown = plain(screen.text)
    assert "2.1 [Hotline]: 70%, flagged" in shown
    assert "2.10 [Visits]: later" in shown
    assert payloads(screen)["2.1 · 70%"] == "1:q:s1:2.1/total"
    assert payloads(screen)["2.10 · open"] == "1:q:s1:2.10/total"


def test_a_row_of_two_dimensions_has_two_buttons_that_differ() -> None:
    both = replace(scheme("sites"), sampling=None)
    at = desk(both, give(QuestionId("1.2", "service"), Rated(Fraction(7, 10), "alpha")))
    found = labels(section_rows(ZH, at, places.SectionRows("s1", "1")))
    assert found[:3] == ["1.1 · 未答", "1.2 管理 · 未答", "1.2 服务 · α 0.70"]


def test_a_chapter_holds_the_questions_below_it() -> None:
    at = desk(scheme("panel"), *answers(scheme("panel"), "1"))
    found = labels(section_rows(ZH, at, places.SectionRows("s1", "S")))
    assert [text.split(" ")[0] for text in found[:3]] == ["S.1.1", "S.1.2", "S.2"]


def test_a_section_without_a_printed_number_goes_by_its_title() -> None:
    screen = sections(ZH, desk(shipped("dnisc-1105")), places.Sections("s1"))
    assert "service" not in plain(screen.text)
    assert labels(screen)[0].startswith("服务要求 · 0/")
