"""Findings, evidence that is demanded, closing, and going on with what was closed: by phone, in each language.

A lead rates alone by Q/BJKB 006; a member who only looks is told of each seal, and of the reopening between them.
The long stretch of rating goes straight to the use cases.
"""

import asyncio
import re
from pathlib import Path

import pytest

from bot.domain.scales import Language
from bot.domain.state import AssessmentState
from bot.service.world import World
from bot.words import Words
from tests.fake_telegram import FakeTelegram, Person
from tests.sampled import sampled
from tests.service.bench import admit
from tests.service.proofs import picture
from tests.service.scene import Scene
from tests.stories.company import Edit, Say, Tap, begun
from tests.stories.running import Player, bot_on, world_in

TEXTS: dict[Language, dict[str, str]] = {
    "zh": {
        "grade": "三星级",
        "finding": "服务台账缺三个月",
        "again": "服务台账缺四个月",
        "strength": "回访做得细",
        "wrong": "记错了项目",
        "due": "2027年1月31日",
        "photo": "台账空页",
        "reopen": "客户补交了台账",
    },
    "en": {
        "grade": "Three-star",
        "finding": "Three months of service records are missing",
        "again": "Four months of service records are missing",
        "strength": "Calls back with care",
        "wrong": "That was another project",
        "due": "2027-01-31",
        "photo": "The empty pages",
        "reopen": "The client has sent the records",
    },
}


class Lead:
    """A person with a phone in one language; `say` and `tap` are what they do to it."""

    def __init__(self, fake: FakeTelegram, world: World, language: Language, code: str) -> None:
        self.words, self.texts = Words.of(language), TEXTS[language]
        self.person = Person(fake, 1001, "Example", code)
        self.player = Player(self.person, world)
        self.scene = Scene(world, "1001", hint=code)

    async def tap(self, key: str, **params: object) -> None:
        """A button by its key in the catalogue."""
        await self.player.do(Tap(self.words.say(key, **params)))

    async def say(self, text: str, name: str = "") -> None:
        await self.player.do(Say(text, name))

    async def head(self) -> None:
        await self.say("/my")
        await self.player.do(Tap("1. "))

    @property
    def card(self) -> str:
        return self.person.card.text

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.person.card.buttons]

    def state(self) -> AssessmentState:
        return self.scene.state(self.scene.listed[0].ref)


@pytest.mark.parametrize(("language", "code"), sampled([("zh", "zh-hans"), ("en", "en")], every=2))
async def test_from_a_finding_to_the_second_seal(tmp_path: Path, language: Language, code: str) -> None:
    fake, world = FakeTelegram(), world_in(tmp_path)
    lead, other = Lead(fake, world, language, code), Person(fake, 4004, "Member", code)
    async with bot_on(fake, world):
        other.say("/start")
        for step in begun(language):
            await lead.player.do(step)
        ref = lead.scene.listed[0].ref
        await asyncio.to_thread(admit, lead.scene, ref, Scene(world, "4004", hint=code), "viewer")
        await recorded(lead)
        await withdrawn(lead)
        await demanded(lead)
        await lead.tap("button.close")
        await lead.tap("button.close-for-good")
        first = await sealed(lead, other, 1)
        assert lead.texts["grade"] in heard(other)
        await verified(lead)
        await reopened(lead, other)
        await again(lead)
        assert await sealed(lead, other, 2) != first
    state = lead.state()
    assert (len(state.seals), state.reopened) == (2, (lead.texts["reopen"],))
    assert [(one.kind, one.state, bool(one.withdrawn)) for one in state.found.values()] == [
        ("minor", "verified", False),
        ("strength", "open", True),
    ]


async def recorded(lead: Lead) -> None:
    """At a question's card: recorded, worded anew by an edit, with a day."""
    await lead.tap("button.findings")
    await lead.tap("button.new-finding")
    await lead.tap("finding.kind-minor")
    await lead.say(lead.texts["finding"], "finding")
    await lead.player.do(Edit("finding", lead.texts["again"]))
    assert lead.texts["again"] in lead.card
    await lead.tap("finding.field-due")
    await lead.say(lead.texts["due"])
    assert "2027-01-31" in lead.card
    await photographed(lead)
    await lead.say("/my")
    await lead.tap("button.actions-count", n=1)
    assert "2027-01-31" in lead.card
    await lead.player.do(Tap("1"))
    assert lead.texts["again"] in lead.card


