"""The five standards that ship, with sheets of them filled in one stroke."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeAlias

from bot.domain.answers import Answer, Decisions, Form, NotApplicable, Rated, Sheet, Veto
from bot.domain.scales import LEVELS
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.library.load import load_file

NAMES = ("bjkb-006", "bjkb-007", "dnisc-1105", "jccqb-037", "tbsc-94")
SCHEMES = Path(__file__).resolve().parents[2] / "schemes"


@cache
def real(name: str) -> Scheme:
    loaded, problems = load_file(SCHEMES / f"{name}.yaml")
    assert loaded is not None, problems
    return loaded


def settled(standard: Scheme) -> Decisions:
    """Gates confirmed, nothing deducted or added."""
    rules = standard.adjustments
    return Decisions(dict.fromkeys(standard.gates, True), 0 if rules else None, Fraction(0) if rules else None)


def at(standard: Scheme, question: QuestionId, value: str | int | Fraction) -> Rated:
    """A ratio (0-1) as an answer: a level where it is one."""
    ratio, scale = Fraction(value), standard.scale_of(question)
    form: Form = scale.kind
    if scale.kind == "level" and (not ratio or (ratio * LEVELS).denominator != 1):
        form = "ratio"
    return Rated(ratio, form)


Value: TypeAlias = str | int | Fraction


def all_at(
    standard: Scheme,
    value: Value,
    but: Mapping[str, Value] | None = None,
    *,
    name: str = "a",
    without: Collection[str] = (),
    **dimensions: Value,
) -> Sheet:
    """A whole sheet with one value, or one per dimension; `but`: other values by question; `without`: not answered."""
    answers: dict[QuestionId, Answer] = {}
    for question in standard.questions:
        if str(question) not in without:
            own = (but or {}).get(str(question), dimensions.get(question.dimension, value))
            veto = question.dimension == VETO
            answers[question] = Veto(raised=False) if veto else at(standard, question, own)
    return Sheet(name, f"person of {name}", "", frozenset(standard.dimensions), answers)


def random_sheet(rng: Random, standard: Scheme, start: str, *, name: str = "a", left_out: float = 0) -> Sheet:
    """start: 'zero' and 'lowest' band, 'steps' of 5 %, 'percents', 'odd' fractions; left_out: chance of N/A."""
    answers: dict[QuestionId, Answer] = {}
    for question in standard.questions:
        if question.dimension == VETO:
            answers[question] = Veto(raised=False)
        elif standard.by_id[question.indicator].may_be_na and rng.random() < left_out:
            answers[question] = NotApplicable("不涉及")
        elif not standard.scale_of(question).takes_ratio or start in {"zero", "lowest"}:
            level = standard.scale_of(question).kind == "level"
            lowest = {"zero": Fraction(0), "lowest": Fraction(rng.randint(0, 20), 100)}.get(start)
            number = 1 if lowest is not None else rng.randint(1, LEVELS)
            answers[question] = at(standard, question, Fraction(number, LEVELS) if level else lowest or 0)
        else:
            whole = {"steps": 20, "percents": 100, "odd": 997}[start]
            answers[question] = at(standard, question, Fraction(rng.randint(0, whole), whole))
    return Sheet(name, f"person of {name}", "", frozenset(standard.dimensions), answers)
