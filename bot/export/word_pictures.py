"""Pictures in a document: stored once each, as a part of the package, and drawn in the line of text.

Must not know what a picture shows, or where it comes from.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.export.word_xml import NAMES, Xml, attribute

if TYPE_CHECKING:
    from docx.document import Document

EMU = 635
"""In a twip."""
_FIRST = 20_000
"""Numbers of drawings: above those that docxtpl gives the drawings of a template, from 1001."""


_DECLARED = " ".join(f'xmlns:{prefix}="{NAMES[prefix]}"' for prefix in ("r", "wp", "a", "pic"))


@dataclass(frozen=True, slots=True)
class Picture:
    """rel: its relationship from the document. width, height: pixels."""

    rel: str
    width: int
    height: int


@dataclass(slots=True)
class Album:
    """The pictures of one document. load: photos by the SHA-256 of their clean copy, None: not there."""

    document: "Document"
    load: Callable[[str], bytes | None]
    _kept: dict[str, Picture | None] = field(default_factory=dict)
    _drawn: int = 0

    def add(self, data: bytes) -> Picture | None:
        """PNG or JPEG; None: neither, or broken."""
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._kept:
            self._kept[digest] = self._add(data)
        return self._kept[digest]

    def photo(self, sha256: str) -> Picture | None:
        """A photo; None: it is not there, or cannot be read."""
        data = self.load(sha256)
        return None if data is None else self.add(data)

    def drawing(self, picture: Picture, alt: str, width: int, height: int) -> Xml:
        """A run with the picture, as large as fits into width and height (twips). alt: what it shows, in words."""
        scale = min(width / picture.width, height / picture.height)
        self._drawn += 1
        number = _FIRST + self._drawn
        size = f'cx="{round(picture.width * scale) * EMU}" cy="{round(picture.height * scale) * EMU}"'
        return (
            f'<w:r><w:drawing {_DECLARED}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="gradewalk-{self._drawn}" descr="{attribute(alt)}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="gradewalk-{self._drawn}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{picture.rel}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _add(self, data: bytes) -> Picture | None:
        from docx.image.exceptions import (  # noqa: PLC0415  the bot starts without it
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.image.image import Image  # noqa: PLC0415  see above
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415  see above
        from docx.opc.packuri import PackURI  # noqa: PLC0415  see above
        from docx.parts.image import ImagePart  # noqa: PLC0415  see above

        try:
            image = Image.from_blob(data)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            return None
        if not image.px_width or not image.px_height:
            return None
        name = PackURI(f"/word/media/gradewalk{len(self._kept) + 1}.{image.ext}")
        rel = self.document.part.relate_to(ImagePart.from_image(image, name), RELATIONSHIP_TYPE.IMAGE)
        return Picture(rel, image.px_width, image.px_height)
