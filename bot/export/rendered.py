"""The report drawn for people, format by format: what a renderer is handed, made once for all formats of a bundle.

Heavy libraries are first imported by the format that needs them: the bot starts, and shows its screens, without them.
Must not know containers, or what a file is called.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.evidence import Evidence, carried
from bot.export.enclosed import Enclosed, Told, to_nobody
from bot.export.parts import Report
from bot.verify.bundle import shown_digest

if TYPE_CHECKING:
    from bot.export.paper_parts import Paper
    from bot.export.photos import Photos

ROOM, ROOM_BESIDE = 24 << 20, 8 << 20
"""Bytes that all photos of one file may take: alone, and where it stands in a bundle beside others that show them too.

Telegram takes 50 MB. HTML writes three bytes as four; 24 MB leave room for that.
"""
SIDES = (1600, 1100, 700, 400)
"""Pixels of a photo's longer side: the first with which all have room; the last, whatever they take then."""


class Desk:
    """A report with what its renderers share. room: bytes for photos. Without enclosed there are none."""

    def __init__(self, report: Report, enclosed: Enclosed | None, room: int = ROOM) -> None:
        self.report, self.enclosed, self._room = report, enclosed, room

    @cached_property
    def paper(self) -> "Paper":
        """The report in words."""
        from bot.export.paper import paper  # noqa: PLC0415  templates and catalogues, for who draws alone

        return paper(self.report)

    @cached_property
    def photos(self) -> "Photos":
        """Every picture of the report's evidence, shrunk alike until they have room. Nothing else can be had by it."""
        wanted = tuple(dict.fromkeys(shown_digest(one) for one in pictures(self.report.state.evidence.values())))
        drawn: Mapping[str, bytes | None] = {}
        for side in SIDES:
            drawn = self._shrunk(wanted, side)
            if sum(len(one) for one in drawn.values() if one) <= self._room:
                break
        return drawn.get

    def _shrunk(self, wanted: tuple[str, ...], side: int) -> Mapping[str, bytes | None]:
        from bot.export.photos import shrink  # noqa: PLC0415  Pillow

        found: dict[str, bytes | None] = {}
        for number, digest in enumerate(wanted if self.enclosed else (), start=1):
            clean = _bytes(self.enclosed, digest)
            found[digest] = None if clean is None else shrink(clean, side)
            self.told("photos", number, len(wanted))
        return found

    @property
    def told(self) -> Told:
        return self.enclosed.told if self.enclosed else to_nobody


def _bytes(enclosed: Enclosed | None, digest: str) -> bytes | None:
    """A clean copy; None where it is gone: the file says of that piece that it cannot be shown."""
    if enclosed is None:
        return None
    try:
        with enclosed.opened(digest) as file:
            return file.read()
    except (LookupError, OSError):
        return None


def pictures(evidence: Iterable[Evidence]) -> Iterable[Evidence]:
    """Those that a file can show: it shows clean copies alone."""
    return (one for one in evidence if carried(one) and one.clean)


def pdf(desk: Desk) -> bytes:
    """Pages to print and sign, PDF/A."""
    from bot.export.pdf import render  # noqa: PLC0415  typst

    paper, photos = desk.paper, desk.photos
    desk.told("pages", 0, 0)
    return render(paper, photos)


def word(desk: Desk) -> bytes:
    """A Word document, on the operator's template where there is one."""
    from bot.export.word import render  # noqa: PLC0415  docxtpl

    paper, photos = desk.paper, desk.photos
    desk.told("pages", 0, 0)
    return render(paper, photos, desk.enclosed.template if desk.enclosed else None)


def excel(desk: Desk) -> bytes:
    """A workbook with live formulas."""
    from bot.export.excel import render  # noqa: PLC0415  XlsxWriter

    return render(desk.report)


def html(desk: Desk) -> bytes:
    """A page that needs nothing else."""
    from bot.export.html import drawn  # noqa: PLC0415  templates

    return drawn(desk.paper, desk.photos)


def csv(desk: Desk) -> bytes:
    """A table of answers."""
    from bot.export.csvfile import render  # noqa: PLC0415  with the others

    return render(desk.report)


def _in_fonts(draw: Callable[[Desk], bytes]) -> Callable[[Desk], bytes]:
    """With the operator's fonts first: what can be drawn, and how wide it is, depends on them."""

    def drawn(desk: Desk) -> bytes:
        from bot.export.fonts import using  # noqa: PLC0415  with what needs them

        with using(desk.enclosed.fonts if desk.enclosed else None):
            return draw(desk)

    return drawn


_DRAW = {"pdf": pdf, "word": word, "excel": excel, "html": html, "csv": csv}
DRAW: Mapping[str, Callable[[Desk], bytes]] = {name: _in_fonts(draw) for name, draw in _DRAW.items()}
"""Format -> what draws it: all that people read, and a bundle therefore holds."""
