"""decide(state, command) -> entries; and which question comes next. Must not know screens, storage, time.

The position is derived: nothing about a conversation is kept here. Rules about who may do what stand here, since an
entry that was decided is final.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Answer, NotApplicable, Rated, Veto, same
from bot.domain.cleaning import NAME_LIMIT, NOTE_LIMIT, clean_name, clean_text
from bot.domain.grading import verdict
from bot.domain.refusals import (
    AssessmentClosed,
    ByButton,
    CannotClose,
    ChangedMeanwhile,
    LevelNotWhole,
    NaNotAllowed,
    NotAllowed,
    NothingToRevise,
    OutOfRange,
    ReasonMissing,
    SheetClosed,
    SheetsOpen,
    TextEmpty,
)
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, Decided, SheetState

Role: TypeAlias = Literal["lead", "assessor", "viewer"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, in which role of this assessment."""

    person: str
    role: Role


Drafts: TypeAlias = tuple[e.Draft, ...]
"""What is to be recorded; empty: it is so already (a double tap), which is no refusal."""


def begin(scheme: Scheme, mode: e.Mode, organisation: str, sheet: str) -> Drafts:
    """The first entries of an assessment: its head, and one sheet over all dimensions. TextEmpty, TextTooLong."""
    created = e.Created(scheme.id, mode, clean_name(organisation))
    return e.Draft(created), e.Draft(e.SheetOpened("", tuple(scheme.dimensions)), sheet=sheet)


def decide(scheme: Scheme, state: AssessmentState, actor: Actor, command: c.Command) -> Drafts:
    """The entries that the command makes; a Refused says why not."""
    if actor.role == "viewer":
        raise NotAllowed
    if state.closed or state.erased:
        raise AssessmentClosed
    match command:
        case c.GiveAnswer(sheet, question, answer, revision):
            return _answer(scheme, _own(state, actor, sheet), question, answer, revision)
        case c.WriteNote(sheet, question, text):
            _asked(scheme, _own(state, actor, sheet), question)
            return (e.Draft(e.Noted(clean_text(text)), sheet, question),)
        case c.ReviseNote(of, text):
            return _revise_note(state, actor, of, text)
        case c.Postpone(sheet, question, on):
            held = _asked(scheme, _own(state, actor, sheet), question).later
            return () if (question in held) == on else (e.Draft(e.Postponed(on), sheet, question),)
        case c.Flag(sheet, question, on):
            held = _asked(scheme, _own(state, actor, sheet), question).flagged
            return () if (question in held) == on else (e.Draft(e.Flagged(on), sheet, question),)
        case c.OpenSheet(new, round_, covers):
            if new in state.sheets or not covers or not scheme.dimensions.keys() >= set(covers):
                raise NotAllowed
            return (e.Draft(e.SheetOpened(clean_name(round_) if round_.strip() else "", covers), sheet=new),)
        case _:
            if actor.role != "lead":
                raise NotAllowed
            return _lead(scheme, state, actor, command)


def _lead(
    scheme: Scheme,
    state: AssessmentState,
    actor: Actor,
    command: c.SetHeader | c.DecideGate | c.DecideFindings | c.DecideBonus | c.Close | c.Erase,
) -> Drafts:
    match command:
        case c.SetHeader(field, value):
            return _head(state, field, value)
        case c.DecideGate(gate, met, revision):
            if gate not in scheme.gates:
                raise NotAllowed
            return _once(state.gates.get(gate), met, revision, e.GateDecided(gate, met))
        case c.DecideFindings(findings, revision):
            if not scheme.adjustments or not scheme.adjustments.deductions:
                raise NotAllowed
            texts = tuple(clean_text(text) for text in findings)
            return _once(state.findings, texts, revision, e.FindingsDecided(texts))
        case c.DecideBonus(value, reason, revision):
            rules = scheme.adjustments and scheme.adjustments.bonus
            if not rules or value not in rules.values:
                raise OutOfRange(typed=str(value), form="bonus")
            if value and not reason.strip():
                raise ReasonMissing
            kept = clean_text(reason) if reason.strip() else ""
            return _once(state.bonus, value, revision, e.BonusDecided(value, kept), changed=_reason(state.bonus, kept))
        case c.Close():
            return _close(scheme, state, actor)
        case c.Erase():
            return (e.Draft(e.Erased("draft-deleted")),)
        case _:
            assert_never(command)


def _own(state: AssessmentState, actor: Actor, sheet: str) -> SheetState:
    """The person's own open sheet: nobody rates on another's (DESIGN 6)."""
    found = state.sheets.get(sheet)
    if found is None or found.person != actor.person:
        raise NotAllowed
    if found.status != "open":
        raise SheetClosed
    return found


def _asked(scheme: Scheme, sheet: SheetState, question: QuestionId) -> SheetState:
    """The sheet, where it asks this question."""
    if question not in scheme.covered(sheet.covers):
        raise NotAllowed
    return sheet


