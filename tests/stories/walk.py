"""Walks any standard to its grade through a phone, answering what is asked, and keeps an answers file of it all.

It finds its way by what buttons send, not by what they say: so it works in both languages and for every standard.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, cast

from bot.domain.scheme import VETO, QuestionId, Scheme
from bot.service.world import World
from bot.serving import CHANNEL
from bot.view import payload as p
from bot.view import places
from bot.view.payload import decode
from bot.view.places import Place
from tests.fake_telegram import Button, Person
from tests.stories.company import Say
from tests.stories.running import Player

PROJECTS = 2
LONGEST = 600
"""Steps; a walk that is longer goes in circles."""


@dataclass
class Said:
    """What was answered so far, in the form of an answers file."""

    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


class Walk:
    """One person through one standard. seed: decides every rating."""

    def __init__(self, person: Person, world: World, scheme: Scheme, seed: int) -> None:
        self.player = Player(person, world)
        self.person = person
        self.world = world
        self.scheme = scheme
        self.said = Said()
        self._chance = Random(seed)
        self._projects = 0
        self._findings = 0
        self._counted: set[str] = set()

    async def run(self, organisation: str) -> None:
        """From /start to the closed assessment."""
        await self.player.do(Say("/start"))
        await self.player.do(Say("/new"))
        await self._press(places.PickMode, scheme=self.scheme.id)
        await self._press(places.AskOrganisation, mode="audit")
        await self.player.do(Say(organisation))
        await self._press(places.NextOpen)
        for _ in range(LONGEST):
            place = self._place()
            if isinstance(place, places.Head | places.Result):
                return
            await self._answer(place)
        raise AssertionError(self.person.screen())

    def answers_file(self) -> dict[str, Any]:
        """Everything that was said."""
        return {"scheme": self.scheme.code, "assessors": list(self.said.sheets.values()), **self.said.more}

    async def _answer(self, place: Place) -> None:
        match place:
            case places.Card(sheet, question, _):
                await self._rate(sheet, QuestionId.parse(question))
            case places.GateCard(_, gate):
                self.said.more.setdefault("gates", {})[gate] = True
                await self._press(p.GateTap, met=1)
            case places.FindingsCard():
                await self._find()
            case places.BonusCard():
                self.said.more["bonus"] = "1"
                await self._press(places.AskBonusReason)
                await self.player.do(Say("示例理由 / example reason"))
            case places.Sheets():
                await self._open_project()
            case places.Check():
                await self._press(places.ConfirmClose)
            case places.ConfirmClose():
                await self._press(p.CloseTap)
            case _:
                raise AssertionError((place, self.person.screen()))

    async def _rate(self, ref: str, question: QuestionId) -> None:
        """By button and by text in turn; a row that may be left out is, now and then."""
        if self._button(places.AskMeasure) and question.indicator not in self._counted:
            self._counted.add(question.indicator)
            await self._press(places.AskMeasure)
            await self.player.do(Say("2026-10 48/50"))
        row = self.scheme.by_id[question.indicator]
        if question.dimension == VETO:
            await self._press(p.AnswerTap, value="v0")
            self._keep(ref, question, {"veto": False})
        elif row.may_be_na and self._chance.random() < 0.2:
            await self._press(places.AskReason)
            await self.player.do(Say("没有这项业务 / no such business"))
            self._keep(ref, question, {"na": True, "reason": "x"})
        elif self.scheme.scale_of(question).kind == "level":
            level = self._chance.randint(3, 5)
            await self._press(p.AnswerTap, value=f"l{level}")
            self._keep(ref, question, {"level": level})
        else:
            await self._ratio(ref, question)

    async def _ratio(self, ref: str, question: QuestionId) -> None:
        kind = self.scheme.scale_of(question).kind
        value = Fraction(self._chance.randint(14, 20), 20)
        if self._chance.random() < 0.5:
            band = self.scheme.scale_of(question).band_of(value)
            await self._press(places.Card, view=f"b{band}")
            await self._press(p.AnswerTap, value=str(value))
        else:
            await self.player.do(Say(f"{float(value):.2f}" if kind == "alpha" else f"{int(value * 100)}%"))
        self._keep(ref, question, {kind: str(value)})

    async def _find(self) -> None:
        """Two findings, then on."""
        self.said.more["deductions"] = 2
        if self._findings < 2:
            self._findings += 1
            await self._press(places.AskFinding)
            await self.player.do(Say(f"示例发现 {self._findings} / example finding"))
        else:
            await self._press(places.Check)
            if isinstance(self._place(), places.Check):
                await self._press_if(places.BonusCard)

    async def _open_project(self) -> None:
        """How many there are, then a sheet each."""
        if self._button(places.AskPopulation) and self._projects == 0 and "N" not in self.said.more:
            self.said.more["N"] = PROJECTS
            await self._press(places.AskPopulation)
            await self.player.do(Say(str(PROJECTS)))
        elif self._projects < PROJECTS:
            self._projects += 1
            await self._press(places.AskRound)
            await self.player.do(Say(f"P{self._projects}"))
        else:
            await self._press(places.Check)

    def _keep(self, ref: str, question: QuestionId, answer: dict[str, Any]) -> None:
        name = self._round(ref)
        sheet = self.said.sheets.setdefault(ref, {"name": "A", "round": name, "answers": {}})
        several = len([q for q in self.scheme.questions if q.indicator == question.indicator]) > 1
        if several:
            sheet["answers"].setdefault(question.indicator, {})[question.dimension] = answer
        else:
            sheet["answers"][question.indicator] = answer

    def _round(self, ref: str) -> str:
        with self.world.store.read() as unit:
            person = unit.people.find(CHANNEL, str(self.person.id))
            assert person is not None
            sheet = unit.assessments.sheet(person.id, ref)
            assert sheet is not None
            opened = (e for e in unit.entries.after(sheet.assessment, 0) if e.sheet == sheet.id)
            return str(getattr(next(opened).body, "round", ""))

    def _place(self) -> Place:
        with self.world.store.read() as unit:
            person = unit.people.find(CHANNEL, str(self.person.id))
            assert person is not None
            place = decode(unit.focus.get(person.id, CHANNEL).place)
        assert not isinstance(place, p.Tap.__args__)
        return cast("Place", place)

    def _button(self, kind: type, **fields: object) -> Button | None:
        """The first button of the live card that sends this."""
        for button in self.person.card.buttons:
            sent = decode(button.data) if button.data else None
            if isinstance(sent, kind) and all(getattr(sent, name) == value for name, value in fields.items()):
                return button
        return None

    async def _press(self, kind: type, **fields: object) -> None:
        button = self._button(kind, **fields)
        assert button is not None, (kind, fields, self.person.screen())
        await self.person.press(button)
        await self.player.settled()

    async def _press_if(self, kind: type) -> None:
        if self._button(kind):
            await self._press(kind)
