"""Why: its numbers are those of `gradewalk score`, and every sum that it shows is true."""

import json
import re
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from bot.domain import commands as c
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState
from bot.library import Library
from bot.library.load import load_bytes
from bot.service.submission import scored
from bot.view import places
from tests.domain.real import NAMES
from tests.sampled import sampled
from tests.view.desks import ROOT, deduct, desk_of, give, insight_facts, shipped, state_of
from tests.view.insights import ROOT_WHY, shown_at, walked
from tests.view.markup import plain

A = ROOT_WHY.assessment


@pytest.mark.parametrize(("name", "seed"), sampled(list(product(NAMES, (1, 2))), every=4))
def test_the_numbers_are_those_of_gradewalk_score(name: str, seed: int) -> None:
    of = shipped(name)
    state, file = made(of, seed)
    library = Library([load_bytes((ROOT / "schemes" / f"{name}.yaml").read_bytes(), name)[0]])  # type: ignore[list-item]
    found, problems = scored(library, json.dumps(file), "made")
    assert not problems
    assert found is not None
    facts = insight_facts(desk_of(of, state))

    def text(part: str, name: str = "") -> str:
        return plain(shown_at(facts, places.Why(A, part, name)).text)

    for dimension, part in found["dimensions"].items():  # type: ignore[union-attr]
        exact = Fraction(part["exact"])  # type: ignore[index,call-overload,arg-type]
        title = text("d", dimension).splitlines()[0]
        assert same(title.rpartition(" ")[2].partition("/")[0], exact), title
    for section, parts in found["sections"].items():  # type: ignore[union-attr]
        for dimension, tally in parts.items():  # type: ignore[union-attr]
            title = text("s", f"{section}/{dimension}").splitlines()[0].rpartition(" ")[2]
            points, _, due = title.partition("/")
            assert same(points, Fraction(tally["points"])), (section, title)  # type: ignore[index,call-overload,arg-type]
            assert Fraction(due) == Fraction(tally["of"])  # type: ignore[index,call-overload,arg-type]
    outcome = found["outcome"]["title"]["zh"]  # type: ignore[index,call-overload]
    assert f"结论：{outcome} ·" in text("")
    assert f"是{outcome}，因为" in text("")


@pytest.mark.parametrize("name", sampled(list(NAMES), every=3))
def test_every_sum_that_is_shown_is_true(name: str) -> None:
    """'a + b = c', 'a × b = c', 'a ÷ b × 100 = c': held against each other as they are shown, where none is rounded."""
    of = shipped(name)
    facts = insight_facts(desk_of(of, made(of, 3)[0]))
    held = 0
    for _, place in walked(facts):
        for line in plain(shown_at(facts, place).text).splitlines():
            held += true_sum(line)
    assert held > len(of.questions)


def true_sum(line: str) -> bool:
    """Whether the line was a sum that could be held; AssertionError where it is false."""
    found = re.search(r"(?:^|：)([\d.() +×÷α%/]+) = ([\d.]+)", line)
    if not found or "≈" in line:
        return False
    left = re.sub(r"([\d.]+)%", r"(\1/100)", found[1].replace("α", ""))
    terms = re.sub(r"[\d.]+", lambda number: f"Fraction('{number[0]}')", left).replace("×", "*").replace("÷", "/")
    assert eval(terms, {"Fraction": Fraction}) == Fraction(found[2]), line  # noqa: S307  our own text
    return True


def same(shown: str, exact: Fraction) -> bool:
    """The figure on the screen is the exact one, or says that it is rounded and is near."""
    if shown.startswith("≈"):
        return abs(Fraction(shown[1:]) - exact) <= Fraction(1, 100)
    return abs(Fraction(shown) - exact) <= Fraction(1, 10**6)


def made(of: Scheme, seed: int) -> tuple[AssessmentState, dict[str, object]]:
    """A random complete assessment, and the same as an answers file."""
    rng = Random(seed)
    said: list[c.Command] = []
    file: dict[str, object] = {"scheme": of.id}
    first = tuple(d for d in of.dimensions if not of.sampling or d not in of.sampling.covers)
    groups = [("s1", "", first)]
    if of.sampling:
        said.append(c.SetPopulation(2))
        for number, name in enumerate(("甲项目", "乙项目"), start=2):
            said.append(c.OpenSheet(f"s{number}", name, of.sampling.covers))
            groups.append((f"s{number}", name, of.sampling.covers))
    assessors = []
    for sheet, round_, covers in groups:
        given: dict[str, dict[str, object]] = {}
        for question in of.covered(frozenset(covers)):
            answer, written = _random(rng, of, question)
            said.append(give(question, answer, sheet))
            if len(of.by_id[question.indicator].points) > 1:
                given.setdefault(question.indicator, {})[question.dimension] = written
            else:
                given[question.indicator] = written
        assessors.append({"name": "A", "round": round_, "dimensions": list(covers), "answers": given})
    file["assessors"] = assessors
    if of.gates:
        said += [c.DecideGate(gate, met=True) for gate in of.gates]
        file["gates"] = dict.fromkeys(of.gates, True)
    if of.adjustments:
        said += [*deduct("一处"), c.DecideBonus(Fraction(1), "获奖")]
        file |= {"deductions": 1, "bonus": "1"}
    return state_of(of, said), file


def _random(rng: Random, of: Scheme, question: QuestionId) -> tuple[Rated | Veto | NotApplicable, dict[str, object]]:
    if question.dimension == VETO:
        return Veto(raised=False), {"veto": False}
    if of.by_id[question.indicator].may_be_na and rng.random() < 0.2:
        return NotApplicable("没有"), {"na": True, "reason": "没有"}
    kind = of.scale_of(question).kind
    if kind == "level":
        level = rng.randint(2, 5)
        return Rated(Fraction(level, 5), "level"), {"level": level}
    value = Fraction(rng.randint(60, 100), 100)
    return Rated(value, kind), {kind: str(value)}
