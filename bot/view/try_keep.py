"""Before tried answers are recorded, dropped, or make room for a plan: what that means. The safe choice comes first.

Must not know how anything is recorded.
"""

from bot.view.parts import Row, button, page_of, screen, turn
from bot.view.path_places import (
    ConfirmDrop,
    ConfirmKeep,
    ConfirmPlan,
    DropTriesTap,
    KeepTriesTap,
    TryCard,
    TryPlanTap,
    Way,
    WhatIf,
)
from bot.view.screen import Screen
from bot.view.try_facts import TryFacts
from bot.view.try_texts import attempt_line, decision_line, effect_lines, short
from bot.words import Words

PAGE = 10
_STALE = 4


def confirm_keep(words: Words, facts: TryFacts, seen: str, place: ConfirmKeep, line: str = "") -> Screen:
    """The list of what would be recorded; what changed since it was tried comes first, and holds all of it back."""
    desk = facts.desk
    fit = [one for one in facts.attempts if one.fit]
    stale = [one for one in facts.attempts if one.stale and not one.hold]
    page = page_of(stale or fit, place.page, PAGE)
    before, after = turn(words, page, lambda number: ConfirmKeep(desk.ref, number))
    rows: list[Row] = [(*before, *after), (button(words.say("button.try-on"), WhatIf(desk.ref), "primary"),)]
    if stale:
        named = stale[:_STALE]
        rows.append(tuple(button(short(words, desk, one), TryCard(one.ref, str(one.question))) for one in named))
    elif fit:
        rows.append((button(words.say("button.keep-for-good", n=len(fit)), KeepTriesTap(desk.ref, seen), "success"),))
    return screen(
        words,
        "confirm_keep.j2",
        rows,
        line,
        count=len(fit),
        stale=len(stale),
        page=page,
        row=lambda one: attempt_line(words, desk, one),
        left=sum(bool(one.hold) for one in facts.attempts) + len(facts.decided),
        effect=effect_lines(words, facts) if fit and not stale else [],
    )


def confirm_drop(words: Words, facts: TryFacts, place: ConfirmDrop, line: str = "") -> Screen:
    """Asked only where more than one thing is tried."""
    n = len(facts.attempts) + len(facts.decided)
    rows = [
        (button(words.say("button.try-on"), WhatIf(place.assessment), "primary"),),
        (button(words.say("button.drop-for-good", n=n), DropTriesTap(place.assessment, 1), "danger"),),
    ]
    means, title = [words.say("try.drop-means")], words.say("try.drop-title", n=n)
    return screen(words, "confirm.j2", rows, line, title=title, about=_tried(words, facts), means=means)


def confirm_plan(words: Words, facts: TryFacts, place: ConfirmPlan, line: str = "") -> Screen:
    """A plan, while other answers are being tried: beside them, or instead of them."""
    ref, n = place.assessment, len(facts.attempts) + len(facts.decided)
    rows = [
        (button(words.say("button.plan-also"), TryPlanTap(ref, place.grade, "also"), "primary"),),
        (button(words.say("button.plan-only"), TryPlanTap(ref, place.grade, "only")),),
        (button(words.say("button.cancel"), Way(ref, place.grade)),),
    ]
    means = [words.say("try.plan-means", only=words.say("button.plan-only"))]
    title = words.say("try.plan-title", n=n)
    return screen(words, "confirm.j2", rows, line, title=title, about=_tried(words, facts), means=means)


def _tried(words: Words, facts: TryFacts) -> list[str]:
    """All that is tried, the first of it."""
    scheme = facts.desk.scheme
    said = [attempt_line(words, facts.desk, one) for one in facts.attempts]
    return [*said, *(decision_line(words, scheme, one) for one in facts.decided)][:PAGE]
