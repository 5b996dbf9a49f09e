"""The tap that asks for the pictures of a result. Must not know what they show."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class ChartsTap:
    """Send the pictures of the result, or of the standing so far."""

    op: ClassVar[str] = "cb"
    assessment: str


ChartTap: TypeAlias = ChartsTap
