"""Who may do what: forged payloads, replays, groups, strangers, floods. Each through the real bot, where it can."""

import asyncio
import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.service.access import Door, invited_only
from bot.service.channel import Incoming
from bot.service.events import Delivery, Event, Reply, Said, Who
from bot.service.inbox import InboxDesk
from bot.service.respond import Conversation
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store import assessments
from bot.store.assessment_rows import ASSESSMENT, MEMBERSHIP
from bot.telegram.batch import chat_of
from bot.telegram.lanes import CAP
from bot.view.payload import encode
from bot.words import COMMANDS
from tests.catalogue.forging import forge
from tests.catalogue.invariants import hold
from tests.catalogue.tapping import FIRST, SECOND, fresh_world, sit
from tests.fake_telegram import FakeTelegram, Person, Toast
from tests.fake_telegram.kinds import KINDS
from tests.fake_telegram.world import Query
from tests.service.every import EVERY, OWN, refs
from tests.service.scene import ORGANISATION, Clock, Scene, say
from tests.stories.running import bot_on, quiet

UNKNOWN = say("refusal.unknown-assessment")


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_row_53_forged_payloads(count: int, tmp_path: Path) -> None:
    report = forge(count, 7, tmp_path)
    assert (report.count, report.reads, report.writes, report.raised) == (count, 0, 0, 0), str(report)


