"""Whether a customer's template can be used: it is filled once with a made-up report. For starts and `doctor`.

Must not know who asks, or in which language they are answered.
"""

from pathlib import Path

from bot.export.paper_parts import Cover, Facts, Line, Paper, Para, Part, Run
from bot.export.word import drawn, read
from bot.export.word_slots import CHAPTERS, OPEN
from bot.export.word_template import TemplateBroken

_LEFT = tuple(sign.encode() for sign in ("{{", "{%", OPEN))
_SAID: Line = (Run("-"),)


def fault(template: Path) -> TemplateBroken | None:
    """What is wrong with a template; None: nothing."""
    try:
        document, _ = drawn(_sample(), None, read(template))
    except TemplateBroken as broken:
        return broken
    parts = document.part.package.iter_parts()
    left = any(sign in part.blob for part in parts for sign in _in_text(part.partname))
    return TemplateBroken("left-over") if left else None


def _in_text(name: str) -> tuple[bytes, ...]:
    """A picture may hold any bytes."""
    return _LEFT if name.endswith(".xml") else ()


def _sample() -> Paper:
    """Every tag stands for something, so that no branch of a template is left out for want of it."""
    told = (_SAID,)
    cover = Cover(
        kind="-",
        title=_SAID,
        scheme=_SAID,
        standing="passed",
        grade_label="-",
        grade="-",
        status="-",
        totals=told,
        lines=told,
        facts=Facts((("-", _SAID),)),
        signatures=("-",),
        disclaimer="-",
        warnings=told,
        signing=("-",),
    )
    parts = tuple(Part(ident, "-", (Para(_SAID),), fresh=True) for ident in CHAPTERS)
    return Paper("zh", "zh-CN", "-", cover, parts, (_SAID,), "-", "{page} / {pages}", 0)
