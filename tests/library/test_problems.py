"""Problems as values: their text, the table of codes, the small helpers."""

import re
import string
from fractions import Fraction
from pathlib import Path

import pytest

from bot.library import problems
from bot.library.problems import Report, closest, exact, path_text, render, shown
from bot.library.rules import RULES

SOURCE = Path(problems.__file__).parent


def test_a_problem_reads_as_place_code_rule_remedy() -> None:
    report = Report("s.yaml", {("a", 0): (3, 7)})
    report.add("bad-flag", ("a", 0, "x y"), value="yes")
    (problem,) = report.problems
    assert render(problem) == "s.yaml:3:7: error bad-flag: a[0][\"x y\"]: 'yes' must be true or false."
    assert render(problem, "zh") == 's.yaml:3:7: 错误 bad-flag: a[0]["x y"]: “yes”应为 true 或 false。'
    assert str(problem) == render(problem, "en")


def test_a_warning_is_no_failure() -> None:
    report = Report("s.yaml")
    report.add("unused-scale", id="x")
    assert not report.failed
    assert render(report.problems[0]) == "s.yaml: warning unused-scale: The scale 'x' is not used. Remove it."


@pytest.mark.parametrize("code", RULES)
def test_every_code_has_both_languages_with_the_same_parameters(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)
    assert re.search("[\u4e00-\u9fff]", rule.zh)
    assert rule.zh.endswith("。")
    assert rule.en.endswith(".")
    assert bool(rule.zh_do) == bool(rule.en_do)
    assert _own(rule.zh + rule.zh_do) == _own(rule.en + rule.en_do)


def _own(text: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}


def test_every_code_is_used_and_every_used_code_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py") if "rule" not in path.name)
    unused = [code for code in RULES if f'"{code}"' not in source and not code.startswith("unknown-")]
    assert unused == []
    added = set(re.findall(r'\.(?:add|_refuse)\(\s*"([a-z0-9-]+)"', source))
    assert added <= set(RULES)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("17/20", "0.85"),
        ("1/3", "1/3"),
        ("-1/8", "-0.125"),
        ("100", "100"),
        ("-5", "-5"),
        ("1/1000", "0.001"),
        ("1/1048576000000000", "1/1048576000000000"),
    ],
)
def test_exact_numbers_are_decimals_where_these_end(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text


def test_values_in_messages_are_short_and_printable() -> None:
    assert shown("a\nb\u202e") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len(shown("x" * 1000)) == 60
    assert (shown(None), shown(False), shown(Fraction(1, 2))) == ("null", "false", "0.5")


def test_paths_are_shown_as_in_json() -> None:
    assert path_text(("a", 0, "4.2", "标")) == 'a[0]["4.2"]["标"]'


def test_the_closest_word_ignores_case_and_gives_up_on_strangers() -> None:
    assert closest("b1", ["A1", "B1"]) == "B1"
    assert closest("Titel", ["title", "text"]) == "title"
    assert closest("xyz", ["title", "text"]) == ""
