"""An Excel file read back, changed as a person would change it, and calculated anew by LibreOffice."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from bot.domain.scheme import QuestionId
from bot.export import Report
from bot.export.excel import render
from bot.export.excel_answers import CLAUSE, DIMENSION, OVER, SHEET, UNDER
from bot.words import Words

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def opened(raw: bytes, *, values: bool = False) -> Any:
    """The workbook; values: what formulas gave when it was written, else the formulas."""
    return openpyxl.load_workbook(io.BytesIO(raw), data_only=values)


def tab(report: Report, name: str) -> str:
    return Words.of(report.language).say(f"excel.tab-{name}")


def cells(book: Any) -> Iterator[Any]:
    """Every cell that holds something."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def texts(raw: bytes) -> str:
    """Everything that can be read in the file, cell by cell."""
    return "\n".join(str(cell.value) for cell in cells(opened(raw, values=True)))


def column(book: Any, name: str, number: int) -> str:
    """A column of a sheet as one text: what goes on in the row below is joined again."""
    return "".join(str(row[number].value or "") for row in book[name].iter_rows())


def recalculated(raws: Mapping[str, bytes], folder: Path) -> Mapping[str, Any]:
    """The same workbooks with the values that LibreOffice gives, in one run of it.

    openpyxl drops the values that we wrote, so that none of them can be taken over.
    """
    assert SOFFICE
    for name, raw in raws.items():
        opened(raw).save(folder / f"{name}.xlsx")
    out = folder / "out"
    command = [
        SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *(str(folder / f"{name}.xlsx") for name in raws),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    return {name: openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True) for name in raws}


def changed(report: Report, sheet: str, question: QuestionId, numerator: int, denominator: int) -> bytes:
    """The file after somebody wrote another rating into its row of the answers."""
    book = opened(render(report))
    words = Words.of(report.language)
    part = next(one for one in report.sheets if one.id == sheet)
    owner = f"{part.name} · {part.round}" if part.round else part.name
    title = words.pick(report.scheme.dimensions[question.dimension].title)
    (row,) = [
        row
        for row in book[tab(report, "answers")].iter_rows(min_row=3)
        if (row[CLAUSE].value, row[DIMENSION].value, row[SHEET].value) == (question.indicator, title, owner)
    ]
    row[OVER].value, row[UNDER].value = numerator, denominator
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(report: Report, book: Any, key: str) -> list[Any]:
    """The figures of the calculation behind a label, from top to bottom."""
    label = Words.of(report.language).say(f"excel.line-{key}")
    rows = book[tab(report, "calculation")].iter_rows()
    return [row[1].value for row in rows if row[0].value == label]


def outcome(report: Report, book: Any) -> str:
    (found,) = lines(report, book, "outcome")
    return str(found)


def equal(one: object, other: object) -> bool:
    """Cell values: texts and whole numbers alike, others as near as doubles are."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-12 * max(1, abs(one))
    return (one or "") == (other or "")


def differing(written: Any, found: Any) -> Sequence[str]:
    """Formula cells whose value as we wrote it is not the one that was found."""
    return [
        f"{cell.parent.title}!{cell.coordinate}: {cell.value!r}, not {there!r}"
        for cell in cells(written)
        if not equal(cell.value, there := found[cell.parent.title][cell.coordinate].value)
    ]


def near(value: object, exact: Fraction | None) -> bool:
    """A total in a cell is ours, as near as doubles are."""
    if exact is None:
        return value in {None, ""}
    return isinstance(value, int | float) and abs(Fraction(value) - exact) < Fraction(1, 10**9)
