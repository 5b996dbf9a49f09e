from bot.view.home import ask_organisation, home, pick_mode, pick_scheme
from bot.view.places import Home
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import AT, line
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS = scheme("stars")


def test_an_empty_list_says_what_there_is_to_gain_and_how_to_begin() -> None:
    screen = home(ZH, [], Home())
    assert screen.rows[0][0].text == "开始一次评价"
    assert screen.rows[0][0].payload == "1:n"
    assert screen.rows[0][0].style == "primary"
    assert "等级和理由" in plain(screen.text)


def test_open_ones_come_first_and_the_newest_of_them_first() -> None:
    lines = [line("a", "甲", at=AT), line("b", "乙", "closed", at=AT + 3), line("c", "丙", at=AT + 2)]
    assert labels(home(ZH, lines, Home()))[:3] == ["1. 丙", "2. 甲", "3. 乙"]


def test_a_line_shows_progress_or_the_outcome() -> None:
    shown = plain(home(ZH, [line("a", "甲"), line("b", "乙", "closed", outcome="四星级")], Home()).text)
    assert "已答 5/21 题 · " in shown
    assert "已关闭：四星级" in shown


def test_six_a_page_and_the_numbers_go_on() -> None:
    lines = [line(f"r{n}", f"第{n}家", at=AT - n) for n in range(8)]
    first, second = (home(ZH, lines, Home(page)) for page in (0, 1))
    assert [text for text in labels(first) if "家" in text] == [f"{n}. 第{n - 1}家" for n in range(1, 7)]
    assert [text for text in labels(second) if "家" in text] == ["7. 第6家", "8. 第7家"]
    assert payloads(first)["下一页 ›"] == "1:h:1"
    assert payloads(second)["‹ 上一页"] == "1:h"


def test_archived_ones_have_their_own_list_and_come_back_by_a_button() -> None:
    assert payloads(home(ZH, [line("a")], Home()))["已归档"] == "1:h:0:1"
    lines = [line(f"r{n}", f"第{n}家", at=AT - n, archived=True) for n in range(5)]
    screen = home(ZH, lines, Home(archived=1))
    assert [row[1].payload for row in screen.rows[:4]] == [f"1:A:r{n}:0" for n in range(4)]
    assert payloads(screen)["下一页 ›"] == "1:h:1:1"
    assert payloads(screen)["‹ 返回列表"] == "1:h"
    assert "新建评价" not in labels(screen)


def test_the_three_steps_to_a_new_one() -> None:
    first = pick_scheme(EN, [STARS])
    assert payloads(first)["Made-up stars"] == "1:m:made-stars"
    assert "T/MADE 001-2026 A made-up standard with stars" in plain(first.text)
    second = pick_mode(EN, STARS)
    assert payloads(second)["Self-assessment"] == "1:o:made-stars:self"
    assert payloads(second)["Audit"] == "1:o:made-stars:audit"
    assert payloads(second)["‹ Back"] == "1:n"
    third = ask_organisation(EN, STARS, "audit")
    assert "Which organisation is assessed?" in plain(third.text)
    assert "Audit" in plain(third.text)
    assert payloads(third) == {"‹ Back": "1:m:made-stars", "Cancel": "1:h"}


def test_a_made_up_mode_is_taken_as_self_assessment() -> None:
    assert "自评" in plain(ask_organisation(ZH, STARS, "other").text)


def test_many_standards_stay_within_the_rows() -> None:
    assert [len(row) for row in pick_scheme(ZH, [STARS] * 5).rows] == [2, 2, 1, 1]
    assert len(pick_scheme(ZH, [STARS] * 20).rows) == 5


def test_without_a_standard_one_is_told_whom_to_ask() -> None:
    assert "管理员" in plain(pick_scheme(ZH, []).text)
