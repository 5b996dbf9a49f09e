"""Files handed out: ordered within a transaction, made when they are sent, always the record up to a fixed entry.

Must not know what any format looks like.
"""

from collections.abc import Mapping

from bot.domain.entries import Draft, Exported
from bot.domain.scales import Language
from bot.domain.state import AssessmentState, fold
from bot.export import FORMATS, ReportInputs, file_name, report
from bot.service import notices
from bot.service.case import Case
from bot.service.talk import Outcome, Talk
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed
from bot.view import lines, places
from bot.view.payload import BadPayload


def order(talk: Talk, ref: str, format_: str) -> Outcome:
    """The person asks for a file of an assessment of theirs. BadPayload for an unknown format."""
    if format_ not in FORMATS:
        raise BadPayload
    queue(talk, talk.cases.by_ref(ref), format_)
    coming = lines.file_coming(talk.words)
    return Outcome(places.Head(ref), line=coming, toast=coming, fresh=True)


def queue(talk: Talk, case: Case, format_: str) -> None:
    """Record the export and queue the file: the record as it is now, whatever comes after (RELIABILITY row 52)."""
    upto = case.state.seq
    talk.cases.record(case, [Draft(Exported(format_, talk.language, upto))], talk.stamp())
    content: dict[str, str | int] = {
        "kind": "file",
        "person": talk.person.id,
        "assessment": case.listed.id,
        "format": format_,
        "language": talk.language,
        "zone": talk.person.timezone or talk.world.zone,
        "upto": upto,
        "name": file_name(case.scheme.id, case.listed.ref, format_, case.listed.created_at.date().isoformat()),
        "caption": lines.file_caption(talk.words, format_, upto),
    }
    notices.queue(talk.unit, talk.who.channel, talk.who.chat, content, talk)


def made(world: World, content: Mapping[str, str | int]) -> bytes:
    """The bytes of a queued file; the same each time. LookupError where the person may not see it any more."""
    with world.store.read() as unit:
        listed = unit.assessments.find_id(str(content["person"]), str(content["assessment"]))
        if listed is None:
            raise LookupError(content["assessment"])
        language: Language = "en" if content["language"] == "en" else "zh"
        return render(world, unit, listed, str(content["format"]), language, str(content["zone"]), int(content["upto"]))


def render(
    world: World, unit: Unit, listed: Listed, format_: str, language: Language, zone: str, upto: int | None = None
) -> bytes:
    """A file of an assessment that was loaded lawfully, up to and with entry `upto` (None: all)."""
    last = listed.seq if upto is None else upto
    records = unit.entries.recorded(listed.id, last)
    entries = [entry for entry in unit.entries.after(listed.id, 0) if entry.seq <= last]
    people = {record.header.person for record in records}
    inputs = ReportInputs(
        scheme=world.library.pinned(listed.scheme_digest, unit.schemes.text),
        state=fold(AssessmentState(), entries),
        assessment_id=listed.id,
        records=records,
        names={person: unit.people.get(person).name for person in people},
        language=language,
        zone=zone,
        upto=last,
        scheme_text=unit.schemes.text(listed.scheme_digest),
        made_at=records[-1].header.at,
    )
    return FORMATS[format_].render(report(inputs))
