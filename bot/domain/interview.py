"""decide(state, command) -> entries; and which question comes next. Must not know screens, storage, time.

The position is derived: nothing about a conversation is kept here. Rules about who may do what stand here, since an
entry that was decided is final.
"""

from collections.abc import Sequence
from itertools import chain
from typing import assert_never

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain.answers import Answer, NotApplicable, Rated, Veto, same
from bot.domain.asked import places
from bot.domain.cleaning import clean_name, clean_text, name_key
from bot.domain.commands import Actor
from bot.domain.entries import Drafts
from bot.domain.leading import lead
from bot.domain.owning import own
from bot.domain.panel import together
from bot.domain.proofs import prove
from bot.domain.refusals import (
    ByButton,
    ChangedMeanwhile,
    LevelNotWhole,
    NaNotAllowed,
    NotAllowed,
    NothingToRevise,
    OutOfRange,
    ReasonMissing,
    RoundTaken,
)
from bot.domain.rights import check
from bot.domain.sampling import check_covers, first_covers
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, SheetState


def begin(scheme: Scheme, mode: e.Mode, organisation: str, sheet: str) -> Drafts:
    """The first entries of an assessment: its head, and one sheet. TextEmpty, TextTooLong.

    The sheet covers every dimension, but those that sampled units are rated for.
    """
    created = e.Created(scheme.id, mode, clean_name(organisation))
    return e.Draft(created), e.Draft(e.SheetOpened("", first_covers(scheme)), sheet=sheet)


def decide(scheme: Scheme, state: AssessmentState, actor: Actor, command: c.Command) -> Drafts:
    """The entries that the command makes; a Refused says why not."""
    check(state, actor, command)
    match command:
        case c.GiveAnswer(sheet, question, answer, revision):
            return _answer(scheme, own(state, actor, sheet, question), question, answer, revision)
        case c.WriteNote(sheet, question, text):
            _asked(scheme, own(state, actor, sheet, question), question)
            return (e.Draft(e.Noted(clean_text(text)), sheet, question),)
        case c.ReviseNote(of, text):
            return _revise_note(state, actor, of, text)
        case c.EraseText(of, reason):
            return _erase_text(state, actor, of, reason)
        case c.Postpone(sheet, question, on):
            held = _asked(scheme, own(state, actor, sheet), question).later
            return () if (question in held) == on else (e.Draft(e.Postponed(on), sheet, question),)
        case c.Flag(sheet, question, on):
            held = _asked(scheme, own(state, actor, sheet), question).flagged
            return () if (question in held) == on else (e.Draft(e.Flagged(on), sheet, question),)
        case c.OpenSheet():
            return _open_sheet(scheme, state, actor, command)
        case (
            k.RecordFinding()
            | k.ChangeFinding()
            | k.WithdrawFinding()
            | k.AttachEvidence()
            | k.ProveFinding()
            | k.CaptionEvidence()
            | k.RemoveEvidence()
        ):
            return prove(scheme, state, actor, command)
        case (
            k.Submit()
            | k.AskReconsideration()
            | k.Uphold()
            | k.Admit()
            | k.Remove()
            | k.Leave()
            | k.HandOver()
            | k.DemandEvidence()
            | k.Reopen()
            | k.TakeBasis()
            | k.CarryOver()
        ):
            return together(scheme, state, actor, command)
        case _:
            return lead(scheme, state, actor, command)


def _open_sheet(scheme: Scheme, state: AssessmentState, actor: Actor, command: c.OpenSheet) -> Drafts:
    covers = frozenset(command.covers)
    if command.id in state.sheets or not covers or not scheme.dimensions.keys() >= covers:
        raise NotAllowed
    name = clean_name(command.round) if command.round.strip() else ""
    check_covers(scheme, state, actor.person, name, covers)
    mine = (sheet for sheet in state.counted if sheet.person == actor.person)
    if any(name_key(sheet.round) == name_key(name) for sheet in mine):
        raise RoundTaken(name=name)
    return (e.Draft(e.SheetOpened(name, tuple(d for d in scheme.dimensions if d in covers)), sheet=command.id),)


def _asked(scheme: Scheme, sheet: SheetState, question: QuestionId) -> SheetState:
    """The sheet, where it asks this question."""
    if question not in places(scheme, sheet.covers):
        raise NotAllowed
    return sheet


