"""The HTML transcript: whole, closed off from the network, and unmoved by nasty texts."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import commands as c
from bot.domain.answers import Rated
from bot.domain.scales import Language
from bot.export import FORMATS, html
from bot.library.load import load
from bot.paths import schemes_dir
from tests.export.page import Node, article, clause_of, facts, one, page, read, title
from tests.export.story import LEAD, NAMES, Story, adjusted, eventful, panelled, story
from tests.export.test_panel_parts import gathered

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", [eventful(), panelled(), adjusted()], ids=["eventful", "panelled", "adjusted"])
def test_it_needs_nothing_else_and_forbids_everything_else(told: Story, language: Language) -> None:
    raw = FORMATS["html"].render(told.report(language))
    root = read(raw)
    assert root.attributes["lang"] == ("zh-CN" if language == "zh" else "en")
    policy = _policy(root)
    style = one(root.find("style"))
    allowed = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'" in policy
    assert "@media print" in style.text
    assert "A4" in style.text
    assert "url(" not in style.text
    assert "@import" not in style.text
    assert {node.tag for node in root.all()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "a",
        "base",
    } == set()
    drawn = {id(node) for svg in root.find("svg") for node in svg.all()}
    names = {name for node in root.all() if id(node) not in drawn for name in node.attributes}
    assert names <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "dir",
        "datetime",
        "scope",
        "aria-hidden",
        "aria-label",
    }
    head = one(one(root.find("head")).find("title")).text
    assert told.scheme.code in head
    assert told.report().title in head


def test_pictures_of_the_result_are_drawn_in_the_page_without_styles() -> None:
    """Presentation attributes alone: the policy would drop a style, and an address would be fetched."""
    root = page(adjusted().report("zh"))
    drawn = [node for svg in one(root.find("section", "charts")).find("svg") for node in svg.all()]
    assert {node.tag for node in drawn} <= {"svg", "title", "rect", "text", "path", "circle"}
    for node in drawn:
        assert not {"style", "class", "href", "xlink:href", "id"} & set(node.attributes)
        assert not [name for name in node.attributes if name.startswith("on")]
        values = [value for name, value in node.attributes.items() if name != "xmlns"]
        assert not [value for value in values if "url(" in value or "//" in value]
    assert [node.tag for node in drawn].count("svg") == len(one(root.find("section", "charts")).find("figure")) > 0


JPEG = b"\xff\xd8\xff\xe0 made up"


def test_photos_stand_in_the_page_where_their_bytes_are_given() -> None:
    report, asked = gathered().report("en"), []

    def photos(sha256: str) -> bytes:
        asked.append(sha256)
        return JPEG

    root = read(html.render(report, photos))
    assert asked == ["56" * 32], "the clean copy, and nothing of what was removed or is no picture"
    picture = one(one(root.find("section", "evidence")).find("img"))
    assert picture.attributes["src"] == "data:image/jpeg;base64," + base64.b64encode(JPEG).decode()
    assert "; img-src data:; " in _policy(root)
    assert "This file does not hold the picture" not in root.text


@pytest.mark.parametrize("photos", [None, {}.get, lambda _: b"<svg onload=x>", lambda _: b""])
def test_without_a_picture_its_caption_says_so(photos: Callable[[str], bytes | None] | None) -> None:
    root = read(html.render(gathered().report("en"), photos))
    assert root.find("img") == []
    assert "img-src" not in _policy(root)
    caption = one(one(root.find("section", "evidence")).find("figure"))
    assert "This file does not hold the picture" in caption.words
    assert "Evidence 1 · Photo · 2.1 [Hotline]" in caption.words
    assert "34" * 32 in caption.words


def _policy(root: Node) -> str:
    return one([m for m in root.find("meta") if "http-equiv" in m.attributes]).attributes["content"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_was_recorded_can_be_read(language: Language) -> None:
    told = eventful()
    root = page(told.report(language))
    known = facts(root)
    for name in ("name", "scope", "sites", "period", "participants"):
        assert f"Head {name} <b>&" in known.values()
    assert "Renamed <i>Ltd</i>" in known.values()
    assert told.records[-1].hash in known.values()
    assert told.scheme.digest in known.values()
    hotline = article(root, "2.1")
    given = one(hotline.find("p", "given")).words
    assert given.startswith("77.78% → 23.33 /" if language == "zh" else "77.78% → 23.33 of 30 points")
    assert "7/9" in given
    assert NAMES[LEAD] in given
    texts = [node.text for node in hotline.find("div", "text")]
    older = ["First note\nsecond line", "First note, revised"]
    assert texts == ["First note, revised twice", *older, "Note to be withdrawn"]
    first, second = one(hotline.find("ol")).find("li")
    assert first.words.startswith("60%")
    assert "→" not in first.words
    assert second.words.startswith("60% → 77.78%")
    assert [p.words for p in hotline.find("p", "label")].count(
        "标记待复查" if language == "zh" else "marked for review"
    ) == 1
    rows = one(root.find("table", "log")).find("tr")[1:]
    assert len(rows) == len(told.records)
    for row, record in zip(rows, told.records, strict=True):
        cells = [cell.words for cell in row.find("td")]
        assert cells[0] == str(record.header.seq)
        assert cells[4] == record.hash[:12]
    assert "编造公司 → Head organisation <b>&" in rows[3].words
    assert "Head organisation <b>& → Renamed <i>Ltd</i>" in rows[8].words


def test_it_shows_the_question_as_it_was_asked() -> None:
    told = eventful()
    for language in LANGUAGES:
        root = page(told.report(language))
        assert len(root.find("article")) == len(told.scheme.indicators)
        for row in told.scheme.indicators:
            shown = article(root, row.id)
            assert one(shown.find("p", "question")).words == row.question.of(language)
            looks = [item.words for item in shown.find("ul")[0].find("li")]
            assert looks == [text.of(language) for text in row.look_for]
        for id_, text in told.scheme.readings.items():
            assert facts(root)[id_] == text.of(language)


def test_the_grade_and_its_figures() -> None:
    root = page(eventful().report("en"))
    box = one(root.find("section", "grade"))
    assert "passed" in box.attributes["class"].split()
    assert one(box.find("p", "outcome")).words == "Silver"
    assert one(box.find("p", "total")).words == "Total 82.83 / 100%"
    assert "not a certificate" in box.words
    assert "Silver service" in box.words
    sums = facts(root, "sums")
    assert sums["Exact value"] == "497/6"
    assert sums["Silver (70)"] == "12.83 above"
    assert sums["Gold (90)"] == "7.17 short"
    table = one(root.find("table", "parts"))
    rows = {row.find("th")[0].words: [cell.words for cell in row.find("td")] for row in table.find("tr")[1:]}
    assert rows["2 Service"] == ["31.83 / 40", "79.58%", "8.17"]
    assert rows["2.1 [Hotline]"] == ["23.33 / 30", "77.78%", "6.67"]
    assert rows["3 Improvement"] == ["34 / 40", "85%", "6"]
    assert rows["Sum"] == ["82.83 / 100", "", "17.17"]
    assert sorted(rows) == sorted(
        ["1 Promises", "1.2 Public promise", "2 Service", "2.1 [Hotline]", "2.10 [Visits]", "3 Improvement", "Sum"]
    )
    bar = one([row for row in table.find("tr") if "2.1 [" in row.words]).find("span", "bar")[0]
    assert one(bar.find("span", "w77")).attributes["class"].split() == ["w77"]


def test_while_open_there_are_bounds_and_no_grade() -> None:
    root = page(panelled().report("en"))
    box = one(root.find("section", "grade"))
    assert "undecided" in box.attributes["class"]
    assert one(box.find("p", "outcome")).words == "Incomplete"
    assert box.find("p", "fine")[0].words == "Still possible: Not reached to Row one"
    assert "may still change" in box.words
    assert "AAA" not in box.words


def test_several_sheets_stand_under_their_question_and_by_themselves() -> None:
    root = page(panelled().report("en"))
    dress = article(root, "S.1.1")
    assert [p.words for p in dress.find("p", "label")][1:] == [NAMES[LEAD], "Made-up Li · 第二轮"]
    assert [b.words for p in dress.find("p", "given") for b in p.find("b")] == ["α 0.90", "α 0.3333"]
    assert "1/3" in dress.words
    assert len(article(root, "M.1").find("div", "answer")) == 1
    other = one([card for card in root.find("div", "card") if title(card) == "Made-up Li · 第二轮"])
    assert facts(other, "sums") == {"Status": "open", "Service": "not yet known"}
    gate = one([card for card in root.find("div", "card") if title(card) == "Conformity"])
    assert one(gate.find("div", "quiet")).words.startswith("No, it does not")
    assert one(gate.find("p", "given")).words.startswith("Yes, it conforms")


def test_reasons_of_adjustments_and_of_leaving_out_are_there() -> None:
    root = page(adjusted().report("en"))
    texts = [node.text for node in root.find("div", "text")]
    assert {"Finding one <y>", "Finding two", "An award & a reason"} <= set(texts)
    assert "No goods are sent <x>" in one(article(root, "5.2.1").find("p", "given")).words
    sums = facts(root, "sums")
    assert (sums["Earned / due"], sums["Before adjustments"], sums["Deductions and bonus"]) == ("64 / 80", "80", "-1")
    assert sums["Exact value"] == "79"


def test_an_erased_assessment_shows_that_it_was() -> None:
    told = story("stars")
    told.say("1.2", Rated(Fraction(1, 2), "ratio", "50%"))
    told.do_erase_with_a_name("A name that must go")
    raw = FORMATS["html"].render(told.report("en")).decode()
    assert "A name that must go" not in raw
    assert "编造公司" not in raw
    root = read(raw.encode())
    assert len(root.find("p", "warn")) == 1
    assert root.find("section", "grade") == []
    rows = one(root.find("table", "log")).find("tr")[1:]
    assert len(rows) == len(told.records)
    assert [len(row.find("span", "gone")) for row in rows] == [1] * (len(rows) - 1) + [0]


def test_a_single_erased_note_or_answer_shows_that_it_was() -> None:
    told = eventful()
    for place, record in enumerate(told.records):
        if record.header.question == "2.1/total":
            told.records[place] = replace(record, salt=None, body=None)
    hotline = article(page(told.report("en")), "2.1")
    assert hotline.find("div", "text") == []
    assert "content erased" in one(hotline.find("p", "given")).words
    assert len(hotline.find("div", "note")) == 5


def test_a_recorded_outcome_that_does_not_follow_is_pointed_out() -> None:
    told = eventful()
    assert page(told.report("en")).find("p", "warn") == []
    assert told.state.closed
    told.state = replace(told.state, closed=replace(told.state.closed, outcome="gold"))
    assert "gold" in one(page(told.report("en")).find("p", "warn")).words


def test_times_are_local_and_name_their_zone() -> None:
    told = eventful()
    shanghai = page(told.report("en"))
    assert facts(shanghai)["Begun"] == "2026-05-01 09:46:47"
    assert facts(shanghai)["Time zone"] == "Asia/Shanghai (UTC+08:00)"
    assert facts(page(told.report("en", "Asia/Kathmandu")))["Begun"] == "2026-05-01 07:31:47"
    assert {node.attributes["datetime"][-1] for node in shanghai.find("time")} == {"Z"}


def test_each_time_tells_its_offset_where_clocks_were_changed() -> None:
    report = eventful().report("en", "Europe/Berlin")
    winter = replace(report, made_at=1_772_323_200_000)  # 2026-03-01, before summer time
    root = page(winter)
    assert facts(root)["Begun"] == "2026-05-01 03:46:47 +02:00"
    assert "each time with its offset" in facts(root)["Time zone"]
    assert "2026-03-01 01:00:00 +01:00" in one(root.find("footer")).words


def test_the_same_report_gives_the_same_bytes() -> None:
    for language in LANGUAGES:
        assert FORMATS["html"].render(eventful().report(language)) == FORMATS["html"].render(
            eventful().report(language)
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_standard_is_shown_row_by_row(language: Language) -> None:
    loaded, problems = load(schemes_dir() / "bjkb-006.yaml")
    assert loaded, problems
    told = Story(loaded.scheme, loaded.text)
    told.begin()
    told.fill(Fraction(4, 5))
    told.do(c.Close())
    root = page(told.report(language))
    assert [clause_of(node) for node in root.find("article")] == list(loaded.scheme.by_id)
    assert one(root.find("p", "outcome")).words == told.report().verdict.outcome.title.of(language)  # type: ignore[union-attr]
    others = [text.of("en" if language == "zh" else "zh") for row in loaded.scheme.indicators for text in row.look_for]
    assert not {item.words for item in root.find("li")} & set(others)
