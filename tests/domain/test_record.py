"""The record's form is final: the hashes below were computed once and may never change."""

import hashlib
import json
from dataclasses import asdict, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import record
from bot.domain.record import Header, Json, RecordBroken, Source

SALT = bytes(range(16))
BODY: dict[str, Json] = {"value": "17/20", "form": "ratio", "typed": "85%"}
SOURCE = Source("telegram", "42", "7", "1001")


def header(seq: int, prev: str, **more: Any) -> Header:
    values = {
        "v": record.VERSION,
        "assessment": "a1",
        "seq": seq,
        "prev": prev,
        "at": 1_790_000_000_000 + seq,
        "source_date": 1_789_999_999_000,
        "person": "p1",
        "role": "lead",
        "kind": "answered",
        "sheet": "s1",
        "question": "4.2.1/total",
        "revision": seq,
        "scheme": "ab" * 32,
        "body_hash": record.body_hash(SALT, BODY),
        "source": SOURCE,
    }
    return Header(**{**values, **more})


def chain(length: int = 4) -> list[Header]:
    headers: list[Header] = []
    prev = record.genesis("a1")
    for seq in range(1, length + 1):
        headers.append(header(seq, prev))
        prev = record.entry_hash(headers[-1])
    return headers


# ------------------------------------------------------------ the form, twice


def plain_hash(tag: bytes, *parts: bytes) -> str:
    return hashlib.sha256(tag + b"\0" + b"".join(parts)).hexdigest()


def test_the_canonical_form_is_typed_out() -> None:
    assert (
        record.canonical({"b": [1, True, None], "a": '甲\n"', "A": {}})
        == '{"A":{},"a":"甲\\n\\"","b":[1,true,null]}'.encode()
    )


def test_a_body_hash_by_hand() -> None:
    written = b'{"form":"ratio","typed":"85%","value":"17/20"}'
    expected = plain_hash(b"gradewalk.body.v1", bytes.fromhex("000102030405060708090a0b0c0d0e0f"), written)
    assert record.body_hash(SALT, BODY) == expected
    assert expected == "42b7fbda132cc24e423b892e85899371426986eba139276ff2048b370ec0d987"


def test_a_genesis_by_hand() -> None:
    assert record.genesis("a1") == plain_hash(b"gradewalk.genesis.v1", b"a1")
    assert record.genesis("a1") == "fa085cd205a5fb5f35464ec3f2fe73835c4b65b50db2d01c9edd299c39a0334d"


def test_an_entry_hash_by_hand() -> None:
    first = chain(1)[0]
    written = (
        '{"assessment":"a1","at":1790000000001,"body_hash":"' + first.body_hash + '","kind":"answered",'
        '"person":"p1","prev":"' + first.prev + '","question":"4.2.1/total","revision":1,"role":"lead",'
        '"scheme":"' + "ab" * 32 + '","seq":1,"sheet":"s1",'
        '"source":{"channel":"telegram","chat":"42","message":"7","update":"1001"},'
        '"source_date":1789999999000,"v":1}'
    ).encode()
    assert record.entry_hash(first) == plain_hash(b"gradewalk.entry.v1", written)
    assert record.entry_hash(first) == "9ceb61dc526b844ca47cb0b4071e99462230b991f105ff03202849bb97a1ffdb"


