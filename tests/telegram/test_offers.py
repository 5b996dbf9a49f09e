"""What replies offer is shown without a look, and never brings back what was passed already."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.telegram.lean import Lean
from bot.telegram.markup import digest
from bot.telegram.ports import Wanted
from bot.telegram.presenter import Presenter
from bot.telegram.showing import Showing
from bot.telegram.stopping import Stop
from bot.telegram.writer import Writer
from bot.view.screen import Screen
from tests.fake_telegram import FakeTelegram
from tests.telegram.memory import Memory, card
from tests.telegram.stage import Pauses


class Line:
    """A bot whose calls wait until they are let through."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self.said: list[str] = []
        self.errors: list[Exception] = []
        self.free = asyncio.Event()
        self.free.set()

    async def edit(self, chat: int, message: int, text: str, mode: str | None, rows: object) -> None:
        del chat, message, mode, rows
        await self._through(text)

    async def say(self, chat: int, text: str, mode: str | None = None, *, silent: bool = False) -> int:
        del chat, mode, silent
        await self._through(text)
        return len(self.said) + 100

    async def strip(self, chat: int, message: int) -> None:
        del chat, message
        await self._through("stripped")

    async def _through(self, text: str) -> None:
        self.said.append(text)
        self._fake.changed()
        await self.free.wait()
        if self.errors:
            raise self.errors.pop()


class Room:
    """A presenter at work on one chat whose card stands already."""

    def __init__(self, memory: Memory, line: Line, writer: Writer, presenter: Presenter, pauses: Pauses) -> None:
        self.memory, self.line, self.writer, self.presenter, self.pauses = memory, line, writer, presenter, pauses

    def wants(self, text: str, *, chat: str = "5", fresh: bool = False) -> Wanted:
        """What a reply would offer now."""
        self.memory.want(chat, card(text), fresh=fresh)
        return self.memory.chats[chat].wanted

    async def said(self, *texts: str) -> None:
        await self.memory.fake.until(lambda: self.line.said == list(texts))

    async def shown(self, version: int, chat: str = "5") -> None:
        await self.memory.fake.until(lambda: self.memory.chats[chat].shown == version)

    @property
    def looks(self) -> int:
        return self.memory.calls.count("behind")


@asynccontextmanager
async def room(memory: Memory) -> AsyncIterator[Room]:
    line, pauses = Line(memory.fake), Pauses(memory.fake)
    for chat in ("5", "6"):
        memory.want(chat, card("begin"))
        memory.placed(chat, 1, 70)
        memory.shown(chat, 1, 70, digest(card("begin")))
    with Writer() as writer:
        showing = Showing(cast("Lean", line), memory, writer)
        presenter = Presenter(memory, writer, showing, Stop(), pauses)
        task = asyncio.create_task(presenter.run())
        try:
            await memory.fake.until(lambda: "notices" in memory.calls)
            yield Room(memory, line, writer, presenter, pauses)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def says(text: str) -> str:
    return card(text).text


@pytest.fixture
async def there(memory: Memory) -> AsyncIterator[Room]:
    async with room(memory) as found:
        yield found


async def test_an_offer_is_shown_without_a_look(there: Room) -> None:
    for version in (2, 3):
        there.presenter.offer(there.wants(f"tap {version}"))
        await there.shown(version)
    there.presenter.offer(there.wants("other", chat="6"))
    await there.shown(2, "6")
    assert there.line.said == [says("tap 2"), says("tap 3"), says("other")]
    assert there.looks == 1, "the one at the start"


async def test_the_newest_wins_while_an_edit_is_under_way(there: Room) -> None:
    there.line.free.clear()
    for number in (2, 3, 4):
        there.presenter.offer(there.wants(f"tap {number}"))
        await there.said(says("tap 2"))
    there.line.free.set()
    await there.shown(4)
    assert there.line.said == [says("tap 2"), says("tap 4")]
    assert there.looks == 1


async def test_a_way_back_is_gone_too(there: Room) -> None:
    """What was offered meanwhile knows the card as it stood before the edit under way."""
    there.line.free.clear()
    there.presenter.offer(there.wants("on"))
    await there.said(says("on"))
    there.presenter.offer(there.wants("begin"))
    there.line.free.set()
    await there.said(says("on"), says("begin"))


async def test_an_older_offer_does_not_replace_a_newer_one(there: Room) -> None:
    there.line.free.clear()
    there.presenter.offer(there.wants("one"))
    await there.said(says("one"))
    older, newer = there.wants("two"), there.wants("three")
    there.presenter.offer(newer)
    there.presenter.offer(older)
    there.line.free.set()
    await there.shown(4)
    assert there.line.said == [says("one"), says("three")]


