"""A report -> the document in words that PDF, Word and HTML draw: which chapters there are, and in which order.

Must not know what stands in a chapter, or any file format.
"""

import unicodedata
from collections.abc import Iterator

from bot.export.clock import clock_for
from bot.export.paper_breakdown import breakdown
from bot.export.paper_charts import charts
from bot.export.paper_cover import cover
from bot.export.paper_marks import Marks
from bot.export.paper_panel import findings, panel
from bot.export.paper_parts import Line, Paper, Part, Run
from bot.export.paper_questions import questions, readings
from bot.export.paper_record import pictures, record, seals
from bot.export.paper_result import result
from bot.export.parts import Report
from bot.words import Words

RUNNING = 28
"""Characters of a title that stand on top of every page."""


def paper(report: Report) -> Paper:
    """The document in the report's language and zone. Of an erased assessment: its head and the list of entries."""
    clock = clock_for(report.zone, [report.made_at, *(entry.header.at for entry in report.log)])
    m = Marks(report, Words.of(report.language, report.zone), clock)
    kind = f"{m.say('transcript.title')} · {m.scheme.code}"
    return Paper(
        language=report.language,
        lang=m.say("transcript.lang"),
        name=f"{kind} · \u2068{report.title}\u2069" if report.title else kind,
        cover=cover(m),
        parts=tuple(_parts(m)),
        ending=tuple(_ending(m)),
        running=f"{kind} · {_short(report.title)}" if _short(report.title) else kind,
        page=m.say("transcript.page", page="{page}", pages="{pages}"),
        made_at=report.made_at,
    )


def _parts(m: Marks) -> Iterator[Part]:
    if not m.report.erased:
        chapters = (result, charts, breakdown, findings, panel, readings, questions, pictures, seals)
        yield from (part for chapter in chapters if (part := chapter(m)))
    yield record(m)


def _ending(m: Marks) -> Iterator[Line]:
    yield (Run(m.say("transcript.disclaimer")),)
    made = m.clock.local(m.report.made_at)
    if m.report.partial:
        yield (Run(m.say("transcript.made-part", at=made)),)
    else:
        yield (Run(m.say("transcript.made", at=made, seq=m.report.upto)),)
    yield (Run(f"{m.say('transcript.times')} · {m.zone()}"),)


def _short(title: str) -> str:
    """A title on one line, cut, without signs that one cannot see: nothing holds them off from what stands beside."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in title)
    seen = " ".join("".join(sign for sign in seen if unicodedata.category(sign) != "Cf").split())
    return seen if len(seen) <= RUNNING else f"{seen[:RUNNING]}…"
