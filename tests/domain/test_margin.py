"""How far a result stands from its thresholds, and the single answers that hold it up."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from bot.domain.answers import Answer, Decisions, Rated, Sheet, Veto
from bot.domain.grading import verdict
from bot.domain.margin import Fragile, Margin, margin
from bot.domain.scheme import VETO, LevelAtLeast, QuestionId, Scheme, TotalAtLeast
from bot.domain.scoring import score
from tests.domain import small
from tests.domain.build import KEPT, NA, RAISED, F, filled, level, q, rated, sheet, shop, stars
from tests.domain.real import NAMES, all_at, random_sheet, real, settled


def of(standard: Scheme, *sheets: Sheet, decisions: Decisions | None = None) -> Margin:
    found = margin(standard, sheets, settled(standard) if decisions is None else decisions)
    assert found is not None
    return found


Rooms = dict[str, Fraction | int | None]


def rooms(found: Margin) -> tuple[Rooms, Rooms]:
    spare = {name: one.room for name, one in found.spare.items()}
    return spare, {name: one.room for name, one in found.missing.items()}


def asked(found: Margin) -> list[str]:
    return [str(one.question) for one in found.fragile]


def test_four_stars_at_the_threshold_exactly_hang_on_every_answer() -> None:
    standard = real("bjkb-006")
    found = of(standard, all_at(standard, "0.9"))
    assert found.outcome.id == "four-star"
    assert found.next
    assert found.next.id == "five-star"
    assert rooms(found) == ({"total": 0}, {"total": -5})
    assert asked(found) == [str(question) for question in standard.questions]
    veto, first, *_ = found.fragile
    assert veto == Fragile("a", q("4.1.1/veto"), KEPT, RAISED, standard.otherwise)
    assert (first.held, first.lower, first.becomes.id) == (rated("0.9"), rated("0.8"), "three-star")


def test_a_little_room_bears_small_rows() -> None:
    standard = real("bjkb-007")
    found = of(standard, all_at(standard, "0.9", {"4.6/total": 1, "4.7/total": "0.95"}))
    assert rooms(found)[0] == {"total": F("1.5")}
    # 0.9 to 0.8 costs a tenth of the points: no row has more than 10; 1 to 0.8 and 0.95 to 0.8 cost 2 and 1.5 points.
    assert asked(found) == ["4.1.1/veto", "4.6/total"]


def test_the_level_binds_beside_the_score() -> None:
    standard = real("tbsc-94")
    found = of(standard, all_at(standard, 0, service="0.97", management="0.6"))
    assert found.outcome.id == "aaa"
    assert found.next
    assert found.next.id == "aaaa"
    assert rooms(found) == ({"service": 17, "management": 17}, {"management": -8})
    assert found.missing["management"].checked.condition == LevelAtLeast("management", 4)
    assert found.missing["management"].checked.actual == 3
    assert asked(found) == []
    gate = next(one for one in found.held if one.dimension is None)
    assert gate.room is None
    assert gate.checked.holds


def test_levels_fall_to_the_next_lower_level_and_ratios_to_the_mark_below() -> None:
    standard = real("jccqb-037")
    found = of(standard, all_at(standard, "0.8", {"1.1.1/management": "0.85", "1.1.2/management": "0.75"}))
    assert rooms(found)[0] == {"management": 0, "service": 0}
    by_question = {str(one.question): one.lower for one in found.fragile}
    assert by_question["1.1.1/management"] == level(4)
    assert by_question["1.1.2/management"] == level(3)
    assert by_question["1.1.3/management"] == level(3)
    assert by_question["1.3.1/service"] == rated("0.6", "alpha")
    assert len(by_question) == len(standard.questions)


def test_deductions_leave_room_for_findings() -> None:
    standard = real("dnisc-1105")
    decisions = Decisions(deductions=3, bonus=F(1))
    found = of(standard, all_at(standard, "0.95"), decisions=decisions)
    assert found.outcome.id == "four-star"
    assert rooms(found) == ({"total": 3}, {"total": -2})
    assert [one.room for one in found.held if one.dimension is None] == [1]
    failed = of(standard, all_at(standard, "0.95"), decisions=Decisions(deductions=6, bonus=F(0)))
    assert failed.outcome.id == standard.otherwise.id
    assert failed.next
    assert failed.next.id == "qualified"
    assert rooms(failed) == ({}, {})
    assert [(one.checked.holds, one.room) for one in failed.lacks if one.dimension is None] == [(False, -2)]
    assert failed.fragile == ()


def test_nothing_is_above_the_top_and_nothing_fragile_at_the_bottom() -> None:
    standard = real("tbsc-94")
    top = of(standard, all_at(standard, 1))
    assert (top.next, top.lacks, top.missing) == (None, (), {})
    assert of(standard, all_at(standard, "0.2")).fragile == ()


def test_a_raised_veto_has_no_grade_to_lose() -> None:
    standard = real("bjkb-006")
    whole = all_at(standard, "0.9")
    vetoed = replace(whole, answers={**whole.answers, q("4.1.1/veto"): RAISED})
    found = of(standard, vetoed)
    assert found.outcome == standard.otherwise
    assert found.next
    assert found.next.id == "one-star"
    assert [one.checked.holds for one in found.lacks] == [False]
    assert found.fragile == ()


def test_an_unfinished_set_has_no_margin() -> None:
    standard = real("bjkb-006")
    whole = all_at(standard, "0.9", without=["4.13/total"])
    assert margin(standard, [whole], settled(standard)) is None
    vetoed = replace(whole, answers={**whole.answers, q("4.1.1/veto"): RAISED})
    assert margin(standard, [vetoed], settled(standard)) is None
    gated = real("tbsc-94")
    assert margin(gated, [all_at(gated, 1)], Decisions()) is None


def test_the_condition_with_the_least_room_binds() -> None:
    standard = stars()
    gold, *others = standard.grades
    both = (*gold.conditions, TotalAtLeast("total", F(85)))
    found = of(replace(standard, grades=(replace(gold, conditions=both), *others)), filled(standard, "0.92"))
    assert found.spare["total"].room == 2
    turned = replace(gold, conditions=both[::-1])
    assert of(replace(standard, grades=(turned, *others)), filled(standard, "0.92")).spare["total"].room == 2


def test_a_row_that_does_not_apply_makes_the_others_heavier() -> None:
    answers: dict[str, Answer] = {"1.1": NA, "1.2": rated("0.8"), "2.1": rated("0.8")}
    found = of(shop(), sheet(answers))
    assert rooms(found)[0] == {"total": 0}
    assert [(str(one.question), one.becomes.id) for one in found.fragile] == [
        ("1.2/total", "plain"),  # 80 - 30/90 x 20 = 73.3
        ("2.1/total", "fail"),  # 80 - 60/90 x 20 = 66.7
    ]


def lowered(standard: Scheme, question: QuestionId, held: Answer) -> Answer | None:
    """A step lower, read off the scale as a person would."""
    if isinstance(held, Veto):
        return None if held.raised else RAISED
    if not isinstance(held, Rated):
        return None
    scale = standard.scale_of(question)
    if scale.kind == "level":
        steps = [number for number in range(1, 6) if F(number, 5) < held.value]
        return level(steps[-1]) if steps else None
    place = scale.band_of(held.value)
    return Rated(scale.bands[place - 1].high, scale.kind) if place else None


def scored_again(standard: Scheme, sheets: Sequence[Sheet], decisions: Decisions) -> list[tuple[str, QuestionId, str]]:
    """Every answer a step lower, one by one, each scored from the start."""
    now = verdict(standard, score(standard, sheets, decisions)).outcome
    found = []
    for question in standard.questions:
        for number, one in enumerate(sheets):
            held = one.answers.get(question)
            lower = lowered(standard, question, held) if held is not None else None
            if lower is not None:
                changed = replace(one, answers={**one.answers, question: lower})
                card = score(standard, [*sheets[:number], changed, *sheets[number + 1 :]], decisions)
                after = verdict(standard, card).outcome
                assert now
                assert after
                if after.id != now.id:
                    found.append((one.id, question, after.id))
    return found


def test_fragile_answers_are_those_found_by_scoring_again() -> None:
    rng, some, vetoes = Random(5), 0, 0
    for _ in range(300):
        standard = small.standard(rng, rows=5)
        sheets, decisions = small.sheets(rng, standard, lacking=0), small.decisions(rng, standard)
        found = margin(standard, sheets, decisions)
        if found is not None:
            assert [(one.sheet, one.question, one.becomes.id) for one in found.fragile] == scored_again(
                standard, sheets, decisions
            )
            some += len(found.fragile)
            vetoes += any(one.question.dimension == VETO for one in found.fragile)
    assert some > 50
    assert vetoes > 5


def test_fragile_answers_of_the_five_standards_are_those_found_by_scoring_again() -> None:
    rng, some = Random(6), 0
    for name in NAMES:
        standard = real(name)
        sheets = [random_sheet(rng, standard, "steps", name=f"s{n}", left_out=0.3) for n in range(2)]
        top = all_at(standard, "0.8")
        for each in (sheets, [top], [all_at(standard, "0.8", name="b"), top]):
            found = of(standard, *each)
            some += len(found.fragile)
            assert [(one.sheet, one.question, one.becomes.id) for one in found.fragile] == scored_again(
                standard, each, settled(standard)
            )
    assert some > 200
