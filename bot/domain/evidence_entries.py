"""What is recorded of findings and of evidence. A finding or a piece of evidence is named by its first entry's number.

Must not know their JSON form, storage, files, or how evidence is fetched.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

FindingKind: TypeAlias = Literal["deduction", "major", "minor", "observation", "strength"]
FindingState: TypeAlias = Literal["open", "corrected", "verified"]
FindingField: TypeAlias = Literal["text", "clause", "action", "due", "state"]
EvidenceKind: TypeAlias = Literal["photo", "document", "voice", "video", "location"]

FINDING_KINDS: tuple[FindingKind, ...] = ("deduction", "major", "minor", "observation", "strength")
FINDING_STATES: tuple[FindingState, ...] = ("open", "corrected", "verified")


@dataclass(frozen=True, slots=True)
class FindingRecorded:
    """Something found on site. kind 'deduction': a special deduction (D1). clause: a section or indicator id, or ''."""

    kind: FindingKind
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class FindingChanged:
    """A field of finding `of` reads differently; '' empties it. due: as 2026-12-31; action: what is to be done."""

    of: int
    field: FindingField
    value: str


@dataclass(frozen=True, slots=True)
class FindingWithdrawn:
    """Finding `of` no longer stands; its text stays in the record."""

    of: int
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceReceived:
    """A file, or a place, for a question or for a finding. The bytes follow (EvidenceStored).

    file: the channel's name for it, from which it is fetched; album: what binds the files of one message together;
    claimed: the date that the person gives it, '' for none; place: 'latitude,longitude' of a location; finding: the
    finding that it supports; 0: the entry's question.
    """

    kind: EvidenceKind
    file: str
    size: int
    mime: str
    name: str
    caption: str
    album: str = ""
    claimed: str = ""
    place: str = ""
    finding: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceStored:
    """The bytes of evidence `of` are kept. clean: SHA-256 of the copy without EXIF; '' where none was made."""

    of: int
    sha256: str
    size: int
    mime: str
    clean: str


@dataclass(frozen=True, slots=True)
class EvidenceLost:
    """The bytes of evidence `of` could not be had. reason: 'too-large', 'gone', 'refused' or 'quota'."""

    of: int
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceCaptioned:
    """The caption of evidence `of` reads differently; its claimed date too."""

    of: int
    caption: str
    claimed: str


@dataclass(frozen=True, slots=True)
class EvidenceRemoved:
    """Evidence `of` was taken away, and its bytes deleted; this entry stays in its place."""

    of: int
    reason: str


EvidenceBody: TypeAlias = (
    FindingRecorded
    | FindingChanged
    | FindingWithdrawn
    | EvidenceReceived
    | EvidenceStored
    | EvidenceLost
    | EvidenceCaptioned
    | EvidenceRemoved
)
