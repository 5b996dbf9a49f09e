"""The report as PDF: pages to print, to sign, to keep. typst sets them by templates/report.typ, which gets data alone.

PDF/A-2a: readable in decades (2), every text searchable and in its order for who cannot see the page (a); 3 would only
add enclosed files, and the bundle is where those are. A sign without a glyph breaks the standard: `fonts.drawable`
leaves none. Should one slip through all the same, a weaker standard is tried, then none: no report fails by a letter.
Nothing is fetched: no package, no address; typst reads in a folder that holds this document's photos alone.
Must not know scores, or what is said beyond the one sentence for a picture that cannot be shown.
"""

import json
import logging
import tempfile
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from bot.export.paper_parts import Cover, Paper, Part
from bot.export.pdf_lines import Texts
from bot.export.pdf_pictures import Laid
from bot.export.pdf_tree import WIDTH, Sheet, Value
from bot.paths import templates_dir
from bot.words import Words

if TYPE_CHECKING:
    from typst import PDFStandard

_STANDARDS: tuple[tuple["PDFStandard", ...], ...] = (("a-2a",), ("a-2b",), ())
_LOG = logging.getLogger(__name__)
_RUNNING = 60
"""Em of the line on top of each page: more would not fit on one line."""
_LONG_PART = 2200.0
"""Points, by a generous estimate: some two pages."""
_REMEMBERED = 11
_FORGETTING = Lock()
"""One after another: a second report may come before the first is forgotten."""
_TITLES = (24, 19, 15)
"""Points of a title: the largest in which it stands on one line."""


def render(paper: Paper, photos: Callable[[str], bytes | None] | None) -> bytes:
    """The file; the same bytes for the same paper. photos: by SHA-256 of the clean copy as `photos.shrink` made it.

    A picture that is missing or cannot be read is replaced by a sentence.
    """
    with tempfile.TemporaryDirectory(prefix="gradewalk-pdf-") as folder:
        laid = Laid(Path(folder), photos, Words.of(paper.language).say("export.no-picture"))
        document = _document(paper, laid)
        made = _set(document, paper, Path(folder))
        if made is None and laid.drop_unreadable():
            made = _set(_document(paper, laid), paper, Path(folder))
        if made is None:
            raise ValueError("typst refuses the report's template")
        return made


def _set(document: str, paper: Paper, folder: Path) -> bytes | None:
    """By the first standard that takes it. None: not even without one."""
    import typst  # noqa: PLC0415  the bot starts without it

    from bot.export import fonts  # noqa: PLC0415  the same

    compiler = typst.Compiler(
        root=folder, font_paths=fonts.fonts(), sys_inputs={"paper": document},
        package_path=folder / "none", package_cache_path=folder / "none",
    )  # fmt: skip
    for standard in _STANDARDS:
        try:
            made = compiler.compile(
                _template(), format="pdf", pdf_standards=list(standard), timestamp=paper.made_at // 1000
            )
        except typst.TypstError:  # its message quotes the text: nothing for a log
            _LOG.warning("A report cannot be made as PDF/A: %s", "/".join(standard) or "nor without")
        else:
            return made if isinstance(made, bytes) else None
        finally:
            _forget()
    return None


def _forget() -> None:
    """Typst remembers what it laid out for ten documents more, 100 MB of a large report: empty ones let it forget.

    Beside everything else: the file is ready, and typst holds no lock of Python's.
    """
    _FORGETTING.acquire()
    Thread(target=_forgotten, name="typst-forgets").start()


def _forgotten() -> None:
    import typst  # noqa: PLC0415  the bot starts without it

    from bot.export import fonts  # noqa: PLC0415  the same

    try:
        compiler = typst.Compiler(font_paths=fonts.fonts())
        for _ in range(_REMEMBERED):
            compiler.compile(b"", format="svg")
    finally:
        _FORGETTING.release()


def settle() -> None:
    """Wait until what the last file took is given back."""
    with _FORGETTING:
        pass


def _document(paper: Paper, laid: Laid) -> str:
    """All that the template reads, as JSON."""
    from bot.export import fonts  # noqa: PLC0415  the bot starts without them

    texts = Texts(fonts.drawable)
    sheet = Sheet(texts, laid)
    lang, _, region = paper.lang.partition("-")
    return json.dumps(
        {
            "lang": lang,
            "region": region or None,
            "name": texts.shown(paper.name),
            "running": _short(texts, paper.running),
            "page": paper.page,
            "fonts": fonts.families(),
            "mono": [fonts.mono(), *fonts.families()],
            "cover": _cover(paper.cover, sheet),
            "parts": [_part(part, sheet) for part in paper.parts],
            "ending": [sheet.line(one, 8) for one in paper.ending],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _part(part: Part, sheet: Sheet) -> Value:
    """A long chapter begins on a new page: it is found faster, and typst lays such chapters out side by side."""
    long = sheet.tall(part.blocks) > _LONG_PART
    return {
        "title": sheet.text(part.title),
        "fresh": part.fresh or long,
        "blocks": sheet.blocks(part.blocks),
    }


def _cover(cover: Cover, sheet: Sheet) -> Value:
    title = "".join(run.text for run in cover.title)
    return {
        "kind": sheet.text(cover.kind),
        "title": sheet.line(cover.title, 24),
        "size": next((size for size in _TITLES if sheet.texts.width(title) * size <= WIDTH), _TITLES[-1]),
        "scheme": sheet.line(cover.scheme, 11),
        "standing": cover.standing,
        "grade_label": sheet.text(cover.grade_label),
        "grade": sheet.text(cover.grade),
        "status": sheet.text(cover.status),
        "totals": [sheet.line(one, 10.5) for one in cover.totals],
        "lines": [sheet.line(one, 8) for one in cover.lines],
        "facts": sheet.facts(cover.facts),
        "signatures": [sheet.text(one) for one in cover.signatures],
        "signing": [sheet.text(one) for one in cover.signing],
        "disclaimer": sheet.text(cover.disclaimer),
        "warnings": [sheet.line(one, 9.5) for one in cover.warnings],
    }


def _short(texts: Texts, text: str) -> str:
    """One line: what is too long for it ends in an ellipsis."""
    text = " ".join(text.split()).replace(" · ", "·")
    room = accumulate(texts.width(sign) for sign in text)
    fits = sum(taken <= _RUNNING for taken in room)
    return texts.shown(text if fits == len(text) else f"{text[:fits]}…")


@cache
def _template() -> bytes:
    return (templates_dir() / "report.typ").read_bytes()
