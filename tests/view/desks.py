"""Desks for the tests of screens: assessments made by deciding commands, as the service does it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain.answers import Answer, Rated, Veto
from bot.domain.commands import Actor
from bot.domain.deciding_questions import by_stake, deciding
from bot.domain.grading import verdict
from bot.domain.insight import Bounds, bounds
from bot.domain.interview import begin, decide, open_questions
from bot.domain.margin import margin
from bot.domain.sampling import first_covers
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import score
from bot.domain.state import AssessmentState, fold
from bot.library.load import load_file
from bot.view.facts import CardFacts, Desk, Line, ResultFacts

ROOT = Path(__file__).parents[2]
LEAD = Actor("p1", "lead")
NASTY = "<b>&amp; {{7*7}} {% raw %} </b> \"'`" + "👩‍👩‍👧" * 40
AT = 1_790_000_000_000


def real() -> Scheme:
    """The standard that ships first."""
    return shipped("bjkb-006")


@cache
def shipped(name: str) -> Scheme:
    """A standard that comes along, by its id."""
    loaded, problems = load_file(ROOT / "schemes" / f"{name}.yaml")
    assert loaded is not None, "\n".join(map(str, problems))
    return loaded


def state_of(
    scheme: Scheme, commands: Iterable[c.Command] = (), organisation: str = "示例公司", sheet: str = "s1"
) -> AssessmentState:
    """The state after these commands of the lead, one second apart."""
    state = _add(AssessmentState(), begin(scheme, "self", organisation, sheet))
    for command in commands:
        state = _add(state, decide(scheme, state, LEAD, command))
    return state


def desk_of(scheme: Scheme, state: AssessmentState, *, lead: bool = True) -> Desk:
    """The lead's desk; refs are as long as they get. In hand: the first sheet with an open question, or the newest."""
    refs = {sheet: f"s{n}23456789" for n, sheet in enumerate(state.sheets, start=1)}
    mine = [sheet for sheet in state.sheets.values() if sheet.person == LEAD.person]
    asking = (sheet for sheet in mine if sheet.status == "open" and open_questions(scheme, sheet))
    own = next(asking, state.sheet_of(LEAD.person))
    named = tuple((refs[sheet.id], sheet) for sheet in mine)
    return Desk(
        "a123456789", scheme, state, refs[own.id] if own else "", own, lead, state.seq, sheets=named, rates=True
    )


def in_hand(at: Desk, sheet: str) -> Desk:
    """The same desk with another of the person's sheets in hand."""
    ref, own = next(named for named in at.sheets if named[1].id == sheet)
    return replace(at, own=own, sheet_ref=ref)


def desk(scheme: Scheme, *commands: c.Command) -> Desk:
    return desk_of(scheme, state_of(scheme, commands))


def answers(scheme: Scheme, value: str, skip: Sequence[str] = ()) -> list[c.Command]:
    """Every question rated alike (level questions by the nearest level), vetoes not raised.

    Where units are sampled: there is one, with a sheet of its own.
    """
    done: list[c.Command] = rated(scheme, "s1", first_covers(scheme), value, skip)
    if scheme.sampling:
        covers = scheme.sampling.covers
        done += [c.SetPopulation(1), c.OpenSheet("s2", "甲项目", covers), *rated(scheme, "s2", covers, value, skip)]
    return done


def rated(scheme: Scheme, sheet: str, covers: Iterable[str], value: str, skip: Sequence[str] = ()) -> list[c.Command]:
    """Every question of a sheet rated alike."""
    asked = (q for q in scheme.covered(frozenset(covers)) if q.indicator not in skip)
    return [give(q, _alike(scheme, q, Fraction(value)), sheet) for q in asked]


def give(question: QuestionId, answer: Answer, sheet: str = "s1") -> c.GiveAnswer:
    return c.GiveAnswer(sheet, question, answer)


def deduct(*texts: str) -> tuple[c.Command, ...]:
    """Special deductions, each a finding."""
    return tuple(k.RecordFinding("deduction", text) for text in texts)


def rate(clause: str, value: str, typed: str = "", dimension: str = "total") -> c.GiveAnswer:
    return give(QuestionId(clause, dimension), Rated(Fraction(value), "ratio", typed))


def question_facts(at: Desk, clause: str, view: str = "", dimension: str = "total") -> CardFacts:
    return CardFacts(at, QuestionId(clause, dimension), view, limits(at))


def limits(at: Desk) -> Bounds:
    return bounds(at.scheme, [sheet.sheet() for sheet in at.state.counted], at.state.decisions)


def result_facts(at: Desk, part: str = "", page: int = 0) -> ResultFacts:
    sheets = [sheet.sheet() for sheet in at.state.counted]
    found = score(at.scheme, sheets, at.state.decisions)
    held = margin(at.scheme, sheets, at.state.decisions)
    return ResultFacts(at, found, verdict(at.scheme, found), limits(at), part, page, margin=held)


def insight_facts(at: Desk) -> ResultFacts:
    """As the service gathers them: with what can still decide."""
    found = deciding(at.scheme, [sheet.sheet() for sheet in at.state.counted], at.state.decisions)
    return replace(result_facts(at), deciding=by_stake(at.scheme, found), names=at.names)


def line(ref: str, name: str = "示例公司", state: str = "open", at: int = AT, **more: object) -> Line:
    return Line(ref, name, real(), "self", state, 5, 21, at, **more)  # type: ignore[arg-type]


def _alike(scheme: Scheme, question: QuestionId, value: Fraction) -> Answer:
    if question.dimension == VETO:
        return Veto(raised=False)
    scale = scheme.scale_of(question)
    if scale.kind == "level":
        return Rated(Fraction(max(1, round(value * 5)), 5), "level")
    return Rated(value, "alpha" if scale.kind == "alpha" else "ratio")


def _add(state: AssessmentState, drafts: Sequence[e.Draft]) -> AssessmentState:
    entries = [
        e.Entry(state.seq + n, AT + 1000 * (state.seq + n), LEAD.person, d.body, d.sheet, d.question, d.revision)
        for n, d in enumerate(drafts, start=1)
    ]
    return fold(state, entries)