def test_switched_off_membership_is_seen_by_the_forger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that gives every assessment to everybody, as to its lead."""
    whoever_leads = (MEMBERSHIP.c.assessment == ASSESSMENT.c.id, MEMBERSHIP.c.role == "lead")
    monkeypatch.setattr(assessments, "_REACHED", assessments._reached(*whoever_leads))
    assert forge(60, 7, tmp_path).reads


async def test_row_54_every_button_of_somebody_else(tmp_path: Path) -> None:
    """By phone; every handler, event, role and export stands in tests/service/test_foreign.py."""
    fake, world = FakeTelegram(), fresh_world(tmp_path)
    ann, bo = sit(fake, world), sit(fake, world, 2002)
    before = ann.scene.entries(ann.ref)
    async with bot_on(fake, world):
        await bo.settled()
        names, shown = refs(ann.scene, ann.ref), bo.person.card.labels
        for kind in OWN:
            bo.person.tap_data(encode(EVERY[kind][1](names)), bo.person.card.id)
        await bo.settled()
        assert bo.person.toasts == [Toast(UNKNOWN, alert=False)] * len(OWN)
        assert bo.person.card.labels == shown
        assert ann.scene.entries(ann.ref) == before
        hold(world, ann.person, bo.person)


async def test_row_55_a_real_tap_replayed_from_elsewhere(tmp_path: Path) -> None:
    """From another's chat, from a group by anybody, through an inline card: refused; in one's own it would work."""
    fake, world = FakeTelegram(), fresh_world(tmp_path)
    ann, bo = sit(fake, world), sit(fake, world, 2002)
    data = ann.data(FIRST, "4/5", 0)
    async with bot_on(fake, world):
        await ann.settled()
        card = ann.person.card.id
        assert await bo.tap(data, card) == UNKNOWN
        group = ann.person.add_bot(-700)
        await ann.settled(lambda: bool(fake.chats[-700].closed))
        group.tap_data(data, card)
        bo.person.at(-700).tap_data(data, card)
        await ann.settled()
        assert {one.toasts[-1] for one in (ann.person, bo.person)} == {Toast(say("private-only"), alert=True)}
        hers = ann.scene.chat
        for query, by, where in (
            ("77", bo.person, {"message": fake.chats[ann.person.id].messages[card].json}),
            ("78", ann.person, {"inline_message_id": "x"}),
        ):
            fake.queries[query] = Query(query, by.id, by.id, card, data, fake.clock.now())
            tap = {"id": query, "from": by.user, "chat_instance": "1", "data": data}
            fake.inject("callback_query", {**tap, **where})
        await ann.settled()
        assert ann.ratings() == []
        assert ann.scene.chat == hers, "nobody else's tap touches her chat"
        hold(world, ann.person, bo.person, group)
        assert "80%" in await ann.tap(data)


def rows(world: World) -> Counter[str]:
    """How many rows each table has."""
    with world.store.read() as unit:
        connection = unit.people._work.connection
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        counts = {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in tables}  # noqa: S608
    counts.pop("sqlite_sequence")
    return Counter(counts)


def texts_kept(world: World) -> int:
    """How many updates of the inbox still have their text."""
    with world.store.read() as unit:
        return len([row for row in unit.inbox.listed("done") if row.raw])


def strange(person: Person) -> None:
    """Everything that a stranger may try."""
    for command in COMMANDS:
        person.say(f"/{command}")
    person.start("invitation-made-up")
    person.say(ORGANISATION)
    sent = person.say("85")
    person.edit(sent, "86")
    for kind in KINDS:
        person.send(kind)
    for data in ("1:h", "1:d:zzzzzzzz", "nonsense"):
        person.tap_data(data, sent)


async def test_row_59_a_stranger(tmp_path: Path) -> None:
    """One line whatever they send, five times a day, then silence; of theirs only emptied rows of the inbox stay."""
    fake, world = FakeTelegram(), fresh_world(tmp_path, invited=True, admins=("1001",))
    ann, stranger = sit(fake, world), Person(fake, 5005, "Stranger", "en")
    before, entries = rows(world), ann.scene.entries(ann.ref)
    async with bot_on(fake, world):
        await ann.settled()
        strange(stranger)
        await settled(fake, world)
        said = [m.text for m in stranger.chat if not m.mine]
        assert said == [invited_only()] * 5
        assert stranger.toasts == []
        assert len(fake.unanswered()) == 3, "silence is not even an empty answer"
        grown = rows(world) - before
        assert set(grown) == {"inbox"}
        assert texts_kept(world) == 0
        clock = world.clock
        assert isinstance(clock, Clock)
        clock.ahead(timedelta(days=1))
        query = stranger.tap_data(encode(EVERY[OWN[0]][1](refs(ann.scene, ann.ref))), 1)
        await fake.until(lambda: fake.queries[query].answered)
        assert stranger.toasts == [Toast(invited_only(), alert=True)], "the same words, as a toast"
        fake.queries = {key: one for key, one in fake.queries.items() if one.answered}
        assert "80%" in await ann.tap(ann.data(FIRST, "4/5", 0)), "who is let in is let alone"
        assert len(ann.scene.entries(ann.ref)) == len(entries) + 1
        hold(world, ann.person, stranger)
    assert [name for name in (ORGANISATION, "示例员", ann.ref) if name in invited_only()] == []


async def settled(fake: FakeTelegram, world: World) -> None:
    """Until all is worked on. Of silence the fake sees nothing."""
    async with asyncio.timeout(100):
        while fake.updates.pending or not quiet(world):  # noqa: ASYNC110  the last step is a commit
            await asyncio.sleep(0.01)


async def test_row_59_who_takes_part_is_no_stranger_and_the_terminal_never_is(tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    Scene(world, "2002").begin("bjkb-006")
    closed = replace(world, door=Door(open=False))
    for who, let_in in (
        (Who("telegram", "2002", "2002", "Bo"), True),
        (Who("telegram", "3003", "3003", "Cy"), False),
        (Who("terminal", "somebody", "somebody", "Di"), True),
    ):
        reply = Conversation(closed).handle(who, Said("85", "1"), Delivery())
        assert (reply == Reply(line=invited_only())) is not let_in, who


async def test_row_60_groups_channels_topics_and_migration(tmp_path: Path) -> None:
    """Whatever happens there: one line in a group, none in a channel, and the bot is gone. Nothing is created."""
    fake, world = FakeTelegram(), fresh_world(tmp_path)
    ann = sit(fake, world)
    before = rows(world)
    async with bot_on(fake, world):
        await ann.settled()
        fake.updates.hold()
        group, channel = ann.person.add_bot(-701), ann.person.add_bot(-702)
        fake.chats[-702].info["type"] = "channel"
        group.say("/start")
        group.say("85")
        for number, kind in ((-703, "group"), (-1704, "supergroup")):
            fake.open_chat({"id": number, "title": "Test group", "type": kind})
        old, upgraded = ann.person.at(-703), ann.person.at(-1704)
        fake.inject("message", service(old, migrate_to_chat_id=-1704))
        fake.inject("message", service(upgraded, migrate_from_chat_id=-703))
        fake.inject("message", service(upgraded, text="85", message_thread_id=4, is_topic_message=True))
        fake.inject("message", service(upgraded, text="85", sender_chat=fake.chats[-1704].info))
        fake.updates.release()
        await ann.settled(lambda: all(fake.chats[one].closed for one in (-701, -702, -1704)))
        line = f"{say('private-only')}\nhttps://t.me/gradewalk_test_bot"
        assert [m.text for m in group.chat if not m.mine] == [line]
        assert [m.text for m in upgraded.chat if not m.mine] == [line]
        assert [m.text for m in channel.chat if not m.mine] == []
        assert [m.text for m in old.chat if not m.mine] == []
        assert set(rows(world) - before) == {"inbox"}
        assert texts_kept(world) == 0, "what others say in a group is not ours to keep"
        hold(world, ann.person, group, channel, old, upgraded)


def service(there: Person, **fields: object) -> dict[str, object]:
    """A message in a group that no phone of the fake sends."""
    chat = there.fake.chats[there.chat_id].info
    return {"message_id": 9000, "date": there.fake.clock.date(), "chat": chat, "from": there.user, **fields}


class Watched(Conversation):
    """Remembers whose turn it was."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.order: list[str] = []

    def handle(self, who: Who, event: Event, delivery: Delivery) -> Reply:
        self.order.append(who.chat)
        return super().handle(who, event, delivery)


