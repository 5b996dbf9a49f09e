"""The answers file (DESIGN 7): what it becomes. What cannot be: `test_answers_faults`."""

import json
from fractions import Fraction

from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.scoring import score
from bot.library.answers_file import read_answers_file
from tests.library.submissions import library, one, q, read


def test_ratio_and_veto() -> None:
    answers = {"1.1": {"veto": False}, "1.2": {"ratio": "0.85"}, "2.1": {"ratio": "1/3"}, "3": {"total": {"ratio": 1}}}
    (sheet,) = read(one("made-stars", answers)).sheets
    assert sheet.answers == {
        q("1.1/veto"): Veto(raised=False),
        q("1.2/total"): Rated(Fraction(17, 20), "ratio", "0.85"),
        q("2.1/total"): Rated(Fraction(1, 3), "ratio", "1/3"),
        q("3/total"): Rated(Fraction(1), "ratio", "1"),
    }
    assert (sheet.id, sheet.assessor, sheet.round, sheet.covers) == ("A", "A", "", frozenset({"total"}))


def test_alpha_and_level() -> None:
    answers = {"S.1.1": {"alpha": "0.7"}, "S.1.2": {"ratio": "0.6"}, "M.1": {"level": 4}, "M.2": {"level": "5"}}
    (sheet,) = read(one("T/MADE 002-2026", answers)).sheets
    assert sheet.answers == {
        q("S.1.1/service"): Rated(Fraction(7, 10), "alpha", "0.7"),
        q("S.1.2/service"): Rated(Fraction(3, 5), "alpha", "0.6"),
        q("M.1/management"): Rated(Fraction(4, 5), "level", "4"),
        q("M.2/management"): Rated(Fraction(1), "level", "5"),
    }


def test_rows_in_two_dimensions() -> None:
    answers = {"1.2": {"management": {"level": 4}, "service": {"alpha": "0.7"}}, "2.1": {"ratio": "0.85"}}
    (sheet,) = read(one("made-sites", answers)).sheets
    assert sheet.answers == {
        q("1.2/management"): Rated(Fraction(4, 5), "level", "4"),
        q("1.2/service"): Rated(Fraction(7, 10), "alpha", "0.7"),
        q("2.1/management"): Rated(Fraction(17, 20), "ratio", "0.85"),
        q("2.1/service"): Rated(Fraction(17, 20), "alpha", "0.85"),
    }


def test_not_applicable_with_and_without_a_reason() -> None:
    answers = {"5.2.1": {"na": True, "reason": "nothing is sent"}, "5.2.2": {"na": True}}
    (sheet,) = read(one("made-shop", answers)).sheets
    assert list(sheet.answers.values()) == [NotApplicable("nothing is sent"), NotApplicable("")]


def test_what_a_sheet_covers() -> None:
    service, management = {"S.2": {"alpha": "1"}}, {"M.1": {"level": 1}}
    both = frozenset({"service", "management"})

    def covers(*sheets: dict[str, object]) -> list[frozenset[str]]:
        return [sheet.covers for sheet in read({"scheme": "made-panel", "assessors": list(sheets)}).sheets]

    assert covers({"name": "A", "answers": service}) == [both]
    assert covers({"name": "A"}) == [both]
    assert covers({"name": "A", "answers": service, "dimensions": ["service"]}) == [frozenset({"service"})]
    assert covers({"name": "A", "answers": service}, {"name": "B", "answers": {**service, **management}}) == [
        frozenset({"service"}),
        both,
    ]
    assert covers({"name": "A", "answers": service, "dimensions": [*both]}, {"name": "B"}) == [both, frozenset()]


def test_a_flat_ratio_counts_only_where_the_sheet_covers() -> None:
    sheet = {"name": "A", "dimensions": ["service"], "answers": {"2.1": {"ratio": "0.5"}}}
    (read_sheet,) = read({"scheme": "made-sites", "assessors": [sheet]}).sheets
    assert list(read_sheet.answers) == [q("2.1/service")]


def test_sheets_are_named_by_name_and_round() -> None:
    sheets = [{"name": "A"}, {"name": "A", "round": "2"}, {"name": "B", "round": "2"}]
    found = read({"scheme": "made-stars", "assessors": sheets}).sheets
    assert [sheet.id for sheet in found] == ["A", "A/2", "B/2"]


def test_decisions_that_are_absent_mean_none_but_gates_stay_open() -> None:
    assert read(one("made-shop", {})).decisions.deductions == 0
    assert read(one("made-shop", {})).decisions.bonus == 0
    stars = read(one("made-stars", {})).decisions
    assert (stars.deductions, stars.bonus) == (None, None)
    assert read(one("made-panel", {})).decisions.gates == {}
    given = read(one("made-shop", {}, deductions=2, bonus="1")).decisions
    assert (given.deductions, given.bonus) == (2, Fraction(1))
    assert read(one("made-panel", {}, gates={"conformity": False})).decisions.gates == {"conformity": False}


def test_no_sheet_at_all_is_incomplete_and_no_problem() -> None:
    submission = read({"scheme": "made-stars", "assessors": []})
    assert not score(submission.scheme, submission.sheets, submission.decisions).complete


def test_measures_are_accepted() -> None:
    for measure in ({"numerator": 9, "denominator": "10", "month": "2026-04"}, {"numerator": 0, "denominator": 0}):
        assert len(read(one("made-sites", {}, measures={"A": measure})).sheets) == 1


def test_a_bom_is_let_pass() -> None:
    text = "\ufeff" + json.dumps(one("made-stars", {}))
    assert read_answers_file(text, library(), "a.json")[0] is not None
