"""The report in words, as a document: what every printed format shows, in order. Plain frozen values.

PDF, Word and HTML draw the same tree, so that they cannot disagree; a renderer decides how a block looks, never what
it says. All text is final: in one language, numbers rounded for display, times local. Must not know any file format.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.domain.scales import Language
from bot.export.chart_parts import Bars, Radar

RunKind: TypeAlias = Literal["plain", "strong", "soft", "user", "code", "gone"]
"""user: somebody typed it: literal, its direction cut off from its surroundings. code: digests, in a fixed width.

soft: secondary (who and when, units, clause words); gone: it was erased, or nobody said anything.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. It may hold line breaks where somebody typed them. at: UTC in ms, where it is a moment."""

    text: str
    kind: RunKind = "plain"
    at: int | None = None


Line: TypeAlias = tuple[Run, ...]
"""Runs one behind the other; spaces between them are part of the texts."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. label: a small heading of a box; fine: small print; warn: must be seen; given: the answer in force.

    question: what is asked; statement: what a veto or a gate states; none: nothing was said.
    """

    line: Line
    kind: Literal["plain", "label", "fine", "warn", "given", "question", "statement", "none"] = "plain"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what stands behind it. sums: figures, set to the right."""

    pairs: tuple[tuple[str, Line], ...]
    kind: Literal["facts", "sums"] = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    """end: figures. share: of the width, parts of the sum over all columns."""

    title: str
    align: Literal["start", "end"] = "start"
    share: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """bar: whole percent 0-100 drawn under the text, None: no bar; bar_open: questions are open still, drawn paler."""

    line: Line
    bar: int | None = None
    bar_open: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One cell a column. depth: how far the first cell is indented, from 0."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "section", "sum"] = "plain"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """caption: '' for none. parts: points by clause; log: the record, in small type; plain: any other."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    caption: str = ""
    kind: Literal["plain", "parts", "log"] = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 2 below a section's title, to 4. ident: a clause that one may jump to, ''. aside: said at the far end."""

    line: Line
    level: int = 2
    ident: str = ""
    aside: Line = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture drawn from figures. title: above it; said: the same in words, for who cannot see it."""

    figure: Bars | Radar
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that was brought as evidence. sha256: of the clean copy that is shown; mime: of that copy.

    absent: what stands in its place where its bytes cannot be had.
    """

    sha256: str
    mime: str
    caption: Line
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks that belong together, kept on one page where they fit.

    question: an indicator with all that was said to it; answer: of one sheet; card: a decision, a finding, a seal;
    note, evidence, basis, asked: parts of an answer; quiet: what was replaced, or who did what.
    """

    blocks: tuple["Block", ...]
    kind: Literal["card", "question", "answer", "note", "evidence", "basis", "asked", "quiet"] = "card"


Block: TypeAlias = Para | Items | Facts | Table | Heading | Chart | Photo | Box


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter. ident: 'result', 'breakdown', 'findings', 'readings', 'transcript', 'record' and so on.

    fresh: begins on a new page.
    """

    ident: str
    title: str
    blocks: tuple[Block, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. kind: what sort of document; standing: passed, failed or undecided, for its colour.

    grade: name of the outcome, or that there is none yet, '' where all was erased; grade_label, status: the words
    above and below it; totals: a line per dimension; lines: small print under the grade; facts: head of the
    assessment; signatures: who signs, one row each, () where nothing is to be signed; signing: what stands over the
    empty places of such a row, as name, signature and date; disclaimer: what this is not, '' where all was erased.
    warnings: stand before everything else.
    """

    kind: str
    title: Line
    scheme: Line
    standing: Literal["passed", "failed", "undecided"]
    grade_label: str
    grade: str
    status: str
    totals: tuple[Line, ...]
    lines: tuple[Line, ...]
    facts: Facts
    signatures: tuple[str, ...]
    disclaimer: str
    warnings: tuple[Line, ...] = ()
    signing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. lang: as in HTML ('zh-CN'); name: for the title in a file's properties; made_at: UTC in ms.

    running: stands on top of every page but the first; page: '第 {page} 页，共 {pages} 页', filled by the renderer.
    ending: small print at the very end.
    """

    language: Language
    lang: str
    name: str
    cover: Cover
    parts: tuple[Part, ...]
    ending: tuple[Line, ...]
    running: str
    page: str
    made_at: int


def texts(paper: Paper) -> Iterator[str]:
    """Every text of the document, in order: what a file must hold, whatever its format."""
    cover = paper.cover
    yield cover.kind
    for line in (cover.title, cover.scheme, *cover.warnings):
        yield from _line(line)
    yield from (cover.grade_label, cover.grade, cover.status)
    for line in (*cover.totals, *cover.lines):
        yield from _line(line)
    yield from _block(cover.facts)
    yield from (*cover.signatures, *cover.signing, cover.disclaimer)
    for part in paper.parts:
        yield part.title
        for block in part.blocks:
            yield from _block(block)
    for line in paper.ending:
        yield from _line(line)


def blocks(paper: Paper) -> Iterator[Block]:
    """Every block of the chapters, boxes before what is in them."""
    for part in paper.parts:
        for block in part.blocks:
            yield from _within(block)


def _within(block: Block) -> Iterator[Block]:
    yield block
    if isinstance(block, Box):
        for one in block.blocks:
            yield from _within(one)


def _line(line: Line) -> Iterator[str]:
    return (run.text for run in line)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Para(line) | Photo(_, _, line):
            yield from _line(line)
        case Heading(line, _, _, aside):
            yield from (*_line(line), *_line(aside))
        case Items(items):
            for line in items:
                yield from _line(line)
        case Facts(pairs):
            for name, line in pairs:
                yield from (name, *_line(line))
        case Table(columns, rows, caption):
            yield from (caption, *(column.title for column in columns))
            for row in rows:
                for cell in row.cells:
                    yield from _line(cell.line)
        case Chart(_, title):
            yield title
        case Box(inside):
            for one in inside:
                yield from _block(one)
