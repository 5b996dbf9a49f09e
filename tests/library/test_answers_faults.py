"""The answers file (DESIGN 7): everything that cannot be, with its path. Tables by the place of the fault."""

import json

import pytest

from bot.library.problems import Problem
from tests.library.submissions import faults, one, problems_of, sheets

ANSWERS = {
    "unknown row": ("stars", "2.11", {"ratio": "1"}, "unknown-question", ""),
    "a section": ("stars", "2", {"ratio": "1"}, "unknown-question", ""),
    "a code": ("shop", "B1", {"ratio": "1"}, "code-for-id", ""),
    "bare answer": ("stars", "1.2", "0.85", "not-a-mapping", ""),
    "null answer": ("stars", "1.2", None, "not-a-mapping", ""),
    "empty answer": ("stars", "1.2", {}, "no-answer", ""),
    "only a reason": ("shop", "5.2.1", {"reason": "x"}, "no-answer", ""),
    "two answers": ("shop", "5.2.1", {"na": True, "ratio": "1"}, "several-answers", ""),
    "unknown form": ("stars", "1.2", {"ratio": "1", "x": 1}, "unknown-key", ".x"),
    "form misspelt": ("stars", "1.2", {"total": {"rato": "1"}}, "unknown-key", ".total.rato"),
    "reason for a ratio": ("shop", "5.2.1", {"ratio": "1", "reason": "x"}, "unknown-key", ".reason"),
    "reason as number": ("shop", "5.2.1", {"na": True, "reason": 1}, "not-a-text", ".reason"),
    "na false": ("shop", "5.2.1", {"na": False}, "bad-choice", ".na"),
    "na for another row": ("shop", "5.2.3", {"na": True}, "na-not-allowed", ""),
    "na in another scheme": ("sites", "1.2", {"na": True}, "na-not-allowed", ""),
    "na for the veto": ("stars", "1.1", {"na": True}, "veto-expected", ""),
    "alpha for a ratio": ("stars", "1.2", {"alpha": "1"}, "wrong-form", ""),
    "level for a ratio": ("stars", "1.2", {"level": 5}, "wrong-form", ""),
    "level for an alpha": ("panel", "S.2", {"level": 5}, "wrong-form", ""),
    "alpha for a level": ("panel", "M.1", {"alpha": "1"}, "wrong-form", ""),
    "ratio for a level": ("panel", "M.1", {"ratio": "1"}, "wrong-form", ""),
    "ratio for the veto": ("stars", "1.1", {"ratio": "1"}, "veto-expected", ""),
    "veto for a ratio": ("stars", "1.2", {"veto": True}, "veto-not-allowed", ""),
    "veto for two": ("sites", "1.2", {"veto": True}, "veto-not-allowed", ""),
    "veto as text": ("stars", "1.1", {"veto": "true"}, "bad-flag", ".veto"),
    "veto as number": ("stars", "1.1", {"veto": 1}, "bad-flag", ".veto"),
    "level 6": ("panel", "M.1", {"level": 6}, "bad-whole-number", ".level"),
    "level 0": ("panel", "M.1", {"level": 0}, "bad-whole-number", ".level"),
    "level 4.5": ("panel", "M.1", {"level": "4.5"}, "bad-whole-number", ".level"),
    "level 4.0": ("panel", "M.1", {"level": 4.0}, "float-number", ".level"),
    "level true": ("panel", "M.1", {"level": True}, "bad-whole-number", ".level"),
    "flat level for two": ("sites", "1.2", {"level": 4}, "one-per-dimension", ""),
    "flat alpha for two": ("sites", "1.2", {"alpha": "1"}, "one-per-dimension", ""),
    "ratio 1.2": ("stars", "1.2", {"ratio": "1.2"}, "out-of-range", ".ratio"),
    "ratio 85": ("stars", "1.2", {"ratio": 85}, "out-of-range", ".ratio"),
    "ratio below 0": ("stars", "1.2", {"ratio": "-1/3"}, "out-of-range", ".ratio"),
    "flat ratio 1.2 once": ("sites", "1.2", {"ratio": "1.2"}, "out-of-range", ".ratio"),
    "ratio 85%": ("stars", "1.2", {"ratio": "85%"}, "bad-number", ".ratio"),
    "ratio 1e-1": ("stars", "1.2", {"ratio": "1e-1"}, "bad-number", ".ratio"),
    "ratio by 0": ("stars", "1.2", {"ratio": "1/0"}, "bad-number", ".ratio"),
    "ratio true": ("stars", "1.2", {"ratio": True}, "bad-number", ".ratio"),
    "ratio null": ("stars", "1.2", {"ratio": None}, "bad-number", ".ratio"),
    "a float": ("stars", "1.2", {"ratio": 0.85}, "float-number", ".ratio"),
    "a float as answer": ("stars", "1.2", 0.85, "float-number", ""),
    "a float in a dimension": ("stars", "1.2", {"total": 0.85}, "float-number", ".total"),
    "not a number": ("stars", "1.2", {"ratio": float("nan")}, "float-number", ".ratio"),
    "infinity": ("stars", "1.2", {"ratio": float("inf")}, "float-number", ".ratio"),
    "another dimension": ("sites", "1.1", {"service": {"alpha": "1"}}, "not-in-dimension", ".service"),
    "unknown dimension": ("sites", "1.2", {"servic": {"alpha": "1"}}, "unknown-dimension", ".servic"),
    "text in a dimension": ("sites", "1.2", {"service": "1"}, "not-a-mapping", ".service"),
}


