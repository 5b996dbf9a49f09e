"""The published schemas hold: what is written is valid, what was tampered with is not, and every field is described."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bot.domain.entries import HEADER_FIELDS, KINDS, Body
from bot.domain.grading import verdict
from bot.domain.panel_entries import BasisRow, CarriedRow
from bot.domain.record import Header, Source
from bot.domain.scoring import score
from bot.export import FORMATS, result_json
from bot.words import Words
from tests.assessments.told import finished
from tests.domain.real import NAMES
from tests.export.story import Story, adjusted, eventful, panelled, story
from tests.export.walking import EXAMPLES, others, told
from tests.sampled import sampled

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"


@cache
def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


@cache
def validator(name: str) -> Any:
    return Draft202012Validator(schema(name))


@cache
def of_entry() -> Any:
    return Draft202012Validator({"$defs": schema("transcript-1")["$defs"], "$ref": "#/$defs/entry"})


def last(kind: str, body: Body | None = None) -> dict[str, Any]:
    """The last entry of a story that ends with one of this kind."""
    made: dict[str, Any] = json.loads(FORMATS["json"].render(told(kind, body).report()))["record"][-1]
    return made


def faults(name: str, value: object) -> list[str]:
    return [error.message for error in validator(name).iter_errors(value)]


@cache
def transcript(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FORMATS["json"].render(finished(name, "en")))
    return loaded


def erased() -> Story:
    gone = story("stars")
    gone.do_erase_with_a_name("Gone")
    return gone


@pytest.mark.parametrize("name", sampled(NAMES, 5, 1))
def test_all_five_finished_assessments_are_valid(name: str) -> None:
    assert faults("transcript-1", transcript(name)) == []
    assert faults("result-1", transcript(name)["result"]) == []
    assert FORMATS["json"].render(finished(name, "zh")) == FORMATS["json"].render(finished(name, "en"))


@pytest.mark.parametrize("one", [eventful(), panelled(), adjusted(), erased()], ids=["closed", "open", "n/a", "erased"])
def test_so_are_others(one: Story) -> None:
    assert faults("transcript-1", json.loads(FORMATS["json"].render(one.report()))) == []


def test_a_result_without_any_answer_is_valid() -> None:
    for name in NAMES:
        scheme = finished(name, "en").scheme
        card = score(scheme, [], panelled().state.decisions)
        found = result_json(scheme, [], card, verdict(scheme, card), Words.of("zh"), Words.of("en"))
        assert faults("result-1", found) == []


DIGESTS = {"digest", "head", "sha256", "clean"}
"""Of these `others` makes something that is none."""


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_kind_of_entry_has_its_shape(kind: str) -> None:
    bodies = [other for name, other in others(kind) if name not in DIGESTS]
    for body in (EXAMPLES[kind][2].body, *bodies):
        assert [fault.message for fault in of_entry().iter_errors(last(kind, body))] == [], body


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_body_of_another_shape_is_not_valid(kind: str) -> None:
    made = last(kind)
    assert not of_entry().is_valid({**made, "body": {**made["body"], "more": 1}})
    for name in made["body"]:
        without = {key: value for key, value in made["body"].items() if key != name}
        assert not of_entry().is_valid({**made, "body": without}), name
        assert not of_entry().is_valid({**made, "body": {**made["body"], name: 1.5}}), name


def _objects(part: object, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        if "properties" in part and "/if" not in place and "/then" not in place:
            yield place, part
        for name, one in part.items():
            yield from _objects(one, f"{place}/{name}")
    elif isinstance(part, list):
        for number, one in enumerate(part):
            yield from _objects(one, f"{place}/{number}")


@pytest.mark.parametrize("name", ["transcript-1", "result-1"])
def test_every_field_is_described_and_nothing_else_is_allowed(name: str) -> None:
    found = dict(_objects(schema(name)))
    assert len(found) > 5
    for place, part in found.items():
        assert part["additionalProperties"] is False, place
        assert set(part["required"]) <= set(part["properties"])
        for field, one in part["properties"].items():
            assert one.get("description"), f"{place}/{field}"


def test_the_shapes_are_those_of_the_code() -> None:
    made = schema("transcript-1")["$defs"]
    shapes = {name.removeprefix("body-"): one for name, one in made.items() if name.startswith("body-")}
    assert set(shapes) == set(KINDS)
    for kind, body in KINDS.items():
        if kind != "answered":
            assert set(shapes[kind]["properties"]) == {field.name for field in fields(body)}, kind
    for kind, row in (("basis-taken", BasisRow), ("carried-over", CarriedRow)):
        items = shapes[kind]["properties"]["rows"]["items"]["properties"]
        assert set(items) == {field.name for field in fields(row)}
    header = made["entry"]["properties"]["header"]["properties"]
    assert set(header) == {field.name for field in fields(Header)}
    assert set(header["source"]["properties"]) == {field.name for field in fields(Source)}
    assert set(header["kind"]["enum"]) == set(KINDS)
    assert {
        rule["if"]["properties"]["header"]["properties"]["kind"]["const"] for rule in made["entry"]["allOf"]
    } == set(KINDS)
    assert set(schema("transcript-1")["properties"]["head"]["properties"]["fields"]["properties"]) == set(HEADER_FIELDS)
    result = {name: one for name, one in schema("result-1").items() if not name.startswith("$") and name != "title"}
    assert made["result"] == result, "one shape, in both files"


TAMPERED = {
    "a float": ("result", "deductions", 1.5),
    "a grade that is text": ("result", "grade", "gold"),
    "a total that is no number": ("head", "entries", "many"),
    "a field too many": ("head", "more", 1),
    "another format": ("", "format", "other"),
    "a hash that is none": ("head", "hash", "x"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_not_valid(what: str) -> None:
    part, name, value = TAMPERED[what]
    wrong = deepcopy(transcript("bjkb-007"))
    (wrong[part] if part else wrong)[name] = value
    assert faults("transcript-1", wrong)
