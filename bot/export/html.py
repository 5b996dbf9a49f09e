"""The paper as one HTML file that needs nothing else: to read on a phone, to print, to keep.

No script, and a content policy that forbids everything but its own style, and pictures that stand in it. Must not
know the report: what is said stands in the paper.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from bot.export.charts import svg
from bot.export.paper import paper
from bot.export.paper_parts import Block, Box, Paper, Photo, blocks
from bot.export.parts import Report
from bot.verify.form import utc
from bot.words import Words

TEMPLATE = "transcript.html.j2"
_STYLE_HASH = "STYLE-HASH"
_MIMES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PN": "image/png"}
"""First bytes of the pictures that may stand in the file."""


def render(report: Report, photos: Callable[[str], bytes | None] | None = None) -> bytes:
    """The file, UTF-8, in the report's language and zone. photos: SHA-256 of a clean copy -> a picture, small."""
    return drawn(paper(report), photos)


def drawn(of: Paper, photos: Callable[[str], bytes | None] | None = None) -> bytes:
    """A paper as a file. A picture that there is none of, or that is no JPEG or PNG, leaves its caption."""
    shown = dict(_pictures(of, photos)) if photos else {}
    page = Words.of(of.language).render(
        TEMPLATE,
        paper=of,
        utc=utc,
        kind=lambda block: type(block).__name__,
        grouped=_grouped,
        picture=lambda sha256: shown.get(sha256, ""),
        pictured=bool(shown),
        svg=svg,
        style_hash=_STYLE_HASH,
    )
    return page.replace(_STYLE_HASH, _hash_of_style(page), 1).encode()


def _pictures(of: Paper, photos: Callable[[str], bytes | None]) -> Iterator[tuple[str, str]]:
    """SHA-256 -> the picture as an address that holds it."""
    for block in blocks(of):
        data = photos(block.sha256) if isinstance(block, Photo) else None
        mime = _MIMES.get(data[:3]) if data else None
        if isinstance(block, Photo) and data and mime:
            yield block.sha256, f"data:{mime};base64,{base64.b64encode(data).decode()}"


def _grouped(them: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks that stand side by side, under the name of their style: answers to one question, and pictures."""
    return [(name, list(group)) for name, group in groupby(them, key=_beside)]


def _beside(block: Block) -> str:
    if isinstance(block, Photo):
        return "photos"
    return "beside" if isinstance(block, Box) and block.kind == "answer" else ""


def _hash_of_style(page: str) -> str:
    """What the policy allows: exactly the text of the style element. Ours is the only one, as all else is escaped."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
