"""Files handed out: ordered within a transaction, made when they are sent, always the record up to a fixed entry.

Who may not see all of an assessment yet gets no file that holds the whole record (service/snapshot.py). Must not know
what any format looks like, or in which process it is made.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.commands import Actor
from bot.domain.entries import Draft, Exported
from bot.domain.evidence import Evidence, carried
from bot.domain.scales import Language
from bot.service import filejob, notices, sealing
from bot.service.case import Case
from bot.service.filejob import Job
from bot.service.snapshot import inputs
from bot.service.talk import Outcome, Talk
from bot.service.weights import Kind, Weight
from bot.service.workshop import NotMade, Workshop
from bot.service.world import World
from bot.store.unit import Unit
from bot.store.values import Listed
from bot.verify.bundle import member_of, shown_digest
from bot.view import lines, places, post
from bot.view.exporting import short_name
from bot.view.payload import BadPayload
from bot.words import Words

if TYPE_CHECKING:
    from bot.export import Format


def offered(world: World, case: Case) -> tuple[str, ...]:
    """The formats that this person may have now."""
    return tuple(name for name in known(world) if not (_format(name).whole and case.blind))


def known(world: World) -> tuple[str, ...]:
    """The formats that can be made at all: without a key there is nothing that is signed."""
    from bot.export import FORMATS  # noqa: PLC0415  the bot starts without what makes files

    return tuple(name for name, one in FORMATS.items() if world.keys is not None or not one.enclosed)


def order(talk: Talk, ref: str, format_: str) -> Outcome:
    """The person asks for a file of an assessment of theirs. BadPayload for an unknown format; SigningKeyGone."""
    if format_ not in known(talk.world):
        raise BadPayload
    case = talk.cases.by_ref(ref)
    if format_ not in offered(talk.world, case):
        refused = lines.not_whole(talk.words)
        return Outcome(places.Export(ref), line=refused, toast=refused)
    if _format(format_).enclosed:
        sealing.at_hand(talk)
    if not _ordered(talk, case, format_):
        queue(talk, case, format_)
    coming = lines.file_coming(talk.words)
    return Outcome(places.Head(ref), line=coming, toast=coming, fresh=True)


def _ordered(talk: Talk, case: Case, format_: str) -> bool:
    """Whether this very file is on its way to this chat already: a button was tapped twice (RELIABILITY row 39)."""
    wanted = ("file", case.listed.id, format_, talk.language, talk.person.timezone or talk.world.zone)
    for queued in talk.unit.notices.waiting(talk.who.channel, talk.who.chat):
        content = json.loads(queued.content)
        if tuple(content.get(name) for name in ("kind", "assessment", "format", "language", "zone")) == wanted:
            since = talk.unit.entries.after(case.listed.id, int(content["upto"]))
            if all(isinstance(entry.body, Exported) for entry in since):
                return True
    return False


def queue(talk: Talk, case: Case, format_: str) -> None:
    """Record the export and queue the file: the record as it is now, whatever comes after (RELIABILITY row 52).

    A bundle that Telegram would not take is queued as its volumes.
    """
    from bot.export import file_name  # noqa: PLC0415  see known
    from bot.export.split import volumes  # noqa: PLC0415  see known

    upto = case.state.seq
    talk.cases.record(case, [Draft(Exported(format_, talk.language, upto))], talk.stamp())
    split = volumes(evidence_sizes(talk.world, case)) if _format(format_).enclosed else ()
    of = 1 + len(split) if split else 0
    date = case.listed.created_at.date().isoformat()
    for number in range(1, of + 1) if of else (0,):
        content: dict[str, str | int] = {
            "kind": "file",
            "person": talk.person.id,
            "assessment": case.listed.id,
            "format": format_,
            "language": talk.language,
            "zone": talk.person.timezone or talk.world.zone,
            "upto": upto,
            "at": _ms(talk.now),
            "name": file_name(case.scheme.id, case.listed.ref, format_, date, number, of),
            "caption": lines.file_caption(talk.words, format_, upto, part=case.blind, volume=number, of=of),
            "volume": number,
        }
        notices.queue(talk.unit, talk.who.channel, talk.who.chat, content, talk)


def made(world: World, content: Mapping[str, str | int], number: int = 0) -> bytes | Path:
    """A queued file, the same each time: its bytes, or where it stands. Blocks; reads only.

    number: of its notice, by which it is asked for again, and dropped. What was erased since it was made is in it no
    more. LookupError where the person may not have it any more; NotMade.
    """
    what = _job(world, content)
    found = _bytes(what) if world.workshop is None else _elsewhere(world, world.workshop, content, number, what)
    if not what.inputs.partial and not what.volume:
        size = found.stat().st_size if isinstance(found, Path) else len(found)
        shown = what.inputs
        world.weights.remember(Kind(shown.assessment_id, what.format, shown.language), Weight(shown.upto, size))
    return found


def progress(world: World, content: Mapping[str, str | int], number: int = 0) -> str:
    """What is being done for a queued file, as a sentence for its chat; small HTML."""
    words = Words.of("en" if content["language"] == "en" else "zh")
    now = world.workshop.progress(number) if world.workshop else None
    stage, done, of = (now.stage, now.done, now.of) if now else ("", 0, 0)
    return post.being_made(words, short_name(words, str(content["format"])), stage, done, of)


def dropped(world: World, number: int) -> None:
    """The file of this notice was sent, or will not be."""
    if world.workshop is not None:
        world.workshop.drop(number)


def tidy(world: World, waiting: Iterable[int]) -> None:
    """Of files made for notices, those alone stay that still wait to be sent: /forget takes notices away."""
    if world.workshop is not None:
        world.workshop.keep(frozenset(waiting))


def evidence_sizes(world: World, case: Case) -> Mapping[str, int]:
    """Bytes of the evidence that the person's bundle would hold, by member."""
    return sizes_of(world, case.seen.evidence.values())


