"""Places and taps of findings, of demanded evidence, and of reopening. Must not know what they look like.

number: the number of the entry that recorded the finding; it opens what the person may see of that assessment.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of an assessment by kind; of one clause where one is given."""

    op: ClassVar[str] = "fl"
    assessment: str
    page: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class PickKind:
    """A new finding, first step: of which kind. clause: what it will stand under, ''."""

    op: ClassVar[str] = "fk"
    assessment: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class FindingItem:
    """One finding, and what can be done with it."""

    op: ClassVar[str] = "fi"
    assessment: str
    number: int


@dataclass(frozen=True, slots=True)
class AskFindingField:
    """The next text is this field of a finding: text, clause, action, due."""

    op: ClassVar[str] = "fe"
    assessment: str
    number: int
    field: str


@dataclass(frozen=True, slots=True)
class ConfirmWithdraw:
    """Withdraw a finding, or not. The safe choice comes first."""

    op: ClassVar[str] = "fw"
    assessment: str
    number: int


@dataclass(frozen=True, slots=True)
class AskWithdraw:
    """The next text is why the finding does not stand."""

    op: ClassVar[str] = "fx"
    assessment: str
    number: int


@dataclass(frozen=True, slots=True)
class Actions:
    """What is to be done still about findings, over all assessments of the person."""

    op: ClassVar[str] = "fa"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """Above which rating evidence is needed."""

    op: ClassVar[str] = "fd"
    assessment: str


@dataclass(frozen=True, slots=True)
class ConfirmReopen:
    """Go on with a closed assessment, or not. The safe choice comes first."""

    op: ClassVar[str] = "fr"
    assessment: str


@dataclass(frozen=True, slots=True)
class AskReopen:
    """The next text is why the closed assessment goes on."""

    op: ClassVar[str] = "fy"
    assessment: str


FindingPlace: TypeAlias = (
    Findings
    | PickKind
    | FindingItem
    | AskFindingField
    | ConfirmWithdraw
    | AskWithdraw
    | Demand
    | ConfirmReopen
    | AskReopen
)
"""Those of an assessment."""


@dataclass(frozen=True, slots=True)
class FindingStateTap:
    """What became of a finding: open, corrected, verified."""

    op: ClassVar[str] = "fs"
    assessment: str
    number: int
    state: str


@dataclass(frozen=True, slots=True)
class FindingEmptyTap:
    """Empty a field of a finding: clause, action, due."""

    op: ClassVar[str] = "fz"
    assessment: str
    number: int
    field: str


@dataclass(frozen=True, slots=True)
class DemandTap:
    """Ratings above this ratio need evidence ('4/5'); 'off': none do."""

    op: ClassVar[str] = "fo"
    assessment: str
    above: str


FindingTap: TypeAlias = FindingStateTap | FindingEmptyTap | DemandTap
