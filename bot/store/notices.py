"""Messages that are never merged or dropped: seals, "not saved", reminders. Must not know what they say."""

from datetime import datetime

from sqlalchemy import and_, exists
from sqlmodel import Session, col, select

from bot.store.tables import ChatRow, NoticeRow
from bot.store.values import Notice


class Notices:
    """Part of a unit of work: the queue of notices."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, channel: str, chat: str, content_json: str, at: datetime) -> int:
        """Queue a notice; its id. The chat need not have been seen yet."""
        row = NoticeRow(channel=channel, chat_id=chat, content=content_json, created_at=at, state="waiting")
        self._session.add(row)
        self._session.flush()
        return row.id or 0

    def waiting(self, channel: str, chat: str | None = None) -> tuple[Notice, ...]:
        """What is to be sent, in the order it was added; those of unreachable chats wait on unseen."""
        same = and_(col(ChatRow.channel) == col(NoticeRow.channel), col(ChatRow.chat_id) == col(NoticeRow.chat_id))
        lost = exists().where(same, col(ChatRow.unreachable_at).is_not(None))
        query = select(NoticeRow).where(NoticeRow.state == "waiting", NoticeRow.channel == channel, ~lost)
        if chat is not None:
            query = query.where(NoticeRow.chat_id == chat)
        return tuple(_notice(row) for row in self._session.exec(query.order_by(col(NoticeRow.id))))

    def claim(self, notice_id: int) -> Notice | None:
        """About to be sent: counts the attempt, to be committed before sending. None: no longer waiting. LookupError.

        attempts > 1 in what this gives: an earlier attempt may have got through.
        """
        row = self._row(notice_id)
        if row.state != "waiting":
            return None
        row.attempts += 1
        self._session.flush()
        return _notice(row)

    def not_sent(self, notice_id: int, *, maybe: bool) -> None:
        """The attempt that was claimed failed for sure. LookupError.

        maybe: not quite for sure; then one attempt stays counted, however often this happens.
        """
        row = self._row(notice_id)
        if row.state == "waiting":
            row.attempts = max(row.attempts - 1, 1 if maybe else 0)
            self._session.flush()

    def told(self, notice_id: int, message: str | None) -> None:
        """While it waits, this message says how far it is; None: none does. LookupError."""
        row = self._row(notice_id)
        if row.state == "waiting":
            row.message = message
            self._session.flush()

    def sent(self, notice_id: int, message: str, at: datetime) -> None:
        """It stands in the chat as this message. LookupError."""
        row = self._row(notice_id)
        row.state, row.message, row.sent_at = "sent", message, at
        self._session.flush()

    def failed(self, notice_id: int, reason: str) -> Notice:
        """It can never be sent; what may succeed later just stays waiting. LookupError."""
        row = self._row(notice_id)
        row.state, row.reason, row.message = "failed", reason, None
        self._session.flush()
        return _notice(row)

    def _row(self, notice_id: int) -> NoticeRow:
        row = self._session.get(NoticeRow, notice_id)
        if row is None:
            raise LookupError(notice_id)
        return row


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        row.id or 0,
        row.channel,
        row.chat_id,
        row.content,
        row.created_at,
        row.state,
        row.attempts,
        row.message,
        row.sent_at,
        row.reason,
    )
