"""I1: what a person was told is saved stands in the database and in the JSON export.

The sentences are made anew from the entries and held against what was said. Knows the catalogues' keys, no wording.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot.domain.answers import Rated
from bot.domain.entries import AnswerGiven, Noted, NoteRevised
from bot.domain.scales import Language
from bot.domain.scheme import QuestionId
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store.errors import StoreCorrupt
from bot.store.unit import Unit
from bot.store.values import Listed
from bot.view import lines
from bot.words import Words
from tests.catalogue.seen import Chat
from tests.service.in_memory import render

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_KEYS = ("line.saved", "line.answer-revised", "line.already-saved", "line.notes-saved", "line.note-revised")


@dataclass(frozen=True, slots=True)
class Told:
    """One acknowledgement. key: of its sentence; n: how many notes it speaks of."""

    key: str
    sentence: str
    clause: str
    n: int
    toast: bool


def acknowledged(person: Chat) -> tuple[Told, ...]:
    """What the toasts and the cards of a person ever said is saved: answers and notes, each time it was said.

    On a card only the friendly lines on top count; below the first empty line stands what people wrote.
    """
    cards = [line for head in person.heads for line in head.split("\n")]
    toasts = [line for toast in person.toasts for line in toast.text.split("\n")]
    told = [_told(line, toast=False) for line in cards] + [_told(line, toast=True) for line in toasts]
    return tuple(one for one in told if one is not None)


def missing(world: World, unit: Unit, person: Chat) -> Iterator[str]:
    """Sentences that say 'saved' without the entries for it; and entries that the JSON export lacks."""
    told = acknowledged(person)
    if not told:
        return
    try:
        kept = _kept(world, unit, person)
    except StoreCorrupt as error:
        yield f"what was said to be saved cannot be read: {error}"
        return
    toasts = Counter((one.key, one.clause, one.sentence) for one in told if one.toast)
    for one in told:
        said = toasts[one.key, one.clause, one.sentence] if one.toast else 1
        yield from _unkept(one, said, kept)
    said = sum(one.n for one in told if one.toast and one.key == "line.notes-saved")
    if said > kept.notes.total():
        yield f"{said} notes were said to be saved, there are {kept.notes.total()}"
    yield from kept.not_exported


@dataclass(frozen=True, slots=True)
class _Kept:
    """answers: sentences that entries give, how often; same: those of 'already saved', without what was typed."""

    answers: Counter[str]
    same: frozenset[str]
    notes: Counter[str]
    revised: frozenset[str]
    not_exported: tuple[str, ...]


def _unkept(one: Told, said: int, kept: _Kept) -> Iterator[str]:
    match one.key:
        case "line.already-saved":
            if not any(one.sentence.startswith(sentence) for sentence in kept.same):
                yield f"not in the database: {one.sentence!r}"
        case "line.note-revised":
            if one.clause not in kept.revised:
                yield f"no note was revised at {one.clause}"
        case "line.notes-saved":
            # Notes kept together may belong to several rows; the sentence names the last.
            if kept.notes[one.clause] < 1 or kept.notes.total() < one.n:
                yield f"not in the database: {one.sentence!r}"
        case _:
            if kept.answers[one.sentence] < said:
                yield f"told {said} times, {kept.answers[one.sentence]} times in the database: {one.sentence!r}"


def _kept(world: World, unit: Unit, person: Chat) -> _Kept:
    known = unit.people.find(CHANNEL, str(person.id))
    answers: Counter[str] = Counter()
    same: set[str] = set()
    notes: Counter[str] = Counter()
    revised: set[str] = set()
    lacking: list[str] = []
    for listed in _touched(unit, known.id) if known else ():
        scheme = world.library.pinned(listed.scheme_digest, unit.schemes.text)
        entries = unit.entries.after(listed.id, 0)
        for clause, kind in _erased(unit, listed, known.id if known else ""):
            notes[clause] += kind == "noted"
            revised |= {clause} if kind == "note-revised" else set()
        for entry in entries:
            if known is None or entry.person != known.id or entry.question is None:
                continue
            if isinstance(entry.body, AnswerGiven):
                answer = entry.body.answer
                plain = replace(answer, typed="") if isinstance(answer, Rated) else answer
                for words in map(Words.of, LANGUAGES):
                    answers[lines.saved_answer(words, scheme, entry.question, answer)] += 1
                    answers[lines.answer_revised(words, scheme, entry.question, answer)] += 1
                    same.add(lines.already_saved(words, scheme, entry.question, plain))
            elif isinstance(entry.body, Noted):
                notes[entry.question.indicator] += 1
            elif isinstance(entry.body, NoteRevised):
                revised.add(entry.question.indicator)
        if not _exported(world, unit, listed):
            lacking.append(f"the JSON export of {listed.ref} is not the record")
    return _Kept(answers, frozenset(same), notes, frozenset(revised), tuple(lacking))


def _erased(unit: Unit, listed: Listed, person: str) -> Iterator[tuple[str, str]]:
    """(clause, kind) of the person's notes whose text was erased since: they were saved when they were said to be."""
    for one in unit.entries.recorded(listed.id):
        if one.body is None and one.header.person == person and one.header.kind in {"noted", "note-revised"}:
            yield QuestionId.parse(one.header.question).indicator, one.header.kind


def _touched(unit: Unit, person: str) -> Iterator[Listed]:
    """Every assessment with an entry of this person, whatever became of it."""
    written = unit.inbox._work.connection.exec_driver_sql(
        "SELECT DISTINCT assessment FROM entry WHERE person = ?", (person,)
    )
    for (assessment,) in list(written):
        listed = unit.assessments.for_operator(str(assessment))
        assert listed is not None
        yield listed


def _exported(world: World, unit: Unit, listed: Listed) -> bool:
    """Whether the JSON export can be made and holds every entry, body and all."""
    try:
        written = json.loads(render(world, unit, listed, "json", "zh", "Asia/Shanghai"))["record"]
    except (ValueError, LookupError):
        return False
    return [(entry["hash"], entry["body"]) for entry in written] == [
        (record.hash, record.body) for record in unit.entries.recorded(listed.id)
    ]


def _told(line: str, *, toast: bool) -> Told | None:
    for key, pattern in _patterns():
        if found := pattern.fullmatch(line):
            n = found.groupdict().get("n")
            return Told(key, line, found["clause"], int(n or 1), toast)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence with its gaps; a clause is ASCII, so that a measure's sentence is none of these."""
    marks = {"clause": "CLAUSE", "answer": "ANSWER", "n": 77}
    gaps = {"CLAUSE": r"(?P<clause>[A-Za-z0-9.\-]{1,20})", "ANSWER": "(?P<answer>.+)", "77": r"(?P<n>\d+)"}
    found = []
    for key in _KEYS:
        for words in map(Words.of, LANGUAGES):
            for number in (1, 77) if key == "line.notes-saved" else (77,):
                pattern = re.escape(words.say(key, **{**marks, "n": number}))
                for mark, gap in gaps.items():
                    pattern = pattern.replace(mark, gap)
                found.append((key, re.compile(pattern)))
    return tuple(found)
