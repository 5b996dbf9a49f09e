"""Texts in Telegram's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.markup import cut, forms, plain, rows, units
from bot.view.screen import Button, Screen


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("😀😀", 4, "😀😀"), ("😀😀😀", 4, "😀…"), ("\ud800", 3, "?")],
)
def test_cutting(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(st.text(max_size=30), st.integers(1, 20))
def test_a_cut_text_fits_and_begins_as_before(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or text.startswith(short[:-1])


def test_plain_is_what_is_shown() -> None:
    assert plain("<b>a</b> &lt;b&gt; <blockquote expandable>c</blockquote> x < y <z>") == "a <b> c x < y <z>"
    assert [form.text for form in forms("<b>abc</b>", 3)] == ["<b>abc</b>", "abc"]
    assert [form.text for form in forms("<b>abc</b>", 2)] == ["a…", "a…"]


def test_plain_rows_say_what_a_keyboard_says() -> None:
    screen = Screen("x", ((Button("\ud800a", "1:a"), Button("b", "1:b", "danger")), (), (Button("c", "1:c"),)))
    library = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("?a", callback_data="1:a"),
                InlineKeyboardButton("b", callback_data="1:b", style="danger"),
            ],
            [InlineKeyboardButton("c", callback_data="1:c")],
        ]
    )
    assert {"inline_keyboard": rows(screen)} == library.to_dict()
    assert rows(Screen("x", ((), ()))) == []
