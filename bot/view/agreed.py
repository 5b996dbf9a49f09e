"""What is agreed once for the whole assessment, as short texts and buttons: gates, deductions, bonus.

Must not know how one is decided, or what it does to a grade.
"""

from collections.abc import Sequence
from fractions import Fraction

from bot.domain.scheme import DeductionsBelow, Gate
from bot.view import places
from bot.view.facts import Desk
from bot.view.parts import Row, button, one_line
from bot.view.places import Place
from bot.words import Words, points

_TITLE = 28
_MANY = 3
"""Gates that have a button each; more share one."""


def decision_buttons(words: Words, desk: Desk) -> Row:
    """A button for each decision of the scheme, with its state."""
    return _buttons(words, desk, list(desk.scheme.gates.values()), adjusted=True)


def open_buttons(words: Words, desk: Desk) -> Row:
    """As decision_buttons, for those that nobody made yet."""
    gates = [gate for gate in desk.scheme.gates.values() if gate.id not in desk.state.gates]
    return _buttons(words, desk, gates, adjusted=False)


def _buttons(words: Words, desk: Desk, gates: Sequence[Gate], *, adjusted: bool) -> Row:
    rules, state = desk.scheme.adjustments, desk.state
    made = [button(gate_state(words, desk, gate, _TITLE), places.GateCard(desk.ref, gate.id)) for gate in gates]
    if len(made) > _MANY:
        first = next((gate for gate in gates if gate.id not in state.gates), gates[0])
        label = words.say("decision.gates", done=len(state.gates), count=len(desk.scheme.gates))
        made = [button(label, places.GateCard(desk.ref, first.id))]
    others: list[tuple[bool, str, Place]] = []
    if rules and rules.deductions:
        said = findings_state(words, desk, _TITLE)
        others.append((state.findings is None, said, places.FindingsCard(desk.ref)))
    if rules and rules.bonus:
        others.append((state.bonus is None, bonus_state(words, desk, _TITLE), places.BonusCard(desk.ref)))
    return (*made, *(button(label, place) for undecided, label, place in others if adjusted or undecided))


def gate_state(words: Words, desk: Desk, gate: Gate, limit: int = 60) -> str:
    """'Conformity: confirmed', 'refused', 'open'."""
    decided = desk.state.gates.get(gate.id)
    key = "decision.open" if not decided else "decision.gate-met" if decided.value else "decision.gate-refused"
    return words.say(key, title=one_line(words.pick(gate.title), limit))


def findings_state(words: Words, desk: Desk, limit: int = 60) -> str:
    """'Special deductions: 2', 'none', 'open'; '' where the scheme has none."""
    rules = desk.scheme.adjustments and desk.scheme.adjustments.deductions
    if not rules:
        return ""
    title = one_line(words.pick(rules.title), limit)
    if desk.state.findings is None:
        return words.say("decision.open", title=title)
    if not desk.state.findings.value:
        return words.say("decision.findings-none", title=title)
    return words.say("decision.findings", title=title, n=len(desk.state.findings.value))


def bonus_state(words: Words, desk: Desk, limit: int = 60) -> str:
    """'Bonus: +1', 'none', 'open'; '' where the scheme has none."""
    rules = desk.scheme.adjustments and desk.scheme.adjustments.bonus
    if not rules:
        return ""
    title = one_line(words.pick(rules.title), limit)
    if desk.state.bonus is None:
        return words.say("decision.open", title=title)
    if not desk.state.bonus.value:
        return words.say("decision.bonus-none", title=title)
    return words.say("decision.bonus", title=title, points=points(desk.state.bonus.value))


def points_off(desk: Desk) -> Fraction:
    """What the findings so far take, in points."""
    rules = desk.scheme.adjustments and desk.scheme.adjustments.deductions
    return rules.each * len(desk.state.findings.value) if rules and desk.state.findings else Fraction(0)


def limits(words: Words, desk: Desk) -> list[str]:
    """From how many findings on a grade is out of reach (DN-01)."""
    scheme = desk.scheme
    found: dict[int, list[str]] = {}
    for grade in scheme.grades:
        for condition in grade.conditions:
            if isinstance(condition, DeductionsBelow):
                found.setdefault(condition.count, []).append(words.pick(grade.title))
    if len(found) == 1 and len(*found.values()) == len(scheme.grades):
        return [words.say("findings.limit", n=next(iter(found)), outcome=words.pick(scheme.otherwise.title))]
    return [
        words.say("findings.limit-grade", n=count, grades=words.say("form.comma").join(grades))
        for count, grades in found.items()
    ]
