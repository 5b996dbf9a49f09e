"""The writer: what is told of many at once goes as one call, and each by itself where that fails."""

import asyncio
from collections.abc import Sequence
from threading import Event

import pytest

from bot.telegram import writer as writing
from bot.telegram.writer import Several, Writer
from tests.telegram.test_writer import Groups, _begun, _started


class Notes(Groups):
    """Names of one call are joined; one that begins with 'bad' fails, with all of its call."""

    def note(self, several: Sequence[tuple[str]]) -> None:
        names = [name for (name,) in several]
        if any(name.startswith("bad") for name in names):
            raise ValueError(*names)
        self.write("+".join(names))

    def other(self, several: Sequence[tuple[str]]) -> None:
        self.note([(f"other {name}",) for (name,) in several])


async def _all(notes: Notes, *names: str) -> list[object]:
    """What came of calls that wait at the same moment: those that are in brackets are told of many at once."""
    gate = Event()
    with Writer(notes.together, notes.lost) as writer:
        holding = await _started(writer, gate)
        calls = [
            writer(Several(notes.note, name[1:-1])) if name.startswith("(") else writer(notes.write, name)
            for name in names
        ]
        tasks = [asyncio.create_task(call) for call in calls]
        await _begun()
        gate.set()
        await holding
        return list(await asyncio.gather(*tasks, return_exceptions=True))


async def test_they_are_one_call_before_all_else_that_is_kept_with_it() -> None:
    notes = Notes()
    assert await _all(notes, "x", "(a)", "y", "(b)", "(c)") == [0, None, 0, None, None]
    assert notes.kept == [["a+b+c", "x", "y"]]


async def test_where_one_fails_each_is_by_itself() -> None:
    notes = Notes()
    found = await _all(notes, "(a)", "(bad)", "x", "(b)")
    assert [type(one) for one in found] == [type(None), ValueError, int, type(None)]
    assert str(found[1]) == "bad"
    assert notes.kept == [["a", "b", "x"]]


async def test_where_the_group_is_lost_each_is_by_itself() -> None:
    notes = Notes(broken=1)
    assert await _all(notes, "(a)", "x", "(b)") == [None, 3, None]
    assert notes.kept == [["a"], ["b"], ["x"]]
    assert notes.told == 1


async def test_only_what_is_told_of_the_same_is_one_call() -> None:
    notes, gate = Notes(), Event()
    with Writer(notes.together) as writer:
        holding = await _started(writer, gate)
        calls = (
            Several(notes.note, "a"),
            Several(notes.note, "b"),
            Several(notes.other, "c"),
            Several(notes.note, "d"),
        )
        tasks = [asyncio.create_task(writer(call)) for call in calls]
        await _begun()
        gate.set()
        await asyncio.gather(holding, *tasks)
    assert notes.kept == [["a+b", "other c", "d"]]


async def test_once_the_time_of_a_group_is_over_the_others_have_their_turn_and_none_is_done_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "LONGEST", -1.0)
    notes = Notes()
    await _all(notes, "x", "(a)", "y", "(b)")
    assert notes.kept == [["a+b", "x"], ["y"]]


async def test_one_alone_is_a_list_of_one_and_waits_for_company() -> None:
    notes = Notes()
    with Writer(notes.together) as writer:
        task = asyncio.create_task(writer(Several(notes.note, "a")))
        await _begun()
        assert not notes.kept
        await writer(notes.write, "x")
        await task
    assert notes.kept == [["a", "x"]]
