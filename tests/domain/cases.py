"""Hypothesis strategies: answers, sheets and decisions that a standard allows."""

from fractions import Fraction

from hypothesis import strategies as st

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.scheme import VETO, QuestionId, Scheme
from tests.domain.build import ALL

schemes = st.sampled_from(sorted(ALL)).map(lambda name: ALL[name]())
ratios = st.integers(0, 40).map(lambda n: Fraction(n, 40)) | st.fractions(0, 1, max_denominator=1000)


def ratings(standard: Scheme, question: QuestionId) -> st.SearchStrategy[Rated]:
    scale = standard.scale_of(question)
    by_level = st.integers(1, 5).map(lambda n: Rated(Fraction(n, 5), "level"))
    if scale.kind != "level":
        return ratios.map(lambda value: Rated(value, scale.kind))
    return by_level | ratios.map(lambda value: Rated(value, "ratio")) if scale.also_ratio else by_level


@st.composite
def answers(draw: st.DrawFn, standard: Scheme, question: QuestionId, *, veto: bool = True) -> Answer:
    if question.dimension == VETO:
        return Veto(raised=veto and draw(st.integers(0, 9)) == 0)
    if standard.by_id[question.indicator].may_be_na and draw(st.integers(0, 3)) == 0:
        return NotApplicable("不涉及")
    return draw(ratings(standard, question))


@st.composite
def sheets(draw: st.DrawFn, standard: Scheme, name: str, *, partial: bool = False, veto: bool = True) -> Sheet:
    """A sheet over all or some dimensions; partial: any answer may lack."""
    names = sorted(standard.dimensions)
    covers = frozenset(draw(st.sampled_from([names, *([one] for one in names)])))
    given = {
        question: draw(answers(standard, question, veto=veto))
        for question in standard.covered(covers)
        if not (partial and draw(st.booleans()))
    }
    return Sheet(name, f"person of {name}", "", covers, given)


@st.composite
def panels(draw: st.DrawFn, standard: Scheme, *, partial: bool = False, veto: bool = True) -> tuple[Sheet, ...]:
    """One to three sheets which together cover all dimensions."""
    found = [draw(sheets(standard, f"s{n}", partial=partial, veto=veto)) for n in range(draw(st.integers(1, 3)))]
    for n, missing in enumerate(sorted(standard.dimensions.keys() - frozenset().union(*(s.covers for s in found)))):
        covers = frozenset({missing})
        given = {question: draw(answers(standard, question, veto=veto)) for question in standard.covered(covers)}
        found.append(Sheet(f"t{n}", "other", "", covers, given))
    return tuple(found)


@st.composite
def decisions(draw: st.DrawFn, standard: Scheme) -> Decisions:
    rules = standard.adjustments
    return Decisions(
        gates={gate: draw(st.booleans()) for gate in standard.gates},
        deductions=draw(st.integers(0, 6)) if rules else None,
        bonus=Fraction(draw(st.integers(0, 1))) if rules else None,
    )
