"""Insight on a phone, in each language: from the result down to an answer's card; asked by effect to the grade.

The figures on the screens are those of `gradewalk score` for the same answers.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import pytest

from bot.config import Settings
from bot.domain.asking_order import next_deciding
from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.domain.state import AssessmentState, SheetState, fold
from bot.service.submission import scored
from bot.service.world import World
from bot.view import places
from bot.view.insight_places import OrderTap
from bot.view.payload import decode
from bot.wiring import open_world
from bot.words import Words
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.service.scene import library as made_up
from tests.stories.company import Say
from tests.stories.running import bot_on, world_in
from tests.stories.walk import Walk

LANGUAGES = ("zh-hans", "en")
ORDERED = [(name, language) for name in ("made-stars", "bjkb-006", "jccqb-037") for language in LANGUAGES]


class Tour(Walk):
    """A walk that also looks around. `words`: in the person's language."""

    words: Words = Words.of("zh")

    def in_language(self, code: str) -> Self:
        self.words = Words.of("zh" if code.startswith("zh") else "en")
        return self

    async def to(self, kind: type, **fields: object) -> str:
        """Press the button that leads there; the screen's text."""
        await self._press(kind, **fields)
        return self.person.card.text

    async def say(self, text: str) -> str:
        await self.player.do(Say(text))
        return self.person.card.text

    def ways(self, kind: type) -> list[Any]:
        """All that the buttons of the live card lead to, of this kind."""
        sent = [decode(button.data) for button in self.person.card.buttons if button.data]
        return [one for one in sent if isinstance(one, kind)]


class Ordered(Tour):
    """A walk in the order of what can still decide: each card is what the domain says, and shows what was saved."""

    asked: list[str]

    async def run(self, organisation: str) -> None:
        self.asked = []
        for step in ("/start", "/new"):
            await self.say(step)
        await self.to(places.PickMode, scheme=self.scheme.id)
        await self.to(places.AskOrganisation, mode="self")
        await self.say(organisation)
        await self.to(places.Sections)
        said = await self.to(OrderTap, on=1)
        assert said.startswith(self.words.say("order.deciding"))
        await self.to(places.NextOpen)
        while not isinstance(self._place(), places.Head | places.Result):
            await self._answer(self._place())

    async def _answer(self, place: Any) -> None:
        if isinstance(place, places.Card) and place.view == "":
            state, sheet = self.held(place.sheet)
            seen = [one.sheet() for one in state.counted]
            after = QuestionId.parse(self.asked[-1]) if self.asked else None
            assert place.question == str(next_deciding(self.scheme, seen, state.decisions, sheet, after))
            assert self.words.say("card.by-effect") in self.person.card.text
            if self.asked and sheet.given:
                assert self.person.card.text.startswith("✓"), self.person.screen()
            self.asked.append(place.question)
        await super()._answer(place)

    def held(self, ref: str) -> tuple[AssessmentState, SheetState]:
        with self.world.store.read() as unit:
            known = unit.people.find("telegram", str(self.person.id))
            assert known is not None
            found = unit.assessments.sheet(known.id, ref)
            assert found is not None
            state = fold(AssessmentState(), unit.entries.after(found.assessment, 0))
        return state, state.sheets[found.id]


def _world(folder: Path, name: str) -> World:
    if not name.startswith("made-"):
        return world_in(folder)
    return open_world(Settings(data_dir=folder, _env_file=None), made_up())


@pytest.mark.parametrize(("name", "language"), sampled(ORDERED, every=6))
async def test_a_whole_standard_asked_by_effect(tmp_path: Path, name: str, language: str) -> None:
    fake = FakeTelegram()
    world = _world(tmp_path, name)
    scheme = world.library.get(name)
    assert scheme is not None
    walk = Ordered(Person(fake, 1001, "Example", language), world, scheme, seed=5).in_language(language)
    async with bot_on(fake, world):
        await walk.run("示例公司 Example Ltd")
    assert len(walk.asked) >= len(scheme.questions)
    assert set(walk.asked) == {str(question) for question in scheme.questions}
    if scheme.vetoes:
        assert walk.asked[0].endswith(f"/{VETO}")


