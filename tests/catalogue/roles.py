"""People of each role before the four made-up standards, in three stages: rating, submitted, closed. For row 63."""

import itertools
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from bot.domain.entries import Closed, Draft
from bot.domain.record import Source
from bot.service.access import Door
from bot.service.cases import Cases, Stamp
from bot.service.events import Event, Ordered
from bot.service.world import World
from bot.view import basis_places as s
from bot.view import members_places as m
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from bot.view.payload import Tap
from tests.catalogue.rights import LINES, PEOPLE, Names, Stage, Step, Who
from tests.service import proofs
from tests.service.bench import admit, opened, own_sheet
from tests.service.scene import CHANNEL, ORGANISATION, SHOP, SITES, STARS, Clock, Scene
from tests.service.scene import PANEL as TWO
from tests.store.making import open_file

INVITED: tuple[Who, ...] = ("assessor", "removed", "viewer")
RATING: tuple[Who, ...] = ("assessor", "lead", "removed")
NONE = (Names().other, Names().theirs, Names().invites)


@dataclass
class House:
    """A database in one stage, and everybody before it. names: scheme -> whose -> what they can name."""

    world: World
    names: dict[str, dict[Who, Names]]
    people: dict[Who, Scene] = field(default_factory=dict)

    def names_of(self, scheme: str, who: Who) -> Names:
        """Their own where they have some, else the lead's; how many entries there are as the lead's card says it."""
        held = self.names[scheme]
        lead = self.people["lead"]
        return replace(held.get(who, held["lead"]), seq=lead.of(held["lead"].assessment).seq)

    def record(self, scheme: str) -> object:
        """All that is kept of it: entries, members, invitations, what members draft, pictures sent."""
        ref = self.names[scheme]["lead"].assessment
        with self.world.store.read() as unit:
            run = unit.people._work.connection.exec_driver_sql
            ((inner, seq),) = run("SELECT id, seq FROM assessment WHERE ref = ?", (ref,)).all()
            members = run("SELECT * FROM membership WHERE assessment = ?", (inner,)).all()
            invites = run("SELECT * FROM invite WHERE assessment = ?", (inner,)).all()
            drafts = [
                run(f"SELECT * FROM {table} WHERE assessment = ?", (inner,)).all()  # noqa: S608  a table of ours
                for table in ("wish", "tried")
            ]
            pictures = run(  # they leave no entry: that one was sent is what is done
                "SELECT id FROM notice WHERE content LIKE ? AND content LIKE ?", ('%"kind": "chart"%', f"%{inner}%")
            ).all()
        return seq, members, invites, drafts, pictures


def do(scene: Scene, steps: tuple[Step, ...]) -> None:
    for step in steps:
        if isinstance(step, str):
            scene.say(step)
        elif isinstance(step, Event):
            scene.do(step)
        else:
            scene.press(step)


def build(folder: Path) -> dict[Stage, tuple[Path, dict[str, dict[Who, Names]]]]:
    """The three stages, each a database."""
    made: dict[Stage, tuple[Path, dict[str, dict[Who, Names]]]] = {}
    names: dict[str, dict[Who, Names]] = {}
    stages: tuple[Stage, ...] = ("rating", "submitted", "closed")
    open_file(folder / "rating.db").dispose()
    for stage in stages:
        file = folder / f"{stage}.db"
        if stage != "rating":
            shutil.copy(folder / "rating.db", file)
        hour = 0 if stage == "rating" else 1
        with opened(file, "ab"[hour], Clock()) as world:
            house = seated(world, names, hour)
            if stage == "rating":
                names = _settle(house)
            elif stage == "submitted":
                _submit(house)
            else:
                _close(house)
        made[stage] = (file, names)
    return made


def seated(world: World, names: dict[str, dict[Who, Names]], hour: int) -> House:
    """Everybody, with message numbers that nobody has used."""
    world.bot.username = "gradewalk_test_bot"
    assert isinstance(world.clock, Clock)
    world.clock.ahead(timedelta(hours=hour))
    world = replace(world, door=Door(admins=frozenset({(CHANNEL, PEOPLE["operator"])})))
    house = House(world, names, {who: Scene(world, number) for who, number in PEOPLE.items()})
    for scene in house.people.values():
        scene._numbers = itertools.count(next(_messages))
    return house


_messages = itertools.count(1, 1000)


@contextmanager
def stage(file: Path, names: dict[str, dict[Who, Names]]) -> Iterator[House]:
    with opened(file, "c", Clock()) as world:
        yield seated(world, names, 2)