def _answer(scheme: Scheme, sheet: SheetState, question: QuestionId, answer: Answer, seen: int | None) -> Drafts:
    _asked(scheme, sheet, question)
    _check_answer(scheme, question, answer)
    answer = _cleaned(answer)
    given = sheet.given.get(question)
    held, revision = (given.answer, given.revision) if given else (None, 0)
    if same(held, answer):
        return ()
    if seen is not None and seen != revision:
        raise ChangedMeanwhile
    return (e.Draft(e.AnswerGiven(answer), sheet.id, question, revision + 1),)


def _check_answer(scheme: Scheme, question: QuestionId, answer: Answer) -> None:
    match answer:
        case Veto():
            if question.dimension != VETO:
                raise ByButton
        case NotApplicable(reason):
            if question.dimension == VETO or not scheme.by_id[question.indicator].may_be_na:
                raise NaNotAllowed
            if not reason.strip():
                raise ReasonMissing
        case Rated(value, form, typed):
            if question.dimension == VETO:
                raise ByButton
            if not 0 <= value <= 1:
                raise OutOfRange(typed=typed or str(value), form=form)
            scale = scheme.scale_of(question)
            if form != scale.kind and not (form == "ratio" and scale.takes_ratio):
                raise OutOfRange(typed=typed or str(value), form=scale.kind)
            if form == "level" and (not value or (value * LEVELS).denominator != 1):
                raise LevelNotWhole(typed=typed or str(value))
        case _:
            assert_never(answer)


def _cleaned(answer: Answer) -> Answer:
    return NotApplicable(clean_text(answer.reason)) if isinstance(answer, NotApplicable) else answer


def _revise_note(state: AssessmentState, actor: Actor, of: int, text: str) -> Drafts:
    for sheet in state.sheets.values():
        for question, notes in sheet.notes.items():
            for note in notes:
                if note.seq == of:
                    _own(state, actor, sheet.id)
                    kept = clean_text(text) if text.strip() else ""
                    return () if kept == note.text else (e.Draft(e.NoteRevised(of, kept), sheet.id, question),)
    raise NothingToRevise


def _head(state: AssessmentState, field: e.HeaderField, value: str) -> Drafts:
    limit = NAME_LIMIT if field in {"name", "organisation"} else NOTE_LIMIT
    if value.strip():
        value = clean_name(value, limit)
    elif field == "organisation":
        raise TextEmpty
    else:
        value = ""
    return () if state.header.get(field, "") == value else (e.Draft(e.HeaderSet(field, value)),)


def _once(
    held: Decided[object] | None, value: object, seen: int | None, body: e.Body, *, changed: bool = False
) -> Drafts:
    """A decision of the whole assessment: the same again is no entry; one made on an older view is refused."""
    revision = held.revision if held else 0
    if held and held.value == value and not changed:
        return ()
    if seen is not None and seen != revision:
        raise ChangedMeanwhile
    return (e.Draft(body, revision=revision + 1),)


def _reason(held: Decided[object] | None, reason: str) -> bool:
    return held is not None and held.reason != reason


def _close(scheme: Scheme, state: AssessmentState, actor: Actor) -> Drafts:
    others = [s for s in state.counted if s.status == "open" and s.person != actor.person]
    if others:
        raise SheetsOpen(open=len(others))
    card = score(scheme, [sheet.sheet() for sheet in state.counted], state.decisions)
    found = verdict(scheme, card)
    if found.outcome is None:
        raise CannotClose(open=len(card.open))
    totals = {name: str(part.total) for name, part in card.dimensions.items() if part.total is not None}
    submitted = tuple(e.Draft(e.SheetSubmitted(), sheet.id) for sheet in state.counted if sheet.status == "open")
    return (*submitted, e.Draft(e.Closed(found.outcome.id, totals)))


def open_questions(scheme: Scheme, sheet: SheetState) -> tuple[QuestionId, ...]:
    """The sheet's questions without an answer, in clause order."""
    return tuple(question for question in scheme.covered(sheet.covers) if question not in sheet.given)


def progress(scheme: Scheme, sheet: SheetState) -> tuple[int, int]:
    """(answered, asked) of a sheet."""
    asked = len(scheme.covered(sheet.covers))
    return asked - len(open_questions(scheme, sheet)), asked


def next_open(scheme: Scheme, sheet: SheetState, after: QuestionId | None = None) -> QuestionId | None:
    """The open question to ask next: in clause order from `after` on, then from the start; postponed ones last."""
    order = scheme.covered(sheet.covers)
    start = order.index(after) + 1 if after in order else 0
    turned = (*order[start:], *order[:start])
    waiting = [question for question in turned if question not in sheet.given]
    return next((q for q in waiting if q not in sheet.later), waiting[0] if waiting else None)


def neighbours(scheme: Scheme, sheet: SheetState, question: QuestionId) -> tuple[QuestionId | None, QuestionId | None]:
    """The questions before and after, in clause order; None at the ends."""
    order: Sequence[QuestionId] = scheme.covered(sheet.covers)
    place = order.index(question)
    before = order[place - 1] if place else None
    return before, order[place + 1] if place + 1 < len(order) else None
