"""Texts as WordprocessingML: literal, whatever was typed. Must not know blocks, styles' looks, or packages.

XML is written as text and parsed once: a report has ten thousand runs, and making each through an object takes
seconds. So all that people wrote goes through `words` or `attribute`, and through nothing else.
"""

import re
from typing import TypeAlias

Xml: TypeAlias = str
"""Well-formed as far as it goes: elements of the names below."""

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
W = f"{{{NAMES['w']}}}"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED = _MARKUP | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_FROM_RIGHT = re.compile(f"([{_RIGHT}](?:[^\\w\\n\\t]*[{_RIGHT}])*)")
_TURNS = re.compile(f"[{_RIGHT}\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_PDF, _PDI, _LRM = "\u202c", "\u2069", "\u200e"


def escaped(text: str) -> Xml:
    """Between tags. What XML cannot hold at all becomes a replacement sign."""
    return _NOT_XML.sub("\ufffd", text).translate(_MARKUP)


def attribute(text: str) -> Xml:
    """Between double quotes."""
    return _NOT_XML.sub("\ufffd", text).translate(_QUOTED)


def words(text: str) -> Xml:
    """The inside of a run: line ends as breaks, tabs as tabs, spaces kept."""
    out: list[Xml] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            out.append("<w:br/>")
        for place, piece in enumerate(line.split("\t")):
            if place:
                out.append("<w:tab/>")
            if piece:
                out.append(f'<w:t xml:space="preserve">{escaped(piece)}</w:t>')
    return "".join(out)


def run(text: str, style: str = "", marks: Xml = "", *, eastern: bool = False) -> Xml:
    """A text in one character style (its id). eastern: signs of both worlds, such as “ ”, are set as Chinese ones.

    marks: properties between font and direction. What is written from the right is told so; what would turn the text
    behind it (overrides that were left open) ends here.
    """
    if not text:
        return ""
    before = f'<w:rStyle w:val="{style}"/>' if style else ""
    if eastern:
        before += '<w:rFonts w:hint="eastAsia"/>'
    before += marks
    if not _TURNS.search(text):
        return _one(text, before)
    pieces = _FROM_RIGHT.split(text)  # every second one is written from the right
    runs = [_one(piece, before + "<w:rtl/>" * (number % 2)) for number, piece in enumerate(pieces) if piece]
    return "".join((*runs, _one(_closing(text) + _LRM, before)))


def _one(text: str, properties: Xml) -> Xml:
    return f"<w:r><w:rPr>{properties}</w:rPr>{words(text)}</w:r>" if properties else f"<w:r>{words(text)}</w:r>"


def _closing(text: str) -> str:
    """Ends of the embeddings, overrides and isolates that the text leaves open, innermost first (UAX 9, X1-X8)."""
    open_: list[str] = []
    for sign in text:
        if sign in "\u202a\u202b\u202d\u202e":
            open_.append(_PDF)
        elif sign in "\u2066\u2067\u2068":
            open_.append(_PDI)
        elif sign == _PDF and open_ and open_[-1] == _PDF:
            open_.pop()
        elif sign == _PDI and _PDI in open_:
            while open_.pop() != _PDI:
                pass
    return "".join(reversed(open_))
