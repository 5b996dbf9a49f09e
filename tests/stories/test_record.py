"""The recorded chats press the buttons that they mean: a button that moves must not go unnoticed."""

from pathlib import Path

import pytest

from bot.domain.scales import Language
from tests.stories.company import load
from tests.stories.record import HERE, record


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_recorded_chat_is_the_session_of_today(tmp_path: Path, language: Language) -> None:
    kept = (HERE / f"chat.{language}.txt").read_text(encoding="utf-8").splitlines()
    assert record(language, tmp_path) == kept, "run: .venv/bin/python -m tests.stories.record"
    (page,) = (tmp_path / "files").glob("*.html")
    text = page.read_text(encoding="utf-8")
    for field, value in load()["head"].items():
        assert value[language] in text, field
