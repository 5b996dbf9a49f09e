"""Three assessors and a lead assess by JCCQB037 over two sampled projects, through the fake Telegram.

They join by link, rate blindly with photos, disagree; one looks again and rates anew, one stays with the rating; it is
closed. The result is that of `gradewalk score` on the same sheets, and the bundle verifies on a bare machine. Long
stretches of rating go straight to the use cases.
"""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bot.domain import commands as c
from bot.domain import entries as e
from bot.domain.answers import NotApplicable, Rated, Veto
from bot.domain.interview import open_questions
from bot.domain.record import Source
from bot.service.cases import Cases, Stamp
from bot.service.submission import scored
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from bot.view.members_places import AdmitTap, AgreeTap, InviteTap
from bot.view.payload import decode
from bot.words import Words
from tests.fake_telegram import FakeTelegram
from tests.service.proofs import picture
from tests.service.scene import CHANNEL
from tests.stories.member import Member
from tests.stories.running import ROOT, bot_on, world_in

STANDARD = "jccqb-037"
PROJECTS = ("甲小区", "乙小区")


class Assessor(Member):
    """Who rates long sheets: by the use cases up to the last question, which is answered by phone."""

    async def rate(self, values: dict[str, str], photo: bytes = b"") -> None:
        """The sheet in hand to its end; values: a level or α per dimension. photo: of the last question."""
        place = decode(self.scene.focus.place)
        assert isinstance(place, places.Card)
        await asyncio.to_thread(self._rate, place.sheet, values)
        await self.home()
        await self.press(places.NextOpen)
        if photo:
            self.person.send_photo(photo, caption=f"{self.scene.who.name}的照片")
            await self.player.settled()
        await self.say(values[self.scene.focus.question.partition("/")[2]])

    def _rate(self, ref: str, values: dict[str, str]) -> None:
        with self.world.store.write() as unit:
            cases = Cases(self.world, unit, unit.people.get(self.scene.person))
            case, sheet = cases.by_sheet(ref)
            for question in open_questions(case.scheme, sheet)[:-1]:
                value = values[question.dimension]
                level = case.scheme.scale_of(question).kind == "level"
                answer = Rated(Fraction(int(value), 5), "level") if level else Rated(Fraction(value), "alpha")
                stamp = Stamp(self.world.clock(), Source(CHANNEL, self.scene.who.chat, "", ""))
                case, _ = cases.act(case, c.GiveAnswer(sheet.id, question, answer), stamp)


async def joined(lead: Member, other: Member) -> None:
    """By a link, with the lead's word."""
    await lead.home()
    await lead.press(places.Members)
    await lead.press(places.InviteCard)
    await lead.press(InviteTap, role="assessor")
    token = re.findall(r"start=([\w-]+)", lead.heard())[-1]
    other.person.start(token)
    await other.player.settled()
    await other.press(AgreeTap)
    await lead.press(places.Requests)
    await lead.press(AdmitTap)


async def rated(
    member: Assessor, project: str, values: dict[str, str], photo: bytes, *, organisation: bool = False
) -> None:
    """A project's sheet, and the organisation's where asked for, rated to the end; then submitted by phone."""
    if organisation:
        await member.sheets()
        await member.press(BeginTap)
        await member.rate(values)
    await member.sheets()
    await member.press(places.AskRound)
    await member.say(project)
    await member.rate(values, photo)
    for _ in range(2 if organisation else 1):
        await member.sheets()
        await member.press(places.NextOpen)
        await member.press(places.ConfirmSubmit)
        await member.press(SubmitTap)


async def begun(lead: Member) -> None:
    """An audit over two projects."""
    await lead.say("/new")
    await lead.press(places.PickMode, scheme=STANDARD)
    await lead.press(places.AskOrganisation, mode="audit")
    await lead.say("示例工程公司")
    await lead.press(places.Sheets)
    await lead.press(places.AskPopulation)
    await lead.say("2")


async def asked_again(lead: Member, people: Sequence[Member]) -> None:
    """On what decides most, the lead asks both who rated it; one rates anew, the other stays with the rating."""
    await lead.home()
    await lead.press(places.Others)
    await lead.press(places.Differences)
    assert "评价员示例1 · 甲小区 α 0.90、评价员示例2 · 甲小区 α 0.50" in lead.person.card.text
    first = decode(lead.person.card.buttons[0].data or "")
    assert isinstance(first, places.Difference)
    for place in (0, 1):
        await lead.press(places.Difference, question=first.question)
        asks = [b for b in lead.person.card.buttons if isinstance(decode(b.data or ""), places.AskReconsider)]
        await lead.person.press(asks[place])
        await lead.player.settled()
        await lead.say(f"请看第 {place + 1} 张照片")
        await lead.press(places.Differences)
    one, other, third = people
    assert "张照片" not in third.heard()
    await one.press(places.Card, question=first.question)
    await one.say("0.7")
    await other.press(places.Card, question=first.question)
    await other.press(places.AskUphold)
    await other.say("看过照片，维持")
    assert "看过照片，维持" in lead.heard()


