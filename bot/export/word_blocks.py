"""The blocks of a report as WordprocessingML, in the styles of a template. Must not know where in it they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from bot.export.chart_parts import Bars, Radar
from bot.export.paper_parts import Block, Box, Chart, Facts, Heading, Items, Line, Para, Part, Photo, Table
from bot.export.word_desk import Desk, Room, line, paragraph, plain
from bot.export.word_tables import CARD_MARGIN, MARGIN, cell, facts, figures, row, shared, table
from bot.export.word_xml import Xml

_STYLES = {
    "plain": "Gradewalk Text",
    "label": "Gradewalk Label",
    "fine": "Gradewalk Fine",
    "warn": "Gradewalk Warning",
    "given": "Gradewalk Given",
    "question": "Gradewalk Question",
    "statement": "Gradewalk Statement",
    "none": "Gradewalk None",
}
_HANGING = 300
_CHART_HEIGHT, _RADAR_WIDTH, _PHOTO_HEIGHT = 7_600, 6_600, 3_400
_CHART_PIXELS = 1_600
_SHORT = 24
"""Lines: a box that has no more is kept on one page. A longer one would leave a hole before it."""
_SIGNS_A_LINE = 40
_PHOTO_LINES = 16


def part(desk: Desk, one: Part) -> Xml:
    """A chapter with its title."""
    mark = desk.bookmark(f"part_{one.ident}")
    fresh = "<w:pageBreakBefore/>" if one.fresh else ""
    style = desk.styles.id("heading 1")
    head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{fresh}</w:pPr>{mark}{plain(desk, one.title)}</w:p>'
    return head + blocks(desk, one.blocks, Room(desk.width))


def blocks(desk: Desk, several: Iterable[Block], room: Room) -> Xml:
    """Blocks one below the other; photos side by side."""
    out: list[Xml] = []
    for photos, group in groupby(several, lambda one: isinstance(one, Photo)):
        together = tuple(group)
        if photos:
            out.append(_grid(desk, [one for one in together if isinstance(one, Photo)], room))
        else:
            out += [_block(desk, one, room) for one in together]
    return "".join(out)


def _block(desk: Desk, one: Block, room: Room) -> Xml:
    match one:
        case Para():
            led = one.kind == "label"  # it belongs to what is below
            style = "Gradewalk Fine" if room.small and one.kind == "plain" else _STYLES[one.kind]
            return paragraph(desk, style, line(desk, one.line), room, keep=led)
        case Items():
            return "".join(_items(desk, one, room))
        case Facts():
            return facts(desk, one, room)
        case Table():
            return figures(desk, one, room)
        case Heading():
            return _heading(desk, one, room)
        case Chart():
            return _chart(desk, one, room)
        case Photo():
            return _grid(desk, [one], room)
        case Box():
            return _box(desk, one, room)
        case _:
            assert_never(one)


def _items(desk: Desk, one: Items, room: Room) -> Iterable[Xml]:
    """Marks are written out: a list of Word's own hangs on numbering tables, which templates break."""
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{room.left + _HANGING}"/></w:tabs>'
    style = "Gradewalk Fine" if room.small else "Gradewalk List"
    for number, item in enumerate(one.items, 1):
        mark = plain(desk, f"{number}." if one.numbered else "•") + "<w:r><w:tab/></w:r>"
        yield paragraph(desk, style, mark + line(desk, item), room, tabs=tab, hanging=_HANGING)


def _heading(desk: Desk, one: Heading, room: Room) -> Xml:
    mark = desk.bookmark(f"clause_{one.ident}") if one.ident else ""
    content, tabs = mark + line(desk, one.line), ""
    if one.aside:
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{room.width - room.right}"/></w:tabs>'
        content += "<w:r><w:tab/></w:r>" + line(desk, one.aside)
    return paragraph(desk, f"heading {one.level}", content, room, tabs=tabs)


