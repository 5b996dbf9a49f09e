"""Tables of a document: facts, figures by clause, the record, lines to sign on. Must not know other blocks."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.export.paper_parts import Cell, Column, Facts, Line, Table, TableRow
from bot.export.word_desk import Desk, Room, line, paragraph, plain
from bot.export.word_xml import Xml, run

MARGIN = 80
"""Twips on both sides of a cell's text: as in our table styles."""
CARD_MARGIN = 160
"""The same in a card."""
_DEPTH = 240
"""Twips that a row is indented by for each step of depth."""
_FACTS, _SUMS = (27, 73), (55, 45)
_TAB = 2_000
"""Twips from the names to what stands behind them, where facts are lines of a box."""
_SIGN, _SIGN_COLUMN = 6, 5
_SIGN_HEIGHT = 540


def facts(desk: Desk, block: Facts, room: Room) -> Xml:
    """Names on the left, what stands behind them on the right."""
    sums = block.kind == "sums"
    if room.framed:
        return "".join(_told(desk, name, value, room, sums=sums) for name, value in block.pairs)
    widths = shared(room.inner, _SUMS if sums else _FACTS)
    rows = []
    for name, value in block.pairs:
        head = paragraph(desk, "Gradewalk Fact Name", plain(desk, name), keep=room.keep)
        told = paragraph(desk, "Gradewalk Fact", line(desk, value), keep=room.keep, end=sums)
        rows.append(row((cell(widths[0], head), cell(widths[1], told))))
    return table(desk, "Gradewalk Facts", widths, rows, room) if rows else ""


def _told(desk: Desk, name: str, value: Line, room: Room, *, sums: bool) -> Xml:
    """A fact as a line: a table would tear the border of the box."""
    tab = (room.width - room.right, "right") if sums else (room.left + _TAB, "left")
    stop = f'<w:tabs><w:tab w:val="{tab[1]}" w:pos="{tab[0]}"/></w:tabs>'
    soft = run(name, desk.styles.id("Gradewalk Soft"), eastern=desk.eastern)
    content = f"{soft}<w:r><w:tab/></w:r>{line(desk, value)}"
    return paragraph(desk, "Gradewalk Fact", content, room, tabs=stop, hanging=0 if sums else _TAB)


def figures(desk: Desk, block: Table, room: Room) -> Xml:
    """Any table: its head stands on every page, its rows are not torn."""
    widths = shared(room.inner, [column.share for column in block.columns])
    style = "Gradewalk Log" if block.kind == "log" else "Gradewalk Cell"
    rows = [_head(desk, block.columns, widths)] if any(column.title for column in block.columns) else []
    rows += [_row(desk, one, block.columns, widths, style, keep=room.keep) for one in block.rows]
    caption = paragraph(desk, "caption", plain(desk, block.caption), room, keep=True) if block.caption else ""
    return caption + (table(desk, "Gradewalk Table", widths, rows, room) if rows else "")


def signatures(desk: Desk, labels: Iterable[str], columns: Sequence[str], room: Room) -> Xml:
    """A row to be signed by hand for each label. columns: what is written where."""
    widths = shared(room.inner, (_SIGN, *(_SIGN_COLUMN for _ in columns))) if columns else shared(room.inner, (1, 2))
    height = f'<w:trHeight w:val="{_SIGN_HEIGHT}" w:hRule="atLeast"/>'
    low = '<w:vAlign w:val="bottom"/>'
    head = [paragraph(desk, "Gradewalk Column", plain(desk, name), keep=True) for name in ("", *columns)]
    empty = paragraph(desk, "Gradewalk Signature", "")
    rows = [row([cell(width, content) for width, content in zip(widths, head, strict=True)])] if columns else []
    for label in labels:
        first = cell(widths[0], paragraph(desk, "Gradewalk Signature", plain(desk, label)), low)
        rows.append(row((first, *(cell(width, empty, low) for width in widths[1:])), height))
    return table(desk, "Gradewalk Signatures", widths, rows, room) if rows else ""


def shared(width: int, shares: Sequence[int]) -> list[int]:
    """The width divided by parts of the sum; whole twips, none lost."""
    whole, edges = sum(shares), [0]
    for share in shares:
        edges.append(edges[-1] + share)
    return [width * after // whole - width * before // whole for before, after in pairwise(edges)]


def table(desk: Desk, style: str, widths: Sequence[int], rows: Iterable[Xml], room: Room) -> Xml:
    """Columns of fixed width, so that no long word pushes one off the page; and a gap, as two tables would join."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{desk.styles.id(style)}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{room.left}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        f"{paragraph(desk, 'Gradewalk Gap', '', room)}"
    )


def row(cells: Iterable[Xml], properties: Xml = "") -> Xml:
    """A row that stays on one page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(width: int, content: Xml, properties: Xml = "") -> Xml:
    """content: at least one paragraph, the last block of it one. properties: borders, shading, place, in that order."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _head(desk: Desk, columns: Sequence[Column], widths: Sequence[int]) -> Xml:
    return row(
        [
            cell(
                width,
                paragraph(desk, "Gradewalk Column", plain(desk, column.title), keep=True, end=column.align == "end"),
            )
            for column, width in zip(columns, widths, strict=True)
        ],
        "<w:tblHeader/>",
    )


def _row(desk: Desk, one: TableRow, columns: Sequence[Column], widths: Sequence[int], style: str, *, keep: bool) -> Xml:
    name = {"plain": style, "section": "Gradewalk Section Row", "sum": "Gradewalk Sum Row"}[one.kind]
    shading = "" if one.kind == "plain" else desk.styles.shading(name)
    keep = keep or one.kind == "section"
    cells = []
    for number, (held, column, width) in enumerate(zip(one.cells, columns, widths, strict=True)):
        inset = one.depth * _DEPTH if number == 0 else 0
        stood = Room(width, inset, framed=True) if inset else None
        content = paragraph(desk, name, line(desk, held.line), stood, keep=keep, end=column.align == "end")
        cells.append(cell(width, content + _bar(desk, held, width, inset, keep=keep), shading))
    return row(cells)


def _bar(desk: Desk, held: Cell, width: int, inset: int, *, keep: bool) -> Xml:
    """A bar is a low paragraph, shaded, with its end drawn in: no picture, and it takes the template's colour."""
    if held.bar is None:
        return ""
    inner = width - 2 * MARGIN - inset
    style = "Gradewalk Bar Open" if held.bar_open else "Gradewalk Bar"
    look = "" if held.bar else '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
    room = Room(inner, inset, inner * (100 - held.bar) // 100, look, keep, framed=True)
    return paragraph(desk, style, "", room)
