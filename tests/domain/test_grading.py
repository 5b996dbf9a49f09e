from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.answers import Answer, Decisions, Rated, Sheet
from bot.domain.grading import Checked, Reason, Verdict, check, code_of, standing_of, verdict
from bot.domain.scheme import (
    Condition,
    DeductionsBelow,
    GateMet,
    LevelAtLeast,
    NoVeto,
    QuestionId,
    Scheme,
    TotalAtLeast,
)
from bot.domain.scoring import score
from tests.domain.build import KEPT, RAISED, F, filled, grade, panel, q, shop, sites, stars

NONE = Decisions()
MET, REFUSED = Decisions({"conformity": True}), Decisions({"conformity": False})
LEAST = Fraction(1, 1_000_000)


def judge(scheme: Scheme, sheet: Sheet, decisions: Decisions) -> Verdict:
    return verdict(scheme, score(scheme, [sheet], decisions))


def outcome(scheme: Scheme, sheet: Sheet, decisions: Decisions) -> str:
    found = judge(scheme, sheet, decisions).outcome
    return found.id if found else "undecided"


def codes(found: Verdict) -> list[tuple[str, str]]:
    return [(reason.code, reason.grade.id if reason.grade else "") for reason in found.reasons]


def lowered(sheet: Sheet, standard: Scheme, question: str, by: Fraction) -> Sheet:
    """The sheet whose total in percent of 100 points is lower by so much."""
    held = sheet.answers[q(question)]
    assert isinstance(held, Rated)
    answers: Mapping[QuestionId, Answer] = {
        **sheet.answers,
        q(question): replace(held, value=held.value - by / standard.points_of(q(question))),
    }
    return replace(sheet, answers=answers)


# ------------------------------------------------------------ thresholds


@pytest.mark.parametrize(
    ("total", "at", "below"), [(90, "gold", "silver"), (70, "silver", "bronze"), (100, "gold", "gold")]
)
def test_a_threshold_is_met_exactly_and_missed_by_a_millionth(total: int, at: str, below: str) -> None:
    exact = filled(stars(), F(total, 100))
    assert outcome(stars(), exact, NONE) == at
    assert outcome(stars(), lowered(exact, stars(), "2.1", LEAST), NONE) == below


@pytest.mark.parametrize(
    ("total", "at", "below"), [(95, "gold", "silver"), (80, "silver", "plain"), (70, "plain", "fail")]
)
def test_thresholds_hold_after_adjustments(total: int, at: str, below: str) -> None:
    for deductions, bonus in [(0, 0), (3, 0), (0, 1), (4, 1)]:
        decided = Decisions(deductions=deductions, bonus=F(bonus))
        exact = filled(shop(), F(total + deductions - bonus, 100))
        assert outcome(shop(), exact, decided) == at
        assert outcome(shop(), lowered(exact, shop(), "2.1", LEAST), decided) == below


@pytest.mark.parametrize(
    ("service", "management", "expected"),
    [
        ("1", "1", "five"),
        ("0.9", "0.9", "five"),
        ("0.899999", "0.9", "four"),
        ("0.9", "0.899999", "four"),
        ("0.95", "0.8", "four"),
        ("0.85", "1", "four"),
        ("0.8", "0.8", "four"),
        ("0.799999", "0.8", "three"),
        ("0.8", "0.799999", "three"),
        ("0.95", "0.7", "three"),
        ("0.65", "1", "three"),
        ("0.6", "0.7", "three"),
        ("0.599999", "1", "fail"),
        ("1", "0.699999", "fail"),
        ("1", "3/5", "fail"),
    ],
)
def test_the_highest_grade_whose_conditions_all_hold(service: str, management: str, expected: str) -> None:
    assert outcome(sites(), filled(sites(), 0, service=service, management=management), MET) == expected


