"""What stands in a finished file, read back by other libraries than those that wrote it. For tests across formats."""

import csv
import io
import json
import re
import zipfile
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]

Points = dict[tuple[str, str], tuple[Fraction, Fraction]]


def text_of(format_: str, data: bytes) -> str:
    """All words of a file for people, one behind the other, one space where a line, a cell or a tag ends."""
    read = {"pdf": _pdf, "word": _word, "html": _html, "csv": _csv, "excel": _excel}[format_]
    return re.sub(r"\s+", " ", re.sub(r"[\u2066-\u2069\u200b\ufffe\u00ad]+", "", read(data)))


def squeezed(text: str) -> str:
    """Without any space: pages break lines where they like."""
    return re.sub(r"\s+", "", text)


def of_csv(data: bytes) -> tuple[Points, set[Fraction]]:
    """(clause, dimension) -> exact points and what is due; and the exact figures of all totals."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    sections = {
        (row[3], row[5]): (Fraction(int(row[11]), int(row[12])), Fraction(row[14]))
        for row in rows
        if row[0] == "section" and row[11]
    }
    return sections, {Fraction(int(row[11]), int(row[12])) for row in rows if row[0] == "total" and row[11]}


def of_excel(data: bytes) -> tuple[Points, str]:
    """(clause, dimension) -> exact points and what is due; and the text of the whole book."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    lines = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    found: Points = {}
    for line in lines:
        clause, _, dimension, points, due, *_, exact = line[:9]
        if clause and exact:
            found[f"{clause}", f"{dimension}"] = (Fraction(f"{exact}"), Fraction(f"{due}"))
            assert abs(Fraction(f"{points}") - Fraction(f"{exact}")) < Fraction(1, 10**9)
    return found, " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )


def of_json(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data)["result"]
    return found


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _word(data: bytes) -> str:
    body = Document(io.BytesIO(data)).element.body
    return "".join(one.text or "" if one.tag.endswith("}t") else " " for one in body.iter() if one.tag[-2:] in _ENDS)


_ENDS = {"}t", "}p"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(" " if tag in {"td", "th", "p", "li", "div", "dt", "dd"} else "")


def _html(data: bytes) -> str:
    parser = _Words()
    parser.feed(data.decode())
    return "".join(parser.found)


def _csv(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _excel(data: bytes) -> str:
    return of_excel(data)[1]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
