"""What is done to a copy of the database before it becomes the one in use again. Must not know files or backups.

A backup brings back what was erased after it was made. What was erased is known from the database of before, and is
erased again (RELIABILITY 6).
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, delete, select, update
from sqlmodel import col

from bot.domain.entries import Draft, TextErased
from bot.domain.entries import Erased as WholeErased
from bot.domain.record import Source
from bot.domain.scheme import QuestionId
from bot.store.assessments import Assessments
from bot.store.entries import Entries
from bot.store.erased import Erased, Erasure
from bot.store.erasing import Erasing
from bot.store.errors import translated
from bot.store.tables import EntryRow, FetchRow, LeaseRow, PersonRow
from bot.store.tables.base import table_of
from bot.store.values import Meta
from bot.store.work import Work, working

_PERSON = table_of(PersonRow)
_ENTRY = table_of(EntryRow)

CHANNEL = "operator"
"""The source of entries that the command line makes."""


def prepare(engine: Engine, erased: Erased, at: datetime, new_salt: Callable[[], bytes]) -> tuple[str, ...]:
    """Erase again what `erased` says, and free the leases of whoever ran then; the assessments that lost something.

    erased: what the database of before says. What the copy has erased too, by its hash, is passed over.
    """
    with translated(), working(engine, writing=True) as work:
        copy = _Copy(work, at, new_salt)
        again = {one for one, erasure in sorted(erased.wholes.items()) if copy.erase(one, erasure)}
        for one, texts in sorted(erased.texts.items()):
            if one not in erased.wholes and sum(copy.erase_text(one, erasure) for erasure in texts):
                again.add(one)
        for gone in erased.people:
            if work.read(select(_PERSON.c.id).where(_PERSON.c.id == gone.person)).first() is not None:
                copy.forget(gone.person, gone.at)
        work.session.execute(delete(LeaseRow))
        work.keep()
    return tuple(sorted(again))


class _Copy:
    """The copy, within one transaction. Its own chains go on with entries that say what was erased again."""

    def __init__(self, work: Work, at: datetime, new_salt: Callable[[], bytes]) -> None:
        self._work, self._at = work, at
        self._entries = Entries(work, new_salt)
        self._assessments = Assessments(work, str, str)

    def erase(self, assessment: str, erasure: Erasure) -> bool:
        """Whether there was something to erase."""
        if not self._append(assessment, erasure, Draft(WholeErased(erasure.reason))):
            return False
        self._entries.erase_bodies(assessment, erasure.seq)
        self._assessments.project(assessment, name="", answered=0, asked=0, touched_at=self._at, state="deleted")
        files = update(FetchRow).where(col(FetchRow.assessment) == assessment)
        self._work.session.execute(files.values(state="removed", sha256=None, not_before=None))
        Erasing(self._work).places(assessment)
        return True

    def erase_text(self, assessment: str, erasure: Erasure) -> bool:
        """Whether the note is in the copy, and was erased in it."""
        its = (_ENTRY.c.assessment == assessment, _ENTRY.c.seq == erasure.of)
        note = self._work.read(select(_ENTRY.c.kind, _ENTRY.c.sheet, _ENTRY.c.question).where(*its)).one_or_none()
        if note is None or note.kind != "noted":
            return False
        draft = Draft(TextErased(erasure.of, erasure.reason), note.sheet, QuestionId.parse(note.question))
        if not self._append(assessment, erasure, draft):
            return False
        erasing = Erasing(self._work)
        self._entries.erase_note(assessment, erasure.of)
        erasing.raws()
        for channel, chat, _ in erasing.screens(assessment):
            erasing.blank(channel, chat)
        return True

    def forget(self, person: str, at: datetime) -> None:
        """Nobody is shown a last word: they read it before."""
        erasing = Erasing(self._work)
        for assessment in erasing.known_in(person):
            for channel, chat, _ in erasing.screens(assessment):
                erasing.blank(channel, chat)
        erasing.person(person, at)
        erasing.sweep(self._at)

    def _append(self, assessment: str, erasure: Erasure, draft: Draft) -> bool:
        """Say it in the copy's chain; not where it says so already, or does not know the assessment."""
        listed = self._assessments.for_operator(assessment)
        if listed is None or any(record.hash == erasure.hash for record in self._entries.recorded(assessment)):
            return False
        meta = Meta(self._at, erasure.person, erasure.role, listed.scheme_digest, Source(CHANNEL))
        self._entries.append(assessment, [draft], meta)
        return True
