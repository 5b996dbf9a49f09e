"""A transcript in JSON on its own: whatever is changed in it is found and named, but what it says cannot be found."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain import panel_commands as k
from bot.domain.answers import Rated
from bot.domain.record import body_hash, canonical
from bot.domain.scheme import QuestionId
from bot.domain.state import AssessmentState, fold
from bot.export import FORMATS
from bot.verify.bundle import verify
from bot.verify.command import LANGUAGES
from bot.verify.findings import Report
from bot.verify.words import said, sentences
from tests.export.story import LEAD, OTHER, Story, adjusted, eventful, panelled, story
from tests.verify.made import rechained, seal, told
from tests.verify.refold import entries

HOTLINE = QuestionId("2.1", "total")


def written(one: Story) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FORMATS["json"].render(one.report()))
    return found


def checked(file: Any) -> Report:
    return verify(canonical(file))


def first(report: Report) -> tuple[str, str]:
    assert report.first is not None
    assert all(said(check, language) for check in report.checks for language in LANGUAGES)
    return report.first.code, report.first.place


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*path, key))
    else:
        yield path


def other(value: object) -> object:
    match value:
        case bool():
            return int(value)
        case int():
            return value + 1
        case str():
            return value + "x"
        case _:
            return "x"


def with_changed(file: Any, path: tuple[Any, ...]) -> Any:
    copy = json.loads(json.dumps(file))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other(at[path[-1]])
    return copy


def outside(path: tuple[Any, ...]) -> bool:
    """Names, and the sentences of reasons: what no entry says."""
    return path[0] == "names" or (path[:2] == ("result", "reasons") and path[-1] in {"zh", "en"})


@pytest.mark.parametrize("one", [eventful(), panelled(), adjusted(), told()], ids=["one", "panel", "shop", "sealed"])
def test_as_it_was_made_it_is_sound(one: Story) -> None:
    report = checked(written(one))
    assert report.sound, report.first
    assert not report.certain
    assert [check.code for check in report.checks].count("written") == 1


@pytest.mark.parametrize("count", [120, pytest.param(10_000, marks=pytest.mark.long)])
def test_any_changed_value_is_found_but_for_names_and_sentences(count: int) -> None:
    file = written(told())
    paths = [path for path in leaves(file) if path[0] != "scheme"]
    paths = random.Random(count).sample(paths, min(count, len(paths)))
    paths += [path for path in leaves(file) if path[0] in {"head", "result", "format", "version", "made_from", "names"}]
    for path in paths:
        report = checked(with_changed(file, path))
        if outside(path):
            assert report.sound, path
            assert any(check.code == "outside" for check in report.checks)
        else:
            assert first(report)[1], path


def test_a_changed_scheme_text_is_found() -> None:
    file = written(told())
    for path in random.Random(1).sample(list(leaves(file["scheme"])), 40):
        assert first(checked(with_changed(file, ("scheme", *path))))[0] in {"scheme", "format"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("head", "fields", "organisation"), "head.fields.organisation"),
        (("head", "closed", "iso"), "head.closed.iso"),
        (("head", "created", "ms"), "head.created.ms"),
        (("head", "mode"), "head.mode"),
        (("made_from",), "made_from"),
        (("record", 2, "at", "iso"), "record[3].at.iso"),
        (("record", 2, "source_date", "ms"), "record[3].source_date.ms"),
        (("result", "sections", "2", "total", "points"), "result.sections.2.total.points"),
        (("result", "readings", 0), "result.readings[1]"),
        (("result", "deductions"), "result.deductions"),
        (("result", "bonus"), "result.bonus"),
        (("result", "passed"), "result.passed"),
        (("result", "complete"), "result.complete"),
        (("result", "reasons", 0, "code"), "result.reasons[1].code"),
    ],
)
def test_what_is_written_beside_the_entries_is_named_by_its_place(path: tuple[Any, ...], place: str) -> None:
    assert first(checked(with_changed(written(told()), path))) == ("written", place)


def test_what_is_added_or_left_out_is_found() -> None:
    file = written(told())
    assert first(checked({**file, "more": "x"})) == ("written", "more")
    assert first(checked({key: value for key, value in file.items() if key != "names"}))[0] in {"written", "format"}
    assert first(checked({**file, "names": {**file["names"], "p-nobody": "x"}})) == ("written", "names.p-nobody")
    assert first(checked({**file, "names": []})) == ("written", "names")
    assert first(checked({**file, "names": {LEAD: 7}})) == ("written", f"names.{LEAD}")
    result = {**file["result"], "open": [{"gate": "x"}]}
    assert first(checked({**file, "result": result})) == ("written", "result.open[1]")
    reasons = [*file["result"]["reasons"], file["result"]["reasons"][0]]
    assert first(checked({**file, "result": {**file["result"], "reasons": reasons}}))[0] == "written"
    assert first(checked({**file, "result": {**file["result"], "reasons": None}}))[0] == "written"
    rows = [{**file["record"][0], "more": 1}, *file["record"][1:]]
    assert first(checked({**file, "record": rows})) == ("written", "record[1].more")


def test_form_counts_too() -> None:
    data = FORMATS["json"].render(told().report())
    assert first(verify(data + b" ")) == ("format", "canonical")
    assert first(verify(data.replace(b'"version":1', b'"version":2', 1)))[0] == "format"
    assert first(verify(b"<!doctype html><html>")) == ("page", "html")
    assert first(verify(b"\n <!DOCTYPE HTML>")) == ("page", "html")


@pytest.mark.parametrize("name", ["pdf", "word", "excel", "html", "csv"])
def test_a_file_for_people_is_not_accused_of_being_changed(name: str) -> None:
    """It is just as it was issued; but nothing of it is signed, and nothing can be made again from it."""
    found = verify(FORMATS[name].render(eventful().report("en")))
    assert not found.sound
    assert [check.code for check in found.checks] == ["page"]
    zh, en = (" ".join(sentences(found, language)) for language in ("zh", "en"))
    assert "与当初所出的不符" not in zh
    assert "[不符]" not in zh
    assert "not as it was issued" not in en
    assert "verify the bundle" in en


def forged(one: Story, number: int, body: dict[str, Any]) -> Any:
    """The content of entry `number` replaced, hashes and chain made anew; the rest of the file as it was."""
    file = written(one)
    record = one.records[number - 1]
    one.records[number - 1] = replace(
        record, body=body, header=replace(record.header, body_hash=body_hash(record.salt or b"", body))
    )
    rechained(one)
    rows = [
        {**row, "header": {**row["header"], "prev": new.header.prev, "body_hash": new.header.body_hash}}
        for row, new in zip(file["record"], one.records, strict=True)
    ]
    for row, new in zip(rows, one.records, strict=True):
        row["hash"], row["body"] = new.hash, new.body
    return {**file, "record": rows, "head": {**file["head"], "hash": one.records[-1].hash}}


def number_of(one: Story, kind: str) -> int:
    return next(record.header.seq for record in one.records if record.header.kind == kind)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("answered", {"value": "1/0", "form": "ratio", "typed": ""}),
        ("answered", {"value": "1e999999999", "form": "ratio", "typed": ""}),
        ("answered", {"value": "1" * 5000, "form": "ratio", "typed": ""}),
        ("answered", {"value": f"1/{'3' * 81}", "form": "ratio", "typed": ""}),
        ("answered", {"value": {}, "form": "ratio", "typed": ""}),
        ("answered", {}),
        ("sheet-opened", {"round": "", "covers": ["nowhere"]}),
        ("created", {"scheme": 1, "mode": 2, "organisation": 3}),
        ("closed", {"outcome": "silver", "totals": {"total": "1e99999999"}}),
        ("closed", {"outcome": "silver", "totals": 4}),
    ],
)
def test_a_chain_around_nonsense_is_a_finding_and_no_crash(kind: str, body: dict[str, Any]) -> None:
    one = eventful()
    assert not checked(forged(one, number_of(one, kind), body)).sound


@pytest.mark.parametrize("number", ["1e999999999", "1/" + "7" * 3000, " 0." + "7" * 60])
def test_a_scheme_with_a_number_that_nobody_can_compute_is_refused_at_once(number: str) -> None:
    """A few hundred long denominators take hours to add."""
    file = written(told())
    text = json.loads(json.dumps(file["scheme"]["text"]).replace('"30"', f'"{number}"', 1))
    assert first(checked({**file, "scheme": {**file["scheme"], "text": text}})) == ("format", "scheme")


def test_a_closing_that_does_not_follow_from_the_answers_of_that_time() -> None:
    one = eventful()
    one.do(k.Reopen("一项要改"))
    one.say("2.1", Rated(Fraction(1), "ratio"))
    one.do(c.Close())
    sound = checked(written(one))
    assert sound.sound
    assert next(check.params for check in sound.checks if check.code == "closing") == {"closings": 2}
    number = number_of(one, "closed")
    report = checked(forged(one, number, {"outcome": "gold", "totals": {"total": "99"}}))
    assert first(report) == ("closing", str(number)), "the first closing, though a later one is right"


def test_entries_under_another_scheme_need_an_entry_that_says_so() -> None:
    one = eventful()
    file = forged(one, 1, dict(one.records[0].body or {}))
    digest = "0" * 64
    for record in one.records[3:4]:
        one.records[3] = replace(record, header=replace(record.header, scheme=digest))
    rechained(one)
    for row, new in zip(file["record"], one.records, strict=True):
        row["hash"] = new.hash
        row["header"] |= {"prev": new.header.prev, "scheme": new.header.scheme}
    file["head"]["hash"] = one.records[-1].hash
    assert first(checked(file)) == ("scheme", "4")


# what was erased


def noted() -> tuple[Story, int]:
    """Two notes on one question, each revised; the first was erased. And the number of the first."""
    one = story("stars")
    one.do(c.WriteNote("s-1", HOTLINE, "要删除的备注"))
    of = one.records[-1].header.seq
    one.do(c.WriteNote("s-1", HOTLINE, "留下的备注"))
    one.do(c.ReviseNote(of, "改过的要删除的备注"))
    one.do(c.ReviseNote(of + 1, "改过的留下的备注"))
    one.fill(Fraction(17, 20))
    one.do(c.Close())
    seal(one)
    one.do(c.EraseText(of, "写错了人名"))
    for number in (of, of + 2):
        one.records[number - 1] = replace(one.records[number - 1], salt=None, body=None)
    return refolded(one), of


def refolded(one: Story) -> Story:
    one.state = fold(AssessmentState(), entries(one))
    return one


def test_an_erased_note_is_said_with_date_person_and_reason() -> None:
    one, of = noted()
    file = written(one)
    assert "要删除的备注" not in json.dumps(file, ensure_ascii=False)
    report = checked(file)
    assert report.sound, report.first
    (erased,) = (check for check in report.checks if check.code == "text-erased")
    assert erased.params["of"] == of
    for language in LANGUAGES:
        line = said(erased, language)
        assert "写错了人名" in line
        assert one.names[LEAD] in line
        assert "2026-05-01T" in line
    assert next(check.state for check in report.checks if check.code == "seal") == "ok", "the seal still holds"


def test_a_missing_note_that_no_entry_erased_is_found() -> None:
    one, of = noted()
    for number in (of + 1, of + 3):
        file = written(one)
        file["record"][number - 1] |= {"salt": None, "body": None}
        found = checked(file)
        if number == of + 1:
            assert first(found) == ("bodies", str(number))
        else:  # a revision does not say of which note: the header of one beside it looks the same
            assert found.sound


def test_an_erased_note_that_is_still_there_is_found() -> None:
    _, of = noted()
    kept = story("stars")
    kept.do(c.WriteNote("s-1", HOTLINE, "要删除的备注"))
    kept.do(c.EraseText(of, "理由"))
    assert first(checked(written(kept))) == ("bodies", str(of))


@pytest.mark.parametrize("kind", ["answered", "closed", "sheet-opened", "created", "sealed"])
def test_what_decides_is_never_erased_alone(kind: str) -> None:
    one = told()
    number = number_of(one, kind)
    one.add(e.Draft(e.TextErased(number, "理由"), "s-1", HOTLINE))
    one.records[number - 1] = replace(one.records[number - 1], salt=None, body=None)
    file = written(told())
    extra = one.records[-1]
    rows = [*file["record"], {**file["record"][-1], "header": _header(extra), "hash": extra.hash}]
    rows[-1] |= {"body": dict(extra.body or {}), "salt": (extra.salt or b"").hex()}
    rows[number - 1] |= {"salt": None, "body": None}
    head = {**file["head"], "hash": extra.hash, "entries": len(rows)}
    assert first(checked({**file, "record": rows, "head": head})) == ("bodies", str(number))


def _header(record: Any) -> dict[str, Any]:
    source = {name: getattr(record.header.source, name) for name in record.header.source.__slots__}
    return {name: getattr(record.header, name) for name in record.header.__slots__} | {"source": source}


def test_a_whole_erased_assessment_still_has_its_chain() -> None:
    one = story("stars")
    one.do_erase_with_a_name("要消失的名称")
    report = checked(written(one))
    assert report.sound, report.first
    assert {"erased", "not-scored", "written"} <= {check.code for check in report.checks}
    assert any("草稿被删除" in line for line in sentences(report, "zh"))


def test_several_people_and_a_finding_by_another() -> None:
    one = panelled()
    assert OTHER in written(one)["names"]
    assert checked(written(one)).sound
