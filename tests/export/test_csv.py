"""The CSV file: one table that holds all that was recorded, safe to open, the same every time."""

import csv
import io
import re
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from bot.domain import entries as e
from bot.domain.answers import Rated
from bot.domain.scales import Language
from bot.domain.scheme import QuestionId
from bot.export import Report
from bot.export.csvfile import COLUMNS, render, safe
from bot.export.flat import Part
from bot.words import Words, forms
from tests.assessments.told import finished
from tests.domain.real import NAMES
from tests.export.story import LEAD, adjusted, eventful, panelled, story
from tests.export.walking import EXAMPLES, others, told

LANGUAGES: tuple[Language, ...] = ("zh", "en")
STARTS = ("=", "+", "-", "@", "\t", "\r")


def read(report: Report) -> list[dict[str, str]]:
    """The lines by column, as a program reads them: one ' before what begins with it is taken away."""
    text = render(report).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    return [dict(zip(COLUMNS, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows[1:]]


def of(rows: list[dict[str, str]], part: str) -> list[dict[str, str]]:
    return [row for row in rows if row["part"] == part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_a_spreadsheet_and_names_its_columns(language: Language) -> None:
    raw = render(panelled().report(language))
    assert raw.startswith(b"\xef\xbb\xbf")
    head = raw.decode("utf-8-sig").partition("\r\n")[0]
    assert head == ",".join(Words.of(language).say(f"table.column.{name}") for name in COLUMNS)
    assert raw.endswith(b"\r\n")
    assert raw == render(panelled().report(language))


@pytest.mark.parametrize("name", NAMES)
def test_answers_totals_and_grade_are_those_of_the_report(name: str) -> None:
    report = finished(name, "en")
    rows = read(report)
    said = sorted(
        (question.indicator, str(given.answer.value) if isinstance(given.answer, Rated) else "")
        for sheet in report.state.sheets.values()
        for question, given in sheet.given.items()
    )
    found = sorted(
        (row["clause"], str(Fraction(int(row["numerator"]), int(row["denominator"]))) if row["numerator"] else "")
        for row in of(rows, "answer")
        if row["by"]
    )
    assert found == said
    total = Words.of("en").say("transcript.total")
    totals = [row for row in of(rows, "total") if row["what"] == total]
    for row, part in zip(totals, report.totals, strict=True):
        assert part.total is not None
        assert Fraction(int(row["numerator"]), int(row["denominator"])) == part.total
        assert row["value"] == forms.shown_total(report.scheme, part.dimension.id, part.total)
    assert report.verdict.outcome
    assert of(rows, "result")[0]["value"] == report.verdict.outcome.title.en
    assert [row["value"] for row in of(rows, "record")] == [entry.hash for entry in report.log]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_was_recorded_stands_in_it(language: Language) -> None:
    report = eventful().report(language)
    rows = read(report)
    said = {row["text"] for row in rows}
    assert {text for _, text in report.head} <= said
    notes = ["First note, revised twice", "First note\nsecond line", "First note, revised", "", "Note to be withdrawn"]
    assert [row["text"] for row in of(rows, "note")] == notes
    assert {text.of(language) for text in report.scheme.readings.values()} == {
        row["text"] for row in of(rows, "reading")
    }
    moments = [row["utc"] for row in of(rows, "record")]
    assert moments[0] == "2026-05-01T01:46:47.000Z"
    assert of(rows, "record")[0]["local"] == "2026-05-01 09:46:47"
    assert moments == sorted(moments)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_field_of_every_kind_stands_in_it(kind: str) -> None:
    """Two bodies that differ in one field alone give two files."""
    body = EXAMPLES[kind][2].body
    shown = render(told(kind).report("en")).decode()
    for field in fields(body):
        value = getattr(body, field.name)
        assert not isinstance(value, str) or not value[:1].isupper() or value in shown, field.name
    for name, other in others(kind):
        assert render(told(kind, other).report("en")).decode() != shown, f"{kind}: {name} is not in it"


def test_all_that_is_known_of_evidence_stands_together() -> None:
    rows = of(read(told("evidence-stored").report("en")), "evidence")
    photo = [row for row in rows if row["number"] == "3"]
    assert {row["clause"] for row in photo} == {"2.1"}
    assert photo[0]["text"] == "Caption"
    values = {row["value"] for row in photo}
    assert {"2026-05-01", "1.5,2.5", "a.jpg", "image/jpeg", "4321 bytes", "34" * 32, "56" * 32} <= values


NASTY = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1", "'=1", "'", "a,b", 'a"b', "a\nb",
         "ab\u202ec", " =1+1", "\n=1", "\u3000=1", "\u200b=1", "\ufeff+1", "\u202d@x", "＝1+1", "＋1", "－1", "＠SUM",
         "﹦1", "😀" * 60)  # fmt: skip


def test_no_cell_begins_as_a_formula_and_programs_read_the_text_back() -> None:
    one = adjusted()
    for text in NASTY:
        one.add(e.Draft(e.Noted(text), "s-1", QuestionId("5.1", "total")))
    one.names = {LEAD: "=HYPERLINK(1)"}
    report = one.report("en")
    text = render(report).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(STARTS)] == []
    assert "'=HYPERLINK(1)" in cells
    plain = {"a,b", 'a"b', "a\nb", "ab\u202ec", NASTY[-1]}
    assert all((safe(text) == text) == (text in plain) for text in NASTY), "behind blank signs and in the wide form too"
    assert [row["text"] for row in of(read(report), "note")] == list(NASTY)
    assert all(safe(text).removeprefix("'") == text for text in (*NASTY, "", "plain"))


def test_no_finished_assessment_has_a_cell_that_begins_as_a_formula() -> None:
    for name in NAMES:
        text = render(finished(name, "zh")).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(STARTS)] == [], name
        dated = [cell for cell in cells if re.fullmatch(r"\d+/\d+", cell)]
        assert dated == [], "4/5 is a day in April to a spreadsheet"


def test_what_was_erased_is_gone_and_a_part_has_no_record() -> None:
    gone = story("stars")
    gone.say("1.2", Rated(Fraction(1, 2), "ratio", "50%"))
    gone.do_erase_with_a_name("A name that must go")
    report = gone.report("en")
    assert "A name that must go" not in render(report).decode()
    assert {row["part"] for row in read(report)} == {"head", "reading", "record"}
    part = replace(panelled().report("en"), partial=True, log=(), records=(), upto=0, head_hash="")
    assert of(read(part), "record") == []
    assert Words.of("en").say("transcript.partial") in {row["text"] for row in of(read(part), "result")}


def test_the_page_of_files_names_every_column_and_every_part() -> None:
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
    table = page.partition("## 2 CSV")[2].partition("## 3 JSON")[0]
    columns = [name for line in table.splitlines() if line.startswith("| `") for name in _named(line.split("|")[1])]
    assert tuple(columns) == COLUMNS
    parts = next(line for line in table.splitlines() if line.startswith("`part`"))
    assert _named(parts)[1:] == list(get_args(Part))


def _named(text: str) -> list[str]:
    return re.findall("`([a-z]+)`", text)
