"""Answers that are tried without saving them: kept as drafts of one person, recorded or dropped when they say so.

Must not know how any of it looks. What is tried never enters the record, a result or a file, or what others see.
"""

import hashlib
from dataclasses import replace
from typing import Literal, assert_never

from bot.domain import commands as c
from bot.domain.answers import Answer, Decisions, NotApplicable, same
from bot.domain.cleaning import clean_text
from bot.domain.interview import check_answer, decide
from bot.domain.path import Found
from bot.domain.plan import raises
from bot.domain.refusals import ChangedMeanwhile, NotAllowed, UnknownAssessment
from bot.domain.scheme import QuestionId
from bot.domain.stakes import rated
from bot.domain.state import SheetState
from bot.domain.typed import Ambiguous, NoRating, Understood
from bot.domain.whatif import what_if
from bot.domain.written import decode_answer, encode_answer
from bot.service import trying_decisions as decisions
from bot.service.asking import question_of
from bot.service.case import Case
from bot.service.events import Said
from bot.service.meaning import meaning, value
from bot.service.path import aim, cost_said, counted, may_plan, path_tap, plan
from bot.service.talk import Outcome, Talk
from bot.store.drafts import Try
from bot.view import path_lines
from bot.view.path_places import (
    AskTryReason,
    ConfirmDrop,
    ConfirmKeep,
    ConfirmPlan,
    DropTriesTap,
    KeepTriesTap,
    PathTap,
    TryCard,
    TryDecisionTap,
    TryPlanTap,
    TryTap,
    TryTaps,
    UntryTap,
    Way,
    WhatIf,
)
from bot.view.payload import BadPayload
from bot.view.places import Result
from bot.view.try_facts import Attempt, Hold, TryFacts

ASKS_ABOVE = 1
"""So many tried answers are dropped without a question."""


def seen_sheet(talk: Talk, ref: str) -> tuple[Case, SheetState]:
    """A sheet that the person may see. UnknownAssessment for any other; BadPayload where it counts no longer."""
    found = talk.unit.assessments.sheet(talk.person.id, ref)
    if found is None:
        raise UnknownAssessment
    case = talk.cases.by_id(found.assessment)
    sheet = case.seen.sheets.get(found.id)
    if sheet is None:
        raise UnknownAssessment
    if sheet.status == "set-aside":
        raise BadPayload
    return case, sheet


def attempts(talk: Talk, case: Case) -> tuple[Attempt, ...]:
    """What the person tries on sheets that they see and that count, by sheet and in clause order."""
    held = {(one.sheet, one.question): one for one in talk.unit.drafts.tries(talk.person.id, case.listed.id)}
    found = []
    for sheet in case.seen.counted:
        for question in case.scheme.covered(sheet.covers):
            one = held.get((sheet.id, str(question)))
            if one is not None:
                found.append(_attempt(case, sheet, question, one))
    # Somebody answered so meanwhile: nothing is tried there any more.
    return tuple(one for one in found if not same(one.now, one.tried))


def _attempt(case: Case, sheet: SheetState, question: QuestionId, one: Try) -> Attempt:
    given = sheet.given.get(question)
    return Attempt(
        ref=case.sheets[sheet.id],
        sheet=sheet,
        question=question,
        now=given.answer if given else None,
        tried=decode_answer(one.content),
        revision=one.revision,
        stale=(given.revision if given else 0) != one.revision,
        hold=_hold(case, sheet, question),
    )


def _hold(case: Case, sheet: SheetState, question: QuestionId) -> Hold:
    """As `domain/owning.py` decides when it is recorded."""
    if case.state.closed:
        return "closed"
    if sheet.person != case.person.id or case.actor.role == "viewer":
        return "others"
    return "" if sheet.status == "open" or question in sheet.asked else "submitted"


