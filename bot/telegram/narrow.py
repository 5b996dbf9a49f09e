"""A raw update as what a person did, or as nothing for us. Decides no rights: only what can be told from the update.

Private chats only. Groups and channels are left; whoever is no person (a bot, a channel) is ignored (RELIABILITY 4).
The JSON is read as it is, not as the library's objects: a tap is read in a fraction of the time, and what nobody reads
cannot be wrong.
"""

import json
import re
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType, MessageType

from bot.service.events import Delivery, Edited, Event, Ordered, Relayed, Said, Sent, Tapped, Who
from bot.telegram.attached import attached
from bot.telegram.fields import (
    JSON,
    MalformedError,
    flag,
    moment,
    number,
    part,
    part_or_none,
    parts,
    text,
    text_or_none,
    whole,
)
from bot.telegram.ports import Waiting

__all__ = ["CHANNEL", "Did", "Elsewhere", "Ignored", "MalformedError", "Met", "Narrowed", "narrow"]

CHANNEL = "telegram"
_PRIVATE = ChatType.PRIVATE.value  # plain texts: the library's enumerations compare slowly
_GROUPS = frozenset({ChatType.GROUP.value, ChatType.SUPERGROUP.value})
_GONE = frozenset({ChatMemberStatus.BANNED.value, ChatMemberStatus.LEFT.value})
_COMMAND = MessageEntityType.BOT_COMMAND.value
_KINDS = tuple(kind.value for kind in MessageType)
_LANGUAGE = re.compile("[A-Za-z0-9-]{1,35}")  # as long as a language tag gets (RFC 5646, 4.4.1)
_CONTENT = frozenset(
    kind.value
    for kind in (
        *(MessageType.ANIMATION, MessageType.AUDIO, MessageType.CONTACT, MessageType.DICE, MessageType.DOCUMENT),
        *(MessageType.GAME, MessageType.GIVEAWAY, MessageType.INVOICE, MessageType.LOCATION, MessageType.PAID_MEDIA),
        *(MessageType.PHOTO, MessageType.POLL, MessageType.STICKER, MessageType.STORY, MessageType.VENUE),
        *(MessageType.VIDEO, MessageType.VIDEO_NOTE, MessageType.VOICE, MessageType.CHECKLIST),
    )
)


@dataclass(frozen=True, slots=True)
class Did:
    """Somebody did something. query: the tap to answer, ''."""

    who: Who
    event: Event
    delivery: Delivery
    query: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody blocked the bot, or let it in."""

    who: Who
    blocked: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """In a group or a channel, whoever it was. query: the tap to answer, ''; hint: the language to point the way in.

    leave: the bot is in there, and does not belong. open: a line may be said: in a channel all its readers got it.
    """

    chat: str
    query: str = ""
    hint: str = ""
    leave: bool = True
    open: bool = True


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us. query: the tap to answer, ''."""

    reason: str
    query: str = ""


Narrowed: TypeAlias = Did | Met | Elsewhere | Ignored


def narrow(row: Waiting, username: str) -> Narrowed:
    """What the update is. username: the bot's own, without @. MalformedError when it cannot be read."""
    try:
        update = part({"update": json.loads(row.raw)}, "update")
        whole(update, "update_id")
        return _narrow(update, Delivery(row.row, str(row.update_id)), username)
    except MalformedError:
        raise
    except Exception as error:  # noqa: BLE001  the update may be anything at all
        raise MalformedError(type(error).__name__) from None


def _narrow(update: JSON, delivery: Delivery, username: str) -> Narrowed:
    if (query := part_or_none(update, "callback_query")) is not None:
        return _tap(query, delivery)
    if (change := part_or_none(update, "my_chat_member")) is not None:
        return _member(change)
    written = part_or_none(update, "message")
    message = written if written is not None else part_or_none(update, "edited_message")
    if message is None:
        return Ignored("a kind of update that is not asked for")
    who = _who(part_or_none(message, "from"), part(message, "chat"))
    if isinstance(who, Elsewhere) and message.get("migrate_to_chat_id") is not None:
        return Ignored("a group that goes on under another number")
    if not isinstance(who, Who):
        return who
    event: Event | Ignored
    if message.get("sender_chat") is not None or message.get("via_bot") is not None:
        event = Relayed(number(message, "message_id"))
    else:
        event = _edited(message) if written is None else _written(message, username)
    if isinstance(event, Ignored):
        return event
    date = moment(message, "date" if message.get("edit_date") is None else "edit_date")
    return Did(who, event, Delivery(delivery.inbox, delivery.update, date))


