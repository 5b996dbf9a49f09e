"""A scheme as text, and the format as JSON Schema."""

import json
import re
from dataclasses import replace
from typing import get_args

import pytest

from bot.domain.scales import Language
from bot.library.format import SchemeFile
from bot.library.jsonschema import schema
from bot.library.show import show
from tests.made_up import TEXTS, scheme


@pytest.mark.parametrize("name", TEXTS)
def test_everything_of_the_file_is_shown(name: str) -> None:
    for language in get_args(Language):
        text = show(scheme(name), language)
        missing = [said for said in _texts(name, language) if said not in text]
        assert missing == []


def _texts(name: str, language: Language) -> list[str]:
    """Every text of the file in one language, but the two answers of gates and vetoes and the short name."""
    part = TEXTS[name].split("examples:", maxsplit=1)[0]
    part = re.sub(r"(if_met|if_not|short): \{.*?\}", "", part)
    found = re.findall(r"zh: ([^,}]+), en: (?:'([^']*)'|([^,}]+))\}", part)
    return [zh if language == "zh" else quoted or en for zh, quoted, en in found]


def test_english_shows_no_han() -> None:
    assert not re.search("[\u4e00-\u9fff]", show(scheme("sites"), "en"))


def test_labels_that_are_ours_stand_in_brackets() -> None:
    text = show(scheme("stars"), "en")
    assert "- 2.1 [Hotline] (Total 30 points)" in text
    assert "- 1.2 Public promise (Total 20 points)" in text
    assert "- 1.1 [Lawful] (veto)" in text


def test_conditions_of_grades_are_spelt_out() -> None:
    text = show(scheme("panel"), "en")
    assert (
        "- Row one (no grade is awarded): Service ≥ 60; Management ≥ 5; Management at level 2 or above; 'Conformity'"
        in text
    )
    assert "- High: Total ≥ 90; fewer than 5 deductions" in show(scheme("shop"), "en")


def test_parts_that_a_scheme_lacks_are_not_shown() -> None:
    shop, stars = scheme("shop"), scheme("stars")
    assert shop.adjustments is not None
    alone = replace(shop.adjustments, bonus=None)
    assert "Bonus (one" not in show(replace(shop, adjustments=alone), "en")
    assert "Special" not in show(replace(shop, adjustments=replace(shop.adjustments, deductions=None)), "en")
    panel = scheme("panel")
    gates = {name: replace(gate, help=None) for name, gate in panel.gates.items()}
    assert "Look at the licence" not in show(replace(panel, gates=gates), "en")
    assert "Readings" not in show(replace(stars, readings={}), "en")


def test_the_schema_names_every_key_of_the_format() -> None:
    found = schema()
    assert set(found["properties"]) == set(SchemeFile.model_fields)
    assert found["additionalProperties"] is False
    assert found["$defs"]["Needs"]["additionalProperties"]["anyOf"]
    assert json.loads(json.dumps(found)) == found
