"""The styles of a document: ours by name, whatever a template calls them inside, and added where it has none.

A style's id is changed by every program that saves a document, and by the language of the program; its name stays.
Must not know what is written in a style.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.export.word_xml import NAMES, W, Xml, attribute

if TYPE_CHECKING:
    Element: TypeAlias = Any  # lxml has no types

_XML = {"w": NAMES["w"]}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a style of a box gives each paragraph in it. left, right: twips. look: borders and shading."""

    left: int
    right: int
    look: Xml


@dataclass(slots=True)
class Styles:
    """root: `w:styles` of the document; ours: that of our own template, from which missing ones are taken."""

    root: "Element"
    ours: "Element"
    _found: dict[str, "Element"] = field(default_factory=dict)
    _frames: dict[str, Frame] = field(default_factory=dict)
    _shadings: dict[str, Xml] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._found = _by_name(self.root)
        for name, style in _by_name(self.ours).items():
            if name not in self._found:
                self._add(name, style)

    def id(self, name: str) -> str:
        """KeyError for a name that our template has not: a defect of ours."""
        return str(self._found[name.lower()].get(f"{W}styleId"))

    def frame(self, name: str) -> Frame:
        """The borders, the shading and the indents of a style, its own or those of the style that it is based on."""
        if name not in self._frames:
            looks = [one for one in (self._of(name, "pBdr"), self._of(name, "shd")) if one is not None]
            indent = self._of(name, "ind")
            self._frames[name] = Frame(
                _twips(indent, "left", "start"), _twips(indent, "right", "end"), "".join(map(_written, looks))
            )
        return self._frames[name]

    def shading(self, name: str) -> Xml:
        """`w:shd` of a style, '' for none: a cell takes it from its row's style."""
        if name not in self._shadings:
            found = self._of(name, "shd")
            self._shadings[name] = "" if found is None else _written(found)
        return self._shadings[name]

    def speak(self, lang: str) -> None:
        """The language of the text, for spelling and for reading aloud: 'zh-CN' or 'en'."""
        western = "en-US" if lang.startswith("zh") else {"en": "en-GB"}.get(lang, lang)
        for one in self.root.iter(f"{W}lang"):
            one.set(f"{W}val", western)
            one.set(f"{W}eastAsia", "zh-CN")

    def _of(self, name: str, tag: str) -> "Element":
        style = self._found.get(name.lower())
        while style is not None:
            found = style.find(f"w:pPr/w:{tag}", _XML)
            if found is not None:
                return found
            base = style.find("w:basedOn", _XML)
            wanted = None if base is None else base.get(f"{W}val")
            style = next((one for one in self._found.values() if one.get(f"{W}styleId") == wanted), None)
        return None

    def _add(self, name: str, style: "Element") -> None:
        copy = deepcopy(style)
        taken = {one.get(f"{W}styleId") for one in self._found.values()}
        ident = str(copy.get(f"{W}styleId"))
        while ident in taken:
            ident += "GW"
        copy.set(f"{W}styleId", ident)
        self._found[name] = copy
        self.root.append(copy)
        names = {one.get(f"{W}styleId"): key for key, one in _by_name(self.ours).items()}
        for tag in ("basedOn", "next", "link"):
            for one in copy.findall(f"w:{tag}", _XML):
                known = self._found.get(names.get(one.get(f"{W}val"), ""))
                if known is None:
                    copy.remove(one)
                else:
                    one.set(f"{W}val", known.get(f"{W}styleId"))


def _by_name(root: "Element") -> dict[str, "Element"]:
    named: dict[str, Element] = {}
    for style in root.findall("w:style", _XML):
        name = style.find("w:name", _XML)
        if name is not None:
            named[str(name.get(f"{W}val")).lower()] = style
    return named


def _twips(indent: "Element", *names: str) -> int:
    if indent is None:
        return 0
    for name in names:
        value = indent.get(f"{W}{name}")
        if value is not None and value.lstrip("-").isdigit():
            return int(value)
    return 0


def _written(element: "Element") -> Xml:
    """As text, with the prefix `w` that our own XML has declared."""
    inner = "".join(_written(child) for child in element)
    given = "".join(
        f' w:{name.removeprefix(W)}="{attribute(value)}"' for name, value in element.attrib.items() if W in name
    )
    tag = element.tag.removeprefix(W)
    return f"<w:{tag}{given}>{inner}</w:{tag}>" if inner else f"<w:{tag}{given}/>"
