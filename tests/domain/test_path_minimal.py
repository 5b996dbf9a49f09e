"""The cheapest path against trying everything: all raises of small standards, each scored.

The trial knows nothing of shares or whole numbers: it raises answers on sheets and asks `score` and `verdict`.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.grading import verdict
from bot.domain.path import Found, OutOfReach, Path, Wishes, cheapest
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.scoring import score
from tests.domain import small
from tests.domain.build import F
from tests.domain.ways import Steps, key


def stands_at(standard: Scheme, question: QuestionId) -> Rated:
    of = standard.scale_of(question)
    if of.kind == "level":
        return Rated(F(0), "ratio") if of.also_ratio else Rated(F(1, 5), "level")
    return Rated(F(0), of.kind)


def answered(standard: Scheme, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Open questions at their lowest, vetoes not raised, a sheet for dimensions that nobody covers."""
    covered = frozenset[str]().union(*(one.covers for one in sheets))
    blank = Sheet("", "", "", frozenset(standard.dimensions) - covered, {})
    found = []
    for one in (*sheets, *([blank] if blank.covers else [])):
        whole: dict[QuestionId, Answer] = {}
        for question in standard.covered(one.covers):
            lowest = Veto(raised=False) if question.dimension == VETO else stands_at(standard, question)
            whole[question] = one.answers.get(question, lowest)
        found.append(replace(one, answers=whole))
    return found


def settled(standard: Scheme, given: Decisions) -> Decisions:
    """What nobody confirmed does not hold; what nobody decided is nothing."""
    return Decisions(
        {gate: given.gates.get(gate, False) for gate in standard.gates}, given.deductions or 0, given.bonus or F(0)
    )


def targets(standard: Scheme, sheets: Sequence[Sheet]) -> dict[QuestionId, list[Fraction]]:
    """Per question the values that it can be raised to: those above its lowest sheet, from the bands as such."""
    found = {}
    for question in standard.questions:
        if question.dimension == VETO:
            continue
        held = [a.value for s in sheets if isinstance(a := s.answers.get(question), Rated)]
        of = standard.scale_of(question)
        ends = [F(n, 5) for n in range(1, 6)] if of.kind == "level" else [band.high for band in of.bands]
        if held:
            found[question] = [end for end in ends if end > min(held)]
    return found


def raised(standard: Scheme, sheets: Sequence[Sheet], to: Mapping[QuestionId, Fraction]) -> list[Sheet]:
    found = []
    for one in sheets:
        answers = dict(one.answers)
        for question, value in to.items():
            held = answers.get(question)
            if isinstance(held, Rated) and held.value < value:
                answers[question] = Rated(value, standard.scale_of(question).kind)
        found.append(replace(one, answers=answers))
    return found


class Trial:
    """All raises of an assessment, each scored by the real thing."""

    def __init__(self, standard: Scheme, sheets: Sequence[Sheet], given: Decisions, wishes: Wishes) -> None:
        self.standard, self.wishes = standard, wishes
        self.sheets, self.given = answered(standard, sheets), settled(standard, given)
        self.targets = targets(standard, self.sheets)
        self.ranks = {one.id: n for n, one in enumerate((*standard.grades, standard.otherwise))}
        self.results: dict[Steps, tuple[int, dict[str, Fraction | None]]] = {}

    def result(self, steps: Steps) -> tuple[int, dict[str, Fraction | None]]:
        """The rank of the outcome (as many as there are grades where there is none), and totals."""
        if steps not in self.results:
            to = {q: self.targets[q][k - 1] for q, k in zip(self.targets, steps, strict=True) if k}
            card = score(self.standard, raised(self.standard, self.sheets, to), self.given)
            outcome = verdict(self.standard, card).outcome
            rank = self.ranks[outcome.id if outcome else self.standard.otherwise.id]
            self.results[steps] = rank, {name: part.total for name, part in card.dimensions.items()}
        return self.results[steps]

    def all(self, impossible: frozenset[str]) -> Iterator[Steps]:
        ranges = (range(1 if q.indicator in impossible else len(ends) + 1) for q, ends in self.targets.items())
        return itertools.product(*ranges)

    def reaching(self, rank: int) -> list[Steps]:
        """Ways in which nothing is superfluous, in their order."""
        impossible = frozenset(self.wishes.impossible)
        found = {steps for steps in self.all(impossible) if self.result(steps)[0] <= rank}
        lean = [
            steps
            for steps in found
            if not any(k and (*steps[:n], k - 1, *steps[n + 1 :]) in found for n, k in enumerate(steps))
        ]
        costs = [self.wishes.costs.get(question.indicator, 1) for question in self.targets]
        return sorted(lean, key=lambda steps: key(costs, steps))

    def most(self, impossible: frozenset[str]) -> dict[str, Fraction | None]:
        return self.result(tuple(list(self.all(impossible))[-1]))[1]

    def enough(self, place: int, impossible: frozenset[str]) -> bool:
        """Whether these totals alone would do: gates, deductions and vetoes laid aside."""
        free = Decisions(dict.fromkeys(self.standard.gates, True), self.given.deductions, self.given.bonus)
        to = {q: ends[-1] for q, ends in self.targets.items() if ends and q.indicator not in impossible}
        card = score(self.standard, raised(self.standard, self.sheets, to), free)
        totals = {name: part.total for name, part in card.dimensions.items()}
        needs = self.standard.grades[place].conditions
        for need in needs:
            name = getattr(need, "dimension", None)
            if name is not None:
                at = totals[name]
                assert at is not None
                level = next((n for n, least_ in self.standard.dimensions[name].level_from if at >= least_), 0)
                if at < getattr(need, "threshold", at) or level < getattr(need, "level", level):
                    return False
        return True


