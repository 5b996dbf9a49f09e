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
    (row,) = batch.read(answer(update), 0).updates
    assert row == batch.read(answer({"update_id": 6}, update), 6).updates[1]
    assert row == batch.pushed(json.dumps(update, ensure_ascii=True).encode())
    assert row == batch.pushed(
        b' {"update_id":7, "message": {"text": "\xe6\xbb\xa1\xe6\x84\x8f\\ud800\\u0000","chat":{"id":5}}}\n'
    )
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
    assert batch.read(answer({"update_id": 7} | update), 0).updates[0].chat == chat


NO_NUMBERS: list[object] = [
    *[{"update_id": "7"}, {"update_id": True}, {"update_id": -5}, {"update_id": 2**63}, {"update_id": 7.0}],
    *[{"update_id": None}, {"update_id": [7]}, {}, [], "x", 7, None],
]


@pytest.mark.parametrize("update", NO_NUMBERS)
def test_one_without_a_number_is_kept_and_holds_up_nobody(update: object) -> None:
    found = batch.read(answer({"update_id": 7}, update, {"update_id": 9}), 7)
    assert [kept.update_id for kept in found.updates] == [7, batch.NO_NUMBER, 9]
    assert found.updates[1].raw == json.dumps(update, separators=(",", ":"))
    assert (found.offset, found.sure) == (10, True)


@pytest.mark.parametrize(("asked", "offset"), [(0, 0), (7, 8)])
def test_one_without_a_number_alone_is_confirmed_by_a_guess_that_can_confirm_no_other(asked: int, offset: int) -> None:
    found = batch.read(answer({"no": 1}, {"no": 2}), asked)
    assert (len(found.updates), found.offset, found.sure) == (2, offset, False)


def test_a_number_that_telegram_never_gives_confirms_nothing_of_the_others() -> None:
    assert batch.read(answer({"update_id": 2**40}, {"update_id": 9}), 7).offset == 10
    assert batch.read(answer({"update_id": 2**40}), 7).offset == 2**40 + 1


def test_the_highest_of_a_batch_confirms_all_of_it() -> None:
    assert batch.read(answer({"update_id": 9}, {"update_id": 7}), 7).offset == 10
    assert batch.read(answer({"update_id": 4}, {"update_id": 3}), 7).offset == 5, "they began anew"


def test_nothing_new_leaves_the_offset() -> None:
    assert batch.read(answer(), 7) == batch.Batch((), 7)


@pytest.mark.parametrize(
    ("asked", "numbers", "left_out"),
    [
        (7, [7, 8], 0),
        (7, [8, 7, 8], 0),
        (7, [8], 1),
        (7, [9, 12], 4),
        (0, [9, 12], 2),
        (7, [3, 4], 0),  # they begin anew, lower
        (7, [3, 9], 2),
        (7, [0], 0),  # without a number
        (7, [], 0),
    ],
)
def test_how_many_numbers_are_left_out(asked: int, numbers: list[int], left_out: int) -> None:
    assert batch.missing(asked, [Incoming(number, "", "") for number in numbers]) == left_out


DEEP = b'{"update_id": 7, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
LONG = b'{"update_id": 7, "x": ' + b"9" * 5000 + b"}"
BYTES = b'{"update_id": 7, "x": "\xff\x00\xe6\xbb\xa1"}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"{}",
        b"[]",
        b'{"ok": true, "result": {}}',
        b'{"ok": true, "result": [{"update_id": 7}',
        *(b'{"ok": true, "result": [' + update + b"]}" for update in (DEEP, LONG, BYTES)),
    ],
)
def test_what_cannot_be_read_as_a_whole_is_refused(body: bytes) -> None:
    with pytest.raises(batch.UnreadableError):
        batch.read(body, 7)


@pytest.mark.parametrize("update", [DEEP, LONG, BYTES])
def test_one_unreadable_update_is_kept_as_it_came_in_either_way(update: bytes) -> None:
    found = batch.salvage(b'{"ok": true, "result": [' + update + b"]}", 7)
    assert (found.offset, found.sure) == (8, True)
    assert found.updates == (batch.pushed(update + b"\n"),)
    assert found.updates[0].update_id == 7
    assert found.updates[0].raw.isascii()


def test_bytes_that_are_no_text_are_kept_readable() -> None:
    assert batch.pushed(BYTES) == Incoming(7, '{"update_id": 7, "x": "\\xff\\0\\u6ee1"}', "")


@pytest.mark.parametrize("number", ["", "-5", "9223372036854775808", "9" * 5000, "true", '"7"'])
def test_an_unreadable_update_without_a_usable_number(number: str) -> None:
    update = f'{{"update_id": {number}, "x": "'.encode() + b'\xff"}'
    found = batch.salvage(b'{"ok":true,"result":[' + update + b"]}", 7)
    assert [kept.update_id for kept in found.updates] == [batch.NO_NUMBER]
    assert (found.offset, found.sure) == (8, False)
    assert batch.pushed(update).update_id == batch.NO_NUMBER


@pytest.mark.parametrize(
    "body", [b'{"ok": true, "result": [{"update_id": 7, "x": [', b'{"ok": true, "result": []}', b"{}", b"<html>]}", b""]
)
def test_an_answer_that_was_cut_is_no_update(body: bytes) -> None:
    with pytest.raises(batch.UnreadableError):
        batch.salvage(body, 7)


def test_whom_to_tell_that_a_tap_is_not_saved() -> None:
    assert batch.tap_of('{"callback_query": {"id": "1", "from": {"language_code": "en"}}}') == ("1", "en")
    assert batch.tap_of('{"callback_query": {"id": "1", "from": {"language_code": 5}}}') == ("1", "")
    assert batch.tap_of('{"callback_query": {"id": 1}}') is None
    assert batch.tap_of('{"callback_query": 5}') is None
    assert batch.tap_of('{"message": {}}') is None
    assert batch.tap_of("[]") is None


@given(st.binary(max_size=60))
def test_any_bytes_are_rows_or_refused(body: bytes) -> None:
    batch.pushed(body)
    for read in (batch.read, batch.salvage):
        try:
            read(body, 7)
        except batch.UnreadableError:
            continue
