"""Erasing what is known of a person outside the record, and what outside it may quote an erased text (RELIABILITY 6).

What they recorded stays under their random id. Must not know who may ask for it, or what they are told.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, exists, select, update

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
from bot.store.tables.base import table_of
from bot.store.unnaming import unname
from bot.store.work import Work

_ASSESSMENT: Final = table_of(AssessmentRow)
_CHAT: Final = table_of(ChatRow)
_ENTRY: Final = table_of(EntryRow)
_FETCH: Final = table_of(FetchRow)
_FOCUS: Final = table_of(FocusRow)
_INBOX: Final = table_of(InboxRow)
_INVITE: Final = table_of(InviteRow)
_MEMBERSHIP: Final = table_of(MembershipRow)
_NOTICE: Final = table_of(NoticeRow)
_PERSON: Final = table_of(PersonRow)
_SHEET: Final = table_of(SheetRow)
_STRAY: Final = table_of(StrayRow)
_WITHOUT_STRAYS: Final = ~exists().where(_STRAY.c.channel == _CHAT.c.channel, _STRAY.c.chat_id == _CHAT.c.chat_id)
_LEFT: Final = (
    select(_CHAT.c.person)
    .where(_CHAT.c.channel == bindparam("where"), _CHAT.c.chat_id == bindparam("which"))
    .where(_CHAT.c.shown_version >= _CHAT.c.wanted_version, _WITHOUT_STRAYS)
    .where(_PERSON.c.id == _CHAT.c.person, _PERSON.c.erased_at.is_not(None))
)
"""Asked whenever a chat shows what it must; all else here is seldom."""

_EMPTY = '{"kind":"text","text":""}'
"""What is left of a message that was sent."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person who was erased, and when."""

    person: str
    at: datetime


