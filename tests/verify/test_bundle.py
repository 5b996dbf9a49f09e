"""A bundle as issued is sound; anything changed in it is found, and its place named."""

import io
import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain import entries as e
from bot.domain import panel_entries as p
from bot.domain.answers import Rated
from bot.domain.record import Json, body_hash, canonical, entry_hash, header_from
from bot.domain.state import AssessmentState, fold
from bot.domain.written import encode_answer
from bot.verify.bundle import verify
from bot.verify.container import opened as opened_container
from bot.verify.container import pack
from bot.verify.findings import Report
from bot.verify.signing import read_code, seal_code
from bot.verify.words import said, sentences
from tests.export.story import Story
from tests.verify.made import OTHER_KEY, again, bundle, opened, rechained, seal, told
from tests.verify.refold import entries


@pytest.fixture(scope="module")
def issued() -> bytes:
    return bundle(told())


def posted(one: Story) -> tuple[int, str]:
    last = one.state.seals[-1]
    return read_code(seal_code(last.upto, last.head))


def states(report: Report) -> dict[str, str]:
    return {check.code: check.state for check in report.checks}


def first(report: Report) -> tuple[str, str]:
    assert report.first is not None
    return report.first.code, report.first.place


def test_a_bundle_as_issued_is_sound(issued: bytes) -> None:
    report = verify(issued, posted(told()))
    assert report.certain, report.checks
    assert states(report) == {
        **dict.fromkeys(
            (
                *("container", "manifest", "manifest-signature", "chain", "bodies", "scheme", "seal", "posted"),
                *("evidence", "score", "closing", "written"),
            ),
            "ok",
        ),
        "outside": "unknown",
        "renderings": "unknown",
    }


def test_the_same_record_makes_the_same_bytes(issued: bytes) -> None:
    assert bundle(told()) == issued


def test_without_a_posted_seal_it_says_what_cannot_be_known(issued: bytes) -> None:
    report = verify(issued)
    assert report.sound
    assert states(report)["not-posted"] == "unknown"
    for language, words in (("zh", "无法知道"), ("en", "cannot be known")):
        assert any(words in line for line in sentences(report, language))  # type: ignore[arg-type]


def places(issued: bytes) -> dict[str, range]:
    """Member -> the bytes of its header and content."""
    found = opened_container(io.BytesIO(issued)).members.values()
    return {member.name: range(member.at, member.offset + member.size) for member in found}


def changed(issued: bytes, count: int) -> None:
    chance = random.Random(count)
    members = places(issued)
    for _ in range(count):
        place = chance.randrange(len(issued))
        byte = chance.randrange(1, 256) ^ issued[place]
        report = verify(issued[:place] + bytes([byte]) + issued[place + 1 :])
        where = first(report)
        inside = next((name for name, held in members.items() if place in held), "")
        if inside and place >= members[inside].start + 30 + len(inside):
            assert where == ("container", inside), place
        else:
            assert where[0] in {"container", "format"}, place
            assert where[1], place


def test_any_changed_byte_is_found_and_placed(issued: bytes) -> None:
    changed(issued, 300)


@pytest.mark.long
def test_ten_thousand_changed_bytes_are_found_and_placed(issued: bytes) -> None:
    changed(issued, 10_000)


@pytest.mark.parametrize("cut", [1, 22, 500, 100_000])
def test_a_file_that_was_cut_off_is_found(issued: bytes, cut: int) -> None:
    assert first(verify(issued[:-cut]))[0] in {"container", "format"}
    assert not verify(issued + b"\0" * cut).sound


def test_a_changed_member_under_the_old_manifest_is_named(issued: bytes) -> None:
    for name in ("record.json", "scheme.json", "transcript.html"):
        members = opened(issued)
        members[name] += b" "
        assert first(verify(pack(members))) == ("manifest", name)


def test_a_manifest_signed_by_another_key_is_theirs_and_the_seal_stays_ours(issued: bytes) -> None:
    report = verify(again(opened(issued), OTHER_KEY))
    keys = {check.code: check.params.get("key") for check in report.checks}
    assert keys["manifest-signature"] != keys["seal"]
    assert states(report)["keys"] == "unknown", "the page in it may be anybody's, and that is said"
    assert not report.certain


def test_swapped_evidence_is_found_even_with_the_key(issued: bytes) -> None:
    members = opened(issued)
    name = next(name for name in members if name.startswith("evidence/"))
    members[name] = b"\xff\xd8 another picture"
    assert first(verify(again(members))) == ("evidence", name)
    del members[name]
    assert first(verify(again(members))) == ("evidence", name)
    for extra, code in (("evidence/extra.bin", "evidence"), ("readme.html", "manifest"), ("a/b.html", "manifest")):
        members = {**opened(issued), extra: b"x"}
        assert first(verify(again(members))) == (code, extra)