async def closed(lead: Member) -> None:
    await lead.home()
    await lead.press(places.GateCard)
    await lead.press(p.GateTap, met=1)
    await lead.home()
    await lead.press(places.Check)
    await lead.press(places.ConfirmClose)
    await lead.press(p.CloseTap)


async def arrived(lead: Member) -> None:
    """Until the bytes of all photos are kept."""

    def coming() -> bool:
        return any(one.keeping != "kept" for one in lead.scene.state(lead.scene.listed[0].ref).evidence.values())

    async with asyncio.timeout(30):
        # They are fetched beside everything else; the last step is a commit that the fake cannot see.
        while coming():  # noqa: ASYNC110  see above
            await asyncio.sleep(0.01)


async def exported(lead: Member) -> bytes:
    """The bundle, by phone."""
    await lead.say("/export")
    await lead.press(p.ExportTap, format="bundle")
    files = [message for message in lead.person.chat if message.attachment and not message.mine]
    return lead.person.download(files[-1])


def seal_of(member: Member) -> str:
    """The code that this member was sent at closing."""
    return str(re.findall(r"GW1-[\w-]+", member.heard())[-1])


def verified(folder: Path, bundle: bytes, code: str) -> None:
    """By whoever has the file and the code: no data folder, no settings, no bot; and not by a code of another."""
    alone = folder / "alone"
    alone.mkdir()
    (alone / "bundle.zip").write_bytes(bundle)

    def verify(seal: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "bot.verify", "bundle.zip", "--seal", seal, "--lang", "en"]
        clean = {"PATH": "/nowhere", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        return subprocess.run(command, env=clean, cwd=alone, check=False, capture_output=True, encoding="utf-8")

    good = verify(code)
    assert good.returncode == 0, good.stdout + good.stderr
    with ZipFile(alone / "bundle.zip") as file:
        pictures = [name for name in file.namelist() if name.startswith("evidence/")]
    assert len(pictures) == 2, "the same bytes once"
    assert [path.name for path in alone.iterdir()] == ["bundle.zip"], "it writes nothing"


def answers(entries: Sequence[e.Entry]) -> dict[str, Any]:
    """The sheets that count and the decisions, from the entries alone, as an answers file."""
    sheets: dict[str, dict[str, Any]] = {}
    gates = {}
    for one in entries:
        match one.body:
            case e.SheetOpened(round_, covers):
                sheets[one.sheet] = {"name": one.person, "round": round_, "dimensions": list(covers), "answers": {}}
            case e.AnswerGiven(answer) if one.question:
                given = sheets[one.sheet]["answers"].setdefault(one.question.indicator, {})
                given[one.question.dimension] = _written(answer)
            case e.SheetSetAside():
                del sheets[one.sheet]
            case e.GateDecided(gate, met):
                gates[gate] = met
            case _:
                pass
    return {"scheme": STANDARD, "assessors": list(sheets.values()), "gates": gates}


def _written(answer: Rated | NotApplicable | Veto) -> dict[str, Any]:
    assert isinstance(answer, Rated)
    return {"level": int(answer.value * 5)} if answer.form == "level" else {answer.form: str(answer.value)}


async def test_three_assessors_and_a_lead(tmp_path: Path) -> None:
    fake, world, words = FakeTelegram(), world_in(tmp_path), Words.of("zh")
    lead = Member(fake, world, 1001, "组长示例")
    people = [Assessor(fake, world, 2000 + number, f"评价员示例{number}") for number in (1, 2, 3)]
    one, two, three = people
    async with bot_on(fake, world):
        await begun(lead)
        for member in people:
            await joined(lead, member)
        same, another = picture(seed=1), picture(seed=2)
        await rated(one, PROJECTS[0], {"management": "4", "service": "0.9"}, same, organisation=True)
        await rated(two, PROJECTS[0], {"service": "0.5"}, same)
        await rated(three, PROJECTS[1], {"service": "0.8"}, another)
        assert lead.heard().count(words.say("tell.submitted", who="评价员示例1", sheet=PROJECTS[0])) == 1
        await lead.sheets()
        await lead.press(places.AskSetAside)
        await lead.say("组长不评分")
        await asked_again(lead, people)
        await arrived(lead)
        await closed(lead)
        bundle = await exported(lead)
        codes = {seal_of(member) for member in (lead, *people)}
    ref = lead.scene.listed[0].ref
    file = answers(lead.scene.entries(ref))
    assert len(file["assessors"]) == 4
    expected, problems = scored(world.library, json.dumps(file), "panel")
    assert not problems
    assert expected is not None
    assert expected["complete"] is True
    (final,) = [entry.body for entry in lead.scene.entries(ref) if isinstance(entry.body, e.Closed)]
    assert final.outcome == expected["outcome"]["id"]  # type: ignore[index,call-overload]
    exact = {name: part["exact"] for name, part in expected["dimensions"].items()}  # type: ignore[union-attr,index,call-overload]
    assert final.totals == exact
    assert "评价员示例2" in lead.heard()
    (code,) = codes
    verified(tmp_path, bundle, code)