class Erasing:
    """Part of a unit of work. asked: whether something was erased in it, so that the log is to be emptied after it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.asked = False

    def person(self, person: str, at: datetime, *, now_handled: int = 0) -> None:
        """Name, accounts, wishes, where they stood, messages to and from their chats, their name in those of others.

        Their chats themselves go with `let_go`, once they show the last word. now_handled: the row of the inbox that
        asks for this, which is somebody else's to end. LookupError.
        """
        name = self._work.read(select(_PERSON.c.name).where(_PERSON.c.id == person)).scalar()
        if name is None:
            raise LookupError(person)
        chats = select(_CHAT.c.channel, _CHAT.c.chat_id).where(_CHAT.c.person == person)
        for channel, chat in self._work.read(chats).all():
            self._traffic(channel, chat)
            self._unread(chat, at, now_handled)
        for table in (_FOCUS, table_of(AccountRow)):
            self._work.write(delete(table).where(table.c.person == person))
        self._work.session.execute(delete(ReminderRow).where(table_of(ReminderRow).c.person == person))
        drafts.erase(self._work, person=person)
        self._invitations(person, at)
        self._sent(None)
        self.raws()
        unname(self._work, name)
        gone = select(_ASSESSMENT.c.id).where(_ASSESSMENT.c.state == "deleted")
        mine = (_MEMBERSHIP.c.person == person, _MEMBERSHIP.c.assessment.in_(gone))
        self._work.write(delete(_MEMBERSHIP).where(*mine))
        nothing = {"name": "", "language": "", "timezone": "", "quiet_from": "", "quiet_to": ""}
        nobody = update(_PERSON).where(_PERSON.c.id == person).values(**nothing, reminders=False, guest=False)
        self._work.write(nobody.values(erased_at=at))
        self.asked = True

    def let_go(self, channel: str, chat: str) -> None:
        """The chat of an erased person is forgotten once it shows the last word and has no buttons left."""
        person = self._work.read(_LEFT, {"where": channel, "which": chat}).scalar()
        if person is not None:
            self._drop(channel, chat, person)

    def sweep(self, before: datetime) -> None:
        """What is left after a while: of messages that were sent what they said, and the chats of erased people.

        Those go whatever they show: who blocked the bot reads no last word.
        """
        self._sent(before)
        gone = select(_PERSON.c.id).where(_PERSON.c.erased_at < before)
        chats = select(_CHAT.c.channel, _CHAT.c.chat_id, _CHAT.c.person).where(_CHAT.c.person.in_(gone))
        for channel, chat, person in self._work.read(chats).all():
            self._drop(channel, chat, person)

    def raws(self) -> None:
        """All raw updates that were worked on: whoever read a text sent it back with every tap on that card."""
        done = (_INBOX.c.state == "done", _INBOX.c.raw.is_not(None))
        self._work.write(update(_INBOX).where(*done).values(raw=None))
        self.asked = True

    def known_in(self, person: str) -> tuple[str, ...]:
        """Assessments whose members may have the person's name before them: they wrote, belonged, or asked there."""
        asked = select(_INVITE.c.assessment).where(_INVITE.c.taken_by == person)
        offered = select(_INVITE.c.led_to).where(_INVITE.c.led_to.is_not(None), _INVITE.c.made_by == person)
        wrote = select(_ENTRY.c.assessment).where(_ENTRY.c.person == person)
        belonged = select(_SHEET.c.assessment).where(_SHEET.c.person == person)
        joined = select(_MEMBERSHIP.c.assessment).where(_MEMBERSHIP.c.person == person)
        found = (self._work.read(query.distinct()).scalars() for query in (asked, offered, wrote, belonged, joined))
        return tuple(sorted({one for each in found for one in each if one}))

    def numbered(self, person: str) -> bool:
        """Whether entries of theirs hold the number of their chat: those of before it went by our id of them."""
        chat = _ENTRY.c.source_chat.not_in(("", person))
        query = select(_ENTRY.c.seq).where(_ENTRY.c.person == person, chat).limit(1)
        return self._work.read(query).first() is not None

    def screens(self, assessment: str) -> tuple[tuple[str, str, str], ...]:
        """(channel, chat, person) of the members' chats: what they are to show may quote an erased text."""
        members = select(_MEMBERSHIP.c.person).where(_MEMBERSHIP.c.assessment == assessment)
        chats = select(_CHAT.c.channel, _CHAT.c.chat_id, _CHAT.c.person).where(_CHAT.c.person.in_(members))
        rows = self._work.read(chats.order_by(_CHAT.c.chat_id))
        return tuple((channel, chat, person) for channel, chat, person in rows)

    def places(self, assessment: str) -> None:
        """All outside the record that may quote an assessment: where people stood, what they were to be shown."""
        at_home = {"place": "", "assessment": "", "sheet": "", "question": "", "argument": "", "expects": "rating"}
        self._work.write(update(_FOCUS).where(_FOCUS.c.assessment == assessment).values(**at_home))
        sheets = set(self._work.read(select(_SHEET.c.ref).where(_SHEET.c.assessment == assessment)).scalars())
        pending = select(_FOCUS.c.person, _FOCUS.c.channel, _FOCUS.c.pending).where(_FOCUS.c.pending != "[]")
        for person, channel, texts in self._work.read(pending).all():
            kept = json.dumps([one for one in json.loads(texts) if one["sheet"] not in sheets])
            here = (_FOCUS.c.person == person, _FOCUS.c.channel == channel)
            self._work.write(update(_FOCUS).where(*here).values(pending=kept))
        drafts.erase(self._work, assessment=assessment)
        for channel, chat, _ in self.screens(assessment):
            self.blank(channel, chat)
        self._sent(None)
        self.asked = True

    def blank(self, channel: str, chat: str) -> None:
        """The chat is to show nothing until it is asked for something. Nothing for an unknown one."""
        here = (_CHAT.c.channel == channel, _CHAT.c.chat_id == chat)
        self._work.write(update(_CHAT).where(*here).values(wanted_screen=None, shown_version=_CHAT.c.wanted_version))
        self._work.write(delete(_STRAY).where(_STRAY.c.channel == channel, _STRAY.c.chat_id == chat))

    def forgotten(self) -> tuple[Forgotten, ...]:
        """Everybody who was erased, by id."""
        gone = select(_PERSON.c.id, _PERSON.c.erased_at).where(_PERSON.c.erased_at.is_not(None))
        return tuple(Forgotten(person, at) for person, at in self._work.read(gone.order_by(_PERSON.c.id)))

    def _traffic(self, channel: str, chat: str) -> None:
        """What came from the chat and was worked on or given up, and what was sent there."""
        self._work.write(delete(_NOTICE).where(_NOTICE.c.channel == channel, _NOTICE.c.chat_id == chat))
        ended = (_INBOX.c.chat_key == chat, _INBOX.c.state != "new")
        self._work.write(update(_INBOX).where(*ended).values(state="done", raw=None, reason=None, chat_key=""))
        fetched = update(FetchRow).where(_FETCH.c.channel == channel, _FETCH.c.chat_id == chat)
        self._work.session.execute(fetched.values(chat_id=""))

    def _sent(self, before: datetime | None) -> None:
        """What was said in messages that nobody sends any more; it may name somebody. None: all of them."""
        ended = (_NOTICE.c.state != "waiting", _NOTICE.c.content != _EMPTY)
        old = () if before is None else (_NOTICE.c.created_at < before,)
        self._work.write(update(_NOTICE).where(*ended, *old).values(content=_EMPTY))

    def _unread(self, chat: str, at: datetime, now_handled: int) -> None:
        """What waits to be worked on is done with, unread."""
        waiting = (_INBOX.c.chat_key == chat, _INBOX.c.id != now_handled)
        ended = {"state": "done", "done_at": at, "raw": None, "reason": None, "not_before": None, "chat_key": ""}
        self._work.write(update(_INBOX).where(*waiting).values(**ended))

    def _invitations(self, person: str, at: datetime) -> None:
        """Links of theirs are good for nothing any more, and they ask for nothing any more."""
        unsettled = _INVITE.c.settled_at.is_(None)
        made, taken = _INVITE.c.made_by == person, _INVITE.c.taken_by == person
        ends = update(InviteRow)
        self._work.session.execute(ends.where(taken, unsettled).values(outcome="declined", settled_at=at))
        self._work.session.execute(ends.where(made, unsettled).values(outcome="revoked", settled_at=at))

    def _drop(self, channel: str, chat: str, person: str) -> None:
        self._traffic(channel, chat)
        self._work.write(delete(_STRAY).where(_STRAY.c.channel == channel, _STRAY.c.chat_id == chat))
        self._work.write(delete(_FOCUS).where(_FOCUS.c.person == person))
        self._work.write(delete(_CHAT).where(_CHAT.c.channel == channel, _CHAT.c.chat_id == chat))
        self.asked = True