def edited(issued: bytes, change: "dict[str, Json] | None" = None, **more: Json) -> bytes:
    members = opened(issued)
    record = json.loads(members["record.json"])
    record = {**record, **(change or {}), **more}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return again({**members, "record.json": text})


def test_a_better_result_written_into_the_record_is_computed_again_and_refused(issued: bytes) -> None:
    result = json.loads(opened(issued)["record.json"])["result"]
    dimension = {**result["dimensions"]["total"], "exact": "100"}
    better = {**result, "dimensions": {"total": dimension}}
    assert first(verify(edited(issued, result=better))) == ("score", "result")
    outcome = {**result, "outcome": {**result["outcome"], "id": "gold-plated"}}
    assert first(verify(edited(issued, result=outcome))) == ("score", "result")
    grade = {**result, "grade": None}
    assert first(verify(edited(issued, result=grade))) == ("score", "grade")
    nothings: tuple[Json, ...] = ({}, [], None, "x")
    for nothing in nothings:
        assert first(verify(edited(issued, result=nothing)))[0] == "score"


def test_a_manifest_of_another_state_of_the_record_is_refused(issued: bytes) -> None:
    for field, value in (("upto", 3), ("head", "0" * 64), ("sealed", None), ("assessment", "b")):
        assert first(verify(again(opened(issued), more={field: value}))) == ("manifest", "manifest.json")
    for field, value in (("version", True), ("version", "1"), ("format", "x"), ("more", 1)):
        assert first(verify(again(opened(issued), more={field: value}))) == ("manifest", "manifest.json")
    members = opened(issued)
    members["manifest.json"] = members["manifest.json"].replace(b'"version":2', b'"version":2.0')
    assert first(verify(pack(members))) == ("manifest", "manifest.json")


def test_another_spelling_of_a_signature_does_not_hold(issued: bytes) -> None:
    members = opened(issued)
    signature = members["manifest.sig"]
    for other in (signature.upper(), signature[:2] + b" " + signature[2:], b"", b"\xff"):
        assert first(verify(pack({**members, "manifest.sig": other}))) == ("manifest-signature", "manifest.sig")


def test_a_member_that_is_missing_is_named(issued: bytes) -> None:
    for name in opened(issued):
        members = opened(issued)
        del members[name]
        assert first(verify(pack(members))) == ("manifest", name)


def test_a_changed_answer_breaks_its_entry_and_a_changed_header_the_chain(issued: bytes) -> None:
    record = json.loads(opened(issued)["record.json"])["record"]
    number = next(n for n, row in enumerate(record) if row["header"]["kind"] == "answered" and "value" in row["body"])
    body = json.loads(json.dumps(record))
    body[number]["body"] = encode_answer(Rated(Fraction(1), "ratio"))
    assert first(verify(edited(issued, record=body))) == ("bodies", str(number + 1))
    header = json.loads(json.dumps(record))
    header[number]["header"]["at"] += 1
    assert first(verify(edited(issued, record=header))) == ("chain", str(number + 1))
    assert first(verify(edited(issued, record=[record[0], *record[2:]]))) == ("chain", "2")


def better(one: Story) -> Story:
    """One answer raised, body hash, chain and seal made anew: what the operator could do."""
    for number, record in enumerate(one.records):
        if record.header.kind == "answered" and record.body and "value" in record.body:
            body = encode_answer(Rated(Fraction(1), "ratio"))
            header = replace(record.header, body_hash=body_hash(record.salt or b"", body))
            one.records[number] = replace(record, header=header, body=body)
            break
    return rechained(one)


def test_a_rebuilt_chain_is_found_against_the_posted_seal_alone() -> None:
    first_issued = told()
    code = posted(first_issued)
    data = bundle(better(told()))
    assert first(verify(data)) == ("seal", str(len(first_issued.records)))
    assert first(verify(data, code))[0] == "seal"


def test_a_deleted_tail_is_found_against_the_posted_seal_and_said_to_be_unknowable_without() -> None:
    one = told()
    code = posted(one)
    one.records = one.records[:-3]  # closing and seal are gone
    one.state = fold(AssessmentState(), entries(one))
    data = bundle(one)
    report = verify(data)
    assert report.sound
    assert not report.certain
    assert states(report)["no-seal"] == states(report)["not-posted"] == "unknown"
    report = verify(data, code)
    assert first(report) == ("posted", str(code[0]))
    assert any("cut off" in line for line in sentences(report, "en"))


def unsealed() -> tuple[Story, tuple[int, str]]:
    """Closed, and its seal left out; the code that members hold."""
    one = told()
    code = posted(one)
    one.records = one.records[:-1]
    one.state = fold(AssessmentState(), entries(one))
    return one, code


