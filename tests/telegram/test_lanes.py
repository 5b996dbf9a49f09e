"""Order in a chat, concurrency across chats, and rows that fail."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.telegram.lanes import CAP, Lanes
from bot.telegram.ports import Incoming, Waiting
from bot.telegram.writer import Writer


class Rows:
    """An inbox that knows rows only."""

    def __init__(self, *chats: str) -> None:
        self.rows = [Waiting(number, number, "", chat, 0) for number, chat in enumerate(chats, start=1)]
        self.done: list[int] = []
        self.later: set[int] = set()
        self.looks = 0
        self.broken = 0
        self._loop = asyncio.get_running_loop()
        self._looked = asyncio.Event()

    async def looked(self, times: int) -> None:
        while self.looks < times:
            self._looked.clear()
            await self._looked.wait()

    def waiting(self, limit: int) -> Sequence[Waiting]:
        self.looks += 1
        self._loop.call_soon_threadsafe(self._looked.set)
        if self.broken:
            self.broken -= 1
            raise OSError("disk")
        shown: defaultdict[str, int] = defaultdict(int)
        due = []
        for row in self.rows:
            if row.row in self.done or row.row in self.later:
                continue
            shown[row.chat] += 1
            if shown[row.chat] <= limit:
                due.append(row)
        return due

    def take(self, updates: Sequence[Incoming]) -> int:
        raise NotImplementedError

    def taken(self, updates: Sequence[Incoming], limit: int) -> Sequence[Waiting] | None:
        raise NotImplementedError

    def ignore(self, row: int, reason: str) -> None:
        raise NotImplementedError

    def failed(self, row: int, reason: str, *, final: bool = False) -> bool:
        raise NotImplementedError


async def no_pause(_: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def lanes_of(rows: Rows, work: Callable[[Waiting], Awaitable[bool]]) -> AsyncIterator[Lanes]:
    with Writer() as writer:
        lanes = Lanes(rows, writer, work, no_pause)
        task = asyncio.create_task(lanes.run())
        try:
            async with asyncio.timeout(10):
                yield lanes
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class Hands:
    """Work under the test's control: a row waits for its turn, `at` says which are in hand."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.at: dict[int, asyncio.Future[bool]] = {}
        self.seen: list[int] = []
        self._changed = asyncio.Condition()

    async def __call__(self, row: Waiting) -> bool:
        self.at[row.row] = asyncio.get_running_loop().create_future()
        self.seen.append(row.row)
        async with self._changed:
            self._changed.notify_all()
        return await self.at[row.row]

    async def has(self, *rows: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: sorted(self.at) == list(rows))

    def end(self, row: int, *, done: bool = True) -> None:
        (self.rows.done.append if done else self.rows.later.add)(row)
        self.at.pop(row).set_result(done)


async def test_a_chat_goes_in_order_and_chats_go_side_by_side() -> None:
    rows = Rows("a", "a", "b", "b", "")
    hands = Hands(rows)
    async with lanes_of(rows, hands):
        await hands.has(1, 3, 5)
        hands.end(3)
        await hands.has(1, 4, 5)
        hands.end(1)
        await hands.has(2, 4, 5)


async def test_a_row_in_hand_is_not_begun_twice_however_often_the_lanes_are_woken() -> None:
    rows = Rows("a", "a")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        for _ in range(5):
            looks = rows.looks
            lanes.wake()
            await rows.looked(looks + 1)
        hands.end(1)
        await hands.has(2)
        hands.end(2)
        lanes.wake()
        await hands.has()
    assert hands.seen == [1, 2]


async def test_a_failed_row_holds_its_chat_until_it_comes_again() -> None:
    rows = Rows("a", "a", "b")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1, 3)
        hands.end(1, done=False)
        lanes.wake()
        hands.end(3)
        rows.rows.append(Waiting(4, 4, "", "b", 0))
        lanes.wake()
        await hands.has(4)  # the others go on
        rows.later.clear()
        lanes.wake()
        await hands.has(1, 4)
        hands.end(1)
        await hands.has(2, 4)
    assert hands.seen == [1, 3, 4, 1, 2]


