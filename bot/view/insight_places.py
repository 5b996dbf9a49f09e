"""Places and the tap of insight: what can still decide, why, margin. Must not know what they look like."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

WhyPart: TypeAlias = Literal["", "d", "s", "q"]
"""The grade; a dimension; a section in a dimension ('4.2/total'); a question ('4.2.1/total')."""


@dataclass(frozen=True, slots=True)
class Insight:
    """Where it stands in a few lines, and the ways to look closer."""

    op: ClassVar[str] = "wi"
    assessment: str


@dataclass(frozen=True, slots=True)
class Decisive:
    """What can still decide: the range of each total, and the open questions, greatest stake first."""

    op: ClassVar[str] = "wd"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """One link of the chain from the grade down to an answer. part: a WhyPart; name: what it is about."""

    op: ClassVar[str] = "wy"
    assessment: str
    part: str = ""
    name: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class MarginPlace:
    """How far above and below, and which single answers, a step lower, would lose the outcome."""

    op: ClassVar[str] = "wm"
    assessment: str
    page: int = 0


InsightPlace: TypeAlias = Insight | Decisive | Why | MarginPlace


@dataclass(frozen=True, slots=True)
class OrderTap:
    """Ask this person what can still decide first (1), or in clause order (0), in this assessment."""

    op: ClassVar[str] = "wo"
    assessment: str
    on: int


InsightTap: TypeAlias = OrderTap