async def photographed(lead: Lead) -> None:
    """A photo sent at the finding hangs on it; its button leads there and back."""
    assert lead.words.say("finding.hint") in lead.card
    lead.person.send_photo(caption=lead.texts["photo"], data=picture(seed=7))
    await lead.player.settled()
    (one,) = lead.state().evidence.values()
    assert (one.finding, one.sheet) == (next(iter(lead.state().found)), "")
    await lead.person.until(lambda: lead.words.say("evidence.state-kept") in lead.card, "kept")
    await lead.tap("button.evidence-many", n=1)
    assert lead.texts["photo"] in lead.card
    await lead.tap("button.back")


async def withdrawn(lead: Lead) -> None:
    await lead.head()
    await lead.tap("button.findings-many", n=1)
    await lead.tap("button.new-finding")
    await lead.tap("finding.kind-strength")
    await lead.say(lead.texts["strength"])
    await lead.tap("button.withdraw")
    await lead.tap("button.withdraw-why")
    await lead.say(lead.texts["wrong"])
    assert lead.texts["strength"] not in lead.card
    assert lead.texts["again"] in lead.card


async def demanded(lead: Lead) -> None:
    """Everything is rated, one above what needs evidence: closing is not offered until a photo is there."""
    await lead.head()
    await lead.tap("button.begin")
    await asyncio.to_thread(lead.scene.fill, "80")
    await lead.head()
    await lead.tap("evidence.board")
    await lead.tap("button.demand")
    await lead.tap("demand.above", rating="80%")
    await lead.say("#4.2.1")
    await lead.say("95")
    await lead.head()
    await lead.tap("button.check")
    assert lead.words.say("check.unproven", n=1) in lead.card
    assert lead.words.say("button.close") not in lead.labels
    await lead.tap("check.button-unproven", n=1)
    await lead.player.do(Tap("4.2.1"))
    lead.person.send_photo(data=picture())
    await lead.player.settled()
    # That it is kept is an entry of its own, which the fake cannot see: no button from before it closes anything.
    async with asyncio.timeout(5):
        while any(one.keeping == "coming" for one in lead.state().evidence.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await lead.head()
    await lead.tap("button.check")
    assert lead.words.say("check.unproven", n=1) not in lead.card


async def sealed(lead: Lead, other: Person, times: int) -> str:
    """Both are sent the same code; the newest."""
    assert len(lead.state().seals) == times, lead.card
    for person in (other, lead.person):
        await person.until(lambda who=person: heard(who).count("GW1-") == times, "told of the seal")  # type: ignore[misc]
    codes = [re.findall(r"GW1-[\w-]+", heard(person))[-1] for person in (lead.person, other)]
    assert codes[0] == codes[1]
    return str(codes[0])


async def verified(lead: Lead) -> None:
    """What became of it is said after closing too, and moves nothing else."""
    await lead.tap("button.findings-many", n=1)
    await lead.player.do(Tap("1"))
    assert lead.words.say("finding.field-text") not in lead.labels
    await lead.tap("finding.state-verified")
    assert lead.words.say("button.withdraw") not in lead.labels


async def reopened(lead: Lead, other: Person) -> None:
    await lead.tap("button.head")
    await lead.tap("button.reopen")
    await lead.tap("button.reopen-why")
    await lead.say(lead.texts["reopen"])
    assert lead.words.say("reopen.times", n=1) in lead.card
    await other.until(lambda: lead.texts["reopen"] in heard(other), "told why")


async def again(lead: Lead) -> None:
    """The lead's own sheet is open again; closing takes what it took."""
    await lead.say("#4.2.1")
    await lead.say("40")
    await lead.head()
    await lead.tap("button.check")
    await lead.tap("button.close")
    await lead.tap("button.close-for-good")
    await lead.tap("button.result")
    assert lead.texts["reopen"] in lead.card, "it stays told that it was reopened"


def heard(person: Person) -> str:
    """All messages from the bot."""
    return "\n".join(message.text for message in person.chat if not message.mine)
