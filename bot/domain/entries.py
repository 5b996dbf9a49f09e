"""What can be recorded about an assessment: a body class per kind (also `panel_entries.py`, `evidence_entries.py`).

Must not know their JSON form (`written.py`), storage, the chain, or what follows from an entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from bot.domain.answers import Answer
from bot.domain.evidence_entries import (
    EvidenceBody,
    EvidenceCaptioned,
    EvidenceLost,
    EvidenceReceived,
    EvidenceRemoved,
    EvidenceStored,
    FindingChanged,
    FindingRecorded,
    FindingWithdrawn,
)
from bot.domain.panel_entries import (
    BasisTaken,
    CarriedOver,
    EvidenceDemanded,
    LeadHandedOver,
    MemberJoined,
    MemberRemoved,
    PanelBody,
    RatingUpheld,
    ReconsiderationAsked,
    Reopened,
    Sealed,
)
from bot.domain.scheme import QuestionId

Mode: TypeAlias = Literal["self", "audit"]
HeaderField: TypeAlias = Literal["name", "organisation", "scope", "sites", "period", "participants"]
HEADER_FIELDS: tuple[HeaderField, ...] = ("name", "organisation", "scope", "sites", "period", "participants")


@dataclass(frozen=True, slots=True)
class Created:
    """An assessment begins. scheme is the scheme's id; its text is pinned by the header's digest."""

    scheme: str
    mode: Mode
    organisation: str


@dataclass(frozen=True, slots=True)
class HeaderSet:
    """A field of the assessment's head is set or changed; '' empties it."""

    field: HeaderField
    value: str


@dataclass(frozen=True, slots=True)
class SheetOpened:
    """The header's person rates these dimensions in this round."""

    round: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A question of a sheet is answered, or answered anew."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Noted:
    """A note on a question of a sheet."""

    text: str


@dataclass(frozen=True, slots=True)
class NoteRevised:
    """The note written by entry `of` reads differently now; '' withdraws it. The old text stays in the record."""

    of: int
    text: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Answer this question later (or no longer)."""

    on: bool


@dataclass(frozen=True, slots=True)
class Flagged:
    """Look at this question again before closing (or no longer)."""

    on: bool


@dataclass(frozen=True, slots=True)
class GateDecided:
    """A gate is confirmed or refused for the whole assessment."""

    gate: str
    met: bool


@dataclass(frozen=True, slots=True)
class FindingsDecided:
    """The agreed list of special deductions, one text each; empty: none (DN-09)."""

    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BonusDecided:
    """The agreed bonus in points, with its reason (DN-04)."""

    value: Fraction
    reason: str


@dataclass(frozen=True, slots=True)
class MeasureSet:
    """The two counts of a rate in a month ('2026-10'): shown beside its question, never scored (EN-11)."""

    measure: str
    month: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class PopulationSet:
    """How many units (projects) there are in all: it says how many must be sampled (EN-10)."""

    count: int


@dataclass(frozen=True, slots=True)
class SheetSubmitted:
    """The sheet counts from here on and changes no more."""


@dataclass(frozen=True, slots=True)
class SheetSetAside:
    """The sheet stays in the record and does not count."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The assessment is final. outcome: id of the outcome; totals: dimension -> exact total, where there is one."""

    outcome: str
    totals: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordingAdopted:
    """A newer wording of the scheme with an equal scoring digest is used from here on."""

    digest: str


@dataclass(frozen=True, slots=True)
class Exported:
    """A file was handed out: what it shows is the record up to and with entry `upto`."""

    format: str
    language: str
    upto: int


@dataclass(frozen=True, slots=True)
class Erased:
    """The bodies of all earlier entries were deleted; headers stay, so the chain still verifies."""

    reason: str


@dataclass(frozen=True, slots=True)
class TextErased:
    """The text of the note of entry `of` was deleted, with every revision of it; whatever it said counts no more."""

    of: int
    reason: str


Body: TypeAlias = (
    Created
    | HeaderSet
    | SheetOpened
    | AnswerGiven
    | Noted
    | NoteRevised
    | Postponed
    | Flagged
    | GateDecided
    | FindingsDecided
    | BonusDecided
    | MeasureSet
    | PopulationSet
    | SheetSubmitted
    | SheetSetAside
    | Closed
    | WordingAdopted
    | Exported
    | Erased
    | TextErased
    | PanelBody
    | EvidenceBody
)

KINDS: Mapping[str, type[Body]] = {
    "created": Created,
    "header-set": HeaderSet,
    "sheet-opened": SheetOpened,
    "answered": AnswerGiven,
    "noted": Noted,
    "note-revised": NoteRevised,
    "postponed": Postponed,
    "flagged": Flagged,
    "gate-decided": GateDecided,
    "findings-decided": FindingsDecided,
    "bonus-decided": BonusDecided,
    "measure-set": MeasureSet,
    "population-set": PopulationSet,
    "sheet-submitted": SheetSubmitted,
    "sheet-set-aside": SheetSetAside,
    "closed": Closed,
    "wording-adopted": WordingAdopted,
    "exported": Exported,
    "erased": Erased,
    "text-erased": TextErased,
    "member-joined": MemberJoined,
    "member-removed": MemberRemoved,
    "lead-handed-over": LeadHandedOver,
    "reconsideration-asked": ReconsiderationAsked,
    "rating-upheld": RatingUpheld,
    "evidence-demanded": EvidenceDemanded,
    "reopened": Reopened,
    "sealed": Sealed,
    "basis-taken": BasisTaken,
    "carried-over": CarriedOver,
    "finding-recorded": FindingRecorded,
    "finding-changed": FindingChanged,
    "finding-withdrawn": FindingWithdrawn,
    "evidence-received": EvidenceReceived,
    "evidence-stored": EvidenceStored,
    "evidence-lost": EvidenceLost,
    "evidence-captioned": EvidenceCaptioned,
    "evidence-removed": EvidenceRemoved,
}
_NAMES = {body: kind for kind, body in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that `decide` asks for; number, time, person and hashes come with storing it.

    `revision` counts from 1 over the answers to this sheet's question, or over this decision; else 0.
    """

    body: Body
    sheet: str = ""
    question: QuestionId | None = None
    revision: int = 0

    @property
    def kind(self) -> str:
        return kind_of(self.body)


Drafts: TypeAlias = tuple[Draft, ...]
"""What is to be recorded; empty: it is so already (a double tap), which is no refusal."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored entry as the fold reads it. at: UTC in ms; message: the channel's id of the message that caused it."""

    seq: int
    at: int
    person: str
    body: Body
    sheet: str = ""
    question: QuestionId | None = None
    revision: int = 0
    message: str = ""


def kind_of(body: Body) -> str:
    """The name of the kind in headers and files."""
    return _NAMES[type(body)]