@pytest.mark.parametrize("language", sampled(LANGUAGES, every=2))
async def test_from_the_hub_to_a_card_and_the_figures_are_those_of_score(tmp_path: Path, language: str) -> None:
    fake = FakeTelegram()
    world = world_in(tmp_path)
    scheme = world.library.get("bjkb-006")
    assert scheme is not None
    tour = Tour(Person(fake, 1001, "Example", language), world, scheme, seed=3).in_language(language)
    async with bot_on(fake, world):
        await _first_answers(tour)
        await _while_open(tour)
        await tour.to(places.NextOpen) if tour.ways(places.NextOpen) else await _back_to_asking(tour)
        for _ in range(60):
            if isinstance(tour._place(), places.Head):
                break
            await tour._answer(tour._place())
        expected, problems = scored(world.library, json.dumps(tour.answers_file()), "walk")
        assert not problems
        assert expected is not None
        await _once_closed(tour, scheme, expected)


async def _first_answers(tour: Tour) -> None:
    for step in ("/start", "/new"):
        await tour.say(step)
    await tour.to(places.PickMode, scheme=tour.scheme.id)
    await tour.to(places.AskOrganisation, mode="self")
    await tour.say("示例公司 Example Ltd")
    await tour.to(places.NextOpen)
    for _ in range(6):
        await tour._answer(tour._place())


async def _while_open(tour: Tour) -> None:
    """Hub, why, section, question, its card; then what can still decide, and its first card."""
    say = tour.words.say
    await tour.say("/result")
    hub = await tour.to(places.Insight)
    assert hub.startswith(say("insight.title"))
    await tour.to(places.Why, part="")
    await tour.to(places.Why, part="d", name="total")
    section = await tour.to(places.Why, part="s", name="4.2/total")
    assert " = " in section
    question = await tour.to(places.Why, part="q", name="4.2.1/total")
    assert say("why.rating") in question
    card = await tour.to(places.Card, question="4.2.1/total")
    assert "4.2.1" in card
    await tour.say("/result")
    await tour.to(places.Insight)
    listed = await tour.to(places.Decisive)
    assert say("deciding.ranges") in listed
    first = tour.ways(places.Card)[0]
    assert first.question == "4.6/total", "ten points, and nothing open is worth more"
    await tour.to(places.Card, question=first.question)
    assert tour._place() == first


async def _back_to_asking(tour: Tour) -> None:
    await tour.say("/result")
    await tour.to(places.NextOpen)


async def _once_closed(tour: Tour, scheme: Scheme, expected: Any) -> None:
    """The margin and every figure of the chain, held against the result of `gradewalk score`."""
    outcome = expected["outcome"]["title"][tour.words.language]
    result = await tour.say("/result")
    assert result.startswith(outcome)
    hub = await tour.to(places.Insight)
    assert outcome in hub
    margin = await tour.to(places.MarginPlace)
    total = Fraction(expected["dimensions"]["total"]["exact"])
    title = tour.words.pick(scheme.dimensions["total"].title)
    assert f"{title} {float(total):g}\n" in margin
    await tour.to(places.Insight)
    grade = await tour.to(places.Why, part="")
    assert tour.words.say("why.is", grade=outcome) in grade
    found = await tour.to(places.Why, part="d", name="total")
    assert found.startswith(f"{title} {float(total):g}/100")
    for section, parts in expected["sections"].items():
        if scheme.section_by_id[section].parent or len(scheme.within(section)) == 1:
            continue
        if not [one for one in tour.ways(places.Why) if one.name == f"{section}/total"]:
            await tour.to(places.Why, part="d", page=1)
        shown = await tour.to(places.Why, part="s", name=f"{section}/total")
        assert f" {float(Fraction(parts['total']['points'])):g}/{parts['total']['of']}\n" in shown
        await tour.to(places.Why, part="d", name="total")
    assert not tour.ways(places.Card), "what is closed is not rated any more"
