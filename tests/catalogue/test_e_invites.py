"""Invitations: guessed, forwarded, used twice at once; and a member removed between card and tap. Rows 46, 56 to 58."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.panel_entries import MemberJoined, MemberRemoved
from bot.service import membership
from bot.service.access import invited_only
from bot.service.events import Delivery, Ordered, Tapped
from bot.service.joining import GUESSES
from bot.service.respond import Conversation
from bot.service.world import World
from bot.store.invites import Invites
from bot.view.places import Members, Requests
from bot.wiring import chance
from tests.catalogue import guessing
from tests.catalogue.invariants import hold
from tests.catalogue.tapping import FIRST, SECOND, Sat, fresh_world, sit
from tests.catalogue.test_e_authority import rows, settled
from tests.fake_telegram import FakeTelegram, Person
from tests.service.scene import ORGANISATION, Scene, say
from tests.stories.running import bot_on

NOTE = "秘密备注"


@dataclass
class Panel:
    """ann, in the middle of an assessment with a note, and others with phones."""

    fake: FakeTelegram
    world: World
    ann: Sat

    async def link(self, role: str = "assessor") -> str:
        """What stands behind start= in the message that ann gets."""
        await self.ann.tap(Members(self.ann.ref))
        await self.press(self.ann.person, "button.invite")
        await self.press(self.ann.person, f"button.invite-{role}")
        await self.ann.person.sees("https://t.me/gradewalk_test_bot?start=")
        links = [m.text for m in self.ann.person.chat if "?start=" in m.text]
        found = re.search(r"start=([\w-]{32})\s", links[-1])
        assert found, links[-1]
        return found.group(1)

    async def press(self, person: Person, label: str, **params: object) -> None:
        await person.press(say(label, **params))
        await self.ann.settled()

    async def open(self, person: Person, token: str) -> None:
        person.start(token)
        await settled(self.fake, self.world)

    async def joined(self, number: int, name: str, role: str = "assessor") -> Person:
        person = Person(self.fake, number, name)
        await self.open(person, await self.link(role))
        await self.press(person, "button.agree")
        await self.press(self.ann.person, "button.see-requests")
        await self.press(self.ann.person, "button.admit", n=1)
        return person

    def members(self) -> dict[str, str]:
        return dict(self.ann.scene.state(self.ann.ref).members)


def begun(folder: Path, *, invited: bool = False) -> Panel:
    fake, world = FakeTelegram(), fresh_world(folder, invited=invited, admins=("1001",))
    ann = sit(fake, world)
    ann.scene.press(f"1:w:{ann.sheet}:{FIRST}")
    ann.scene.say(NOTE)
    return Panel(fake, world, ann)


async def test_row_58_a_link_that_was_forwarded(tmp_path: Path) -> None:
    """By invitation only, four people: the lead has the word; who was not let in sees and leaves nothing."""
    panel = begun(tmp_path, invited=True)
    fake, world, ann = panel.fake, panel.world, panel.ann
    bo, carl, dora = (Person(fake, n, name) for n, name in ((2002, "Bo"), (3003, "Carl"), (4004, "Dora")))
    async with bot_on(fake, world):
        await ann.settled()
        token = await panel.link()
        await panel.open(carl, token)
        await panel.open(dora, token)
        for stranger in (carl, dora):
            assert ORGANISATION in stranger.card.text
            assert say("consent.title") in stranger.card.text
        await panel.press(dora, "button.decline")
        await panel.press(carl, "button.agree")
        assert say("consent.waits") in carl.card.text
        await panel.open(bo, token)
        await bo.sees(invited_only().splitlines()[0])  # he came too late
        entries = ann.scene.entries(ann.ref)
        await panel.press(ann.person, "button.see-requests")
        assert "Carl" in ann.person.card.text
        await panel.press(ann.person, "button.refuse", n=1)
        assert panel.members() == {ann.scene.person: "lead"}
        assert ann.scene.entries(ann.ref) == entries, "nobody joined, nothing is recorded"
        for stranger in (bo, carl, dora):
            assert not any(NOTE in head for head in stranger.heads)
            assert not any(NOTE in m.text or ann.ref in repr(m.buttons) for m in stranger.chat)
            assert stranger.live_cards() == []
        assert rows(world)["person"] == rows(world)["account"] == rows(world)["chat"] == 1
        assert kept(world, "2002") == {"inbox.chat_key"}, "he came too late: whose update it was"
        assert kept(world, "3003", "4004", "Bo", "Dora") == set()
        assert kept(world, "Carl") == {"notice.content", "chat.wanted_screen", "inbox.raw"}, "what the lead was shown"
        await panel.open(bo, await panel.link())
        await panel.press(bo, "button.agree")
        await panel.press(ann.person, "button.see-requests")
        await panel.press(ann.person, "button.admit", n=1)
        assert isinstance(ann.scene.entries(ann.ref)[-1].body, MemberJoined)
        await bo.sees(say("post.admitted-assessor", assessment=ORGANISATION))
        await panel.press(bo, "button.begin-own")
        hold(world, ann.person, bo, carl, dora, markers=[NOTE])
    world.store.close()
    assert token not in stored(tmp_path), "nothing of the link is kept but its hash"


DIGESTS = {
    "hash",
    "prev",
    "head",
    "body_hash",
    "digest",
    "shown_digest",
    "scheme_digest",
    "scoring_digest",
    "token_hash",
}
"""Columns of random hexadecimal digits, where a short number turns up by itself."""


def kept(world: World, *marks: str) -> set[str]:
    """Every column of every table that has one of these in it."""
    found: set[str] = set()
    with world.store.read() as unit:
        connection = unit.people._work.connection
        for table in rows(world):
            held = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()  # noqa: S608  a name of our schema
            found |= {
                f"{table}.{name}"
                for row in held
                for name in set(row) - DIGESTS
                if any(mark in str(row[name]) for mark in marks)
            }
    return found


def stored(folder: Path) -> str:
    """All that stands in the database. Its log, gone when it is closed, holds for a while what was received."""
    return "".join(file.read_bytes().decode("latin-1") for file in folder.glob("gradewalk.db*"))


@pytest.mark.parametrize("count", [1500, pytest.param(50_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_row_56_guesses(count: int, tmp_path: Path) -> None:
    report = guessing.run(count, 7, tmp_path)
    assert (report.joins, report.members) == (0, 0), str(report)
    assert report.answers["the card"] <= guessing.ACCOUNTS * GUESSES
    assert report.answers["the line"] <= guessing.ACCOUNTS * GUESSES
    assert report.answers["silence"] >= count - 2 * guessing.ACCOUNTS * GUESSES


async def test_row_56_by_phone_ten_wrong_links_then_silence(tmp_path: Path) -> None:
    """Expired, used, revoked: tests/service/test_joining.py."""
    panel = begun(tmp_path)
    guesser = Person(panel.fake, 2002, "Guesser")
    async with bot_on(panel.fake, panel.world):
        await panel.ann.settled()
        right = await panel.link()
        for number in range(GUESSES):
            await panel.open(guesser, f"{right[:-1]}{'_' if right[-1] != '_' else '-'}"[: 32 - number])
        assert {m.text for m in guesser.chat if m.live} == {guesser.card.text}
        assert say("line.link-of-no-use") in guesser.card.text
        said = len([m for m in guesser.chat if not m.mine])
        await panel.open(guesser, right)
        assert len([m for m in guesser.chat if not m.mine]) == said
        guesser.say("/my")
        await panel.ann.settled()
        assert len([m for m in guesser.chat if not m.mine]) == said + 1, "all else goes on"
        assert panel.members() == {panel.ann.scene.person: "lead"}
        hold(panel.world, panel.ann.person, guesser)


def at_once(*acts: Callable[[], object]) -> None:
    """Each in a thread of its own, let go together."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def race(folder: Path, rounds: int) -> None:
    """One link, two people, two threads with a store each, as two processes have: exactly one asks and joins."""
    world = fresh_world(folder)
    world.bot.username = "gradewalk_test_bot"
    other = replace(world, store=type(world.store)(world.store._engine, *chance()))
    ann = Scene(world)
    ref = ann.begin("bjkb-006")
    for number in range(rounds):
        ann.press(f"1:mk:{ref}:assessor")
        token = ann.reply.line.partition("start=")[2].split()[0]
        pair = [Scene(w, f"{2 + place}{number:03}") for place, w in enumerate((world, other))]
        for one in pair:
            one.do(Ordered("start", token, "1"))
        taps = [one.button("button.agree").payload for one in pair]

        def agree(place: int, pair: list[Scene] = pair, taps: list[str] = taps) -> None:
            Conversation(pair[place].world).handle(pair[place].who, Tapped(taps[place]), Delivery())

        at_once(lambda: agree(0), lambda: agree(1))
        told = [one for one in pair if say("consent.waits") in one.text]
        ann.press(Requests(ref))
        asked = [one for one in pair if one.who.name in ann.text]
        assert len(asked) == 1, number
        assert told == asked, "one is told so, the other that it is of no use"
        ann.tap(say("button.admit", n=1))
        assert [bool(one.listed) for one in asked] == [True]
        assert len(ann.state(ref).members) == number + 2
    ann.press(Requests(ref))
    assert say("requests.none") in ann.text


