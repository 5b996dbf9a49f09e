"""The writer: one call at a time, in the order asked for, what came in before all else; and cancelled calls."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from bot.telegram.writer import A_MOMENT, Alone, Patient, Writer


async def _begun() -> None:
    """What was asked for in a round is handed over after it."""
    for _ in range(2):
        await asyncio.sleep(0)


async def _started(writer: Writer, gate: Event) -> asyncio.Task[bool]:
    """A call that holds the writer until the gate opens."""
    holding = asyncio.create_task(writer(gate.wait, 10))
    await _begun()
    return holding


async def test_calls_run_one_after_another_and_the_first_before_all_that_wait() -> None:
    done: list[str] = []
    gate = Event()
    with Writer() as writer:
        holding = await _started(writer, gate)
        waiting = [asyncio.create_task(writer(done.append, name)) for name in ("a", "b", "c")]
        await asyncio.sleep(0)
        urgent = asyncio.create_task(writer.first(done.append, "kept"))
        await asyncio.sleep(0)
        assert done == []
        gate.set()
        await asyncio.gather(holding, urgent, *waiting)
    assert done == ["kept", "a", "b", "c"]


async def test_a_call_that_fails_or_is_cancelled_gives_its_turn_away() -> None:
    done: list[str] = []
    gate = Event()
    with Writer() as writer:
        holding = await _started(writer, gate)
        failing = asyncio.create_task(writer(int, "no number"))
        given_up = asyncio.create_task(writer(done.append, "given up"))
        after = asyncio.create_task(writer(done.append, "after"))
        await asyncio.sleep(0)
        given_up.cancel()
        gate.set()
        await asyncio.wait_for(after, 10)
        with pytest.raises(ValueError, match="no number"):
            await failing
        assert await holding
    assert given_up.cancelled()
    assert done == ["after"]


async def test_a_turn_given_to_a_call_cancelled_in_that_instant_goes_on_to_the_next() -> None:
    done: list[str] = []
    gate = Event()
    with Writer() as writer:
        holding = await _started(writer, gate)
        unlucky = asyncio.create_task(writer(done.append, "unlucky"))
        after = asyncio.create_task(writer(done.append, "after"))
        await asyncio.sleep(0)
        # The turn comes in the same round of the loop in which the task is cancelled.
        holding.add_done_callback(lambda _: unlucky.cancel())
        gate.set()
        await asyncio.wait_for(after, 10)
    assert "after" in done


async def test_leaving_waits_for_the_call_in_hand_and_lets_the_others_go() -> None:
    done: list[str] = []
    gate = Event()
    with Writer() as writer:
        holding = await _started(writer, gate)
        waiting = asyncio.create_task(writer(done.append, "waiting"))
        await asyncio.sleep(0)
        gate.set()
    assert await holding
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert done == []


class Groups:
    """What a store does: each group is written down as it is kept; `broken` ones are lost whole."""

    def __init__(self, broken: int = 0) -> None:
        self.kept: list[list[str]] = []
        self.told = 0
        self._broken = broken
        self._now: list[str] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        self._now = []
        try:
            yield
            if self._broken:
                self._broken -= 1
                raise OSError("the disk")
            self.kept.append(self._now)
        finally:
            self._now = None

    def write(self, name: str) -> int:
        """How many were kept before this one was, by its group or by itself."""
        if name == "bad":
            raise ValueError(name)
        if self._now is None:
            self.kept.append([name])
        else:
            self._now.append(name)
        return len(self.kept)

    def lost(self) -> None:
        self.told += 1


async def _all(groups: Groups, *names: str) -> list[int | BaseException]:
    gate = Event()
    with Writer(groups.together, groups.lost) as writer:
        holding = await _started(writer, gate)
        tasks = [asyncio.create_task(writer(groups.write, name)) for name in names]
        await asyncio.sleep(0)
        assert not any(task.done() for task in tasks)
        gate.set()
        await holding
        return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_waits_at_the_same_moment_is_kept_as_one() -> None:
    groups = Groups()
    assert await _all(groups, "a", "b", "c") == [0, 0, 0]
    assert groups.kept == [["a", "b", "c"]]


async def test_one_that_fails_in_a_group_harms_nobody() -> None:
    groups = Groups()
    a, bad, c = await _all(groups, "a", "bad", "c")
    assert (a, c) == (0, 0)
    assert isinstance(bad, ValueError)
    assert groups.kept == [["a", "c"]]


async def test_a_group_that_is_lost_is_done_again_one_by_one() -> None:
    groups = Groups(broken=1)
    a, bad, c = await _all(groups, "a", "bad", "c")
    assert (a, c) == (1, 2)  # each by itself
    assert isinstance(bad, ValueError)
    assert groups.kept == [["a"], ["c"]]
    assert groups.told == 1


async def test_what_is_alone_is_kept_by_itself_in_its_turn() -> None:
    groups = Groups()
    gate = Event()
    with Writer(groups.together, groups.lost) as writer:
        holding = await _started(writer, gate)
        calls = [writer(groups.write, "a"), writer(groups.write, "b"), writer(Alone(groups.write, "alone"))]
        calls += [writer(groups.write, "c"), writer(groups.write, "d"), writer.first(Alone(groups.write, "first"))]
        tasks = [asyncio.create_task(call) for call in calls]
        await asyncio.sleep(0)
        gate.set()
        await holding
        await asyncio.gather(*tasks)
    assert groups.kept == [["first"], ["a", "b"], ["alone"], ["c", "d"]]


async def test_calls_that_the_thread_had_not_begun_with_when_the_writer_was_left_are_cancelled() -> None:
    complaints: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: complaints.append(what))
    gate = Event()
    with Writer() as writer:
        writer._pool.submit(gate.wait, 10)
        call = asyncio.create_task(writer(int, "1"))
        await _begun()
        writer._pool.shutdown(wait=False, cancel_futures=True)
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(call, 10)
    assert complaints == []


class _Clock(asyncio.SelectorEventLoop):
    """Its timers, held until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[float, asyncio.TimerHandle]] = []

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Any, *args: Any, context: Any = None
    ) -> asyncio.TimerHandle:
        if delay != A_MOMENT:
            return super().call_later(delay, callback, *args, context=context)
        self.held.append((delay, handle := asyncio.TimerHandle(0, callback, args, self, context)))
        return handle


