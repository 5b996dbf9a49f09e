"""Why the result is what it is: reasons, the arithmetic of each dimension, how firmly it stands.

Must not know other chapters, or any file format.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from bot.domain import margin as margins
from bot.domain.answers import Veto
from bot.domain.scheme import DeductionsBelow, GateMet, LevelAtLeast, NoVeto, TotalAtLeast
from bot.export.paper_cover import level
from bot.export.paper_decided import decided
from bot.export.paper_marks import ARROW, SPACE, Marks, joined
from bot.export.paper_parts import Block, Box, Facts, Heading, Items, Line, Para, Part, Run
from bot.export.parts import Margin, TotalPart
from bot.words import forms, reasons

MOST_FRAGILE = 10
"""Answers listed that hold the result up; of all others the number."""


def result(m: Marks) -> Part:
    """The chapter."""
    said = tuple((Run(m.words.reason(m.scheme, one)),) for one in m.report.verdict.reasons)
    sums = tuple(Box((_heading(m.words.pick(part.dimension.title)), _sums(m, part))) for part in m.report.totals)
    return Part("result", m.say("transcript.why"), (Items(said), *sums, *_firm(m), *decided(m)))


def _heading(text: str) -> Heading:
    return Heading((Run(text),))


def _sums(m: Marks, part: TotalPart) -> Facts:
    return Facts((*_arithmetic(m, part), *_beside(m, part)), "sums")


def _arithmetic(m: Marks, part: TotalPart) -> Iterator[tuple[str, Line]]:
    """From points to the total, step by step."""
    tally, adjustments = part.score.tally, m.scheme.adjustments
    left = (SPACE, Run(m.say("transcript.open-count", n=tally.open), "soft")) if tally.open else ()
    yield m.say("transcript.earned"), (Run(f"{forms.points(tally.points)} / {forms.points(tally.of)}"), *left)
    if part.score.before is not None and adjustments and adjustments.dimension == part.dimension.id:
        yield m.say("transcript.before"), (Run(forms.total(part.score.before)),)
        sign = "+" if part.adjusted > 0 else ""
        yield m.say("transcript.adjusted"), (Run(sign + forms.points(part.adjusted)),)
    if part.total is None:
        yield m.say("transcript.total"), (Run(m.say("transcript.not-yet")),)
        return
    shown = forms.shown_total(m.scheme, part.dimension.id, part.total)
    most = Run(f" / {forms.points(part.score.maximum)}{m.unit(part.dimension)}")
    yield m.say("transcript.total"), (Run(shown, "strong"), most)
    yield m.say("transcript.exact"), (Run(str(part.total)),)


def _beside(m: Marks, part: TotalPart) -> Iterator[tuple[str, Line]]:
    """What the total is held against: bounds, levels, thresholds."""
    name, bounds = part.dimension.id, m.report.bounds
    if bounds:
        ends = f"{forms.total(bounds.least[name])} – {forms.total(bounds.most[name])}"
        yield m.say("transcript.range"), (Run(ends),)
    if part.dimension.level_from and part.total is not None:
        yield m.say("transcript.level"), (Run(level(m, part)),)
    for one in m.report.margins:
        if one.dimension.id == name:
            grade, needed = m.words.pick(one.grade.title), forms.total(one.needed)
            yield m.say("transcript.margin", grade=grade, needed=needed), (Run(_gap(m, one)),)


def _gap(m: Marks, one: Margin) -> str:
    if one.gap >= 0:
        return m.say("transcript.above", gap=forms.points(one.gap))
    return m.say("transcript.below", gap=forms.points(-one.gap))


def _firm(m: Marks) -> Iterator[Block]:
    """What lacks for the next grade, and which single answers hold this one up. Nothing while anything is open."""
    stands = m.report.stands
    if stands is None:
        return
    lacks = [_lack(m, one) for one in stands.lacks if not one.checked.holds]
    if stands.next and lacks:
        yield _heading(m.say("transcript.firm"))
        grade = m.words.pick(stands.next.title)
        yield Para((Run(m.say("transcript.next", grade=grade, lacks=m.say("form.comma").join(lacks))),))
    elif stands.outcome.id != m.scheme.otherwise.id:
        yield _heading(m.say("transcript.firm"))
    if stands.outcome.id != m.scheme.otherwise.id:
        yield from _fragile(m, stands.fragile)


def _lack(m: Marks, one: margins.Distance) -> str:
    """A condition of the next grade that does not hold."""
    params = reasons.figures(m.words, m.scheme, one.checked)
    match one.checked.condition:
        case TotalAtLeast():
            return m.say("transcript.next-total", **params)
        case LevelAtLeast():
            gap = forms.points(-Fraction(one.room or 0))
            return m.say("transcript.next-level", gap=gap, **params)
        case NoVeto():
            return m.say("transcript.next-veto")
        case GateMet():
            return m.say("transcript.next-gate", **params)
        case DeductionsBelow():
            return m.say("transcript.next-deductions", **params)
        case _:
            assert_never(one.checked.condition)


def _fragile(m: Marks, found: tuple[margins.Fragile, ...]) -> Iterator[Block]:
    rated = [one for one in found if not isinstance(one.held, Veto)]
    vetoes = dict.fromkeys(one.question.indicator for one in found if isinstance(one.held, Veto))
    if rated:
        yield Para((Run(m.say("transcript.fragile")),))
        rest = len(rated) - MOST_FRAGILE
        more = [(Run(m.say("transcript.fragile-rest", n=rest), "soft"),)] if rest > 0 else []
        yield Items((*(_held(m, one) for one in rated[:MOST_FRAGILE]), *more))
    else:
        yield Para((Run(m.say("transcript.fragile-none")),))
    if vetoes:
        clauses = m.say("form.comma").join(vetoes)
        yield Para((Run(m.say("transcript.fragile-vetoes", clauses=clauses)),), "fine")


def _held(m: Marks, one: margins.Fragile) -> Line:
    """An answer, what it would be a step lower, and the outcome that would be left."""
    row = m.scheme.by_id[one.question.indicator]
    dimension = m.dimension(one.question.dimension)
    sheet = m.sheet_of(one.sheet) if len(m.report.sheets) > 1 else ()
    where = joined([m.clause(row), (Run(dimension),) if dimension else (), sheet])
    held, lower = (Run(m.words.answer(m.scheme, one.question, answer)) for answer in (one.held, one.lower))
    becomes = Run(m.say("transcript.fragile-becomes", outcome=m.words.pick(one.becomes.title)), "soft")
    return (*where, Run(m.say("form.colon")), held, ARROW, lower, becomes)
