"""What the screens of a panel are told: members, links that are out, people who ask. Must not know storage.

Times are UTC in ms. Names as confirmed at joining, '' where there is none.
"""

from dataclasses import dataclass

from bot.domain.blind import Outline
from bot.domain.panel_entries import Role
from bot.domain.scheme import Scheme
from bot.view.facts import Desk


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member; number counts from 1. sheets: those of which the person who looks may know how far they are."""

    number: int
    person: str
    name: str
    role: Role
    me: bool
    sheets: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteLine:
    """A link that nobody took yet."""

    number: int
    ref: str
    role: str
    made_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """Somebody who agreed to the terms and asks to join."""

    number: int
    ref: str
    name: str
    role: str
    asked_at: int


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """The panel of an assessment. linked: links can be made here (a terminal has none)."""

    desk: Desk
    members: tuple[MemberLine, ...]
    invites: tuple[InviteLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    linked: bool = True


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What an invited person is told, and no more of the assessment. name: theirs, as they would join by.

    fixed: they belong to other panels by this name. asked: they agreed, and wait for the lead's word.
    """

    ref: str
    scheme: Scheme
    organisation: str
    mode: str
    inviter: str
    role: str
    expires_at: int
    name: str
    fixed: bool
    asked: bool
