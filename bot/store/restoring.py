"""What is done to a copy of the database before it becomes the one in use again. Must not know files or backups.

A backup brings back what was deleted after it was made. The deletions are entries, so they can be found in the
database of before and made again (RELIABILITY 6).
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from bot.domain.entries import Draft, Erased
from bot.domain.record import Source
from bot.store.assessments import Assessments
from bot.store.contents import Erasure
from bot.store.engine import WRITING
from bot.store.entries import Entries
from bot.store.errors import translated
from bot.store.tables import ChatRow, FocusRow, LeaseRow, MembershipRow, SheetRow
from bot.store.values import Meta

CHANNEL = "operator"
"""The source of entries that the command line makes."""


def prepare(
    engine: Engine, erased: Mapping[str, Erasure], at: datetime, new_salt: Callable[[], bytes]
) -> tuple[str, ...]:
    """Erase again what `erased` says, and free the leases of whoever ran then; the assessments that were erased.

    erased: the erasures of the database of before. Those that the copy has too, by their hash, are passed over.
    """
    again = []
    with translated(), Session(engine) as session:
        session.connection(execution_options=WRITING)
        for assessment, erasure in sorted(erased.items()):
            if _erase(session, assessment, erasure, at, new_salt):
                again.append(assessment)
        session.exec(delete(LeaseRow))
        session.commit()
    return tuple(again)


def _erase(session: Session, assessment: str, erasure: Erasure, at: datetime, new_salt: Callable[[], bytes]) -> bool:
    """Whether there was something to erase. The copy's own chain goes on with an entry that says so."""
    entries = Entries(session, new_salt)
    assessments = Assessments(session, str, str)
    listed = assessments.for_operator(assessment)
    if listed is None or any(record.hash == erasure.hash for record in entries.recorded(assessment)):
        return False
    meta = Meta(at, erasure.person, erasure.role, listed.scheme_digest, Source(CHANNEL))
    entries.append(assessment, [Draft(Erased(erasure.reason))], meta)
    entries.erase_bodies(assessment, erasure.seq)
    assessments.project(assessment, name="", answered=0, asked=0, touched_at=at, state="deleted")
    _forget(session, assessment)
    return True


def _forget(session: Session, assessment: str) -> None:
    """Texts and screens outside the record that may quote it: where people stood, and what they were to be shown."""
    sheets = set(session.exec(select(SheetRow.ref).where(SheetRow.assessment == assessment)))
    for focus in session.exec(select(FocusRow)):
        if focus.assessment == assessment:
            focus.place, focus.assessment, focus.sheet, focus.question, focus.argument = "", "", "", "", ""
            focus.expects = "rating"
        waiting = json.loads(focus.pending)
        focus.pending = json.dumps([one for one in waiting if one["sheet"] not in sheets])
    members = select(MembershipRow.person).where(MembershipRow.assessment == assessment)
    for chat in session.exec(select(ChatRow).where(col(ChatRow.person).in_(members))):
        chat.wanted_screen, chat.shown_version = None, chat.wanted_version
    session.flush()
