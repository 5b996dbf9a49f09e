"""Members, findings, evidence, the basis, seals, as lines. Must not know file formats or scores."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.carrying import FATES
from bot.export.flat import Flat
from bot.export.flat_words import Saying, joined, plain
from bot.export.panel_parts import CarriedPart, EvidencePart, FindingPart, MemberPart, SealPart
from bot.export.paper_detail import field_changed, lost


def evidence_lines(saying: Saying, part: EvidencePart, place: Mapping[str, Any]) -> Iterator[Flat]:
    """A piece of evidence: its caption first, then a line for each thing known of it."""
    say, item = saying.say, part.item
    kind, keeping = say(f"evidence.kind-{item.kind}"), say(f"transcript.keeping.{item.keeping}")
    why = lost(saying.marks, item.reason) if item.keeping == "lost" else item.reason
    by: dict[str, Any] = {"by": saying.who(part.name, item.person), "at": item.at}
    what = say("transcript.evidence-number", n=part.number)
    head: dict[str, Any] = {"number": item.seq, **place}
    yield Flat("evidence", what, value=joined((kind, keeping, why)), text=item.caption, **head, **by)
    facts = (
        (say("transcript.claimed"), item.claimed),
        (say("transcript.place"), item.place),
        (say("transcript.file-name"), item.name),
        (say("transcript.mime"), item.mime),
        (say("transcript.size"), say("transcript.bytes", size=item.size) if item.size else ""),
        (say("transcript.sha256"), item.sha256),
        (say("transcript.clean"), item.clean),
    )
    for label, value in facts:
        if value:
            yield Flat("evidence", joined((what, label)), value=value, **head)
    for entry in part.entries:
        if isinstance(entry.before, v.EvidenceReceived | v.EvidenceCaptioned):
            old = joined((entry.before.caption, entry.before.claimed)) or say("transcript.empty")
            label = joined((what, say("transcript.caption-before")))
            yield Flat("evidence", label, text=old, **head, **saying.by(entry))
        if entry.kind in {"evidence-removed", "evidence-lost"}:
            label = joined((what, say(f"transcript.kind.{entry.kind}")))
            yield Flat("evidence", label, **head, **saying.by(entry))


def all_evidence_lines(saying: Saying) -> Iterator[Flat]:
    """Every piece, whatever it supports, by its number."""
    for part in saying.report.panel.evidence:
        place = {**saying.clause(part.item.asked), **saying.sheet(part.item.sheet)}
        yield from evidence_lines(saying, part, place)


def finding_lines(saying: Saying) -> Iterator[Flat]:
    """Every finding as it reads now, what supports it, and how it came to read so."""
    for part in saying.report.panel.findings:
        yield from _finding(saying, part)
        for piece in part.evidence:
            yield from evidence_lines(saying, piece, {"clause": part.item.clause})


def _finding(saying: Saying, part: FindingPart) -> Iterator[Flat]:
    say, item = saying.say, part.item
    place: dict[str, Any] = {"number": item.seq, "clause": item.clause}
    what = say("transcript.found-number", n=part.number)
    state = ""
    if item.withdrawn:
        state = say("transcript.found-withdrawn")
    elif item.kind != "strength":
        state = say(f"transcript.found-state.{item.state}")
    value = joined((say(f"transcript.found-kind.{item.kind}"), state))
    by: dict[str, Any] = {"by": saying.who(part.name, item.person), "at": item.at}
    yield Flat("finding", what, value=value, text=item.text, **place, **by)
    facts = (
        (say("transcript.found-field.action"), item.action),
        (say("transcript.found-field.due"), item.due),
        (say("transcript.reason"), item.withdrawn),
    )
    for label, text in facts:
        if text:
            yield Flat("finding", joined((what, label)), text=text, **place)
    for entry in part.entries:
        label = joined((what, say(f"transcript.kind.{entry.kind}")))
        if isinstance(entry.body, v.FindingChanged):
            yield Flat("finding", label, text=plain(field_changed(saying.marks, entry)), **place, **saying.by(entry))
        elif isinstance(entry.body, v.FindingWithdrawn):
            yield Flat("finding", label, text=entry.body.reason, **place, **saying.by(entry))


def panel_lines(saying: Saying) -> Iterator[Flat]:
    """Members, where there were several; what evidence was demanded; the basis; reopenings; seals."""
    panel, say = saying.report.panel, saying.say
    for member in panel.members if panel.together else ():
        yield from _member(saying, member)
    for entry in panel.demands:
        yield Flat("demand", say("transcript.demands"), text=saying.detail(entry), **saying.by(entry))
    if panel.basis:
        taken = panel.basis.taken
        label = say("transcript.basis")
        by = saying.by(panel.basis.entry) if panel.basis.entry else {}
        ratings = say(f"transcript.basis-{taken.ratings}")
        yield Flat("basis", label, value=ratings, text=taken.organisation, **by)
        yield Flat("basis", joined((label, say("transcript.basis-questions"))), value=str(len(panel.basis.rows)))
        yield Flat("basis", joined((label, say("transcript.assessment"))), value=taken.assessment)
        yield Flat("basis", joined((label, say("transcript.entries"))), value=str(taken.upto))
        yield Flat("basis", joined((label, say("transcript.head-hash"))), value=taken.head)
    if panel.carried:
        yield from _carried(saying, panel.carried)
    for entry in panel.reopenings:
        if isinstance(entry.body, p.Reopened):
            names = joined(saying.sheet_name(one) for one in saying.report.sheets if one.id in entry.body.sheets)
            what = say("transcript.reopened")
            yield Flat("reopened", what, value=names, text=entry.body.reason, **saying.by(entry))
        else:
            gone = say("transcript.body-erased")
            yield Flat("reopened", say("transcript.reopened"), value=gone, **saying.by(entry))
    for seal in panel.seals:
        yield from _seal(saying, seal)


def _carried(saying: Saying, part: CarriedPart) -> Iterator[Flat]:
    """The older assessment that this one began from, and what became of its answers."""
    say, over = saying.say, part.over
    label = say("transcript.carried")
    by = saying.by(part.entry) if part.entry else {}
    yield Flat("carried", label, value=say(f"mode.{over.mode}"), text=over.organisation, **by)
    ended = say("transcript.carried-closed" if over.at else "transcript.carried-ongoing")
    yield Flat("carried", joined((label, ended)), value=saying.clock.local(over.at) if over.at else "")
    for fate in FATES:
        yield Flat("carried", joined((label, say(f"transcript.fate-{fate}"))), value=str(part.count(fate)))
    if over.gone:
        yield Flat("carried", joined((label, say("transcript.carried-gone"))), value=", ".join(over.gone))
    yield Flat("carried", joined((label, say("transcript.assessment"))), value=over.assessment)
    yield Flat("carried", joined((label, say("transcript.entries"))), value=str(over.upto))
    yield Flat("carried", joined((label, say("transcript.head-hash"))), value=over.head)


def _member(saying: Saying, part: MemberPart) -> Iterator[Flat]:
    say, name = saying.say, saying.who(part.name, part.person)
    for place, (role, entry) in enumerate(part.roles):
        what = say("transcript.became" if place else "transcript.joined")
        terms = say("transcript.terms", terms=entry.body.terms) if isinstance(entry.body, p.MemberJoined) else ""
        value = joined((name, say(f"transcript.role.{role}")))
        yield Flat("member", what, value=value, text=terms, **saying.by(entry))
    if part.left:
        reason = part.left.body.reason if isinstance(part.left.body, p.MemberRemoved) else ""
        text = say("transcript.went") if reason == "left" else reason
        yield Flat("member", say("transcript.member-left"), value=name, text=text, **saying.by(part.left))


def _seal(saying: Saying, part: SealPart) -> Iterator[Flat]:
    say, sealed = saying.say, part.sealed
    by = saying.by(part.entry) if part.entry else {"at": sealed.at}
    number = part.entry.header.seq if part.entry else None
    yield Flat("seal", say("transcript.seal-code"), number, value=part.code, **by)
    facts = (
        (say("transcript.seal-at"), joined((saying.clock.local(sealed.at), saying.clock.utc(sealed.at)))),
        (say("transcript.entries"), str(sealed.upto)),
        (say("transcript.head-hash"), sealed.head),
        (say("transcript.seal-key"), sealed.key),
        (say("transcript.seal-fingerprint"), part.fingerprint),
        (say("transcript.seal-signature"), sealed.signature),
    )
    for label, value in facts:
        yield Flat("seal", label, number, value=value)
