"""Last year's assessment closed, this year's started from it, finished and compared, on a phone in each language.

What was carried over never counts; the figures of the comparison are those of `gradewalk score` for both.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.domain.insight import bounds
from bot.domain.scheme import QuestionId
from bot.domain.state import AssessmentState, fold
from bot.service.submission import scored
from bot.service.world import World
from bot.store.values import Listed
from bot.verify.bundle import verify
from bot.view import places
from bot.view.compare_places import (
    BeginFrom,
    CarriedList,
    Compare,
    Compared,
    ComparedQuestion,
    ConfirmTap,
    PickOlder,
    StartTap,
)
from bot.view.payload import AnswerTap
from bot.view.places import Place
from bot.wiring import open_world
from bot.words import Words
from bot.words.forms import total
from tests.fake_telegram import FakeTelegram, Person
from tests.service import in_memory
from tests.service.scene import library as made_up
from tests.stories.company import Say
from tests.stories.running import bot_on, world_in
from tests.stories.walk import Walk

ORGANISATION = "示例公司 Example Ltd"
RUNS = [
    pytest.param("made-shop", "zh-hans"),
    pytest.param("made-shop", "en", marks=pytest.mark.long),
    pytest.param("dnisc-1105", "zh-hans", marks=pytest.mark.long),
    pytest.param("bjkb-006", "en", marks=pytest.mark.long),
]


class Again(Walk):
    """This year: of three questions one is confirmed, one answered anew, one left for the end."""

    last: dict[str, Any]
    confirmed: list[str]
    asked: int = 0

    async def begin(self, last: Walk, words: Words) -> None:
        """By /new, from the older one."""
        (sheet,) = last.said.sheets.values()
        self.last, self.confirmed = sheet["answers"], []
        await self.player.do(Say("/new"))
        await self._press(places.PickMode, scheme=self.scheme.id)
        await self._press(places.AskOrganisation, mode="audit")
        await self._press(PickOlder)
        await self._press(BeginFrom)
        assert words.say("begin.not-carried") in self.person.card.text
        await self._press(StartTap, mode="audit")
        assert ORGANISATION in self.person.card.text

    async def first_round(self) -> None:
        """Goes through the questions once, and leaves the last third unanswered."""
        await self._press(places.NextOpen)
        for _ in range(len(self.scheme.questions) * 2 // 3):
            await self._answer(self._place())

    async def finish(self) -> None:
        for _ in range(400):
            place = self._place()
            if isinstance(place, places.Head | places.Result):
                return
            await self._answer(place)
        raise AssertionError(self.person.screen())

    async def _rate(self, ref: str, question: QuestionId) -> None:
        self.asked += 1
        if self.asked % 2 and self._button(ConfirmTap):
            await self._press(ConfirmTap)
            self.confirmed.append(str(question))
            self._keep(ref, question, self.last[question.indicator])
        else:
            await super()._rate(ref, question)


def _world(folder: Path, name: str) -> World:
    if not name.startswith("made-"):
        return world_in(folder)
    return open_world(Settings(data_dir=folder, _env_file=None), made_up())


def _held(world: World, person: Person) -> list[tuple[Listed, AssessmentState]]:
    """The newest first."""
    with world.store.read() as unit:
        known = unit.people.find("telegram", str(person.id))
        assert known
        listed = sorted(unit.assessments.of(known.id), key=lambda one: one.created_at, reverse=True)
        return [(one, fold(AssessmentState(), unit.entries.after(one.id, 0))) for one in listed]


@pytest.mark.parametrize(("name", "language"), RUNS)
async def test_next_year(tmp_path: Path, name: str, language: str) -> None:
    fake, world = FakeTelegram(), _world(tmp_path, name)
    scheme = world.library.get(name)
    assert scheme
    person, words = Person(fake, 1001, "Example", language), Words.of("zh" if language[:2] == "zh" else "en")
    old, new = Walk(person, world, scheme, seed=4), Again(person, world, scheme, seed=8)
    async with bot_on(fake, world):
        await old.run(ORGANISATION)
        await new.begin(old, words)
        (_, state), _ = _held(world, person)
        assert not any(sheet.given for sheet in state.sheets.values())
        await new.first_round()
        await _unfinished(new, words)
        await person_back(new)
        await new.finish()
        results = [_scored(world, one.answers_file()) for one in (old, new)]
        await _compared(new, words, results)
    (listed, state), _ = _held(world, person)
    assert state.closed
    _files(world, listed, state, new.confirmed, words)


async def _unfinished(new: Again, words: Words) -> None:
    """What is left counts as open, and as nothing else; the list of it leads to cards; there is no 'confirm all'."""
    (_, state), _ = _held(new.world, new.person)
    (sheet,) = state.sheets.values()
    left = [q for q in new.scheme.questions if q not in sheet.given]
    assert left
    assert new.confirmed
    given = {str(q): one for q, one in sheet.given.items()}
    assert not {one for one in new.confirmed if given[one].message}, "a tap"
    await new._press(places.Sections)
    assert words.say("sections.total", done=len(sheet.given), asked=len(new.scheme.questions)) in new.person.card.text
    assert words.say("carried.count", n=len(left)) in new.person.card.text
    await new._press(CarriedList)
    assert words.say("carried.why") in new.person.card.text
    assert new._button(ConfirmTap) is None
    assert new._button(AnswerTap) is None
    assert new._button(places.Card, question=str(left[0]))
    found = bounds(new.scheme, [sheet.sheet()], state.decisions)
    await new.player.do(Say("/result"))
    shown = new.person.card.text
    assert words.pick(found.lowest.title) in shown
    assert words.pick(found.highest.title) in shown
    assert found.lowest != found.highest


async def person_back(new: Again) -> None:
    """To the question that was next."""
    await new.player.do(Say("/result"))
    await new._press(places.NextOpen)


async def _compared(new: Again, words: Words, results: list[Any]) -> None:
    """Totals, outcome, sections and one question, against the results of both."""
    await new.player.do(Say("/result"))
    await new._press(Compare)
    await new._press(Compared)
    text = new.person.card.text
    left, right = (Fraction(one["dimensions"]["total"]["exact"]) for one in results)
    title = words.pick(new.scheme.dimensions["total"].title)
    assert f"{title}{words.say('form.colon')}{total(left)} → {total(right)}".replace(": ", ":").replace("：", ":") in (
        text.replace(": ", ":").replace("：", ":")
    )
    assert left != right
    for one in results:
        assert one["outcome"]["title"][words.language] in text
    await _swapped(new, left, right)
    await new._press(Compared, part="s")
    await new._press(Compared, part="")
    await new._press(Compared, part="q")
    await new._press(ComparedQuestion)
    assert words.say("compare.effect") in new.person.card.text
    await new._press(places.Why)


async def _swapped(new: Again, left: Fraction, right: Fraction) -> None:
    """One tap, and the older one stands on the right."""
    before: Place = new._place()
    assert isinstance(before, Compared)
    await new._press(Compared, assessment=before.other)
    assert f"{total(right)} → {total(left)}" in new.person.card.text
    await new._press(Compared, assessment=before.assessment, part="")


def _scored(world: World, answers: dict[str, Any]) -> Any:
    found, problems = scored(world.library, json.dumps(answers), "walk")
    assert not problems
    assert found
    return found


def _files(world: World, listed: Listed, state: AssessmentState, confirmed: list[str], words: Words) -> None:
    """The record holds what was carried; every file tells it; the bundle proves itself."""
    held = state.carried
    assert held
    assert held.over.rows
    how = (words.language, "Asia/Shanghai")
    with world.store.read() as unit:
        report = in_memory.reported(world, unit, listed, how, state.seq)
        made = {name: in_memory.render(world, unit, listed, name, *how) for name in ("html", "json", "csv", "bundle")}
    assert report.panel.carried
    fates = report.panel.carried.fates
    assert {str(question) for question, fate in fates.items() if fate == "unchanged"} >= set(confirmed)
    assert {"unchanged", "changed"} == set(fates.values())
    for name in ("html", "csv"):
        for key in ("transcript.carried", "transcript.fate-unchanged", "transcript.fate-changed"):
            assert words.say(key) in made[name].decode("utf-8-sig"), (name, key)
    transcript = json.loads(made["json"])
    assert [one["header"]["kind"] for one in transcript["record"]].count("carried-over") == 1
    assert verify(made["bundle"]).sound
