"""The entries of a panel -> what a report says of it. Must not know formats, words or scores."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain import entries as e
from bot.domain import evidence_entries as v
from bot.domain import panel_entries as p
from bot.domain.carrying import fates
from bot.domain.state import AssessmentState
from bot.export.history import Logged, Recorded
from bot.export.panel_parts import (
    AskedPart,
    BasisPart,
    CarriedPart,
    EvidencePart,
    FindingPart,
    MemberPart,
    Outcome,
    PanelPart,
    SealPart,
)
from bot.verify.signing import fingerprint, seal_code

_ABOUT_EVIDENCE = v.EvidenceStored | v.EvidenceLost | v.EvidenceCaptioned | v.EvidenceRemoved
_ABOUT_FINDING = v.FindingChanged | v.FindingWithdrawn


def panel(state: AssessmentState, log: Sequence[Logged], names: Mapping[str, str]) -> PanelPart:
    """All that stands in the state, with the entries behind it where the log has them."""
    evidence = tuple(_evidence(state, log, names))
    sealed = {entry.body: entry for entry in log if isinstance(entry.body, p.Sealed)}
    taken = next((entry for entry in reversed(log) if entry.kind == "basis-taken"), None)
    return PanelPart(
        members=tuple(_members(log, names)),
        asked=tuple(_asked(log)),
        evidence=evidence,
        findings=tuple(_findings(state, log, names, evidence)),
        demands=tuple(entry for entry in log if entry.kind == "evidence-demanded"),
        seals=tuple(_seal(one, sealed.get(one)) for one in state.seals),
        reopenings=tuple(entry for entry in log if entry.kind == "reopened"),
        basis=BasisPart(state.basis, taken) if state.basis else None,
        carried=_carried(state, log),
    )


def _carried(state: AssessmentState, log: Sequence[Logged]) -> CarriedPart | None:
    if state.carried is None:
        return None
    entry = next((one for one in log if one.kind == "carried-over"), None)
    return CarriedPart(state.carried.over, {row.question: fate for row, fate in fates(state)}, entry)


def _seal(one: p.Sealed, entry: Logged | None) -> SealPart:
    try:
        name = fingerprint(one.key)
    except ValueError:  # no key at all: verifying says so, reading goes on
        name = ""
    return SealPart(one, seal_code(one.upto, one.head), name, entry)


def people(records: Collection[Recorded]) -> frozenset[str]:
    """Everybody whom the entries name: who made them, who joined or left, who was handed the lead."""
    made = {record.header.person for record in records}
    about = {str(record.body[_PERSON[record.header.kind]]) for record in records if record.body and _names(record)}
    return frozenset(made | about)


_PERSON = {"member-joined": "member", "member-removed": "member", "lead-handed-over": "to"}
"""Kind of entry -> the field of its body that names somebody."""


def _names(record: Recorded) -> bool:
    return record.header.kind in _PERSON


@dataclass(slots=True)
class _Stays:
    """Members as the entries come. done: stays in the order they began; at: person -> the place of their last."""

    names: Mapping[str, str]
    done: list[MemberPart] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def join(self, person: str, role: p.Role, entry: Logged) -> None:
        self.at[person] = len(self.done)
        self.done.append(MemberPart(person, self.names.get(person, ""), ((role, entry),)))

    def become(self, person: str, role: p.Role, entry: Logged) -> None:
        if person in self.at:
            held = self.done[self.at[person]]
            self.done[self.at[person]] = replace(held, roles=(*held.roles, (role, entry)))

    def leave(self, person: str, entry: Logged) -> None:
        if person in self.at:
            held = self.done[self.at[person]]
            self.done[self.at[person]] = replace(held, left=entry)


def _members(log: Iterable[Logged], names: Mapping[str, str]) -> Iterable[MemberPart]:
    stays = _Stays(names)
    for entry in log:
        match entry.body:
            case e.Created():
                stays.join(entry.header.person, "lead", entry)
            case p.MemberJoined(member, role):
                stays.join(member, role, entry)
            case p.MemberRemoved(member):
                stays.leave(member, entry)
            case p.LeadHandedOver(to):
                stays.become(entry.header.person, "assessor", entry)
                stays.become(to, "lead", entry)
            case _:
                pass
    return stays.done


def _asked(log: Sequence[Logged]) -> Iterator[AskedPart]:
    """What came of a reconsideration is the next thing said to that question: an answer, or that it stays."""
    for place, entry in enumerate(log):
        if entry.kind != "reconsideration-asked" or entry.question is None:
            continue
        here = (entry.header.sheet, entry.header.question)
        later = (one for one in log[place + 1 :] if (one.header.sheet, one.header.question) == here)
        by = next((one for one in later if one.kind in _OUTCOMES), None)
        yield AskedPart(entry.header.sheet, entry.question, entry, _OUTCOMES[by.kind] if by else "waiting", by)


_OUTCOMES: Mapping[str, Outcome] = {
    "answered": "changed",
    "rating-upheld": "upheld",
    "reconsideration-asked": "asked-again",
}


def _evidence(state: AssessmentState, log: Sequence[Logged], names: Mapping[str, str]) -> Iterator[EvidencePart]:
    about: dict[int, list[Logged]] = {}
    for entry in log:
        if isinstance(entry.body, v.EvidenceReceived):
            about.setdefault(entry.header.seq, []).append(entry)
        elif isinstance(entry.body, _ABOUT_EVIDENCE):
            about.setdefault(entry.body.of, []).append(entry)
    for number, item in enumerate(state.evidence.values(), start=1):
        yield EvidencePart(number, item, names.get(item.person, ""), tuple(about.get(item.seq, ())))


def _findings(
    state: AssessmentState, log: Sequence[Logged], names: Mapping[str, str], evidence: Sequence[EvidencePart]
) -> Iterator[FindingPart]:
    about: dict[int, list[Logged]] = {}
    for entry in log:
        if isinstance(entry.body, v.FindingRecorded):
            about.setdefault(entry.header.seq, []).append(entry)
        elif isinstance(entry.body, _ABOUT_FINDING):
            about.setdefault(entry.body.of, []).append(entry)
    for number, item in enumerate(state.found.values(), start=1):
        supports = tuple(one for one in evidence if one.item.finding == item.seq)
        yield FindingPart(number, item, names.get(item.person, ""), tuple(about.get(item.seq, ())), supports)
