"""What a person did, whatever the channel; and what is answered at once. Must not know any channel's own types."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.service.channel import Wanted


@dataclass(frozen=True, slots=True)
class Who:
    """The account that acts. external_id and chat in the channel's own form; hint: the language its client reports."""

    channel: str
    external_id: str
    chat: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was pressed; message: the card it hangs on, '' where unknown."""

    payload: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A text was sent; reply_to: the message it answers, ''."""

    text: str
    message: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A text sent earlier reads differently now. size: of the file beside it, in bytes, 0 for none or not said."""

    text: str
    message: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Ordered:
    """A command, without its slash; argument: the rest of the line."""

    command: str
    argument: str
    message: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or a place, as its sender's client describes it: none of it need be true.

    file: the channel's name for it; size in bytes, 0 for not said; mime, name: ''. album: what binds the files of one
    message together, ''. place: 'latitude,longitude', which is all that a place has.
    """

    file: str = ""
    size: int = 0
    mime: str = ""
    name: str = ""
    album: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is no text: 'sticker', 'photo', ...; caption: its text, ''.

    attachment: what can be kept of it; None: nothing. reply_to: the message it answers, ''; card: the text of that
    message where it is one of ours, ''.
    """

    kind: str
    message: str
    caption: str = ""
    attachment: Attachment | None = None
    reply_to: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Relayed:
    """Something that came through another bot or in another's name: not the person's own words."""

    message: str


Acted: TypeAlias = Tapped | Said | Edited | Ordered | Sent
Event: TypeAlias = Acted | Relayed


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an event came: the inbox row that is done with it (0: none), the channel's number, the person's own clock."""

    inbox: int = 0
    update: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The toast for a tap; alert: shown until it is dismissed. '' says nothing.

    line: said at once as a message, plain, kept nowhere. silent: nothing at all is said, not even to a tap.
    hold: seconds that the screen may wait, since more of the same is on its way. files: some came or went, and may
    have to be fetched or deleted. wanted: what the chat must show now, where that is all that came of the event;
    None: the outbox must be looked at.
    """

    toast: str = ""
    alert: bool = False
    line: str = ""
    silent: bool = False
    hold: float = 0.0
    files: bool = False
    wanted: Wanted | None = field(default=None, compare=False, repr=False)