@pytest.mark.parametrize(
    ("service", "each", "expected"),
    [
        ("1", 5, "AAAA"),
        ("0.9", 5, "AAAA"),
        ("0.899999", 5, "AAA"),
        ("0.95", 4, "AAA"),
        ("0.8", 3, "AAA"),
        ("0.95", 2, "row-one"),
        ("0.799999", 5, "row-one"),
        ("0.6", 2, "row-one"),
        ("0.599999", 5, "fail"),
        ("1", 1, "fail"),
    ],
)
def test_levels_from_points_beside_a_total(service: str, each: int, expected: str) -> None:
    assert outcome(panel(), filled(panel(), 0, service=service, management=f"{each}/5"), MET) == expected


# ------------------------------------------------------------ outcomes without a grade


def test_a_named_outcome_without_award_is_no_grade_and_not_passed() -> None:
    found = judge(panel(), filled(panel(), 0, service="0.7", management="4/5"), MET)
    assert (found.outcome and found.outcome.id, found.grade, found.passed) == ("row-one", None, False)
    assert codes(found) == [("total-reached", "row-one"), ("level-reached", "row-one"), ("total-missed", "AAA")]
    assert found.next == panel().grades[1]


def test_a_grade_is_passed() -> None:
    found = judge(stars(), filled(stars(), 0), NONE)
    assert (found.grade and found.grade.id, found.passed) == ("bronze", True)


def test_otherwise_is_no_grade() -> None:
    found = judge(shop(), filled(shop(), "0.5"), Decisions(deductions=0, bonus=F(0)))
    assert (found.outcome, found.grade, found.passed) == (shop().otherwise, None, False)
    assert codes(found) == [("total-missed", "plain")]


def test_five_deductions_fail_whatever_the_total() -> None:
    for deductions, expected in [(4, "gold"), (5, "fail"), (6, "fail")]:
        decided = Decisions(deductions=deductions, bonus=F(1))
        assert outcome(shop(), filled(shop(), 1), decided) == expected
    found = judge(shop(), filled(shop(), 1), Decisions(deductions=5, bonus=F(1)))
    assert codes(found) == [("deductions-reached", "plain")]
    assert found.missing == (Checked(DeductionsBelow(5), holds=False, actual=5, needed=5),)


# ------------------------------------------------------------ reasons and what lacks


def test_the_reasons_of_the_top_grade_have_nothing_to_add() -> None:
    found = judge(stars(), filled(stars(), "0.95"), NONE)
    assert (found.next, found.missing) == (None, ())
    assert [reason.checked for reason in found.reasons] == [
        Checked(TotalAtLeast("total", F(90)), holds=True, actual=F(95), needed=F(90)),
        Checked(NoVeto(), holds=True, actual=False, needed=False),
    ]
    assert codes(found) == [("total-reached", "gold"), ("no-veto", "gold")]


def test_next_is_the_entry_above_and_missing_only_what_lacks() -> None:
    found = judge(sites(), filled(sites(), 0, service="0.95", management="0.8"), MET)
    assert found.outcome == sites().grades[1]
    assert found.next == sites().grades[0]
    assert found.missing == (Checked(LevelAtLeast("management", 5), holds=False, actual=4, needed=5),)
    assert codes(found) == [
        ("total-reached", "four"),
        ("level-reached", "four"),
        ("gate-met", "four"),
        ("level-missed", "five"),
    ]


def test_a_level_below_the_lowest_is_missed_without_a_number() -> None:
    found = judge(sites(), filled(sites(), 0, service="0.5", management="0.5"), MET)
    assert found.missing == (
        Checked(TotalAtLeast("service", F(60)), holds=False, actual=F(50), needed=F(60)),
        Checked(LevelAtLeast("management", 3), holds=False, actual=None, needed=3),
    )


def test_a_refused_gate_is_complete_without_grade_and_named() -> None:
    found = judge(sites(), filled(sites(), 1), REFUSED)
    assert (found.outcome, found.grade, found.next) == (sites().otherwise, None, sites().grades[2])
    assert found.missing == (Checked(GateMet("conformity"), holds=False, actual=False, needed=True),)
    assert codes(found) == [("gate-refused", "three")]


