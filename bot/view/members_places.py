"""Places and taps of the panel: who belongs to it, who is invited, who asks to join. Must not know what they look like.

invite: the public name of an invitation, which opens nothing by itself. member: a person's random id.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Members:
    """Who belongs to an assessment, and for its lead the invitations that are out."""

    op: ClassVar[str] = "ma"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One member, and what the lead can do: remove, hand over."""

    op: ClassVar[str] = "mb"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class InviteCard:
    """As what to invite somebody; the links that are out, each to be revoked."""

    op: ClassVar[str] = "mi"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Requests:
    """Those who agreed and ask to join: admit or refuse each."""

    op: ClassVar[str] = "mq"
    assessment: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskRemoval:
    """The next text is why this member is removed."""

    op: ClassVar[str] = "mr"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class ConfirmRemoval:
    """Remove the member for the reason that was sent, or not. The safe choice comes first."""

    op: ClassVar[str] = "mx"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class ConfirmHandOver:
    """Let this member lead, or not. The safe choice comes first."""

    op: ClassVar[str] = "mh"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class ConfirmLeave:
    """Leave the panel, or not. The safe choice comes first."""

    op: ClassVar[str] = "ml"
    assessment: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What an invited person joins and what is recorded; once they agreed: that they wait. Only after its link."""

    op: ClassVar[str] = "mc"
    invite: str


@dataclass(frozen=True, slots=True)
class AskName:
    """The next text is the name under which the invited person joins. Only after its link."""

    op: ClassVar[str] = "me"
    invite: str


MemberPlace: TypeAlias = (
    Members | Member | InviteCard | Requests | AskRemoval | ConfirmRemoval | ConfirmHandOver | ConfirmLeave
)
"""Those of an assessment."""


@dataclass(frozen=True, slots=True)
class InviteTap:
    """Make a link for this role."""

    op: ClassVar[str] = "mk"
    assessment: str
    role: str


@dataclass(frozen=True, slots=True)
class RevokeTap:
    """Make a link good for nothing."""

    op: ClassVar[str] = "mv"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class AdmitTap:
    """Let in who asked."""

    op: ClassVar[str] = "my"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class RefuseTap:
    """Do not let in who asked."""

    op: ClassVar[str] = "mn"
    assessment: str
    invite: str


@dataclass(frozen=True, slots=True)
class RemoveTap:
    """Remove the member, for the reason that stands in the focus."""

    op: ClassVar[str] = "mz"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class HandOverTap:
    """That member leads from now on."""

    op: ClassVar[str] = "mt"
    assessment: str
    member: str


@dataclass(frozen=True, slots=True)
class LeaveTap:
    """I belong no more."""

    op: ClassVar[str] = "mg"
    assessment: str


@dataclass(frozen=True, slots=True)
class AgreeTap:
    """I agree and ask to join."""

    op: ClassVar[str] = "mj"
    invite: str


@dataclass(frozen=True, slots=True)
class DeclineTap:
    """No, thanks; or, after agreeing: I withdraw."""

    op: ClassVar[str] = "md"
    invite: str


MemberTap: TypeAlias = InviteTap | RevokeTap | AdmitTap | RefuseTap | RemoveTap | HandOverTap | LeaveTap
"""What is done within an assessment."""
DoorTap: TypeAlias = AgreeTap | DeclineTap
"""What is done before one belongs."""
