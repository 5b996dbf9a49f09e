"""Texts that break bots, and a person who sends them raw. Knows the chat and the files, nothing of how they are made.

A phone tidies what it sends; `Writer.say` puts the text into the update as it is, as a changed client could.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from bot.config import Settings
from bot.domain.cleaning import clean_text
from bot.domain.entries import HeaderSet, Noted
from bot.domain.focus import Pending
from bot.domain.scales import Language
from bot.service.world import World
from bot.view.payload import encode
from bot.view.places import AskField, AskNote, Notes
from bot.wiring import open_world
from tests.export.page import article, one, read
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.units import clean as as_telegram_shows
from tests.service.in_memory import render
from tests.service.scene import library
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player

MARKUP = {
    "a tag": "<b>bold</b> & 5 < 6",
    "an entity": "&lt; &amp; &#60; &nbsp; &unknown;",
    "unclosed": "<b><i>open <blockquote expandable>",
    "closing": "</b></i></blockquote></bdi></style></main>",
    "an image": "<img src=http://127.0.0.1:9/x onerror=alert(1)>",
    "a link": '<a href="tg://user?id=1">Approved</a>',
    "a template": "{{7*7}} {0} {name} %s %(name)s",
    "a block": "{% raw %}{% include 'card.j2' %}{# #}",
    "SQL": "'; DROP TABLE entry; --",
    "our own marks": "1:a:ref:4.1.1/veto:v0:0 STYLE-HASH",
}
SIGNS = {
    "NUL": "a\0b",
    "C0": "".join(map(chr, range(1, 32))) + "x",
    "C1": "".join(map(chr, range(127, 160))) + "y",
    "half a pair": "a\ud800b\udfffc",
    "right to left": "Grade \u202eA edarg\u202c \u2067x\u2069 \u200f",
    "isolates left open": "\u2066\u2067\u2068 open",
    "joined": "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 🏴\U000e0067\U000e0062\U000e0065\U000e007f",
    "marks": "e" + "\u0301" * 1000,
    "4096 emoji": "😀" * 4096,
    "two scripts": "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 中文 \u05e2\u05d1\u05e8\u05d9\u05ea 123",
    "not characters": "\ufffe\uffff\U0010ffff x",
    "separators": "one\u2028two\u2029three\u0085four\u000bfive",
    "tag signs": "x\U000e0001\U000e0041",
}
NOTHING = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "overrides": "\u202e\u202d\u2066\u2069",
    "fillers": "\u3164\u115f\u1160\uffa0\u2800",
    "selectors": "\ufe0f\u034f\u180e\U000e0100",
    "control signs": "\x00\x07\x1b\x7f",
    "soft hyphens and spaces": "\u00ad \u3000\u00a0\t\n",
}
FORMULAS = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "=cmd|'/C'!A0",
)

QUESTION = "4.1.2/total"
CLAUSE = "4.1.2"


class Shown(NamedTuple):
    """The notes at QUESTION and the names that the organisation had one after another, as one reader finds them."""

    notes: list[str]
    names: list[str]


class Writer:
    """One person at a question of the first standard, in Chinese."""

    def __init__(self, fake: FakeTelegram, world: World, name: str = "Example") -> None:
        self.fake, self.world = fake, world
        self.person = Person(fake, 1001, name, "zh-hans")
        self.player = Player(self.person, world)
        self.sheet = self.ref = ""

    async def begin(self) -> None:
        for step in (Say("/start"), *begun("zh"), Tap("守法合规")):
            await self.player.do(step)
        with self.world.store.read() as unit:
            (listed,) = unit.assessments.of(self._id(unit))
            self.ref, self.sheet = listed.ref, unit.assessments.sheets(listed.id)[0].ref

    async def say(self, text: str) -> None:
        """The text as it is, which no phone would send."""
        with self.fake.lock:
            chat = self.fake.open_chat(self.fake.private(self.person.id))
            message = self.fake.post(chat, self.person.user, {"text": text})
            self.fake.push("message", message.json)
        self.fake.changed()
        await self.player.settled()

    async def go(self, place: AskField | AskNote | Notes) -> None:
        self.person.tap_data(encode(place), self.person.card.id)
        await self.player.settled()

    async def go_note(self) -> None:
        """From here on a text is a note at QUESTION."""
        await self.go(AskNote(self.sheet, QUESTION))

    async def note(self, text: str) -> None:
        await self.go_note()
        await self.say(text)

    async def rename(self, text: str) -> None:
        await self.go(AskField(self.ref, "organisation"))
        await self.say(text)

    # as it is kept, and as readers find it

    def kept(self) -> Shown:
        """As the entries have it."""
        with self.world.store.read() as unit:
            (listed,) = unit.assessments.of(self._id(unit))
            bodies = [entry.body for entry in unit.entries.after(listed.id, 0)]
        names = [body.value for body in bodies if isinstance(body, HeaderSet) and body.field == "organisation"]
        return Shown([body.text for body in bodies if isinstance(body, Noted)], names)

    def waiting(self) -> tuple[Pending, ...]:
        """Texts that wait to be saved as notes."""
        with self.world.store.read() as unit:
            return unit.focus.get(self._id(unit), "telegram").pending

    def file(self, format_: str, language: Language = "zh") -> bytes:
        with self.world.store.read() as unit:
            (listed,) = unit.assessments.of(self._id(unit))
            return render(self.world, unit, listed, format_, language, "Asia/Shanghai")

    def in_json(self) -> Shown:
        entries: list[Any] = json.loads(self.file("json"))["record"]
        bodies = [(entry["header"]["kind"], entry["body"]) for entry in entries]
        names = [body["value"] for kind, body in bodies if kind == "header-set" and body["field"] == "organisation"]
        return Shown([body["text"] for kind, body in bodies if kind == "noted"], names)

    def in_html(self) -> Shown:
        """Names: the newest value of each log line about the organisation, and on top the newest of all."""
        root = read(self.file("html"))
        told = [node for node in one(root.find("table", "log")).find("td") if node.words.startswith("基本信息 单位：")]
        names = [node.find("bdi")[-1].text for node in told]
        assert not names or one(root.find("h1")).text == names[-1]
        return Shown([node.text for node in article(root, CLAUSE).find("div", "text")], names)

    async def in_chat(self) -> str:
        """All notes of all pages, without white space: the chat may break lines elsewhere."""
        found, page = [], 0
        while True:
            await self.go(Notes(self.sheet, QUESTION, page))
            card = self.person.card
            units = card.text.encode("utf-16-le", "surrogatepass")
            ends = [e["offset"] + e["length"] for e in card.entities if e["type"] == "italic"]
            starts = [e["offset"] for e in card.entities if e["type"] == "italic"][1:]
            body = [units[2 * a : 2 * b] for a, b in zip(ends, [*starts, len(units) // 2], strict=True)]
            texts = [piece.decode("utf-16-le", "surrogatepass") for piece in body]
            texts[-1] = re.sub(r"\n第 \d+/\d+ 页$", "", texts[-1])
            found += texts
            page += 1
            if not any("下一页" in label for label in card.labels):
                return squeezed("".join(found))

    def _id(self, unit: Any) -> str:
        return str(unit.people.find("telegram", str(self.person.id)).id)


def squeezed(text: str) -> str:
    """A text as Telegram shows it, without white space."""
    return "".join(as_telegram_shows(text).split())


def cleaned(texts: list[str]) -> list[str]:
    return [clean_text(text) for text in texts]


def small_world(folder: Path) -> World:
    """A world with the first standard and the made-up ones: reading all that ship takes seconds."""
    return open_world(Settings(data_dir=folder, _env_file=None), library())
