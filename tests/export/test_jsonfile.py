"""The JSON transcript: whole, deterministic, and its chain holds."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.domain.entries import HEADER_FIELDS
from bot.domain.record import RecordBroken, canonical, digest, entry_hash, header_from, verify_body, verify_chain
from bot.export import FORMATS, Report
from tests.export.story import NAMES, Story, adjusted, eventful, panelled, story


def parsed(report: Report) -> dict[str, Any]:
    def no_float(text: str) -> None:
        raise AssertionError(text)

    loaded: dict[str, Any] = json.loads(FORMATS["json"].render(report), parse_float=no_float, parse_constant=no_float)
    return loaded


@pytest.mark.parametrize("told", [eventful(), panelled(), adjusted()], ids=["eventful", "panelled", "adjusted"])
def test_the_record_is_whole_and_its_chain_holds(told: Story) -> None:
    found = parsed(told.report())
    headers = [header_from(entry["header"]) for entry in found["record"]]
    assert verify_chain(headers, found["head"]["assessment"]) == found["head"]["hash"]
    assert found["head"]["entries"] == found["made_from"] == len(told.records)
    for entry, header, stored in zip(found["record"], headers, told.records, strict=True):
        verify_body(header, bytes.fromhex(entry["salt"]), entry["body"])
        assert header == stored.header
        assert entry["hash"] == stored.hash == entry_hash(header)
        assert entry["body"] == stored.body


def test_a_changed_answer_is_found() -> None:
    found = parsed(eventful().report())
    answered = next(entry for entry in found["record"] if entry["header"]["kind"] == "answered")
    answered["body"]["value"] = "1"
    with pytest.raises(RecordBroken):
        verify_body(header_from(answered["header"]), bytes.fromhex(answered["salt"]), answered["body"])


def test_the_head_names_scheme_and_times() -> None:
    found = parsed(eventful().report())
    assert (found["format"], found["version"]) == ("gradewalk.transcript", 1)
    assert set(found["head"]["fields"]) == set(HEADER_FIELDS)
    assert found["head"]["fields"]["organisation"] == "Renamed <i>Ltd</i>"
    assert found["head"]["mode"] == "audit"
    assert found["head"]["created"] == {"ms": 1_777_600_007_000, "iso": "2026-05-01T01:46:47.000Z"}
    assert found["head"]["closed"]["ms"] > found["head"]["created"]["ms"]
    assert found["record"][0]["source_date"] == {"ms": 1_777_600_006_100, "iso": "2026-05-01T01:46:46.100Z"}
    assert digest(found["scheme"]["text"]) == found["scheme"]["digest"] == found["record"][0]["header"]["scheme"]


def test_names_are_those_of_the_people_in_the_record_alone() -> None:
    assert parsed(panelled().report())["names"] == {k: v for k, v in NAMES.items() if k != "p-nobody"}
    assert list(parsed(eventful().report())["names"]) == ["p-lead-0123456789"]


def test_the_result_names_sheets_as_the_record_does() -> None:
    found = parsed(panelled().report())
    assert {item["sheet"] for item in found["result"]["open"]} == {"s-2"}
    assert parsed(eventful().report())["result"]["outcome"]["id"] == "silver"


def test_equal_bytes_for_one_record_whatever_language_zone_and_moment() -> None:
    told = eventful()
    first = FORMATS["json"].render(told.report("zh", "Asia/Shanghai"))
    assert first == canonical(json.loads(first))
    later = replace(told.report("en", "America/New_York"), made_at=0)
    assert FORMATS["json"].render(later) == first


def test_erased_bodies_are_null_and_the_chain_still_holds() -> None:
    told = story("stars")
    told.do_erase_with_a_name("A name that must go")
    raw = FORMATS["json"].render(told.report())
    assert b"A name that must go" not in raw
    found = json.loads(raw)
    assert [entry["body"] for entry in found["record"][:-1]] == [None] * (len(found["record"]) - 1)
    assert [entry["salt"] for entry in found["record"][:-1]] == [None] * (len(found["record"]) - 1)
    assert found["record"][-1]["body"] == {"reason": "draft-deleted"}
    assert found["head"]["erased"] is True
    assert verify_chain([header_from(e["header"]) for e in found["record"]], "a-made-up") == found["head"]["hash"]
    assert all(a["hash"] == b["header"]["prev"] for a, b in pairwise(found["record"]))
