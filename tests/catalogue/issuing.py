"""A panel's assessment that the real bot closed, reopened and closed again, and the files it handed out (rows 104-107).

A lead and two assessors with a sheet each, a reconsideration, findings, evidence of several kinds. What leads to the
closings goes straight to the use cases; closings, reopening, seals and files go through the lead's phone.
"""

import hashlib
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.domain import commands as c
from bot.domain import evidence_entries as v
from bot.domain import panel_commands as k
from bot.domain.answers import Rated, Veto
from bot.domain.entries import Draft
from bot.domain.interview import open_questions
from bot.domain.record import Source
from bot.domain.scheme import QuestionId
from bot.export import FORMATS
from bot.service.cases import Cases, Stamp
from bot.service.world import World
from bot.verify.signing import read_code
from bot.view.blind_places import BeginTap, SubmitTap
from bot.view.findings_places import AskReopen
from bot.view.payload import AnswerTap, CloseTap, ExportTap
from bot.view.places import AskNote
from tests.catalogue.invariants import hold
from tests.catalogue.rewriting import ALIKE
from tests.catalogue.tapping import FIRST, SECOND, THIRD, Sat, fresh_world, sit
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.views import ChatMessage
from tests.service import in_memory
from tests.service.bench import admit, own_sheet
from tests.service.scene import Scene
from tests.stories.running import bot_on

CODE = re.compile(r"GW1-\d+-[0-9a-f]{64}")
PHOTO = b"\xff\xd8\xff\xe0 a made-up picture, clean " * 20
ORIGINAL = b"\xff\xd8\xff\xe0 the same, with the place where it was taken " * 20
PAPER = b"%PDF-1.4 made-up paper " * 20
GONE = b"%PDF-1.4 sent by mistake " * 20
NOTE = "只在一条备注里的话"
FINDING, ACTION, REOPENED = "编造的发现：报修没有登记", "编造的措施：补登记", "编造的理由：有一项要改"


@dataclass(frozen=True)
class Issued:
    """codes: of both closings, as they stand in the chat; bundle, record: handed out after the second."""

    world: World
    assessment: str
    ref: str
    codes: tuple[str, str]
    bundle: bytes
    record: bytes

    @property
    def code(self) -> str:
        return self.codes[-1]

    @property
    def posted(self) -> tuple[int, str]:
        return read_code(self.code)

    @property
    def posted_first(self) -> tuple[int, str]:
        return read_code(self.codes[0])

    def made(self, format_: str = "bundle") -> bytes:
        """A file as the operator gets it today."""
        with self.world.store.read() as unit:
            listed = unit.assessments.for_operator(self.assessment)
            assert listed is not None
            report = in_memory.reported(self.world, unit, listed, ("zh", "UTC"), listed.seq)
            return FORMATS[format_].render(report, in_memory.enclosed(self.world, unit))


async def issue(folder: Path) -> Issued:
    fake, world = FakeTelegram(), fresh_world(folder)
    sat = sit(fake, world)
    others = assess(fake, sat)
    async with bot_on(fake, world):
        await sat.settled()
        codes = [await closed(sat)]
        await sat.tap(AskReopen(sat.ref))
        await sat.say(REOPENED)
        await sat.tap(AnswerTap(sat.sheet, THIRD, "9/10", 1))
        await sat.tap(SubmitTap(sat.sheet))
        codes.append(await closed(sat))
        bundle, record = [await handed(sat, format_) for format_ in ("bundle", "json")]
    hold(world, sat.person, *others)
    for one in others:
        assert CODE.findall(heard(one)) == codes, "every member has both, whatever becomes of our database"
    return Issued(world, sat.scene.of(sat.ref).id, sat.ref, (codes[0], codes[1]), bundle, record)


