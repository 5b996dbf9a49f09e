"""An assessment as its entries make it: the fold. Must not know how entries are stored or checked.

The state is a value: folding gives a new one. It holds all that questions, scores, transcripts and `decide` need.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Generic, Literal, TypeAlias, TypeVar, assert_never

from bot.domain import entries as e
from bot.domain import evidence as proof
from bot.domain import evidence_entries as v
from bot.domain import names
from bot.domain import panel_entries as p
from bot.domain.answers import Decisions, Sheet
from bot.domain.given import Answered, Given
from bot.domain.kept import once
from bot.domain.notes import Note, revised
from bot.domain.said import said
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.sums import Whole, whole_of


@dataclass(frozen=True, slots=True)
class Carried:
    """What an older assessment said, carried over and not confirmed; person: who began this one from it."""

    over: p.CarriedOver
    person: str


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Status: TypeAlias = Literal["open", "submitted", "set-aside"]


@dataclass(frozen=True)
class SheetState:
    """One assessor's work in one round. asked: what the lead wants reconsidered, with the reason.

    withdrawn: by number of entry, notes that are shown no more though their text is still in the record.
    """

    id: str
    person: str
    round: str
    covers: frozenset[str]
    status: Status = "open"
    given: Mapping[QuestionId, Given] = field(default_factory=Answered)
    notes: Mapping[QuestionId, tuple[Note, ...]] = field(default_factory=dict)
    later: frozenset[QuestionId] = frozenset()
    flagged: frozenset[QuestionId] = frozenset()
    reason: str = ""
    asked: Mapping[QuestionId, str] = field(default_factory=dict)
    withdrawn: Mapping[int, QuestionId] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """The form that scoring needs."""
        answers = {question: given.answer for question, given in self.given.items()}
        return Sheet(self.id, self.person, self.round, self.covers, answers)

    def whole(self, scheme: Scheme) -> Whole:
        """What the answers come to, kept with them where they were folded."""
        given = self.given
        if isinstance(given, Answered):
            return given.whole(scheme)
        return whole_of(scheme, {question: one.answer for question, one in given.items()})

    def answered(self, question: QuestionId, given: Given) -> "SheetState":
        """With this answer. Every tap makes one, and `replace` takes many times as long."""
        held = self.given if isinstance(self.given, Answered) else Answered(self.given)
        new = _copy(self)
        new.__dict__["given"] = held.answered(question, given)
        if question in self.later:
            new.__dict__["later"] = self.later - {question}
        if question in self.asked:
            new.__dict__["asked"] = _without(self.asked, question)
        return new


@dataclass(frozen=True, slots=True)
class Decided(Generic[T_co]):
    """A decision of the whole assessment, with its revision."""

    value: T_co
    revision: int
    person: str
    at: int
    reason: str = ""


@dataclass(frozen=True)
class AssessmentState:
    """All that the entries say. `header`: HeaderField -> text; `messages`: (person, message) -> the entry it caused.

    members: those who belong to it now. findings: the agreed special deductions; found, evidence: all by number.
    demanded: the ratio (0-1) above which a rating needs evidence. seals: in order. basis: the assessment that this one
    looks at. carried: no answers (carrying.py). closed_by: an entry. named: entry -> who counts it (names.py).
    """

    scheme: str = ""
    mode: e.Mode = "self"
    header: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, SheetState] = field(default_factory=dict)
    gates: Mapping[str, Decided[bool]] = field(default_factory=dict)
    findings: Decided[tuple[str, ...]] | None = None
    bonus: Decided[Fraction] | None = None
    measures: Mapping[str, Decided[e.MeasureSet]] = field(default_factory=dict)
    population: Decided[int] | None = None
    messages: Mapping[tuple[str, str], e.Entry] = field(default_factory=dict)
    members: Mapping[str, p.Role] = field(default_factory=dict)
    found: proof.Found = field(default_factory=dict)
    evidence: proof.Held = field(default_factory=dict)
    demanded: Fraction | None = None
    seals: tuple[p.Sealed, ...] = ()
    basis: p.BasisTaken | None = None
    carried: Carried | None = None
    closed: e.Closed | None = None
    closed_at: int = 0
    closed_by: int = 0
    reopened: tuple[str, ...] = ()
    named: names.Names = field(default_factory=dict)
    erased: bool = False
    seq: int = 0

    @property
    def name(self) -> str:
        """What lists call it: its own name, else the organisation."""
        return self.header.get("name") or self.header.get("organisation", "")

    @once
    def decisions(self) -> Decisions:
        """Goes with a state into its copy by `with_sheet`, which touches none of them."""
        return Decisions(
            gates={gate: decided.value for gate, decided in self.gates.items()},
            deductions=None if self.findings is None else len(self.findings.value),
            bonus=None if self.bonus is None else self.bonus.value,
        )

    @once
    def counted(self) -> tuple[SheetState, ...]:
        """The sheets that a total is made of: all that were not set aside."""
        return tuple([sheet for sheet in self.sheets.values() if sheet.status != "set-aside"])

    def sheet_of(self, person: str) -> SheetState | None:
        """The person's newest open sheet, else their newest."""
        mine = [sheet for sheet in self.sheets.values() if sheet.person == person]
        return next((sheet for sheet in reversed(mine) if sheet.status == "open"), mine[-1] if mine else None)

    def with_sheet(self, sheet: SheetState, seq: int) -> "AssessmentState":
        """With this sheet as of entry `seq`; as `SheetState.answered`."""
        new = _copy(self)
        new.__dict__.pop("counted", None)
        new.__dict__.update(sheets={**self.sheets, sheet.id: sheet}, seq=seq)
        return new


