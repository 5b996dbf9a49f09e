"""What a panel records: who belongs to it, what it asks of each other, and how a result is sealed and taken further.

Must not know their JSON form, storage, the chain, or who may do what (`rights.py`).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from bot.domain.answers import Answer
from bot.domain.scheme import QuestionId

Role: TypeAlias = Literal["lead", "assessor", "viewer"]
Shown: TypeAlias = Literal["shown", "hidden"]


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """A person joins, admitted by the header's person. terms: the id of the text that the member agreed to."""

    member: str
    role: Role
    terms: str


@dataclass(frozen=True, slots=True)
class MemberRemoved:
    """A person belongs to the panel no more, by the lead's word or their own; what they did stays."""

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeadHandedOver:
    """This member leads from here on; the header's person goes on as an assessor."""

    to: str


@dataclass(frozen=True, slots=True)
class ReconsiderationAsked:
    """The lead asks the assessor of a submitted sheet to look at this question again."""

    reason: str


@dataclass(frozen=True, slots=True)
class RatingUpheld:
    """The assessor looked again and stays with the rating."""

    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceDemanded:
    """Ratings above this ratio (0-1) need evidence; None: no longer."""

    above: Fraction | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed assessment goes on; these sheets may be rated again."""

    reason: str
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """The record up to entry `upto`, with this head, was signed. at: UTC in ms; key, signature: Ed25519 in hex."""

    upto: int
    head: str
    at: int
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class BasisRow:
    """What another assessment says of a question: its answers, sheet by sheet, and its notes."""

    question: QuestionId
    answers: tuple[Answer, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BasisTaken:
    """This assessment looks at another one, as of its entry `upto` with this head. hidden: without its ratings."""

    assessment: str
    upto: int
    head: str
    organisation: str
    ratings: Shown
    rows: tuple[BasisRow, ...]


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """What an older assessment says of a question: the answers that are carried over, and where its last note stands.

    note: the number of that note's entry there, 0 for none. What it says is not copied: erased there, it is gone here.
    """

    question: QuestionId
    answers: tuple[Answer, ...]
    note: int


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """This assessment starts from an older one, as of its entry `upto` with this head. Nothing in it is an answer yet.

    at: when that was closed, UTC in ms; 0: it was open. gone: questions it answered that are not asked any more.
    """

    assessment: str
    upto: int
    head: str
    mode: Literal["self", "audit"]
    organisation: str
    at: int
    rows: tuple[CarriedRow, ...]
    gone: tuple[str, ...]


PanelChange: TypeAlias = (
    MemberJoined | MemberRemoved | LeadHandedOver | EvidenceDemanded | Reopened | Sealed | BasisTaken | CarriedOver
)
"""Those about the whole assessment, and no one sheet."""
PanelBody: TypeAlias = PanelChange | ReconsiderationAsked | RatingUpheld