def facts(talk: Talk, case: Case) -> TryFacts:
    """All that is tried, with what it would change."""
    tried = attempts(talk, case)
    held = decisions.tried(talk, case)
    answers = {(one.sheet.id, one.question): one.tried for one in tried}
    decided: Decisions = decisions.overlaid(case, held)
    return TryFacts(
        desk=case.desk(talk.focus.sheet),
        attempts=tried,
        decided=held,
        effect=what_if(case.scheme, counted(case), case.seen.decisions, answers, decided),
        sheets=tuple((case.sheets[one.id], one) for one in case.seen.counted),
        decides=decisions.may_try(case),
    )


def as_kept(case: Case, facts: TryFacts) -> TryFacts:
    """With the effect of what would be recorded alone: without others' sheets, and without tried decisions."""
    answers = {(one.sheet.id, one.question): one.tried for one in facts.attempts if one.fit}
    return replace(facts, effect=what_if(case.scheme, counted(case), case.seen.decisions, answers))


def attempt(talk: Talk, case: Case, sheet: SheetState, question: QuestionId, answer: Answer) -> str:
    """Try an answer; what counts already is tried no more. RatingRefused, TextRefused. Gives what to say of it."""
    check_answer(case.scheme, question, answer)
    if isinstance(answer, NotApplicable):
        answer = NotApplicable(clean_text(answer.reason))
    given = sheet.given.get(question)
    if given and same(given.answer, answer):
        talk.unit.drafts.drop(talk.person.id, case.listed.id, sheet.id, str(question))
        return path_lines.not_trying(talk.words, question)
    one = Try(sheet.id, str(question), encode_answer(answer), given.revision if given else 0)
    talk.unit.drafts.attempt(talk.person.id, case.listed.id, one, talk.now)
    return path_lines.trying(talk.words, case.scheme, question, answer)


def sign(tried: tuple[Attempt, ...]) -> str:
    """Eight signs that change with what would be recorded: an old card asks again."""
    told = repr([(one.ref, str(one.question), encode_answer(one.tried), one.revision) for one in tried if one.fit])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def try_tap(talk: Talk, tap: TryTaps) -> Outcome:
    """One of the taps about tried answers. UnknownAssessment, BadPayload, Refused."""
    match tap:
        case TryTap(other, text, given):
            case, sheet = seen_sheet(talk, other)
            question = question_of(case.scheme, sheet, text)
            said = attempt(talk, case, sheet, question, value(case.scheme, question, given))
            return Outcome(TryCard(other, text), toast=said)
        case UntryTap(other, text):
            case, sheet = seen_sheet(talk, other)
            question = question_of(case.scheme, sheet, text)
            talk.unit.drafts.drop(talk.person.id, case.listed.id, sheet.id, str(question))
            return Outcome(TryCard(other, text), toast=path_lines.not_trying(talk.words, question))
        case TryPlanTap():
            return _plan(talk, tap)
        case TryDecisionTap():
            return decisions.tap(talk, tap)
        case KeepTriesTap():
            return _keep(talk, tap)
        case DropTriesTap(ref, sure):
            return _drop(talk, ref, sure=bool(sure))
        case _:
            assert_never(tap)


def draft_tap(talk: Talk, tap: PathTap | TryTaps) -> Outcome:
    """Whatever is a draft of the person's own. UnknownAssessment, BadPayload, Refused."""
    return path_tap(talk, tap) if isinstance(tap, PathTap) else try_tap(talk, tap)


def draft_said(talk: Talk, event: Said, expects: Literal["path-cost", "try-rating", "try-reason"]) -> Outcome:
    """The cost of a step, a rating to try, or why a row would not apply. UnknownAssessment, BadPayload, Refused."""
    said = {"path-cost": cost_said, "try-rating": _rating, "try-reason": _reason}
    return said[expects](talk, event)


def _rating(talk: Talk, event: Said) -> Outcome:
    place = talk.place()
    if not isinstance(place, TryCard):
        raise UnknownAssessment
    case, sheet = seen_sheet(talk, place.other)
    question = question_of(case.scheme, sheet, place.question)
    here = TryCard(place.other, place.question)
    meant = meaning(case.scheme, question, clean_text(event.text))
    match meant:
        case Understood(rating):
            return Outcome(here, line=attempt(talk, case, sheet, question, rating), fresh=True)
        case Ambiguous(ratings):
            return Outcome(here, fresh=True, choices=ratings)
        case NoRating():
            return Outcome(here, line=path_lines.no_rating_to_try(talk.words), fresh=True)


