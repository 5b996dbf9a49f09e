"""The result object of DESIGN 7, as `gradewalk score` prints it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from bot.domain.answers import Answer, Decisions, NotApplicable, Rated, Sheet, Veto
from bot.domain.figures import decimal
from bot.domain.grading import verdict
from bot.domain.scheme import QuestionId, Scheme
from bot.domain.scoring import score
from bot.export import result_json
from bot.words import Words
from tests.made_up import scheme


def result(of: Scheme, sheets: Sequence[Sheet], decisions: Decisions | None = None) -> dict[str, Any]:
    card = score(of, sheets, decisions or Decisions())
    return dict(result_json(of, sheets, card, verdict(of, card), Words.of("zh"), Words.of("en")))


def sheet(answers: dict[str, Answer], dimension: str = "total", name: str = "A", round_: str = "") -> Sheet:
    given = {QuestionId(row, "veto" if isinstance(a, Veto) else dimension): a for row, a in answers.items()}
    return Sheet(f"{name}-{round_}", name, round_, frozenset({dimension}), given)


def ratio(value: str) -> Rated:
    return Rated(Fraction(value), "ratio")


STARS: dict[str, Answer] = {
    "1.1": Veto(raised=False),
    "1.2": ratio("1"),
    "2.1": ratio("7/9"),
    "2.10": ratio("0.5"),
    "3": ratio("1/4"),
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("100", "100"),
        ("83.50", "83.5"),
        ("4345/52", "83.557692"),
        ("1/128", "0.007813"),  # exact needs 7 places
        ("2/3", "0.666667"),
        ("1999999999/1000000000", "2.000000"),
        ("-4", "-4"),
        ("-1/3", "-0.333333"),
        ("-1/10000000", "0.000000"),
        ("0.0000005", "0.000001"),  # half goes up
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
    ],
)
def test_numbers_are_exact_or_rounded_half_up_to_six_places(value: str, text: str) -> None:
    assert decimal(Fraction(value)) == text


def test_a_complete_sheet() -> None:
    found = result(scheme("stars"), [sheet(STARS)])
    # 20 + 30*7/9 + 5 + 10 = 175/3
    assert found["dimensions"] == {
        "total": {"total": "58.333333", "exact": "175/3", "before_adjustments": "58.333333", "maximum": "100"}
    }
    assert found["sections"] == {
        "1": {"total": {"points": "20", "of": "20"}},
        "2": {"total": {"points": "28.333333", "of": "40"}},
        "3": {"total": {"points": "10", "of": "40"}},
    }
    assert (found["scheme"], found["complete"], found["open"]) == ("made-stars", True, [])
    assert (found["deductions"], found["bonus"], found["readings"]) == (0, "0", ["ST-01"])
    bronze = {"id": "bronze", "title": {"zh": "铜级", "en": "Bronze"}}
    assert (found["grade"], found["outcome"], found["passed"]) == (bronze, bronze, True)
    assert [reason["code"] for reason in found["reasons"]] == ["no-veto", "total-missed"]
    assert all(set(reason) == {"code", "zh", "en"} and reason["zh"] != reason["en"] for reason in found["reasons"])


def test_what_is_open_is_named_and_nothing_is_awarded() -> None:
    some = {row: answer for row, answer in STARS.items() if row not in {"1.1", "2.10"}}
    found = result(scheme("stars"), [sheet(some), sheet(STARS, name="B", round_="2"), sheet({}, round_="x")])
    assert {"sheet": "A", "indicator": "1.1", "dimension": "veto"} in found["open"]
    assert {"sheet": "A", "indicator": "2.10", "dimension": "total"} in found["open"]
    assert {"sheet": "A/x", "indicator": "3", "dimension": "total"} in found["open"]
    assert not any(item["sheet"] == "B/2" for item in found["open"])
    assert found["dimensions"]["total"]["total"] is None
    assert found["dimensions"]["total"]["exact"] is None
    assert found["sections"]["2"]["total"] == {"points": None, "of": "40"}
    assert (found["complete"], found["grade"], found["passed"]) == (False, None, False)
    assert found["outcome"] == {"id": "incomplete", "title": {"zh": "未完成", "en": "Incomplete"}}


def test_a_raised_veto_has_an_outcome_and_no_grade() -> None:
    found = result(scheme("stars"), [sheet({"1.1": Veto(raised=True)})])
    assert found["outcome"] == {"id": "fail", "title": {"zh": "不予评级", "en": "No grade"}}
    assert (found["grade"], found["passed"], found["complete"]) == (None, False, False)
    assert [reason["code"] for reason in found["reasons"]] == ["veto-raised", "incomplete"]


def test_levels_stand_only_where_a_dimension_has_them() -> None:
    found = result(scheme("panel"), [])
    assert found["open"] == [{"dimension": "service"}, {"dimension": "management"}, {"gate": "conformity"}]
    assert found["dimensions"]["management"] == {
        "total": None,
        "exact": None,
        "before_adjustments": None,
        "maximum": "15",
        "level": None,
    }
    assert "level" not in found["dimensions"]["service"]
    levels: dict[str, Answer] = {f"M.{n}": Rated(Fraction(4, 5), "level") for n in (1, 2, 3)}
    found = result(scheme("panel"), [sheet(levels, "management")])
    assert found["dimensions"]["management"]["level"] == 4
    assert found["sections"]["S.1"]["service"] == {"points": None, "of": "90"}


SHOP: dict[str, Answer] = {
    "5.2.1": NotApplicable("none"),
    "5.2.2": ratio("1/3"),
    "5.2.3": ratio("1"),
    "5.1": ratio("1"),
    "5.2": ratio("1"),
}


def test_adjustments_come_last_and_what_does_not_apply_is_not_due() -> None:
    found = result(scheme("shop"), [sheet(SHOP)], Decisions(deductions=2, bonus=Fraction(1)))
    assert found["dimensions"]["total"] == {
        "total": "74",
        "exact": "74",
        "before_adjustments": "75",
        "maximum": "100",
    }
    assert found["sections"]["goods"]["total"] == {"points": "20", "of": "40"}
    assert (found["deductions"], found["bonus"]) == (2, "1")


def test_a_total_is_not_final_while_an_adjustment_is_undecided() -> None:
    found = result(scheme("shop"), [sheet(SHOP)], Decisions(deductions=2))
    assert found["open"] == [{"adjustment": "bonus"}]
    assert found["dimensions"]["total"]["total"] is None
    assert found["dimensions"]["total"]["before_adjustments"] == "75"
