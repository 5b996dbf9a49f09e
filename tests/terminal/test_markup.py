"""Screens as terminal text, also where what people wrote would like to steer the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.markup import to_text
from bot.words.pages import environment


def test_styles_entities_and_quotes() -> None:
    text = to_text("<b>粗</b> &amp; <i>斜</i> &lt;x&gt;\n<blockquote expandable>一\n<b>二</b>\n三</blockquote>尾")
    assert text.plain == "粗 & 斜 <x>\n  │ 一\n  │ 二\n  │ 三尾"
    styled = {(str(span.style), text.plain[span.start : span.end].strip()) for span in text.spans if span.style}
    assert styled == {("bold", "粗"), ("italic", "斜"), ("bold", "二")}


def test_unbalanced_and_unknown_tags_pass() -> None:
    assert to_text("</b>a\n<blockquote>b</i></blockquote><font>c</font><b>d").plain == "a\n  │ bcd"


@pytest.mark.parametrize(
    "nasty",
    [
        "\x1b[2J\x1b[31mred",
        "\x1b]0;title\x07",
        "\x9b31m",
        "a\rb",
        "\x00\x08\x7f",
        "&#27;[2J",
        "&#x1b;]8;;http://example.org\x1b\\link",
        "back\x08\x08space",
    ],
)
def test_no_sign_reaches_the_terminal_that_would_steer_it(nasty: str) -> None:
    for html in (nasty, f"<b>{nasty}</b>", f"<blockquote>{nasty}</blockquote>"):
        plain = to_text(html).plain
        assert not [sign for sign in plain if unicodedata.category(sign) == "Cc" and sign not in "\n\t"]


@given(st.text())
def test_whatever_was_written_is_shown_as_written(text: str) -> None:
    html = environment().from_string("{{ text }}").render(text=text)
    shown = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    assert to_text(html).plain == shown
