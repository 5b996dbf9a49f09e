"""Desks for the tests of screens: assessments made by deciding commands, as the service does it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import Answer, Rated, Veto
from bot.domain.grading import verdict
from bot.domain.insight import Bounds, bounds
from bot.domain.interview import Actor, begin, decide
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
    """The lead's desk; refs are as long as they get."""
    own = state.sheet_of(LEAD.person)
    return Desk("a123456789", scheme, state, "s123456789" if own else "", own, lead, state.seq)


def desk(scheme: Scheme, *commands: c.Command) -> Desk:
    return desk_of(scheme, state_of(scheme, commands))


def answers(scheme: Scheme, value: str, skip: Sequence[str] = ()) -> list[c.Command]:
    """Every question rated alike (level questions by the nearest level), vetoes not raised."""
    return [give(q, _alike(scheme, q, Fraction(value))) for q in scheme.questions if q.indicator not in skip]


def give(question: QuestionId, answer: Answer) -> c.GiveAnswer:
    return c.GiveAnswer("s1", question, answer)


def rate(clause: str, value: str, typed: str = "", dimension: str = "total") -> c.GiveAnswer:
    return give(QuestionId(clause, dimension), Rated(Fraction(value), "ratio", typed))


def question_facts(at: Desk, clause: str, view: str = "", dimension: str = "total") -> CardFacts:
    return CardFacts(at, QuestionId(clause, dimension), view, limits(at))


def limits(at: Desk) -> Bounds:
    return bounds(at.scheme, [sheet.sheet() for sheet in at.state.counted], at.state.decisions)


def result_facts(at: Desk, part: str = "", page: int = 0) -> ResultFacts:
    found = score(at.scheme, [sheet.sheet() for sheet in at.state.counted], at.state.decisions)
    return ResultFacts(at, found, verdict(at.scheme, found), limits(at), part, page)


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