def _copy(value: T) -> T:
    """A new one to be given what differs, before anybody else has it."""
    new = object.__new__(type(value))
    new.__dict__.update(value.__dict__)
    return new


def fold(state: AssessmentState, entries: Iterable[e.Entry]) -> AssessmentState:
    """The state after these entries, which follow on the ones already folded."""
    for entry in entries:
        state = _apply(state, entry)
        state = state if state.seq == entry.seq else replace(state, seq=entry.seq)
        if isinstance(entry.body, names.NAMED):
            state = replace(state, named=names.name(state.named, entry))
        if entry.message and said(entry, state.found):
            state = replace(state, messages={**state.messages, (entry.person, entry.message): entry})
        if isinstance(entry.body, e.TextErased):
            kept = {key: one for key, one in state.messages.items() if one.seq != entry.body.of}
            named = names.name_again(state.named, entry.body.of, state.sheets[entry.sheet].person)
            state = replace(state, messages=kept, named=named)
    return state


def _apply(state: AssessmentState, entry: e.Entry) -> AssessmentState:
    if isinstance(entry.body, e.AnswerGiven):  # most entries are
        return state.with_sheet(_apply_to_sheet(state.sheets[entry.sheet], entry), entry.seq)
    if isinstance(entry.body, p.PanelChange):
        return _apply_panel(state, entry, entry.body)
    match entry.body:
        case e.Created(scheme, mode, organisation):
            members: dict[str, p.Role] = {entry.person: "lead"}
            return replace(state, scheme=scheme, mode=mode, header={"organisation": organisation}, members=members)
        case e.HeaderSet(name, value):
            return replace(state, header={**state.header, name: value})
        case e.SheetOpened(round_, covers):
            new = SheetState(entry.sheet, entry.person, round_, frozenset(covers))
            return replace(state, sheets={**state.sheets, entry.sheet: new})
        case e.GateDecided(gate, met):
            return replace(state, gates={**state.gates, gate: _decided(met, entry)})
        case e.FindingsDecided(findings):
            named = proof.agreed(state.found, findings, entry.seq, entry.person, entry.at)
            return replace(state, findings=_decided(findings, entry), found=named)
        case e.BonusDecided(value, reason):
            return replace(state, bonus=_decided(value, entry, reason))
        case e.MeasureSet(measure):
            return replace(state, measures={**state.measures, measure: _decided(entry.body, entry)})
        case e.PopulationSet(count):
            return replace(state, population=_decided(count, entry))
        case e.Closed():
            return replace(state, closed=entry.body, closed_at=entry.at, closed_by=entry.seq)
        case e.Erased():
            return replace(state, erased=True)
        case e.WordingAdopted() | e.Exported():
            return state
        case v.FindingRecorded(kind, text, clause):
            finding = proof.Finding(entry.seq, kind, text, clause, entry.person, entry.at)
            return replace(state, found={**state.found, entry.seq: finding})
        case v.FindingChanged() | v.FindingWithdrawn():
            return replace(state, found=proof.found(state.found, entry.body))
        case v.EvidenceReceived():
            question = entry.question or QuestionId("", "")
            one = proof.received(entry.body, entry.seq, entry.at, entry.person, entry.sheet, question)
            return replace(state, evidence={**state.evidence, entry.seq: one})
        case v.EvidenceStored() | v.EvidenceLost() | v.EvidenceCaptioned() | v.EvidenceRemoved():
            return replace(state, evidence=proof.changed(state.evidence, entry.body))
        case _:
            return state.with_sheet(_apply_to_sheet(state.sheets[entry.sheet], entry), entry.seq)