def _chart(desk: Desk, one: Chart, room: Room) -> Xml:
    picture = desk.album.add(_drawing(one.figure))
    if picture is None:
        return ""
    match one.figure:
        case Bars():
            width = room.inner
        case Radar():
            width = min(room.inner, _RADAR_WIDTH)
        case _:
            assert_never(one.figure)
    title = paragraph(desk, "caption", plain(desk, one.title), room, keep=True) if one.title else ""
    drawn = desk.album.drawing(picture, one.said, width, _CHART_HEIGHT)
    return title + paragraph(desk, "Gradewalk Picture", drawn, room)


def _drawing(figure: Bars | Radar) -> bytes:
    from bot.export import drawing  # noqa: PLC0415  typst: the bot starts without it

    return drawing.png(replace(figure, title=""), _CHART_PIXELS)  # the title stands above it as text


def _grid(desk: Desk, several: Sequence[Photo], room: Room) -> Xml:
    """Photos in two columns, each with its caption; a picture that is not there leaves its caption."""
    widths = shared(room.inner, (1, 1))
    cells = [cell(widths[number % 2], _photo(desk, one, widths[0])) for number, one in enumerate(several)]
    if len(cells) % 2:
        cells.append(cell(widths[1], paragraph(desk, "Gradewalk Photo Caption", "")))
    rows = [row(pair) for pair in zip(cells[::2], cells[1::2], strict=True)]
    return table(desk, "Gradewalk Facts", widths, rows, room)


def _photo(desk: Desk, one: Photo, width: int) -> Xml:
    caption = paragraph(desk, "Gradewalk Photo Caption", line(desk, one.caption))
    picture = desk.album.photo(one.sha256)
    if picture is None:
        return caption
    alt = "".join(run.text for run in one.caption)
    drawn = desk.album.drawing(picture, alt, width - 2 * MARGIN, _PHOTO_HEIGHT)
    return paragraph(desk, "Gradewalk Photo", drawn, keep=True) + caption


def _box(desk: Desk, one: Box, room: Room) -> Xml:
    """A card is a cell with a border. Other boxes are paragraphs that share a border: those break well over pages."""
    if one.kind == "card":
        return _card(desk, one, room)
    frame = desk.styles.frame(f"Gradewalk Box {one.kind}")
    inside = replace(room.within(frame), small=room.small or one.kind == "quiet")
    gap = (
        paragraph(desk, "Gradewalk Gap", "", replace(room, look="")) if frame.look else ""
    )  # parts the borders of two boxes
    if not one.blocks or _lines(one) > _SHORT:
        return blocks(desk, one.blocks, inside) + gap
    *first, last = one.blocks
    return (
        blocks(desk, first, replace(inside, keep=True)) + blocks(desk, (last,), replace(inside, keep=room.keep)) + gap
    )


def _card(desk: Desk, one: Box, room: Room) -> Xml:
    inner = Room(room.inner - 2 * CARD_MARGIN)
    content = blocks(desk, one.blocks, inner) or paragraph(desk, "Gradewalk Gap", "")
    made = cell(room.inner, content)
    whole = row((made,)) if _lines(one) <= _SHORT else f"<w:tr>{made}</w:tr>"
    return table(desk, "Gradewalk Card", [room.inner], [whole], room)


def _lines(one: Block) -> int:
    """About how many lines a block takes: enough to tell a short box from a long one."""
    match one:
        case Box(inside):
            return sum(map(_lines, inside))
        case Para(text) | Heading(text):
            return _lines_of(text)
        case Items(items):
            return sum(map(_lines_of, items))
        case Facts(pairs):
            return sum(_lines_of(told) for _, told in pairs)
        case Table(_, rows):
            return 2 * len(rows) + 2
        case Photo() | Chart():
            return _PHOTO_LINES
        case _:
            assert_never(one)


def _lines_of(told: Line) -> int:
    text = "".join(run.text for run in told)
    return sum(1 + len(one) // _SIGNS_A_LINE for one in text.split("\n"))