@pytest.mark.parametrize(("scheme", "row", "answer", "code", "tail"), ANSWERS.values(), ids=ANSWERS)
def test_answers_that_cannot_be(scheme: str, row: str, answer: object, code: str, tail: str) -> None:
    ((found, path),) = faults(one(f"made-{scheme}", {row: answer}))
    assert found == code
    assert path == f"assessors[0].answers{step(row)}{tail}"


def step(row: str) -> str:
    return f".{row}" if row.isidentifier() else f'["{row}"]'


SHEETS = {
    "assessor as text": ("made-stars", "A", "not-a-mapping", "assessors[0]"),
    "no name": ("made-stars", {}, "missing-key", "assessors[0]"),
    "empty name": ("made-stars", {"name": ""}, "empty-text", "assessors[0].name"),
    "name as number": ("made-stars", {"name": 1}, "not-a-text", "assessors[0].name"),
    "unknown sheet key": ("made-stars", {"name": "A", "x": 1}, "unknown-key", "assessors[0].x"),
    "dimensions as text": ("made-stars", {"name": "A", "dimensions": "total"}, "not-a-list", "assessors[0].dimensions"),
    "unknown covered": (
        "made-stars",
        {"name": "A", "dimensions": ["totl"]},
        "unknown-dimension",
        "assessors[0].dimensions[0]",
    ),
    "covered is a list": (
        "made-stars",
        {"name": "A", "dimensions": [["total"]]},
        "not-a-text",
        "assessors[0].dimensions[0]",
    ),
    "a dimension not covered": (
        "made-sites",
        {"name": "A", "dimensions": ["management"], "answers": {"1.2": {"service": {"alpha": "1"}}}},
        "dimension-not-covered",
        'assessors[0].answers["1.2"].service',
    ),
    "a row not covered": (
        "made-sites",
        {"name": "A", "dimensions": ["management"], "answers": {"2.2": {"alpha": "1"}}},
        "dimension-not-covered",
        'assessors[0].answers["2.2"]',
    ),
}


@pytest.mark.parametrize(("scheme", "sheet", "code", "path"), SHEETS.values(), ids=SHEETS)
def test_sheets_that_cannot_be(scheme: str, sheet: object, code: str, path: str) -> None:
    assert faults(sheets(scheme, sheet)) == [(code, path)]


WHOLE = {
    "unknown key": ("made-stars", {"note": ""}, "unknown-key", "note"),
    "a float for a count": ("made-shop", {"deductions": 1.0}, "float-number", "deductions"),
    "a float for the bonus": ("made-shop", {"bonus": 1.0}, "float-number", "bonus"),
    "gates as list": ("made-panel", {"gates": []}, "not-a-mapping", "gates"),
    "unknown gate": ("made-panel", {"gates": {"conform": True}}, "unknown-gate", "gates.conform"),
    "a gate of none": ("made-stars", {"gates": {"conformity": True}}, "unknown-gate", "gates.conformity"),
    "gate as text": ("made-panel", {"gates": {"conformity": "yes"}}, "bad-flag", "gates.conformity"),
    "deductions of none": ("made-stars", {"deductions": 0}, "no-deductions", "deductions"),
    "deductions below 0": ("made-shop", {"deductions": -1}, "bad-whole-number", "deductions"),
    "deductions in halves": ("made-shop", {"deductions": "1/2"}, "bad-whole-number", "deductions"),
    "bonus of none": ("made-stars", {"bonus": "0"}, "no-bonus", "bonus"),
    "bonus of 2": ("made-shop", {"bonus": "2"}, "bonus-not-offered", "bonus"),
    "bonus of a half": ("made-shop", {"bonus": "0.5"}, "bonus-not-offered", "bonus"),
    "bonus as list": ("made-shop", {"bonus": []}, "bad-number", "bonus"),
    "measures as list": ("made-sites", {"measures": []}, "not-a-mapping", "measures"),
    "unknown measure": ("made-sites", {"measures": {"B": {}}}, "unknown-measure", "measures.B"),
    "measure as number": ("made-sites", {"measures": {"A": 1}}, "not-a-mapping", "measures.A"),
    "half a measure": ("made-sites", {"measures": {"A": {"numerator": 1}}}, "missing-key", "measures.A"),
    "above the whole": (
        "made-sites",
        {"measures": {"A": {"numerator": 2, "denominator": 1}}},
        "count-above-whole",
        "measures.A",
    ),
    "count as text": (
        "made-sites",
        {"measures": {"A": {"numerator": "x", "denominator": 1}}},
        "bad-whole-number",
        "measures.A.numerator",
    ),
    "month 13": (
        "made-sites",
        {"measures": {"A": {"numerator": 1, "denominator": 1, "month": "2026-13"}}},
        "bad-month",
        "measures.A.month",
    ),
    "month as number": (
        "made-sites",
        {"measures": {"A": {"numerator": 1, "denominator": 1, "month": 4}}},
        "bad-month",
        "measures.A.month",
    ),
}


