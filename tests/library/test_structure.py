"""The shape of a scheme file: keys, languages, kinds of values. The file is written in the test."""

import pytest

from bot.library.structure import keys_at
from tests.library.reading import changed, codes, line_of, problems
from tests.made_up import TEXTS

WRONG = {
    "unknown key": ("stars", "issuer:", "isuer: {zh: 一, en: One}\nissuer:", "unknown-key"),
    "misspelt need": ("stars", "no_veto: true", "no-veto: true", "unknown-key"),
    "flag for a dimension": ("stars", "no_veto: true", "noveto: true", "unknown-key"),
    "missing key": ("stars", "id: made-stars\n", "", "missing-key"),
    "missing language": ("stars", "{zh: 热线, en: Hotline}", "{zh: 热线}", "missing-text"),
    "empty language": ("stars", "en: Hotline}", "en: ''}", "missing-text"),
    "blank language": ("stars", "en: Hotline}", "en: ' '}", "missing-text"),
    "text for a mapping": ("stars", "{zh: 热线, en: Hotline}", "Hotline", "not-a-mapping"),
    "nothing for a mapping": ("stars", "help: {zh: 可以拨打, en: Try a call}", "help: ''", "not-a-mapping"),
    "text for a list": ("shop", "values: [0, 1]", "values: 1", "not-a-list"),
    "list for a text": ("stars", "code: T/MADE 001-2026", "code: [a]", "not-a-text"),
    "empty id": ("stars", "id: made-stars", "id:", "empty-text"),
    "no number": ("stars", "points: {total: 30}", "points: {total: thirty}", "bad-number"),
    "octal": ("stars", "points: {total: 30}", "points: {total: 0x1E}", "bad-number"),
    "sexagesimal": ("stars", "points: {total: 30}", "points: {total: '0:30'}", "bad-number"),
    "negative": ("stars", "points: {total: 30}", "points: {total: -30}", "bad-number"),
    "by zero": ("stars", "points: {total: 30}", "points: {total: 30/0}", "bad-number"),
    "other digits": ("stars", "points: {total: 30}", "points: {total: ３０}", "bad-number"),
    "no whole number": ("shop", "deductions_below: 5", "deductions_below: 4.5", "bad-whole-number"),
    "level six": ("panel", "{level: 4}", "{level: 6}", "bad-whole-number"),
    "level key": ("panel", "{5: 14,", "{6: 14,", "bad-whole-number"),
    "yes": ("stars", "veto: true", "veto: yes", "bad-flag"),
    "scale kind": ("stars", "kind: ratio", "kind: ration", "bad-choice"),
    "date": ("stars", "2026-04-01", "2026-4-1", "bad-date"),
    "no day": ("stars", "2026-04-01", "2026-02-30", "bad-date"),
    "need": ("panel", "{level: 4}", "{levl: 4}", "unknown-key"),
}


@pytest.mark.parametrize(("name", "old", "new", "code"), WRONG.values(), ids=WRONG)
def test_wrong_shapes_are_named(name: str, old: str, new: str, code: str) -> None:
    assert codes(changed(name, (old, new))) == [code]


def test_a_problem_stands_at_its_line_and_column() -> None:
    text = changed("stars", ("effective: 2026-04-01", "effective: tomorrow"))
    (problem,) = problems(text)
    assert (problem.line, problem.column, problem.path) == (line_of(text, "effective"), 1, "effective")
    assert str(problem) == (
        f"x.yaml:{problem.line}:1: error bad-date: effective: 'tomorrow' is no date. Write it as 2026-04-01."
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "meant"),
    [
        ("stars", "look_for:", "lookfor:", "look_for"),
        ("stars", "  - id: 2\n    title:", "  - id: 2\n    titel:", "title"),
        ("panel", "level_from:", "levels_from:", "level_from"),
        ("shop", "bonus: {values", "bonus: {value", "values"),
        ("stars", "grade: gold", "grad: gold", "grade"),
        ("stars", "kind: ratio", "kind: rato", "ratio"),
    ],
)
def test_a_slip_of_the_pen_is_guessed(name: str, old: str, new: str, meant: str) -> None:
    assert meant in [problem.params.get("meant") for problem in problems(changed(name, (old, new)))]


def test_an_unknown_key_is_told_what_is_known_there() -> None:
    (problem,) = problems(changed("panel", ("{level: 4}", "{foo: 4}")))
    assert problem.params == {"key": "foo", "meant": "", "known": "total, level"}


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        "stars",
        ("short:", "shrt: x\nshort:"),
        ("{zh: 热线, en: Hotline}", "{en: Hotline}"),
        ("points: {total: 30}", "points: {total: 31}"),
        ("id: gold", "id: GOLD"),
    )
    assert codes(text) == ["unknown-key", "points-do-not-add-up", "points-do-not-add-up", "missing-text", "bad-id"]


def test_what_cannot_be_mended_is_reported_without_guessing_on() -> None:
    assert codes(changed("stars", ("points: {total: 30}", "points: many"), ("id: gold", "id: GOLD"))) == [
        "not-a-mapping"
    ]
    assert codes("- a") == ["not-a-mapping"]


def test_a_mend_that_leaves_another_fault_stops_there() -> None:
    text = changed("stars", ("title: {zh: 编造的星级标准, en: A made-up standard with stars}", "title: {}"))
    assert codes(text) == ["missing-text", "missing-text"]


def test_every_key_of_the_made_up_schemes_is_found_by_the_walk() -> None:
    assert keys_at(("sections", 0, "indicators", 3, "title")) == ["zh", "en"]
    assert keys_at(("scales", "x", "bands", 1)) == ["to", "title", "label", "text", "next"]
    assert keys_at(("grades", 0, "needs", "total")) == ["total", "level"]
    assert keys_at(("examples", 0, "fill", "total")) == []


@pytest.mark.parametrize("name", TEXTS)
def test_the_made_up_schemes_have_no_problem(name: str) -> None:
    assert codes(TEXTS[name]) == []
