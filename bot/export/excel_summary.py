"""The first sheet: what was assessed, the grade, totals, reasons, pictures, decisions. Must not know single answers."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from bot.export.chart_parts import Bars, Radar
from bot.export.excel_book import Page, address, area
from bot.export.excel_calculation import Calculated
from bot.export.excel_lists import rows, title
from bot.export.flat import Flat
from bot.export.flat_record import decision_lines, sheet_lines
from bot.export.flat_result import head_lines, outcome_said, result_lines
from bot.export.flat_words import Saying
from bot.words import forms

WIDTHS = (22, 18, 24, 13, 16, 50, 26)
_RESULT = ("what", "dimension", "value", "points", "exact", "brief", "when")
_HEAD = ("what", "", "value", "", "", "brief", "when")
_DECISIONS = ("what", "clause", "value", "", "exact", "brief", "when")
_SHEETS = ("sheet", "what", "value", "dimension", "exact", "brief", "when")
_CHART_ROWS = 14
_SOLE = 1


def summary(page: Page, saying: Saying, made: Calculated | None) -> None:
    """Fill the sheet. made: where the live figures stand; None where there are none to show."""
    report, say = saying.report, saying.say
    scheme = report.scheme
    page.text(0, say("transcript.title"), "soft")
    page.row += 1
    page.text(0, report.title or say("transcript.untitled"), "title")
    page.row += 1
    page.text(0, f"{scheme.code} {saying.words.pick(scheme.title)}", "note")
    page.row += 2
    if made is not None:
        label, outcome, passed = outcome_said(saying)
        page.text(0, label, "strong")
        page.text(2, outcome, "result")
        page.text(5, passed, "strong")
        page.row += 1
        _live(page, saying, made)
        page.row += 1
    _table(page, saying, _RESULT, "transcript.why", _result(saying) if made else ())
    if made is not None:
        _pictures(page, saying)
    _table(page, saying, _HEAD, "transcript.about", head_lines(saying))
    _table(page, saying, _DECISIONS, "transcript.decisions", decision_lines(saying) if made else ())
    _table(page, saying, _SHEETS, "transcript.sheets", sheet_lines(saying) if made else ())


def _result(saying: Saying) -> Iterator[Flat]:
    """The outcome itself stands above."""
    return (line for line in result_lines(saying) if line.part != "result" or not line.value)


def _live(page: Page, saying: Saying, made: Calculated) -> None:
    """The grade as the file computes it now, and whether that is still the one of the record."""
    page.text(0, saying.say("excel.live"), "soft")
    page.fit({0: saying.say("excel.live")})
    page.formula(2, made.outcome[0], made.outcome[1], "text")
    page.formula(5, made.same[0], made.same[1], "soft")
    page.row += 1


def _table(page: Page, saying: Saying, names: Sequence[str], over: str, lines: Iterable[Flat]) -> None:
    found = list(lines)
    if not found:
        return
    page.text(0, saying.say(over), "title")
    page.row += 1
    for column, name in enumerate(names):
        page.text(column, title(saying, name) if name else " ", "head")
    page.row += 1
    first = page.row
    rows(page, saying, names, found)
    page.grid(first, len(names) - 1)
    page.row += 1


def _pictures(page: Page, saying: Saying) -> None:
    """Charts that a spreadsheet draws itself, each beside the figures that it is drawn from."""
    from bot.export.charts import figures  # noqa: PLC0415  drawing is not needed for an erased assessment

    for number, figure in enumerate(figures(saying.report)):
        if number % 2 == 0:
            page.cut()
        page.text(0, figure.title or saying.say("transcript.breakdown"), "title")
        page.row += 1
        first = page.row
        series = ("",) if isinstance(figure, Bars) else figure.series
        for place, name in enumerate(series):
            page.text(2 + place, name or saying.say("transcript.rating"), "head")
        page.row += 1
        labels = _labels(figure)
        for label, ratios in labels:
            page.text(0, label)
            page.fit({0: label})
            for place, ratio in enumerate(ratios):
                if ratio is not None:
                    page.figure(2 + place, ratio, forms.percent(ratio), "number")
            page.row += 1
        _chart(page, figure, first, len(labels), len(series))
        page.row = max(page.row, first + _CHART_ROWS) + 1
    page.cut()


def _labels(figure: Bars | Radar) -> list[tuple[str, tuple[Fraction | None, ...]]]:
    """Each chapter with its ratios, one per series."""
    if isinstance(figure, Bars):
        return [(bar.label, (bar.ratio,)) for bar in figure.bars]
    return [(axis.label, axis.ratios) for axis in figure.axes]


def _chart(page: Page, figure: Bars | Radar, first: int, count: int, series: int) -> None:
    kind = {"type": "bar"} if isinstance(figure, Bars) else {"type": "radar", "subtype": "with_markers"}
    chart = page.book.made.add_chart(kind)
    for place in range(series):
        chart.add_series(
            {
                "name": f"={page.there(address(first, 2 + place))}",
                "categories": f"={page.there(area(first + 1, first + count, 0))}",
                "values": f"={page.there(area(first + 1, first + count, 2 + place))}",
                "gap": 60,
            }
        )
    chart.set_title({"none": True})
    scale = {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#D9DEE4"}}}
    if isinstance(figure, Bars):
        chart.set_x_axis(scale)
        chart.set_y_axis({"reverse": True})
    else:
        chart.set_y_axis(scale)
    if series == _SOLE:
        chart.set_legend({"none": True})
    chart.set_size({"width": 540, "height": 22 * _CHART_ROWS})
    page.sheet.insert_chart(first, 3, chart, {"x_offset": 40, "object_position": 2})
