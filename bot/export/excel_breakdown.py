"""The sheet of points by section and question, as they were when the file was made. Must not know single answers."""

from bot.domain.scheme import Dimension
from bot.export.excel_book import Look, Page
from bot.export.flat_words import Saying
from bot.export.parts import Share
from bot.words import forms

WIDTHS = (10, 44, 22, 12, 12, 12, 12, 12, 20)


def breakdown(page: Page, saying: Saying) -> None:
    """Dimension by dimension: sections with their questions, then the sum."""
    say, report = saying.say, saying.report
    keys = ("clause", "", "", "points", "", "rating", "lost", "", "exact")
    named = {1: "table.column.title", 2: "table.column.dimension", 4: "excel.of", 7: "excel.open"}
    titles = [say(named.get(column) or f"transcript.{key}") for column, key in enumerate(keys)]
    page.head([title[:1].upper() + title[1:] for title in titles], freeze=2)
    for dimension in report.scheme.dimensions.values():
        for part in report.sections:
            for share in part.shares:
                if share.dimension.id == dimension.id:
                    _row(page, saying, (part.section.id, saying.title(part.section)), share, "section")
            for row in () if part.whole else part.rows:
                for question in row.questions:
                    if question.share and question.share.dimension.id == dimension.id:
                        clause = (row.indicator.id, saying.title(row.indicator))
                        _row(page, saying, clause, question.share, "number")
        _sum(page, saying, dimension)
    page.grid(1, len(WIDTHS) - 1)
    page.text(0, say("excel.breakdown-why"), "soft")


def _row(page: Page, saying: Saying, clause: tuple[str, str], share: Share, look: Look) -> None:
    page.text(0, clause[0], "section" if look == "section" else "text")
    page.text(1, clause[1], "section" if look == "section" else "text")
    page.text(2, saying.dimension(share.dimension), "section" if look == "section" else "text")
    page.fit({1: clause[1], 2: saying.dimension(share.dimension), 8: str(share.points)})
    page.figure(3, share.points, forms.points(share.points), look)
    page.figure(4, share.of, forms.points(share.of), look)
    if share.rating is not None:
        page.figure(5, share.rating, forms.percent(share.rating), look)
    if share.lost is not None:
        page.figure(6, share.lost, forms.points(share.lost), look)
    page.number(7, share.open or None, "whole")
    page.text(8, str(share.points), "code")
    page.row += 1


def _sum(page: Page, saying: Saying, dimension: Dimension) -> None:
    tally = saying.report.card.dimensions[dimension.id].tally
    page.text(1, saying.say("transcript.sum"), "result")
    page.text(2, saying.dimension(dimension), "result")
    page.figure(3, tally.points, forms.points(tally.points), "result")
    page.figure(4, tally.of, forms.points(tally.of), "result")
    if not tally.open:
        page.figure(6, tally.of - tally.points, forms.points(tally.of - tally.points), "result")
    page.number(7, tally.open or None, "result")
    page.text(8, str(tally.points), "code")
    page.row += 1
