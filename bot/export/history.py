"""The record made readable: every entry with what it replaced. Must not know formats, scores or words.

A body that was erased is None here and stays so: what it replaced, or what replaced it, is then unknown too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.record import Header, Json
from bot.domain.scheme import QuestionId
from bot.domain.written import decode


class Recorded(Protocol):
    """A stored entry: header, its hash in hex, salt and body; salt and body are None once erased."""

    @property
    def header(self) -> Header: ...
    @property
    def hash(self) -> str: ...
    @property
    def salt(self) -> bytes | None: ...
    @property
    def body(self) -> Mapping[str, Json] | None: ...


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry to be read. name: who made it, '' where unknown; before: what it replaced, None where nothing."""

    header: Header
    hash: str
    name: str
    body: e.Body | None
    before: e.Body | None

    @property
    def kind(self) -> str:
        return self.header.kind

    @property
    def question(self) -> QuestionId | None:
        return QuestionId.parse(self.header.question) if self.header.question else None

    @property
    def erased(self) -> bool:
        return self.body is None


@dataclass(frozen=True, slots=True)
class NoteStory:
    """A note through time: written first, then revised. text: as it reads now, '' withdrawn, None erased."""

    written: Logged
    revisions: tuple[Logged, ...]

    @property
    def text(self) -> str | None:
        body = (self.revisions[-1] if self.revisions else self.written).body
        return body.text if isinstance(body, e.Noted | e.NoteRevised) else None


def history(records: Iterable[Recorded], names: Mapping[str, str]) -> tuple[Logged, ...]:
    """All entries in order, each with what it replaced. KeyError where a body is of no known kind."""
    last: dict[tuple[str, ...], e.Body | None] = {}
    found: list[Logged] = []
    for record in records:
        header = record.header
        body = None if record.body is None else decode(header.kind, record.body)
        slot = _slot(header, body)
        name = names.get(header.person, "")
        found.append(Logged(header, record.hash, name, body, last.get(slot) if slot else None))
        if slot:
            last[slot] = e.HeaderSet("organisation", body.organisation) if isinstance(body, e.Created) else body
        if isinstance(body, v.FindingRecorded):
            last |= {("finding", str(header.seq), one.field): one for one in _first(header.seq, body)}
    return tuple(found)


def _first(seq: int, body: v.FindingRecorded) -> tuple[v.FindingChanged, ...]:
    """What a finding's changes begin from."""
    said = (v.FindingChanged(seq, "text", body.text), v.FindingChanged(seq, "clause", body.clause))
    return (*said, v.FindingChanged(seq, "state", v.FINDING_STATES[0]))


def by_place(log: Iterable[Logged]) -> Mapping[tuple[str, str], tuple[Logged, ...]]:
    """The entries of each (sheet, question), in order."""
    found: dict[tuple[str, str], list[Logged]] = {}
    for entry in log:
        found.setdefault((entry.header.sheet, entry.header.question), []).append(entry)
    return {place: tuple(entries) for place, entries in found.items()}


def notes(log: Iterable[Logged]) -> tuple[NoteStory, ...]:
    """The notes among the entries of one place, in the order they were written; withdrawn and erased ones too."""
    stories: dict[int, NoteStory] = {}
    for entry in log:
        match entry.body:
            case e.NoteRevised(of) if of in stories:
                story = stories[of]
                stories[of] = NoteStory(story.written, (*story.revisions, entry))
            case _ if entry.kind in {"noted", "note-revised"}:
                stories[entry.header.seq] = NoteStory(entry, ())
            case _:
                pass
    return tuple(stories.values())


def _slot(header: Header, body: e.Body | None) -> tuple[str, ...] | None:
    """What the entry sets; a later entry with an equal slot replaces it. An answer's slot is known even erased."""
    if header.kind == "answered":
        return ("answer", header.sheet, header.question)
    match body:
        case e.Created():
            return ("head", "organisation")
        case e.HeaderSet(field):
            return ("head", field)
        case e.Noted():
            return ("note", str(header.seq))
        case e.NoteRevised(of):
            return ("note", str(of))
        case e.GateDecided(gate):
            return ("gate", gate)
        case e.MeasureSet(measure):
            return ("measure", measure)
        case e.PopulationSet():
            return ("population",)
        case e.FindingsDecided():
            return ("findings",)
        case e.BonusDecided():
            return ("bonus",)
        case v.FindingChanged(of, field):
            return ("finding", str(of), field)
        case v.EvidenceReceived():
            return ("caption", str(header.seq))
        case v.EvidenceCaptioned(of):
            return ("caption", str(of))
        case p.EvidenceDemanded():
            return ("demanded",)
        case _:
            return None
