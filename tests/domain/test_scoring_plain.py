"""The product's arithmetic against the plain one of plain_scoring.py: equal to the last digit, order and type."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Decisions, Sheet
from bot.domain.insight import bounds
from bot.domain.scheme import Scheme
from bot.domain.scoring import Scorecard, score, sheet_total
from tests.domain import cases
from tests.domain.build import F, filled, rated, row, sites
from tests.domain.plain_scoring import plain_ends, plain_score, plain_total

factors = st.sampled_from([F(1), F(1, 2), F(3, 2), F(2, 7), F(0)])


@st.composite
def standards(draw: st.DrawFn) -> Scheme:
    """A made-up standard, its points stretched row by row; in some all rows may be N/A."""
    standard, na = draw(cases.schemes), draw(st.booleans())
    rows = [
        replace(
            one, points={d: worth * draw(factors) for d, worth in one.points.items()}, may_be_na=na or one.may_be_na
        )
        for one in standard.indicators
    ]
    return replace(standard, indicators=tuple(rows))


@st.composite
def undecided(draw: st.DrawFn, standard: Scheme) -> Decisions:
    known = draw(cases.decisions(standard))
    gates = {gate: met for gate, met in known.gates.items() if draw(st.booleans())}
    return replace(known, gates=gates) if draw(st.booleans()) else Decisions(gates)


def some_sheets(standard: Scheme, *, partial: bool) -> st.SearchStrategy[list[Sheet]]:
    """None to four sheets; dimensions may be left without any."""
    return st.integers(0, 4).flatmap(
        lambda many: st.tuples(*(cases.sheets(standard, f"s{n}", partial=partial) for n in range(many))).map(list)
    )


def numbers(card: Scorecard) -> Iterator[object]:
    tallies = [*card.questions.values(), *(tally for part in card.sections.values() for tally in part.values())]
    for part in card.dimensions.values():
        tallies.append(part.tally)
        yield from (part.maximum, *part.sheets.values(), *(x for x in (part.total, part.before) if x is not None))
    for tally in tallies:
        yield from (tally.points, tally.of)


@settings(max_examples=150)
@given(st.data())
def test_the_card_is_exactly_the_plain_one(data: st.DataObject) -> None:
    standard = data.draw(standards())
    sheets = data.draw(some_sheets(standard, partial=data.draw(st.booleans())))
    decided = data.draw(undecided(standard))
    card, plain = score(standard, sheets, decided), plain_score(standard, sheets, decided)
    assert card == plain
    assert list(card.dimensions) == list(plain.dimensions)
    assert list(card.questions) == list(plain.questions)
    assert [*map(list, card.sections.values())] == [*map(list, plain.sections.values())]
    assert {type(number) for number in numbers(card)} <= {Fraction}
    for one in sheets:
        for dimension in standard.dimensions:
            assert sheet_total(standard, one, dimension) == plain_total(standard, one, dimension)


@settings(max_examples=150)
@given(st.data())
def test_the_bounds_are_exactly_the_plain_ones(data: st.DataObject) -> None:
    standard = data.draw(standards())
    sheets, decided = data.draw(some_sheets(standard, partial=True)), data.draw(undecided(standard))
    found = bounds(standard, sheets, decided)
    assert found.least == plain_ends(standard, sheets, decided, best=False)
    assert found.most == plain_ends(standard, sheets, decided, best=True)
    assert {type(total) for total in (*found.least.values(), *found.most.values())} == {Fraction}


def test_ratings_without_a_small_common_denominator_stay_exact() -> None:
    primes = (101, 103, 107, 109, 113, 127, 131)
    standard = replace(sites(), indicators=(*sites().indicators, row("2.3", section="2", management=F(3, 7))))
    whole = filled(standard, 1)
    odd = {q: rated(F(p - 1, p)) for q, p in zip(whole.answers, (*primes, 10**60 + 7), strict=True)}
    decided = Decisions({"conformity": True})
    sheets = [replace(whole, answers=odd), replace(whole, id="s2")]
    card = score(standard, sheets, decided)
    assert card == plain_score(standard, sheets, decided)
    assert card.dimensions["management"].total not in {None, 100}
