"""Why: the grade with its conditions, actual against needed, and the ways down to each total. Must not compute any.

While open, each condition says whether it is certain, possible or out of reach, by the bounds. Below the grade:
insight_parts.py.
"""

from fractions import Fraction
from typing import assert_never

from bot.domain.grading import Checked, Standing, check, standing_of
from bot.domain.scheme import Condition, DeductionsBelow, GateMet, LevelAtLeast, NoVeto, TotalAtLeast
from bot.domain.stakes import least_total
from bot.view import places
from bot.view.agreed import decision_buttons, findings_state
from bot.view.facts import Desk, ResultFacts
from bot.view.insight_lines import asked, outcome_line, own_view, rated, settled
from bot.view.outlook import outlook
from bot.view.parts import Block, Page, Row, button, columns, one_line, screen
from bot.view.screen import Button, Screen
from bot.view.undone import sample_lacks
from bot.view.values import raised
from bot.words import Words, shown_total, total
from bot.words.forms import apart

_VETOES = 4
_TITLE = 28


def why(words: Words, facts: ResultFacts, line: str = "") -> Screen:
    """Every grade from the highest down to the outcome; the outcome in full, of those above what they miss first."""
    desk = facts.desk
    standing = standing_of(facts.card)
    known = settled(facts)
    if known and standing and not facts.card.vetoed:
        blocks = _against(words, facts, standing)
    elif facts.card.vetoed:
        blocks = [Block("", _vetoed(words, desk))]
    else:
        blocks = _chances(words, facts)
    head = [outcome_line(words, facts), own_view(words, desk)]
    if not known:
        own = "" if rated(desk) else own_view(words, desk)  # the outlook says so by itself once something is rated
        head = [outlook(words, desk, facts.bounds), own, *sample_lacks(words, desk)]
    page: Page[Block] = Page((), 0, 1)
    return screen(
        words,
        "insight.j2",
        _rows(words, facts),
        line,
        title=words.say("why.title"),
        about=[text for text in head if text],
        blocks=blocks,
        page=page,
        foot=words.say("why.down"),
    )


def _rows(words: Words, facts: ResultFacts) -> list[Row]:
    desk, ref = facts.desk, facts.desk.ref
    down = [
        button(_dimension(words, facts, name), places.Why(ref, "d", name), "primary") for name in desk.scheme.dimensions
    ]
    vetoes = [button(row.indicator, places.Why(ref, "q", str(row))) for row in desk.scheme.vetoes[:_VETOES]]
    more = (
        button(words.say("button.all-arithmetic"), places.Result(ref, "why")),
        button(words.say("button.readings"), places.Result(ref, "readings")),
    )
    back = button(words.say("button.before", clause=words.say("button.insight")), places.Insight(ref))
    wide = 1 if any(len(one.text) > _TITLE for one in down) else len(down)
    return [*columns(down, wide), (*vetoes, *agreed_ways(words, desk)), more, (back,)]


def agreed_ways(words: Words, desk: Desk) -> tuple[Button, ...]:
    """To what was decided: the lead's own cards while open, else the list of deductions."""
    if desk.lead and not desk.state.closed:
        return decision_buttons(words, desk)
    said = findings_state(words, desk, _TITLE)
    return (button(said, places.Findings(desk.ref)),) if said and (desk.rates or desk.state.closed) else ()


def _dimension(words: Words, facts: ResultFacts, name: str) -> str:
    title, found = words.pick(facts.desk.scheme.dimensions[name].title), facts.card.dimensions[name].total
    if found is None:
        return title
    title = one_line(title, _TITLE)  # the total must not be what a long name pushes off the button
    return words.say("result.dimension-total", dimension=title, total=shown_total(facts.desk.scheme, name, found))


def _vetoed(words: Words, desk: Desk) -> str:
    clauses = words.say("form.comma").join(raised(desk))
    return words.say("why.vetoed", clauses=clauses, outcome=words.pick(desk.scheme.otherwise.title))


def _against(words: Words, facts: ResultFacts, standing: Standing) -> list[Block]:
    scheme, outcome = facts.desk.scheme, facts.verdict.outcome
    blocks = []
    for grade in scheme.grades:
        checked = [check(condition, standing) for condition in grade.conditions]
        if outcome and grade.id == outcome.id:
            lines = [_held(words, facts, one) for one in checked] or [words.say("why.no-condition")]
            blocks.append(Block(words.say("why.is", grade=words.pick(grade.title)), "\n".join(lines)))
            break
        missed = [one for one in checked if not one.holds]
        lines = [_held(words, facts, missed[0])]
        if len(missed) > 1:
            lines.append(words.say("why.missed-more", n=len(missed) - 1))
        blocks.append(Block(words.say("why.not", grade=words.pick(grade.title)), "\n".join(lines)))
    if outcome and outcome.id == scheme.otherwise.id:
        blocks.append(Block(words.say("why.is", grade=words.pick(outcome.title)), words.say("why.none-holds")))
    return blocks