def _reason(talk: Talk, event: Said) -> Outcome:
    place = talk.place()
    if not isinstance(place, AskTryReason):
        raise UnknownAssessment
    case, sheet = seen_sheet(talk, place.other)
    question = question_of(case.scheme, sheet, place.question)
    said = attempt(talk, case, sheet, question, NotApplicable(event.text))
    return Outcome(TryCard(place.other, place.question), line=said, fresh=True)


def _plan(talk: Talk, tap: TryPlanTap) -> Outcome:
    """Every answer of the cheapest path, on every sheet that it raises."""
    case = talk.cases.by_ref(tap.assessment)
    if not may_plan(case):
        raise NotAllowed
    if tap.how not in {"", "only", "also"}:
        raise BadPayload
    _, target, _ = aim(case, tap.grade)
    if target is None:
        raise BadPayload
    if not tap.how and _count(talk, case):
        return Outcome(ConfirmPlan(tap.assessment, tap.grade))
    found = plan(talk, case, target).found
    if not isinstance(found, Found):
        return Outcome(Way(tap.assessment, tap.grade))
    if tap.how != "also":
        talk.unit.drafts.drop_all(talk.person.id, case.listed.id)
    sheets, left = counted(case), 0
    for step in found.best.steps:
        answer = rated(case.scheme.scale_of(step.question), step.to)
        on = raises(case.scheme, sheets, step.question, step.to)
        left += not on  # no sheet covers its dimension yet
        for sheet in on:
            attempt(talk, case, case.seen.sheets[sheet], step.question, answer)
    said = path_lines.plan_tried(talk.words, len(found.best.steps) - left, left)
    return Outcome(WhatIf(tap.assessment), toast=said)


def _keep(talk: Talk, tap: KeepTriesTap) -> Outcome:
    """Record what can be, all of it or nothing: whatever changed meanwhile is named, and stays tried."""
    case = talk.cases.by_ref(tap.assessment)
    tried = attempts(talk, case)
    if changed := [one for one in tried if one.stale and not one.hold]:
        said = path_lines.changed(talk.words, [one.question for one in changed])
        return Outcome(ConfirmKeep(tap.assessment), line=said, toast=said, alert=True)
    fit = [one for one in tried if one.fit]
    if not fit:
        return Outcome(WhatIf(tap.assessment), toast=path_lines.nothing_to_keep(talk.words))
    if sign(tried) != tap.seen:
        said = talk.words.refusal(ChangedMeanwhile())
        return Outcome(ConfirmKeep(tap.assessment), line=said, toast=said)
    commands = [c.GiveAnswer(one.sheet.id, one.question, one.tried, one.revision) for one in fit]
    for command in commands:
        decide(case.scheme, case.state, case.actor, command)  # a refusal comes before anything is recorded
    for command in commands:
        case, _ = talk.cases.act(case, command, talk.stamp())
        talk.unit.drafts.drop(talk.person.id, case.listed.id, command.sheet, str(command.question))
    said = path_lines.kept(talk.words, len(commands))
    place = WhatIf(tap.assessment) if _count(talk, case) else Result(tap.assessment)
    return Outcome(place, line=said, toast=said)


def _drop(talk: Talk, ref: str, *, sure: bool) -> Outcome:
    case = talk.cases.by_ref(ref)
    if _count(talk, case) > ASKS_ABOVE and not sure:
        return Outcome(ConfirmDrop(ref))
    talk.unit.drafts.drop_all(talk.person.id, case.listed.id)
    return Outcome(WhatIf(ref), toast=path_lines.dropped_tries(talk.words))


def _count(talk: Talk, case: Case) -> int:
    return len(attempts(talk, case)) + len(decisions.tried(talk, case))