def _in_held_time(work: Any) -> None:
    with asyncio.Runner(loop_factory=_Clock) as runner:
        runner.run(work())


def test_what_is_patient_begins_with_the_next_call_and_is_kept_with_it() -> None:
    async def work() -> None:
        groups = Groups()
        with Writer(groups.together) as writer:
            shown = [asyncio.create_task(writer(Patient(groups.write, name))) for name in ("shown a", "shown b")]
            await _begun()
            assert not groups.kept
            await writer(groups.write, "handle")
            await asyncio.gather(*shown)
        assert groups.kept == [["shown a", "shown b", "handle"]]

    _in_held_time(work)


def test_what_is_patient_begins_by_itself_after_a_moment_and_then_anew() -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _Clock)
        done: list[str] = []
        with Writer() as writer:
            for name in "ab":
                shown = asyncio.create_task(writer(Patient(done.append, name)))
                await _begun()
                assert name not in done
                _, timer = loop.held.pop()
                assert not loop.held
                loop.call_soon(timer._run)
                await shown
        assert done == ["a", "b"]

    _in_held_time(work)


def test_the_moment_of_what_is_patient_goes_on_while_others_go_alone() -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _Clock)
        groups, gate = Groups(), Event()
        with Writer(groups.together) as writer:
            shown = asyncio.create_task(writer(Patient(groups.write, "shown")))
            await _begun()
            for _ in range(3):
                await writer.first(Alone(groups.write, "taken"))
            ((_, timer),) = loop.held
            assert not timer.cancelled()
            polling = asyncio.create_task(writer.first(Alone(gate.wait, 10)))
            await _begun()
            timer._run()  # in the midst of a call
            gate.set()
            await asyncio.gather(shown, polling)
            after = asyncio.create_task(writer(Patient(groups.write, "later")))
            await _begun()
            assert not after.done()
            loop.held[-1][1]._run()
            await after
        assert len(loop.held) == 2
        assert groups.kept == [["taken"], ["taken"], ["taken"], ["shown"], ["later"]]

    _in_held_time(work)


async def test_among_others_what_is_patient_has_its_turn() -> None:
    done: list[str] = []
    gate = Event()
    with Writer() as writer:
        holding = await _started(writer, gate)
        waiting = [asyncio.create_task(writer(call)) for call in (Patient(done.append, "a"), lambda: done.append("b"))]
        await _begun()
        gate.set()
        await asyncio.gather(holding, *waiting)
    assert done == ["a", "b"]


async def test_what_is_asked_for_in_one_round_is_kept_as_one() -> None:
    """Also where nothing was under way: the first of many does not go alone."""
    groups = Groups()
    with Writer(groups.together) as writer:
        await asyncio.gather(*(writer(groups.write, name) for name in "abc"))
    assert groups.kept == [["a", "b", "c"]]


async def test_what_was_asked_for_in_the_round_in_which_the_writer_was_left_is_cancelled() -> None:
    done: list[str] = []
    with Writer() as writer:
        call = asyncio.create_task(writer(done.append, "a"))
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(call, 10)
    assert not done