async def test_what_the_poll_found_is_begun_without_another_look_in_order_and_once() -> None:
    rows = Rows("a")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        rows.rows += [Waiting(2, 2, "", "a", 0), Waiting(3, 3, "", "b", 0)]
        looks = rows.looks
        for _ in range(3):
            lanes.found(list(rows.rows))
        await hands.has(1, 3)
        hands.end(1)
        await hands.has(2, 3)
        assert rows.looks == looks
    assert hands.seen == [1, 3, 2]


async def test_a_failed_row_that_the_poll_finds_due_again_is_begun_before_its_chats_others() -> None:
    rows = Rows("a", "a")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        hands.end(1, done=False)
        await asyncio.sleep(0)
        lanes.found(rows.rows[1:])  # it rests: the other one has to wait for it
        lanes.found(rows.rows)
        await hands.has(1)
        hands.end(1)
        await hands.has(2)
    assert hands.seen == [1, 1, 2]


async def test_a_failed_row_is_looked_for_soon_though_nothing_else_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.lanes.HELD_SECONDS", 0.05)
    rows = Rows()
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await rows.looked(1)
        await asyncio.sleep(0.01)  # the lanes wait for their idle look
        rows.rows.append(Waiting(1, 1, "", "a", 0))
        lanes.found(rows.rows)
        await hands.has(1)
        hands.end(1, done=False)
        rows.rows.append(Waiting(2, 2, "", "b", 0))
        lanes.found(rows.rows[1:])
        await hands.has(2)
        looks = rows.looks
        rows.later.clear()
        await hands.has(1, 2)
        assert rows.looks > looks
    assert hands.seen == [1, 2, 1]


async def test_what_the_poll_finds_before_the_lanes_run_or_in_a_full_lane_is_left_to_their_own_look() -> None:
    rows = Rows("a")
    hands = Hands(rows)
    with Writer() as writer:
        Lanes(rows, writer, hands, no_pause).found(rows.rows)
    assert hands.seen == []
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        looks = rows.looks
        lanes.found([Waiting(row, row, "", "b", 0) for row in range(2, CAP + 2)])
        await rows.looked(looks + 1)
        await hands.has(1)


async def test_a_failed_row_that_never_comes_again_does_not_hold_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.lanes.LONGEST_HOLD", 0.0)
    rows = Rows("a", "a")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        hands.end(1, done=False)
        await asyncio.sleep(0)
        lanes.wake()
        await hands.has(2)


async def test_work_that_raises_leaves_the_row_and_the_lane(caplog: pytest.LogCaptureFixture) -> None:
    rows = Rows("a", "b")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1, 2)
        hands.at.pop(1).set_exception(OSError("secret words"))
        await asyncio.sleep(0)
        lanes.wake()
        await hands.has(1, 2)
    assert "secret" not in caplog.text
    assert "OSError" in caplog.text


async def test_an_inbox_that_cannot_be_read_is_read_again() -> None:
    rows = Rows("a")
    rows.broken = 3
    hands = Hands(rows)
    async with lanes_of(rows, hands):
        await hands.has(1)


async def test_one_full_chat_keeps_nobody_waiting_and_loses_nothing() -> None:
    rows = Rows(*["flood"] * (3 * CAP + 7), "b")
    seen: list[int] = []
    full = asyncio.Event()

    async def work(row: Waiting) -> bool:
        seen.append(row.row)
        rows.done.append(row.row)
        await asyncio.sleep(0)
        if len(seen) == len(rows.rows):
            full.set()
        return True

    async with lanes_of(rows, work):
        await full.wait()
    assert seen.index(3 * CAP + 8) < 5
    seen.remove(3 * CAP + 8)
    assert seen == list(range(1, 3 * CAP + 8))
    assert rows.looks < 8  # not one look per row


async def test_finishing_waits_for_what_is_in_hand_and_begins_nothing() -> None:
    rows = Rows("a", "a")
    hands = Hands(rows)
    async with lanes_of(rows, hands) as lanes:
        await hands.has(1)
        finishing = asyncio.create_task(lanes.finish(5))
        await asyncio.sleep(0)
        hands.end(1)
        await finishing
        lanes.wake()
    assert hands.seen == [1]
