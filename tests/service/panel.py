"""One organisation's assessments full of marks, and everybody who must not see or change them.

ann leads one assessment of each made-up standard, and a closed one. viewer and assessor are members of them without
a lead's rights; bo is a member of nothing of hers, and has two of his own; guest may not even come in.
"""

import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event, text

from bot.service.access import Door
from bot.service.world import World
from bot.store import memberships
from bot.store.assessment_rows import Member
from bot.store.engine import open_engine
from bot.store.values import Role
from bot.view.places import AskFinding, AskNote, AskPopulation, AskReason
from tests.service.every import EVERY, Refs, refs
from tests.service.scene import PANEL, SHOP, SITES, STARS, Clock, Scene, library
from tests.store.making import store_on

HER_ORGANISATION = "秘密电梯公司"
HER_NOTE, HER_FINDING, HER_REASON, HER_SCOPE = "秘密备注甲", "秘密发现乙", "秘密理由丙", "秘密范围丁"
MADE_UP = Refs("zzzzzzzz", "zzzzzzzz", 2)
"""Names that nothing has."""


@dataclass(frozen=True, slots=True)
class Panel:
    """refs: scheme -> the names of ann's assessment by it; marks: what nobody but its members may ever be sent."""

    world: World
    ann: Scene
    viewer: Scene
    assessor: Scene
    bo: Scene
    guest: Scene
    refs: dict[str, Refs]
    closed: Refs
    marks: tuple[str, ...]

    def all(self) -> Iterator[Refs]:
        yield from (*self.refs.values(), self.closed)


def panel(world: World) -> Panel:
    """Everybody in their places."""
    ann, bo = Scene(world), Scene(world, "2002")
    own = {scheme: ann.begin(scheme, HER_ORGANISATION) for scheme in sorted({scheme for scheme, _ in EVERY.values()})}
    found = {scheme: refs(ann, ref) for scheme, ref in own.items()}
    ann.press(AskNote(found[STARS].sheet, "2.1/total"))
    ann.say(HER_NOTE)
    ann.press(f"1:e:{found[STARS].assessment}:scope")
    ann.say(HER_SCOPE)
    ann.press(AskReason(found[SHOP].sheet, "5.2.2/total"))
    ann.say(HER_REASON)
    ann.press(AskFinding(found[SHOP].assessment))
    ann.say(HER_FINDING)
    ann.press(AskPopulation(found[SITES].assessment))
    ann.say("4")
    ann.press(f"1:c:{found[PANEL].assessment}:conformity:1:0")
    closed = refs(ann, ann.closed())
    found = {scheme: refs(ann, ref) for scheme, ref in own.items()}
    bo.begin(STARS, "别的单位")
    bo.begin(SHOP, "另一单位")
    viewer, assessor = Scene(world, "3003"), Scene(world, "4004")
    for someone, role in ((viewer, "viewer"), (assessor, "assessor")):
        someone.order("start")
        for one in (*found.values(), closed):
            join(world, ann.of(one.assessment).id, someone.person, role)  # type: ignore[arg-type]
    guest = Scene(replace(world, door=Door(open=False)), "5005")
    inner = [ann.of(one.assessment).id for one in (*found.values(), closed)]
    names = [name for one in (*found.values(), closed) for name in (one.assessment, one.sheet)]
    secrets = (HER_ORGANISATION, HER_NOTE, HER_FINDING, HER_REASON, HER_SCOPE, ann.who.name, ann.person)
    return Panel(world, ann, viewer, assessor, bo, guest, found, closed, (*secrets, *names, *inner))


def seated(template: Panel, world: World) -> Panel:
    """The same people on a copy of the database."""

    def again(scene: Scene, world: World = world) -> Scene:
        return Scene(world, scene.who.external_id)

    return replace(
        template,
        world=world,
        ann=again(template.ann),
        viewer=again(template.viewer),
        assessor=again(template.assessor),
        bo=again(template.bo),
        guest=again(template.guest, replace(world, door=Door(open=False))),
    )


@contextmanager
def opened(file: Path) -> Iterator[World]:
    """A world on a file, which need not survive a power cut."""
    engine = open_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF").close())
    yield World(store_on(engine, new_prefix()), library(), Clock())
    engine.dispose()


_opened = itertools.count()


def new_prefix() -> str:
    """Counted names begin anew with each store: those of another on the same file must differ."""
    return chr(ord("a") + next(_opened) % 26)


def join(world: World, assessment: str, person: str, role: Role) -> None:
    """A membership, as an invitation will make it."""
    with world.store.write() as unit:
        at = datetime(2026, 11, 20, tzinfo=UTC)
        memberships.join(unit.people._work, Member(assessment, person, role, at))


def others(world: World, *mine: str) -> str:
    """A hash over every row of every table that has none of these names in it."""
    digest = hashlib.sha256()
    with world.store.read() as unit:
        connection = unit.people._work.connection
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        for (table,) in (row for row in tables.all() if row[0] != "sqlite_sequence"):
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608  a name of our schema
            kept = sorted(repr(tuple(row)) for row in rows if not set(mine) & {str(value) for value in row})
            digest.update(f"{table}{kept}".encode())
    return digest.hexdigest()


def mine(scene: Scene) -> tuple[str, ...]:
    """The names that rows of this person bear: their own, and those of what they lead."""
    with scene.world.store.read() as unit:
        listed = (*unit.assessments.of(scene.person), *unit.assessments.of(scene.person, archived=True))
    led = [one.id for one in listed if one.role == "lead"]
    return (scene.person, scene.who.chat, *led)


def outgoing(scene: Scene) -> str:
    """All that the person's chat is or was sent: the screen, its buttons, notices and what they are made of."""
    with scene.world.store.read() as unit:
        state = unit.chats.state(scene.who.channel, scene.who.chat)
        notices = unit.notices.waiting(scene.who.channel, scene.who.chat)
    return "\n".join([repr(scene.reply), (state.wanted_screen or "") if state else "", *(n.content for n in notices)])