def _apply_panel(state: AssessmentState, entry: e.Entry, body: p.PanelChange) -> AssessmentState:
    match body:
        case p.MemberJoined() | p.MemberRemoved() | p.LeadHandedOver():
            return replace(state, members=_members(state.members, body, entry.person))
        case p.EvidenceDemanded(above):
            return replace(state, demanded=above)
        case p.Reopened(reason, again):
            sheets = {**state.sheets, **{one: replace(state.sheets[one], status="open") for one in again}}
            told = (*state.reopened, reason)
            return replace(state, closed=None, closed_at=0, closed_by=0, sheets=sheets, reopened=told)
        case p.Sealed():
            return replace(state, seals=(*state.seals, body))
        case p.BasisTaken():
            return replace(state, basis=body)
        case p.CarriedOver():
            return replace(state, carried=Carried(body, entry.person))
        case _:
            assert_never(body)


def _members(
    held: Mapping[str, p.Role], body: p.MemberJoined | p.MemberRemoved | p.LeadHandedOver, actor: str
) -> Mapping[str, p.Role]:
    match body:
        case p.MemberJoined(member, role):
            return {**held, member: role}
        case p.MemberRemoved(member):
            return {one: role for one, role in held.items() if one != member}
        case p.LeadHandedOver(to):
            return {**held, actor: "assessor", to: "lead"}
        case _:
            assert_never(body)


def _decided(value: T, entry: e.Entry, reason: str = "") -> Decided[T]:
    return Decided(value, entry.revision, entry.person, entry.at, reason)


def _apply_to_sheet(sheet: SheetState, entry: e.Entry) -> SheetState:
    question = entry.question or QuestionId("", "")
    match entry.body:
        case e.AnswerGiven(answer):
            given = Given(answer, entry.revision, entry.person, entry.at, entry.seq, entry.message)
            return sheet.answered(question, given)
        case e.Noted(text):
            note = Note(entry.seq, text, entry.person, entry.at)
            return replace(sheet, notes={**sheet.notes, question: (*sheet.notes.get(question, ()), note)})
        case e.NoteRevised(of, text):
            gone = sheet.withdrawn if text else {**sheet.withdrawn, of: question}
            notes = {q: revised(held, of, text) for q, held in sheet.notes.items()}
            return replace(sheet, notes=notes, withdrawn=gone)
        case e.TextErased(of):
            notes = {q: revised(held, of, "") for q, held in sheet.notes.items()}
            left = {seq: q for seq, q in sheet.withdrawn.items() if seq != of}
            return replace(sheet, notes=notes, withdrawn=left)
        case e.Postponed(on):
            return replace(sheet, later=sheet.later | {question} if on else sheet.later - {question})
        case e.Flagged(on):
            return replace(sheet, flagged=sheet.flagged | {question} if on else sheet.flagged - {question})
        case e.SheetSubmitted():
            return replace(sheet, status="submitted")
        case e.SheetSetAside(reason):
            return replace(sheet, status="set-aside", reason=reason)
        case p.ReconsiderationAsked(reason):
            return replace(sheet, asked={**sheet.asked, question: reason})
        case p.RatingUpheld():
            return replace(sheet, asked=_without(sheet.asked, question))
        case _:
            raise AssertionError(entry.body)


def _without(asked: Mapping[QuestionId, str], question: QuestionId) -> Mapping[QuestionId, str]:
    return {one: reason for one, reason in asked.items() if one != question}