def _settle(house: House) -> dict[str, dict[Who, Names]]:
    """Four assessments with members; by the stars two assessors rate, one of whom is removed, and some wait outside."""
    lead, people = house.people["lead"], house.people
    people["foreigner"].begin(STARS, "别的单位")
    people["operator"].order("start")
    for scheme in (STARS, TWO, SHOP, SITES):
        ref = lead.begin(scheme, ORGANISATION)
        house.names[scheme] = {"lead": Names(ref, lead.sheet(ref))}
        for who in INVITED:
            admit(lead, ref, people[who], "viewer" if who == "viewer" else "assessor")
    stars = house.names[STARS]
    ref = stars["lead"].assessment
    lead.press(places.AskField(ref, "sites"))
    lead.say("一处")
    for who in INVITED[:2]:
        people[who].press(BeginTap(ref, "total"))
        stars[who] = Names(ref, own_sheet(house.world, people[who], ref))
    for who in RATING:
        stars[who] = _work(house, people[who], stars[who])
    invites = _invitations(house, ref)
    for scheme, held in house.names.items():
        ref = held["lead"].assessment
        other, theirs, out = (stars["removed"].sheet, stars["assessor"].sheet, invites) if scheme == STARS else NONE
        house.names[scheme] = {
            who: replace(
                one,
                assessor=people["assessor"].person,
                viewer=people["viewer"].person,
                other=other,
                theirs=theirs,
                invites=out,
            )
            for who, one in held.items()
        }
        lead.press(places.AskRemoval(ref, people["removed"].person))
        lead.say("换人了")
        lead.press(m.RemoveTap(ref, people["removed"].person))
    return house.names


def _work(house: House, scene: Scene, names: Names) -> Names:
    """Every answer, a note, a finding with a day, a file."""
    ref, sheet = names.assessment, names.sheet
    scene.press(p.AnswerTap(sheet, "1.1/veto", "v0", 0))
    for question in ("1.2/total", "2.1/total", "2.10/total", "3/total"):
        scene.press(p.AnswerTap(sheet, question, "4/5", 0))
    scene.press(places.AskNote(sheet, "2.1/total"))
    note = scene.say("一条备注")
    of = scene.of(ref).seq
    do(scene, (places.AskFinding(ref, "minor", "2.1"), "一处小问题"))
    finding = scene.of(ref).seq
    do(scene, (places.AskFindingField(ref, finding, "due"), "2026-12-31"))
    scene.press(places.Card(sheet, "2.1/total"))
    proofs.sent(scene, "document", mime="application/pdf", name="a.pdf")
    piece = scene.of(ref).seq
    proofs.arrive(house.world, proofs.PDF)
    return replace(names, note=note, of=of, finding=finding, piece=piece)


def _invitations(house: House, ref: str) -> tuple[str, ...]:
    """A link that is out, one that somebody took, and the same of a basis: their public names."""
    lead, found = house.people["lead"], []
    makers: tuple[tuple[Tap, str], ...] = (
        (m.InviteTap(ref, "assessor"), ""),
        (m.InviteTap(ref, "assessor"), "7007"),
        (s.OfferTap(ref, "hidden"), ""),
        (s.OfferTap(ref, "hidden"), "8008"),
    )
    for tap, number in makers:
        lead.press(tap)
        token = re.search(r"start=([\w-]+)", lead.reply.line)
        assert token, lead.reply
        if number:
            outside = Scene(house.world, number)
            outside.do(Ordered("start", token.group(1), "50"))
            outside.press(m.AgreeTap(outside.focus.place.rpartition(":")[2]))
        with house.world.store.read() as unit:
            found += [one.ref for one in unit.invites.unsettled(lead.of(ref).id) if one.ref not in found]
    return tuple(found)


def _submit(house: House) -> None:
    """By the stars: the removed one's sheet is set aside, the others' are submitted, and a look again is asked for."""
    held, lead = house.names[STARS], house.people["lead"]
    do(lead, LINES["set another aside"].steps(held["lead"]))
    for who in RATING[:2]:
        house.people[who].press(SubmitTap(held[who].sheet))
    for who in RATING[:2]:
        do(lead, (places.AskReconsider(held[who].assessment, held[who].sheet, "2.1/total"), "请再看"))


def _close(house: House) -> None:
    """Whatever is open still: what is done after it is the question."""
    lead = house.people["lead"]
    with house.world.store.write() as unit:
        cases = Cases(house.world, unit, unit.people.get(lead.person))
        for held in house.names.values():
            stamp = Stamp(house.world.clock(), Source(CHANNEL, lead.who.chat, "", ""))
            case = cases.by_ref(held["lead"].assessment)
            cases.record(case, [Draft(Closed(case.scheme.otherwise.id, {}))], stamp)
