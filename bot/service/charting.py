"""The pictures of a result, sent to who asks for them. Must not know what they look like, or how one is sent.

No entry is made: they show what the result screen shows, which may be looked at as often as one likes, and hold
nothing of the record. As of one entry all the same, so that one that is sent again is the same.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.commands import Actor
from bot.domain.scales import Language
from bot.service import notices
from bot.service.case import Case
from bot.service.snapshot import inputs
from bot.service.talk import Outcome, Talk
from bot.service.world import World
from bot.view import chart_lines as lines
from bot.view import places
from bot.view.chart_places import ChartsTap

if TYPE_CHECKING:
    from bot.export.parts import Report


def charts(talk: Talk, tap: ChartsTap) -> Outcome:
    """Queue every picture for the person's chat, each with the same in words. UnknownAssessment."""
    case = talk.cases.by_ref(tap.assessment)
    place = places.Result(tap.assessment)
    if case.actor.role == "viewer" and not case.state.closed:
        return Outcome(place)
    drawn = _drawn(talk, case) if any(sheet.given for sheet in case.seen.counted) else []
    for number, (caption, text) in enumerate(drawn):
        content: dict[str, str | int] = {
            "kind": "chart",
            "person": talk.person.id,
            "assessment": case.listed.id,
            "number": number,
            "language": talk.language,
            "zone": _zone(talk),
            "upto": case.state.seq,
            "name": f"chart-{number + 1}.png",
            "caption": caption,
            "text": text,
        }
        notices.queue(talk.unit, talk.who.channel, talk.who.chat, content, talk)
    if not drawn:
        line = lines.no_charts(talk.words)
        return Outcome(place, line=line, toast=line)
    coming = lines.charts_coming(talk.words)
    return Outcome(place, line=coming, toast=coming, fresh=True)


def made(world: World, content: Mapping[str, str | int]) -> bytes:
    """A queued picture, the same each time. LookupError where the person may not have it any more."""
    from bot.export import charts, drawing, fonts, report  # noqa: PLC0415  typst: the bot starts without it

    language: Language = "en" if content["language"] == "en" else "zh"
    with world.store.read() as unit:
        listed = unit.assessments.find_id(str(content["person"]), str(content["assessment"]))
        if listed is None:
            raise LookupError(content["assessment"])
        reader = Actor(str(content["person"]), "viewer" if listed.role == "operator" else listed.role)
        found = inputs(world, unit, listed, (language, str(content["zone"])), int(content["upto"]), reader)
    with fonts.using(world.supplies.fonts):
        return drawing.png(charts.figures(report(found))[int(content["number"])])


def _drawn(talk: Talk, case: Case) -> list[tuple[str, str]]:
    """Of each picture the caption, and what stands in its place where no picture can be shown; small HTML."""
    from bot.export.charts import in_signs  # noqa: PLC0415  nothing else needs them here
    from bot.export.clock import Clock  # noqa: PLC0415  the same
    from bot.export.paper_charts import charts as chapter  # noqa: PLC0415  the same
    from bot.export.paper_marks import Marks  # noqa: PLC0415  the same
    from bot.export.paper_parts import Chart  # noqa: PLC0415  the same

    words, closed = talk.words, bool(case.state.closed)
    part = chapter(Marks(_report(talk, case), words, Clock(_zone(talk))))
    drawn = [block for block in part.blocks if isinstance(block, Chart)] if part else []
    return [
        (
            lines.chart_caption(words, one.title, one.said, closed=closed, part=case.blind),
            lines.chart_signs(words, one.title, in_signs(one.figure)),
        )
        for one in drawn
    ]


def _report(talk: Talk, case: Case) -> "Report":
    """Of what this person sees, without the record: figures need no more."""
    from bot.export import ReportInputs, report  # noqa: PLC0415  the bot starts without what makes files

    at = round((talk.now - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
    return report(
        ReportInputs(
            scheme=case.scheme,
            state=case.seen,
            assessment_id=case.listed.id,
            records=(),
            names={},
            language=talk.language,
            zone=_zone(talk),
            upto=0,
            scheme_text="",
            made_at=at,
            partial=True,
        )
    )


def _zone(talk: Talk) -> str:
    return talk.person.timezone or talk.world.zone
