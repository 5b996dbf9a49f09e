"""What the screens of a panel's lead are told: others' sheets, and what was said to one question.

Must not know storage or rendering.
"""

from dataclasses import dataclass

from bot.domain.habits import Habits
from bot.domain.scheme import QuestionId
from bot.domain.spread import Disagreement
from bot.domain.state import SheetState, Status
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """Somebody's sheet as the lead may know of it. number: its place among all; name: '' where it is not known.

    member: the person still belongs. seen: its contents, None while they are hidden; habits: how it was filled in.
    """

    ref: str
    number: int
    name: str
    round: str
    status: Status
    answered: int
    asked: int
    member: bool
    mine: bool = False
    seen: SheetState | None = None
    habits: Habits | None = None

    @property
    def may_be_set_aside(self) -> bool:
        """An open one, or that of somebody who belongs no more."""
        return self.status == "open" or (self.status == "submitted" and not self.member)


@dataclass(frozen=True, slots=True)
class OthersFacts:
    """sheets: others' alone. differences: how many questions are rated differently; uneven: so are the N/A sets."""

    desk: Desk
    sheets: tuple[OtherSheet, ...]
    differences: int
    uneven: bool


@dataclass(frozen=True, slots=True)
class SpreadFacts:
    """Where sheets disagree, worst first. by_id: sheet id -> that sheet, the lead's own among them."""

    desk: Desk
    found: tuple[Disagreement, ...]
    uneven: bool
    by_id: dict[str, OtherSheet]


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question on every submitted sheet that asks it. found: how the sheets disagree on it, in each unit."""

    desk: Desk
    question: QuestionId
    found: tuple[Disagreement, ...]
    sheets: tuple[OtherSheet, ...]
