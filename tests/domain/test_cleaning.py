import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cleaning import NAME_LIMIT, NOTE_LIMIT, clean_name, clean_text, name_key
from bot.domain.refusals import TextEmpty, TextRefused, TextTooLong

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  好的 \n", "好的"),
        ("a\r\nb\rc\n\nd", "a\nb\nc\n\nd"),
        ("a\tb", "a\tb"),
        ("a\x00b\x07c\x1bd\x7fe\x85f\x9fg\x0bh\x0ci", "abcdefghi"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("e\u0301", "é"),
        ("\u212b", "\u00c5"),
        ("８５％", "８５％"),  # NFC only: a note keeps its full-width signs
        ("👨\u200d👩", "👨\u200d👩"),  # the joiner of an emoji stays
        ("a\u202eb", "a\u202eb"),  # a note may be in a language written from the right
    ],
)
def test_a_note_as_it_is_kept(sent: str, kept: str) -> None:
    assert clean_text(sent) == kept


@pytest.mark.parametrize(
    "sent", ["", " \n\t", "\x00\x07", "\u200b\u200d\ufeff", "\u2060", "\u00ad", "\u200e \u200f", "\u3000"]
)
def test_a_text_that_shows_nothing_is_empty(sent: str) -> None:
    with pytest.raises(TextEmpty):
        clean_text(sent)
    with pytest.raises(TextEmpty):
        clean_name(sent)


def test_a_name_of_overrides_alone_is_empty() -> None:
    with pytest.raises(TextEmpty):
        clean_name("\u202e\u2066")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("甲\n公司\t 一厂", "甲 公司 一厂"),
        ("a\u202a\u202b\u202c\u202d\u202eb\u2066\u2067\u2068\u2069c", "abc"),
        ("a\u2028b", "a b"),
        ("e\u202e\u0301", "é"),
    ],
)
def test_a_name_stands_on_one_line_without_overrides(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_limits_hold_to_the_character() -> None:
    assert len(clean_text("x" * NOTE_LIMIT)) == NOTE_LIMIT == 10_000
    assert len(clean_name("名" * NAME_LIMIT)) == NAME_LIMIT == 200
    with pytest.raises(TextTooLong) as long:
        clean_text("x" * 10_001)
    assert long.value.params == {"limit": 10_000, "length": 10_001}
    with pytest.raises(TextTooLong) as name:
        clean_name("x" * 201)
    assert name.value.params == {"limit": 200, "length": 201}
    assert clean_text(f" {'x' * 5}\x00 ", limit=5) == "xxxxx"


@given(ANYTHING)
def test_what_is_kept_is_clean_and_stays_as_it_is(sent: str) -> None:
    for clean in (clean_text, clean_name):
        try:
            kept = clean(sent)
        except TextRefused:
            continue
        assert clean(kept) == kept
        assert kept.encode().decode() == kept
        assert unicodedata.is_normalized("NFC", kept)
        assert not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in kept)


@pytest.mark.parametrize(
    "written",
    [
        "Site 1",
        "SITE 1",
        "Ｓｉｔｅ　１",
        "Site\u00a01",
        " site  1 ",
        "Si\u200bte 1",
        "\ufeffSite 1",
        "Site\u00ad 1",
        "\u200e Site 1",
    ],
)
def test_names_that_look_alike_have_one_key(written: str) -> None:
    assert name_key(written) == "site 1"
    assert name_key(clean_name(written)) == "site 1"


def test_names_that_differ_keep_apart() -> None:
    keys = [name_key(name) for name in ("", "一号项目", "二号项目", "一号 项目", "Site 1", "Site 12", "Site 1 2")]
    assert len(set(keys)) == len(keys)