def assess(fake: FakeTelegram, sat: Sat) -> list[Person]:
    """All that comes before the first closing; the assessors' phones."""
    lead, ref = sat.scene, sat.ref
    others = [Person(fake, number, f"示例员 {number}") for number in (2002, 3003)]
    act(lead, ref, c.GiveAnswer(inner(sat, sat.sheet), QuestionId.parse(ALIKE[0]), Rated(Fraction(1, 2), "ratio")))
    rate(lead, ref, sat.sheet, Fraction(4, 5))
    lead.press(AskNote(sat.sheet, FIRST))
    lead.say(NOTE)
    one, two = assessors = [Scene(sat.world, name) for name in ("2002", "3003")]
    for number, someone in enumerate(assessors, start=1):
        fake.open_chat(fake.private(int(someone.who.chat)))
        admit(lead, ref, someone)
        someone.press(BeginTap(ref, "total"))
        rate(someone, ref, own_sheet(sat.world, someone, ref), Fraction(10 - number, 10))
    kept(lead, ref, sat.sheet, FIRST, ORIGINAL, "image/jpeg", clean=PHOTO)
    kept(one, ref, own_sheet(sat.world, one, ref), SECOND, PAPER, "application/pdf")
    gone = kept(two, ref, own_sheet(sat.world, two, ref), THIRD, GONE, "application/pdf")
    act(two, ref, k.RemoveEvidence(gone, "发错了"))
    for someone in assessors:
        someone.press(SubmitTap(own_sheet(sat.world, someone, ref)))
    lead.press(SubmitTap(sat.sheet))
    asked = (inner(sat, own_sheet(sat.world, one, ref)), QuestionId.parse(SECOND))
    act(lead, ref, k.AskReconsideration(*asked, "与照片不符"))
    act(one, ref, k.Uphold(*asked, "看过照片，维持"))
    found = act(lead, ref, k.RecordFinding("major", FINDING, "4.2.1"))
    act(lead, ref, k.ChangeFinding(found, "action", ACTION))
    act(lead, ref, k.ChangeFinding(found, "due", "2026-12-31"))
    act(one, ref, k.RecordFinding("strength", "编造的亮点"))
    return others


async def closed(sat: Sat) -> str:
    """Closed with a tap; the code that was posted for it."""
    before = CODE.findall(heard(sat.person))
    await sat.tap(CloseTap(sat.ref, sat.scene.of(sat.ref).seq))
    after = CODE.findall(heard(sat.person))
    assert len(after) == len(before) + 1, "the seal is in the chat"
    return str(after[-1])


def heard(person: Person) -> str:
    return "\n".join(message.text for message in person.chat if not message.mine)


async def handed(sat: Sat, format_: str) -> bytes:
    """Ordered with a tap, downloaded from the chat."""
    before = len(attached(sat.person))
    await sat.tap(ExportTap(sat.ref, format_))
    file = (await sat.person.until(lambda: attached(sat.person)[before:]))[0]
    return sat.person.download(file)


def attached(person: Person) -> list[ChatMessage]:
    return [message for message in person.chat if message.attachment and not message.mine]


def act(someone: Scene, ref: str, command: Any) -> int:
    """As this member; the number of the entry that it made first."""
    with someone.world.store.write() as unit:
        cases = Cases(someone.world, unit, unit.people.get(someone.person))
        case = cases.by_ref(ref)
        cases.act(case, command, Stamp(someone.world.clock(), Source("test")))
        return case.state.seq + 1


def rate(someone: Scene, ref: str, sheet: str, value: Fraction) -> None:
    """Every open question of their sheet."""
    with someone.world.store.write() as unit:
        cases = Cases(someone.world, unit, unit.people.get(someone.person))
        case, own = cases.by_sheet(sheet)
        assert case.listed.ref == ref
        for question in open_questions(case.scheme, own):
            answer = Veto(raised=False) if question.dimension == "veto" else Rated(value, "ratio")
            case, _ = cases.act(
                case, c.GiveAnswer(own.id, question, answer), Stamp(someone.world.clock(), Source("test"))
            )


def inner(sat: Sat, sheet: str) -> str:
    """The id of a sheet by its public name."""
    with sat.world.store.read() as unit:
        return next(one.id for one in unit.assessments.sheets(sat.scene.of(sat.ref).id) if one.ref == sheet)


def kept(someone: Scene, ref: str, sheet: str, question: str, data: bytes, mime: str, clean: bytes = b"") -> int:
    """A piece of evidence, as if it had been fetched; the entry that brought it. clean: the copy that is handed out."""
    world = someone.world
    digests = [put(world, one) for one in (data, clean) if one]
    with world.store.write() as unit:
        cases = Cases(world, unit, unit.people.get(someone.person))
        stamp = Stamp(world.clock(), Source("test"))
        case, own = cases.by_sheet(sheet)
        kind: v.EvidenceKind = "photo" if mime == "image/jpeg" else "document"
        received = v.EvidenceReceived(kind, "AgAC", len(data), mime, "", "前台")
        case = cases.record(case, [Draft(received, own.id, QuestionId.parse(question))], stamp)
        brought = case.state.seq
        stored = v.EvidenceStored(brought, digests[0], len(data), mime, digests[1] if clean else "")
        cases.record(case, [Draft(stored)], stamp)
    return brought


def put(world: World, data: bytes) -> str:
    """Into the vault; its digest."""
    digest = hashlib.sha256(data).hexdigest()
    part = world.store.vault.part()
    part.write_bytes(data)
    world.store.vault.put(part, digest)
    return digest
