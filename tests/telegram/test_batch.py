"""What getUpdates answered, also when one update in it cannot be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import batch
from bot.telegram.ports import Incoming


def answer(*updates: object) -> bytes:
    return json.dumps({"ok": True, "result": list(updates)}).encode()


def test_the_same_update_always_gives_the_same_ascii_text() -> None:
    update = {"update_id": 7, "message": {"text": "满意\ud800\0", "chat": {"id": 5}}}
    (row,) = batch.rows(answer(update))
    assert row == batch.rows(answer({"update_id": 6}, update))[1]
    assert row.raw.isascii()
    assert row.raw.isprintable()
    assert json.loads(row.raw) == update


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": {"id": 5}, "from": {"id": 6}}}, "5"),
        ({"edited_message": {"chat": {"id": -100}}}, "-100"),
        ({"my_chat_member": {"chat": {"id": 5}}}, "5"),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}, "5"),
        ({"callback_query": {"from": {"id": 6}}}, "6"),
        ({"message": {"chat": {"id": "5"}}}, ""),
        ({"message": {"chat": {"id": True}}}, ""),
        ({"message": {"chat": {"id": 2**70}}}, ""),
        ({"message": {"chat": [5]}}, ""),
        ({"message": 5}, ""),
        ({}, ""),
    ],
)
def test_whose_an_update_is(update: dict[str, object], chat: str) -> None:
    assert batch.rows(answer({"update_id": 7} | update))[0].chat == chat


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b"[]",
        b'{"ok": true, "result": {}}',
        b'{"ok": true, "result": [{"update_id": 7}',
        answer({"update_id": "7"}),
        answer({"update_id": True}),
        answer({"update_id": 2**63}),
        answer({"no": 1}),
        answer([]),
        b'{"ok": true, "result": [{"update_id": 7, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}",
        b'{"ok": true, "result": [{"update_id": 7, "x": ' + b"9" * 5000 + b"}]}",
        b'{"ok": true, "result": [{"update_id": 7, "x": "\xff"}]}',
    ],
)
def test_what_cannot_be_read_as_a_whole_is_refused(body: bytes) -> None:
    with pytest.raises(batch.UnreadableError):
        batch.rows(body)


def test_one_unreadable_update_is_kept_as_it_came() -> None:
    body = b'{"ok": true, "result": [{"update_id": 7, "x": "\xff\x00\xe6\xbb\xa1"}]}'
    row = batch.salvage(body)
    assert row == Incoming(7, '{"ok": true, "result": [{"update_id": 7, "x": "\\xff\\0\\u6ee1"}]}', "")


@pytest.mark.parametrize("body", [b'{"ok": true, "result": [{"update_id": 7, "x": [', b"{}", b"<html>]}"])
def test_an_answer_that_was_cut_is_no_update(body: bytes) -> None:
    with pytest.raises(batch.UnreadableError):
        batch.salvage(body)


def test_whom_to_tell_that_a_tap_is_not_saved() -> None:
    assert batch.tap_of('{"callback_query": {"id": "1", "from": {"language_code": "en"}}}') == ("1", "en")
    assert batch.tap_of('{"callback_query": {"id": "1", "from": {"language_code": 5}}}') == ("1", "")
    assert batch.tap_of('{"callback_query": {"id": 1}}') is None
    assert batch.tap_of('{"callback_query": 5}') is None
    assert batch.tap_of('{"message": {}}') is None
    assert batch.tap_of("[]") is None


@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_refused(body: bytes) -> None:
    for read in (batch.rows, batch.salvage):
        try:
            read(body)
        except batch.UnreadableError:
            continue
