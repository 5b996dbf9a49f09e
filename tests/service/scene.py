"""People before the use cases alone: no channel, no network. Each test has a database and a clock of its own."""

import itertools
from datetime import UTC, datetime, timedelta
from functools import cache

from bot import paths
from bot.domain.entries import AnswerGiven, Entry, Noted
from bot.domain.focus import Focus
from bot.domain.state import AssessmentState, fold
from bot.library import Library
from bot.library.load import load_bytes
from bot.service.events import Delivery, Edited, Event, Ordered, Reply, Said, Sent, Tapped, Who
from bot.service.respond import Conversation
from bot.service.world import World
from bot.store.values import ChatState, Listed
from bot.view.payload import Tap, encode
from bot.view.places import AskOrganisation, Head, NextOpen, Place
from bot.view.screen import Button, Screen
from bot.words import Words
from tests.made_up import TEXTS

CHANNEL = "telegram"
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ORGANISATION = "示例电梯服务有限公司"
STARS, SHOP, PANEL, SITES, REAL = "made-stars", "made-shop", "made-panel", "made-sites", "bjkb-006"


def say(key: str, **params: object) -> str:
    """A sentence or a button's text as the catalogue has it: tests hold what is said, not how it is worded."""
    return Words.of("zh").say(key, **params)


@cache
def library() -> Library:
    """Q/BJKB 006 as it ships, and the four made-up standards; read once."""
    raw = [(paths.schemes_dir() / f"{REAL}.yaml").read_bytes(), *(text.encode() for text in TEXTS.values())]
    return Library(loaded for text in raw if (loaded := load_bytes(text, "made.yaml")[0]))


class Clock:
    """A second later each time it is asked; `ahead` turns it on."""

    def __init__(self) -> None:
        self._now = START

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def ahead(self, by: timedelta) -> None:
        self._now += by


class Scene:
    """One person in their chat: what they do, and what they are shown."""

    def __init__(self, world: World, external_id: str = "1001", hint: str = "zh-hans", channel: str = CHANNEL) -> None:
        self.world = world
        self.who = Who(channel, external_id, external_id, f"示例员 {external_id}", hint)
        self.reply = Reply()
        self._conversation = Conversation(world)
        self._numbers = itertools.count(1)

    # what they do

    def do(self, event: Event, delivery: Delivery | None = None) -> Reply:
        self.reply = self._conversation.handle(self.who, event, delivery or Delivery())
        return self.reply

    def say(self, text: str) -> str:
        """Send a text; the number of the message."""
        message = self._number()
        self.do(Said(text, message))
        return message

    def edit(self, message: str, text: str) -> None:
        self.do(Edited(text, message))

    def order(self, command: str) -> None:
        self.do(Ordered(command, "", self._number()))

    def send(self, kind: str, caption: str = "") -> None:
        self.do(Sent(kind, self._number(), caption))

    def press(self, payload: Place | Tap | str) -> Reply:
        return self.do(Tapped(payload if isinstance(payload, str) else encode(payload)))

    def tap(self, label: str) -> Reply:
        """label: what the button says, or its key in the catalogue."""
        return self.press(self.button(label).payload)

    # longer ways

    def begin(self, scheme: str = STARS, organisation: str = ORGANISATION) -> str:
        """A new assessment, at its first question; its public name."""
        self.press(AskOrganisation(scheme, "self"))
        self.say(organisation)
        ref = self.listed[0].ref
        self.press(NextOpen(self.sheet(ref)))
        return ref

    def fill(self, rating: str = "80") -> None:
        """From the card shown on: every question in the order asked."""
        while self.focus.question:
            if self.focus.question.endswith("/veto"):
                self.press(next(b.payload for row in self.screen.rows for b in row if ":v0" in b.payload))
            else:
                self.say(rating)

    def closed(self, rating: str = "80") -> str:
        """A closed assessment by the made-up stars."""
        ref = self.begin()
        self.fill(rating)
        self.tap("button.close")
        self.tap("button.close-for-good")
        assert self.state(ref).closed
        return ref

    # what they see

    @property
    def chat(self) -> ChatState:
        with self.world.store.read() as unit:
            found = unit.chats.state(self.who.channel, self.who.chat)
        assert found is not None
        return found

    @property
    def screen(self) -> Screen:
        return Screen.from_json(self.chat.wanted_screen or "")

    @property
    def text(self) -> str:
        return self.screen.text

    @property
    def top(self) -> str:
        """The first line of the card."""
        return self.text.splitlines()[0]

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.screen.rows for button in row]

    def button(self, label: str) -> Button:
        """The button that says just this, else the first that has it in it; label as in `tap`."""
        label = say(label) if label.startswith(("button.", "mode.")) else label
        buttons = [button for row in self.screen.rows for button in row]
        exact = [button for button in buttons if button.text == label]
        found = exact or [button for button in buttons if label in button.text]
        assert found, (label, self.labels)
        return found[0]

    # what is kept

    @property
    def person(self) -> str:
        with self.world.store.read() as unit:
            found = unit.people.find(self.who.channel, self.who.external_id)
        assert found is not None
        return found.id

    @property
    def focus(self) -> Focus:
        with self.world.store.read() as unit:
            return unit.focus.get(self.person, self.who.channel)

    @property
    def listed(self) -> tuple[Listed, ...]:
        person = self.person
        with self.world.store.read() as unit:
            return unit.assessments.of(person)

    def of(self, ref: str) -> Listed:
        person = self.person
        with self.world.store.read() as unit:
            found = unit.assessments.find(person, ref)
        assert found is not None
        return found

    def sheet(self, ref: str) -> str:
        """The public name of the only sheet."""
        inner = self.of(ref).id
        with self.world.store.read() as unit:
            return unit.assessments.sheets(inner)[0].ref

    def entries(self, ref: str) -> tuple[Entry, ...]:
        inner = self.of(ref).id
        with self.world.store.read() as unit:
            return unit.entries.after(inner, 0)

    def state(self, ref: str) -> AssessmentState:
        """Folded anew, from what is stored."""
        return fold(AssessmentState(), self.entries(ref))

    def answers(self, ref: str) -> list[tuple[str, str]]:
        """(question, rating) of every answer ever given, in order; a veto or N/A by its repr."""
        given = [(entry.question, entry.body) for entry in self.entries(ref)]
        return [(str(q), str(getattr(b.answer, "value", b.answer))) for q, b in given if isinstance(b, AnswerGiven)]

    def notes(self, ref: str) -> list[str]:
        return [entry.body.text for entry in self.entries(ref) if isinstance(entry.body, Noted)]

    def head(self, ref: str) -> str:
        """The head's card, opened."""
        self.press(Head(ref))
        return self.text

    def _number(self) -> str:
        return str(next(self._numbers))
