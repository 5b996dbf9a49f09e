import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.view.parts import Block, block_pages, button, clip, columns, one_line, page_of, turn, units
from bot.view.places import Home
from bot.words import Words

BLOCKS = st.lists(st.builds(Block, st.text(max_size=20), st.text(max_size=300)), max_size=12)


def test_a_page_past_the_end_is_the_last() -> None:
    page = page_of("abcdefg", 9, 3)
    assert (page.items, page.number, page.count) == (("g",), 2, 3)
    assert page_of("", 0, 3).count == 1


def test_pages_turn_where_there_is_one_to_turn_to() -> None:
    words = Words.of("en")
    labels = [[len(row) for row in turn(words, page_of("abc", number, 1), Home)] for number in range(3)]
    assert labels == [[0, 1], [1, 1], [1, 0]]


@given(BLOCKS)
def test_pages_of_blocks_lose_nothing_and_fit(blocks: list[Block]) -> None:
    count = block_pages(blocks, 0, 120).count
    pages = [block_pages(blocks, number, 120) for number in range(count)]
    whole = "".join(block.text for page in pages for block in page.items)
    assert whole == "".join(block.text for block in blocks)
    assert all(sum(units(b.title) + units(b.text) + 2 for b in page.items) <= 120 for page in pages)


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab  cd", 5, "ab…"),
        ("👩‍👩‍👧👩‍👩‍👧", 7, "👩‍👩‍👧…"),
        ("a👩‍👩‍👧", 4, "a…"),
    ],
)
def test_a_text_is_cut_at_a_whole_sign(text: str, limit: int, kept: str) -> None:
    assert clip(text, limit) == kept


@given(st.text(max_size=60), st.integers(2, 50))
def test_a_cut_text_is_no_longer_than_asked(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit
    assert "\n" not in one_line(text, limit)


def test_a_button_is_never_empty_nor_long() -> None:
    assert button(" \n ", Home()).text == "…"
    assert button("长" * 99, Home()).text == "长" * 39 + "…"


def test_columns_fill_row_by_row() -> None:
    buttons = [button(str(n), Home()) for n in range(5)]
    assert [len(row) for row in columns(buttons, 3)] == [3, 2]
