"""Places and taps of comparing two assessments, and of starting from an older one. Must not know their looks."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

ComparePart: TypeAlias = Literal["", "s", "q", "o", "u"]
"""Summary; sections, or the questions of one; by effect on the grade; on one side only; unanswered on one side."""
BASIS = "basis"
"""As `other`: the self-assessment that `assessment` looks at, which then stands on the left. No ref looks so."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Choose what to compare this assessment with."""

    op: ClassVar[str] = "oc"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Two assessments side by side, `assessment` on the left (but BASIS). part: a ComparePart; name: a section's id."""

    op: ClassVar[str] = "ov"
    assessment: str
    other: str
    part: str = ""
    name: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question of either, with all that both sides say to it."""

    op: ClassVar[str] = "oq"
    assessment: str
    other: str
    question: str


@dataclass(frozen=True, slots=True)
class PickOlder:
    """/new: choose what to start from."""

    op: ClassVar[str] = "on"
    scheme: str
    mode: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class BeginFrom:
    """What would be carried over from this assessment into a new one. mode: '' asks for it."""

    op: ClassVar[str] = "of"
    assessment: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class CarriedList:
    """What was carried over to a sheet and is not confirmed."""

    op: ClassVar[str] = "ol"
    sheet: str
    page: int = 0


ComparePlace: TypeAlias = Compare | Compared | ComparedQuestion
CarryPlace: TypeAlias = PickOlder | BeginFrom | CarriedList


@dataclass(frozen=True, slots=True)
class StartTap:
    """Begin a new assessment, in this mode, from an older one."""

    op: ClassVar[str] = "ot"
    assessment: str
    mode: str


@dataclass(frozen=True, slots=True)
class ConfirmTap:
    """What was carried over to this question is today's answer; revision: answers seen."""

    op: ClassVar[str] = "oy"
    sheet: str
    question: str
    revision: int


CarryTap: TypeAlias = StartTap | ConfirmTap
