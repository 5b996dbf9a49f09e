"""The event loop is watched: a standstill is told once, with how long."""

import asyncio
import re
import time
from types import SimpleNamespace

import pytest

from bot.telegram import watchdog as module
from bot.telegram.watchdog import watchdog


class Loop:
    """A loop whose time the test makes."""

    def __init__(self) -> None:
        self.now = 0.0

    def time(self) -> float:
        return self.now


async def test_only_what_takes_longer_than_two_seconds(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loop, lateness = Loop(), iter([0.0, 1.9, 3.3, 0.1, 200.0])

    async def sleep(seconds: float) -> None:
        try:
            loop.now += seconds + next(lateness)
        except StopIteration:
            raise asyncio.CancelledError from None

    monkeypatch.setattr(module, "asyncio", SimpleNamespace(get_running_loop=lambda: loop, sleep=sleep))
    with pytest.raises(asyncio.CancelledError):
        await watchdog()
    assert caplog.messages == ["the event loop stood still for 3.3 s", "the event loop stood still for 200.0 s"]


async def test_a_loop_that_really_stands_still(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(module, "LIMIT_SECONDS", 0.2)
    task = asyncio.create_task(watchdog())
    await asyncio.sleep(0)
    time.sleep(0.3)  # noqa: ASYNC251  that is the fault
    async with asyncio.timeout(5):
        while not caplog.messages:  # noqa: ASYNC110  the log has no event
            await asyncio.sleep(0.01)
    task.cancel()
    assert re.fullmatch(r"the event loop stood still for \d+\.\d s", caplog.messages[0])
