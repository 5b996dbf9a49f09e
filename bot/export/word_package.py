"""A Word file as a container: the same bytes for the same document, and what it must not bring along.

Must not know what stands in the document.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

_TYPES = "[Content_Types].xml"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif")
_LINKS = "/hyperlink"
"""How the only relationship ends that may lead out of a file: nothing follows it until a person does."""
_FETCHING = ("INCLUDEPICTURE", "INCLUDETEXT", "DDE", "LINK ", "DATABASE", "IMPORT")
_TITLE = 255


def described(document: "Document", title: str, lang: str, made_at: int) -> None:
    """What a file says about itself. made_at: UTC in ms. The author stays the template's."""
    at = datetime.fromtimestamp(made_at // 1000, UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.language = "".join(one for one in title if one.isprintable())[:_TITLE], lang
    about.created = about.modified = at
    about.last_modified_by, about.revision = "", 1


def fetches(document: "Document") -> bool:
    """Whether opening the file would load something from elsewhere: a linked picture, a template, a field's source."""
    for part in document.part.package.iter_parts():
        if any(rel.is_external and not rel.reltype.endswith(_LINKS) for rel in part.rels.values()):
            return True
        if b"instrText" in part.blob or b"fldSimple" in part.blob:
            told = part.blob.decode("utf-8", "replace").upper()
            if any(word in told for word in _FETCHING):
                return True
    return False


def packed(document: "Document", made_at: int, mark: str = "", chunks: Sequence[str] = ()) -> bytes:
    """The file. made_at: the date of everything in it, UTC in ms.

    chunks: XML that stands in the document's text where `mark` has its number.
    """
    saved, out = io.BytesIO(), io.BytesIO()
    document.save(saved)
    at = max(datetime.fromtimestamp(made_at // 1000, UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(out, "w") as after:
        for name in sorted(before.namelist(), key=lambda one: (one != _TYPES, one)):
            about = zipfile.ZipInfo(name, at)
            about.create_system, about.external_attr = 3, 0o600 << 16
            about.compress_type = zipfile.ZIP_STORED if name.endswith(_PICTURES) else zipfile.ZIP_DEFLATED
            data = before.read(name)
            if chunks and name == document.part.partname.lstrip("/"):
                places = re.compile(rf"<\?{mark} (\d+)\?>".encode())
                data = places.sub(lambda place: chunks[int(place[1])].encode(), data)
            after.writestr(about, data)
    return out.getvalue()
