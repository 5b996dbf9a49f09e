"""What screens of insight say alike: the line of the margin, whose answers it is about, what is open.

Must not know any one screen.
"""

from fractions import Fraction

from bot.domain.asking_order import open_vetoes
from bot.domain.deciding_questions import Deciding
from bot.domain.interview import open_questions
from bot.domain.margin import Distance
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    Grade,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Scheme,
    TotalAtLeast,
)
from bot.domain.stakes import least_total
from bot.view.arithmetic import need
from bot.view.facts import Desk, ResultFacts
from bot.view.undone import members_open, undersampled
from bot.words import Words, shown_total
from bot.words.forms import apart

Item = tuple[str, QuestionId, Deciding | None]
"""A sheet's id ('' where none covers it yet), a question, its stake; None for a veto row, which decides alone."""


def settled(facts: ResultFacts) -> bool:
    """There is an outcome that may be shown."""
    return facts.verdict.outcome is not None and not undersampled(facts)


def rated(desk: Desk) -> bool:
    """Somebody answered something: before that nothing is known."""
    return any(sheet.given for sheet in desk.state.counted)


def open_count(facts: ResultFacts) -> int:
    """Questions without an answer on the sheets that may be seen, and those of a dimension that no sheet covers."""
    scheme, sheets = facts.desk.scheme, facts.desk.state.counted
    bare = (name for name in scheme.dimensions if not any(name in sheet.covers for sheet in sheets))
    asked = sum(len(open_questions(scheme, sheet)) for sheet in sheets)
    return asked + sum(len(scheme.weights[name]) for name in bare)


def decisive_items(facts: ResultFacts) -> list[Item]:
    """Open questions that can still change the outcome: veto rows first, which the stakes leave out; then by stake."""
    desk = facts.desk
    if facts.bounds.highest.id == desk.scheme.otherwise.id:
        return []  # a raised veto, a refused gate: nothing is left to lose
    vetoes = open_vetoes(desk.scheme, [sheet.sheet() for sheet in desk.state.counted])
    return [*((sheet, row, None) for sheet, row in vetoes), *((one.sheet, one.question, one) for one in facts.deciding)]


def outcome_line(words: Words, facts: ResultFacts) -> str:
    """'Outcome: Three-star · passed'; '' while there is none."""
    outcome = facts.verdict.outcome
    if outcome is None:
        return ""
    title = words.pick(outcome.title)
    passed = passed_beside(words, outcome, passed=facts.verdict.passed)
    if not passed:
        return words.say("insight.outcome-alone", outcome=title)
    return words.say("insight.outcome", outcome=title, passed=passed)


def passed_beside(words: Words, outcome: Grade, *, passed: bool) -> str:
    """Whether it is a pass; '' where the outcome's title says just that: 'Not passed · not passed' says it twice."""
    said = words.say("result.passed" if passed else "result.not-passed")
    return "" if words.pick(outcome.title).casefold() == said.casefold() else said


def own_view(words: Words, desk: Desk) -> str:
    """That it is not the panel's view: by the person's own sheets alone, or before everybody submitted; ''."""
    if desk.state.closed or not desk.blind:
        return ""
    own = {sheet.id for _, sheet in desk.sheets}
    if any(sheet.id not in own for sheet in desk.state.counted):
        missing = members_open(desk)
        return words.say("check.others", n=missing) if missing else words.say("path.seen-only")
    return words.say("result.own-only")


def asked(words: Words, facts: ResultFacts, condition: Condition) -> str:
    """What a condition that does not hold yet asks for; a gate with how it stands, since 'confirmed' would be wrong."""
    if not isinstance(condition, GateMet):
        return need(words, facts, condition)
    decided = facts.desk.state.gates.get(condition.gate)
    key = "need.gate-due" if decided is None else "need.gate" if decided.value else "need.gate-refused"
    return words.say(key, gate=words.pick(facts.desk.scheme.gates[condition.gate].title))


def margin_line(words: Words, facts: ResultFacts) -> str:
    """'1.35 points short of Four-star; 4.65 above Three-star', by the totals as they are shown; '' where none is.

    What lacks besides points (a gate, too many deductions) is named; a raised veto is a reason, not a distance.
    """
    found = facts.margin
    if found is None or facts.card.vetoed or undersampled(facts):
        return ""
    said = []
    if found.next:
        grade = words.pick(found.next.title)
        if lacks := [_points(words, facts, one) for one in found.missing.values()]:
            said.append(words.say("margin.short", grade=grade, what=_list(words, lacks)))
        others = [one for one in found.lacks if not one.checked.holds and one.dimension is None]
        if others:
            named = [asked(words, facts, one.checked.condition) for one in others]
            said.append(words.say("margin.lacks", grade=grade, what=_list(words, named)))
    if rooms := [_points(words, facts, one) for one in found.spare.values()]:
        said.append(words.say("margin.above", grade=words.pick(found.outcome.title), what=_list(words, rooms)))
    return words.say("form.semicolon").join(said)


def threshold_of(scheme: Scheme, condition: Condition) -> Fraction | None:
    """The least total that meets it, in its dimension's unit; None for what is no total."""
    match condition:
        case TotalAtLeast() | LevelAtLeast():
            return least_total(scheme, condition)
        case NoVeto() | GateMet() | DeductionsBelow():
            return None


def _points(words: Words, facts: ResultFacts, one: Distance) -> str:
    scheme, condition = facts.desk.scheme, one.checked.condition
    least = threshold_of(scheme, condition)
    total = facts.card.dimensions[one.dimension].total if one.dimension else None
    if least is None or total is None or one.dimension is None:
        raise AssertionError(one)
    points = apart(total, least, shown_total(scheme, one.dimension, total))
    if len(scheme.dimensions) == 1:
        return words.say("margin.points", points=points)
    title = words.pick(scheme.dimensions[one.dimension].title)
    return words.say("margin.of-dimension", dimension=title, points=points)


def _list(words: Words, texts: list[str]) -> str:
    return words.say("form.comma").join(texts)
