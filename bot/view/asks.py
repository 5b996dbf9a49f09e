"""The places at which the next text is expected to be something. Must not know what becomes of the text."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AskOrganisation:
    """/new, third step: the next text is the organisation's name."""

    op: ClassVar[str] = "o"
    scheme: str
    mode: str


@dataclass(frozen=True, slots=True)
class AskField:
    """The next text is this field of the head."""

    op: ClassVar[str] = "e"
    assessment: str
    field: str


@dataclass(frozen=True, slots=True)
class AskNote:
    """The next text is a note on this question."""

    op: ClassVar[str] = "w"
    sheet: str
    question: str


@dataclass(frozen=True, slots=True)
class AskReason:
    """The next text is why this question does not apply."""

    op: ClassVar[str] = "y"
    sheet: str
    question: str


@dataclass(frozen=True, slots=True)
class AskFinding:
    """The next text is a finding. kind: '' for a special deduction, from their card; clause: what it stands under."""

    op: ClassVar[str] = "I"
    assessment: str
    kind: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class AskBonusReason:
    """The next text is why this bonus is given; value as a fraction in points."""

    op: ClassVar[str] = "K"
    assessment: str
    value: str


@dataclass(frozen=True, slots=True)
class AskMeasure:
    """The next text is the month and the two counts of a measure; back leads to the question it stands beside."""

    op: ClassVar[str] = "M"
    sheet: str
    question: str
    measure: str


@dataclass(frozen=True, slots=True)
class AskPopulation:
    """The next text is how many units (projects) there are in all."""

    op: ClassVar[str] = "N"
    assessment: str


@dataclass(frozen=True, slots=True)
class AskRound:
    """The next text names a new sheet (a visit, a project). covers: dimension ids joined by '+'."""

    op: ClassVar[str] = "R"
    assessment: str
    covers: str


@dataclass(frozen=True, slots=True)
class AskSetAside:
    """The next text is why this sheet does not count."""

    op: ClassVar[str] = "U"
    sheet: str
