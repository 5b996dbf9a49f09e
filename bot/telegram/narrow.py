"""A raw update as what a person did, or as nothing for us. Decides no rights: only what can be told from the update.

Private chats only. Groups and channels are left; whoever is no person (a bot, a channel) is ignored (RELIABILITY 4).
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import MessageType
from telegram.helpers import effective_message_type

from bot.service.events import Delivery, Edited, Event, Ordered, Relayed, Said, Sent, Tapped, Who
from bot.telegram.attached import attached
from bot.telegram.client import ALLOWED_UPDATES
from bot.telegram.ports import Waiting

CHANNEL = "telegram"
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_READ = frozenset({"update_id", *ALLOWED_UPDATES})
_HIGHEST = 2**63 - 1
_LANGUAGE = re.compile("[A-Za-z0-9-]{1,35}")  # as long as a language tag gets (RFC 5646, 4.4.1)
_CONTENT = frozenset(
    {
        *(MessageType.ANIMATION, MessageType.AUDIO, MessageType.CONTACT, MessageType.DICE, MessageType.DOCUMENT),
        *(MessageType.GAME, MessageType.GIVEAWAY, MessageType.INVOICE, MessageType.LOCATION, MessageType.PAID_MEDIA),
        *(MessageType.PHOTO, MessageType.POLL, MessageType.STICKER, MessageType.STORY, MessageType.VENUE),
        *(MessageType.VIDEO, MessageType.VIDEO_NOTE, MessageType.VOICE, MessageType.CHECKLIST),
    }
)


class MalformedError(Exception):
    """The update is not what the Bot API describes. note: a class and a place."""


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
        # What was not asked for cannot be wrong: it is not even read.
        read = {name: value for name, value in json.loads(row.raw).items() if name in _READ}
        update = Update.de_json(read, None)
        return _narrow(update, Delivery(row.row, str(row.update_id)), username)
    except MalformedError:
        raise
    except Exception as error:  # noqa: BLE001  the update may be anything at all
        raise MalformedError(type(error).__name__) from None


def _narrow(update: Update, delivery: Delivery, username: str) -> Narrowed:
    if update.callback_query is not None:
        return _tap(update.callback_query, delivery)
    if update.my_chat_member is not None:
        return _member(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return Ignored("a kind of update that is not asked for")
    who = _who(message.from_user, message.chat)
    if isinstance(who, Elsewhere) and message.migrate_to_chat_id is not None:
        return Ignored("a group that goes on under another number")
    if not isinstance(who, Who):
        return who
    event: Event | Ignored
    if message.sender_chat is not None or message.via_bot is not None:
        event = Relayed(_number(message.message_id))
    else:
        event = _edited(message) if update.message is None else _written(message, username)
    if isinstance(event, Ignored):
        return event
    return Did(who, event, Delivery(delivery.inbox, delivery.update, _date(message.edit_date or message.date)))


def _who(user: User | None, chat: Chat) -> Who | Elsewhere | Ignored:
    """The person in their private chat."""
    if chat.type != Chat.PRIVATE:
        hint = "" if user is None or user.is_bot else _language(user)
        return Elsewhere(_number(chat.id), hint=hint, open=chat.type in _GROUPS)
    if user is None:
        return Ignored("no sender")
    if user.is_bot:
        return Ignored("a bot")
    if _number(user.id) != _number(chat.id):
        return Ignored("somebody else's chat")
    return Who(CHANNEL, _number(user.id), _number(chat.id), _text(user.full_name), _language(user))


def _tap(query: CallbackQuery, delivery: Delivery) -> Narrowed:
    """The time of a tap is not told; the date of its card is another matter."""
    name = _text(query.id)
    if query.inline_message_id is not None:
        return Ignored("a card that was sent through the bot: it sends none", name)
    message = query.message  # may be inaccessible: then it has a chat and a number alone
    chat = Chat(query.from_user.id, Chat.PRIVATE) if message is None else message.chat
    who = _who(query.from_user, chat)
    match who:
        case Elsewhere():
            return replace(who, query=name, leave=False)
        case Ignored(reason):
            return Ignored(reason, name)
        case Who():
            card = "" if message is None else _number(message.message_id)
            return Did(who, Tapped(_text(query.data or ""), card), delivery, name)
        case _:
            assert_never(who)


def _member(change: ChatMemberUpdated) -> Narrowed:
    who = _who(change.from_user, change.chat)
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    if isinstance(who, Who):
        return Met(who, gone)
    return Ignored("it is out of there already") if gone else who


def _written(message: Message, username: str) -> Event | Ignored:
    number = _number(message.message_id)
    if message.text is None:
        return _sent(message, number)
    text = _text(message.text)
    first = next((e for e in message.entities if e.offset == 0 and e.type == MessageEntity.BOT_COMMAND), None)
    if first is None:
        answered = message.reply_to_message
        return Said(text, number, "" if answered is None else _number(answered.message_id))
    name, _, bot = text[1 : first.length].partition("@")  # ASCII, so units are characters
    if bot and bot.lower() != username.lower():
        return Ignored("a command for another bot")
    return Ordered(name.lower(), text[first.length :].strip(), number)


def _sent(message: Message, number: str) -> Sent | Ignored:
    caption, answered = _text(message.caption or ""), message.reply_to_message
    found = attached(message)
    if found is None:
        kind = effective_message_type(message)
        if kind is not None and kind not in _CONTENT:
            return Ignored("a service message")
        return Sent(str(kind or "other"), number, caption)
    if answered is None:
        return Sent(found[0], number, caption, found[1])
    ours = answered.from_user is not None and answered.from_user.is_bot  # in a private chat that is us
    card = _text(answered.text or "") if ours else ""
    return Sent(found[0], number, caption, found[1], _number(answered.message_id), card)


def _edited(message: Message) -> Event | Ignored:
    found = attached(message)
    size = found[1].size if found else 0
    text = message.text if message.text is not None else message.caption
    if text is None and not size:  # a live location tells where it is every few seconds
        return Ignored("an edit without text")
    return Edited(_text(text or ""), _number(message.message_id), size)


def _language(user: User) -> str:
    """What the client says of its language; '' where that is no language tag, since it is kept and never cleaned."""
    code = _text(user.language_code or "")
    return code if _LANGUAGE.fullmatch(code) else ""


def _text(value: object) -> str:
    """The library takes whatever JSON holds; from here on it is text."""
    if not isinstance(value, str):
        raise MalformedError("no text")
    return value


def _number(value: object) -> str:
    """A Telegram id in our form. At most 64 bits."""
    if type(value) is not int or abs(value) > _HIGHEST:
        raise MalformedError("no number")
    return str(value)


def _date(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise MalformedError("no date")
    return value
