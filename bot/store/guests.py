"""Guests: people whom an invitation brought, and who must leave nothing behind when nothing comes of it.

Must not know invitations' rules, or what a guest is shown.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, exists, select, update

from bot.store.tables import (
    AccountRow,
    ChatRow,
    FocusRow,
    InboxRow,
    InviteRow,
    MembershipRow,
    NoticeRow,
    PersonRow,
    StrayRow,
)
from bot.store.tables.base import table_of
from bot.store.work import Work

_PERSON: Final = table_of(PersonRow)
_CHAT: Final = table_of(ChatRow)
_STRAY: Final = table_of(StrayRow)
_NOTICE: Final = table_of(NoticeRow)
_INBOX: Final = table_of(InboxRow)
_FOCUS: Final = table_of(FocusRow)
_INVITE: Final = table_of(InviteRow)
_MEMBERSHIP: Final = table_of(MembershipRow)

_LEAVING: Final = (
    select(_PERSON.c.id)
    .where(_CHAT.c.channel == bindparam("where"), _CHAT.c.chat_id == bindparam("which"))
    .where(_PERSON.c.id == _CHAT.c.person, _PERSON.c.guest)
    .where(_FOCUS.c.person == _PERSON.c.id, _FOCUS.c.channel == bindparam("where"), _FOCUS.c.place == "")
    .where(_CHAT.c.shown_version >= _CHAT.c.wanted_version)
    .where(~exists().where(_STRAY.c.channel == bindparam("where"), _STRAY.c.chat_id == bindparam("which")))
)
_WAITS: Final = exists().where(_INVITE.c.taken_by == _PERSON.c.id, _INVITE.c.settled_at.is_(None))
_SINCE: Final = select(_PERSON.c.id).where(_PERSON.c.guest, _PERSON.c.created_at < bindparam("before"), ~_WAITS)
_BELONGS: Final = exists().where(_MEMBERSHIP.c.person == _PERSON.c.id)
_FREE: Final = select(_PERSON.c.id).where(_PERSON.c.id == bindparam("who"), _PERSON.c.guest, ~_BELONGS)
_CHATS: Final = select(_CHAT.c.channel, _CHAT.c.chat_id).where(_CHAT.c.person == bindparam("who"))
_OF_CHAT: Final = tuple(
    delete(table).where(table.c.channel == bindparam("where"), table.c.chat_id == bindparam("which"))
    for table in (_STRAY, _NOTICE, _CHAT)
)
_ENDED: Final = (
    update(_INBOX)
    .where(_INBOX.c.chat_key == bindparam("which"), _INBOX.c.state != "new")
    .values(state="done", raw=None, reason=None, chat_key="")
)
_OF_PERSON: Final = tuple(
    delete(table).where(table.c.person == bindparam("who")) for table in (_FOCUS, table_of(AccountRow))
)
_GO: Final = delete(_PERSON).where(_PERSON.c.id == bindparam("who"))


class Guests:
    """Part of a unit of work: those who may go again."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def let_go(self, channel: str, chat: str) -> None:
        """Forget the guest of this chat, where they stand nowhere any more and the chat shows all that it must."""
        person = self._work.read(_LEAVING, {"where": channel, "which": chat}).scalar()
        if person is not None:
            self.forget(person)

    def since(self, before: datetime) -> tuple[str, ...]:
        """Guests who came before that time and wait for no answer."""
        return tuple(self._work.read(_SINCE, {"before": before}).scalars())

    def forget(self, person: str) -> None:
        """Everything that is known of a guest. Nothing for somebody who is none, or belongs to an assessment."""
        who = {"who": person}
        if self._work.read(_FREE, who).first() is None:
            return
        for channel, chat in self._work.read(_CHATS, who).all():
            for statement in _OF_CHAT:
                self._work.write(statement, {"where": channel, "which": chat})
            self._work.write(_ENDED, {"which": chat})
        invited = update(InviteRow).where(_INVITE.c.taken_by == person)
        self._work.session.execute(invited.values(taken_by=None))
        for statement in (*_OF_PERSON, _GO):
            self._work.write(statement, who)
