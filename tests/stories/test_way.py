"""Just below a grade: the way to it, one thing impossible, another plan, tried, kept, reached. By phone.

A company rates itself by a standard as it ships; the long stretch of rating goes straight to the use cases. The bot is
stopped and started in between: marks and tries are there again.
"""

import json
from pathlib import Path

import pytest

from bot.domain.scales import Language
from bot.service.submission import scored
from bot.words import Words
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.service.scene import Scene
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, library, world_in

GRADES: dict[Language, tuple[str, str]] = {"zh": ("三星级", "四星级"), "en": ("Three-star", "Four-star")}
CASES: list[tuple[Language, str]] = [("zh", "zh-hans"), ("en", "en")]


@pytest.mark.parametrize(("language", "code"), sampled(CASES, every=2))
async def test_from_just_below_to_the_grade(tmp_path: Path, language: Language, code: str) -> None:
    words, (below, above) = Words.of(language), GRADES[language]
    fake, world = FakeTelegram(), world_in(tmp_path)
    person, scene = Person(fake, 1001, "Example", code), Scene(world, "1001", hint=code)
    player = Player(person, world)

    async def tap(key: str, **params: object) -> None:
        await player.do(Tap(words.say(key, **params) if "." in key and not key[0].isdigit() else key))

    async with bot_on(fake, world):
        for step in begun(language):
            await player.do(step)
    ref = scene.listed[0].ref
    while scene.focus.question:
        veto = scene.focus.question.endswith("/veto")
        if veto:
            scene.press(next(b.payload for row in scene.screen.rows for b in row if ":v0" in b.payload))
        else:
            scene.say("85" if scene.focus.question == "4.2.1/total" else "90")
    async with bot_on(fake, world):
        await player.do(Say("/result"))
        assert below in person.card.text
        await tap("button.insight")
        await tap("button.way")
        assert words.say("path.title", grade=above) in person.card.text
        await tap("4.1.2")
        await tap("button.impossible")
        await tap("button.way")
        assert "4.1.2" not in [button.label for button in person.card.buttons]
        assert words.say("path.outcome", now=below, then=above) in person.card.text
    async with bot_on(fake, world):
        await tap("button.try-plan")
        assert words.say("try.outcome", before=below, after=above, moved=words.say("try.up")) in person.card.text
    before = len(scene.entries(ref))
    async with bot_on(fake, world):
        await tap("button.keep-tries", n=1)
        assert len(scene.entries(ref)) == before, "only asked so far"
        await tap("button.keep-for-good", n=1)
        assert above in person.card.text
    assert scene.answers(ref)[-1] == ("4.2.1/total", "1")
    assert len(scene.entries(ref)) == before + 1
    assert _grade(scene, ref) == "four-star"


def _grade(scene: Scene, ref: str) -> str:
    """What `gradewalk score` says of the answers that are recorded."""
    (sheet,) = scene.state(ref).sheets.values()
    answers = {
        question.indicator: {"veto": False} if question.dimension == "veto" else {"ratio": str(given.answer.value)}  # type: ignore[union-attr]
        for question, given in sheet.given.items()
    }
    told = {"scheme": "bjkb-006", "assessors": [{"name": "A", "answers": answers}]}
    found, problems = scored(library(), json.dumps(told), "way")
    assert not problems
    assert found
    return str(found["grade"]["id"])  # type: ignore[index,call-overload]