def _held(words: Words, facts: ResultFacts, one: Checked) -> str:
    """One condition with what is and what is needed: 'met: Service 82.35, needs 60, 22.35 above'."""
    scheme, condition = facts.desk.scheme, one.condition
    key = "why.met" if one.holds else "why.unmet"
    match condition:
        case TotalAtLeast(dimension, threshold):
            value = Fraction(one.actual or 0)
            shown = shown_total(scheme, dimension, value)
            title, lack = words.pick(scheme.dimensions[dimension].title), apart(value, threshold, shown)
            given = {"dimension": title, "actual": shown, "needed": total(threshold), "lack": lack}
            said = words.say("why.total-above" if one.holds else "why.total-below", **given)
        case LevelAtLeast(dimension, level):
            reached = words.level(None, int(one.actual)) if one.actual else words.say("level.none")
            title, needed = words.pick(scheme.dimensions[dimension].title), words.level(None, level)
            line = total(least_total(scheme, condition))
            value = facts.card.dimensions[dimension].total or Fraction(0)
            shown = shown_total(scheme, dimension, value)
            said = words.say("why.level-is", dimension=title, actual=reached, total=shown, needed=needed, line=line)
        case DeductionsBelow(count):
            said = words.say("why.deductions-are", actual=one.actual, needed=count)
        case NoVeto() | GateMet():
            said = asked(words, facts, condition)
        case _:
            assert_never(condition)
    return words.say(key, what=said)


def _chances(words: Words, facts: ResultFacts) -> list[Block]:
    """While open: every grade from the highest possible to the surest; of one out of reach, what puts it there."""
    blocks = []
    for grade in facts.desk.scheme.grades:
        states = [(condition, _chance(facts, condition)) for condition in grade.conditions]
        lost = [condition for condition, state in states if state == "lost"]
        title = words.pick(grade.title)
        if lost:
            blocks.append(Block(words.say("why.lost", grade=title), _ranged(words, facts, lost[0])))
            continue
        lines = [_said(words, facts, condition, state) for condition, state in states]
        sure = all(state == "sure" for _, state in states)
        said = "\n".join(lines) or words.say("why.no-condition")
        blocks.append(Block(words.say("why.certain" if sure else "why.possible", grade=title), said))
        if sure:
            break
    return blocks


def _said(words: Words, facts: ResultFacts, condition: Condition, state: str) -> str:
    return words.say("why.sure" if state == "sure" else "why.open", what=_ranged(words, facts, condition))


def _chance(facts: ResultFacts, condition: Condition) -> str:
    """'sure' whatever the open answers are, 'lost', or 'open'. Gates, vetoes and deductions by what was said so far."""
    desk = facts.desk
    match condition:
        case TotalAtLeast() | LevelAtLeast():
            line, name = least_total(desk.scheme, condition), condition.dimension
            least, most = facts.bounds.least[name], facts.bounds.most[name]
            return "sure" if least >= line else "lost" if most < line else "open"
        case GateMet(gate):
            decided = desk.state.gates.get(gate)
            return "open" if decided is None else "sure" if decided.value else "lost"
        case NoVeto():
            every = all(row in sheet.given for sheet in desk.state.counted for row in desk.scheme.vetoes)
            return "sure" if every and desk.state.counted else "open"
        case DeductionsBelow(count):
            return "lost" if (desk.state.decisions.deductions or 0) >= count else "open"
        case _:
            assert_never(condition)


def _ranged(words: Words, facts: ResultFacts, condition: Condition) -> str:
    """'Service ≥ 90 (55 to 92.5 can be had)'; of what is no total, what is needed."""
    said = asked(words, facts, condition)
    if not isinstance(condition, TotalAtLeast | LevelAtLeast):
        return said
    scheme, name = facts.desk.scheme, condition.dimension
    least, most = (shown_total(scheme, name, end[name]) for end in (facts.bounds.least, facts.bounds.most))
    if least == most:
        return words.say("why.range-fixed", needed=said, least=least)
    if isinstance(condition, TotalAtLeast):
        return words.say("why.range", needed=said, least=least, most=most)
    line = total(least_total(scheme, condition))
    return words.say("why.range-level", needed=said, line=line, least=least, most=most)
