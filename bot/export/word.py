"""The report as a Word document: on our template, or on one that a customer has branded.

A template gives the looks, the cover and the order; the chapters come from the Paper, as PDF and HTML have them.
Must not know scores beyond the words of the Paper.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.export.paper_parts import Paper
from bot.export.photos import Photos
from bot.export.word_desk import MARK, Desk
from bot.export.word_fill import Misplaced, fill
from bot.export.word_package import described, packed
from bot.export.word_pictures import Album
from bot.export.word_slots import Slots
from bot.export.word_styles import Styles
from bot.export.word_template import TemplateBroken, ours, rendered
from bot.export.word_xml import NAMES

if TYPE_CHECKING:
    from docx.document import Document

log = logging.getLogger(__name__)

_HEADERS = ("/header", "/footer")


def render(paper: Paper, photos: Photos | None = None, template: Path | None = None) -> bytes:
    """The file: .docx, the same bytes for the same input.

    photos: a picture by the SHA-256 of its clean copy, None where it is not there. template: a customer's; one that
    cannot be used is written to the log, and ours is taken: a file is never refused for its looks.
    """
    if template is not None:
        try:
            return _made(paper, photos, read(template))
        except TemplateBroken as broken:
            log.warning("WORD_TEMPLATE cannot be used (%s): the report was made with ours", broken.fault)
    return _made(paper, photos, ours())


def _made(paper: Paper, photos: Photos | None, template: bytes) -> bytes:
    document, desk = drawn(paper, photos, template)
    return packed(document, paper.made_at, MARK, desk.chunks)


def drawn(paper: Paper, photos: Photos | None, template: bytes) -> tuple["Document", Desk]:
    """The document of a template, and what its marks stand for. TemplateBroken."""
    slots = Slots(paper)
    document = rendered(template, slots)
    styles = Styles(document.styles.element, _our_styles())
    styles.speak(paper.lang)
    album = Album(document, photos or (lambda _: None))
    desk = Desk(styles, album, paper.language == "zh", _width(document))
    if document.element.nsmap.get("w") != NAMES["w"]:  # what we write has that prefix
        raise TemplateBroken("not-word")
    try:
        fill(document.element.body, slots.fillings, desk)
        for rel in document.part.rels.values():
            if rel.reltype.endswith(_HEADERS):
                fill(rel.target_part.element, slots.fillings, desk)
    except Misplaced as error:
        raise TemplateBroken("misplaced") from error
    described(document, paper.name, paper.lang, paper.made_at)
    return document, desk


def read(template: Path) -> bytes:
    """The bytes of a template. TemplateBroken."""
    try:
        return template.read_bytes()
    except OSError as error:
        raise TemplateBroken("missing") from error


def _our_styles() -> Any:  # noqa: ANN401  lxml has no types
    import io  # noqa: PLC0415

    from docx import Document  # noqa: PLC0415  the bot starts without it

    return Document(io.BytesIO(ours())).styles.element


def _width(document: "Document") -> int:
    """Twips between the margins of the last section: the one that the chapters stand in."""
    last = document.sections[-1]
    width = (last.page_width or 7_560_310) - (last.left_margin or 0) - (last.right_margin or 0) - (last.gutter or 0)
    return int(width) // 635
