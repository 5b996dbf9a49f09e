"""The report as an Excel workbook: what was said as texts, and the whole calculation as live formulas.

Whoever changes an answer's numerator sees totals, levels and the grade move. Texts of people are never formulas or
links. The same report gives the same bytes. Must not know scores beyond the report.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from bot.export.excel_answers import WIDTHS as ANSWERS
from bot.export.excel_answers import Wanted, answers
from bot.export.excel_book import Book
from bot.export.excel_breakdown import WIDTHS as BREAKDOWN
from bot.export.excel_breakdown import breakdown
from bot.export.excel_calculation import WIDTHS as CALCULATION
from bot.export.excel_calculation import Calculated, calculation
from bot.export.excel_layout import layout
from bot.export.excel_lists import listing, widths
from bot.export.excel_summary import WIDTHS as SUMMARY
from bot.export.excel_summary import summary
from bot.export.flat import Flat
from bot.export.flat_answers import answer_lines
from bot.export.flat_panel import all_evidence_lines, finding_lines, panel_lines
from bot.export.flat_record import asked_lines_of_all, reading_lines, record_lines
from bot.export.flat_words import Saying
from bot.export.parts import Report


def render(report: Report) -> bytes:
    """The file, in the report's language and zone. Of an erased assessment what is kept, without a calculation."""
    saying = Saying.of(report)
    book = Book(f"{report.scheme.code} {report.title}".strip(), report.made_at)
    first = book.page(saying.say("excel.tab-summary"), SUMMARY)
    summary(first, saying, None if report.erased else _figures(book, saying))
    for key, (names, lines) in _lists(saying).items():
        page = book.page(saying.say(f"excel.tab-{key}"), widths(names))
        listing(page, saying, names, lines, freeze=1)
    return book.close()


def _figures(book: Book, saying: Saying) -> Calculated:
    """The sheets of figures; answers and calculation refer to each other, so both are there before either is filled."""
    breakdown(book.page(saying.say("excel.tab-breakdown"), BREAKDOWN), saying)
    page = book.page(saying.say("excel.tab-answers"), ANSWERS)
    sums = book.page(saying.say("excel.tab-calculation"), CALCULATION)
    placed = layout(saying.report)
    made = calculation(sums, saying, placed, page)
    counts = {sheet: (sums.there(at), value) for sheet, (at, value) in made.counts.items()}
    common = {name: (sums.there(one.common[0]), one.common[1]) for name, one in made.found.items()}
    answers(page, saying, placed, Wanted(counts, common))
    return made


_TRANSCRIPT = ("clause", "title", "dimension", "sheet", "what", "value", "text", "by", "at")
_FINDINGS = ("number", "clause", "what", "digest", "text", "by", "at")
_PANEL = ("what", "clause", "sheet", "digest", "text", "by", "at")
_EVIDENCE = ("number", "clause", "sheet", "what", "digest", "text", "by", "at")
_READINGS = ("what", "text")
_RECORD = ("number", "what", "clause", "dimension", "sheet", "text", "by", "at", "hash")


def _lists(saying: Saying) -> Mapping[str, tuple[Sequence[str], Iterable[Flat]]]:
    """Tab -> its columns and lines. Of an erased assessment the readings and the record; of a part no record."""
    found: dict[str, tuple[Sequence[str], Iterable[Flat]]] = {}
    if not saying.report.erased:
        found["transcript"] = _TRANSCRIPT, filter(_briefly, answer_lines(saying))
        found["findings"] = _FINDINGS, finding_lines(saying)
        found["panel"] = _PANEL, chain(panel_lines(saying), asked_lines_of_all(saying))
        found["evidence"] = _EVIDENCE, all_evidence_lines(saying)
    found["readings"] = _READINGS, reading_lines(saying)
    found["record"] = _RECORD, record_lines(saying)
    return found


def _briefly(line: Flat) -> bool:
    """In the transcript evidence is named; all that is known of it stands in a sheet of its own."""
    return line.part != "evidence" or bool(line.by)
