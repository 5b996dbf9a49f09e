"""Gates, deductions and bonus, tried by the lead who may decide them. Nothing is decided here.

Must not know how an effect is computed.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from bot.view.parts import Row, button, columns, screen
from bot.view.path_places import TryDecisionTap, WhatIf
from bot.view.screen import Button, Screen
from bot.view.try_facts import TryFacts
from bot.view.try_texts import decision_name, decision_text, effect_lines
from bot.words import Words, points

_COUNTS = 6
"""Numbers of deductions that have a button."""
_ROWS = 3
"""Rows of choices, beside those that undo and lead back."""
_WIDE = 3
"""Numbers of deductions in a row, so that a phone shows them whole."""

Value: TypeAlias = bool | int | Fraction


def try_decisions(words: Words, facts: TryFacts, line: str = "") -> Screen:
    """What is ticked is tried, or was decided so."""
    desk = facts.desk
    held = {one.what: one.tried for one in facts.decided}
    now = {**_decided(facts), **held}
    undo = [
        button(
            words.say("button.untry-decision", name=decision_name(words, desk.scheme, what)),
            TryDecisionTap(desk.ref, what, "no"),
        )
        for what in held
    ]
    back = button(words.say("button.before", clause=words.say("button.try")), WhatIf(desk.ref))
    return screen(
        words,
        "try_decisions.j2",
        [*_rows(words, facts, now), tuple(undo), (back,)],
        line,
        listed=[
            (decision_name(words, desk.scheme, what), decision_text(words, value), what in held)
            for what, value in now.items()
        ],
        effect=effect_lines(words, facts) if facts.decided or facts.attempts else [],
    )


def _rows(words: Words, facts: TryFacts, now: Mapping[str, Value | None]) -> list[Row]:
    """A row for each thing to decide; two for deductions where there is room."""
    rows: list[Row] = []
    for what, value in now.items():
        made = _choices(words, facts, what, value)
        rows += columns(made, _WIDE) if what == "deductions" and len(now) < _ROWS else [made]
    return rows[:_ROWS]


def _decided(facts: TryFacts) -> dict[str, Value | None]:
    """All that the standard has decided, as it stands; None: nobody did yet."""
    scheme, decided, rules = facts.desk.scheme, facts.desk.state.decisions, facts.desk.scheme.adjustments
    found: dict[str, Value | None] = {gate: decided.gates.get(gate) for gate in scheme.gates}
    if rules and rules.deductions:
        found["deductions"] = decided.deductions
    if rules and rules.bonus:
        found["bonus"] = decided.bonus
    return found


def _choices(words: Words, facts: TryFacts, what: str, now: Value | None) -> Row:
    scheme, rules = facts.desk.scheme, facts.desk.scheme.adjustments
    if what in scheme.gates:
        answers = (True, False)
        return tuple(
            _choice(words, facts, what, str(int(met)), decision_text(words, met), on=now is met) for met in answers
        )
    if what == "deductions":
        label = "button.try-deductions"
        return tuple(
            _choice(words, facts, what, str(n), words.say(label, count=n), on=now == n) for n in range(_COUNTS)
        )
    values = rules.bonus.values if rules and rules.bonus else ()
    return tuple(
        _choice(words, facts, what, str(one), words.say("button.try-bonus", points=points(one)), on=now == one)
        for one in values
    )


def _choice(words: Words, facts: TryFacts, what: str, value: str, label: str, *, on: bool) -> Button:
    label = words.say("form.ticked", label=label) if on else label
    return button(label, TryDecisionTap(facts.desk.ref, what, value))
