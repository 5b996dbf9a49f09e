"""What the screens of tried answers are told. Must not know storage or rendering."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from bot.domain.answers import Answer, Rated
from bot.domain.scheme import QuestionId
from bot.domain.state import SheetState
from bot.domain.whatif import Tried
from bot.view.facts import Desk

Hold: TypeAlias = Literal["", "closed", "others", "submitted"]
"""Why a tried answer cannot be recorded by who tries it; '' where it can."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A tried answer beside the one that counts. stale: that one changed since; hold: why it cannot be recorded."""

    ref: str
    sheet: SheetState
    question: QuestionId
    now: Answer | None
    tried: Answer
    revision: int
    stale: bool = False
    hold: Hold = ""

    @property
    def fit(self) -> bool:
        """It can be recorded as it stands."""
        return not self.stale and not self.hold


@dataclass(frozen=True, slots=True)
class TriedDecision:
    """what: a gate's id, 'deductions' or 'bonus'. now: None where nobody decided yet."""

    what: str
    now: bool | int | Fraction | None
    tried: bool | int | Fraction


@dataclass(frozen=True, slots=True)
class TryFacts:
    """All that is tried, and what it would change. sheets: those on which something can be tried, with their names."""

    desk: Desk
    attempts: tuple[Attempt, ...]
    decided: tuple[TriedDecision, ...]
    effect: Tried
    sheets: tuple[tuple[str, SheetState], ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class TryCardFacts:
    """A question to try answers to. facts: all that is tried; ref, sheet: where. choices: what a text may mean."""

    facts: TryFacts
    ref: str
    sheet: SheetState
    question: QuestionId
    view: str
    choices: tuple[Rated, ...] = ()

    @property
    def attempt(self) -> Attempt | None:
        """What is tried here."""
        mine = (one for one in self.facts.attempts if one.ref == self.ref and one.question == self.question)
        return next(mine, None)
