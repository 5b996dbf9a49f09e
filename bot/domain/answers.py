"""Ratings as people give them, and sheets of them, in the form that scoring needs.

Must not know entries, storage, or how a rating was typed beyond the text kept beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from bot.domain.scales import LEVELS
from bot.domain.scheme import QuestionId

Form: TypeAlias = Literal["ratio", "alpha", "level"]


@dataclass(frozen=True, slots=True)
class Rated:
    """An exact rating: value is a ratio 0-1 (level L is L/5, EN-05); `typed` is the input as it came, '' for a tap."""

    value: Fraction
    form: Form
    typed: str = ""

    @property
    def level(self) -> int | None:
        """The level 1-5, where one was given."""
        return self.value.numerator * LEVELS // self.value.denominator if self.form == "level" else None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The row leaves the sums, with a reason (DN-06); a state, never a number."""

    reason: str


@dataclass(frozen=True, slots=True)
class Veto:
    """The answer to a veto row; raised: the requirement is broken (BK-01)."""

    raised: bool


Answer: TypeAlias = Rated | NotApplicable | Veto


def same(one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers say the same; how a rating was typed does not matter."""
    if isinstance(one, Rated) and isinstance(other, Rated):
        return one.value == other.value and one.form == other.form
    return one == other


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one assessor rated in one round; `covers` are dimension ids."""

    id: str
    assessor: str
    round: str
    covers: frozenset[str]
    answers: Mapping[QuestionId, Answer]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was agreed once for the whole assessment; None: not confirmed yet. bonus in points."""

    gates: Mapping[str, bool] = field(default_factory=dict)
    deductions: int | None = None
    bonus: Fraction | None = None
