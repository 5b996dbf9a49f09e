"""The unit of work: one transaction, all that it stores or nothing, with one attribute per part of the store.

Must not know use cases. Ids, short names and salts come from outside, so that chance has one place.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeAlias, TypeVar

from sqlalchemy import Engine

from bot.store.assessments import Assessments
from bot.store.chats import Chats
from bot.store.disk import Disk
from bot.store.drafts import Drafts
from bot.store.engine import BUSY_SECONDS, empty_log, file_of
from bot.store.entries import Entries
from bot.store.erasing import Erasing
from bot.store.errors import StoreBusy, translate, translated
from bot.store.evidence import Blobs, Fetches
from bot.store.focus import Foci
from bot.store.group import Group, Savepoint
from bot.store.guests import Guests
from bot.store.inbox import Inbox
from bot.store.invites import Invites
from bot.store.leases import Leases
from bot.store.notices import Notices
from bot.store.overview import Overview
from bot.store.pen import Pen
from bot.store.people import People
from bot.store.presence import Presences
from bot.store.reminders import Reminders
from bot.store.schemes import Schemes
from bot.store.vault import EVIDENCE, Vault
from bot.store.work import Work, working

P = TypeVar("P")
Making: TypeAlias = tuple[Callable[[], bytes], Callable[[], str], Callable[[], str]]
"""Of salts, ids and refs."""


class _Part(Generic[P]):
    """A part of a unit, made when it is first asked for: a tap needs a third of them."""

    def __init__(self, make: Callable[..., P], *more: str) -> None:
        """more: names of what else than its work a unit hands to the part."""
        self._make, self._more = make, more

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, unit: "Unit", owner: type) -> P:
        more = [getattr(unit, name) for name in self._more] if self._more else ()
        part = self._make(unit.work, *more)
        unit.__dict__[self._name] = part  # and found there from now on
        return part


class Unit:
    """What can be loaded and stored within one transaction. Of no use once the `with` is left."""

    def __init__(
        self,
        work: Work,
        new_salt: Callable[[], bytes],
        new_id: Callable[[], str],
        new_ref: Callable[[], str],
    ) -> None:
        self.work, self.new_salt, self.new_id, self.new_ref = work, new_salt, new_id, new_ref

    @property
    def erased(self) -> bool:
        """Whether something was erased in it."""
        return "erasing" in self.__dict__ and self.erasing.asked

    people = _Part(People, "new_id")
    schemes = _Part(Schemes)
    assessments = _Part(Assessments, "new_id", "new_ref")
    entries = _Part(Entries, "new_salt")
    inbox = _Part(Inbox)
    invites = _Part(Invites, "new_id")
    guests = _Part(Guests)
    focus = _Part(Foci)
    chats = _Part(Chats)
    notices = _Part(Notices)
    lease = _Part(Leases)
    presence = _Part(Presences)
    fetches = _Part(Fetches)
    blobs = _Part(Blobs)
    erasing = _Part(Erasing)
    drafts = _Part(Drafts)
    reminders = _Part(Reminders, "new_id")
    overview = _Part(Overview)


class Store:
    """The way to units of work; may be shared by threads. disk: what the database stands on; vault: bytes of evidence.

    new_salt: 16 random bytes; new_id: 26 random characters; new_ref: 8 random characters, tried again while taken.
    data: the folder that evidence is kept below; None: that of the database.
    """

    def __init__(
        self,
        engine: Engine,
        new_salt: Callable[[], bytes],
        new_id: Callable[[], str],
        new_ref: Callable[[], str],
        data: Path | None = None,
    ) -> None:
        self._engine = engine
        self._making = (new_salt, new_id, new_ref)
        self.disk = Disk(file_of(engine))
        self.vault = Vault((data or file_of(engine).parent) / EVIDENCE)
        # SQLite's own waiting is not fair, and two writers at one instant can damage a WAL before SQLite 3.51.3.
        self._writer = threading.Lock()
        self._pen = Pen(engine)
        self._group = Group(self._pen)
        self._log_due = True  # what was erased before a kill may still stand in the log

    @contextmanager
    def together(self) -> Iterator[None]:
        """Units of this thread inside are kept with one commit at the end, each in a savepoint of its own.

        One that fails leaves nothing behind and does not harm the others. GroupLost where the whole cannot be kept:
        then nothing of it was stored. Nothing is begun before the first that writes; those that only read after it
        see what it wrote. Not to be nested.
        """
        with translated(), self._group.gathering(self._writer):
            yield
        if self._group.erased:
            self.forget_log()

    def write(self) -> AbstractContextManager[Unit]:
        """A unit that begins with BEGIN IMMEDIATE, commits at the end, and rolls back on any exception.

        Leaves with StoreBusy after ten seconds of waiting, StoreConflict where somebody else was first, or another
        StoreError; nothing of it is stored then. Not to be nested.
        """
        return _Within(self, self._group, self._making) if self._group.here else self._alone()

    @contextmanager
    def _alone(self) -> Iterator[Unit]:
        if not self._writer.acquire(timeout=BUSY_SECONDS):
            raise StoreBusy("another writer takes too long")
        try:
            with translated(), self._pen.writing() as work:
                unit = Unit(work, *self._making)
                yield unit
                work.keep()
            if unit.erased:
                self._log_due = not empty_log(self._engine)
        finally:
            self._writer.release()

    def forget_log(self) -> None:
        """Empty the write-ahead log where it may still hold what was erased; later again while somebody reads.

        Within a group that is done after its commit: the group holds the writer's place.
        """
        if self._log_due and self._group.here:
            self._group.erased = True
            return
        if not self._log_due or not self._writer.acquire(timeout=BUSY_SECONDS):
            return
        try:
            self._log_due = not empty_log(self._engine)
        finally:
            self._writer.release()

    def was_erased(self) -> None:
        """Within a group: once it is kept, the log still holds what was erased."""
        self._log_due = self._group.erased = True

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A unit that sees one moment of the database and may change nothing: StoreReadOnly."""
        with translated(), self._group.reading() or working(self._engine) as work:
            yield Unit(work, *self._making)
            work.keep()

    def close(self) -> None:
        """Let go of the file: with the last connection the log is written back and removed. Usable again after it."""
        self._engine.dispose()


class _Within:
    """A unit within a group. By hand, since every tap has two: contextlib's way takes longer than all that it does."""

    __slots__ = ("_group", "_making", "_point", "_store", "_unit")

    def __init__(self, store: Store, group: Group, making: Making) -> None:
        self._store, self._group, self._making = store, group, making

    def __enter__(self) -> Unit:
        try:
            self._point: Savepoint = self._group.savepoint()
        except Exception as error:
            translate(error)
            raise
        self._unit = Unit(self._point.work, *self._making)
        return self._unit

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            try:
                if error is None:
                    self._point.work.keep()
            finally:
                self._point.close()
        except Exception as raised:
            translate(raised)
            raise
        if error is not None:
            translate(error)
        elif self._unit.erased:
            self._store.was_erased()
