"""Every standard from /new to its grade, through the fake Telegram, in each language; equal to `gradewalk score`."""

import json
from pathlib import Path

import pytest

from bot.domain.entries import Closed
from bot.service.submission import scored
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.stories.running import bot_on, library, world_in
from tests.stories.walk import Walk

CASES = [(scheme.id, language) for scheme in library().schemes for language in ("zh-hans", "en")]


def test_five_standards_ship() -> None:
    assert [scheme.id for scheme in library().schemes] == [
        "bjkb-006",
        "bjkb-007",
        "dnisc-1105",
        "jccqb-037",
        "tbsc-94",
    ]


@pytest.mark.parametrize(("name", "language"), sampled(CASES, every=4))
async def test_from_new_to_the_grade(tmp_path: Path, name: str, language: str) -> None:
    fake = FakeTelegram()
    world = world_in(tmp_path)
    scheme = world.library.get(name)
    assert scheme is not None
    person = Person(fake, 1001, "Example", language)
    walk = Walk(person, world, scheme, seed=CASES.index((name, language)))
    async with bot_on(fake, world):
        await walk.run("示例公司 Example Ltd")
    answers = walk.answers_file()
    answers.pop("N", None)
    expected, problems = scored(world.library, json.dumps(answers), "walk")
    assert not problems
    assert expected is not None
    assert expected["complete"] is True
    with world.store.read() as unit:
        known = unit.people.find("telegram", "1001")
        assert known is not None
        (listed,) = unit.assessments.of(known.id)
        entries = unit.entries.after(listed.id, 0)
    (closed,) = [entry.body for entry in entries if isinstance(entry.body, Closed)]
    assert closed.outcome == expected["outcome"]["id"]  # type: ignore[index,call-overload]
    dimensions = expected["dimensions"]
    assert isinstance(dimensions, dict)
    assert closed.totals == {key: part["exact"] for key, part in dimensions.items()}  # type: ignore[index,call-overload]
    outcome = next(grade for grade in (*scheme.grades, scheme.otherwise) if grade.id == closed.outcome)
    with world.store.read() as unit:
        assert not unit.notices.waiting("telegram")
    page = next(m for m in person.chat if m.attachment and (m.attachment.name or "").endswith(".html"))
    text = person.download(page).decode()
    assert "示例公司 Example Ltd" in text
    assert text.count("48/50 = 96%") >= len(scheme.measures)
    shown = outcome.title.zh if language.startswith("zh") else outcome.title.en
    assert any(shown in message.text for message in person.chat if not message.mine)
