"""What members of a panel can ask beyond rating: of each other, of findings, of evidence. Plain values.

Must not know who may ask for what (`rights.py`), or what becomes of it (`panel.py`, `proofs.py`).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from bot.domain import evidence_entries as v
from bot.domain.panel_entries import BasisTaken, CarriedOver, Role
from bot.domain.scheme import QuestionId


@dataclass(frozen=True, slots=True)
class Submit:
    """My sheet is done: it counts, and changes no more."""

    sheet: str


@dataclass(frozen=True, slots=True)
class AskReconsideration:
    """Have the assessor of a submitted sheet look at a question again."""

    sheet: str
    question: QuestionId
    reason: str


@dataclass(frozen=True, slots=True)
class Uphold:
    """I looked again, and stay with my rating."""

    sheet: str
    question: QuestionId
    reason: str


@dataclass(frozen=True, slots=True)
class Admit:
    """Let a person in, who agreed to `terms`."""

    member: str
    role: Role
    terms: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Have a member belong no more; their work stays."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Leave:
    """I belong no more. The lead hands over first."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """That member leads from now on."""

    to: str


@dataclass(frozen=True, slots=True)
class DemandEvidence:
    """Ratings above this ratio (0-1) need evidence; None: they do not."""

    above: Fraction | None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Go on with a closed assessment: decisions, and my own sheets."""

    reason: str


@dataclass(frozen=True, slots=True)
class TakeBasis:
    """Look at another assessment while rating this one."""

    basis: BasisTaken


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Start from an older assessment: once, before anything is answered."""

    carried: CarriedOver


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """A new finding. clause: '' for none."""

    kind: v.FindingKind
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ChangeFinding:
    """A field of a finding reads differently; '' empties it (never the text)."""

    of: int
    field: v.FindingField
    value: str


@dataclass(frozen=True, slots=True)
class WithdrawFinding:
    """The finding does not stand."""

    of: int
    reason: str


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Something that supports a question of my sheet."""

    sheet: str
    question: QuestionId
    evidence: v.EvidenceReceived


@dataclass(frozen=True, slots=True)
class ProveFinding:
    """Something that supports finding `of`, or proves what was done about it."""

    of: int
    evidence: v.EvidenceReceived


@dataclass(frozen=True, slots=True)
class CaptionEvidence:
    """My evidence's caption, or the date that I give it, reads differently."""

    of: int
    caption: str
    claimed: str = ""


@dataclass(frozen=True, slots=True)
class RemoveEvidence:
    """Take a piece of evidence away; its place stays marked."""

    of: int
    reason: str


PanelCommand: TypeAlias = (
    Submit
    | AskReconsideration
    | Uphold
    | Admit
    | Remove
    | Leave
    | HandOver
    | DemandEvidence
    | Reopen
    | TakeBasis
    | CarryOver
    | RecordFinding
    | ChangeFinding
    | WithdrawFinding
    | AttachEvidence
    | ProveFinding
    | CaptionEvidence
    | RemoveEvidence
)