@pytest.mark.parametrize("cap", [20, pytest.param(CAP, marks=pytest.mark.long)])
async def test_row_98_a_flooder_slows_only_themselves(
    cap: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a lane holds from one chat, a few taps from others who came after it: told by places in the order.

    Nothing of the flood is dropped, and the flooder is told once.
    """
    monkeypatch.setattr("bot.telegram.lanes.CAP", cap)
    fake, world = FakeTelegram(), fresh_world(tmp_path)
    flooder = sit(fake, world)
    people = [sit(fake, world, 2001 + n) for n in range(4)]
    flood = cap + 10
    for number in range(flood):
        flooder.person.tap_data(flooder.data(FIRST, f"{number % 20 + 1}/20", number), 1)
    for one in people:
        one.person.tap_data(one.data(FIRST, "4/5", 0), 1)
        one.person.tap_data(one.data(SECOND, "3/5", 0), 1)
    conversation = Watched(world)
    async with bot_on(fake, world, conversation=conversation, inbox=filled(fake, world)):
        await flooder.settled()
        await flooder.person.sees(say("line.crowded"))
    order = conversation.order
    assert Counter(order)["1001"] == flood, "nothing is dropped"
    for one in people:
        places = [place for place, chat in enumerate(order) if chat == str(one.person.id)]
        assert places[0] <= 2 * (len(people) + 1), "its turn comes once everybody had one"
        assert places[1] - places[0] <= 2 * (len(people) + 1)
        assert (one.ratings(FIRST), one.ratings(SECOND)) == (["4/5"], ["3/5"])
    assert len(flooder.ratings()) == flood
    assert len([m for m in flooder.person.chat if m.text == say("line.crowded")]) == 1
    assert not any(say("line.crowded") in m.text for one in people for m in one.person.chat)
    hold(world, flooder.person, *(one.person for one in people))


def filled(fake: FakeTelegram, world: World) -> InboxDesk:
    """The inbox, with all that waits at the fake in it: as after a start."""
    desk = InboxDesk(world, CHANNEL)
    desk.take([Incoming(u.id, u.text, chat_of(json.loads(u.text))) for u in fake.updates.pending])
    fake.updates.pending.clear()
    return desk


@pytest.mark.parametrize("crowd", [40, pytest.param(1_000, marks=pytest.mark.long)])
async def test_row_99_a_crowd_of_strangers(crowd: int, tmp_path: Path) -> None:
    fake, world = FakeTelegram(), fresh_world(tmp_path, invited=True, admins=("1001",))
    ann = sit(fake, world)
    before = rows(world)
    strangers = [Person(fake, 10_000 + number, "Stranger", "en") for number in range(crowd)]
    async with bot_on(fake, world):
        await ann.settled()
        for one in strangers:
            one.start()
            one.start("again")
        await settled(fake, world)
        assert "80%" in await ann.tap(ann.data(FIRST, "4/5", 0))
    grown = rows(world) - before
    assert grown["inbox"] == 2 * crowd + 1
    assert set(grown) == {"inbox", "entry", "entry_body"}, "of the strangers nothing, of the member one answer"
    assert texts_kept(world) == 1
    assert all(1 <= len([m for m in one.chat if not m.mine]) <= 2 for one in strangers)
    hold(world, ann.person, *strangers)
