"""A raw update as what a person did, or as nothing for us. Decides no rights: only what can be told from the update.

Private chats only; whoever is no person (bots, channels, anonymous senders) is ignored (RELIABILITY 4).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import MessageType
from telegram.helpers import effective_message_type

from bot.service.events import Delivery, Edited, Event, Ordered, Said, Sent, Tapped, Who
from bot.telegram.ports import Waiting

CHANNEL = "telegram"
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_HIGHEST = 2**63 - 1
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
class Ignored:
    """Nothing for us. hint: in a group, where the private chat is pointed out: the person's language ('' unknown)."""

    reason: str
    query: str = ""
    hint: str | None = None


Narrowed: TypeAlias = Did | Met | Ignored


def narrow(row: Waiting, username: str) -> Narrowed:
    """What the update is. username: the bot's own, without @. MalformedError when it cannot be read."""
    try:
        update = Update.de_json(json.loads(row.raw), None)
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
    if isinstance(who, Ignored):
        return who
    if message.sender_chat is not None or message.via_bot is not None:
        return Ignored("not written by a person")
    event = _edited(message) if update.message is None else _written(message, username)
    if isinstance(event, Ignored):
        return event
    return Did(who, event, Delivery(delivery.inbox, delivery.update, _date(message.edit_date or message.date)))


def _who(user: User | None, chat: Chat) -> Who | Ignored:
    """The person in their private chat."""
    if user is None:
        return Ignored("no sender")
    hint = user.language_code or ""
    if chat.type in _GROUPS:
        return Ignored("a group", hint=None if user.is_bot else _text(hint))
    if chat.type != Chat.PRIVATE:
        return Ignored("not a private chat")
    if user.is_bot:
        return Ignored("a bot")
    if _number(user.id) != _number(chat.id):
        return Ignored("somebody else's chat")
    return Who(CHANNEL, _number(user.id), _number(chat.id), _text(user.full_name), _text(hint))


def _tap(query: CallbackQuery, delivery: Delivery) -> Narrowed:
    """The time of a tap is not told; the date of its card is another matter."""
    name = _text(query.id)
    message = query.message  # may be inaccessible: then it has a chat and a number alone
    chat = Chat(query.from_user.id, Chat.PRIVATE) if message is None else message.chat
    who = _who(query.from_user, chat)
    if isinstance(who, Ignored):
        return Ignored(who.reason, name, who.hint)
    card = "" if message is None else _number(message.message_id)
    return Did(who, Tapped(_text(query.data or ""), card), delivery, name)


def _member(change: ChatMemberUpdated) -> Narrowed:
    who = _who(change.from_user, change.chat)
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    if isinstance(who, Who):
        return Met(who, gone)
    return Ignored(who.reason, hint=None if gone else who.hint)


def _written(message: Message, username: str) -> Event | Ignored:
    number = _number(message.message_id)
    if message.text is None:
        kind = effective_message_type(message)
        if kind is not None and kind not in _CONTENT:
            return Ignored("a service message")
        return Sent(str(kind or "other"), number, _text(message.caption or ""))
    text = _text(message.text)
    first = next((e for e in message.entities if e.offset == 0 and e.type == MessageEntity.BOT_COMMAND), None)
    if first is None:
        answered = message.reply_to_message
        return Said(text, number, "" if answered is None else _number(answered.message_id))
    name, _, bot = text[1 : first.length].partition("@")  # ASCII, so units are characters
    if bot and bot.lower() != username.lower():
        return Ignored("a command for another bot")
    return Ordered(name.lower(), text[first.length :].strip(), number)


def _edited(message: Message) -> Event | Ignored:
    text = message.text if message.text is not None else message.caption
    if text is None:
        return Ignored("an edit without text")
    return Edited(_text(text), _number(message.message_id))


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
