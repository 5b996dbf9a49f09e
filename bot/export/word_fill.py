"""Puts the report in the place of the tokens that a template's tags have left. Must not know Jinja, or packages."""

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from bot.export.paper_parts import Part
from bot.export.word_blocks import blocks, part
from bot.export.word_desk import Desk, Room, line, paragraph, plain
from bot.export.word_slots import CLOSE, OPEN, Filling, Page, Signing, Text
from bot.export.word_tables import signatures
from bot.export.word_xml import DECLARED, W, Xml

if TYPE_CHECKING:
    Element: TypeAlias = Any  # lxml has no types

_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
_HOLDERS = frozenset(f"{W}{name}" for name in ("body", "tc", "txbxContent", "sdtContent", "hdr", "ftr"))
"""What blocks stand in. Others have runs, and python-docx makes something else of their text."""
_PAGE = re.compile(r"\{(page|pages)\}")
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "noProof", "color", "spacing", "sz", "szCs")


class Misplaced(Exception):  # noqa: N818  told to the operator as part of a sentence
    """A tag stands where what it means has no place."""


def fill(root: "Element", fillings: list[Filling], desk: Desk) -> None:
    """Replace every token under an element: the body, a header or a footer. Misplaced: in those, lines alone."""
    if root.tag != f"{W}body":
        numbers = map(int, _TOKEN.findall("".join(root.itertext())))
        if not all(isinstance(fillings[number], Text | Page) for number in numbers):
            raise Misplaced
    # All are found before the first is replaced: what people wrote may look like a token.
    holders = [one for one in root.iter() if isinstance(one.tag, str)]
    texts = [one for one in root.iter(f"{W}t") if _TOKEN.search(one.text or "")]
    for holder in holders:
        _loose(holder, fillings, desk)
    for text in texts:
        _within(text, fillings, desk)


def _loose(holder: "Element", fillings: list[Filling], desk: Desk) -> None:
    """`{{p tag }}`: docxtpl takes the paragraph away, so that the bare token stands between blocks."""
    if holder.tag in _HOLDERS and _TOKEN.search(holder.text or ""):
        whole, holder.text = holder.text, None
        for place, made in enumerate(_all(whole, fillings, desk)):
            holder.insert(place, made)
    if _TOKEN.search(holder.tail or ""):
        whole, holder.tail = holder.tail, None
        for made in reversed(_all(whole, fillings, desk)):
            holder.addnext(made)
    if holder.tag == f"{W}tc" and (not len(holder) or holder[-1].tag != f"{W}p"):
        holder.extend(_parsed("<w:p/>"))  # a cell ends with a paragraph


def _all(text: str, fillings: list[Filling], desk: Desk) -> list["Element"]:
    return [made for number in _TOKEN.findall(text) for made in _whole(fillings[int(number)], desk)]


def _whole(filling: Filling, desk: Desk) -> list["Element"]:
    """What takes the place of a paragraph. Much is left for the packing: to move ten thousand runs takes a second."""
    match filling:
        case Text() | Page():
            return _parsed(paragraph(desk, "Gradewalk Text", _inline(filling, desk)))
        case Signing(labels, columns):
            made = signatures(desk, labels, columns, Room(desk.width))
        case Part():
            made = part(desk, filling)
        case tuple():
            made = blocks(desk, filling, Room(desk.width))
        case _:
            assert_never(filling)
    return _parsed(desk.later(made))


def _within(text: "Element", fillings: list[Filling], desk: Desk) -> None:
    run = text.getparent()
    held = next(run.iterancestors(f"{W}p"), None)
    if run.tag != f"{W}r" or held is None:
        raise Misplaced
    numbers = [int(number) for number in _TOKEN.findall(text.text)]
    if all(isinstance(fillings[number], Text | Page) for number in numbers):
        _runs(run, text, fillings, desk)
        return
    whole = "".join(one.text or "" for one in held.iter(f"{W}t")).strip()
    if _TOKEN.fullmatch(whole) is None:  # a chapter within a sentence
        raise Misplaced
    for made in _whole(fillings[numbers[0]], desk):
        held.addprevious(made)
    above = held.getparent()
    if above.tag == f"{W}tc" and held.getnext() is None:
        held.remove(run)  # a cell ends with a paragraph
    else:
        above.remove(held)


def _runs(run: "Element", text: "Element", fillings: list[Filling], desk: Desk) -> None:
    """The run in pieces: what stood before and behind a token keeps its look, what takes its place has it too."""
    look = run.find(f"{W}rPr")
    for child in [one for one in run if one is not look]:
        if child is not text:
            made = [_copy(run, look, child)]
        else:
            made = []
            for place, piece in enumerate(_TOKEN.split(text.text)):
                if place % 2:
                    made += [_dressed(one, look) for one in _parsed(_inline(fillings[int(piece)], desk))]
                elif piece:
                    made += [_dressed(one, look) for one in _parsed(plain(desk, piece))]
        for one in made:
            run.addprevious(one)
    run.getparent().remove(run)


def _copy(run: "Element", look: "Element", child: "Element") -> "Element":
    made = run.makeelement(run.tag, dict(run.attrib))
    if look is not None:
        made.append(deepcopy(look))
    made.append(child)
    return made


def _dressed(run: "Element", look: "Element") -> "Element":
    """The run with the look that the tag has in the template, under its own."""
    if look is None or run.tag != f"{W}r":
        return run
    own = run.find(f"{W}rPr")
    both = {one.tag: one for one in deepcopy(look)}
    if own is not None:
        for one in list(own):
            kept = both.setdefault(one.tag, one)
            kept.attrib.update(one.attrib if one.tag == f"{W}rFonts" else {})
        run.remove(own)
    merged = run.makeelement(f"{W}rPr")
    merged.extend(sorted(both.values(), key=_place))
    run.insert(0, merged)
    return run


def _place(one: "Element") -> int:
    name = one.tag.removeprefix(W)
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _inline(filling: Filling, desk: Desk) -> Xml:
    match filling:
        case Text(told):  # how soft it is, is the template's affair: it may stand on a colour
            return line(desk, tuple(replace(one, kind="plain") if one.kind == "soft" else one for one in told))
        case Page(pattern):
            pieces = _PAGE.split(pattern)
            return "".join(_field(piece) if place % 2 else plain(desk, piece) for place, piece in enumerate(pieces))
        case _:
            raise Misplaced


def _field(name: str) -> Xml:
    """A number that Word counts. Built of runs, so that each takes the tag's look; it needs no update by hand."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {_FIELDS[name]} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _parsed(xml: Xml) -> list["Element"]:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  lxml: the bot starts without it

    return list(parse_xml(f"<w:body {DECLARED}>{xml}</w:body>"))
