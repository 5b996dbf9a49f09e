"""docs/write-a-scheme.md holds: its schemes load, its tables name every key and code, its commands exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from bot.cli import app
from bot.library import answer
from bot.library import format as file_format
from bot.library.load import load_text
from bot.library.problems import Report
from bot.library.rules import RULES
from bot.library.source import read_yaml

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "write-a-scheme.md").read_text("utf-8")
TEA_HOUSE = ROOT / "tests" / "schemes" / "tea-house.yaml"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
SMALLEST = next(block for block in BLOCKS if block.startswith("format: 1\n"))

TABLES: dict[str, type[BaseModel]] = {
    "(file)": file_format.SchemeFile,
    "text": file_format.Words,
    "scales.<name>": file_format.Scale,
    "scales.<name>.bands[]": file_format.Band,
    "scales.<name>.levels[]": file_format.Level,
    "dimensions.<name>": file_format.Dimension,
    "gates.<name>": file_format.Gate,
    "adjustments": file_format.Adjustments,
    "adjustments.deductions": file_format.Deductions,
    "adjustments.bonus": file_format.Bonus,
    "sampling": file_format.Sampling,
    "measures.<name>": file_format.Measure,
    "printed": file_format.Printed,
    "sections[].indicators[]": file_format.Indicator,
    "sections[]": file_format.Section,
    "grades[]": file_format.Grade,
    "otherwise": file_format.Outcome,
    "grades[].printed": file_format.PrintedName,
    "grades[].needs": file_format.Needs,
    "grades[].needs.<dimension>": file_format.Need,
    "examples[].sheets[]": file_format.ExampleSheet,
    "examples[]": file_format.Example,
    "examples[].expect": file_format.Expected,
}
ABOVE: dict[str, type[BaseModel]] = {"sections[]": file_format.Indicator, "examples[]": file_format.ExampleSheet}
"""Tables that only add to the one above them."""


def data(text: str) -> Any:
    read = read_yaml(text, Report("page"))
    assert read is not None, text
    return read[0]


def rows_of(heading: str) -> dict[str, tuple[str, str]]:
    """Key -> (type, needed) of the table under a heading."""
    part = PAGE.split(f"\n### `{heading}`\n", maxsplit=1)[1].split("\n#", maxsplit=1)[0]
    found: list[tuple[str, str, str]] = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+) \| ", part, re.MULTILINE)
    return {key: (kind, needed) for key, kind, needed in found}


def load_clean(text: str) -> None:
    scheme, problems = load_text(text, "page.yaml")
    assert [str(problem) for problem in problems] == []
    assert scheme is not None


def test_the_smallest_scheme_works_as_it_is() -> None:
    load_clean(SMALLEST)


def test_the_smallest_scheme_with_all_pieces_put_in_works() -> None:
    """Save the other setup of scales and dimensions, which the tea house shows."""
    whole = data(SMALLEST)
    for piece in map(data, BLOCKS[1:-1]):
        if isinstance(piece, list):
            first = whole["sections"][0]
            target = whole["sections"] if "sections" in piece[0] else first["indicators"]
            target.extend(piece)
        elif not {"scales", "dimensions"} & set(piece):
            whole.update(piece)
    load_clean(json.dumps(whole, ensure_ascii=False))
    optional = {name for name, field in file_format.SchemeFile.model_fields.items() if not field.is_required()}
    assert optional <= set(whole)


def test_the_other_setup_of_scales_and_dimensions_works_too() -> None:
    whole = data(SMALLEST)
    for piece in map(data, BLOCKS[1:-1]):
        if isinstance(piece, dict):
            whole.update({key: part for key, part in piece.items() if key in {"scales", "dimensions"}})
    first, second = whole["sections"][0]["indicators"]
    first["points"], second["points"] = {"service": "60"}, {"service": "20", "management": "20"}
    whole["grades"][0]["needs"] = {"service": "60", "management": {"level": "3"}}
    load_clean(json.dumps({**whole, "examples": []}))


def test_the_tea_house_loads_without_a_word() -> None:
    load_clean(TEA_HOUSE.read_text("utf-8"))


def test_the_tea_house_uses_what_the_page_teaches() -> None:
    house = data(TEA_HOUSE.read_text("utf-8"))
    assert 8 <= len(re.findall(r"^ *question:", TEA_HOUSE.read_text("utf-8"), re.MULTILINE)) <= 12
    assert len(house["dimensions"]) == 2
    assert {"gates", "adjustments", "printed", "readings"} <= set(house)
    outcomes = {example["expect"].get("grade") for example in house["examples"]}
    assert {grade["id"] for grade in house["grades"] if grade.get("awarded") != "false"} < outcomes


def test_every_part_of_the_format_has_a_table() -> None:
    models = {
        model
        for model in vars(file_format).values()
        if isinstance(model, type) and issubclass(model, file_format.Raw) and model is not file_format.Raw
    }
    assert set(TABLES.values()) == models
    assert set(re.findall(r"^### `(.*?)`$", PAGE, re.MULTILINE)) == {*TABLES, "(answer)"}


@pytest.mark.parametrize("heading", TABLES)
def test_tables_name_every_key_and_no_other(heading: str) -> None:
    fields = TABLES[heading].model_fields
    above = ABOVE.get(heading)
    inherited = above.model_fields if above else {}
    rows = rows_of(heading)
    assert set(rows) == set(fields) - set(inherited)
    for key, (kind, needed) in rows.items():
        annotation: object = fields[key].annotation
        assert (needed == "yes") == fields[key].is_required(), key
        assert (kind == "text") == (annotation in {file_format.Words, file_format.Words | None}), key
        assert (kind == "list") == str(annotation).startswith("tuple["), key


def test_the_table_of_answers_names_every_form() -> None:
    assert set(rows_of("(answer)")) == set(answer.KEYS)


def line_of(code: str) -> str:
    """A row of the table of codes, made of the rule; what a file fills in is '…'."""
    rule = RULES[code]
    texts = [rule.zh + rule.zh_do, f"{rule.en} {rule.en_do}".strip()]
    zh, en = (re.sub(r"(?<!\{)\{[a-z_]+\}", "…", text).replace("{{", "{").replace("}}", "}") for text in texts)
    return f"| `{code}`{'' if rule.severity == 'error' else ' (warning 提醒)'} | {zh} | {en} |"


@pytest.mark.parametrize("code", RULES)
def test_every_problem_code_is_explained_as_the_library_says_it(code: str) -> None:
    assert line_of(code) in PAGE.splitlines()


def test_no_code_is_explained_that_is_none() -> None:
    part = PAGE.split("\n## 8 ", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    assert set(re.findall(r"^\| `([a-z0-9-]+)`", part, re.MULTILINE)) == set(RULES)


def test_the_line_that_is_explained_is_the_one_that_is_written() -> None:
    wrong = SMALLEST.replace("points: {total: 60}", "points: {service: 60}")
    (problem,) = load_text(wrong, "my-first.yaml")[1]
    assert f"\n{problem}\n" in PAGE


def test_the_commands_exist_and_do_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my-first.yaml"
    file.write_text(SMALLEST, "utf-8")
    monkeypatch.setenv("SCHEMES_DIR", str(tmp_path))
    commands = set(re.findall(r"^gradewalk ([^#>\n]+?) *(?:[#>].*)?$", PAGE, re.MULTILINE))
    assert len(commands) == 6
    for command in commands:
        words = command.replace("my-first.yaml", str(file)).split()
        done = CliRunner().invoke(app, [*words, "--help"] if words == ["chat"] else words)
        assert done.exit_code == 0, command
        if "check" in words:
            assert done.output.strip() in PAGE


def test_links_within_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    linked = re.findall(r"\]\(#(.*?)\)", PAGE)
    assert len(linked) == 10
    assert set(linked) <= slugs


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_page_is_found_from_the_others(name: str) -> None:
    assert "(docs/write-a-scheme.md)" in (ROOT / name).read_text("utf-8")
