"""The places and taps of evidence. A piece is named by its assessment and the number of the entry that brought it."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """All evidence of a question on one's own sheet; what is sent from here on belongs to that question."""

    op: ClassVar[str] = "el"
    sheet: str
    question: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class FindingEvidence:
    """All evidence of a finding; what is sent from here on belongs to that finding. number: as in FindingItem."""

    op: ClassVar[str] = "ef"
    assessment: str
    number: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence, and what can be done with it."""

    op: ClassVar[str] = "ei"
    assessment: str
    seq: int


@dataclass(frozen=True, slots=True)
class EvidenceBoard:
    """All evidence of an assessment that the person may see, by clause."""

    op: ClassVar[str] = "ea"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskCaption:
    """The next text is the caption of this piece."""

    op: ClassVar[str] = "ec"
    assessment: str
    seq: int


@dataclass(frozen=True, slots=True)
class AskClaimed:
    """The next text is the day that this piece is from."""

    op: ClassVar[str] = "ed"
    assessment: str
    seq: int


@dataclass(frozen=True, slots=True)
class AskDiscard:
    """The next text is why this piece is taken away; without it nothing is."""

    op: ClassVar[str] = "er"
    assessment: str
    seq: int


@dataclass(frozen=True, slots=True)
class ShowTap:
    """Send the file again: its clean copy, or (1) the original as it came, EXIF and all."""

    op: ClassVar[str] = "es"
    assessment: str
    seq: int
    original: int = 0


EvidenceAsk: TypeAlias = AskCaption | AskClaimed | AskDiscard
EvidencePlace: TypeAlias = (
    EvidenceList | FindingEvidence | EvidenceItem | EvidenceBoard | AskCaption | AskClaimed | AskDiscard
)
