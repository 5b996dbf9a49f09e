"""Examples in a scheme file: run, and reported where they do not hold."""

import pytest

from bot.domain.scoring import OpenAdjustment
from bot.library.examples import _name
from tests.library.reading import changed, codes, line_of, problems
from tests.made_up import TEXTS

GOLD = "expect: {complete: true, totals: {total: 90}, grade: gold, passed: true, open: []}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("complete: true", "complete: false"),
        ("totals: {total: 90}", "totals: {total: 90.000001}"),
        ("totals: {total: 90}", "totals: {total: null}"),
        ("totals: {total: 90}", "totals: {service: 90}"),
        ("totals: {total: 90}", "levels: {total: 5}"),
        ("grade: gold", "grade: none"),
        ("grade: gold", "outcome: silver"),
        ("passed: true", "passed: false"),
        ("open: []", "open: [2.1]"),
    ],
)
def test_an_expectation_that_does_not_hold_is_named(old: str, new: str) -> None:
    text = changed("stars", (GOLD, GOLD.replace(old, new)))
    (problem,) = problems(text)
    assert problem.code == "example-fails"
    assert problem.line == line_of(text, "expect:")
    assert problem.params["name"] == "90 is gold"


def test_what_was_expected_and_what_came_are_told() -> None:
    (problem,) = problems(changed("shop", ("totals: {total: 74}", "totals: {total: 75}")))
    assert (problem.params["key"], problem.params["expected"], problem.params["actual"]) == ("totals.total", "75", "74")


@pytest.mark.parametrize(
    ("expect", "example"),
    [
        ("{complete: false, totals: {total: null}, outcome: incomplete, open: [2.1]}", "without: [2.1]"),
        ("{complete: false, open: [1.1]}", "without: [1.1]"),
    ],
)
def test_examples_of_what_is_open(expect: str, example: str) -> None:
    text = changed("stars", (GOLD, f"{example}\n    expect: {expect}"))
    assert codes(text) == []


def test_endless_examples_are_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.library.examples.MOST_WORK", 2 * 5 * 3 - 1)
    assert codes(TEXTS["stars"]) == ["too-many-examples"]
    monkeypatch.setattr("bot.library.examples.MOST_WORK", 2 * 5 * 3)
    assert codes(TEXTS["stars"]) == []


def test_everything_open_has_a_name() -> None:
    assert _name(OpenAdjustment("bonus")) == "bonus"


def test_fractions_are_exact() -> None:
    wish = "answers: {2.1: {ratio: 5/9}}\n    expect: {totals: {total: 239/3}, grade: silver}"
    assert codes(changed("stars", (GOLD, wish))) == []


def test_a_total_below_nothing() -> None:
    old = "deductions: 5\n    expect: {totals: {total: 95}"
    text = changed("shop", ("fill: {total: {ratio: 1}}\n    deductions", "fill: {total: {ratio: 0}}\n    deductions"))
    assert old in text
    assert codes(text.replace(old, "deductions: 5\n    expect: {totals: {total: -5}")) == []


IMPOSSIBLE = {
    "unknown row": (
        "stars",
        "fill: {total: {ratio: 0.9}",
        "answers: {2.11: {ratio: 1}}\n    fill: {total: {ratio: 0.9}",
        "unknown-question",
    ),
    "unknown filled": ("stars", "fill: {total: ", "fill: {totl: ", "unknown-dimension"),
    "wrong form": (
        "stars",
        "fill: {total: {ratio: 0.9}, veto: {veto: false",
        "fill: {total: {level: 4}, veto: {veto: false",
        "wrong-form",
    ),
    "no flag": ("stars", "veto: {veto: false}", "veto: {veto: no}", "bad-flag"),
    "unknown left out": ("stars", GOLD, f"without: [9.9]\n    {GOLD}", "unknown-indicator"),
    "unknown gate": ("panel", "gates: {conformity: true}", "gates: {conform: true}", "unknown-gate"),
    "deductions": ("stars", GOLD, f"deductions: 1\n    {GOLD}", "no-deductions"),
    "bonus": ("stars", GOLD, f"bonus: 1\n    {GOLD}", "no-bonus"),
    "bonus of 2": ("shop", "bonus: 1\n", "bonus: 2\n", "bonus-not-offered"),
    "unknown covered": ("panel", "dimensions: [service], fill", "dimensions: [servce], fill", "unknown-dimension"),
    "filled beyond": (
        "panel",
        "dimensions: [service], fill",
        "dimensions: [management], fill",
        "dimension-not-covered",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "code"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_answers_that_cannot_be_are_named_once(name: str, old: str, new: str, code: str) -> None:
    text = changed(name, (old, new))
    found = [problem for problem in problems(text) if problem.code == code]
    assert len(found) == 1
    assert found[0].line >= line_of(text, "examples:")


def test_an_open_gate_and_an_uncovered_dimension_are_open() -> None:
    text = changed(
        "panel",
        (
            "    gates: {conformity: true}\n    expect: {totals: {service: 60}, outcome: row-one, grade: none}",
            "    expect: {complete: false, open: [conformity]}",
        ),
    )
    assert codes(text) == []
    text = changed(
        "panel",
        (
            "{name: A, fill: {service: {alpha: 0.5}, management: {level: 2}}}",
            "{name: A, fill: {service: {alpha: 0.5}}}",
        ),
        (
            "expect: {totals: {service: 60}, outcome: row-one, grade: none}",
            "expect: {open: [management], totals: {management: null}, levels: {management: null}}",
        ),
    )
    assert codes(text) == []
