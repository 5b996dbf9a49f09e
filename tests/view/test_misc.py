from bot.view.misc import export, help_, private_only
from bot.words import Words
from tests.made_up import scheme
from tests.view.desks import desk
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


def test_every_format_is_a_button_and_an_unknown_one_goes_by_its_name() -> None:
    screen = export(ZH, desk(scheme("stars")), ("html", "json", "odt"))
    assert payloads(screen)["网页报告（可打印）"] == "1:F:a123456789:html"
    assert payloads(screen)["ODT"] == "1:F:a123456789:odt"
    assert "不是最终结果" in plain(screen.text)


def test_a_group_is_told_one_thing_without_buttons() -> None:
    screen = private_only(ZH)
    assert screen.rows == ()
    assert "私聊" in screen.text
