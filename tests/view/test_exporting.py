"""The choice of a file: what each is for, how large it is, and what a snapshot is."""

import pytest

from bot.view.exporting import Offer, export
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import desk
from tests.view.markup import payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")
NAMES = ("pdf", "word", "excel", "html", "csv", "json", "bundle")


def test_every_format_is_a_button_with_its_size_and_an_unknown_one_goes_by_its_name() -> None:
    offers = [Offer("pdf", 324_999), Offer("html", 61_234, exact=True), Offer("odt", 99)]
    screen = export(ZH, desk(scheme("stars")), offers)
    assert payloads(screen) == {
        "PDF · ≈320 KB": "1:F:a123456789:pdf",
        "网页 · 61 KB": "1:F:a123456789:html",
        "ODT · ≈1 KB": "1:F:a123456789:odt",
        "‹ 返回": "1:d:a123456789",
    }
    assert "不是最终结果" in plain(screen.text)
    assert "≈" in plain(screen.text), "what the sign means is said"


def test_where_all_sizes_are_known_nothing_is_said_of_estimates() -> None:
    screen = export(ZH, desk(scheme("stars")), [Offer("pdf", 324_999, exact=True)])
    assert "≈" not in plain(screen.text) + str(payloads(screen))


@pytest.mark.parametrize("words", [ZH, EN])
def test_all_formats_stand_in_five_rows_and_each_is_said_to_be_for_something(words: Words) -> None:
    screen = export(words, desk(scheme("stars")), [Offer(name, 48_000_000) for name in NAMES])
    assert len(screen.rows) <= 5
    said = plain(screen.text)
    for name in NAMES:
        assert words.say(f"format-for.{name}") in said
    assert words.say("export.volumes", volumes=3) not in said


def test_a_bundle_that_comes_in_several_files_says_so() -> None:
    screen = export(EN, desk(scheme("stars")), [Offer("bundle", 120_000_000, volumes=4)])
    assert EN.say("export.volumes", volumes=4) in plain(screen.text)
