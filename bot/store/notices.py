"""Messages that are never merged or dropped: seals, "not saved", reminders. Must not know what they say."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Update, bindparam, exists, insert, select, update

from bot.store.tables import ChatRow, NoticeRow
from bot.store.tables.base import table_of
from bot.store.values import Notice
from bot.store.work import Asked, Work

_NOTICE: Final = table_of(NoticeRow)
_CHAT: Final = table_of(ChatRow)
_COLUMNS: Final = {field.name: "chat_id" if field.name == "chat" else field.name for field in fields(Notice)}
_ALL: Final = select(*(_NOTICE.c[column] for column in _COLUMNS.values()))
_GET: Final = _ALL.where(_NOTICE.c.id == bindparam("which"))
_LOST: Final = exists().where(
    _CHAT.c.channel == _NOTICE.c.channel, _CHAT.c.chat_id == _NOTICE.c.chat_id, _CHAT.c.unreachable_at.is_not(None)
)
_WAITING: Final = _ALL.where(_NOTICE.c.state == "waiting", _NOTICE.c.channel == bindparam("where"), ~_LOST).order_by(
    _NOTICE.c.id
)
_WAITING_IN: Final = _WAITING.where(_NOTICE.c.chat_id == bindparam("chat"))
_ADD: Final = insert(_NOTICE)


def _set(*names: str) -> Update:
    its = update(_NOTICE).where(_NOTICE.c.id == bindparam("which"))
    return its.values({name: bindparam(name) for name in names})


_TRIED: Final = _set("attempts")
_TOLD: Final = _set("message")
_SENT: Final = _set("message", "sent_at").values(state="sent")
_FAILED: Final = _set("reason", "message").values(state="failed")


class Notices:
    """Part of a unit of work: the queue of notices. queued: whether one was added in it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.queued = False

    def add(self, channel: str, chat: str, content_json: str, at: datetime) -> int:
        """Queue a notice; its id. The chat need not have been seen yet."""
        row = {"channel": channel, "chat_id": chat, "content": content_json, "created_at": at}
        self.queued = True
        return self._work.write(_ADD, {**row, "state": "waiting", "attempts": 0}).rowid

    def waiting(self, channel: str, chat: str | None = None) -> tuple[Notice, ...]:
        """What is to be sent, in the order it was added; those of unreachable chats wait on unseen."""
        if chat is None:
            return self._notices(_WAITING, where=channel)
        return self._notices(_WAITING_IN, where=channel, chat=chat)

    def claim(self, notice_id: int) -> Notice | None:
        """About to be sent: counts the attempt, to be committed before sending. None: no longer waiting. LookupError.

        attempts > 1 in what this gives: an earlier attempt may have got through.
        """
        found = self._get(notice_id)
        return None if found.state != "waiting" else self._tried(found, found.attempts + 1)

    def not_sent(self, notice_id: int, *, maybe: bool) -> None:
        """The attempt that was claimed failed for sure. LookupError.

        maybe: not quite for sure; then one attempt stays counted, however often this happens.
        """
        found = self._get(notice_id)
        if found.state == "waiting":
            self._tried(found, max(found.attempts - 1, 1 if maybe else 0))

    def told(self, notice_id: int, message: str | None) -> None:
        """While it waits, this message says how far it is; None: none does. LookupError."""
        if self._get(notice_id).state == "waiting":
            self._work.write(_TOLD, {"which": notice_id, "message": message})

    def sent(self, notice_id: int, message: str, at: datetime) -> None:
        """It stands in the chat as this message. LookupError."""
        self._end(_SENT, notice_id, message=message, sent_at=at)

    def failed(self, notice_id: int, reason: str) -> Notice:
        """It can never be sent; what may succeed later just stays waiting. LookupError."""
        self._end(_FAILED, notice_id, reason=reason, message=None)
        return self._get(notice_id)

    def _get(self, notice_id: int) -> Notice:
        found = self._notices(_GET, which=notice_id)
        if not found:
            raise LookupError(notice_id)
        return found[0]

    def _tried(self, notice: Notice, attempts: int) -> Notice:
        self._work.write(_TRIED, {"which": notice.id, "attempts": attempts})
        return replace(notice, attempts=attempts)

    def _end(self, statement: Update, notice_id: int, **columns: object) -> None:
        if not self._work.write(statement, {"which": notice_id, **columns}).rowcount:
            raise LookupError(notice_id)

    def _notices(self, statement: Asked, **params: object) -> tuple[Notice, ...]:
        return tuple(Notice(*row) for row in self._work.read(statement, params))
