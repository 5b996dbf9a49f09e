"""What each chat must show and what it shows; the presenter makes them agree. Must not know what a screen is."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from bot.store.tables import ChatRow, NoticeRow, StrayRow
from bot.store.values import ChatState

STRAYS = 20
"""Messages of a chat that are remembered for having buttons to lose; an old client can name any message."""


class Chats:
    """Part of a unit of work: chats by channel and the channel's own id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seen(self, channel: str, chat: str, person: str, at: datetime, hint: str = "") -> None:
        """The person spoke in this chat: it is known from now on, and can be reached.

        hint: the language that their client reports; '' leaves what was known.
        """
        row = self._session.get(ChatRow, (channel, chat))
        if row is None:
            self._session.add(ChatRow(channel=channel, chat_id=chat, person=person, last_seen_at=at, hint=hint or None))
        else:
            row.person, row.last_seen_at, row.unreachable_at = person, at, None
            row.hint = hint or row.hint
        self._session.flush()

    def want(self, channel: str, chat: str, screen_json: str, *, fresh: bool) -> int:
        """The newest wanted screen replaces the one before; its version. LookupError for a chat never seen.

        fresh: it needs a message of its own; that holds for later screens too until one of them was shown.
        """
        row = self._row(channel, chat)
        row.wanted_screen, row.wanted_version = screen_json, row.wanted_version + 1
        if fresh:
            row.fresh_version = row.wanted_version
        self._session.flush()
        return row.wanted_version

    def state(self, channel: str, chat: str) -> ChatState | None:
        """None: never seen."""
        row = self._session.get(ChatRow, (channel, chat))
        return None if row is None else _state(row, self._strays(channel, chat))

    def of(self, channel: str, person: str) -> tuple[ChatState, ...]:
        """The chats in which a person was last seen in this channel, the latest first."""
        query = select(ChatRow).where(ChatRow.person == person, ChatRow.channel == channel)
        return tuple(_state(row) for row in self._session.exec(query.order_by(col(ChatRow.last_seen_at).desc())))

    def everywhere(self, person: str) -> tuple[ChatState, ...]:
        """The chats of a person in all channels, in a fixed order: for what must reach them."""
        query = select(ChatRow).where(ChatRow.person == person)
        return tuple(_state(row) for row in self._session.exec(query.order_by(ChatRow.channel, ChatRow.chat_id)))

    def active(self, channel: str, since: datetime, *, after: str, limit: int) -> tuple[ChatState, ...]:
        """Reachable chats seen since then, in the order of their ids from after `after` on, at most limit."""
        query = select(ChatRow).where(
            ChatRow.channel == channel,
            col(ChatRow.last_seen_at) >= since,
            col(ChatRow.unreachable_at).is_(None),
            col(ChatRow.chat_id) > after,
        )
        rows = self._session.exec(query.order_by(col(ChatRow.chat_id)).limit(limit))
        return tuple(_state(row) for row in rows)

    def placed(self, channel: str, chat: str, version: int, message: str) -> None:
        """A message for the card stands there, still without buttons: from now on that one is edited. LookupError.

        It is fresh for every screen up to this version. The message before it is a stray.
        """
        row = self._row(channel, chat)
        self._moved_to(row, message)
        row.shown_digest = ""
        if row.fresh_version <= version:
            row.fresh_version = 0
        self._session.flush()

    def shown(self, channel: str, chat: str, version: int, message: str | None, digest: str) -> None:
        """The chat shows this version, in this message. A version older than the one shown is passed over. LookupError.

        A version wanted meanwhile stays wanted: the chat is then still behind.
        """
        row = self._row(channel, chat)
        if version >= row.shown_version:
            self._moved_to(row, message)
            row.shown_version, row.shown_digest = version, digest
            self._session.flush()

    def stray(self, channel: str, chat: str, message: str) -> None:
        """The person says that this message was the card once: its buttons go. Nothing for the card of now."""
        row = self._session.get(ChatRow, (channel, chat))
        if row is not None and message != row.shown_message and len(self._strays(channel, chat)) < STRAYS:
            self._stray(channel, chat, message)

    def stripped(self, channel: str, chat: str, message: str) -> None:
        """It has no buttons any more."""
        self._session.execute(delete(StrayRow).where(*_named(channel, chat), col(StrayRow.message) == message))

    def behind(self, channel: str) -> tuple[ChatState, ...]:
        """The chats that show less than they must, or buttons that they must not, longest unseen first.

        Unreachable ones are left in peace.
        """
        # Two queries: with an `or` between them neither index would be used, and this is asked at every turn.
        strays: dict[str, list[str]] = {}
        for chat, message in self._session.exec(
            select(StrayRow.chat_id, StrayRow.message).where(StrayRow.channel == channel)
        ):
            strays.setdefault(chat, []).append(message)
        reachable = select(ChatRow).where(ChatRow.channel == channel, col(ChatRow.unreachable_at).is_(None))
        rows = [
            *self._session.exec(reachable.where(col(ChatRow.shown_version) < col(ChatRow.wanted_version))),
            *self._session.exec(reachable.where(col(ChatRow.chat_id).in_(strays))),
        ]
        rows = list({row.chat_id: row for row in rows}.values())
        rows.sort(key=lambda row: (row.last_seen_at, row.chat_id))
        return tuple(_state(row, tuple(strays.get(row.chat_id, ()))) for row in rows)

    def move(self, channel: str, chat: str, new: str) -> None:
        """The channel knows this chat by another id now; its old messages are out of reach. Nothing for an unknown one.

        Where the new id is known already, that one's screen counts and the notices come after its own.
        """
        notices = update(NoticeRow).where(col(NoticeRow.channel) == channel, col(NoticeRow.chat_id) == chat)
        self._session.execute(notices.values(chat_id=new))
        self._session.execute(delete(StrayRow).where(*_named(channel, chat)))
        row = self._session.get(ChatRow, (channel, chat))
        if row is None:
            return
        if self._session.get(ChatRow, (channel, new)) is not None:
            self._session.delete(row)
        else:
            row.chat_id, row.shown_message, row.shown_digest, row.unreachable_at = new, None, None, None
            if row.wanted_version:
                row.wanted_version += 1
        self._session.flush()

    def unreachable(self, channel: str, chat: str, at: datetime | None) -> None:
        """The chat cannot be reached since then; None: it can. All that it must show is kept. LookupError."""
        self._row(channel, chat).unreachable_at = at
        self._session.flush()

    def _row(self, channel: str, chat: str) -> ChatRow:
        row = self._session.get(ChatRow, (channel, chat))
        if row is None:
            raise LookupError(chat)
        return row

    def _moved_to(self, row: ChatRow, message: str | None) -> None:
        """This message is the chat's card from now on."""
        before, row.shown_message = row.shown_message, message
        if message is not None:
            self.stripped(row.channel, row.chat_id, message)
        if before is not None and before != message:
            self._stray(row.channel, row.chat_id, before)

    def _stray(self, channel: str, chat: str, message: str) -> None:
        self._session.merge(StrayRow(channel=channel, chat_id=chat, message=message))
        self._session.flush()

    def _strays(self, channel: str, chat: str) -> tuple[str, ...]:
        return tuple(self._session.exec(select(StrayRow.message).where(*_named(channel, chat))))


def _state(row: ChatRow, strays: tuple[str, ...] = ()) -> ChatState:
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


def _named(channel: str, chat: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(StrayRow.channel) == channel, col(StrayRow.chat_id) == chat
