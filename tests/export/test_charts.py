"""The pictures of a result: their figures, that nothing is clipped or covered, and what an SVG may hold."""

import asyncio
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from bot.domain.scales import Language
from bot.export import charts, drawing, fonts
from bot.export.chart_layout import laid_bars, laid_radar
from bot.export.chart_parts import Axis, Bar, Bars, Radar
from bot.export.chart_text import TEXT, TITLE, WIDE, Word, fitted, wide
from tests.assessments.told import NAMES, finished
from tests.export.story import panelled, story
from tests.fake_telegram.rules import check_file

LANGUAGES: tuple[Language, ...] = ("zh", "en")
LONG = "不可分割的非常非常长的标题" * 4
WORD = "Donaudampfschifffahrtsgesellschaftskapitaenswitwe" * 3
NASTY = '<script>alert(1)</script> & "q" 𠮷👩🏽‍🔧 محمد {{ 7*7 }} #let'
LABELS = ["1 短", f"2 {LONG}", f"3 {WORD}", f"4 {NASTY}", "5 Short words only " * 9, "6", ""]


def drawn(count: int = 7, series: int = 1) -> tuple[Bars, Radar]:
    """Figures with all labels that are hard to place, more than the standards have."""
    labels = [LABELS[place % len(LABELS)] for place in range(count)]
    ratios = [Fraction(place % 5, 4) if place % 6 else None for place in range(count)]
    bars = [
        Bar(one, ratio, "41.5/48" if ratio is not None else "", open=ratio == 0)
        for one, ratio in zip(labels, ratios, strict=True)
    ]
    axes = [Axis(one, (ratio, *[Fraction(1, 2)] * (series - 1))) for one, ratio in zip(labels, ratios, strict=True)]
    names = ("",) if series == 1 else tuple(f"{n} {LONG}" for n in range(series))
    return Bars(LONG * 2, tuple(bars)), Radar(WORD, names, tuple(axes))


@cache
def of(name: str) -> tuple[Bars | Radar, ...]:
    """All pictures of a standard in both languages; 'hard': figures that are hard to place."""
    if name == "hard":
        return tuple(figure for count in (3, 4, 7, 24) for series in (1, 4) for figure in drawn(count, series))
    return tuple(figure for language in LANGUAGES for figure in charts.figures(finished(name, language)))


every = pytest.mark.parametrize("name", [*NAMES, "hard"])


@pytest.mark.parametrize("name", NAMES)
def test_bars_say_what_the_breakdown_says(name: str) -> None:
    report = finished(name, "zh")
    shares = {(part.section.id, share.dimension.id): share for part in report.sections for share in part.shares}
    bars = [figure for figure in charts.figures(report) if isinstance(figure, Bars)]
    assert len(bars) == len(report.scheme.dimensions)
    for dimension, figure in zip(report.scheme.dimensions, bars, strict=True):
        assert len(figure.bars) >= 3
        for bar in figure.bars:
            share = shares[bar.label.split()[0], dimension]
            assert bar.ratio == (share.points / share.of if share.of else None)
            assert not bar.open
            assert (bar.shown == "") == (bar.ratio is None)


def test_dimensions_with_chapters_in_common_share_a_radar() -> None:
    radars = {name: [one for one in charts.figures(finished(name, "en")) if isinstance(one, Radar)] for name in NAMES}
    assert {name: len(found) for name, found in radars.items()} == dict.fromkeys(NAMES, 1) | {"tbsc-94": 2}
    (both,) = radars["jccqb-037"]
    assert both.series == ("Service management maturity", "Evaluation of service characteristics")
    assert [len(axis.ratios) for axis in both.axes] == [2] * 5
    assert [len(one.axes) for one in radars["tbsc-94"]] == [7, 7]
    (below,) = radars["dnisc-1105"]  # it has two chapters alone: those below them are drawn
    assert len(below.axes) == 15
    assert next(axis.ratios for axis in below.axes if axis.label.startswith("5.2.3")) == (None,)


def test_an_open_chapter_is_paler_and_counts_so_far() -> None:
    (bars, *_) = charts.figures(panelled().report("en"))
    assert isinstance(bars, Bars)
    opened = [bar for bar in bars.bars if bar.open]
    assert opened or any(bar.open for figure in charts.figures(panelled().report()) for bar in _bars(figure))
    begun = charts.figures(story("stars").report())
    assert all(bar.ratio == 0 and bar.open for bar in _bars(begun[0]))
    assert 'fill="#9cc6c6"' in charts.svg(begun[0])
    assert 'fill="#9cc6c6"' not in charts.svg(of("bjkb-006")[0])


def _bars(figure: Bars | Radar) -> tuple[Bar, ...]:
    return figure.bars if isinstance(figure, Bars) else ()


def test_a_bar_of_nothing_has_no_length_and_no_figures() -> None:
    none, empty, full = (laid_bars(Bars("", (Bar("x", ratio, "0/1"),))) for ratio in (None, Fraction(0), Fraction(1)))
    assert [one.bars[0].filled for one in (none, empty, full)] == [None, 0, full.room]
    assert none.words[-1].text == "—"
    assert full.words[-1].text == "0/1 (100%)"


# nothing is clipped, nothing covers anything


def words_of(figure: Bars | Radar) -> list[tuple[Word, int]]:
    laid = laid_bars(figure) if isinstance(figure, Bars) else laid_radar(figure)
    other = [*laid.words] if isinstance(figure, Bars) else [*laid.words, *getattr(laid, "legend", ())]
    return [(one, TITLE) for one in laid.title] + [(one, TEXT) for one in other]


