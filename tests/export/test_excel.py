"""The Excel file: all that was recorded stands in it, the figures are the report's, texts stay texts."""

import io
import re
import zipfile
from dataclasses import fields, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.scales import Language
from bot.domain.scheme import QuestionId
from bot.export.excel import render
from bot.export.excel_answers import CLAUSE, COUNTS, NONE, OPEN, OVER, RAISED, REMARK, UNDER
from bot.export.excel_book import LINES, high, pieces, tab
from bot.words import Words, forms
from tests.assessments.told import finished
from tests.domain.real import NAMES
from tests.export.story import LEAD, Story, adjusted, eventful, panelled, story
from tests.export.thresholds import LESS, odd
from tests.export.walking import EXAMPLES, others, told
from tests.export.workbook import cells, column, lines, near, opened, outcome, texts
from tests.export.workbook import tab as sheet_name
from tests.sampled import sampled

LANGUAGES: tuple[Language, ...] = ("zh", "en")
TABS = ("summary", "breakdown", "answers", "calculation", "transcript", "findings", "panel", "evidence", "readings",
        "record")  # fmt: skip


@cache
def made(name: str, language: Language = "en") -> bytes:
    return render(finished(name, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_sheets_are_named_in_its_language(language: Language) -> None:
    book = opened(render(panelled().report(language)))
    assert book.sheetnames == [Words.of(language).say(f"excel.tab-{name}") for name in TABS]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        if sheet.title not in {book.sheetnames[0], book.sheetnames[3]}:
            assert sheet.freeze_panes
            assert sheet.print_title_rows


@pytest.mark.parametrize("name", sampled(NAMES, 5, 1))
def test_the_figures_are_those_of_the_report(name: str) -> None:
    report, book = finished(name, "en"), opened(made(name), values=True)
    assert report.verdict.outcome
    assert outcome(report, book) == report.verdict.outcome.title.en
    totals = lines(report, book, "total")
    assert all(near(one, part.total) for one, part in zip(totals, report.totals, strict=True))
    assert lines(report, book, "ours") == [str(part.total) for part in report.totals]
    assert lines(report, book, "level") == [p.score.level or 0 for p in report.totals if p.dimension.level_from]
    assert lines(report, book, "same") == [Words.of("en").say("excel.same")]
    assert set(lines(report, book, "whole")) == {1}, "all five fit into whole numbers"
    shown = texts(made(name))
    for part in report.totals:
        assert part.total is not None
        assert forms.shown_total(report.scheme, part.dimension.id, part.total) in shown


@pytest.mark.parametrize("name", sampled(NAMES, 5, 1))
def test_every_answer_stands_in_whole_numbers(name: str) -> None:
    report, book = finished(name, "en"), opened(made(name), values=True)
    rows = list(book[sheet_name(report, "answers")].iter_rows(min_row=3, values_only=True))
    said = sorted(
        (question.indicator, _numbers(given.answer))
        for sheet in report.state.sheets.values()
        for question, given in sheet.given.items()
    )
    found = sorted((row[CLAUSE], _row(row)) for row in rows if not row[OPEN])
    assert found == said
    set_aside = sum(row[COUNTS] == 0 for row in rows)
    assert sum(row[OPEN] for row in rows) <= set_aside


def _numbers(answer: object) -> str:
    match answer:
        case Rated(value):
            return str(value)
        case NotApplicable():
            return "na"
        case Veto(raised):
            return f"veto {int(raised)}"
        case _:
            raise AssertionError(answer)


def _row(row: tuple[Any, ...]) -> str:
    if row[NONE] == 1:
        return "na"
    return f"veto {row[RAISED]}" if row[RAISED] is not None else str(Fraction(row[OVER], row[UNDER]))


def test_points_by_clause_read_as_everywhere_else() -> None:
    report, book = finished("dnisc-1105", "en"), opened(made("dnisc-1105"), values=True)
    rows = {row[0].value: row for row in book[sheet_name(report, "breakdown")].iter_rows(min_row=2)}
    for part in report.sections:
        for share in part.shares:
            cells_ = rows[part.section.id]
            assert [_displayed(cells_[3]), _displayed(cells_[4])] == [
                forms.points(share.points),
                forms.points(share.of),
            ]
            if share.rating is not None:
                assert _displayed(cells_[5]) == forms.percent(share.rating)
            assert cells_[8].value == str(share.points)


def _displayed(cell: Any) -> str:
    """As a spreadsheet shows a number in its format: rounded half up, by 15 digits."""
    form = str(cell.number_format)
    places = len(form.rstrip("%").partition(".")[2])
    value = Decimal(f"{cell.value * (100 if form.endswith('%') else 1):.15g}")
    shown = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}"
    return shown + ("%" if form.endswith("%") else "")


PLAIN = {"ABS", "AND", "COUNTIF", "IF", "INDEX", "INT", "ISERROR", "ISNUMBER", "LCM", "MATCH", "MIN", "N", "OR", "SUM",
         "SUMPRODUCT"}  # fmt: skip
"""Functions that Excel 2010, LibreOffice and WPS have. docs/files.md names them."""


@pytest.mark.parametrize("name", sampled(NAMES, 5, 1))
def test_formulas_are_plain_hold_no_text_and_are_as_long_as_excel_takes(name: str) -> None:
    formulas = [str(cell.value) for cell in cells(opened(made(name))) if cell.data_type == "f"]
    assert formulas
    assert {found for one in formulas for found in re.findall(r"([A-Z.]+)\(", one)} <= PLAIN
    assert {found for one in formulas for found in re.findall(r'"[^"]*"', one)} <= {'""'}
    assert max(map(len, formulas)) < 8192
    assert all("_xlfn" not in one and "{" not in one for one in formulas)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_was_recorded_can_be_read(language: Language) -> None:
    report = eventful().report(language)
    raw = render(report)
    shown = texts(raw)
    for name in e.HEADER_FIELDS:
        assert dict(report.head)[name] in shown
    for text in ("First note, revised twice", "First note\nsecond line", "First note, revised", "Note to be withdrawn"):
        assert text in shown
    for row in report.scheme.indicators:
        assert row.question.of(language) in shown
        assert all(text.of(language) in shown for text in row.look_for)
    assert all(text.of(language) in shown for text in report.scheme.readings.values())
    record = column(opened(raw), sheet_name(report, "record"), 8)
    assert all(entry.hash in record for entry in report.log)
    assert report.head_hash in shown


@pytest.mark.parametrize("kind", sampled(EXAMPLES, 12))  # the lines are those of CSV, where all are in the default run
def test_every_field_of_every_kind_stands_in_it(kind: str) -> None:
    """Two bodies that differ in one field alone give two files."""
    body = EXAMPLES[kind][2].body
    shown = texts(render(told(kind).report("en")))
    for field in fields(body):
        value = getattr(body, field.name)
        assert not isinstance(value, str) or not value[:1].isupper() or value in shown, field.name
    for name, other in others(kind):
        assert texts(render(told(kind, other).report("en"))) != shown, f"{kind}: {name} is not in it"


NASTY = (
    "=1+1", '=HYPERLINK("http://127.0.0.1:9/x")', "=cmd|'/c calc'!A1", " =1+1", "＝1+1", "+1", "-1", "@SUM(1)", "\t=1",
    "\r=1", "http://127.0.0.1:9/x", "mailto:a@b.c", "internal:Sheet!A1", "external:x.xlsx",
    "file:///etc/passwd", "12345678901234567890",
    "1e5", "007", "TRUE", "#N/A",
    "{=1}", "<b>&lt;", "{{7*7}}", "_x0041_", "a\x07b", "\ufffe", "\u202eabc", "😀" * 60, "'", "'=1",
)  # fmt: skip


def test_nasty_texts_are_texts_and_nothing_is_linked() -> None:
    one = nasty()
    raw = render(one.report("en"))
    book = opened(raw)
    calm = opened(render(adjusted().report("en")))
    ours = re.compile(r"=(IF|SUM|SUMPRODUCT|MIN|LCM|N|'Answers'|'Calculation'|\$|\d|100\*)")
    for cell in cells(book):
        assert cell.hyperlink is None
        assert cell.data_type != "f" or ours.match(str(cell.value)), cell.value
        assert cell.data_type in {"s", "n", "f"}
    formulas = sum(cell.data_type == "f" for cell in cells(calm))
    assert sum(cell.data_type == "f" for cell in cells(book)) == formulas
    held = [str(cell.value) for cell in cells(book) if cell.data_type == "s"]
    for text in NASTY:
        assert any(text in one or text in unescape(one) for one in held), repr(text)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        assert not [name for name in names if "externalLink" in name or "vba" in name or "hyperlink" in name]
        for name in names:
            assert b'TargetMode="External"' not in archive.read(name)


def nasty() -> Story:
    one = adjusted()
    for text in NASTY:
        one.add(e.Draft(e.Noted(text), "s-1", QuestionId("5.1", "total")))
    one.do(c.SetHeader("name", "=1+1"))
    one.names = {LEAD: "=HYPERLINK(1)"}
    return one


def test_a_text_that_no_row_can_show_goes_on_in_the_next() -> None:
    one = adjusted()
    long = "".join(f"{number} 汉字、" for number in range(6000))[:40_000]
    one.add(e.Draft(e.Noted(long), "s-1", QuestionId("5.1", "total")))
    report = one.report("zh")
    book = opened(render(report))
    assert long in column(book, sheet_name(report, "transcript"), 6)
    assert max(len(str(cell.value).encode("utf-16-le")) // 2 for cell in cells(book)) <= 32_767
    lines_ = [text for text in ("x" * 5000, "一\n" * 100, "汉" * 3000 + "\n\nend", "") for text in pieces(text, 80)]
    assert all(high(text, 80) <= LINES for text in lines_)
    assert "".join(pieces("汉" * 3000 + "\n\nend\n", 80)) == "汉" * 3000 + "\n\nend\n"


@pytest.mark.parametrize("name", ["a[b]:*?/\\c", "'quoted'", "x" * 40, "", "[]", "汉字" * 20])
def test_any_name_fits_a_tab(name: str) -> None:
    made_ = tab(name)
    assert 1 <= len(made_) <= 31
    assert not set(made_) & set("[]:*?/\\")
    assert made_.strip("'") == made_


def test_the_same_report_gives_the_same_bytes() -> None:
    first = render(panelled().report("en"))
    assert first == render(panelled().report("en"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-05-02T01:46:40Z" in archive.read("docProps/core.xml")


def test_while_open_it_says_so_and_shows_no_total() -> None:
    report = panelled().report("en")
    book = opened(render(report), values=True)
    assert outcome(report, book) == "Incomplete"
    totals = [part.total for part in report.totals]
    assert all(near(one, total) for one, total in zip(lines(report, book, "total"), totals, strict=True))
    assert None in totals


def test_a_total_is_not_final_while_an_adjustment_is_undecided() -> None:
    one = story("shop")
    one.fill(Fraction(4, 5))
    report = one.report("en")
    book = opened(render(report), values=True)
    assert (lines(report, book, "complete"), lines(report, book, "final")) == ([1], [0])
    assert lines(report, book, "total") == [None]
    assert outcome(report, book) == "Incomplete"


def test_what_no_spreadsheet_could_tell_is_ours_and_says_so() -> None:
    """Exactly at a threshold, with denominators beyond whole numbers; a millionth below, decimals tell."""
    told_ = {"at": odd("bjkb-007"), "below": odd("bjkb-007", LESS)}
    warning = Words.of("en").say("excel.too-near")
    for case, report in told_.items():
        raw = render(report)
        book = opened(raw, values=True)
        assert lines(report, book, "whole") == [0]
        assert (warning in texts(raw)) == (case == "at")
        assert report.verdict.outcome
        assert outcome(report, book) == report.verdict.outcome.title.en


def test_an_erased_assessment_shows_that_it_was_and_no_figures() -> None:
    gone = story("stars")
    gone.say("1.2", Rated(Fraction(1, 2), "ratio", "50%"))
    gone.do_erase_with_a_name("A name that must go")
    report = gone.report("en")
    raw = render(report)
    assert "A name that must go" not in texts(raw)
    assert "编造公司" not in texts(raw)
    book = opened(raw)
    assert book.sheetnames == [sheet_name(report, name) for name in ("summary", "readings", "record")]
    assert Words.of("en").say("transcript.erased") in texts(raw)
    assert not [cell for cell in cells(book) if cell.data_type == "f"]


def test_a_part_has_no_record_and_says_so() -> None:
    one = panelled()
    report = replace(one.report("en"), partial=True, log=(), records=(), upto=0, head_hash="")
    raw = render(report)
    assert Words.of("en").say("transcript.partial") in texts(raw)
    rows = list(opened(raw)[sheet_name(report, "record")].iter_rows(values_only=True))
    assert len(rows) == 2
    assert not any(record.hash in texts(raw) for record in one.records)


def test_a_rating_with_more_digits_than_a_cell_is_flagged() -> None:
    one = story("stars")
    exact = Fraction("0.1234567890123456789012")
    one.say("2.1", Rated(exact, "ratio", "0.1234567890123456789012"))
    one.fill(Fraction(9, 10))
    report = one.report("en")
    book = opened(render(report), values=True)
    rows = book[sheet_name(report, "answers")].iter_rows(min_row=3, values_only=True)
    (row,) = [row for row in rows if row[CLAUSE] == "2.1"]
    assert str(exact) in row[REMARK]
    assert (row[OVER], row[UNDER]) == (12345678901235, 10**14)
    assert lines(report, book, "whole") == [0]
    assert report.verdict.outcome
    assert outcome(report, book) == report.verdict.outcome.title.en
