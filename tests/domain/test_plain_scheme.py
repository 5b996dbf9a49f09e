"""The plain reader gives what the checked loader gives, for every standard there is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.plain_scheme import read_scheme
from bot.library.load import load
from bot.paths import schemes_dir

FILES = (*sorted(schemes_dir().glob("*.yaml")), *sorted((Path(__file__).parents[1] / "schemes").glob("*.yaml")))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_standard_reads_the_same(file: Path) -> None:
    loaded, problems = load(file)
    assert loaded is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    assert read_scheme(loaded.text) == replace(loaded.scheme, scoring_digest="")


def test_there_are_all_five() -> None:
    assert len(FILES) >= 6


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"order": {}}', '{"order": {"scales": ["a"]}}', '{"order": {}, "scales": 1}']
)
def test_a_text_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_scheme(text)


def test_every_change_of_the_text_changes_the_digest() -> None:
    loaded, _ = load(FILES[0])
    assert loaded is not None
    data = json.loads(loaded.text)
    data["title"]["zh"] += "。"
    assert read_scheme(json.dumps(data)).digest != loaded.scheme.digest
