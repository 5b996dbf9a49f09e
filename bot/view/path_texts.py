"""The sentences of a plan: marks, totals, what it assumes, how the next best differs, what stands in the way.

Figures are exact, or stand on their side of a threshold (G-01). Must not know screens or buttons.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from bot.domain.answers import NotApplicable
from bot.domain.grading import Checked
from bot.domain.path import Found, OutOfReach, Raised
from bot.domain.plan import Change
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, DeductionsBelow, GateMet, Grade, LevelAtLeast, QuestionId, Scheme, TotalAtLeast
from bot.domain.scoring import OpenDimension, OpenGate, OpenQuestion, level_of
from bot.domain.stakes import needed
from bot.view.facts import Desk
from bot.view.path_facts import PathFacts
from bot.view.ratings import shown
from bot.view.undone import short_sample
from bot.view.values import question_short
from bot.words import Words, points, shown_total, total
from bot.words.forms import percent
from bot.words.reasons import figures

_CHANGES = 5
_NAMED = 12
"""Clauses that are named in one sentence."""
_CENT = 100


def grade_title(words: Words, grade: Grade) -> str:
    """As the standard prints it."""
    return words.pick(grade.title)


def rated(words: Words, scheme: Scheme, question: QuestionId, value: Fraction) -> str:
    """A ratio (0-1) as the question's scale reads: a band's end in percent or α, a level by its number."""
    scale = scheme.scale_of(question)
    if scale.kind != "level":
        return shown(scale, value)
    number = value * LEVELS
    return words.level(None, int(number)) if number and number.denominator == 1 else percent(value)


def by_what(words: Words, desk: Desk) -> str:
    """That others' sheets are not in it: all of them, or those that nobody may see yet; '' where nothing is hidden."""
    if not (desk.blind and desk.panel):
        return ""
    own = {one.id for _, one in desk.sheets}
    return words.say("path.own-only" if own.issuperset(one.id for one in desk.state.counted) else "path.seen-only")


def cost_text(cost: Fraction) -> str:
    """'2', '0.5', '1/3'."""
    return points(cost) if (cost * _CENT).denominator == 1 else str(cost)


def mark_text(words: Words, mark: Fraction | None) -> str:
    """A cost; None: impossible."""
    return words.say("path.impossible") if mark is None else words.say("path.cost-each", cost=cost_text(mark))


def total_lines(words: Words, scheme: Scheme, found: Found) -> list[str]:
    """Per dimension: now → then, and what the grade asks for."""
    asked = needed(scheme, found.target)
    return [
        words.say(
            _total_key(name in asked, found.before[name] == found.best.totals[name]),
            dimension=words.pick(dimension.title),
            before=shown_total(scheme, name, found.before[name]) + _level(words, scheme, name, found.before),
            after=shown_total(scheme, name, found.best.totals[name]) + _level(words, scheme, name, found.best.totals),
            needed=total(asked.get(name, Fraction(0))),
        )
        for name, dimension in scheme.dimensions.items()
    ]


def _total_key(asked: bool, same: bool) -> str:  # noqa: FBT001  two facts
    if not asked:
        return "path.total-free"
    return "path.total-held" if same else "path.total"


def _level(words: Words, scheme: Scheme, name: str, totals: Mapping[str, Fraction]) -> str:
    dimension = scheme.dimensions[name]
    if not dimension.level_from:
        return ""
    reached = level_of(dimension, totals[name])
    level = words.level(None, reached) if reached else words.say("level.none")
    return words.say("form.ours-plain", label=level)


def assumed(words: Words, facts: PathFacts) -> str:
    """What is taken for granted, in one sentence; ''."""
    desk, planned = facts.desk, facts.planned
    open_ = planned.found.assumed
    questions = [one for one in open_ if isinstance(one, OpenQuestion) and one.question.dimension != VETO]
    said = []
    if questions:
        said.append(words.say("path.assumed-open", n=len(questions)))
    missing = [one for one in open_ if isinstance(one, OpenDimension)]
    said += [
        words.say("path.assumed-dimension", dimension=words.pick(desk.scheme.dimensions[one.dimension].title))
        for one in missing
    ]
    if planned.gates:
        said.append(words.say("outlook.gates"))
    if any(isinstance(one, OpenQuestion) and one.question.dimension == VETO for one in open_):
        said.append(words.say("outlook.veto"))
    if desk.scheme.adjustments and not desk.state.closed:
        said.append(words.say("outlook.adjustments"))
    if (short_sample(desk) or desk.hidden) and not desk.state.closed:
        said.append(words.say("outlook.sheets"))
    return words.say("path.assumed", what=words.say("form.comma").join(said)) if said else ""


