"""Files handed out: ordered within a transaction, made when they are sent, always the record up to a fixed entry.

Who may not see all of an assessment yet gets the part that they may see, and no file that holds the whole record
(domain/blind.py). Must not know what any format looks like.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.blind import visible
from bot.domain.commands import Actor
from bot.domain.entries import Draft, Exported
from bot.domain.scales import Language
from bot.domain.state import AssessmentState, fold
from bot.export import FORMATS, Enclosed, Report, ReportInputs, file_name, people, report
from bot.service import notices, sealing
from bot.service.case import Case
from bot.service.talk import Outcome, Talk
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed, Recorded
from bot.view import lines, places
from bot.view.payload import BadPayload

_AGREED = frozenset({"gate-decided", "findings-decided", "bonus-decided", "measure-set"})
_COMMON = frozenset({"created", "header-set", "population-set"})
"""Entries of no sheet whose history a part shows: of decisions too, but not to a viewer."""


def offered(world: World, case: Case) -> tuple[str, ...]:
    """The formats that this person may have now."""
    return tuple(name for name in known(world) if not (FORMATS[name].whole and case.blind))


def known(world: World) -> tuple[str, ...]:
    """The formats that can be made at all: without a key there is nothing that is signed."""
    return tuple(name for name, one in FORMATS.items() if world.keys is not None or not one.enclosed)


def order(talk: Talk, ref: str, format_: str) -> Outcome:
    """The person asks for a file of an assessment of theirs. BadPayload for an unknown format; SigningKeyGone."""
    if format_ not in known(talk.world):
        raise BadPayload
    case = talk.cases.by_ref(ref)
    if format_ not in offered(talk.world, case):
        refused = lines.not_whole(talk.words)
        return Outcome(places.Export(ref), line=refused, toast=refused)
    if FORMATS[format_].enclosed:
        sealing.at_hand(talk)
    queue(talk, case, format_)
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
        "at": _ms(talk.now),
        "name": file_name(case.scheme.id, case.listed.ref, format_, case.listed.created_at.date().isoformat()),
        "caption": lines.file_caption(talk.words, format_, upto, part=case.blind),
    }
    notices.queue(talk.unit, talk.who.channel, talk.who.chat, content, talk)


def made(world: World, content: Mapping[str, str | int]) -> bytes:
    """The bytes of a queued file; the same each time. LookupError where the person may not have it any more."""
    with world.store.read() as unit:
        listed = unit.assessments.find_id(str(content["person"]), str(content["assessment"]))
        if listed is None:
            raise LookupError(content["assessment"])
        language: Language = "en" if content["language"] == "en" else "zh"
        reader = Actor(str(content["person"]), "viewer" if listed.role == "operator" else listed.role)
        how = (str(content["format"]), language, str(content["zone"]), int(content["upto"]))
        return render(world, unit, listed, *how, reader, int(content.get("at", 0)))


def render(  # noqa: PLR0917  in the order in which it reads
    world: World,
    unit: Unit,
    listed: Listed,
    format_: str,
    language: Language,
    zone: str,
    upto: int | None = None,
    reader: Actor | None = None,
    at: int = 0,
) -> bytes:
    """A file of an assessment that was loaded lawfully, up to and with entry `upto` (None: all).

    reader: who is to have it, None for the operator; LookupError for a whole record with something hidden from them.
    at: when it was ordered, UTC in ms; 0: with the last entry.
    """
    found = reported(world, unit, listed, (language, zone), listed.seq if upto is None else upto, reader, at)
    format_of = FORMATS[format_]
    if found.partial and format_of.whole:
        raise LookupError(listed.id)
    return format_of.render(found, enclosed(world, unit) if format_of.enclosed else None)


def enclosed(world: World, unit: Unit) -> Enclosed | None:
    """What a bundle needs beside its report; None where this world has no key. SigningKeyGone."""
    signer = sealing.signer(world, unit)
    vault = world.store.vault
    return None if signer is None else Enclosed(lambda digest: io.BytesIO(vault.read(digest)), signer)


def reported(
    world: World,
    unit: Unit,
    listed: Listed,
    how: tuple[Language, str],
    last: int,
    reader: Actor | None = None,
    at: int = 0,
) -> Report:
    """What a file shows, up to and with entry `last`. how: language and zone; reader, at: as for `render`."""
    records = unit.entries.recorded(listed.id, last)
    whole = fold(AssessmentState(), (entry for entry in unit.entries.after(listed.id, 0) if entry.seq <= last))
    state = whole if reader is None else visible(whole, reader)
    partial = state is not whole
    shown = tuple(one for one in records if _shown(one, state, reader)) if partial and reader else records
    named = people(shown)
    language, zone = how
    inputs = ReportInputs(
        scheme=world.library.pinned(listed.scheme_digest, unit.schemes.text),
        state=state,
        assessment_id=listed.id,
        records=shown,
        names=unit.people.names(named),
        language=language,
        zone=zone,
        upto=last,
        scheme_text=unit.schemes.text(listed.scheme_digest),
        made_at=at or records[-1].header.at,
        partial=partial,
        gone=named & {one.person for one in unit.erasing.forgotten()},
    )
    return report(inputs)


def _shown(record: Recorded, state: AssessmentState, reader: Actor) -> bool:
    """Whether an entry belongs to the part that is seen: those of sheets in it, and what is everybody's."""
    header = record.header
    if header.sheet:
        return header.sheet in state.sheets
    return header.kind in _COMMON or (header.kind in _AGREED and reader.role != "viewer")


def _ms(at: datetime) -> int:
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