@pytest.mark.parametrize(("scheme", "more", "code", "path"), WHOLE.values(), ids=WHOLE)
def test_decisions_that_cannot_be(scheme: str, more: dict[str, object], code: str, path: str) -> None:
    assert faults({**one(scheme, {}), **more}) == [(code, path)]


FILES = {
    "no json": ("{", [("bad-json", "")]),
    "nested": ("[" * 100_000, [("bad-json", "")]),
    "a list": ([], [("not-a-mapping", "")]),
    "nothing": ({}, [("missing-key", ""), ("missing-key", "")]),
    "scheme as number": ({"scheme": 6, "assessors": []}, [("not-a-text", "scheme")]),
    "no assessors": ({"scheme": "made-stars"}, [("missing-key", "")]),
    "unknown scheme": (one("made-star", {}), [("unknown-scheme", "scheme")]),
    "assessors as mapping": ({"scheme": "made-stars", "assessors": {}}, [("not-a-list", "assessors")]),
    "sheet twice": (
        {"scheme": "made-stars", "assessors": [{"name": "A"}, {"name": "A", "round": ""}]},
        [("duplicate-sheet", "assessors[1]")],
    ),
    "answers as list": (one("made-stars", []), [("not-a-mapping", "assessors[0].answers")]),
}


@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=FILES)
def test_files_that_cannot_be(data: object, expected: list[tuple[str, str]]) -> None:
    assert faults(data) == expected


def test_a_number_of_5000_digits() -> None:
    text = json.dumps(one("made-stars", {"1.2": {"ratio": 8}})).replace("8", "9" * 5000)
    assert faults(text) == [("bad-number", 'assessors[0].answers["1.2"].ratio')]


def test_a_key_given_twice() -> None:
    text = json.dumps(one("made-stars", {"1.2": {"ratio": "0"}, "2.1": {"ratio": "1"}})).replace("2.1", "1.2")
    assert faults(text) == [("repeated-key", 'assessors[0].answers["1.2"]')]


def test_all_problems_come_at_once() -> None:
    answers = {"1.1": {"veto": 0}, "2.11": {}, "1.2": {"ratio": 2}, "2.1": {"ratio": 0.5}}
    found = faults({**one("made-stars", answers, gates={"x": True}, deductions=1), "extra": 1})
    assert sorted(code for code, _ in found) == [
        "bad-flag", "float-number", "no-deductions", "out-of-range", "unknown-gate", "unknown-key", "unknown-question",
    ]  # fmt: skip


def only(data: object) -> Problem:
    (problem,) = problems_of(data)
    return problem


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        (one("made-star", {}), "made-stars"),
        (one("T/MADE 01-2026", {}), "T/MADE 001-2026"),
        (one("made-panel", {"S.1.11": {"alpha": "1"}}), "S.1.1"),
        (one("made-panel", {}, gates={"confirmity": True}), "conformity"),
        (one("made-stars", {}, decuctions=1), "deductions"),
        (one("made-sites", {"1.2": {"servic": {"alpha": "1"}}}), "service"),
    ],
)
def test_a_wrong_name_is_guessed(data: object, meant: str) -> None:
    problem = only(data)
    assert problem.params["meant"] == meant
    assert f"Did you mean '{meant}'?" in str(problem)


def test_a_code_is_told_the_id() -> None:
    assert only(one("made-shop", {"B1": {"ratio": "1"}})).params["row"] == "5.2.1"


def test_a_problem_without_lines_shows_its_path() -> None:
    problem = only(one("made-stars", {"1.2": {"ratio": "1.2"}}))
    assert str(problem).startswith('a.json: error out-of-range: assessors[0].answers["1.2"].ratio: A rating lies')


def test_broken_json_has_its_line() -> None:
    (problem,) = problems_of('{"scheme":\n  x}')
    assert (problem.line, problem.column) == (2, 3)


def test_endless_files_are_refused() -> None:
    assert faults(" " * 10_000_001) == [("too-large", "")]
