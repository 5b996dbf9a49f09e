"""Bytes of evidence handed out: shown again in a chat, read for an export. Must not know how a file is sent.

A clean copy goes out wherever there is one. The bytes as they came, which may tell where a picture was taken, go to
whoever brought them or leads, and that is an entry (RELIABILITY row 72).
"""

from collections.abc import Mapping

from bot.domain.entries import Draft, Exported
from bot.domain.evidence import Evidence, bare
from bot.domain.evidence import caption as caption_of
from bot.service import notices
from bot.service.case import Case
from bot.service.cases import Cases
from bot.service.filetypes import ending_of
from bot.service.talk import Outcome, Talk
from bot.service.world import World
from bot.view import evidence_lines as lines
from bot.view import places
from bot.view.evidence_places import ShowTap


def digest_of(case: Case, one: Evidence, *, original: bool) -> str:
    """The bytes that this person may be sent of a piece; '' for none."""
    if one.keeping != "kept" or not one.sha256:
        return ""
    if original:
        return one.sha256 if one.person == case.person.id or case.actor.role == "lead" else ""
    return "" if bare(one) else one.clean or one.sha256


def show(talk: Talk, tap: ShowTap) -> Outcome:
    """Queue the file for the person's chat. UnknownAssessment."""
    case = talk.cases.by_ref(tap.assessment)
    place = places.EvidenceItem(tap.assessment, tap.seq)
    one, original = case.seen.evidence.get(tap.seq), bool(tap.original)
    digest = digest_of(case, one, original=original) if one else ""
    blob = talk.unit.blobs.get(digest) if digest else None
    if one is None or blob is None:
        return Outcome(place, toast=lines.not_there(talk.words))
    text, where = caption_of(case.seen.evidence, one), lines.where(talk.words, case.seen.found, one)
    content: dict[str, str | int] = {
        "kind": "evidence",
        "person": talk.person.id,
        "assessment": case.listed.id,
        "seq": one.seq,
        "original": int(original),
        "name": f"evidence-{case.number(one.seq)}.{ending_of(blob.mime)}",
        "caption": lines.file_caption(talk.words, where, case.number(one.seq), text, original=original),
    }
    if original:
        exported = Exported(f"original-{one.seq}", talk.language, case.state.seq)
        talk.cases.record(case, [Draft(exported)], talk.stamp())
    notices.queue(talk.unit, talk.who.channel, talk.who.chat, content, talk)
    coming = lines.file_coming(talk.words)
    return Outcome(place, line=coming, toast=coming, fresh=True)


def made(world: World, content: Mapping[str, str | int]) -> bytes:
    """The bytes of a queued file. LookupError where the person may not have them any more, or they are gone."""
    with world.store.read() as unit:
        person = unit.people.get(str(content["person"]))
        listed = unit.assessments.find_id(person.id, str(content["assessment"]))
        if listed is None:
            raise LookupError(content["assessment"])
        case = Cases(world, unit, person).open(listed)
        one = case.seen.evidence.get(int(content["seq"]))
        digest = digest_of(case, one, original=bool(content["original"])) if one else ""
    if not digest:
        raise LookupError(content["seq"])
    return world.store.vault.read(digest)
