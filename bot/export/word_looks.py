"""The looks of our Word template: fonts, colours, and every style by name. Must not know what is written in them.

`word_make` writes them into templates/report.docx; a customer changes them there, in Word.
"""

from dataclasses import dataclass
from typing import Literal

from bot.export.word_xml import Xml

WEST, EAST, FIXED = "Calibri", "Microsoft YaHei", "Consolas"
INK, SOFT, LINE, PALE, MARK, BAD = "1C2530", "5B6673", "D9DEE4", "F4F6F8", "0F6B6D", "9B2C2C"


@dataclass(frozen=True, slots=True)
class Look:
    """A style. name: as Word shows it; base: the name of the style that it is made from.

    paragraph, run: properties as XML, in the order that the schema asks for. more: of a table style, behind them.
    """

    name: str
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    base: str = "Normal"
    paragraph: Xml = ""
    run: Xml = ""
    more: Xml = ""
    next: str = ""


def _type(size: float = 0, colour: str = "", *, bold: bool = False) -> Xml:
    """size: points."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    return weight + shade + (f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else "")


def _space(before: int = 0, after: int = 0, line: int = 0) -> Xml:
    """before, after: twips; line: 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _edge(side: str, colour: str, size: int = 4, space: int = 0) -> Xml:
    """size: eighths of a point; space: points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _shade(colour: str) -> Xml:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_LEFT = '<w:ind w:left="200"/>'


def _margins(sides: int, above: int = 30) -> Xml:
    return (
        f'<w:tblCellMar><w:top w:w="{above}" w:type="dxa"/><w:left w:w="{sides}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{sides}" w:type="dxa"/></w:tblCellMar>'
    )


def _table(name: str, borders: Xml, margins: Xml, more: Xml = "") -> Look:
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return Look(name, "table", "Normal Table", more=f"<w:tblPr>{edges}{margins}</w:tblPr>{more}")


def _bar(colour: str, size: int) -> Xml:
    return f"<w:pBdr>{_edge('left', colour, size, 8)}</w:pBdr>"


HEADINGS = (
    Look("Title", paragraph=_space(120, 60, 264), run=_type(26, INK, bold=True), next="Normal"),
    Look("Subtitle", paragraph=_space(0, 240), run=_type(12, SOFT), next="Normal"),
    Look(
        "heading 1",
        paragraph=f'{_KEEP}<w:pBdr>{_edge("bottom", MARK, 12, 4)}</w:pBdr>{_space(420, 180)}<w:outlineLvl w:val="0"/>',
        run=_type(17, MARK, bold=True),
        next="Gradewalk Text",
    ),
    Look(
        "heading 2",
        paragraph=f'{_KEEP}{_space(320, 100)}<w:outlineLvl w:val="1"/>',
        run=_type(13, INK, bold=True),
        next="Gradewalk Text",
    ),
    Look(
        "heading 3",
        paragraph=f'{_KEEP}{_space(220, 80)}<w:outlineLvl w:val="2"/>',
        run=_type(11, INK, bold=True),
        next="Gradewalk Text",
    ),
    Look(
        "heading 4",
        paragraph=f'{_KEEP}<w:pBdr>{_edge("top", LINE, 6, 6)}</w:pBdr>{_space(260, 60)}<w:outlineLvl w:val="3"/>',
        run=_type(10.5, MARK, bold=True),
        next="Gradewalk Text",
    ),
    Look("caption", paragraph=f"<w:keepNext/>{_space(200, 80)}", run=_type(10.5, INK, bold=True)),
    Look("header", paragraph='<w:tabs><w:tab w:val="right" w:pos="9412"/></w:tabs>' + _space(), run=_type(8.5, SOFT)),
    Look("footer", paragraph='<w:tabs><w:tab w:val="right" w:pos="9412"/></w:tabs>' + _space(), run=_type(8.5, SOFT)),
)

PARAGRAPHS = (
    Look("Gradewalk Text", paragraph=_space(0, 80)),
    Look("Gradewalk Question", base="Gradewalk Text"),
    Look("Gradewalk Statement", base="Gradewalk Text", run=_type(bold=True)),
    Look("Gradewalk Given", base="Gradewalk Text", paragraph=_space(80, 60)),
    Look("Gradewalk None", base="Gradewalk Text", run=_type(0, SOFT) + ""),
    Look("Gradewalk Label", base="Gradewalk Text", paragraph=_space(80, 20), run=_type(9, SOFT)),
    Look("Gradewalk Fine", base="Gradewalk Text", paragraph=_space(0, 60), run=_type(8.5, SOFT)),
    Look(
        "Gradewalk Warning",
        base="Gradewalk Text",
        paragraph="<w:pBdr>"
        + "".join(_edge(side, BAD, 6, 6) for side in ("top", "left", "bottom", "right"))
        + f'</w:pBdr>{_space(80, 160)}<w:ind w:left="140" w:right="140"/>',
        run=_type(0, BAD, bold=True),
    ),
    Look("Gradewalk List", base="Gradewalk Text", paragraph=f'{_space(0, 40)}<w:ind w:left="300" w:hanging="300"/>'),
    Look("Gradewalk Column", base="Gradewalk Text", paragraph=f"{_KEEP}{_space()}", run=_type(8.5, SOFT)),
    Look("Gradewalk Cell", base="Gradewalk Text", paragraph=_space(), run=_type(9.5)),
    Look(
        "Gradewalk Section Row", base="Gradewalk Cell", paragraph=f"<w:keepNext/>{_shade(PALE)}", run=_type(bold=True)
    ),
    Look("Gradewalk Sum Row", base="Gradewalk Cell", run=_type(10, bold=True)),
    Look("Gradewalk Log", base="Gradewalk Cell", run=_type(8)),
    Look("Gradewalk Fact Name", base="Gradewalk Cell", run=_type(9.5, SOFT)),
    Look("Gradewalk Fact", base="Gradewalk Cell"),
    Look("Gradewalk Signature", base="Gradewalk Cell", paragraph=_space(0, 20)),
    Look("Gradewalk Picture", base="Gradewalk Text", paragraph=f'{_space(40, 160)}<w:jc w:val="center"/>'),
    Look("Gradewalk Photo", base="Gradewalk Text", paragraph=f"<w:keepNext/>{_space(80, 40)}"),
    Look("Gradewalk Photo Caption", base="Gradewalk Fine", paragraph=_space(0, 120)),
    Look(
        "Gradewalk Gap",
        base="Gradewalk Text",
        paragraph='<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
        run=_type(2),
    ),
    Look(
        "Gradewalk Bar",
        base="Gradewalk Text",
        paragraph=f'{_shade(MARK)}<w:spacing w:before="30" w:after="20" w:line="70" w:lineRule="exact"/>',
        run=_type(2),
    ),
    Look("Gradewalk Bar Open", base="Gradewalk Bar", paragraph=_shade("9FC4C5")),
)

BOXES = (
    Look("Gradewalk Box question", base="Gradewalk Text"),
    Look("Gradewalk Box answer", base="Gradewalk Text", paragraph=_bar(MARK, 18) + _LEFT),
    Look("Gradewalk Box note", base="Gradewalk Text", paragraph=_bar(LINE, 18) + _LEFT),
    Look("Gradewalk Box evidence", base="Gradewalk Text", paragraph=_bar(LINE, 18) + _LEFT),
    Look("Gradewalk Box basis", base="Gradewalk Text", paragraph=_bar("C9A24B", 18) + _LEFT),
    Look("Gradewalk Box asked", base="Gradewalk Text", paragraph=_bar("C9A24B", 18) + _LEFT),
    Look("Gradewalk Box quiet", base="Gradewalk Text"),
)

COVER = (
    Look("Gradewalk Cover Kind", paragraph=_space(240, 0), run=_type(11, MARK, bold=True)),
    Look("Gradewalk Cover Label", paragraph=_space(40, 0), run=_type(9.5, "FFFFFF")),
    Look("Gradewalk Cover Grade", paragraph=_space(0, 0, 264), run=_type(26, "FFFFFF", bold=True)),
    Look("Gradewalk Cover Status", paragraph=_space(0, 60), run=_type(11, "FFFFFF", bold=True)),
    Look("Gradewalk Cover Total", paragraph=_space(20, 40), run=_type(10.5, "FFFFFF")),
    Look("Gradewalk Logo", paragraph=_space()),
)

RUNS = (
    Look("Strong", "character", "Default Paragraph Font", run="<w:b/><w:bCs/>"),
    Look("Gradewalk Soft", "character", "Default Paragraph Font", run=_type(8.5, SOFT)),
    Look("Gradewalk Typed", "character", "Default Paragraph Font"),
    Look(
        "Gradewalk Code",
        "character",
        "Default Paragraph Font",
        run=f'<w:rFonts w:ascii="{FIXED}" w:hAnsi="{FIXED}" w:eastAsia="{EAST}" w:cs="{FIXED}"/>' + _type(8),
    ),
    Look("Gradewalk Gone", "character", "Default Paragraph Font", run="<w:i/><w:iCs/>" + _type(0, SOFT)),
)

TABLES = (
    _table(
        "Gradewalk Table",
        _edge("bottom", LINE) + _edge("insideH", LINE),
        _margins(80, 40),
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        + _edge("bottom", SOFT, 6)
        + "</w:tcBorders></w:tcPr></w:tblStylePr>",
    ),
    _table("Gradewalk Facts", "", _margins(80)),
    _table("Gradewalk Signatures", _edge("bottom", SOFT) + _edge("insideH", SOFT), _margins(80)),
    _table(
        "Gradewalk Card",
        "".join(_edge(side, LINE, 6) for side in ("top", "left", "bottom", "right")),
        _margins(160, 80),
    ),
    _table("Gradewalk Verdict", "", _margins(260, 120)),
)

LOOKS = (*HEADINGS, *PARAGRAPHS, *BOXES, *COVER, *RUNS, *TABLES)
"""In an order in which a style stands behind the one that it is made from."""
