"""Small random standards with everything in them, and sheets of them, for tests that try all there is."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.scales import Band, Scale
from bot.domain.scheme import (
    VETO,
    Adjustments,
    Bonus,
    Condition,
    Deductions,
    DeductionsBelow,
    Dimension,
    GateMet,
    Grade,
    Indicator,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Scheme,
    TotalAtLeast,
    TotalKind,
)
from tests.domain.build import LEVEL, LEVEL_OR_RATIO, F, grade, row, scheme, text

WORTH = ("5", "5", "5", "5", "10", "10", "3", "5/2")


def scale(rng: Random, kind: str) -> Scale:
    """Two to five bands of any width, or levels."""
    if kind == "level":
        return LEVEL
    if kind == "either":
        return LEVEL_OR_RATIO
    ends = [*sorted(rng.sample([F(n, 10) for n in range(1, 10)], rng.randint(1, 3))), F(1)]
    lows = [F(0), *ends[:-1]]
    bands = tuple(
        Band(low, high, text("到"), text("档"), text("做到"), None) for low, high in zip(lows, ends, strict=True)
    )
    return Scale(kind, "alpha" if kind == "alpha" else "ratio", bands)


def standard(rng: Random, *, rows: int = 4, kinds: tuple[str, ...] = ("ratio", "alpha", "level", "either")) -> Scheme:
    """One or two dimensions with at most `rows` questions; a veto row, a gate and adjustments now and then."""
    names = ("service", "total")[: rng.randint(1, 2)]
    indicators = some_rows(rng, names, rows)
    dimensions = [dimension(rng, name, rng.choice(kinds), indicators) for name in names]
    veto = rng.random() < 0.4
    if veto:
        indicators.insert(rng.randint(0, len(indicators)), row("1.0", veto=True))
    gates = ["conformity"] if rng.random() < 0.4 else []
    adjusted = rng.random() < 0.3
    rules = Adjustments(names[0], Deductions(F(1), text("扣"), text("扣")), Bonus((F(0), F(1)), text("加"), text("加")))
    grades = [
        graded(rng, place, dimensions, indicators, veto=veto, gated=bool(gates), adjusted=adjusted)
        for place in range(rng.randint(1, 4))
    ]
    return scheme(dimensions, indicators, grades, gates=gates, adjustments=rules if adjusted else None)


def some_rows(rng: Random, names: tuple[str, ...], most: int) -> list[Indicator]:
    """Every dimension has a row at least."""
    found: list[Indicator] = []
    left = most
    while left > 0:
        some = rng.sample(names, rng.randint(1, min(left, len(names))))
        left -= len(some)
        worth: dict[str, Fraction] = {name: F(rng.choice(WORTH)) for name in some}
        found.append(replace(row(f"1.{len(found) + 1}", na=rng.random() < 0.5), points=worth))
    for name in names:
        if not any(name in one.points for one in found):
            found.append(replace(row(f"2.{name}", section="2"), points={name: F(5)}))
    return found


def maximum(name: str, unit: str, rows: list[Indicator]) -> Fraction:
    return F(100) if unit == "percent" else sum((one.points.get(name, F(0)) for one in rows), F(0))


def dimension(rng: Random, name: str, kind: str, rows: list[Indicator]) -> Dimension:
    unit: TotalKind = "percent" if rng.random() < 0.5 else "points"
    least = sorted(rng.sample(range(20, 96), 3), reverse=True)
    most = maximum(name, unit, rows)
    steps = tuple((5 - n, most * value / 100) for n, value in enumerate(least)) if kind in {"level", "either"} else ()
    return Dimension(name, text(name), scale(rng, kind), unit, steps)


def graded(
    rng: Random,
    place: int,
    dimensions: list[Dimension],
    rows: list[Indicator],
    *,
    veto: bool,
    gated: bool,
    adjusted: bool,
) -> Grade:
    """Grades mostly ask less the lower they stand, but not always: then a higher one may be the nearer."""
    needs: list[Condition] = []
    for one in dimensions:
        if rng.random() < 0.1:
            continue
        if one.level_from and rng.random() < 0.5:
            needs.append(LevelAtLeast(one.id, max(3, 5 - place)))
        height = max(0, 90 - 15 * place + rng.randint(-15, 12))
        needs.append(TotalAtLeast(one.id, maximum(one.id, one.total, rows) * height / 100))
    if veto and rng.random() < 0.5:
        needs.append(NoVeto())
    if gated and rng.random() < 0.5:
        needs.append(GateMet("conformity"))
    if adjusted and rng.random() < 0.5:
        needs.append(DeductionsBelow(rng.randint(1, 4)))
    return grade(f"g{place}", *needs, awarded=rng.random() < 0.8)


def answer(rng: Random, standard_: Scheme, question: QuestionId) -> Answer:
    if question.dimension == VETO:
        return Veto(raised=rng.random() < 0.04)
    if standard_.by_id[question.indicator].may_be_na and rng.random() < 0.3:
        return NotApplicable("不涉及")
    of = standard_.scale_of(question)
    if of.kind == "level" and (not of.also_ratio or rng.random() < 0.5):
        return Rated(F(rng.choice([1, 1, 2, 3, 3, 4, 5]), 5), "level")
    value = F(rng.randint(0, 20), 20) if rng.random() < 0.7 else F(rng.randint(0, 7), 7)
    return Rated(value, "ratio" if of.kind == "level" else of.kind)


def sheets(rng: Random, standard_: Scheme, *, most: int = 3, lacking: float = 0.05) -> tuple[Sheet, ...]:
    """One to three sheets, of all dimensions or one; an answer is missing with the chance `lacking`."""
    names = sorted(standard_.dimensions)
    found = []
    for number in range(rng.randint(1, most)):
        covers = frozenset(names if rng.random() < 0.7 else [rng.choice(names)])
        held = {q: answer(rng, standard_, q) for q in standard_.covered(covers) if rng.random() >= lacking}
        found.append(Sheet(f"s{number}", f"p{number}", "", covers, held))
    return tuple(found)


def decisions(rng: Random, standard_: Scheme) -> Decisions:
    rules = standard_.adjustments
    return Decisions(
        gates={gate: rng.random() < 0.9 for gate in standard_.gates if rng.random() < 0.95},
        deductions=rng.randint(0, 3) if rules and rng.random() < 0.9 else None,
        bonus=Fraction(rng.randint(0, 1)) if rules and rng.random() < 0.9 else None,
    )
