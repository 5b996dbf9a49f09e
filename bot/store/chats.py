"""What each chat must show and what it shows; the presenter makes them agree. Must not know what a screen is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Update, bindparam, delete, exists, insert, or_, select, update

from bot.store.known import Kind, replaced
from bot.store.tables import ChatRow, NoticeRow, PersonRow, StrayRow
from bot.store.tables.base import table_of
from bot.store.values import ChatState
from bot.store.work import Asked, Work

STRAYS = 20
"""Messages of a chat that are remembered for having buttons to lose; an old client can name any message."""


class _Chat(NamedTuple):
    """A row, column by column. owed: notices or old buttons wait there too, or may; told of one row by itself."""

    channel: str
    chat_id: str
    person: str
    wanted_screen: str | None
    wanted_version: int
    fresh_version: int
    shown_version: int
    shown_message: str | None
    shown_digest: str | None
    unreachable_at: datetime | None
    last_seen_at: datetime
    hint: str | None
    owed: bool = True


_COLUMNS: Final = _Chat._fields[:-1]
_CHAT: Final = table_of(ChatRow)
_STRAY: Final = table_of(StrayRow)
_NOTICE: Final = table_of(NoticeRow)
_PERSON: Final = table_of(PersonRow)
_HERE: Final = (_CHAT.c.channel == bindparam("where"), _CHAT.c.chat_id == bindparam("which"))
_ALL: Final = select(*(_CHAT.c[name] for name in _COLUMNS))
_OWED: Final = or_(
    exists().where(
        _NOTICE.c.state == "waiting", _NOTICE.c.channel == bindparam("where"), _NOTICE.c.chat_id == bindparam("which")
    ),
    exists().where(_STRAY.c.channel == bindparam("where"), _STRAY.c.chat_id == bindparam("which")),
)
_GET: Final = _ALL.add_columns(_OWED).where(*_HERE)
_CHATS: Final = Kind(
    _CHAT.name, _GET, ("where", "which"), lambda row: _Chat(*row), frozenset({_NOTICE.name, _STRAY.name})
)
_OF: Final = _ALL.where(_CHAT.c.person == bindparam("who"))
_OF_HERE: Final = _OF.where(_CHAT.c.channel == bindparam("where")).order_by(_CHAT.c.last_seen_at.desc())
_OF_ALL: Final = _OF.order_by(_CHAT.c.channel, _CHAT.c.chat_id)
_REACHABLE: Final = _ALL.where(_CHAT.c.channel == bindparam("where"), _CHAT.c.unreachable_at.is_(None))
_ACTIVE: Final = (
    _REACHABLE.where(_CHAT.c.last_seen_at >= bindparam("since"), _CHAT.c.chat_id > bindparam("after"))
    .order_by(_CHAT.c.chat_id)
    .limit(bindparam("limit"))
)
_BEHIND: Final = _REACHABLE.where(_CHAT.c.shown_version < _CHAT.c.wanted_version)
_WITH_STRAYS: Final = _REACHABLE.where(
    _CHAT.c.chat_id.in_(select(_STRAY.c.chat_id).where(_STRAY.c.channel == bindparam("where")))
)
_MEET: Final = insert(_CHAT)
_MOVE: Final = update(_NOTICE).where(_NOTICE.c.channel == bindparam("where"), _NOTICE.c.chat_id == bindparam("which"))
_MOVE_NOTICES: Final = _MOVE.values(chat_id=bindparam("new"))
_DROP: Final = delete(_CHAT).where(*_HERE)

_ITS: Final = (_STRAY.c.channel == bindparam("where"), _STRAY.c.chat_id == bindparam("which"))
_STRAYS: Final = select(_STRAY.c.message).where(*_ITS)
_ALL_STRAYS: Final = select(_STRAY.c.chat_id, _STRAY.c.message).where(_STRAY.c.channel == bindparam("where"))
_ADD_STRAY: Final = insert(_STRAY)
_STRIP: Final = delete(_STRAY).where(*_ITS, _STRAY.c.message == bindparam("message"))
_STRIP_ALL: Final = delete(_STRAY).where(*_ITS)


def _set(*names: str) -> Update:
    return update(_CHAT).where(*_HERE).values({name: bindparam(name) for name in names})


_PLACED: Final = _set("shown_message", "shown_digest", "fresh_version")
_SHOWN: Final = _set("shown_message", "shown_version", "shown_digest")
_GOES: Final = exists().where(_PERSON.c.id == _CHAT.c.person, or_(_PERSON.c.guest, _PERSON.c.erased_at.is_not(None)))
_SHOWN_THERE: Final = (
    update(_CHAT)
    .where(*_HERE, _CHAT.c.shown_message == bindparam("message"), ~_GOES)
    .where(_CHAT.c.shown_version <= bindparam("shown_version"))
    .values(shown_version=bindparam("shown_version"), shown_digest=bindparam("shown_digest"))
)
"""What nearly every tap ends with: the card is where it was, and its person stays."""
_REACHED: Final = _set("unreachable_at")
_MOVED: Final = _set("chat_id", "shown_message", "shown_digest", "unreachable_at", "wanted_version")


class Chats:
    """Part of a unit of work: chats by channel and the channel's own id. wanted: those that were given a new screen."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.wanted: set[tuple[str, str]] = set()

    def seen(self, channel: str, chat: str, person: str, at: datetime, hint: str = "") -> None:
        """The person spoke in this chat: it is known from now on, and can be reached.

        hint: the language that their client reports; '' leaves what was known.
        """
        row = self._find(channel, chat)
        if row is None:
            self._met(_Chat(channel, chat, person, None, 0, 0, 0, None, None, None, at, hint or None))
        else:
            seen: dict[str, object] = {"last_seen_at": at}
            if person != row.person:  # else SQLite looks for the person, and writes an index anew
                seen["person"] = person
            if row.unreachable_at is not None:
                seen["unreachable_at"] = None
            if hint and hint != row.hint:
                seen["hint"] = hint
            self._work.change(_CHATS, (channel, chat), seen)

    def want(self, channel: str, chat: str, screen_json: str, *, fresh: bool) -> int:
        """The newest wanted screen replaces the one before; its version. LookupError for a chat never seen.

        fresh: it needs a message of its own; that holds for later screens too until one of them was shown.
        """
        row = self._row(channel, chat)
        version = row.wanted_version + 1
        since = version if fresh else row.fresh_version
        new = {"wanted_screen": screen_json, "wanted_version": version, "fresh_version": since}
        self._work.change(_CHATS, (channel, chat), new)
        self.wanted.add((channel, chat))
        return version

    def state(self, channel: str, chat: str) -> ChatState | None:
        """None: never seen."""
        row = self._find(channel, chat)
        return None if row is None else _state(row, self._strays(channel, chat))

    def alone(self, channel: str, chat: str) -> ChatState | None:
        """The chat where its screen is all that it must show: no notice waits for it and no old button. LookupError."""
        row = self._row(channel, chat)
        return None if row.owed else _state(row)

    def card(self, channel: str, chat: str) -> str | None:
        """The message that is the chat's card; None: there is none, or the chat was never seen."""
        row = self._find(channel, chat)
        return None if row is None else row.shown_message

    def of(self, channel: str, person: str) -> tuple[ChatState, ...]:
        """The chats in which a person was last seen in this channel, the latest first."""
        return self._states(_OF_HERE, who=person, where=channel)

    def everywhere(self, person: str) -> tuple[ChatState, ...]:
        """The chats of a person in all channels, in a fixed order: for what must reach them."""
        return self._states(_OF_ALL, who=person)

    def active(self, channel: str, since: datetime, *, after: str, limit: int) -> tuple[ChatState, ...]:
        """Reachable chats seen since then, in the order of their ids from after `after` on, at most limit."""
        return self._states(_ACTIVE, where=channel, since=since, after=after, limit=limit)

    def placed(self, channel: str, chat: str, version: int, message: str) -> None:
        """A message for the card stands there, still without buttons: from now on that one is edited. LookupError.

        It is fresh for every screen up to this version. The message before it is a stray.
        """
        row = self._row(channel, chat)
        self._moves_to(row, message)
        since = 0 if row.fresh_version <= version else row.fresh_version
        self._change(_PLACED, row, shown_message=message, shown_digest="", fresh_version=since)

    def shown(self, channel: str, chat: str, version: int, message: str | None, digest: str) -> None:
        """The chat shows this version, in this message. A version older than the one shown is passed over. LookupError.

        A version wanted meanwhile stays wanted: the chat is then still behind.
        """
        row = self._row(channel, chat)
        if version >= row.shown_version:
            self._moves_to(row, message)
            self._change(_SHOWN, row, shown_message=message, shown_version=version, shown_digest=digest)

    def shown_there(self, channel: str, chat: str, version: int, message: str, digest: str) -> bool:
        """As `shown`, in one statement, where nothing else comes of it. False: nothing was done.

        That is where the card moves, the version is old, or the chat goes with its person once it shows this.
        """
        asked = {"where": channel, "which": chat, "message": message}
        return self._changed(_SHOWN_THERE, asked, {"shown_version": version, "shown_digest": digest})

    def stray(self, channel: str, chat: str, message: str) -> None:
        """The person says that this message was the card once: its buttons go. Nothing for the card of now."""
        row = self._find(channel, chat)
        if row is not None and message != row.shown_message and len(self._strays(channel, chat)) < STRAYS:
            self._stray(channel, chat, message)

    def stripped(self, channel: str, chat: str, message: str) -> None:
        """It has no buttons any more."""
        self._work.write(_STRIP, {"where": channel, "which": chat, "message": message})

    def behind(self, channel: str) -> tuple[ChatState, ...]:
        """The chats that show less than they must, or buttons that they must not, longest unseen first.

        Unreachable ones are left in peace.
        """
        # Two queries: with an `or` between them neither index would be used, and this is asked at every turn.
        here = {"where": channel}
        strays: dict[str, list[str]] = {}
        for chat, message in self._work.read(_ALL_STRAYS, here):
            strays.setdefault(chat, []).append(message)
        found = [*self._work.read(_BEHIND, here), *(self._work.read(_WITH_STRAYS, here) if strays else ())]
        rows = list({row.chat_id: row for row in (_Chat(*one) for one in found)}.values())
        rows.sort(key=lambda row: (row.last_seen_at, row.chat_id))
        return tuple(_state(row, tuple(strays.get(row.chat_id, ()))) for row in rows)

    def move(self, channel: str, chat: str, new: str) -> None:
        """The channel knows this chat by another id now; its old messages are out of reach. Nothing for an unknown one.

        Where the new id is known already, that one's screen counts and the notices come after its own.
        """
        here = {"where": channel, "which": chat}
        self._work.write(_MOVE_NOTICES, {**here, "new": new})
        self._work.write(_STRIP_ALL, here)
        row = self._find(channel, chat)
        if row is None:
            return
        if self._find(channel, new) is not None:
            self._work.write(_DROP, here)
            return
        out_of_reach = {"shown_message": None, "shown_digest": None, "unreachable_at": None}
        version = row.wanted_version and row.wanted_version + 1
        self._work.write(_MOVED, {**here, "chat_id": new, **out_of_reach, "wanted_version": version})

    def unreachable(self, channel: str, chat: str, at: datetime | None) -> None:
        """The chat cannot be reached since then; None: it can. All that it must show is kept. LookupError."""
        self._change(_REACHED, self._row(channel, chat), unreachable_at=at)

    def _find(self, channel: str, chat: str) -> _Chat | None:
        return self._work.row(_CHATS, channel, chat)

    def _row(self, channel: str, chat: str) -> _Chat:
        row = self._find(channel, chat)
        if row is None:
            raise LookupError(chat)
        return row

    def _met(self, row: _Chat) -> None:
        self._work.write(_MEET, dict(zip(_COLUMNS, row, strict=False)), only=(row.channel, row.chat_id))

    def _change(self, statement: Update, row: _Chat, **columns: Any) -> None:  # noqa: ANN401  of many types
        self._changed(statement, {"where": row.channel, "which": row.chat_id}, columns)

    def _changed(self, statement: Update, asked: Mapping[str, str], columns: Mapping[str, object]) -> bool:
        """Carry out an update of one chat that sets these columns; whether it was done. asked: where, and what else."""
        key = (asked["where"], asked["which"])
        known = self._work.known(_CHATS, *key)  # not what the caller has: a button may be owed since
        done = bool(self._work.write(statement, {**asked, **columns}, only=key).rowcount)
        if done and known is not None:
            self._work.know(_CHATS, replaced(known, columns), *key)
        return done

    def _moves_to(self, row: _Chat, message: str | None) -> None:
        """This message is the chat's card from now on. The card of now is no stray already."""
        if message == row.shown_message:
            return
        if message is not None:
            self.stripped(row.channel, row.chat_id, message)
        if row.shown_message is not None:
            self._stray(row.channel, row.chat_id, row.shown_message)

    def _stray(self, channel: str, chat: str, message: str) -> None:
        if message not in self._strays(channel, chat):
            self._work.write(_ADD_STRAY, {"channel": channel, "chat_id": chat, "message": message})

    def _strays(self, channel: str, chat: str) -> tuple[str, ...]:
        return tuple(self._work.read(_STRAYS, {"where": channel, "which": chat}).scalars())

    def _states(self, statement: Asked, **params: object) -> tuple[ChatState, ...]:
        return tuple(_state(_Chat(*row)) for row in self._work.read(statement, params))


def _state(row: _Chat, strays: tuple[str, ...] = ()) -> ChatState:
    return ChatState(
        row.channel,
        row.chat_id,
        row.person,
        row.wanted_screen,
        row.wanted_version,
        row.fresh_version > row.shown_version,
        row.shown_version,
        row.shown_message,
        row.shown_digest,
        row.unreachable_at,
        row.last_seen_at,
        row.hint or "",
        strays,
    )
