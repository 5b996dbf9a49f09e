"""What a person can ask of one assessment. Plain values; `interview.decide` says what becomes of them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from bot.domain.answers import Answer
from bot.domain.entries import HeaderField
from bot.domain.panel_commands import PanelCommand
from bot.domain.panel_entries import Role
from bot.domain.scheme import QuestionId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, in which role of this assessment."""

    person: str
    role: Role


@dataclass(frozen=True, slots=True)
class GiveAnswer:
    """revision: how many answers the person had seen given to this question; None for typed text: it says it anew."""

    sheet: str
    question: QuestionId
    answer: Answer
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A new note on a question."""

    sheet: str
    question: QuestionId
    text: str


@dataclass(frozen=True, slots=True)
class ReviseNote:
    """The note of entry `of` reads differently; '' withdraws it."""

    of: int
    text: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """Answer later, or no longer later."""

    sheet: str
    question: QuestionId
    on: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """Look again before closing, or no longer."""

    sheet: str
    question: QuestionId
    on: bool


@dataclass(frozen=True, slots=True)
class SetHeader:
    """Set a field of the head; '' empties it (never the organisation)."""

    field: HeaderField
    value: str


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """Begin another sheet; id is new and made by the store."""

    id: str
    round: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecideGate:
    """Confirm or refuse a gate. revision as in GiveAnswer."""

    gate: str
    met: bool
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class DecideFindings:
    """Agree on the list of special deductions; empty: none."""

    findings: tuple[str, ...]
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class DecideBonus:
    """Agree on the bonus in points, with a reason where it is not 0."""

    value: Fraction
    reason: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class SetMeasure:
    """The two counts of a rate; month as '2026-10'."""

    measure: str
    month: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class SetPopulation:
    """How many units there are in all, at least one."""

    count: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Keep a sheet in the record, and do not count it."""

    sheet: str
    reason: str


@dataclass(frozen=True, slots=True)
class Close:
    """Make the result final; the person's own open sheets are submitted by it."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete a draft: the bodies of all entries go, the chain stays."""


@dataclass(frozen=True, slots=True)
class EraseText:
    """Delete what the note of entry `of` said, now and before its revisions; that it was there stays."""

    of: int
    reason: str


Command: TypeAlias = (
    GiveAnswer
    | WriteNote
    | ReviseNote
    | Postpone
    | Flag
    | SetHeader
    | OpenSheet
    | DecideGate
    | DecideFindings
    | DecideBonus
    | SetMeasure
    | SetPopulation
    | SetAside
    | Close
    | Erase
    | EraseText
    | PanelCommand
)
