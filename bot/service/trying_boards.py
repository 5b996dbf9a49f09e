"""A place of tried answers -> its screen. Gathers facts; must not draw anything itself."""

from typing import assert_never

from bot.domain.answers import Rated
from bot.domain.scheme import VETO
from bot.service import trying, trying_decisions
from bot.service.asking import question_of
from bot.service.path import may_plan
from bot.service.talk import Talk
from bot.view import result, try_card, try_decisions, try_keep, try_pick, whatif
from bot.view.path_places import (
    AskTryReason,
    ConfirmDrop,
    ConfirmKeep,
    ConfirmPlan,
    TryCard,
    TryDecisions,
    TryPick,
    TryPlace,
    TrySheets,
    WhatIf,
)
from bot.view.payload import BadPayload
from bot.view.screen import Screen
from bot.view.try_facts import TryCardFacts


def try_board(talk: Talk, place: TryPlace, line: str, choices: tuple[object, ...]) -> Screen:
    """UnknownAssessment, BadPayload."""
    words = talk.words
    if isinstance(place, TryPick | TryCard | AskTryReason):
        return _of_sheet(talk, place, line, choices)
    case = talk.cases.by_ref(place.assessment)
    if not may_plan(case):
        return result.waiting(words, case.desk(talk.focus.sheet), line)
    facts = trying.facts(talk, case)
    match place:
        case WhatIf():
            return whatif.what_if(words, facts, place, line)
        case TrySheets():
            return try_pick.try_sheets(words, facts, place, line)
        case TryDecisions() if trying_decisions.may_try(case):
            return try_decisions.try_decisions(words, facts, line)
        case TryDecisions():
            return whatif.what_if(words, facts, WhatIf(place.assessment), line)
        case ConfirmPlan():
            return try_keep.confirm_plan(words, facts, place, line)
        case ConfirmKeep():
            kept = trying.as_kept(case, facts)
            return try_keep.confirm_keep(words, kept, trying.sign(facts.attempts), place, line)
        case ConfirmDrop():
            return try_keep.confirm_drop(words, facts, place, line)
        case _:
            assert_never(place)


def _of_sheet(talk: Talk, place: TryPick | TryCard | AskTryReason, line: str, choices: tuple[object, ...]) -> Screen:
    words = talk.words
    case, sheet = trying.seen_sheet(talk, place.other)
    facts = trying.facts(talk, case)
    if isinstance(place, TryPick):
        if place.section and place.section not in case.scheme.section_by_id:
            raise BadPayload
        return try_pick.try_pick(words, facts, sheet, place, line)
    question = question_of(case.scheme, sheet, place.question)
    if isinstance(place, AskTryReason):
        if not case.scheme.by_id[question.indicator].may_be_na:
            raise BadPayload
        return try_card.ask_reason(words, facts, sheet, question, place, line)
    bands = () if question.dimension == VETO else case.scheme.scale_of(question).bands
    view = place.view if place.view in {f"b{n}" for n in range(len(bands))} else ""
    meant = tuple(one for one in choices if isinstance(one, Rated))
    return try_card.try_card(words, TryCardFacts(facts, place.other, sheet, question, view, meant), line)