async def test_a_look_does_not_bring_back_what_an_offer_has_passed(
    there: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = asyncio.Event(), threading.Event()
    loop, really = asyncio.get_running_loop(), there.memory.behind

    def slow(in_hand: Mapping[str, int]) -> Sequence[Wanted]:
        found = really(in_hand)
        loop.call_soon_threadsafe(begun.set)
        go.wait(10)
        return found

    monkeypatch.setattr(Memory, "behind", lambda _, in_hand: slow(in_hand))
    there.wants("two")
    there.presenter.look()
    await begun.wait()
    there.line.free.clear()
    there.presenter.offer(there.wants("three"))
    await there.said(says("three"))
    go.set()
    await there.memory.fake.until(lambda: there.memory.calls.count("notices") == 2)
    await there.writer(list)  # the look has answered
    there.line.free.set()
    await there.shown(3)
    there.presenter.offer(there.wants("four"))
    await there.shown(4)
    assert there.line.said == [says("three"), says("four")]


async def test_what_a_look_finds_beside_an_edit_under_way_comes_after_it(there: Room) -> None:
    there.line.free.clear()
    there.presenter.offer(there.wants("two"))
    await there.said(says("two"))
    there.memory.notify("5", "a seal")
    there.presenter.look()
    await there.memory.fake.until(lambda: there.memory.calls.count("notices") == 2)
    there.line.free.set()
    await there.said(says("two"), "a seal")


async def test_a_while_after_an_offer_the_outbox_is_looked_at(there: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process, or a part of this one that forgot to say so, may have queued something."""
    monkeypatch.setattr("bot.telegram.presenter.OFFERED_SECONDS", 0.01)
    there.presenter.offer(there.wants("two"))
    there.memory.notify("6", "of others")
    await there.said(says("two"), "of others")


async def test_a_notice_that_waits_is_sent_before_the_card(there: Room) -> None:
    there.memory.notify("5", "a seal")
    there.wants("two")
    there.presenter.wake("5")
    await there.said("a seal", says("two"))


async def test_a_card_that_changed_by_others_is_newer_than_what_was_offered(there: Room) -> None:
    there.line.free.clear()
    there.presenter.offer(there.wants("mine"))
    await there.said(says("mine"))
    there.wants("theirs", fresh=True)
    there.presenter.wake("6")  # whoever did it
    await there.memory.fake.until(lambda: there.memory.calls.count("notices") == 2)
    there.line.free.set()
    await there.said(says("mine"), "…", says("theirs"), "stripped")


@pytest.mark.filterwarnings("ignore:.*retry_after")
@pytest.mark.parametrize("flood", [False, True])
async def test_after_a_trouble_the_outbox_says_what_to_show(there: Room, flood: bool) -> None:
    there.line.free.clear()
    there.line.errors.append(RetryAfter(3) if flood else NetworkError("aiohttp.x"))
    there.presenter.offer(there.wants("two"))
    await there.said(says("two"))
    there.presenter.offer(there.wants("three"))
    there.line.free.set()
    if flood:
        await there.memory.fake.until(lambda: there.pauses.asked == [3.5])
        there.pauses.release()
    await there.shown(3)
    assert there.line.said == [says("two"), says("three")]
    assert there.looks > 1


async def test_what_could_not_be_written_down_is_found_by_a_look(there: Room) -> None:
    there.memory.failing.add("shown")
    there.presenter.offer(there.wants("two"))
    await there.memory.fake.until(lambda: bool(there.pauses.asked))
    there.presenter.offer(there.wants("three"))
    there.memory.failing.clear()
    there.pauses.release()
    await there.shown(3)
    assert there.line.said == [says("two"), says("three")]


async def test_an_offer_of_a_fresh_card_leaves_no_buttons_above(there: Room) -> None:
    there.presenter.offer(there.wants("two", fresh=True))
    await there.said("…", says("two"), "stripped")
    await there.memory.fake.until(lambda: there.memory.chats["5"].wanted.strays == ())


async def test_an_edit_that_may_have_arrived_is_not_taken_for_one_that_did_not(there: Room) -> None:
    """The way back looks like what was written down last; what the chat shows, nobody knows."""
    first = there.memory.chats["5"].wanted.screen
    there.presenter.offer(there.wants("two"))
    await there.shown(2)
    there.line.errors.append(TimedOut())
    there.presenter.offer(there.wants("three"))
    await there.said(says("two"), says("three"))
    there.presenter.offer(there.wants("two"))
    await there.shown(4)
    assert there.line.said == [says("two"), says("three"), says("two")]
    assert first.text


async def test_nothing_offered_is_begun_once_the_bot_stops(there: Room) -> None:
    await there.presenter.finish(1)
    there.presenter.offer(there.wants("late"))
    await asyncio.sleep(0)
    assert there.line.said == []
    assert there.memory.chats["5"].shown == 1, "the next run finds it"


def test_a_digest_is_of_the_durable_form() -> None:
    screen: Any = Screen("<b>ä</b>\ud800", card("x").rows)
    assert digest(screen, screen.to_json()) == digest(screen)
    assert digest(screen, card("other").to_json()) != digest(screen)
