"""Assessments of the real standards that stand exactly at a threshold, or a millionth below; with odd denominators."""

from fractions import Fraction

from bot.domain import commands as c
from bot.domain.answers import Rated
from bot.domain.scheme import QuestionId, Scheme
from bot.export import Report
from bot.library.load import load
from tests.domain.real import SCHEMES
from tests.export.story import Story

AT = {"bjkb-006": Fraction(70), "bjkb-007": Fraction(90), "dnisc-1105": Fraction(80), "tbsc-94": Fraction(90),
      "jccqb-037": Fraction(80)}  # fmt: skip
"""Standard -> a threshold of the dimension that is not rated by levels."""
LESS = Fraction(1, 10**6)
PRIMES = (999983, 999979, 999961)


def begun(name: str) -> Story:
    loaded, problems = load(SCHEMES / f"{name}.yaml")
    assert loaded, problems
    told = Story(loaded.scheme, loaded.text)
    told.begin()
    if told.scheme.sampling:
        told.do(c.OpenSheet("s-2", "Made-up project", told.scheme.sampling.covers))
    return told


def asked(scheme: Scheme) -> list[QuestionId]:
    """The questions of the dimension that is rated by a ratio or an alpha."""
    name = next(name for name, one in scheme.dimensions.items() if one.scale.kind != "level")
    return [question for question in scheme.questions if question.dimension == name]


def gave(told: Story, question: QuestionId, value: Fraction) -> None:
    kind = told.scheme.scale_of(question).kind
    sheet = next(one.id for one in told.state.sheets.values() if question.dimension in one.covers)
    told.say(question.indicator, Rated(value, kind), sheet, dimension=question.dimension)


def settled(told: Story, rest: Fraction) -> Report:
    """With everything else answered, and all decisions made in favour; no deductions, no bonus."""
    for sheet in told.state.sheets:
        told.fill(rest, sheet)
    for gate in told.scheme.gates:
        told.do(c.DecideGate(gate, met=True))
    if told.scheme.adjustments:
        told.do(c.DecideFindings(()))
        told.do(c.DecideBonus(Fraction(0), ""))
    return told.report("en")


def standing(name: str, less: Fraction = Fraction(0)) -> Report:
    """All alike, so that the total is AT; one answer lower, so that it is `less` below."""
    told = begun(name)
    questions = asked(told.scheme)
    worth = told.scheme.worth(questions[0].dimension)
    each = AT[name] / told.scheme.maximum(questions[0].dimension)
    lower = less * worth / told.scheme.maximum(questions[0].dimension) / told.scheme.points_of(questions[0])
    gave(told, questions[0], each - lower)
    return settled(told, each)


def odd(name: str, less: Fraction = Fraction(0)) -> Report:
    """The same total out of ratings with large prime denominators, in pairs that cancel out."""
    told = begun(name)
    questions = asked(told.scheme)
    each = AT[name] / told.scheme.maximum(questions[0].dimension)
    by_points: dict[Fraction, list[QuestionId]] = {}
    for question in questions:
        by_points.setdefault(told.scheme.points_of(question), []).append(question)
    pairs = [some[place : place + 2] for some in by_points.values() for place in range(0, len(some) - 1, 2)]
    for prime, (one, other) in zip(PRIMES, pairs, strict=False):
        gave(told, one, each + Fraction(1, prime))
        gave(told, other, each - Fraction(1, prime) - less)
    return settled(told, each)