def _answer(scheme: Scheme, sheet: SheetState, question: QuestionId, answer: Answer, seen: int | None) -> Drafts:
    _asked(scheme, sheet, question)
    check_answer(scheme, question, answer)
    answer = _cleaned(answer)
    given = sheet.given.get(question)
    held, revision = (given.answer, given.revision) if given else (None, 0)
    if same(held, answer):
        return ()
    if seen is not None and seen != revision:
        raise ChangedMeanwhile
    return (e.Draft(e.AnswerGiven(answer), sheet.id, question, revision + 1),)


def check_answer(scheme: Scheme, question: QuestionId, answer: Answer) -> None:
    """Whether the question can be answered so. RatingRefused."""
    match answer:
        case Rated(value, form, typed):
            if question.dimension == VETO:
                raise ByButton
            if not 0 <= value.numerator <= value.denominator:
                raise OutOfRange(typed=typed or str(value), form=form)
            scale = scheme.scale_of(question)
            if form != scale.kind and not (form == "ratio" and scale.takes_ratio):
                raise OutOfRange(typed=typed or str(value), form=scale.kind)
            if form == "level" and (not value.numerator or LEVELS % value.denominator):
                raise LevelNotWhole(typed=typed or str(value))
        case Veto():
            if question.dimension != VETO:
                raise ByButton
        case NotApplicable(reason):
            if question.dimension == VETO or not scheme.by_id[question.indicator].may_be_na:
                raise NaNotAllowed
            if not reason.strip():
                raise ReasonMissing
        case _:
            assert_never(answer)


def _cleaned(answer: Answer) -> Answer:
    return NotApplicable(clean_text(answer.reason)) if isinstance(answer, NotApplicable) else answer


def _revise_note(state: AssessmentState, actor: Actor, of: int, text: str) -> Drafts:
    for sheet in state.sheets.values():
        for question, notes in sheet.notes.items():
            for note in notes:
                if note.seq == of:
                    own(state, actor, sheet.id, question)
                    kept = clean_text(text) if text.strip() else ""
                    return () if kept == note.text else (e.Draft(e.NoteRevised(of, kept), sheet.id, question),)
    raise NothingToRevise


def _erase_text(state: AssessmentState, actor: Actor, of: int, reason: str) -> Drafts:
    """Also of a sheet that changes no more: nothing is scored by what a note says (RELIABILITY 6)."""
    for sheet in state.sheets.values():
        written = {note.seq: question for question, notes in sheet.notes.items() for note in notes}
        question = {**written, **sheet.withdrawn}.get(of)
        if question is not None:
            if actor.person != sheet.person and actor.role != "lead":
                raise NotAllowed
            if not reason.strip():
                raise ReasonMissing
            return (e.Draft(e.TextErased(of, clean_text(reason)), sheet.id, question),)
    raise NothingToRevise


def open_questions(scheme: Scheme, sheet: SheetState) -> tuple[QuestionId, ...]:
    """The sheet's questions without an answer, in clause order."""
    given = sheet.given
    return tuple([question for question in scheme.covered(sheet.covers) if question not in given])


def progress(scheme: Scheme, sheet: SheetState) -> tuple[int, int]:
    """(answered, asked) of a sheet."""
    given, covers = sheet.whole(scheme).given, sheet.covers
    answered = given[VETO]
    for name in covers:
        answered += given.get(name, 0)
    return answered, len(scheme.covered(covers))


def next_open(scheme: Scheme, sheet: SheetState, after: QuestionId | None = None) -> QuestionId | None:
    """The open question to ask next: in clause order from `after` on, then from the start; postponed ones last."""
    order = scheme.covered(sheet.covers)
    start = places(scheme, sheet.covers).get(after, -1) + 1 if after else 0
    postponed = None
    for question in chain(order[start:], order[:start]):
        if question in sheet.given:
            continue
        if question not in sheet.later:
            return question
        postponed = postponed or question
    return postponed


def neighbours(scheme: Scheme, sheet: SheetState, question: QuestionId) -> tuple[QuestionId | None, QuestionId | None]:
    """The questions before and after, in clause order; None at the ends."""
    order: Sequence[QuestionId] = scheme.covered(sheet.covers)
    place = places(scheme, sheet.covers)[question]
    before = order[place - 1] if place else None
    return before, order[place + 1] if place + 1 < len(order) else None
