"""What the screens of a basis are told: offers to auditors, what was handed over. Must not know storage.

Times are UTC in ms. Names as confirmed, '' where there is none.
"""

from dataclasses import dataclass

from bot.domain.panel_entries import Shown
from bot.domain.scheme import Scheme
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer that is out. name: who asked for it, or got it; '' while nobody opened its link."""

    number: int
    ref: str
    ratings: Shown
    name: str
    asked: bool
    handed: bool
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class HandOnFacts:
    """The offers of a self-assessment, those that wait for the lead first. linked: links can be made here."""

    desk: Desk
    offers: tuple[OfferLine, ...]
    linked: bool = True


@dataclass(frozen=True, slots=True)
class BasisOffer:
    """What the auditor is told before the lead confirmed: nothing of whose it is. asked: they agreed, and wait."""

    ref: str
    ratings: Shown
    expires_at: int
    name: str
    fixed: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class HandedFacts:
    """What was handed over. rated: questions with a rating (0 where hidden); until: when it must have begun.

    scheme: None where its text is gone. audit: the assessment that began on it, '' for none.
    """

    ref: str
    scheme: Scheme | None
    organisation: str
    fields: tuple[tuple[str, str], ...]
    ratings: Shown
    rated: int
    notes: int
    at: int
    until: int
    audit: str = ""
