"""Texts in Telegram's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.markup import Form, bare, cut, meant, plain, rows, units
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


@pytest.mark.parametrize(
    ("limit", "text", "mode"), [(20, "<b>a😀</b>?", "HTML"), (4, "<b>a😀</b>?", "HTML"), (3, "a…", None)]
)
def test_a_text_is_sent_as_it_is_meant_unless_what_is_shown_is_too_long(
    limit: int, text: str, mode: str | None
) -> None:
    said = "<b>a😀</b>\ud800"
    assert meant(said, limit) == Form(text, mode)
    assert bare(said, limit) == Form("a😀?" if mode else text, None)


@given(st.text(st.sampled_from("&#;x1<>/bigt lnv😀é"), max_size=30))
def test_no_text_gets_longer_by_being_made_plain(text: str) -> None:
    assert units(plain(text)) <= units(text)


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
