"""What drawing a document needs at hand, and its paragraphs. Must not know which blocks there are."""

import re
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.export.paper_parts import Line, Run, RunKind
from bot.export.word_pictures import Album
from bot.export.word_styles import Frame, Styles
from bot.export.word_xml import Xml, attribute, run

MARK = "gradewalk"
"""The name of a processing instruction: nothing that a person wrote can be one."""
_FIRST_BOOKMARK = 1_000
"""Above those that a template may have."""


@dataclass(slots=True)
class Desk:
    """styles, album: of the document that is drawn. eastern: its language is Chinese. width: of the text, twips.

    marked: bookmarks so far; each name stands once. chunks: what stands for `MARK`s, by their numbers.
    """

    styles: Styles
    album: Album
    eastern: bool
    width: int
    marked: set[str] = field(default_factory=set)
    chunks: list[Xml] = field(default_factory=list)

    def later(self, xml: Xml) -> Xml:
        """A mark, in the place of which the packing writes the XML."""
        self.chunks.append(xml)
        return f"<?{MARK} {len(self.chunks) - 1}?>"

    def bookmark(self, name: str) -> Xml:
        """A place to jump to, '' where there is one of that name already. name: any text of ours."""
        name = re.sub(r"\W", "_", name, flags=re.ASCII)[:40]
        if not name or name in self.marked:
            return ""
        number = _FIRST_BOOKMARK + len(self.marked)
        self.marked.add(name)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


@dataclass(frozen=True, slots=True)
class Room:
    """Where a block stands. left: twips from the text's edge; look: borders and shading that all paragraphs share.

    keep: on one page with what follows. framed: within a box, so that its indents hold, not those of styles.
    small: what was replaced, or who did what, in small type.
    """

    width: int
    left: int = 0
    right: int = 0
    look: Xml = ""
    keep: bool = False
    framed: bool = False
    small: bool = False

    @property
    def inner(self) -> int:
        """Twips left to write in."""
        return self.width - self.left - self.right

    def within(self, frame: Frame) -> "Room":
        """The room of a box in this one. A box without a look of its own is as wide as what it stands in."""
        if not frame.look:
            return replace(self, framed=True)
        left, right = self.left + frame.left, self.right + frame.right
        return replace(self, left=left, right=right, look=frame.look, framed=True)


def paragraph(
    desk: Desk,
    style: str,
    content: Xml,
    room: Room | None = None,
    *,
    keep: bool = False,
    tabs: Xml = "",
    hanging: int = 0,
    end: bool = False,
) -> Xml:
    """A paragraph in a style (its name). hanging: twips that all lines but the first stand in; end: set to the end."""
    properties = [f'<w:pStyle w:val="{desk.styles.id(style)}"/>']
    if keep or (room is not None and room.keep):
        properties.append("<w:keepNext/>")
    if room is not None and room.framed:
        properties.append(room.look)
    properties.append(tabs)
    if room is not None and (room.framed or hanging):
        properties.append(f'<w:ind w:left="{room.left + hanging}" w:right="{room.right}" w:hanging="{hanging}"/>')
    if end:
        properties.append('<w:jc w:val="right"/>')
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{content}</w:p>"


def line(desk: Desk, parts: Line, marks: Xml = "") -> Xml:
    """The runs of a line. marks: properties of each."""
    return "".join(_run(desk, one, marks) for one in parts)


def plain(desk: Desk, text: str) -> Xml:
    """A text of ours as a run."""
    return run(text, eastern=desk.eastern)


def alt(text: str) -> Xml:
    """A description for who cannot see a picture, between quotes: Word shows the first few hundred signs of it."""
    return attribute(text)


def _run(desk: Desk, one: Run, marks: Xml) -> Xml:
    name = _style(one.kind)
    if one.kind in {"user", "code"}:
        marks += "<w:noProof/>"  # a name is no misspelling
    return run(one.text, desk.styles.id(name) if name else "", marks, eastern=desk.eastern and one.kind != "code")


def _style(kind: RunKind) -> str:
    match kind:
        case "plain":
            return ""
        case "strong":
            return "Strong"
        case "soft":
            return "Gradewalk Soft"
        case "user":
            return "Gradewalk Typed"
        case "code":
            return "Gradewalk Code"
        case "gone":
            return "Gradewalk Gone"
        case _:
            assert_never(kind)