def test_a_head_by_hand() -> None:
    head = record.genesis("a1")
    for one in chain():
        written = json.dumps(asdict(one), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert one.prev == head
        head = plain_hash(b"gradewalk.entry.v1", written.encode())
    assert record.verify_chain(chain(), "a1") == head
    assert head == "79a6f3895742f76c358a4e327f23822888b817ae33494297805b2b6ca60b323f"


def test_a_digest_is_the_plain_hash_of_the_canonical_form() -> None:
    assert record.digest({"b": 1, "a": "甲"}) == hashlib.sha256('{"a":"甲","b":1}'.encode()).hexdigest()


# ------------------------------------------------------------ tampering

CHANGED: dict[str, Any] = {
    "v": 2,
    "at": 0,
    "source_date": None,
    "person": "p2",
    "role": "assessor",
    "kind": "noted",
    "sheet": "s2",
    "question": "",
    "revision": 9,
    "scheme": "cd" * 32,
    "body_hash": "00" * 32,
    "source": replace(SOURCE, message="8"),
}
AT_ONCE: dict[str, tuple[Any, str]] = {"assessment": ("a2", "seq"), "seq": (7, "seq"), "prev": ("00" * 32, "prev")}


def test_every_field_of_a_header_is_tampered_with_below() -> None:
    assert CHANGED.keys() | AT_ONCE.keys() == {field.name for field in fields(Header)}


@pytest.mark.parametrize("field", sorted(CHANGED))
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_changed_field_breaks_the_next_link(field: str, seq: int) -> None:
    headers = chain()
    headers[seq - 1] = replace(headers[seq - 1], **{field: CHANGED[field]})
    with pytest.raises(RecordBroken) as broken:
        record.verify_chain(headers, "a1")
    assert (broken.value.seq, broken.value.what) == (seq + 1, "prev")


@pytest.mark.parametrize("field", sorted(CHANGED))
def test_a_change_of_the_last_entry_gives_another_head(field: str) -> None:
    headers = chain()
    headers[-1] = replace(headers[-1], **{field: CHANGED[field]})
    assert record.verify_chain(headers, "a1") != record.verify_chain(chain(), "a1")


@pytest.mark.parametrize("field", sorted(AT_ONCE))
@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_a_changed_link_breaks_at_once(field: str, seq: int) -> None:
    headers = chain()
    value, what = AT_ONCE[field]
    headers[seq - 1] = replace(headers[seq - 1], **{field: value})
    with pytest.raises(RecordBroken) as broken:
        record.verify_chain(headers, "a1")
    assert (broken.value.seq, broken.value.what) == (seq, what)
    assert str(broken.value) == f"entry {seq}: {what}"


@pytest.mark.parametrize("part", [field.name for field in fields(Source)])
def test_every_part_of_the_source_counts(part: str) -> None:
    first = chain(1)[0]
    assert record.entry_hash(replace(first, source=replace(SOURCE, **{part: "x"}))) != record.entry_hash(first)


def test_entries_cannot_be_left_out_doubled_swapped_or_moved() -> None:
    headers = chain()
    for wrong, seq in [
        (headers[1:], 1),
        ([*headers[:2], headers[3]], 3),
        ([headers[0], headers[0]], 2),
        ([headers[1], headers[0]], 1),
    ]:
        with pytest.raises(RecordBroken) as broken:
            record.verify_chain(wrong, "a1")
        assert (broken.value.seq, broken.value.what) == (seq, "seq")
    with pytest.raises(RecordBroken) as moved:
        record.verify_chain([replace(one, assessment="a2") for one in headers], "a2")
    assert (moved.value.seq, moved.value.what) == (1, "prev")


def test_no_entries_have_the_genesis_as_head() -> None:
    assert record.verify_chain([], "a1") == record.genesis("a1")
    assert record.genesis("a1") != record.genesis("a2")


def test_a_body_is_held_against_its_header() -> None:
    first = chain(1)[0]
    record.verify_body(first, SALT, dict(reversed(BODY.items())))
    for salt, body in [(SALT, {**BODY, "typed": "86%"}), (SALT[::-1], BODY), (SALT, {})]:
        with pytest.raises(RecordBroken) as broken:
            record.verify_body(first, salt, body)
        assert (broken.value.seq, broken.value.what) == (1, "body")


# ------------------------------------------------------------ canonical values


@pytest.mark.parametrize(
    "value", [0.5, [1, 0.5], {"a": {"b": [(0.5,)]}}, float("nan"), {1: "a"}, {"a": {None: 1}}, b"a", {1}]
)
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(TypeError):
        record.canonical(value)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_a_canonical_form_reads_back_and_is_the_only_one(value: Any) -> None:
    written = record.canonical(value)
    assert json.loads(written) == value
    assert record.canonical(json.loads(written)) == written


ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=6) | st.just(["a"])
"""What a file may say in any place of a header; a lone surrogate too."""


def _like(value: object) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(value), st.just(value), st.just(value), ODD)


@given(
    st.fixed_dictionaries({**{name: _like(one) for name, one in asdict(header(1, "0")).items() if name != "source"}}),
    st.fixed_dictionaries({name: _like(one) for name, one in asdict(SOURCE).items()}),
)
def test_a_header_is_written_as_the_canonical_form_has_it(values: dict[str, Any], source: dict[str, Any]) -> None:
    one = Header(**values, source=Source(**source))
    try:
        expected = record.canonical(asdict(one))
    except (TypeError, UnicodeEncodeError) as error:
        with pytest.raises(type(error)):
            record.written(one)
    else:
        assert record.written(one) == expected


# ------------------------------------------------------------ headers from files


def test_a_header_reads_back_from_its_fields() -> None:
    first = chain(1)[0]
    assert record.header_from(json.loads(json.dumps(asdict(first)))) == first


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"source": "telegram"},
        {"source": None},
        {"source": {"channel": "telegram"}},
        {"source": {**asdict(SOURCE), "more": ""}},
    ],
)
def test_a_header_with_other_fields_is_none(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="has the fields"):
        record.header_from({**asdict(chain(1)[0]), **change})


def test_a_header_that_lacks_a_field_is_none() -> None:
    lacking = asdict(chain(1)[0])
    del lacking["role"]
    with pytest.raises(ValueError, match="header has the fields assessment, at"):
        record.header_from(lacking)


def test_values_are_not_converted_so_a_changed_type_breaks_the_chain() -> None:
    headers = chain()
    source = {**asdict(SOURCE), "message": 7}
    headers[0] = record.header_from({**asdict(headers[0]), "source": source})
    with pytest.raises(RecordBroken):
        record.verify_chain(headers, "a1")