@pytest.mark.parametrize("rounds", [3, pytest.param(200, marks=pytest.mark.long)])
def test_row_57_one_link_two_people_at_the_same_moment(rounds: int, tmp_path: Path) -> None:
    race(tmp_path, rounds)


async def test_row_46_removed_between_card_and_tap(tmp_path: Path) -> None:
    """The card gives way to home at once, with a notice; what is tapped on the old one is refused."""
    panel = begun(tmp_path)
    ann = panel.ann
    async with bot_on(panel.fake, panel.world):
        await ann.settled()
        bo = await panel.joined(2002, "Bo")
        await panel.press(bo, "button.begin-own")
        await bo.press(bo.card.labels[0])
        await ann.settled()
        card, answers = bo.card, [b.data for b in bo.card.buttons]
        await ann.tap(Members(ann.ref))
        await ann.person.press("Bo")
        await ann.settled()
        await panel.press(ann.person, "button.remove-member")
        await ann.say("换人了")
        await panel.press(ann.person, "button.remove-now")
        assert isinstance(ann.scene.entries(ann.ref)[-1].body, MemberRemoved)
        await bo.sees(say("post.removed", assessment=ORGANISATION, reason="换人了"))
        assert say("home.empty") in bo.card.text
        assert [m.id for m in bo.live_cards()] == [bo.card.id]
        entries = ann.scene.entries(ann.ref)
        for data in answers:
            bo.tap_data(data or "", card.id)
        await ann.settled()
        assert ORGANISATION not in bo.card.text
        assert ann.scene.entries(ann.ref) == entries
        assert "80%" in await ann.tap(ann.data(SECOND, "4/5", 0)), "the others go on"
        hold(panel.world, ann.person, bo, markers=[NOTE])


