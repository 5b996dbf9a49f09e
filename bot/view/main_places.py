"""Places of the way from a standard to its result. Must not know what they look like, or how they are written down."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Home:
    """The list of assessments."""

    op: ClassVar[str] = "h"
    page: int = 0
    archived: int = 0


@dataclass(frozen=True, slots=True)
class PickScheme:
    """/new, first step."""

    op: ClassVar[str] = "n"


@dataclass(frozen=True, slots=True)
class PickMode:
    """/new, second step: self-assessment or audit."""

    op: ClassVar[str] = "m"
    scheme: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an assessment, each field editable, and what can be done with the whole."""

    op: ClassVar[str] = "d"
    assessment: str


@dataclass(frozen=True, slots=True)
class Card:
    """A question. view: '' the card; 'b0'...'b4' with that band's values; 'm' what the bands or levels mean."""

    op: ClassVar[str] = "q"
    sheet: str
    question: str
    view: str = ""


@dataclass(frozen=True, slots=True)
class NextOpen:
    """The next open question, or the check where none is open."""

    op: ClassVar[str] = "j"
    sheet: str


@dataclass(frozen=True, slots=True)
class Sections:
    """All sections with what is open in each."""

    op: ClassVar[str] = "s"
    sheet: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class SectionRows:
    """The questions of one section."""

    op: ClassVar[str] = "t"
    sheet: str
    section: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a question in full."""

    op: ClassVar[str] = "v"
    sheet: str
    question: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """Before closing. part: '' the overview, 'open', 'flagged', 'bare' (answers without a note): a list that jumps."""

    op: ClassVar[str] = "k"
    sheet: str
    part: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmClose:
    """Close for good, or not. The safe choice comes first."""

    op: ClassVar[str] = "z"
    assessment: str


@dataclass(frozen=True, slots=True)
class ConfirmDelete:
    """Delete a draft, or not. The safe choice comes first."""

    op: ClassVar[str] = "x"
    assessment: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result, or the standing so far. part: '' summary, 'all' sections, 'why', 'readings', or a section id."""

    op: ClassVar[str] = "r"
    assessment: str
    part: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """Which file to hand out."""

    op: ClassVar[str] = "X"
    assessment: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Language and time zone."""

    op: ClassVar[str] = "g"


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot does and how."""

    op: ClassVar[str] = "i"
    page: int = 0


@dataclass(frozen=True, slots=True)
class GateCard:
    """A gate: its statement and two buttons."""

    op: ClassVar[str] = "G"
    assessment: str
    gate: str


@dataclass(frozen=True, slots=True)
class FindingsCard:
    """The special deductions agreed so far: add one, take one away, or confirm that there are no (more)."""

    op: ClassVar[str] = "H"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class BonusCard:
    """The bonus: one button a value."""

    op: ClassVar[str] = "J"
    assessment: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """The person's sheets of an assessment: go on with one, begin another, set one aside; what must be sampled."""

    op: ClassVar[str] = "S"
    assessment: str
    page: int = 0
