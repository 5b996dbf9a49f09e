import pytest

from bot.service.phrases import Phrases


@pytest.mark.parametrize(
    ("default", "hint", "chinese"),
    [("zh", "", True), ("en", "", False), ("zh", "en-GB", False), ("en", "zh-hant", True), ("zh", "fr", False)],
)
def test_a_phrase_speaks_the_clients_language(default: str, hint: str, chinese: bool) -> None:
    phrases = Phrases("en" if default == "en" else "zh")
    for phrase in (phrases.not_saved(hint), phrases.private_only(hint)):
        assert phrase
        assert (not phrase.isascii()) is chinese
