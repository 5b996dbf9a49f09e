"""From 'Telegram was heard' to beats, word to the chats, and the end where another process took over."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.service.presence import Told
from bot.telegram import watch as module
from bot.telegram.stopping import Exit, Stop
from bot.telegram.watch import LOST_LINE, Watch
from bot.telegram.writer import Writer

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Steady:
    """The clock that nobody sets, in the test's hands."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Kept:
    """Presence and lease: what they were told, and what they answer."""

    def __init__(self) -> None:
        self.beats: list[tuple[float | None, int | None]] = []
        self.announced: list[bool] = []
        self.renewed = 0
        self.owed = False
        self.ours: bool | Exception = True
        self.answers: list[Told | Exception] = []
        self.failing = False
        self.heard = asyncio.Event()

    def beat(self, silence: timedelta | None = None, drift: int | None = None) -> bool:
        self.beats.append((None if silence is None else silence.total_seconds(), drift))
        if self.failing:
            raise OSError("secret")
        return self.owed

    def announce(self, *, anyway: bool = False) -> Told:
        self.announced.append(anyway)
        answer = self.answers.pop(0) if self.answers else Told((), left=False)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def renew(self) -> bool:
        self.renewed += 1
        if isinstance(self.ours, Exception):
            raise self.ours
        return self.ours


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> Steady:
    clock = Steady()
    monkeypatch.setattr(module, "boot_seconds", clock)
    return clock


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def watch(kept: Kept, steady: Steady) -> Watch:
    assert steady() > 0
    return Watch(kept, kept, lambda: NOW)


@pytest.fixture
def writer() -> Iterator[Writer]:
    with Writer() as made:
        yield made


async def rounds(watch: Watch, writer: Writer, woken: list[str], times: int = 1) -> None:
    """What `run` does before it waits, so many times."""
    for _ in range(times):
        await watch._still_ours(writer)
        await watch._beat(writer)
        await watch._tell(writer, woken.append)


async def test_the_first_beat_of_a_process_leaves_the_silence_to_what_is_stored(
    watch: Watch, kept: Kept, writer: Writer
) -> None:
    await rounds(watch, writer, [])
    assert kept.beats == [], "nothing was heard yet"
    watch.in_touch()
    await rounds(watch, writer, [], 2)
    assert kept.beats == [(None, None)], "and no second one for the same news"
    assert kept.renewed == 3


async def test_the_longest_silence_since_the_beat_before(
    watch: Watch, kept: Kept, writer: Writer, steady: Steady
) -> None:
    watch.in_touch()
    await rounds(watch, writer, [])
    for seconds in (30, 200, 5):
        steady.now += seconds
        watch.in_touch()
    await rounds(watch, writer, [])
    steady.now += 30
    watch.in_touch()
    await rounds(watch, writer, [])
    assert kept.beats[1:] == [(200.0, None), (30.0, None)]


async def test_what_could_not_be_kept_is_kept_by_the_next_beat(
    watch: Watch, kept: Kept, writer: Writer, steady: Steady, caplog: pytest.LogCaptureFixture
) -> None:
    watch.in_touch()
    await rounds(watch, writer, [])
    steady.now += 200
    watch.in_touch()
    kept.failing = True
    await rounds(watch, writer, [])
    kept.failing = False
    steady.now += 10
    watch.in_touch()
    await rounds(watch, writer, [])
    assert [silence for silence, _ in kept.beats] == [None, 200.0, 200.0]
    assert "secret" not in caplog.text


async def test_the_chats_are_told_after_a_while_and_some_at_a_time(
    watch: Watch, kept: Kept, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.owed = True
    kept.answers = [Told((), left=True), Told(("1", "2"), left=True), Told(("3",), left=False)]
    woken: list[str] = []
    watch.in_touch()
    await rounds(watch, writer, woken)
    assert kept.announced == [], "what was sent meanwhile is still coming in"
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0.0)
    await rounds(watch, writer, woken)
    assert (kept.announced, woken) == ([False], []), "nothing could be told yet"
    await rounds(watch, writer, woken)
    assert (kept.announced, woken) == ([False] * 3, ["1", "2", "3"])
    await rounds(watch, writer, woken, 2)
    assert len(kept.announced) == 3


async def test_after_half_a_minute_they_are_told_anyway(
    watch: Watch, kept: Kept, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.owed = True
    watch.in_touch()
    await rounds(watch, writer, [])
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.0)
    await rounds(watch, writer, [])
    assert kept.announced == [True]


async def test_storage_trouble_while_telling_is_tried_again(
    watch: Watch, kept: Kept, writer: Writer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0.0)
    kept.owed = True
    kept.answers = [OSError("secret"), Told(("1",), left=False)]
    woken: list[str] = []
    watch.in_touch()
    await rounds(watch, writer, woken, 2)
    assert woken == ["1"]
    assert "secret" not in caplog.text


async def test_run_beats_when_telegram_is_first_heard_and_after_an_absence(
    watch: Watch, kept: Kept, writer: Writer, steady: Steady
) -> None:
    beaten = asyncio.Event()
    real = kept.beat
    loop = asyncio.get_running_loop()

    def beat(silence: timedelta | None = None, drift: int | None = None) -> bool:
        loop.call_soon_threadsafe(beaten.set)
        return real(silence, drift)

    kept.beat = beat  # type: ignore[method-assign]
    running = asyncio.create_task(watch.run(writer, lambda _: None, Stop()))
    async with asyncio.timeout(10):  # less than the 20 s between two beats
        watch.in_touch()
        await beaten.wait()
        beaten.clear()
        while kept.renewed < 2:  # noqa: ASYNC110  once more, for what set it off; then it rests
            await asyncio.sleep(0)
        await writer(int)  # what it renewed is heard of by now
        for _ in range(20):
            await asyncio.sleep(0)
        steady.now += 121
        watch.in_touch()
        await beaten.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert kept.beats == [(None, None), (121.0, None)]


async def test_a_lost_lease_ends_the_run(
    watch: Watch, kept: Kept, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Stop()
    kept.ours = False
    await watch.run(writer, lambda _: None, stop)
    assert (stop.code, caplog.messages) == (Exit.CONFLICT, [LOST_LINE])


async def test_a_lease_that_cannot_be_renewed_does_not(
    watch: Watch, kept: Kept, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    kept.ours = OSError("secret")
    assert await watch._still_ours(writer)
    assert "the lease could not be renewed" in caplog.text
    assert "secret" not in caplog.text


async def test_a_clock_that_differs_is_logged_when_it_begins_and_when_it_ends(
    watch: Watch, kept: Kept, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    for seconds in (0, 60, -61, -600, 30, 0):
        watch.server_time(NOW + timedelta(seconds=seconds))
    assert caplog.messages == [
        "this machine's clock differs from Telegram's by +61 s: set it",
        "this machine's clock agrees with Telegram's again",
    ]
    watch.server_time(NOW + timedelta(seconds=600))
    assert caplog.messages[2:] == ["this machine's clock differs from Telegram's by -600 s: set it"]
    watch.in_touch()
    await rounds(watch, writer, [])
    assert kept.beats == [(None, -600)]
