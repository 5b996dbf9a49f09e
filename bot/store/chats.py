"""What each chat must show and what it shows; the presenter makes them agree. Must not know what a screen is."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.store.tables import ChatRow
from bot.store.values import ChatState


class Chats:
    """Part of a unit of work: chats by channel and the channel's own id."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seen(self, channel: str, chat: str, person: str, at: datetime) -> None:
        """The person spoke in this chat: it is known from now on, and can be reached."""
        row = self._session.get(ChatRow, (channel, chat))
        if row is None:
            self._session.add(ChatRow(channel=channel, chat_id=chat, person=person, last_seen_at=at))
        else:
            row.person, row.last_seen_at, row.unreachable_at = person, at, None
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
        return None if row is None else _state(row)

    def of(self, channel: str, person: str) -> tuple[ChatState, ...]:
        """The chats in which a person was last seen in this channel, the latest first."""
        query = select(ChatRow).where(ChatRow.person == person, ChatRow.channel == channel)
        return tuple(_state(row) for row in self._session.exec(query.order_by(col(ChatRow.last_seen_at).desc())))

    def shown(self, channel: str, chat: str, version: int, message: str | None, digest: str) -> None:
        """The chat shows this version, in this message. A version older than the one shown is passed over. LookupError.

        A version wanted meanwhile stays wanted: the chat is then still behind.
        """
        row = self._row(channel, chat)
        if version >= row.shown_version:
            row.shown_version, row.shown_message, row.shown_digest = version, message, digest
            self._session.flush()

    def behind(self, channel: str) -> tuple[ChatState, ...]:
        """The chats that show less than they must, longest unseen first; unreachable ones are left in peace."""
        query = select(ChatRow).where(
            ChatRow.channel == channel,
            col(ChatRow.shown_version) < col(ChatRow.wanted_version),
            col(ChatRow.unreachable_at).is_(None),
        )
        rows = self._session.exec(query.order_by(col(ChatRow.last_seen_at), col(ChatRow.chat_id)))
        return tuple(_state(row) for row in rows)

    def unreachable(self, channel: str, chat: str, at: datetime | None) -> None:
        """The chat cannot be reached since then; None: it can. All that it must show is kept. LookupError."""
        self._row(channel, chat).unreachable_at = at
        self._session.flush()

    def _row(self, channel: str, chat: str) -> ChatRow:
        row = self._session.get(ChatRow, (channel, chat))
        if row is None:
            raise LookupError(chat)
        return row


def _state(row: ChatRow) -> ChatState:
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
    )
