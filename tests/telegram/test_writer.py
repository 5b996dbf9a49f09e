"""The writer: one call at a time, in the order asked for, what came in before all else; and cancelled calls."""

import asyncio
from threading import Event

import pytest

from bot.telegram.writer import Writer


async def _started(writer: Writer, gate: Event) -> asyncio.Task[bool]:
    """A call that holds the writer until the gate opens."""
    holding = asyncio.create_task(writer(gate.wait, 10))
    await asyncio.sleep(0)
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