def sizes_of(world: World, held: Iterable[Evidence]) -> Mapping[str, int]:
    """The same of any evidence."""
    return {member_of(one): world.store.vault.size(shown_digest(one)) for one in held if carried(one)}


def _job(world: World, content: Mapping[str, str | int]) -> Job:
    with world.store.read() as unit:
        listed = unit.assessments.find_id(str(content["person"]), str(content["assessment"]))
        if listed is None:
            raise LookupError(content["assessment"])
        language: Language = "en" if content["language"] == "en" else "zh"
        reader = Actor(str(content["person"]), "viewer" if listed.role == "operator" else listed.role)
        how = (str(content["format"]), language, str(content["zone"]), int(content["upto"]))
        at, volume = int(content.get("at", 0)), int(content.get("volume", 0))
        return job(world, unit, listed, *how, reader, at, volume)


def _elsewhere(world: World, shop: Workshop, content: Mapping[str, str | int], number: int, what: Job) -> Path:
    sign = _sign(what)
    found = shop.make(number, what, sign)
    if _sign(_job(world, content)) != sign:
        shop.drop(number)
        raise NotMade("something was erased meanwhile")
    return found


def _sign(what: Job) -> str:
    """Of all that a file of one entry is made from and that may go later: texts, names, bytes, what may be seen."""
    shown = what.inputs
    pieces = sorted(shown_digest(one) for one in shown.state.evidence.values() if carried(one))
    said = (
        [record.header.seq for record in shown.records if record.body is not None],
        sorted(shown.state.sheets),
        sorted(shown.state.evidence),
        sorted(shown.names.items()),
        sorted(shown.gone),
        [digest for digest in pieces if what.vault.has(digest)],
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def job(  # noqa: PLR0917  in the order in which it reads
    world: World,
    unit: Unit,
    listed: Listed,
    format_: str,
    language: Language,
    zone: str,
    upto: int | None = None,
    reader: Actor | None = None,
    at: int = 0,
    volume: int = 0,
) -> Job:
    """What is to be made of an assessment that was loaded lawfully, up to and with entry `upto` (None: all).

    reader: who is to have it, None for the operator; LookupError for a whole record with something hidden from them.
    at: when it was ordered, UTC in ms; 0: with the last entry. volume: of a split bundle, 0: all of it. SigningKeyGone.
    """
    found = inputs(world, unit, listed, (language, zone), listed.seq if upto is None else upto, reader, at)
    if found.partial and _format(format_).whole:
        raise LookupError(listed.id)
    key = world.keys.path if _format(format_).enclosed and sealing.signer(world, unit) and world.keys else None
    return Job(format_, found, world.store.vault, key, world.supplies, volume)


def _bytes(what: Job) -> bytes:
    """Made in this very process, where there is no workshop: in the terminal."""
    out = io.BytesIO()
    filejob.write(what, out)
    return out.getvalue()


def _format(name: str) -> "Format":
    from bot.export import FORMATS  # noqa: PLC0415  see known

    return FORMATS[name]


def _ms(at: datetime) -> int:
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
