"""What a button sends comes back as it was; what anybody else made up is refused, or harmless."""

import string
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.view import payload as p
from bot.view import places
from bot.view.payload import LIMIT, BadPayload, decode, encode

REF = st.text(string.ascii_letters + string.digits, min_size=1, max_size=10)
WORD = st.text(string.ascii_letters + string.digits + "./-_", max_size=12)
NUMBER = st.integers(0, 9999)
KINDS: tuple[Any, ...] = (*places.Place.__args__, *p.Tap.__args__)


def _some(kind: type) -> st.SearchStrategy[Any]:
    values = {field.name: NUMBER if field.type is int else WORD for field in fields(kind)}
    if "sheet" in values:
        values["sheet"] = REF
    return st.builds(kind, **values)


@given(st.one_of([_some(kind) for kind in KINDS]))
def test_a_payload_comes_back_as_it_was(payload: places.Place | p.Tap) -> None:
    text = encode(payload)
    assert decode(text) == payload
    assert text.isascii()
    assert len(text) <= LIMIT


@given(st.one_of([_some(kind) for kind in KINDS]))
def test_what_a_field_says_by_default_is_left_out_at_the_end(payload: places.Place | p.Tap) -> None:
    parts = [(str(getattr(payload, field.name)), field.default) for field in fields(payload)]
    while parts and parts[-1][0] in {"", "0"} and parts[-1][0] == str(parts[-1][1]):
        parts.pop()
    assert encode(payload) == ":".join(["1", payload.op, *(text for text, _ in parts)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_letter_of_its_own(kind: Any) -> None:
    assert [other for other in KINDS if other.op == kind.op] == [kind]


@given(st.text(max_size=80))
def test_a_made_up_text_is_a_payload_or_bad(text: str) -> None:
    try:
        payload = decode(text)
    except BadPayload:
        return
    assert decode(encode(payload)) == payload


@given(st.lists(st.sampled_from(["1", "q", "a", "h", "C", "", "0", "-1", "s1", "²", "4.2.1/total", "1e9"]), max_size=8))
def test_a_nearly_right_text_is_a_payload_or_bad(parts: list[str]) -> None:
    try:
        payload = decode(":".join(parts))
    except BadPayload:
        return
    assert isinstance(payload, KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "2:h",
        "1:?",
        "1:q:s1",
        "1:h:0:0:0",
        "1:h:-1",
        "1:h:one",
        "1:h:²",
        "1:a:s1:4.2.1/total:1/2:x",
        "1:q:s1:4.2.1/total:" + "b" * 64,
        "1:o:做:self",
    ],
)
def test_what_we_never_wrote_is_bad(text: str) -> None:
    with pytest.raises(BadPayload):
        decode(text)


def test_what_equals_the_default_is_left_out() -> None:
    assert encode(places.Home()) == "1:h"
    assert encode(places.Home(archived=1)) == "1:h:0:1"
    assert encode(places.Card("s1", "4.2.1/total")) == "1:q:s1:4.2.1/total"
    assert encode(p.LaterTap("s1", "4.2.1/total", 0)) == "1:p:s1:4.2.1/total:0"


def test_a_payload_that_would_not_fit_is_a_defect() -> None:
    with pytest.raises(AssertionError):
        encode(places.Card("s" * 40, "4.2.1/total" * 3))
    with pytest.raises(AssertionError):
        encode(places.PickMode("标准"))
