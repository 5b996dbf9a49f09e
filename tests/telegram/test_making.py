"""Files are made a few at a time, each once, and nobody waits longer than asked."""

import asyncio
import threading

import pytest

from bot.telegram.making import Making


class Slow:
    """A file that is made when the test says so; counts how many are in hand at the same time."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.lock = threading.Lock()
        self.now = self.most = self.times = 0

    def __call__(self) -> bytes:
        with self.lock:
            self.now += 1
            self.times += 1
            self.most = max(self.most, self.now)
        assert self.go.wait(10)
        with self.lock:
            self.now -= 1
        return b"file"


async def test_two_at_a_time_and_all_in_the_end() -> None:
    making, slow = Making(), Slow()
    waiting = await asyncio.gather(*(making.made(n, slow, 0.05) for n in range(5)))
    assert waiting == [None] * 5
    assert slow.most == 2
    slow.go.set()
    assert await asyncio.gather(*(making.made(n, slow, 5.0) for n in range(5))) == [b"file"] * 5
    assert (slow.most, slow.times) == (2, 5), "asking again makes nothing twice"


async def test_a_file_is_given_once_and_then_made_anew() -> None:
    making, made = Making(), iter((b"one", b"two"))
    assert await making.made(7, lambda: next(made), 5.0) == b"one"
    assert await making.made(7, lambda: next(made), 5.0) == b"two"


async def test_what_making_raises_is_raised_and_frees_the_place() -> None:
    making = Making(at_once=1)

    def broken() -> bytes:
        raise LookupError("gone")

    for _ in range(3):
        with pytest.raises(LookupError):
            await making.made(1, broken, 5.0)
    assert await making.made(2, lambda: b"x", 5.0) == b"x"
