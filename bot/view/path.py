"""The way to a grade: a plan with what it takes and where it leads, or the proof that there is none.

Must not know how a plan is found. What it assumes stands on the screen (DECISIONS, "Insight: definitions").
"""

from fractions import Fraction

from bot.domain.path import Found, OutOfReach
from bot.domain.scheme import Grade
from bot.view import places
from bot.view.facts import Desk
from bot.view.parts import Page, Row, button, columns, one_line, page_of, screen, turn
from bot.view.path_facts import PathFacts, StepLine
from bot.view.path_places import PickRow, TryPlanTap, Way, WhatIf, WishCard, WishList
from bot.view.path_texts import assumed, by_what, cost_text, differs, grade_title, obstacles, rated, total_lines
from bot.view.screen import Button, Screen
from bot.view.values import question_name
from bot.words import Words
from bot.words.forms import exact

PAGE = 6
_WIDE = 3
_TARGETS = 3
"""Grades that have a button beside the one aimed at."""
_NAME, _ROW = 80, 90


def way(words: Words, facts: PathFacts, place: Way, line: str = "") -> Screen:
    """The plan, or why the grade cannot be reached."""
    match facts.planned.found:
        case Found():
            return _plan(words, facts, facts.planned.found, place, line)
        case OutOfReach():
            return _none(words, facts, facts.planned.found, place, line)


def highest(words: Words, desk: Desk, outcome: Grade, line: str = "") -> Screen:
    """There is nothing above the present outcome."""
    rows = [(_back(words, desk), button(words.say("button.try"), WhatIf(desk.ref)))]
    return screen(words, "path_none.j2", rows, line, **_top(words, desk), outcome=grade_title(words, outcome))


def ways_on(words: Words, desk: Desk) -> Row:
    """The buttons to the way and to trying answers, for a screen of results; empty for who may not see one yet."""
    if not desk.rates and not desk.state.closed:
        return ()
    return button(words.say("button.way"), Way(desk.ref)), button(words.say("button.try"), WhatIf(desk.ref))


def _plan(words: Words, facts: PathFacts, found: Found, place: Way, line: str) -> Screen:
    page = page_of(facts.steps, place.page, PAGE)
    asked = dict.fromkeys(one.question.indicator for one in page.items)  # one may be raised in two dimensions
    indicators = [button(one, WishCard(facts.desk.ref, one, found.target.id)) for one in asked]
    best = found.best
    second = found.second
    return screen(
        words,
        "path.j2",
        [*columns(indicators, _WIDE), *_ways(words, facts, found, page)],
        line,
        **_top(words, facts.desk),
        target=grade_title(words, found.target),
        now=grade_title(words, found.now),
        then=grade_title(words, best.outcome),
        farther=best.outcome.id != found.target.id,
        cost=_cost(words, facts, facts.planned.cost(best)),
        count=len(best.steps),
        totals=total_lines(words, facts.desk.scheme, found),
        page=page,
        row=lambda one: _row(words, facts, one),
        assumed=assumed(words, facts),
        other=differs(words, facts, facts.changes) if second else "",
        other_cost=_cost(words, facts, facts.planned.cost(second)) if second else "",
        other_count=len(second.steps) if second else 0,
        marks=len(facts.marks),
    )


def _none(words: Words, facts: PathFacts, found: OutOfReach, place: Way, line: str) -> Screen:
    page = page_of(facts.steps, place.page, PAGE)
    free = [
        button(indicator, WishCard(facts.desk.ref, indicator, found.target.id))
        for indicator in (found.alone or found.together)[:PAGE]
    ]
    return screen(
        words,
        "path_barred.j2",
        [*columns(free, _WIDE), *_ways(words, facts, found, page)],
        line,
        **_top(words, facts.desk),
        target=grade_title(words, found.target),
        now=grade_title(words, found.now),
        proof=obstacles(words, facts, found),
        assumed=assumed(words, facts),
        marks=len(facts.marks),
    )


def _top(words: Words, desk: Desk) -> dict[str, object]:
    """Of what this is said, and by which sheets."""
    name = f"{one_line(desk.state.name, _NAME)} · {words.pick(desk.scheme.short)}"
    return {"name": name, "own": by_what(words, desk)}


def _row(words: Words, facts: PathFacts, one: StepLine) -> str:
    """'4.1.2 Title: 80% → 100%, +0.9', with what it costs, and on how many sheets."""
    scheme = facts.desk.scheme
    start = words.say("path.open") if one.open else rated(words, scheme, one.question, one.start)
    said = words.say(
        "path.row",
        name=one_line(question_name(words, scheme, one.question), _ROW),
        start=start,
        to=rated(words, scheme, one.question, one.to),
        gain=_plus(exact(one.gain)),
        cost=_cost(words, facts, one.cost),
    )
    return said + (words.say("path.on-sheets", count=one.sheets) if one.sheets > 1 else "")


def _plus(gain: str) -> str:
    """'+0.9', '≈+0.38'."""
    return f"≈+{gain.removeprefix('≈')}" if gain.startswith("≈") else f"+{gain}"


def _cost(words: Words, facts: PathFacts, cost: Fraction) -> str:
    """In steps as long as each costs 1, else as a cost."""
    if any(mark is not None for mark in facts.marks.values()):
        return words.say("path.cost", cost=cost_text(cost))
    return words.say("path.step" if cost == 1 else "path.steps", cost=cost_text(cost))


def _ways(words: Words, facts: PathFacts, found: Found | OutOfReach, page: Page[StepLine]) -> list[Row]:
    ref, grade = facts.desk.ref, found.target.id
    others = [one for one in facts.targets if one.id != grade]
    aims = tuple(
        button(words.say("button.way-to", grade=grade_title(words, one)), Way(ref, one.id)) for one in others[:_TARGETS]
    )
    marks = "button.marks-many" if facts.marks else "button.marks"
    tools: list[Button] = [
        button(words.say(marks, n=len(facts.marks)), WishList(ref, 0, grade)),
        button(words.say("button.mark-other"), PickRow(ref, "", 0, grade)),
    ]
    if isinstance(found, Found) and found.best.steps:
        tools.insert(0, button(words.say("button.try-plan"), TryPlanTap(ref, grade), "primary"))
    elif facts.tried:
        tools.insert(0, button(words.say("button.try-many", n=facts.tried), WhatIf(ref)))
    before, after = turn(words, page, lambda number: Way(ref, grade, number))
    return [aims, tuple(tools), (*before, _back(words, facts.desk), *after)]


def _back(words: Words, desk: Desk) -> Button:
    return button(words.say("button.before", clause=words.say("button.insight")), places.Insight(desk.ref))
