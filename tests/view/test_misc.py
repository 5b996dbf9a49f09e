from bot.view.misc import help_, private_only
from bot.words import Words
from tests.view.markup import payloads, plain

ZH, EN = Words.of("zh"), Words.of("en")


def test_help_says_what_proves_saving_how_to_type_and_every_command() -> None:
    pages = [plain(help_(EN, page).text) for page in range(3)]
    assert "4.25/5" in pages[0]
    assert "#4.2.1" in pages[0]
    assert "Only “✓ Saved” means saved" in pages[1]
    assert "Deleting a message in the chat deletes nothing" in pages[1]
    assert all(f"/{name} {text}" in pages[2] for name, text in EN.commands())
    assert payloads(help_(EN, 1)) == {"‹ Previous": "1:i", "Home": "1:h", "Next ›": "1:i:2"}
    assert help_(EN, 99) == help_(EN, 2)


def test_a_group_is_told_one_thing_without_buttons() -> None:
    screen = private_only(ZH)
    assert screen.rows == ()
    assert "私聊" in screen.text