def test_a_refused_gate_is_named_even_where_the_next_entry_does_not_ask_for_it() -> None:
    found = judge(panel(), filled(panel(), 0, service="0.5", management="1"), REFUSED)
    assert found.outcome == panel().otherwise
    assert codes(found) == [("total-missed", "row-one"), ("gate-refused", "AAA")]
    assert [checked.condition for checked in found.missing] == [TotalAtLeast("service", F(60))]
    assert codes(judge(panel(), filled(panel(), 1), REFUSED)) == [
        ("total-reached", "row-one"),
        ("level-reached", "row-one"),
        ("gate-refused", "AAA"),
    ]


# ------------------------------------------------------------ incomplete, veto


def test_incomplete_has_no_outcome_and_says_how_much_is_open() -> None:
    whole = filled(sites(), 1)
    lacking = replace(whole, answers=dict(list(whole.answers.items())[2:]))
    found = judge(sites(), lacking, NONE)
    assert found == Verdict(None, (Reason("incomplete", open=3),))
    assert (found.grade, found.passed) == (None, False)
    assert outcome(sites(), whole, NONE) == "undecided"


def test_a_raised_veto_leaves_no_grade_whatever_the_total() -> None:
    whole = filled(stars(), 1)
    raised = replace(whole, answers={**whole.answers, q("1.1/veto"): RAISED})
    found = verdict(stars(), score(stars(), [whole, raised, replace(raised, id="s3")], NONE))
    assert found == Verdict(stars().otherwise, (Reason("veto-raised", indicators=("1.1",)),))
    assert not found.passed


def test_a_raised_veto_decides_while_questions_are_open() -> None:
    found = judge(stars(), replace(filled(stars(), 1), answers={q("1.1/veto"): RAISED}), NONE)
    assert found.outcome == stars().otherwise
    assert found.reasons == (Reason("veto-raised", indicators=("1.1",)), Reason("incomplete", open=4))


def test_an_unanswered_veto_is_incomplete_never_no_veto() -> None:
    whole = filled(stars(), 1)
    unanswered = replace(whole, answers={k: v for k, v in whole.answers.items() if v != KEPT})
    assert outcome(stars(), unanswered, NONE) == "undecided"


def test_a_gate_that_no_grade_asks_for_changes_nothing() -> None:
    standard = replace(panel(), grades=(grade("any"),))
    found = judge(standard, filled(standard, 1), REFUSED)
    assert (found.grade, found.reasons) == (standard.grades[0], ())


# ------------------------------------------------------------ single conditions


@pytest.mark.parametrize(
    ("condition", "held", "missed"),
    [
        (TotalAtLeast("total", F(95)), "total-reached", "total-missed"),
        (LevelAtLeast("total", 4), "level-reached", "level-missed"),
        (NoVeto(), "no-veto", "veto-raised"),
        (GateMet("conformity"), "gate-met", "gate-refused"),
        (DeductionsBelow(5), "deductions-within", "deductions-reached"),
    ],
)
def test_each_condition_has_a_code_for_either_case(condition: Condition, held: str, missed: str) -> None:
    assert code_of(Checked(condition, holds=True, actual=None, needed=0)) == held
    assert code_of(Checked(condition, holds=False, actual=None, needed=0)) == missed


def test_a_standing_holds_the_facts_that_decide() -> None:
    standing = standing_of(score(shop(), [filled(shop(), "0.9")], Decisions(deductions=2, bonus=F(1))))
    assert standing
    assert (standing.totals, standing.levels, standing.gates) == ({"total": F(89)}, {"total": None}, {})
    assert (standing.deductions, standing.vetoed) == (2, False)
    assert standing_of(score(shop(), [], NONE)) is None
    assert not check(NoVeto(), replace(standing, vetoed=True)).holds
