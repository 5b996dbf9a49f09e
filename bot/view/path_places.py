"""Places and taps of the way to a grade, and of answers that are tried without saving them.

Must not know what they look like. grade: the one aimed at, '' for the next; other: a sheet that the person may see, by
its public name.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Way:
    """The cheapest path to a grade, or why there is none."""

    op: ClassVar[str] = "tp"
    assessment: str
    grade: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickRow:
    """An indicator to mark: the chapters, or the rows of a section."""

    op: ClassVar[str] = "ts"
    assessment: str
    section: str = ""
    page: int = 0
    grade: str = ""


@dataclass(frozen=True, slots=True)
class WishCard:
    """One indicator: how it stands, and whether it can be raised at what cost. The next text is a cost."""

    op: ClassVar[str] = "ti"
    assessment: str
    indicator: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class WishList:
    """All indicators that the person marked."""

    op: ClassVar[str] = "tl"
    assessment: str
    page: int = 0
    grade: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmUnwish:
    """Take all marks away, or not. The safe choice comes first."""

    op: ClassVar[str] = "td"
    assessment: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmPlan:
    """Try a plan while other answers are being tried: instead of them, or beside them."""

    op: ClassVar[str] = "tf"
    assessment: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is being tried, and what it would change."""

    op: ClassVar[str] = "tw"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class TrySheets:
    """The sheets on which something can be tried."""

    op: ClassVar[str] = "tb"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class TryPick:
    """A question to try: the chapters of a sheet, or the questions of a section."""

    op: ClassVar[str] = "tn"
    other: str
    section: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class TryCard:
    """A question to try answers to. view: '' or 'b3' for one band's values. The next text is a rating to try."""

    op: ClassVar[str] = "tq"
    other: str
    question: str
    view: str = ""


@dataclass(frozen=True, slots=True)
class AskTryReason:
    """The next text is why the row would not apply."""

    op: ClassVar[str] = "tr"
    other: str
    question: str


@dataclass(frozen=True, slots=True)
class TryDecisions:
    """Gates, deductions and bonus, to be tried by who may decide them."""

    op: ClassVar[str] = "tg"
    assessment: str


@dataclass(frozen=True, slots=True)
class ConfirmKeep:
    """Record the tried answers, or not: the list of them. The safe choice comes first."""

    op: ClassVar[str] = "ty"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmDrop:
    """Try nothing any more, or not. The safe choice comes first."""

    op: ClassVar[str] = "te"
    assessment: str


PathPlace: TypeAlias = Way | PickRow | WishCard | WishList | ConfirmUnwish
TryPlace: TypeAlias = (
    ConfirmPlan | WhatIf | TrySheets | TryPick | TryCard | AskTryReason | TryDecisions | ConfirmKeep | ConfirmDrop
)


@dataclass(frozen=True, slots=True)
class WishTap:
    """An indicator cannot be raised (1), or can (0)."""

    op: ClassVar[str] = "tm"
    assessment: str
    indicator: str
    on: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class CostTap:
    """A step of an indicator costs this: one of those on buttons; 1 is no mark."""

    op: ClassVar[str] = "tc"
    assessment: str
    indicator: str
    cost: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class UnwishTap:
    """Take all marks away."""

    op: ClassVar[str] = "tz"
    assessment: str
    grade: str = ""


@dataclass(frozen=True, slots=True)
class TryTap:
    """Try this answer. value: as in AnswerTap."""

    op: ClassVar[str] = "ta"
    other: str
    question: str
    value: str


@dataclass(frozen=True, slots=True)
class UntryTap:
    """Try nothing on this question any more."""

    op: ClassVar[str] = "tu"
    other: str
    question: str


@dataclass(frozen=True, slots=True)
class TryPlanTap:
    """Try the cheapest path to a grade. how: 'only', without what was tried before; 'also', beside it; '' asks."""

    op: ClassVar[str] = "tv"
    assessment: str
    grade: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class TryDecisionTap:
    """Try a decision. what: a gate's id, 'deductions' or 'bonus'; value: '1', '0', a number; 'no': as it is."""

    op: ClassVar[str] = "tj"
    assessment: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class KeepTriesTap:
    """Record what was tried. seen: eight signs of what was listed; anything else asks again."""

    op: ClassVar[str] = "tk"
    assessment: str
    seen: str


@dataclass(frozen=True, slots=True)
class DropTriesTap:
    """Try nothing any more. sure: 1 where it was asked for."""

    op: ClassVar[str] = "tx"
    assessment: str
    sure: int = 0


PathTap: TypeAlias = WishTap | CostTap | UnwishTap
TryTaps: TypeAlias = TryTap | UntryTap | TryPlanTap | TryDecisionTap | KeepTriesTap | DropTriesTap
