"""The bytes of evidence, as they arrive: kept under their hash, or known to be lost. One transaction per call.

What is fetched survives a kill by the channel's own name of the file. Entries that say what became of it are nobody's
decision: they stand under who sent the file, or a lead where that person has left. Must not know how a channel hands
out files.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.domain import evidence_entries as v
from bot.domain.entries import Draft
from bot.domain.evidence import Evidence, full, twin
from bot.domain.record import Source
from bot.domain.refusals import UnknownAssessment
from bot.service import pictures
from bot.service.case import Case
from bot.service.cases import Cases, Stamp
from bot.service.channel import Due, Fetched, Job, Loss
from bot.service.filetypes import HEAD, PICTURES, type_of
from bot.service.notices import queue_text
from bot.service.reach import words_for
from bot.service.refreshing import refresh
from bot.service.world import World
from bot.store.disk import sync
from bot.store.evidence import Blob
from bot.store.unit import Unit
from bot.view import evidence_lines as lines
from bot.words import Words

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Waited:
    """A piece whose bytes are still waited for; chat: where it was sent."""

    case: Case
    one: Evidence
    chat: str


class FetchDesk:
    """The files of one channel that are to be fetched."""

    def __init__(self, world: World, channel: str) -> None:
        self._world, self._channel = world, channel

    def begin(self) -> None:
        """Before the first is fetched: what a process that was killed had begun to write goes. OSError."""
        self._world.store.vault.clear()

    def due(self) -> Due:
        """What may be fetched now."""
        now = self._world.clock()
        with self._world.store.read() as unit:
            rows = unit.fetches.due(self._channel, now, AT_ONCE)
            later = unit.fetches.next_due(self._channel)
        seconds = None if later is None else max(0.0, (later - now).total_seconds())
        return Due(tuple(Job(row.assessment, row.seq, row.file, row.attempts, row.reason) for row in rows), seconds)

    def part(self) -> Path:
        """A temporary file to write to. OSError."""
        return self._world.store.vault.part()

    def examined(self, part: Path, sha256: str, size: int) -> Fetched:
        """What was written there, safe on the disk, and a clean copy where it is a picture. Slow; no transaction.

        OSError. Whoever calls removes both files in the end.
        """
        with part.open("rb") as file:
            mime = type_of(file.read(HEAD))
        sync(part)
        if mime not in PICTURES:
            return Fetched(part, sha256, size, mime)
        target = self.part()
        drawn = pictures.cleaned(part, target)
        if not drawn:
            target.unlink(missing_ok=True)
            return Fetched(part, sha256, size, mime)
        sync(target)
        clean = Fetched(target, _digest(target), target.stat().st_size, drawn)
        return Fetched(part, sha256, size, mime, clean)

    def keep(self, job: Job, found: Fetched) -> None:
        """The bytes are kept, and the entry says so; nothing where it was taken away meanwhile. OSError, StoreError."""
        with self._writing() as unit:
            self._know(unit, found)  # before a file has its name: what a kill leaves behind is loose, and goes
        with self._writing() as unit:
            waited = self._waited(unit, job)
            if waited is None:
                return
            if full(waited.case.state.evidence, but=job.seq):
                self._lose(unit, waited, "quota")
                return
            self._know(unit, found)  # another process may have tidied in between
            for each in _files(found):
                self._world.store.vault.put(each.part, each.sha256)
            unit.fetches.done(job.assessment, job.seq, found.sha256)
            clean = found.clean.sha256 if found.clean else ""
            stored = v.EvidenceStored(job.seq, found.sha256, found.size, found.mime, clean)
            after = self._record(unit, waited, stored)
            self._point_out(unit, after)
            refresh(self._world, unit, self._channel, waited.chat, waited.case, after.case, job.seq)

    def again(self, job: Job, reason: str, seconds: float) -> None:
        """It failed, and is tried again after so many seconds."""
        with self._world.store.write() as unit:
            until = self._world.clock() + timedelta(seconds=seconds)
            unit.fetches.again(job.assessment, job.seq, reason, until)

    def lost(self, job: Job, reason: Loss) -> None:
        """It cannot be had: who sent it is told what to do instead."""
        with self._writing() as unit:
            waited = self._waited(unit, job)
            if waited is not None:
                self._lose(unit, waited, reason)

    def tidy(self) -> None:
        """Delete bytes that no evidence needs any more. Killed in between, it is done the next time. OSError."""
        with self._world.store.read() as unit:
            if not unit.blobs.loose():
                return
        with self._world.store.write() as unit:
            for sha256 in unit.blobs.loose():
                self._world.store.vault.delete(sha256)
                unit.blobs.forget(sha256)

    def _know(self, unit: Unit, found: Fetched) -> None:
        for each in _files(found):
            clean = each.clean.sha256 if each.clean else ""
            unit.blobs.put(Blob(each.sha256, each.size, each.mime, clean), self._world.clock())

    def _lose(self, unit: Unit, waited: _Waited, reason: Loss) -> None:
        seq = waited.one.seq
        unit.fetches.lost(waited.case.listed.id, seq, reason)
        after = self._record(unit, waited, v.EvidenceLost(seq, reason))
        found = after.case.state.found
        self._tell(unit, waited.chat, lambda words: lines.lost(words, after.one, found))
        refresh(self._world, unit, self._channel, waited.chat, waited.case, after.case, seq)

    def _record(self, unit: Unit, waited: _Waited, body: v.EvidenceStored | v.EvidenceLost) -> _Waited:
        stamp = Stamp(self._world.clock(), Source(self._channel))
        draft = Draft(body, waited.one.sheet, waited.one.asked)
        case = Cases(self._world, unit, waited.case.person).record(waited.case, [draft], stamp)
        return _Waited(case, case.state.evidence[waited.one.seq], waited.chat)

    def _point_out(self, unit: Unit, kept: _Waited) -> None:
        """To whoever sent it: the same file stands at this question already, or on this finding."""
        before = twin(kept.case.state.evidence, kept.one)
        if before is not None:
            found = kept.case.state.found
            two = kept.case.number(before.seq), kept.case.number(kept.one.seq)
            self._tell(unit, kept.chat, lambda words: lines.twice(words, lines.where(words, found, kept.one), *two))

    def _tell(self, unit: Unit, chat: str, say: Callable[[Words], str]) -> None:
        """Nobody where whoever sent it was forgotten meanwhile."""
        if chat:
            words = words_for(self._world, unit, self._channel, chat)
            queue_text(unit, self._channel, chat, say(words), self._world.clock())

    def _waited(self, unit: Unit, job: Job) -> _Waited | None:
        """None where nothing is waited for any more. Loaded as who sent it, or as a lead where that person has left."""
        fetch = unit.fetches.waiting(job.assessment, job.seq)
        if fetch is None:
            return None
        try:
            case = self._as(unit, job.assessment, "")
            one = case.state.evidence[job.seq]
            case = self._as(unit, job.assessment, one.person)
        except (UnknownAssessment, KeyError):  # deleted, or nobody is left
            unit.fetches.removed(job.assessment, job.seq)
            return None
        return _Waited(case, one, fetch.chat)

    def _as(self, unit: Unit, assessment: str, sender: str) -> Case:
        person = unit.fetches.someone(assessment, sender)
        if person is None:
            raise UnknownAssessment
        return Cases(self._world, unit, unit.people.get(person)).by_id(assessment)

    @contextmanager
    def _writing(self) -> Iterator[Unit]:
        try:
            with self._world.store.write() as unit:
                yield unit
        except BaseException:
            self._world.folds.forget()  # what was rolled back may have been folded already
            raise


def _files(found: Fetched) -> tuple[Fetched, ...]:
    """The clean copy, where there is one, and what came."""
    return (found.clean, found) if found.clean else (found,)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
