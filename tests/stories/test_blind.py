"""What an assessor's phone is sent, call by call, whether the other one beside them works or sleeps: the same.

Two panels alike but for that, before the fake Telegram. Tests of the service go through all screens by chance
(tests/service/test_blind.py); this one goes through what only a channel has: messages, toasts, files, reminders.
"""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.service.reminding import ReminderDesk
from bot.view import payload as p
from bot.view import places
from bot.view.evidence_places import ShowTap
from bot.view.life_places import RemindTap
from tests.fake_telegram import FakeTelegram
from tests.service.bench import Bench, Standing, bench, opened, seated
from tests.service.proofs import arrive, picture
from tests.service.scene import CHANNEL
from tests.store.making import open_file
from tests.stories.member import Member
from tests.stories.running import bot_on

A, B = 2002, 3003
DAY = 86_400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bench]:
    """The panel in its places, made once: its file, to be copied."""
    file = tmp_path_factory.mktemp("panel") / "gradewalk.db"
    open_file(file).dispose()
    with opened(file, "a", Standing()) as world:
        return file, bench(world)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Of each course one."""
    both = tmp_path / "idle", tmp_path / "busy"
    for folder in both:
        folder.mkdir()
    return both


class Course:
    """A's day, and B's between its steps. `seen`: what A's phone was sent, step by step."""

    def __init__(self, fake: FakeTelegram, at: Bench, clock: Standing, *, busy: bool) -> None:
        world = at.lead.world
        self.at, self.clock, self.fake, self.world = at, clock, fake, world
        self.a, self.b = Member(fake, world, A, "示例员 2002"), Member(fake, world, B, "示例员 3003")
        self.seen: list[tuple[str, Any]] = []
        self._busy, self._second, self._calls, self._toasts = busy, 0, 0, 0
        self._numbers: dict[int, int] = {}

    async def step(self, name: str, does: Callable[[], Awaitable[object]], meanwhile: Awaitable[object] | None) -> None:
        """B does one thing, or nothing; then A does theirs, at the same second as in the other course."""
        self._second += 60
        self.clock.at(self._second)
        if meanwhile is not None:
            await meanwhile
        self._second += 60
        self.clock.at(self._second)
        await does()
        calls, self._calls = self.fake.calls[self._calls :], len(self.fake.calls)
        # "Is uploading" is shown while a file is being made, so as long as this machine is slow.
        mine = [c for c in calls if str(c.params.get("chat_id")) == str(A) and c.method != "sendChatAction"]
        sent = [(c.method, self._plain(c.params)) for c in mine]
        toasts, self._toasts = self.a.person.toasts[self._toasts :], len(self.a.person.toasts)
        self.seen.append((name, (sent, toasts)))

    async def go(self) -> None:
        """Every step, then the bytes of all files."""
        await self.a.player.settled()  # the cards that waited for the bot to begin
        ways = list(zip(self._mine(), self._theirs(), strict=False))
        assert len(ways) == len(list(self._mine())), "B has something to do at each step"
        for (name, does), meanwhile in ways:
            await self.step(name, does, meanwhile() if self._busy else None)
        files = [m for m in self.a.person.chat if m.attachment and not m.mine]
        self.seen.append(("files", [(m.text, m.attachment.name, self.a.person.download(m)) for m in files]))  # type: ignore[union-attr]

    def _plain(self, params: Any) -> Any:
        """Numbers of messages count in all chats of the bot: those that A sees, in the order they appear."""
        if isinstance(params, str) and params.startswith(("{", "[")):
            params = json.loads(params)
        if isinstance(params, list):
            return [self._plain(one) for one in params]
        if not isinstance(params, dict):
            return params
        return {
            key: self._numbers.setdefault(int(value), len(self._numbers)) if key == "message_id" else self._plain(value)
            for key, value in params.items()
        }

    def _mine(self) -> list[tuple[str, Callable[[], Awaitable[object]]]]:
        a, at = self.a, self.at
        sheet = at.sheet(at.one)

        async def photo(caption: str, seed: int = 1) -> None:
            a.person.send_photo(picture(seed=seed), caption=caption)
            await a.player.settled()

        async def arrived() -> None:
            await asyncio.to_thread(arrive, self.world, picture(seed=1))
            await a.say("/my")

        async def reminded() -> None:
            self._second += 4 * DAY
            self.clock.at(self._second)
            told = await asyncio.to_thread(ReminderDesk(self.world, CHANNEL).remind)
            assert str(A) in told.chats
            await a.say("/my")

        return [
            ("list", lambda: a.say("/my")),
            ("head", lambda: a.press(places.Head)),
            ("sheets", lambda: a.press(places.Sheets)),
            ("next", lambda: a.press(places.NextOpen)),
            ("tap", lambda: a.press(p.AnswerTap, value="v0")),
            ("type", lambda: a.say("85")),
            ("note", lambda: a.press(places.AskNote)),
            ("noted", lambda: a.say("甲的备注")),
            ("photo", lambda: photo("前台")),
            ("again", lambda: photo("同一张")),
            ("arrived", arrived),
            ("back", lambda: a.press(places.Head)),
            ("evidence", lambda: a.press(places.EvidenceBoard)),
            ("item", lambda: a.press(places.EvidenceItem)),
            ("show", lambda: a.press(ShowTap)),
            ("caption", lambda: a.press(places.AskCaption)),
            ("captioned", lambda: a.say("大厅")),
            ("discard", lambda: a.press(places.AskDiscard)),
            ("discarded", lambda: a.say("拍错了")),
            ("forget", lambda: a.say("/forget")),
            ("notes", lambda: a.press(places.NoteBooks)),
            ("texts", lambda: a.press(places.Texts)),
            ("erase", lambda: a.press(places.ConfirmErase)),
            ("result", lambda: a.say("/result")),
            ("export", lambda: a.say("/export")),
            ("file", lambda: a.press(p.ExportTap, format="html")),
            ("settings", lambda: a.say("/settings")),
            ("remind", lambda: a.press(RemindTap, on=1)),
            ("reminded", reminded),
            ("check", lambda: self._open(a, places.Check(sheet))),
        ]

    async def _open(self, member: Member, payload: places.Place | p.Tap) -> None:
        """As by a button of an older card."""
        card = member.person.card
        member.person.tap_data(p.encode(payload), card.id)
        await member.player.settled()

    def _theirs(self) -> list[Callable[[], Awaitable[object]]]:
        b, at = self.b, self.at
        sheet = at.sheet(at.two)

        async def rate(question: str, text: str) -> None:
            await self._open(b, places.Card(sheet, question))
            await b.say(text)

        async def photo() -> None:
            await self._open(b, places.Card(sheet, "2.1/total"))
            b.person.send_photo(picture(seed=1), caption="乙的照片")
            await b.player.settled()

        async def note(text: str) -> None:
            await self._open(b, places.AskNote(sheet, "2.1/total"))
            await b.say(text)

        async def flag() -> None:
            await self._open(b, p.FlagTap(sheet, "3/total", 1))

        async def file() -> None:
            await self._open(b, p.ExportTap(at.ref, "html"))

        turns = [
            lambda: b.say("/my"),
            lambda: rate("2.1/total", "10"),
            lambda: rate("3/total", "20"),
            lambda: note("乙的私下备注"),
            photo,
            flag,
            file,
            lambda: rate("1.2/total", "30"),
            photo,
            lambda: note("乙的另一条"),
        ]
        return [*turns, *turns, *turns]


async def course(made: tuple[Path, Bench], folder: Path, *, busy: bool) -> list[tuple[str, Any]]:
    file, template = made
    clock = Standing()
    with opened(Path(shutil.copy(file, folder / "gradewalk.db")), "b", clock) as world:
        fake = FakeTelegram(start=clock().timestamp())
        one = Course(fake, seated(template, world), clock, busy=busy)
        async with bot_on(fake, world, files=None, reminders=None):
            await one.go()
        if busy:
            assert len(one.at.state_of(one.at.two).given) == 3, "B was busy"
            assert len(one.at.lead.state(one.at.ref).evidence) > 2
        return one.seen


async def test_an_assessors_phone_is_sent_the_same_whether_another_works_or_sleeps(
    made: tuple[Path, Bench], folders: tuple[Path, Path]
) -> None:
    idle = await course(made, folders[0], busy=False)
    busy = await course(made, folders[1], busy=True)
    for here, there in zip(idle, busy, strict=True):
        assert here == there
    assert sum(len(sent) for _, (sent, _) in idle[:-1]) > len(idle), "something was sent at each step"
    assert len(idle[-1][1]) >= 2, "a photo and a file"
