"""A panel at one assessment: a lead who may rate, two assessors, one who only looks. No channel, no network.

Who belongs is recorded by the lead's word, without a link. The clock stands still until it is put on.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from bot.domain import panel_commands as k
from bot.domain.record import Source
from bot.domain.state import SheetState
from bot.service.cases import Cases, Stamp
from bot.service.outbox import OutboxDesk
from bot.service.world import World
from bot.store.engine import open_engine
from bot.store.values import Role
from bot.view import payload as p
from bot.view import places
from bot.view.blind_places import BeginTap, SubmitTap
from tests.service.scene import CHANNEL, ORGANISATION, STARS, START, Scene, library
from tests.store.making import store_on


class Standing:
    """The same moment until it is told another."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def at(self, second: int) -> None:
        self.now = START + timedelta(seconds=second)


def admit(lead: Scene, ref: str, someone: Scene, role: Role = "assessor") -> None:
    """As the lead admits who was invited."""
    someone.order("start")
    member = someone.person
    with lead.world.store.write() as unit:
        cases = Cases(lead.world, unit, unit.people.get(lead.person))
        stamp = Stamp(lead.world.clock(), Source(CHANNEL, lead.who.chat, "", ""))
        cases.act(cases.by_ref(ref), k.Admit(member, role, "t"), stamp)


@dataclass
class Bench:
    """ref: the assessment; sheets: person's scene -> the public name of their main sheet."""

    ref: str
    lead: Scene
    one: Scene
    two: Scene
    viewer: Scene
    sheets: dict[str, str]

    def sheet(self, scene: Scene) -> str:
        return self.sheets[scene.who.external_id]

    def state_of(self, scene: Scene) -> SheetState:
        """The person's first sheet, folded anew."""
        mine = [sheet for sheet in self.lead.state(self.ref).sheets.values() if sheet.person == scene.person]
        return mine[0]

    def rate(self, scene: Scene, ratings: Iterable[tuple[str, str]]) -> None:
        """Answer by button: (question, value as in AnswerTap)."""
        for question, value in ratings:
            given = {str(q): one.revision for q, one in self.state_of(scene).given.items()}
            scene.press(p.AnswerTap(self.sheet(scene), question, value, given.get(question, 0)))

    def submit(self, *scenes: Scene) -> None:
        for scene in scenes:
            scene.press(places.ConfirmSubmit(self.sheet(scene)))
            scene.press(SubmitTap(self.sheet(scene)))


def bench(world: World, scheme: str = STARS, covers: str = "total", *, lead_rates: bool = True) -> Bench:
    """Everybody in their places, with a sheet of their own begun."""
    lead, one, two, viewer = (Scene(world, name) for name in ("1001", "2002", "3003", "4004"))
    ref = lead.begin(scheme, ORGANISATION)
    sheets = {lead.who.external_id: lead.sheet(ref)}
    for someone, role in ((one, "assessor"), (two, "assessor"), (viewer, "viewer")):
        admit(lead, ref, someone, role)  # type: ignore[arg-type]
    for someone in (one, two):
        someone.press(BeginTap(ref, covers))
        sheets[someone.who.external_id] = own_sheet(world, someone, ref)
    if not lead_rates:
        lead.press(places.AskSetAside(lead.sheet(ref)))
        lead.say("组长不评分")
    return Bench(ref, lead, one, two, viewer, sheets)


@contextmanager
def opened(file: Path, prefix: str, clock: Callable[[], datetime]) -> Iterator[World]:
    """A world whose ids count up; it need not survive a power cut. prefix: different for each one on the same file."""
    engine = open_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF").close())
    try:
        yield World(store_on(engine, prefix), library(), clock)
    finally:
        engine.dispose()


def seated(made: Bench, world: World) -> Bench:
    """The same people on a copy of the file."""
    return replace(
        made,
        lead=Scene(world, made.lead.who.external_id),
        one=Scene(world, made.one.who.external_id),
        two=Scene(world, made.two.who.external_id),
        viewer=Scene(world, made.viewer.who.external_id),
    )


def own_sheet(world: World, someone: Scene, ref: str) -> str:
    """The public name of the person's newest sheet."""
    inner = someone.of(ref).id
    person = someone.person
    with world.store.read() as unit:
        return [one.ref for one in unit.assessments.sheets(inner) if one.person == person][-1]


def sent(scene: Scene) -> list[object]:
    """All that waits to be sent to this chat, files with their bytes."""
    desk = OutboxDesk(scene.world, CHANNEL)
    return [
        (one.kind, one.text, one.file_name, one.caption, one.data() if one.data else b"")
        for one in desk.notices()
        if one.chat == scene.who.chat
    ]


def told(scene: Scene) -> list[str]:
    """The texts that wait for this chat."""
    with scene.world.store.read() as unit:
        return [json.loads(one.content).get("text", "") for one in unit.notices.waiting(CHANNEL, scene.who.chat)]