def differs(words: Words, facts: PathFacts, changes: Sequence[Change]) -> str:
    """What the runner-up does otherwise."""
    scheme, said = facts.desk.scheme, []
    for one in sorted(changes[:_CHANGES], key=lambda change: change.other is None):
        clause = question_short(words, scheme, one.question)
        if one.other is None:
            said.append(words.say("path.without", clause=clause))
        else:
            to = rated(words, scheme, one.question, one.other)
            said.append(words.say("path.raised", clause=clause, to=to))
    if len(changes) > _CHANGES:
        said.append(words.say("path.more", n=len(changes) - _CHANGES))
    return words.say("path.and").join(said)


def obstacles(words: Words, facts: PathFacts, found: OutOfReach) -> list[str]:
    """The proof: what ratings cannot change, totals with everything raised, and what would have to be freed."""
    scheme = facts.desk.scheme
    said = list(dict.fromkeys(_barrier(words, scheme, one) for one in found.barred))
    said += [_short(words, scheme, one, found) for one in found.short]
    if found.short:
        said += _because(words, facts, found)
    if found.alone:
        said.append(words.say("path.free-one", clauses=_clauses(words, found.alone)))
    elif found.together:
        said.append(words.say("path.free-all", clauses=_clauses(words, found.together)))
    return said


def _barrier(words: Words, scheme: Scheme, one: Raised | OpenGate | OpenDimension | Checked) -> str:
    match one:
        case Raised(_, question):
            return words.say("path.barred-veto", clause=question.indicator)
        case OpenGate(gate):
            return words.say("path.barred-gate", gate=words.pick(scheme.gates[gate].title))
        case OpenDimension(dimension):
            return words.say("path.barred-nothing", dimension=words.pick(scheme.dimensions[dimension].title))
        case Checked(condition=GateMet(gate)):
            return words.say("path.barred-gate", gate=words.pick(scheme.gates[gate].title))
        case Checked(condition=DeductionsBelow(count)):
            return words.say("path.barred-deductions", actual=int(one.actual or 0), needed=count)
        case Checked():
            raise AssertionError(one)
        case _:
            assert_never(one)


def _short(words: Words, scheme: Scheme, one: Checked, found: OutOfReach) -> str:
    """'total at most 93.4 < 95', exactly enough."""
    if not isinstance(one.condition, TotalAtLeast | LevelAtLeast):
        raise TypeError(one)
    said = figures(words, scheme, one)
    if isinstance(one.condition, TotalAtLeast):
        return words.say("path.short-total", **said)
    most = found.most[one.condition.dimension]
    return words.say("path.short-level", **said, most=shown_total(scheme, one.condition.dimension, most))


def _because(words: Words, facts: PathFacts, found: OutOfReach) -> list[str]:
    """What keeps the totals down that even full marks give."""
    state, said = facts.desk.state, []
    if taken := state.decisions.deductions:
        said.append(words.say("path.because-deductions", n=taken))
    left_out = {
        question.indicator
        for sheet in state.counted
        for question, given in sheet.given.items()
        if isinstance(given.answer, NotApplicable)
    }
    points_lost = any(facts.desk.scheme.dimensions[name].total == "points" for name in found.most)
    if left_out and points_lost:
        rows = tuple(row.id for row in facts.desk.scheme.indicators if row.id in left_out)
        said.append(words.say("path.because-na", clauses=_clauses(words, rows)))
    cannot = {row for row, mark in facts.marks.items() if mark is None}
    if cannot:
        rows = tuple(row.id for row in facts.desk.scheme.indicators if row.id in cannot)
        said.append(words.say("path.because-marks", clauses=_clauses(words, rows)))
    return said


def _clauses(words: Words, clauses: Sequence[str]) -> str:
    named = words.say("form.comma").join(clauses[:_NAMED])
    return named + (words.say("path.and-more", n=len(clauses)) if len(clauses) > _NAMED else "")
