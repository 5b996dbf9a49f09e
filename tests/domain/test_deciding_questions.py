"""Which open questions can still change the outcome: against every completion where these can be counted,
and by a completion that shows it where any ratio may be given.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from bot.domain.answers import Answer, Decisions, Rated, Sheet
from bot.domain.deciding_questions import Deciding, by_stake, deciding
from bot.domain.grading import verdict
from bot.domain.insight import bounds
from bot.domain.scheme import VETO, QuestionId, Scheme, TotalAtLeast
from bot.domain.scoring import score
from tests.domain import small
from tests.domain.build import KEPT, LEVEL, NA, RAISED, F, filled, grade, level, rated, row, scheme, sheet, stars, total
from tests.domain.build import sites as sites_
from tests.domain.real import all_at, real, settled

NONE = Decisions()


def named(found: Sequence[Deciding]) -> list[str]:
    return [str(one.question) for one in found]


def test_nothing_is_open_where_all_is_answered() -> None:
    assert deciding(stars(), [filled(stars(), "0.7")], NONE) == ()


def test_of_one_dimension_all_that_is_open_decides_or_nothing() -> None:
    undecided = sheet({"1.1/veto": KEPT, "2.10": rated(1), "2.1": rated(1)})
    found = deciding(stars(), [undecided], NONE)
    assert [(one.sheet, str(one.question), one.stake) for one in found] == [
        ("s1", "1.2/total", F(10)),
        ("s1", "1.2.1/total", F(20)),
    ]
    assert named(by_stake(stars(), found)) == ["1.2.1/total", "1.2/total"]
    decided = sheet({"1.1/veto": KEPT, "2.10": rated("0.5"), "2.1": rated("0.4"), "1.2.1": rated(0)})
    assert bounds(stars(), [decided], NONE).decided
    assert deciding(stars(), [decided], NONE) == ()


def test_the_end_points_of_what_can_be_are_sharp() -> None:
    """20 and 50 are sure; what is open brings at most 30."""
    base: dict[str, Answer] = {"1.1/veto": KEPT, "1.2": rated(0), "1.2.1": rated(0)}
    exactly = sheet({**base, "2.10": rated(1)})
    assert named(deciding(stars(), [exactly], NONE)) == ["2.1/total"]  # 40 to 70, and 70 is silver
    below = sheet({**base, "2.10": rated("0.999")})
    assert deciding(stars(), [below], NONE) == ()
    already = sheet({**base, "2.10": rated(1), "1.2.1": rated(1), "1.2": rated(1)})  # 70 to 100
    assert named(deciding(stars(), [already], NONE)) == ["2.1/total"]
    silver = replace(stars(), grades=stars().grades[1:])
    assert deciding(silver, [already], NONE) == ()


def test_a_raised_veto_and_a_refused_gate_leave_nothing_to_decide() -> None:
    assert deciding(stars(), [sheet({"1.1/veto": RAISED}), sheet({}, name="s2")], NONE) == ()
    assert deciding(sites_(), [], Decisions({"conformity": False})) == ()
    assert len(deciding(sites_(), [], NONE)) == 7


def test_open_veto_rows_are_left_to_others() -> None:
    found = deciding(stars(), [sheet({})], NONE)
    assert VETO not in {one.question.dimension for one in found}
    assert len(found) == 4


def test_the_weaker_dimension_alone_decides() -> None:
    standard = real("jccqb-037")
    service_low = all_at(standard, 0, management="0.9", service="0.5", without=["1.1.1/management"])
    assert deciding(standard, [service_low], settled(standard)) == ()
    open_ = ["1.1.1/management", "1.3.1/service"]
    found = deciding(standard, [all_at(standard, "0.9", {"1.1.2/management": 1}, without=open_)], settled(standard))
    assert named(found) == open_
    capped = all_at(standard, 0, management="0.95", service="0.85", without=open_)
    assert deciding(standard, [capped], settled(standard)) == ()
    # service ends between 82 and 85: only whether management reaches 80 matters, and what service says does not.
    four = all_at(standard, "0.8", service="0.85", without=["1.1.1/management", "1.3.1/service"])
    assert named(deciding(standard, [four], settled(standard))) == ["1.1.1/management"]


def test_an_uncovered_dimension_is_open_as_a_whole() -> None:
    standard = real("tbsc-94")
    half = all_at(standard, 1)
    service = {key: value for key, value in half.answers.items() if key.dimension == "service"}
    alone = replace(half, covers=frozenset({"service"}), answers=service)
    found = deciding(standard, [alone], settled(standard))
    assert {one.sheet for one in found} == {""}
    assert len(found) == 21
    assert found[0].stake == 4  # 5 points, level 1 to level 5
    assert by_stake(standard, found)[0].stake == 8


def test_adjustments_shift_what_decides() -> None:
    standard = real("dnisc-1105")
    start = all_at(standard, "0.7", {"5.2.1.2/total": 1}, without=["5.2.1.1/total"])
    none = Decisions(deductions=0, bonus=F(0))
    assert named(deciding(standard, [start], none)) == ["5.2.1.1/total"]  # 69.9 to 70.9
    assert deciding(standard, [start], Decisions(deductions=0, bonus=F(1))) == ()
    assert deciding(standard, [start], Decisions(deductions=5, bonus=F(0))) == ()


def test_levels_that_jump_over_a_threshold_leave_a_small_row_without_a_say() -> None:
    """M.1 moves by 10 a level, M.2 by 1: with M.1 at 10, 20 ..., the total is 11-15, 21-25 and so on."""
    dimension = replace(stars().dimensions["total"], scale=LEVEL, total="points")
    rows = [row("M.1", total=50), row("M.2", total=5)]
    gap = scheme([dimension], rows, [grade("pass", total(18))])
    assert named(deciding(gap, [sheet({})], NONE)) == ["M.1/total"]
    hit = scheme([dimension], rows, [grade("pass", total(23))])
    assert named(deciding(hit, [sheet({})], NONE)) == ["M.1/total", "M.2/total"]
    assert named(deciding(gap, [sheet({"M.1": level(1)})], NONE)) == []
    edge = scheme([dimension], rows, [grade("pass", total(21))])  # M.1 at 20 is there already, with M.2 at its lowest
    assert named(deciding(edge, [sheet({})], NONE)) == ["M.1/total"]


# ---------------------------------------------------------------- against every completion


def put(one: Sheet, question: QuestionId, answer: Answer) -> Sheet:
    return replace(one, answers={**one.answers, question: answer})


def assumed(standard: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> tuple[list[Sheet], Decisions]:
    """As bounds assume: gates confirmed, vetoes not raised, nothing more deducted; a sheet for what nobody covers."""
    covered = frozenset[str]().union(*(one.covers for one in sheets))
    blank = Sheet("", "", "", frozenset(standard.dimensions) - covered, {})
    whole = []
    for one in (*sheets, *([blank] if blank.covers else [])):
        kept: dict[QuestionId, Answer] = dict.fromkeys(standard.vetoes, KEPT)
        whole.append(replace(one, answers={**kept, **one.answers}))
    gates = {**dict.fromkeys(standard.gates, True), **decisions.gates}
    return whole, Decisions(gates, decisions.deductions or 0, decisions.bonus or F(0))


def result(standard: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> str:
    outcome = verdict(standard, score(standard, sheets, decisions)).outcome
    assert outcome
    return outcome.id


def open_of(standard: Scheme, sheets: Sequence[Sheet]) -> list[tuple[int, QuestionId]]:
    return [
        (n, question)
        for question in standard.questions
        for n, one in enumerate(sheets)
        if question in standard.covered(one.covers) and question not in one.answers
    ]


def with_all(
    sheets: Sequence[Sheet], places: Sequence[tuple[int, QuestionId]], answers: Sequence[Answer]
) -> list[Sheet]:
    found = list(sheets)
    for (n, question), answer in zip(places, answers, strict=True):
        found[n] = put(found[n], question, answer)
    return found


def test_of_levels_those_decide_that_some_completion_shows() -> None:
    rng, yes, no = Random(7), 0, 0
    while yes < 60 or no < 8:
        standard = small.standard(rng, rows=4, kinds=("level",))
        sheets, decisions = small.sheets(rng, standard, most=2, lacking=0.4), small.decisions(rng, standard)
        whole, settled_ = assumed(standard, sheets, decisions)
        places = open_of(standard, whole)
        if not 1 <= len(places) <= 3 or any(all_left_out(standard, one) for one in whole):
            continue
        said = {(one.sheet, one.question) for one in deciding(standard, sheets, decisions)}
        levels = [level(n) for n in range(1, 6)]
        outcomes = {
            answers: result(standard, with_all(whole, places, [levels[n] for n in answers]), settled_)
            for answers in itertools.product(range(5), repeat=len(places))
        }
        for place, (n, question) in enumerate(places):
            moves = any(
                outcomes[answers] != outcomes[*answers[:place], 4, *answers[place + 1 :]]
                for answers in outcomes
                if not answers[place]
            )
            assert ((whole[n].id, question) in said) == moves
            yes, no = yes + moves, no + (not moves and not bounds(standard, sheets, decisions).decided)


def all_left_out(standard: Scheme, one: Sheet) -> bool:
    """In one of the dimensions that the sheet covers."""
    asked = {name: [one.answers.get(question) for question in standard.weights[name]] for name in one.covers}
    return any(all(answer == NA for answer in answers) for answers in asked.values())


def shared(standard: Scheme, places: Sequence[tuple[int, QuestionId]], ratios: dict[str, Fraction]) -> list[Answer]:
    """Every open question of a dimension at the same ratio."""
    return [Rated(ratios[question.dimension], "ratio") for _, question in places]


def telling(standard: Scheme, low: Fraction, high: Fraction, dimension: str) -> Iterator[Fraction]:
    """Common ratios of open questions at which their total, linear from low to high, is just at a threshold."""
    yield F(0)
    yield F(1)
    for one in standard.grades:
        for need in one.conditions:
            if getattr(need, "dimension", "") == dimension:
                steps = dict(standard.dimensions[dimension].level_from)
                least = need.threshold if isinstance(need, TotalAtLeast) else steps[getattr(need, "level", 0)]
                if high > low and low <= least <= high:
                    yield (least - low) / (high - low)


def test_of_ratios_those_decide_that_some_completion_shows_and_no_others() -> None:
    rng, yes, no, coupled = Random(8), 0, 0, 0
    while yes < 80 or no < 40 or not coupled:
        standard = small.standard(rng, rows=4, kinds=("ratio", "alpha", "either"))
        sheets, decisions = small.sheets(rng, standard, most=2, lacking=0.35), small.decisions(rng, standard)
        whole, settled_ = assumed(standard, sheets, decisions)
        places = open_of(standard, whole)
        if not places or any(all_left_out(standard, one) for one in whole):
            continue
        said = {(one.sheet, one.question) for one in deciding(standard, sheets, decisions)}
        coupled += bool(said) and len({question.dimension for _, question in places} - {q_.dimension for _, q_ in said})
        for n, question in places:
            rest = [one for one in places if one != (n, question)]
            shown = any(
                outcomes_differ(standard, whole, settled_, (n, question), rest, ratios)
                for ratios in completions(standard, whole, settled_, (n, question), rest)
            )
            assert ((whole[n].id, question) in said) == shown
            yes, no = yes + shown, no + (not shown)


def completions(
    standard: Scheme,
    sheets: Sequence[Sheet],
    decisions: Decisions,
    own: tuple[int, QuestionId],
    rest: Sequence[tuple[int, QuestionId]],
) -> Iterator[dict[str, Fraction]]:
    """Ratios per dimension that bring each total to the thresholds it can reach, the asked question at full marks."""
    full = with_all(sheets, [own], [Rated(F(1), "ratio")])
    ends = []
    for ratio in (F(0), F(1)):
        alike = shared(standard, rest, dict.fromkeys(standard.dimensions, ratio))
        card = score(standard, with_all(full, rest, alike), decisions)
        ends.append({name: part.total or F(0) for name, part in card.dimensions.items()})
    low, high = ends
    choices = [sorted(set(telling(standard, low[name], high[name], name))) for name in standard.dimensions]
    for some in itertools.product(*choices):
        yield dict(zip(standard.dimensions, some, strict=True))


def outcomes_differ(
    standard: Scheme,
    sheets: Sequence[Sheet],
    decisions: Decisions,
    own: tuple[int, QuestionId],
    rest: Sequence[tuple[int, QuestionId]],
    ratios: dict[str, Fraction],
) -> bool:
    others = with_all(sheets, rest, shared(standard, rest, ratios))
    ends = {result(standard, with_all(others, [own], [Rated(F(n), "ratio")]), decisions) for n in (0, 1)}
    return len(ends) > 1
