"""The cards on which the lead decides: a gate, the deductions, the bonus. Must not know what follows from it.

Whoever is not the lead sees them as text.
"""

from fractions import Fraction

from bot.domain.evidence import standing
from bot.domain.scheme import Bonus, Deductions, Gate
from bot.view import payload, places
from bot.view.agreed import limits, points_off
from bot.view.facts import Desk
from bot.view.parts import Row, button, columns, one_line, page_of, screen, turn
from bot.view.screen import Button, Screen
from bot.words import Words, points

PAGE = 5
_FINDING = 200
_REASON = 600
_WIDE, _WIDEST = 4, 8


def gate_card(words: Words, desk: Desk, gate: str, line: str = "") -> Screen:
    """A gate: its statement, what it covers, and two buttons worded as statements."""
    rule = desk.scheme.gates[gate]
    order = list(desk.scheme.gates)
    decided = desk.state.gates.get(gate)
    chosen = "" if decided is None else words.pick(rule.if_met if decided.value else rule.if_not)
    rows = [*_gate_rows(words, desk, rule), _neighbours(words, desk, order, gate), _back(words, desk)]
    place = words.say("gate.place", place=order.index(gate) + 1, count=len(order)) if len(order) > 1 else ""
    return screen(words, "gate.j2", rows, line, desk=desk, gate=rule, chosen=chosen, place=place, editable=_may(desk))


def findings_card(words: Words, desk: Desk, place: places.FindingsCard, line: str = "") -> Screen:
    """The findings so far, five a page: add one, take one off, confirm that there are none (DN-09)."""
    rules = _deductions(desk)
    held = desk.state.findings
    numbered = list(enumerate(held.value if held else (), start=1))
    page = page_of(numbered, place.page, PAGE)
    rows: list[Row] = []
    if _may(desk):
        rows = [_finding_ways(words, desk), _drops(words, desk, [number for number, _ in page.items])]
    before, after = turn(words, page, lambda number: places.FindingsCard(desk.ref, number))
    return screen(
        words,
        "findings.j2",
        [*rows, (*before, *after), _back(words, desk)],
        line,
        desk=desk,
        rules=rules,
        count=len(numbered),
        off=points(points_off(desk)),
        limits=limits(words, desk),
        page=page,
        short=lambda text: one_line(text, _FINDING),
        decided=held is not None,
        editable=_may(desk),
    )


def bonus_card(words: Words, desk: Desk, line: str = "") -> Screen:
    """The bonus: a button for each value; any but 0 asks for a reason (DN-04)."""
    rules, held = _bonus(desk), desk.state.bonus
    made = [_value(words, desk, value) for value in rules.values] if _may(desk) else []
    rows = columns(made, _WIDE if len(made) <= 2 * _WIDE else _WIDEST)
    return screen(
        words,
        "bonus.j2",
        [*rows, _back(words, desk)],
        line,
        desk=desk,
        rules=rules,
        held=held,
        reason=one_line(held.reason, _REASON) if held else "",
        editable=_may(desk),
    )


def ask_bonus_reason(words: Words, desk: Desk, value: Fraction, line: str = "") -> Screen:
    """The next text is why this bonus is given; without it nothing is recorded (DN-04)."""
    held = desk.state.bonus
    return screen(
        words,
        "ask.j2",
        [(button(words.say("button.cancel"), places.BonusCard(desk.ref)),)],
        line,
        title=words.say("asking.bonus", points=points(value)),
        about=[words.pick(_bonus(desk).title)],
        hint=words.say("asking.bonus-hint"),
        current=one_line(held.reason, _REASON) if held and held.value == value else "",
    )


def _gate_rows(words: Words, desk: Desk, gate: Gate) -> list[Row]:
    if not _may(desk):
        return []
    decided = desk.state.gates.get(gate.id)
    rows: list[Row] = []
    for met, statement in ((True, gate.if_met), (False, gate.if_not)):
        label = words.pick(statement)
        if decided and decided.value == met:
            label = words.say("form.ticked", label=label)
        tap = payload.GateTap(desk.ref, gate.id, int(met), decided.revision if decided else 0)
        rows.append((button(label, tap, "success" if met else "danger"),))
    return rows


def _neighbours(words: Words, desk: Desk, order: list[str], gate: str) -> Row:
    place = order.index(gate)
    made: list[Button] = []
    if place:
        made.append(button(words.say("button.page-back"), places.GateCard(desk.ref, order[place - 1])))
    if place + 1 < len(order):
        made.append(button(words.say("button.page-on"), places.GateCard(desk.ref, order[place + 1])))
    return tuple(made)


def _finding_ways(words: Words, desk: Desk) -> Row:
    held = desk.state.findings
    made = [button(words.say("button.add-finding"), places.AskFinding(desk.ref))]
    if held is None:
        made.append(button(words.say("button.no-findings"), payload.NoFindingsTap(desk.ref, 0), "success"))
    return tuple(made)


def _drops(words: Words, desk: Desk, numbers: list[int]) -> Row:
    """One is taken off for a reason, as any other finding is withdrawn."""
    found = standing(desk.state.found, "deduction")
    return tuple(
        button(words.say("button.drop-finding", n=number), places.ConfirmWithdraw(desk.ref, found[number - 1].seq))
        for number in numbers
    )


def _value(words: Words, desk: Desk, value: Fraction) -> Button:
    held = desk.state.bonus
    label = words.say("button.bonus", points=points(value)) if value else words.say("button.no-bonus")
    if held and held.value == value:
        label = words.say("form.ticked", label=label)
    if value:
        return button(label, places.AskBonusReason(desk.ref, str(value)))
    return button(label, payload.NoBonusTap(desk.ref, held.revision if held else 0))


def _back(words: Words, desk: Desk) -> Row:
    head = button(words.say("button.head"), places.Head(desk.ref))
    return (button(words.say("button.check"), places.Check(desk.sheet_ref)), head) if desk.own else (head,)


def _may(desk: Desk) -> bool:
    return desk.lead and not desk.state.closed


def _deductions(desk: Desk) -> Deductions:
    """Only a scheme with deductions has this card."""
    assert desk.scheme.adjustments  # noqa: S101  the service checks the place
    assert desk.scheme.adjustments.deductions  # noqa: S101  as above
    return desk.scheme.adjustments.deductions


def _bonus(desk: Desk) -> Bonus:
    """Only a scheme with a bonus has this card."""
    assert desk.scheme.adjustments  # noqa: S101  the service checks the place
    assert desk.scheme.adjustments.bonus  # noqa: S101  as above
    return desk.scheme.adjustments.bonus
