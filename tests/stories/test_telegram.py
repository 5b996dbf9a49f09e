"""A whole self-assessment through the fake Telegram, in each language."""

import json
from pathlib import Path

import pytest

from bot.domain.scales import Language
from bot.service.submission import scored
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.stories.company import TOTAL, Say, Tap, answered, answers_file, begun, changed
from tests.stories.running import Player, bot_on, world_in

CLOSE: dict[Language, tuple[str, str, str, str]] = {
    "zh": ("关闭评价", "确认关闭", "三星级", "84.44"),
    "en": ("Close the assessment", "Close for good", "Three-star", "84.44"),
}


@pytest.mark.parametrize(("language", "code"), sampled([("zh", "zh-hans"), ("en", "en")], every=2, start=1))
async def test_a_company_gets_its_grade(tmp_path: Path, language: Language, code: str) -> None:
    fake = FakeTelegram()
    world = world_in(tmp_path)
    person = Person(fake, 1001, "Example", code)
    player = Player(person, world)
    close, for_good, grade, total = CLOSE[language]
    async with bot_on(fake, world):
        await player.do(Say("/start"))
        for step in (*begun(language), *answered(language), *changed()):
            await player.do(step)
        await player.do(Tap(close))
        await player.do(Tap(for_good))
        said = [message.text for message in person.chat if not message.mine]
        result = next(text for text in reversed(said) if grade in text and total in text)
        assert "<b>" not in result
        html = next(
            message for message in person.chat if message.attachment and "html" in (message.attachment.name or "")
        )
        page = person.download(html).decode()
        await player.do(Say("/export"))
        await player.do(Tap("JSON"))
        file = next(m for m in reversed(person.chat) if m.attachment and "json" in (m.attachment.name or ""))
        record = json.loads(person.download(file))
        await person.until(lambda: len(person.live_cards()) == 1)
    expected, problems = scored(world.library, answers_file(), "company.yaml")
    assert not problems
    assert expected is not None
    assert record["result"]["dimensions"]["total"]["total"] == TOTAL
    for part in ("dimensions", "sections", "grade", "outcome", "passed", "reasons", "readings", "complete"):
        assert record["result"][part] == expected[part], part
    assert "&lt;b&gt;" in page
    assert grade in page
