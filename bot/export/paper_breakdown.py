"""Points by section and question, one table a dimension. Must not know other chapters, or any file format."""

from collections.abc import Iterator
from fractions import Fraction

from bot.domain.scheme import Dimension
from bot.export.paper_marks import Marks
from bot.export.paper_parts import Cell, Column, Line, Part, Run, Table, TableRow
from bot.export.parts import SectionPart, Share
from bot.words import forms


def breakdown(m: Marks) -> Part:
    """The chapter."""
    tables = tuple(_table(m, dimension) for dimension in m.scheme.dimensions.values())
    return Part("breakdown", m.say("transcript.breakdown"), tables)


def _table(m: Marks, dimension: Dimension) -> Table:
    columns = (
        Column(m.say("transcript.clause"), share=5),
        Column(m.say("transcript.points"), "end", 2),
        Column(m.say("transcript.rating"), "end"),
        Column(m.say("transcript.lost"), "end"),
    )
    rows = (row for part in m.report.sections for row in _section(m, part, dimension))
    return Table(columns, (*rows, *_sums(m, dimension)), m.dimension(dimension.id), "parts")


def _section(m: Marks, part: SectionPart, dimension: Dimension) -> Iterator[TableRow]:
    """The section and its rows; a section that is its only row stands once."""
    for share in part.shares:
        if share.dimension.id == dimension.id:
            yield TableRow(_cells(m, m.clause(part.section), share), "section", part.section.depth - 1)
    if part.whole:
        return
    for row in part.rows:
        for question in row.questions:
            if question.share and question.share.dimension.id == dimension.id:
                yield TableRow(_cells(m, m.clause(row.indicator), question.share), depth=part.section.depth)


def _cells(m: Marks, name: Line, share: Share) -> tuple[Cell, ...]:
    rating = "–" if share.rating is None else forms.percent(share.rating)
    lost = _open(m, share.open) if share.lost is None else Run(forms.points(share.lost) if share.lost else "–")
    bar = Cell(name, share.width, bar_open=share.open > 0)
    return (bar, _points(share.points, share.of), Cell((Run(rating),)), Cell((lost,)))


def _points(points: Fraction, of: Fraction) -> Cell:
    return Cell((Run(forms.points(points)), Run(f" / {forms.points(of)}", "soft")))


def _open(m: Marks, n: int) -> Run:
    return Run(m.say("transcript.open-count", n=n), "soft")


def _sums(m: Marks, dimension: Dimension) -> Iterator[TableRow]:
    for part in m.report.totals:
        if part.dimension.id == dimension.id:
            tally = part.score.tally
            lost = _open(m, tally.open) if tally.open else Run(forms.points(tally.of - tally.points))
            name = Cell((Run(m.say("transcript.sum")),))
            yield TableRow((name, _points(tally.points, tally.of), Cell(()), Cell((lost,))), "sum")
