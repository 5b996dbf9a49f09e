from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain.scheme import Scheme
from bot.view import places
from bot.view.facts import Desk
from bot.view.screen import Screen
from bot.view.sheets import ask_population, ask_round, ask_set_aside, covers_offered, sheets
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import desk, rated
from tests.view.markup import labels, payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
STARS, PANEL, SITES = scheme("stars"), scheme("panel"), scheme("sites")
A = "a123456789"
FIRST, SECOND, THIRD = "s123456789", "s223456789", "s323456789"


def _sheets(at: Desk, page: int = 0, words: Words = ZH) -> Screen:
    return sheets(words, at, places.Sheets(A, page))


def _visits(of: Scheme, number: int) -> list[c.Command]:
    covers = of.sampling.covers if of.sampling else tuple(of.dimensions)
    return [c.OpenSheet(f"s{n}", f"项目{n}", covers) for n in range(2, 2 + number)]


def test_each_sheet_says_what_it_rates_and_how_far_it_is() -> None:
    at = desk(SITES, *_visits(SITES, 2), *rated(SITES, "s3", ["service"], "1"), c.SetPopulation(9))
    screen = _sheets(at)
    shown = plain(screen.text)
    assert "1. 主评价表 · 管理\n已答 0/3，还剩 3 题" in shown
    assert "2. 项目2 · 服务\n已答 0/3，还剩 3 题" in shown
    assert "3. 项目3 · 服务\n全部已答（3 题）" in shown
    assert payloads(screen)["2. 项目2"] == f"1:j:{SECOND}"
    assert payloads(screen)["✓ 3. 项目3"] == f"1:j:{THIRD}"


def test_the_sample_is_counted_and_the_total_is_asked_for() -> None:
    screen = _sheets(desk(SITES, *_visits(SITES, 2)))
    assert "项目一共有多少个？" in plain(screen.text)
    assert payloads(screen)["填项目总数"] == f"1:N:{A}"
    known = _sheets(desk(SITES, *_visits(SITES, 2), c.SetPopulation(9)))
    assert "抽样：项目共 9 个，至少评 6 个，已开 2 张表" in plain(known.text)
    assert "改项目总数" in labels(known)
    assert "抽样" not in plain(_sheets(desk(PANEL)).text)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("sites", {"再评一个项目": f"1:R:{A}:service"}),
        (
            "panel",
            {
                "再开：服务、管理": f"1:R:{A}:service+management",
                "再开：服务": f"1:R:{A}:service",
                "再开：管理": f"1:R:{A}:management",
            },
        ),
        ("stars", {"再开一张表": f"1:R:{A}:total"}),
    ],
)
def test_another_sheet_covers_what_makes_sense(name: str, offered: dict[str, str]) -> None:
    found = payloads(_sheets(desk(scheme(name))))
    assert {text: to for text, to in found.items() if text.startswith("再")} == offered


def test_where_units_are_sampled_the_rest_is_offered_again_once_its_sheet_is_set_aside() -> None:
    at = desk(SITES, *_visits(SITES, 1), c.SetAside("s1", "填错了"))
    assert covers_offered(at) == (("service",), ("management",))
    assert payloads(_sheets(at))["再开：管理"] == f"1:R:{A}:management"


def test_a_sheet_is_set_aside_by_the_lead_and_never_the_only_one() -> None:
    assert not [text for text in labels(_sheets(desk(STARS))) if text.startswith("不计入")]
    at = desk(STARS, *_visits(STARS, 2), c.SetAside("s2", "现场取消"))
    screen = _sheets(at)
    assert "不计入：现场取消" in plain(screen.text)
    assert payloads(screen)["不计入 3"] == f"1:U:{THIRD}"
    assert "不计入 2" not in labels(screen)
    assert "2. 项目2" not in labels(screen)
    assert "不计入 3" not in labels(_sheets(replace(at, lead=False)))


def test_many_sheets_are_paged_with_the_unfinished_ones_first() -> None:
    at = desk(SITES, *_visits(SITES, 7), *rated(SITES, "s1", ["management"], "1"))
    assert "1. 主评价表" not in plain(_sheets(at).text)
    last = _sheets(at, page=1)
    assert "1. 主评价表" in plain(last.text)
    assert payloads(last)["‹ 上一页"] == f"1:S:{A}"
    assert len(last.rows) <= 5


def test_a_closed_assessment_shows_its_sheets_and_begins_none() -> None:
    done = [*rated(STARS, "s1", ["total"], "1"), c.Close()]
    screen = _sheets(desk(STARS, *done))
    assert "全部已答（5 题）、已提交" in plain(screen.text)
    assert payloads(screen) == {"1. 主评价表": f"1:s:{FIRST}", "概况": f"1:d:{A}"}


def test_somebody_without_a_sheet_is_told_so() -> None:
    at = replace(desk(STARS), own=None, sheet_ref="", sheets=(), lead=False, rates=False)
    assert "您还没有评价表" in plain(_sheets(at).text)
    assert labels(_sheets(at)) == ["概况"]


def test_what_is_asked_as_text_says_for_what() -> None:
    at = desk(SITES, *_visits(SITES, 1), c.SetPopulation(12))
    asked = plain(ask_round(ZH, at, ("service",)).text)
    assert "这个项目叫什么？\n评：服务" in asked
    assert "What is this sheet called?\nRates: Service + Management" in plain(
        ask_round(EN, desk(PANEL), ("service", "management")).text
    )
    population = ask_population(ZH, at)
    assert "不少于 1.8 × √总数" in plain(population.text)
    assert "现在是：\n12" in plain(population.text)
    assert payloads(population) == {"取消": f"1:S:{A}"}
    assert "“项目2”为什么不计入？" in plain(ask_set_aside(ZH, at, SECOND).text)
