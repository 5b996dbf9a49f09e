"""Erasing what is known of a person outside the record, and what outside it may quote an erased text (RELIABILITY 6).

What they recorded stays under their random id. Must not know who may ask for it, or what they are told.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.store import drafts
from bot.store.tables import (
    AccountRow,
    AssessmentRow,
    ChatRow,
    EntryRow,
    FetchRow,
    FocusRow,
    InboxRow,
    InviteRow,
    MembershipRow,
    NoticeRow,
    PersonRow,
    ReminderRow,
    SheetRow,
    StrayRow,
)
from bot.store.unnaming import unname

_EMPTY = '{"kind":"text","text":""}'
"""What is left of a message that was sent."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person who was erased, and when."""

    person: str
    at: datetime


class Erasing:
    """Part of a unit of work. asked: whether something was erased in it, so that the log is to be emptied after it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked = False

    def person(self, person: str, at: datetime, *, now_handled: int = 0) -> None:
        """Name, accounts, wishes, where they stood, messages to and from their chats, their name in those of others.

        Their chats themselves go with `let_go`, once they show the last word. now_handled: the row of the inbox that
        asks for this, which is somebody else's to end. LookupError.
        """
        row = self._session.get(PersonRow, person)
        if row is None:
            raise LookupError(person)
        chats = self._session.exec(select(ChatRow.channel, ChatRow.chat_id).where(ChatRow.person == person)).all()
        for channel, chat in chats:
            self._traffic(channel, chat)
            self._unread(chat, at, now_handled)
        for table in (FocusRow, AccountRow, ReminderRow):
            self._session.exec(delete(table).where(col(table.person) == person))
        drafts.erase(self._session, person=person)
        self._invitations(person, at)
        self._sent(None)
        self.raws()
        unname(self._session, row.name)
        gone = select(AssessmentRow.id).where(AssessmentRow.state == "deleted")
        mine = (col(MembershipRow.person) == person, col(MembershipRow.assessment).in_(gone))
        self._session.exec(delete(MembershipRow).where(*mine))
        row.name, row.language, row.timezone, row.erased_at = "", "", "", at
        row.reminders, row.quiet_from, row.quiet_to, row.guest = False, "", "", False
        self._session.flush()
        self.asked = True

    def let_go(self, channel: str, chat: str) -> None:
        """The chat of an erased person is forgotten once it shows the last word and has no buttons left."""
        row = self._session.get(ChatRow, (channel, chat))
        if row is None or row.shown_version < row.wanted_version or not self._erased(row.person):
            return
        strays = select(StrayRow).where(StrayRow.channel == channel, StrayRow.chat_id == chat)
        if self._session.exec(strays).first() is None:
            self._drop(row)

    def sweep(self, before: datetime) -> None:
        """What is left after a while: of messages that were sent what they said, and the chats of erased people.

        Those go whatever they show: who blocked the bot reads no last word.
        """
        self._sent(before)
        gone = select(PersonRow.id).where(col(PersonRow.erased_at) < before)
        for row in self._session.exec(select(ChatRow).where(col(ChatRow.person).in_(gone))).all():
            self._drop(row)

    def raws(self) -> None:
        """All raw updates that were worked on: whoever read a text sent it back with every tap on that card."""
        done = (col(InboxRow.state) == "done", col(InboxRow.raw).is_not(None))
        self._session.exec(update(InboxRow).where(*done).values(raw=None))
        self.asked = True

    def known_in(self, person: str) -> tuple[str, ...]:
        """Assessments whose members may have the person's name before them: they wrote, belonged, or asked there."""
        asked = select(InviteRow.assessment).where(InviteRow.taken_by == person)
        offered = select(InviteRow.led_to).where(col(InviteRow.led_to).is_not(None), InviteRow.made_by == person)
        wrote = select(EntryRow.assessment).where(EntryRow.person == person)
        belonged = select(SheetRow.assessment).where(SheetRow.person == person)
        joined = select(MembershipRow.assessment).where(MembershipRow.person == person)
        found = (self._session.exec(query.distinct()) for query in (asked, offered, wrote, belonged, joined))
        return tuple(sorted({one for each in found for one in each if one}))

    def numbered(self, person: str) -> bool:
        """Whether entries of theirs hold the number of their chat: those of before it went by our id of them."""
        chat = col(EntryRow.source_chat).not_in(("", person))
        query = select(EntryRow.seq).where(EntryRow.person == person, chat).limit(1)
        return self._session.exec(query).first() is not None

    def screens(self, assessment: str) -> tuple[tuple[str, str, str], ...]:
        """(channel, chat, person) of the members' chats: what they are to show may quote an erased text."""
        members = select(MembershipRow.person).where(MembershipRow.assessment == assessment)
        rows = self._session.exec(
            select(ChatRow).where(col(ChatRow.person).in_(members)).order_by(col(ChatRow.chat_id))
        )
        return tuple((row.channel, row.chat_id, row.person) for row in rows)

    def places(self, assessment: str) -> None:
        """All outside the record that may quote an assessment: where people stood, what they were to be shown."""
        sheets = set(self._session.exec(select(SheetRow.ref).where(SheetRow.assessment == assessment)))
        for focus in self._session.exec(select(FocusRow)):
            if focus.assessment == assessment:
                focus.place, focus.assessment, focus.sheet, focus.question, focus.argument = "", "", "", "", ""
                focus.expects = "rating"
            waiting = json.loads(focus.pending)
            focus.pending = json.dumps([one for one in waiting if one["sheet"] not in sheets])
        drafts.erase(self._session, assessment=assessment)
        for channel, chat, _ in self.screens(assessment):
            self.blank(channel, chat)
        self._sent(None)
        self._session.flush()
        self.asked = True

    def blank(self, channel: str, chat: str) -> None:
        """The chat is to show nothing until it is asked for something. Nothing for an unknown one."""
        row = self._session.get(ChatRow, (channel, chat))
        if row is not None:
            row.wanted_screen, row.shown_version = None, row.wanted_version
            self._session.exec(delete(StrayRow).where(col(StrayRow.channel) == channel, col(StrayRow.chat_id) == chat))
            self._session.flush()

    def forgotten(self) -> tuple[Forgotten, ...]:
        """Everybody who was erased, by id."""
        rows = self._session.exec(select(PersonRow).where(col(PersonRow.erased_at).is_not(None)).order_by(PersonRow.id))
        return tuple(Forgotten(row.id, row.erased_at) for row in rows if row.erased_at is not None)

    def _erased(self, person: str) -> bool:
        row = self._session.get(PersonRow, person)
        return row is not None and row.erased_at is not None

    def _traffic(self, channel: str, chat: str) -> None:
        """What came from the chat and was worked on or given up, and what was sent there."""
        self._session.exec(delete(NoticeRow).where(col(NoticeRow.channel) == channel, col(NoticeRow.chat_id) == chat))
        ended = (col(InboxRow.chat_key) == chat, col(InboxRow.state) != "new")
        self._session.exec(update(InboxRow).where(*ended).values(state="done", raw=None, reason=None, chat_key=""))
        fetched = (col(FetchRow.channel) == channel, col(FetchRow.chat_id) == chat)
        self._session.exec(update(FetchRow).where(*fetched).values(chat_id=""))

    def _sent(self, before: datetime | None) -> None:
        """What was said in messages that nobody sends any more; it may name somebody. None: all of them."""
        ended = (col(NoticeRow.state) != "waiting", col(NoticeRow.content) != _EMPTY)
        old = () if before is None else (col(NoticeRow.created_at) < before,)
        self._session.exec(update(NoticeRow).where(*ended, *old).values(content=_EMPTY))

    def _unread(self, chat: str, at: datetime, now_handled: int) -> None:
        """What waits to be worked on is done with, unread."""
        waiting = (col(InboxRow.chat_key) == chat, col(InboxRow.id) != now_handled)
        ended = {"state": "done", "done_at": at, "raw": None, "reason": None, "not_before": None, "chat_key": ""}
        self._session.exec(update(InboxRow).where(*waiting).values(**ended))

    def _invitations(self, person: str, at: datetime) -> None:
        """Links of theirs are good for nothing any more, and they ask for nothing any more."""
        unsettled = col(InviteRow.settled_at).is_(None)
        made, taken = col(InviteRow.made_by) == person, col(InviteRow.taken_by) == person
        self._session.exec(update(InviteRow).where(taken, unsettled).values(outcome="declined", settled_at=at))
        self._session.exec(update(InviteRow).where(made, unsettled).values(outcome="revoked", settled_at=at))

    def _drop(self, row: ChatRow) -> None:
        self._traffic(row.channel, row.chat_id)
        mine = (col(StrayRow.channel) == row.channel, col(StrayRow.chat_id) == row.chat_id)
        self._session.exec(delete(StrayRow).where(*mine))
        self._session.exec(delete(FocusRow).where(col(FocusRow.person) == row.person))
        self._session.delete(row)
        self._session.flush()
        self.asked = True