def _who(user: JSON | None, chat: JSON) -> Who | Elsewhere | Ignored:
    """The person in their private chat."""
    kind = text(chat, "type")
    if kind != _PRIVATE:
        hint = "" if user is None or flag(user, "is_bot") else _language(user)
        return Elsewhere(number(chat, "id"), hint=hint, open=kind in _GROUPS)
    if user is None:
        return Ignored("no sender")
    if flag(user, "is_bot"):
        return Ignored("a bot")
    person = number(user, "id")
    if person != number(chat, "id"):
        return Ignored("somebody else's chat")
    first, last = text(user, "first_name"), text_or_none(user, "last_name")
    return Who(CHANNEL, person, person, f"{first} {last}" if last else first, _language(user))


def _tap(query: JSON, delivery: Delivery) -> Narrowed:
    """The time of a tap is not told; the date of its card is another matter."""
    name, user = text(query, "id"), part(query, "from")
    if query.get("inline_message_id") is not None:
        return Ignored("a card that was sent through the bot: it sends none", name)
    message = part_or_none(query, "message")  # may be inaccessible: then it has a chat and a number alone
    chat = {"id": user.get("id"), "type": _PRIVATE} if message is None else part(message, "chat")
    who = _who(user, chat)
    match who:
        case Elsewhere():
            return replace(who, query=name, leave=False)
        case Ignored(reason):
            return Ignored(reason, name)
        case Who():
            card = "" if message is None else number(message, "message_id")
            return Did(who, Tapped(text_or_none(query, "data") or "", card), delivery, name)
        case _:
            assert_never(who)


def _member(change: JSON) -> Narrowed:
    who = _who(part(change, "from"), part(change, "chat"))
    gone = text(part(change, "new_chat_member"), "status") in _GONE
    if isinstance(who, Who):
        return Met(who, gone)
    return Ignored("it is out of there already") if gone else who


def _written(message: JSON, username: str) -> Event | Ignored:
    this, said = number(message, "message_id"), text_or_none(message, "text")
    if said is None:
        return _sent(message, this)
    length = _command(message)
    if not length:
        answered = part_or_none(message, "reply_to_message")
        return Said(said, this, "" if answered is None else number(answered, "message_id"))
    name, _, bot = said[1:length].partition("@")  # ASCII, so units are characters
    if bot and bot.lower() != username.lower():
        return Ignored("a command for another bot")
    return Ordered(name.lower(), said[length:].strip(), this)


def _command(message: JSON) -> int:
    """How long the command is that a message begins with; 0: none."""
    for one in parts(message, "entities"):
        if text(one, "type") == _COMMAND and whole(one, "offset") == 0:
            return max(whole(one, "length"), 1)
    return 0


def _sent(message: JSON, this: str) -> Sent | Ignored:
    caption, answered = text_or_none(message, "caption") or "", part_or_none(message, "reply_to_message")
    found = attached(message)
    if found is None:
        kind = next((kind for kind in _KINDS if _says(message, kind)), "")
        if kind and kind not in _CONTENT:
            return Ignored("a service message")
        return Sent(kind or "other", this, caption)
    if answered is None:
        return Sent(found[0], this, caption, found[1])
    user = part_or_none(answered, "from")
    ours = user is not None and flag(user, "is_bot")  # in a private chat that is us
    card = text_or_none(answered, "text") or "" if ours else ""
    return Sent(found[0], this, caption, found[1], number(answered, "message_id"), card)


def _says(message: JSON, kind: str) -> bool:
    """Whether it is of that kind. An empty object is: some kinds of service message say no more than themselves."""
    value = message.get(kind)
    return value is not None and value is not False and value != []


def _edited(message: JSON) -> Event | Ignored:
    found = attached(message)
    size = found[1].size if found else 0
    said = text_or_none(message, "text")
    said = said if said is not None else text_or_none(message, "caption")
    if said is None and not size:  # a live location tells where it is every few seconds
        return Ignored("an edit without text")
    return Edited(said or "", number(message, "message_id"), size)


def _language(user: JSON) -> str:
    """What the client says of its language; '' where that is no language tag, since it is kept and never cleaned."""
    code = text_or_none(user, "language_code") or ""
    return code if _LANGUAGE.fullmatch(code) else ""