def same(trial: Trial, path: Path, steps: Steps) -> None:
    """Every number of a path against the way found by trying."""
    chosen = {q: (k, trial.targets[q][k - 1]) for q, k in zip(trial.targets, steps, strict=True) if k}
    assert {one.question: (one.steps, one.to) for one in path.steps} == chosen
    assert [one.question for one in path.steps] == [q for q in trial.standard.questions if q in chosen]
    assert path.cost == sum(one.cost for one in path.steps)
    assert all(one.cost == one.steps * trial.wishes.costs.get(one.question.indicator, 1) for one in path.steps)
    rank, totals = trial.result(steps)
    assert path.totals == totals
    assert trial.ranks[path.outcome.id] == rank


def try_one(rng: Random, seen: Counter[str]) -> None:
    standard = small.standard(rng, rows=rng.choice([1, 2, 2, 3, 3, 4]))
    sheets = small.sheets(rng, standard)
    given = small.decisions(rng, standard)
    rows = [one.id for one in standard.indicators if not one.veto]
    wishes = Wishes(
        [one for one in rows if rng.random() < 0.15],
        {one: rng.choice([1, 2, 3, 11]) for one in rows if rng.random() < 0.4} if rng.random() < 0.5 else {},
    )
    trial = Trial(standard, sheets, given, wishes)
    place = rng.randrange(len(standard.grades))
    found = cheapest(standard, sheets, given, standard.grades[place].id, wishes)
    ways = trial.reaching(place)
    if isinstance(found, Found):
        assert ways
        same(trial, found.best, ways[0])
        assert (found.second is None) == (len(ways) == 1)
        if found.second:
            same(trial, found.second, ways[1])
            seen["tie"] += found.second.cost == found.best.cost and len(found.second.steps) == len(found.best.steps)
        assert found.before == trial.result((0,) * len(trial.targets))[1]
        seen["nothing to do" if not found.best.steps else "found"] += 1
        seen["several sheets"] += len(sheets) > 1
        seen["both dimensions"] += len({one.question.dimension for one in found.best.steps}) > 1
        seen["not applicable"] += any(isinstance(a, NotApplicable) for s in sheets for a in s.answers.values())
        seen["better than asked"] += trial.ranks[found.best.outcome.id] < place
        return
    assert not ways
    proof(trial, found, place, seen)


def proof(trial: Trial, found: OutOfReach, place: int, seen: Counter[str]) -> None:
    """What is said of a grade out of reach is so."""
    impossible = frozenset(trial.wishes.impossible)
    assert found.barred or found.short
    seen["barred"] += bool(found.barred)
    seen["short"] += bool(found.short)
    if None in trial.most(impossible).values():
        seen["nothing applies"] += 1
        assert found.barred
        return
    assert found.most == trial.most(impossible)
    assert bool(found.short) != trial.enough(place, impossible)
    if not found.short:
        assert not found.alone
        assert not found.together
        return
    order = [one.id for one in trial.standard.indicators if one.id in impossible]
    assert list(found.alone) == [one for one in order if trial.enough(place, impossible - {one})]
    assert bool(found.together) == trial.enough(place, frozenset())
    if found.together:
        seen["freed"] += 1
        freed = frozenset(found.together)
        assert trial.enough(place, impossible - freed)
        assert not any(trial.enough(place, impossible - freed | {one}) for one in freed)
        assert len(freed) == 1 or not found.alone or len(trial.standard.dimensions) > 1


def tried(seed: int, count: int) -> Counter[str]:
    rng = Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(count):
        try_one(rng, seen)
    return seen


def test_paths_are_those_found_by_trying_everything() -> None:
    seen = tried(seed=3, count=500)
    wanted = ("found", "nothing to do", "tie", "several sheets", "both dimensions", "not applicable", "barred", "short")
    assert all(seen[name] >= 10 for name in wanted), seen
    assert seen["better than asked"]
    assert seen["freed"]


@pytest.mark.long
def test_paths_are_those_found_by_trying_everything_often() -> None:
    assert tried(seed=4, count=6_000)["nothing applies"]