def test_what_was_added_behind_the_posted_seal_is_said_when_its_own_seal_was_left_out() -> None:
    """Reopened and rated anew, by anybody: the code reaches to the closing and no further."""
    one, code = unsealed()
    one.add(e.Draft(p.Reopened("编造的理由", ("s-1",))))
    question = next(found for found in one.state.sheets["s-1"].given if found.dimension != "veto")
    one.add(e.Draft(e.AnswerGiven(Rated(Fraction(1), "ratio")), "s-1", question, 2))
    for data in (bundle(one, key=OTHER_KEY), opened(bundle(one, key=OTHER_KEY))["record.json"]):
        report = verify(data, code)
        assert states(report)["posted"] == "ok"
        assert states(report)["later"] == states(report)["unsealed"] == "unknown"
        assert not report.certain


def erased(one: Story) -> bytes:
    """All of it erased by an entry behind, as a transcript."""
    one.add(e.Draft(e.Erased("draft-deleted")))
    one.records[:-1] = [replace(record, salt=None, body=None) for record in one.records[:-1]]
    last = one.records[-1].header
    one.state = fold(AssessmentState(), [e.Entry(last.seq, last.at, last.person, e.Erased("draft-deleted"))])
    return opened(bundle(one))["record.json"]


def test_an_erasure_behind_the_posted_seal_may_be_anybodys() -> None:
    one, code = unsealed()
    report = verify(erased(one), code)
    assert states(report)["posted"] == "ok"
    assert states(report)["later"] == "unknown"
    assert not report.certain


def test_a_role_that_is_none_is_told_as_it_stands() -> None:
    """A file may be written by anybody: sentences are made of it all the same."""
    file = json.loads(erased(unsealed()[0]))
    row = file["record"][-1]
    row["header"]["role"] = ["lead"]
    row["hash"] = file["head"]["hash"] = entry_hash(header_from(row["header"]))
    report = verify(canonical(file))
    assert states(report)["erased"] == "ok"
    assert any("['lead']" in line for line in sentences(report, "en"))


def test_whose_key_it_is_is_left_to_the_reader_and_that_is_said() -> None:
    """The closing's own seal and the manifest are a stranger's, the page another: nothing but the fingerprint tells."""
    one, code = unsealed()
    seal(one, OTHER_KEY)
    members = {**opened(bundle(one, key=OTHER_KEY)), "transcript.html": b"<!doctype html>"}
    report = verify(again(members, OTHER_KEY), code)
    assert report.sound
    assert any("compare its fingerprint" in line for line in sentences(report, "en"))


def test_a_record_whose_seal_was_left_out_says_so() -> None:
    one = told()
    one.records = one.records[:-1]
    one.state = fold(AssessmentState(), entries(one))
    report = verify(bundle(one))
    assert report.sound
    assert states(report)["unsealed"] == "unknown"


def test_another_assessments_record_is_found_against_the_posted_seal() -> None:
    """All of it told anew with better answers, signed with the true key: what an operator could hand out instead."""
    one, other = told(), told(band=4)
    assert verify(bundle(other)).sound
    assert first(verify(bundle(other), posted(one))) == ("posted", str(posted(one)[0]))
    assert "replaced" in said(verify(bundle(other), posted(one)).checks[-1], "en")


def test_a_seal_by_another_key_is_shown_with_that_key() -> None:
    one = told()
    seal(one, OTHER_KEY)
    report = verify(bundle(one))
    keys = [check.params["key"] for check in report.checks if check.code == "seal"]
    assert keys == [held.key for held in one.state.seals]
    assert len(set(keys)) == 2
    assert states(report)["keys"] == "unknown"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"PK\x03\x04", b"\xff" * 99, b'{"format":"gradewalk.transcript"}'])
def test_what_is_no_record_is_said_to_be_none(data: bytes) -> None:
    report = verify(data)
    assert not report.sound
    assert first(report)[0] in {"format", "container"}


def test_a_transcript_on_its_own_is_checked_as_far_as_it_goes(issued: bytes) -> None:
    report = verify(opened(issued)["record.json"], posted(told()))
    assert report.sound
    assert {check.code for check in report.checks if check.state == "unknown"} == {"evidence-outside", "outside"}
    assert {"chain", "bodies", "scheme", "seal", "posted", "score", "closing", "written"} < set(states(report))


@pytest.mark.parametrize("code", ["", "GW1", "GW1-x-00", "GW2-3-" + "0" * 64, "GW1-3-" + "0" * 63, "GW1-3-" + "z" * 64])
def test_a_code_that_is_none(code: str) -> None:
    with pytest.raises(ValueError):
        read_code(code)


def test_a_code_is_read_however_it_was_copied() -> None:
    head = "0123456789abcdef" * 4
    for copied in (seal_code(42, head), seal_code(42, head).lower(), f" GW1-42-\n{head[:30]} {head[30:]}\n"):
        assert read_code(copied) == (42, head)
