"""What stands beside the points in a result: decisions, rates, the sample, the totals of several sheets.

Must not know what any of it does to a grade.
"""

from bot.domain.sampling import needed
from bot.view.agreed import bonus_state, findings_state, points_off
from bot.view.facts import Desk, ResultFacts
from bot.view.measures import measure_line
from bot.view.parts import Block, one_line
from bot.view.scores import sheet_name, visible_sheets
from bot.view.values import dimension_names
from bot.words import Words, points, shown_total

_SHORT = 60
_GATES, _FINDINGS, _MEASURES, _SHEETS = 6, 5, 6, 8


def decision_lines(words: Words, desk: Desk) -> list[str]:
    """What was decided, each finding cut to a line."""
    held = desk.state.findings
    findings = _numbered(words, [one_line(text, _SHORT) for text in held.value]) if held else []
    lines = [*_gates(words, desk)[:_GATES], *_findings(words, desk), *_cut(words, findings, _FINDINGS)]
    bonus = desk.state.bonus
    if bonus_state(words, desk):
        lines.append(bonus_state(words, desk))
        if bonus and bonus.reason:
            lines.append(words.say("bonus.reason", reason=one_line(bonus.reason, _SHORT)))
    return lines


def measure_summary(words: Words, desk: Desk) -> list[str]:
    """Every rate that was given; how many units there are, must be rated, and are."""
    return [*_cut(words, _measures(words, desk), _MEASURES), *_sampled(words, desk)]


def sheet_lines(words: Words, facts: ResultFacts) -> list[str]:
    """Each sheet that may be seen with its totals, where there are several."""
    sheets = visible_sheets(facts)
    if len(sheets) < 2:  # noqa: PLR2004  one sheet's totals are the totals
        return []
    lines = []
    for sheet in sheets:
        said = [_total(words, facts, sheet.id, name) for name in facts.desk.scheme.dimensions if name in sheet.covers]
        name = one_line(sheet_name(words, facts, sheet), _SHORT)
        lines.append(words.say("result.sheet-totals", name=name, totals=words.say("form.comma").join(said)))
    return _cut(words, lines, _SHEETS)


def blocks(words: Words, desk: Desk) -> list[Block]:
    """The decisions in full, with what was decided on and why."""
    scheme, state, found = desk.scheme, desk.state, []
    for gate in scheme.gates.values():
        decided = state.gates.get(gate.id)
        chosen = words.say("decision.undecided")
        if decided:
            chosen = words.say("gate.now", chosen=words.pick(gate.if_met if decided.value else gate.if_not))
        found.append(Block(words.pick(gate.title), f"{words.pick(gate.statement)}\n{chosen}"))
    if state.findings and state.findings.value:
        found.append(Block("".join(_findings(words, desk)), "\n".join(_numbered(words, state.findings.value))))
    if state.bonus and state.bonus.reason:
        found.append(Block(bonus_state(words, desk), words.say("bonus.reason", reason=state.bonus.reason)))
    return found


def _gates(words: Words, desk: Desk) -> list[str]:
    found = []
    for gate in desk.scheme.gates.values():
        decided, title = desk.state.gates.get(gate.id), words.pick(gate.title)
        if decided is None:
            found.append(words.say("decision.open", title=title))
        else:
            chosen = words.pick(gate.if_met if decided.value else gate.if_not)
            found.append(words.say("result.gate-said", title=title, chosen=chosen))
    return found


def _findings(words: Words, desk: Desk) -> list[str]:
    said, off = findings_state(words, desk), points_off(desk)
    if not said:
        return []
    return [words.say("result.findings-off", said=said, points=points(off)) if off else said]


def _numbered(words: Words, texts: list[str] | tuple[str, ...]) -> list[str]:
    return [words.say("result.finding", n=number, text=text) for number, text in enumerate(texts, start=1)]


def _measures(words: Words, desk: Desk) -> list[str]:
    state = desk.state.measures
    return [measure_line(words, rule, state[rule.id].value) for rule in desk.scheme.measures if rule.id in state]


def _sampled(words: Words, desk: Desk) -> list[str]:
    rules, population = desk.scheme.sampling, desk.state.population
    need = needed(desk.scheme, desk.state)
    if rules is None or population is None or need is None:
        return []
    have = desk.rated_units
    unit = words.pick(rules.unit)
    return [words.say("result.sample", unit=unit, count=population.value, need=need, have=have)]


def _total(words: Words, facts: ResultFacts, sheet: str, dimension: str) -> str:
    scheme = facts.desk.scheme
    title = dimension_names(words, scheme, [dimension])
    total = facts.card.dimensions[dimension].sheets.get(sheet)
    if total is None:
        return words.say("result.sheet-open", dimension=title)
    return words.say("result.dimension-total", dimension=title, total=shown_total(scheme, dimension, total))


def _cut(words: Words, lines: list[str], limit: int) -> list[str]:
    if len(lines) <= limit:
        return lines
    return [*lines[:limit], words.say("result.more", n=len(lines) - limit)]
