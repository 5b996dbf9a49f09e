"""Guests: people whom an invitation brought, and who must leave nothing behind when nothing comes of it.

Must not know invitations' rules, or what a guest is shown.
"""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

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


class Guests:
    """Part of a unit of work: those who may go again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def let_go(self, channel: str, chat: str) -> None:
        """Forget the guest of this chat, where they stand nowhere any more and the chat shows all that it must."""
        person = self._leaving(channel, chat)
        if person is not None:
            self.forget(person)

    def _leaving(self, channel: str, chat: str) -> str | None:
        shown = (col(ChatRow.shown_version) >= col(ChatRow.wanted_version), FocusRow.place == "")
        query = select(PersonRow.id).where(
            ChatRow.channel == channel,
            ChatRow.chat_id == chat,
            PersonRow.id == ChatRow.person,
            FocusRow.person == PersonRow.id,
            FocusRow.channel == channel,
            col(PersonRow.guest),
            *shown,
            ~select(StrayRow).where(StrayRow.channel == channel, StrayRow.chat_id == chat).exists(),
        )
        return self._session.exec(query).first()

    def since(self, before: datetime) -> tuple[str, ...]:
        """Guests who came before that time and wait for no answer."""
        waits = select(InviteRow).where(InviteRow.taken_by == PersonRow.id, col(InviteRow.settled_at).is_(None))
        query = select(PersonRow.id).where(col(PersonRow.guest), PersonRow.created_at < before, ~waits.exists())
        return tuple(self._session.exec(query))

    def forget(self, person: str) -> None:
        """Everything that is known of a guest. Nothing for somebody who is none, or belongs to an assessment."""
        row = self._session.get(PersonRow, person)
        belongs = select(MembershipRow.assessment).where(MembershipRow.person == person).limit(1)
        if row is None or not row.guest or self._session.exec(belongs).first() is not None:
            return
        for chat in self._session.exec(select(ChatRow).where(ChatRow.person == person)).all():
            for table in (StrayRow, NoticeRow):
                mine = (col(table.channel) == chat.channel, col(table.chat_id) == chat.chat_id)
                self._session.exec(delete(table).where(*mine))
            ended = (col(InboxRow.chat_key) == chat.chat_id, col(InboxRow.state) != "new")
            nothing = {"state": "done", "raw": None, "reason": None, "chat_key": ""}
            self._session.exec(update(InboxRow).where(*ended).values(**nothing))
            self._session.delete(chat)
        self._session.exec(update(InviteRow).where(col(InviteRow.taken_by) == person).values(taken_by=None))
        self._session.exec(delete(FocusRow).where(col(FocusRow.person) == person))
        self._session.exec(delete(AccountRow).where(col(AccountRow.person) == person))
        self._session.flush()
        self._session.delete(row)
        self._session.flush()
