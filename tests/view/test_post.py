import pytest

from bot.view import post
from bot.words import Words

ZH, EN = Words.of("zh"), Words.of("en")


@pytest.mark.parametrize("words", [ZH, EN])
def test_names_and_reasons_are_text_and_nothing_else(words: Words) -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in post.member_unreachable(words, "<b>x</b>", "A & B")
    assert "A &amp; B" in post.member_unreachable(words, "x", "A & B")
    assert "&lt;i&gt;" in post.file_failed(words, "<i>") + post.file_too_big(words, "")
    assert "&lt;i&gt;" in post.notice_given_up(words, 1, "<i>")
    assert "&lt;i&gt;" in post.card_given_up(words, "<i>")


def test_a_member_without_a_name_is_a_member() -> None:
    assert "一名成员" in post.member_unreachable(ZH, "", "甲厂")
    assert "成员甲" in post.member_unreachable(ZH, "甲", "甲厂")
    assert "A member of “X”" in post.member_unreachable(EN, "", "X")


def test_a_second_copy_says_so_in_the_words_that_the_catalogue_of_faults_looks_for() -> None:
    assert "可能重复" in post.may_be_double(ZH)
    assert "May be double" in post.may_be_double(EN)
