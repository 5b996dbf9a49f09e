"""Telegram's HTML, read and refused as Telegram does."""

import pytest

from tests.fake_telegram.entities import MarkupError, parse_html

HTML_REFUSED = [  # sources and complaints as Telegram's own tests have them
    ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
    ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
    ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
    ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("&#57311;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ("a &nbsp; b", 'Unescaped "&" at byte offset 2'),
    ('<b style="x">a</b>', 'Attribute "style" is not known for the tag "b" at byte offset 0'),
]
HTML_ACCEPTED = [
    ("🏟 🏟<i>🏟 &gt;<b>&lt;🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
    ("<a href='https://example.org/?a&lt;'>x</a>", "x", [("text_link", 0, 1)]),
    ("<a href='javascript:x'>x</a>", "x", []),
    ('<pre><code class="language-sql">a</code></pre>', "a", [("pre", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ("&#20013;&#x6587;&quot;", '中文"', []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "complaint"), HTML_REFUSED)
def test_html_that_telegram_refuses(source: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(source)
    assert str(caught.value).startswith(complaint)


@pytest.mark.parametrize(("source", "text", "entities"), HTML_ACCEPTED)
def test_html_that_telegram_reads(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse_html(source)
    assert plain == text
    assert sorted((e["type"], e["offset"], e["length"]) for e in found) == sorted(entities)
