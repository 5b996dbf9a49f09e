"""Every screen of the way to a grade and of tried answers, for the tests that hold for all screens."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from bot.domain.answers import Answer, NotApplicable, Rated, Veto
from bot.domain.plan import planned, targets
from bot.domain.scheme import VETO, QuestionId
from bot.domain.state import SheetState
from bot.domain.whatif import what_if
from bot.view import path, try_card, try_decisions, try_keep, try_pick, whatif, wishes
from bot.view.facts import Desk
from bot.view.path_facts import PathFacts, WishFacts, path_facts
from bot.view.path_places import (
    AskTryReason,
    ConfirmDrop,
    ConfirmKeep,
    ConfirmPlan,
    ConfirmUnwish,
    PickRow,
    TryPick,
    TrySheets,
    Way,
    WhatIf,
    WishCard,
    WishList,
)
from bot.view.screen import Screen
from bot.view.try_facts import Attempt, Hold, TriedDecision, TryCardFacts, TryFacts
from bot.words import Words
from tests.view.desks import limits

Named = Iterator[tuple[str, Screen]]
Marks = Mapping[str, Fraction | None]
HOLDS: tuple[Hold, ...] = ("", "closed", "others", "submitted")


def way_facts(desk: Desk, grade: str = "", marks: Marks | None = None) -> PathFacts:
    """The plan to a grade, '' for the next one."""
    marks = marks or {}
    above = targets(desk.scheme, limits(desk).lowest)
    aim = grade or above[0].id
    sheets = [one.sheet() for one in desk.state.counted]
    return path_facts(desk, planned(desk.scheme, sheets, desk.state.decisions, aim, marks), above, marks, 3)


def try_facts(desk: Desk, *attempts: Attempt, decided: tuple[TriedDecision, ...] = ()) -> TryFacts:
    """What is tried, with what it would change but for the decisions."""
    answers = {(one.sheet.id, one.question): one.tried for one in attempts}
    sheets = [one.sheet() for one in desk.state.counted]
    effect = what_if(desk.scheme, sheets, desk.state.decisions, answers)
    shown = tuple((f"s{n}23456789", one) for n, one in enumerate(desk.state.counted, start=1))
    return TryFacts(desk, attempts, decided, effect, shown, decides=True)


def attempt(desk: Desk, question: QuestionId, answer: Answer, sheet: SheetState | None = None) -> Attempt:
    """On the first sheet that asks it."""
    asks = (one for one in desk.state.counted if question in desk.scheme.covered(one.covers))
    sheet = sheet or next(asks)
    given = sheet.given.get(question)
    return Attempt(
        "s123456789", sheet, question, given.answer if given else None, answer, given.revision if given else 0
    )


def tries(words: Words, desk: Desk, line: str, text: str) -> Named:
    """All of them that can be shown of this assessment; text: what the person typed."""
    yield from _ways(words, desk, line)
    yield from _wishes(words, desk, line)
    yield from _tries(words, desk, line, text)


def _ways(words: Words, desk: Desk, line: str) -> Named:
    every: Marks = {row.id: None for row in desk.scheme.indicators if not row.veto}
    some: Marks = {row: (Fraction(1, 3), None)[n % 2] for n, row in enumerate(every)}
    yield "highest", path.highest(words, desk, desk.scheme.grades[0], line)
    for grade in (one for one in desk.scheme.grades if one.awarded):
        for marks in ({}, some, every):
            facts = way_facts(desk, grade.id, marks)
            for page in (0, 1, 99):
                yield "way", path.way(words, facts, Way(desk.ref, grade.id, page), line)


def _wishes(words: Words, desk: Desk, line: str) -> Named:
    rows = [row for row in desk.scheme.indicators if not row.veto]
    grade = desk.scheme.grades[0].id
    all_: Marks = {row.id: None for row in rows}
    for row in rows[:6]:
        asked = [one for one in desk.scheme.questions if one.indicator == row.id]
        ratings = {one: (Fraction(1, 3),) * n for n, one in enumerate(asked)}
        plain = WishFacts(desk, row.id, marked=False, mark=None, ratings=ratings, tries={})
        full = replace(
            plain,
            marked=True,
            tries=dict.fromkeys(asked, "s123456789"),
            ratings=dict.fromkeys(asked, (Fraction(1, 3),) * 9),
        )
        for facts in (plain, full, replace(full, mark=Fraction(7, 20))):
            yield "wish", wishes.wish_card(words, facts, WishCard(desk.ref, row.id, grade), line)
    for page in (0, 1, 99):
        for marks in ({}, all_):
            yield "wishes", wishes.wish_list(words, desk, marks, WishList(desk.ref, page, grade), line)
            for section in ("", *(one.id for one in desk.scheme.sections)):
                yield "pick row", wishes.pick_row(words, desk, marks, PickRow(desk.ref, section, page, grade), line)
    yield "confirm unwish", wishes.confirm_unwish(words, desk, 79, ConfirmUnwish(desk.ref, grade), line)


def _tries(words: Words, desk: Desk, line: str, text: str) -> Named:
    ref, grade = desk.ref, desk.scheme.grades[0].id
    attempts = [
        replace(attempt(desk, question, _other(desk, question, text), sheet), hold=HOLDS[n % 4], stale=n % 3 == 0)
        for sheet in desk.state.counted
        for n, question in enumerate(desk.scheme.covered(sheet.covers))
    ]
    decided = (*(TriedDecision(gate, None, tried=False) for gate in desk.scheme.gates), *_adjusted(desk))
    none, all_ = try_facts(desk), try_facts(desk, *attempts, decided=decided)
    fit = try_facts(desk, *(replace(one, hold="", stale=False) for one in attempts))
    for facts in (none, all_, fit):
        for page in (0, 1, 99):
            yield "what if", whatif.what_if(words, facts, WhatIf(ref, page), line)
            yield "confirm keep", try_keep.confirm_keep(words, facts, "0" * 8, ConfirmKeep(ref, page), line)
            yield "try sheets", try_pick.try_sheets(words, facts, TrySheets(ref, page), line)
        yield "confirm drop", try_keep.confirm_drop(words, facts, ConfirmDrop(ref), line)
        yield "confirm plan", try_keep.confirm_plan(words, facts, ConfirmPlan(ref, grade), line)
        if decided:
            yield "try decisions", try_decisions.try_decisions(words, facts, line)
    for sheet in desk.state.counted[:2]:
        yield from _on_sheet(words, all_, sheet, line)


def _on_sheet(words: Words, facts: TryFacts, sheet: SheetState, line: str) -> Named:
    scheme = facts.desk.scheme
    for section in ("", *(one.id for one in scheme.sections)):
        for page in (0, 99):
            yield "try pick", try_pick.try_pick(words, facts, sheet, TryPick("s123456789", section, page), line)
    for question in scheme.covered(sheet.covers)[:8]:
        at = TryCardFacts(facts, "s123456789", sheet, question, "")
        yield "try card", try_card.try_card(words, at, line)
        place = AskTryReason("s123456789", str(question))
        yield "try reason", try_card.ask_reason(words, facts, sheet, question, place, line)
        if question.dimension == VETO:
            continue
        for band in range(len(scheme.scale_of(question).bands)):
            yield "try band", try_card.try_card(words, replace(at, view=f"b{band}"), line)
        meant = (Rated(Fraction(1), "ratio"), Rated(Fraction(1, 100), "ratio"))
        yield "try choices", try_card.try_card(words, replace(at, choices=meant), line)


def _other(desk: Desk, question: QuestionId, text: str) -> Answer:
    """Something to try that is as long as it gets."""
    if question.dimension == VETO:
        return Veto(raised=True)
    if desk.scheme.by_id[question.indicator].may_be_na:
        return NotApplicable(text)
    kind = desk.scheme.scale_of(question).kind
    return Rated(Fraction(1, 5), "level") if kind == "level" else Rated(Fraction(123_456_789, 10**9), kind)


def _adjusted(desk: Desk) -> tuple[TriedDecision, ...]:
    rules = desk.scheme.adjustments
    if not rules or not rules.bonus:
        return ()
    return TriedDecision("deductions", 2, 99), TriedDecision("bonus", None, max(rules.bonus.values))
