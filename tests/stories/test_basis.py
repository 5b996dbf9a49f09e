"""A company assesses itself and hands that to an auditor, who audits on it and closes; through the fake Telegram."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.scales import Language
from bot.service.world import World
from bot.wiring import open_world
from bot.words import Words
from tests.fake_telegram import FakeTelegram, Person
from tests.service.scene import library
from tests.stories.company import Say, Tap
from tests.stories.running import Player, bot_on

NOTE, ORGANISATION, AUDITOR = "值班表贴在前台", "示例电梯公司", "审核员甲"


@dataclass
class Play:
    """Company and auditor, each with a phone, in one language."""

    company: Player
    auditor: Player
    words: Words
    ratings: str

    async def tap(self, player: Player, key: str, **params: object) -> None:
        await player.do(Tap(self.words.say(key, **params)))

    async def rate(self, player: Player, value: str) -> None:
        """Every question from the card shown on."""
        none = "没有违法" if self.words.language == "zh" else "None broken"
        for _ in range(5):
            veto = any(none in label for label in player.person.card.labels)
            await player.do(Tap(none) if veto else Say(value))

    async def assessed(self) -> None:
        """The company rates everything, and writes one note."""
        company = self.company
        await company.do(Say("/new"))
        await company.do(Tap("编造星级" if self.words.language == "zh" else "Made-up stars"))
        await self.tap(company, "mode.self")
        await company.do(Say(ORGANISATION))
        await self.tap(company, "button.begin")
        await self.rate(company, "87.654321")
        await company.do(Say("#2.1"))
        await company.do(Say(NOTE))
        await self.tap(company, "button.keep-note")

    async def handed(self) -> None:
        """Offered by a link, asked for, confirmed."""
        company, auditor = self.company, self.auditor
        await self.tap(company, "button.head")
        await self.tap(company, "button.hand-on")
        await self.tap(company, f"button.offer-{self.ratings}")
        auditor.person.start(link(company.person))
        await auditor.settled()
        assert ORGANISATION not in said(auditor)
        await self.tap(auditor, "button.agree-basis")
        await company.settled()
        await self.tap(company, "button.see-offers")
        assert AUDITOR in company.person.card.text
        await self.tap(company, "button.hand-it-over", n=1)
        await auditor.settled()
        assert ORGANISATION in auditor.person.card.text

    async def audited(self) -> None:
        """The auditor begins on it, finds a question by its link, rates everything and closes."""
        auditor = self.auditor
        await self.tap(auditor, "button.begin-audit")
        await self.tap(auditor, "button.begin")
        await auditor.do(Say("#2.1"))
        assert NOTE in auditor.person.card.text
        assert ("87.65%" in auditor.person.card.text) == (self.ratings == "shown")
        await self.tap(auditor, "button.link")
        to_question = link(auditor.person)
        await auditor.do(Say("/my"))
        auditor.person.start(to_question)
        await auditor.settled()
        assert NOTE in auditor.person.card.text
        await auditor.do(Say("#1.1"))
        await self.rate(auditor, "60")
        await self.tap(auditor, "button.close")
        await self.tap(auditor, "button.close-for-good")

    async def compared(self) -> None:
        """The auditor puts the audit beside what was handed over, which has ratings or is not offered."""
        auditor = self.auditor
        await self.tap(auditor, "button.compare")
        if self.ratings == "hidden":
            assert self.words.say("compare.basis-unrated") in auditor.person.card.text
            return
        await auditor.do(Tap(f"1. {ORGANISATION}"))
        await self.tap(auditor, "button.compare-q", n=4)
        assert "87.65% → 60%" in auditor.person.card.text


def link(person: Person) -> str:
    """What follows ?start= in the newest message with a link."""
    found = re.findall(r"\?start=([\w-]+)", "\n".join(m.text for m in person.chat if not m.mine))
    assert found
    return str(found[-1])


def said(player: Player) -> str:
    return "\n".join(message.text for message in player.person.chat if not message.mine)


def files(player: Player, ending: str) -> list[bytes]:
    sent = [m for m in player.person.chat if m.attachment and (m.attachment.name or "").endswith(ending)]
    return [player.person.download(message) for message in sent]


@pytest.mark.parametrize(
    ("language", "ratings"), [("zh", "hidden"), pytest.param("en", "shown", marks=pytest.mark.long)]
)
async def test_from_self_assessment_to_audit(tmp_path: Path, language: Language, ratings: str) -> None:
    fake = FakeTelegram()
    world: World = open_world(Settings(data_dir=tmp_path, _env_file=None), library())
    code = "zh-hans" if language == "zh" else "en"
    company = Player(Person(fake, 1001, "公司组长", code), world)
    auditor = Player(Person(fake, 2002, AUDITOR, code), world)
    play = Play(company, auditor, Words.of(language), ratings)
    async with bot_on(fake, world):
        await play.assessed()
        await play.handed()
        await play.audited()
        await play.compared()
        await auditor.do(Say("/export"))
        await auditor.do(Tap("JSON"))
    record, page = json.loads(files(auditor, ".json")[-1]), files(auditor, ".html")[0].decode()
    assert record["head"]["mode"] == "audit"
    assert record["result"]["dimensions"]["total"]["total"] == "60"
    (taken,) = [row["body"] for row in record["record"] if row["header"]["kind"] == "basis-taken"]
    assert taken["ratings"] == ratings
    assert [len(row["answers"]) for row in taken["rows"]] == ([1] * 5 if ratings == "shown" else [0])
    assert NOTE in page
    assert ("87.65" in page + said(auditor)) == (ratings == "shown")
    assert ("87654321" in json.dumps(record)) == (ratings == "shown")