def box(word: Word, size: int) -> tuple[float, float, float, float]:
    """left, top, right, bottom."""
    width = fonts.width(word.text) * size
    left = {"start": word.x, "middle": word.x - width / 2, "end": word.x - width}[word.anchor]
    return left, word.y - size * 0.88, left + width, word.y + size * 0.12


@every
def test_every_word_stands_in_the_picture_and_on_no_other(name: str) -> None:
    for figure in of(name):
        _fits(figure)


def _fits(figure: Bars | Radar) -> None:
    laid = laid_bars(figure) if isinstance(figure, Bars) else laid_radar(figure)
    boxes = [(box(word, size), word.text) for word, size in words_of(figure) if word.text]
    for (left, top, right, bottom), text in boxes:
        assert left >= 0 <= top, text
        assert right <= WIDE, text
        assert bottom <= laid.height, text
    for (one, text), (other, more) in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (text, more)


@every
def test_no_label_covers_the_circle(name: str) -> None:
    for figure in of(name):
        if isinstance(figure, Radar):
            laid = laid_radar(figure)
            radius = max(abs(spoke.x - WIDE / 2) for spoke in laid.spokes)
            for word in laid.words:
                left, _, right, _ = box(word, TEXT)
                assert right < WIDE / 2 - radius or left > WIDE / 2 + radius, word.text


@pytest.mark.parametrize("name", NAMES)
def test_no_label_of_a_standard_is_cut(name: str) -> None:
    assert not [word.text for figure in of(name) for word, _ in words_of(figure) if "…" in word.text]
    for figure in of(name):
        shown = {part for word, _ in words_of(figure) for part in word.text.split()}
        labels = [one.label for one in (figure.bars if isinstance(figure, Bars) else figure.axes)]
        assert {part for label in labels for part in label.split() if part.isascii()} <= shown, "no word is broken"


def test_a_text_is_cut_where_it_has_room_and_nothing_is_lost_on_the_way() -> None:
    assert fitted("aaa bbb ccc", wide("aaa bbb", 32) + 1, 32, 3) == ("aaa bbb", "ccc")
    for text in (LONG, WORD, "混排 mixed text，标点。不在行首（括号）也一样" * 3):
        lines = fitted(text, 300, 32, 99)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(wide(line, 32) <= 300 for line in lines)
        assert not [line for line in lines if line[0] in "，。）"]
        short = fitted(text, 300, 32, 2)
        assert len(short) == 2
        assert short[1].endswith("…")
        assert wide(short[1], 32) <= 300


# what an SVG may hold


@every
def test_an_svg_has_no_style_no_script_and_fetches_nothing(name: str) -> None:
    for figure in of(name):
        _harmless(figure)


def _harmless(figure: Bars | Radar) -> None:
    text = charts.svg(figure)
    root = ET.fromstring(text)  # noqa: S314  ours
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "text",
        "path",
        "circle",
    }
    for element in root.iter():
        assert not {"style", "class", "href", "onload"} & {name.rpartition("}")[2] for name in element.attrib}
        assert not any("url(" in value or "//" in value for value in element.attrib.values())
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', text)) >= 30


def test_what_stands_in_a_label_is_text_alone() -> None:
    root = ET.fromstring(charts.svg(Bars("t", (Bar(NASTY[:33], Fraction(1), "1/1"), Bar("𠮷 {{ 7*7 }}", None, "")))))  # noqa: S314  ours
    said = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert said == [
        "t",
        '<script>alert(1)</script> & "q" 〔Han U+20BB7〕',
        "1/1 (100%)",
        "〔Han U+20BB7〕 {{ 7*7 }}",
        "—",
    ]


# PNG


@pytest.mark.parametrize(("name", "place"), [("bjkb-007", 0), ("jccqb-037", -1), ("hard", -1), ("hard", -2)])
def test_a_picture_is_as_wide_as_a_phone_and_telegram_takes_it(name: str, place: int) -> None:
    figure = of(name)[place]
    made = drawing.png(figure)
    check_file(made, photo=True)
    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "PNG"
        assert picture.width == WIDE
        assert len(picture.convert("L").getcolors(256) or ()) > 20, "something is drawn"
    assert drawing.png(charts.svg(figure)) == made


async def test_pictures_are_drawn_beside_each_other() -> None:
    figures = of("jccqb-037")[:3]
    alone = [drawing.png(figure, 300) for figure in figures]
    together = await asyncio.gather(*(asyncio.to_thread(drawing.png, figure, 300) for figure in figures * 2))
    assert together == alone * 2
    with pytest.raises(ValueError, match="no picture"):
        drawing.png("no svg")
    assert drawing.png(figures[0], 300) == alone[0]


def test_bars_in_signs_for_a_terminal() -> None:
    bars, radar = drawn()
    assert charts.in_signs(radar) == ()
    signs = charts.in_signs(
        replace(
            bars,
            bars=(Bar("1 短", Fraction(1, 2), "1/2"), Bar("2", None, ""), Bar("3", Fraction(1, 3), "1/3", open=True)),
        )
    )
    assert signs == (
        ("1 短", "1/2 (50%)", "█" * 15 + "░" * 15),
        ("2", "—", ""),
        ("3", "1/3 (33.33%)", "▒" * 10 + "░" * 20),
    )
