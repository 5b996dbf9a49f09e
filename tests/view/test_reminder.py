import pytest

from bot.view.reminder import MOST, Action, Asked, Knocks, Open, reminder
from bot.words import Words
from tests.view.markup import plain

ZH, EN = Words.of("zh"), Words.of("en")
ALL = (
    Open("<甲>", 1, 5, 1),
    Action("乙", "换 & 修", "2026-12-01", 2),
    Action("乙", "换", "2026-12-01", -1),
    Asked("丙", "2.1"),
    Knocks("丁", ""),
)


def test_every_kind_is_a_line_of_its_own() -> None:
    assert plain(reminder(EN, ALL)).splitlines() == [
        "Reminder",
        "• <甲>: untouched for 1 day, 1 of 5 answered",
        "• 乙: corrective action for “换 & 修”, due 2026-12-01",
        "• 乙: corrective action for “换”, due 2026-12-01, 1 day ago",
        "• 丙: the lead asks you to look at 2.1 again",
        "• 丁: somebody without a name waits for you to confirm that they join",
        "",
        "Send /my for your list; /settings turns reminders off or changes the quiet hours.",
    ]


@pytest.mark.parametrize("words", [ZH, EN])
def test_many_fit_into_a_message(words: Words) -> None:
    text = plain(reminder(words, [Action("😀" * 200, "&" * 10_000, "2026-12-01", -999)] * 300))
    assert len(text.encode("utf-16-le")) // 2 < 4096
    assert text.count("•") == MOST
    assert words.say("reminder.more", n=300 - MOST) in text
