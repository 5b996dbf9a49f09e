"""Answers that are tried without saving them: the list, and what it would change.

Must not know how an effect is computed. Nothing here says that anything was saved: it was not.
"""

from bot.view import places
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.path_places import (
    ConfirmKeep,
    DropTriesTap,
    TryCard,
    TryDecisions,
    TryPick,
    TrySheets,
    Way,
    WhatIf,
)
from bot.view.path_texts import by_what
from bot.view.screen import Button, Screen
from bot.view.try_facts import TryFacts
from bot.view.try_texts import attempt_line, decision_line, effect_lines, short
from bot.words import Words

PAGE = 6
_WIDE = 3
_NAME = 80
_COUNTS = 6
"""Numbers of deductions that have a button."""


def what_if(words: Words, facts: TryFacts, place: WhatIf, line: str = "") -> Screen:
    """Every tried answer, old → new, and the outcome, totals and bounds before → after."""
    desk = facts.desk
    page = page_of(facts.attempts, place.page, PAGE)
    before, after = turn(words, page, lambda number: WhatIf(desk.ref, number))
    opened = [button(short(words, desk, one), TryCard(one.ref, str(one.question))) for one in page.items]
    tried = bool(facts.attempts or facts.decided)
    return screen(
        words,
        "whatif.j2",
        [*columns(opened, _WIDE), _tools(words, facts), _end(words, facts), (*before, _back(words, facts), *after)],
        line,
        name=f"{one_line(desk.state.name, _NAME)} · {words.pick(desk.scheme.short)}",
        own=by_what(words, desk),
        page=page,
        count=len(facts.attempts),
        row=lambda one: attempt_line(words, desk, one),
        decided=[decision_line(words, desk.scheme, one) for one in facts.decided],
        effect=effect_lines(words, facts) if tried else [],
        held=_held(words, facts),
    )


def _tools(words: Words, facts: TryFacts) -> Row:
    """To a question; to decisions; to the plan."""
    ref = facts.desk.ref
    pick = TryPick(facts.sheets[0][0]) if len(facts.sheets) == 1 else TrySheets(ref)
    made = [button(words.say("button.try-pick"), pick, "" if facts.attempts else "primary")] if facts.sheets else []
    if facts.decides:
        made.append(button(words.say("button.try-decisions"), TryDecisions(ref)))
    made.append(button(words.say("button.way"), Way(ref)))
    return tuple(made)


def _end(words: Words, facts: TryFacts) -> Row:
    """Keep or drop; empty where nothing is tried."""
    ref, made = facts.desk.ref, []
    mine = [one for one in facts.attempts if not one.hold]
    if mine:
        made.append(button(words.say("button.keep-tries", n=len(mine)), ConfirmKeep(ref), "primary"))
    if facts.attempts or facts.decided:
        made.append(button(words.say("button.drop-tries"), DropTriesTap(ref)))
    return tuple(made)


def _held(words: Words, facts: TryFacts) -> list[str]:
    """Why some, or all, of it cannot be kept, and what to do instead."""
    holds = dict.fromkeys(one.hold for one in facts.attempts if one.hold)
    said = [words.say(f"try.hold-{hold}") for hold in holds]
    if facts.decided:
        said.append(words.say("try.hold-decisions"))
    return said


def _back(words: Words, facts: TryFacts) -> Button:
    return button(words.say("button.before", clause=words.say("button.insight")), places.Insight(facts.desk.ref))
