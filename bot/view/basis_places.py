"""Places and taps of handing a self-assessment to an auditor, and of links. Must not know what they look like.

invite: the public name of an offer, which opens nothing by itself.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class HandOn:
    """For the lead of a self-assessment: offer it to an auditor; who asked, and the links that are out."""

    op: ClassVar[str] = "sa"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed to this person: whose it is, what is in it, and the audit that can begin on it."""

    op: ClassVar[str] = "sh"
    invite: str


@dataclass(frozen=True, slots=True)
class BasisCard:
    """All that the basis of an audit says of a question."""

    op: ClassVar[str] = "sb"
    sheet: str
    question: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The link to an indicator."""

    op: ClassVar[str] = "sl"
    sheet: str
    question: str


BasisPlace: TypeAlias = HandOn | Handed | BasisCard | LinkCard


@dataclass(frozen=True, slots=True)
class OfferTap:
    """Make a link for an auditor. ratings: 'shown' or 'hidden'."""

    op: ClassVar[str] = "so"
    assessment: str
    ratings: str


@dataclass(frozen=True, slots=True)
class UnofferTap:
    """Make such a link good for nothing, or take back what was not used yet."""

    op: ClassVar[str] = "sv"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class HandTap:
    """It is the auditor who was meant: hand it over."""

    op: ClassVar[str] = "sy"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class DenyTap:
    """It is not: hand nothing over."""

    op: ClassVar[str] = "sn"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class AuditTap:
    """Begin an audit on what was handed over."""

    op: ClassVar[str] = "st"
    invite: str


BasisTap: TypeAlias = OfferTap | UnofferTap | HandTap | DenyTap | AuditTap