def the_lead_has_the_word(folder: Path) -> None:
    """Who agreed belongs to nothing yet."""
    world = fresh_world(folder)
    world.bot.username = "gradewalk_test_bot"
    ann, bo = Scene(world), Scene(world, "2002")
    ref = ann.begin("bjkb-006")
    ann.press(f"1:mk:{ref}:viewer")
    bo.do(Ordered("start", ann.reply.line.partition("start=")[2].split()[0], "1"))
    bo.tap("button.agree")
    assert bo.listed == ()
    bo.order("my")
    assert ORGANISATION not in bo.text


def test_row_58_the_lead_has_the_word(tmp_path: Path) -> None:
    the_lead_has_the_word(tmp_path)


# the protections switched off


def test_switched_off_single_use_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened the link can agree; the last one has it."""

    def anybody(self: Invites, invite_id: str, person: str, at: object, terms: str) -> bool:
        sql = "UPDATE invite SET taken_by = ?, taken_at = made_at, terms = ? WHERE id = ?"
        self._work.connection.exec_driver_sql(sql, (person, terms, invite_id))
        return bool(at)

    monkeypatch.setattr(Invites, "take", anybody)
    monkeypatch.setattr("bot.store.values.Invite.free", lambda *_: True)
    with pytest.raises(AssertionError):
        race(tmp_path, 2)


async def test_switched_off_the_hash_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "hashed", lambda token: token)
    with pytest.raises(AssertionError, match="nothing of the link is kept"):
        await test_row_58_a_link_that_was_forwarded(tmp_path)


def test_switched_off_the_limit_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.quota.Quota.spent", lambda *_: False)
    with pytest.raises(AssertionError):
        test_row_56_guesses(400, tmp_path)


def test_switched_off_the_leads_word_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever agrees belongs at once."""
    plain = Invites.take

    def at_once_in(self: Invites, invite_id: str, person: str, at: object, terms: str) -> bool:
        taken = plain(self, invite_id, person, at, terms)  # type: ignore[arg-type]
        sql = (
            "INSERT INTO membership (assessment, person, role, joined_at)"
            " SELECT assessment, ?, kind, made_at FROM invite WHERE id = ?"
        )
        self._work.connection.exec_driver_sql(sql, (person, invite_id))
        return taken

    monkeypatch.setattr(Invites, "take", at_once_in)
    with pytest.raises(AssertionError):
        the_lead_has_the_word(tmp_path)
