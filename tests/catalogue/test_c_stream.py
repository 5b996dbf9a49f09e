"""Rows 31-33, 38: updates that come twice, in another order, or under odd numbers."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

from bot.store.inbox import Inbox
from bot.store.values import InboxState, Incoming
from tests.catalogue.invariants import hold
from tests.catalogue.sitting import Sitting, sitting
from tests.catalogue.strange import MARKER
from tests.stories.company import Say, Tap
from tests.stories.running import bot_on

# 31


async def replayed(folder: Path) -> None:
    async with sitting(folder) as desk:
        fake, person = desk.fake, desk.person
        for number, times in enumerate((1, 4)):  # with the first delivery 2 and 5
            fake.updates.replay(times=times)
            await desk.player.do(Say(f"{81 + number}"))
            assert desk.answered() == 1 + 1 + number
        await desk.player.do(Say(MARKER))
        fake.updates.replay(times=2)
        await desk.player.do(Tap("存为备注"))
        person.tap("稍后答")
        fake.updates.replay(times=3)
        await desk.settled()
        before = desk.entries()
    fake.updates.replay(times=2)
    async with bot_on(fake, desk.world):
        await desk.player.do(Say("#4.1.2"))
        assert desk.entries() == before
        await desk.player.do(Say("90"))
    assert desk.ratings() == ["81/100", "9/10"]
    assert desk.notes() == [MARKER]
    assert desk.answered() == 1 + 2 + 1
    hold(desk.world, desk.person)


async def test_row_31_every_update_up_to_five_times_also_across_a_restart(tmp_path: Path) -> None:
    await replayed(tmp_path)


async def test_switched_off_knowing_updates_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take, count = Inbox.take, itertools.count(1)

    def forgetful(self: Inbox, updates: Sequence[Incoming], at: datetime) -> int:
        return take(self, [replace(one, raw=one.raw + " " * next(count)) for one in updates], at)

    monkeypatch.setattr(Inbox, "take", forgetful)
    with pytest.raises(AssertionError):
        await replayed(tmp_path)


# 32


ORDERS = ((2, 1, 0), (1, 0, 2), (0, 2, 1), (1, 2, 0))


async def test_row_32_in_any_order_the_revision_decides(tmp_path: Path) -> None:
    """Three taps made for revisions 0, 1, 2: each counts if it saw the newest answer, else it is told."""
    async with sitting(tmp_path) as desk:
        person = desk.person
        for number, order in enumerate(ORDERS):
            card, shown = await _at_values(desk)
            values = [f"{number * 3 + index + 1}/101" for index in range(3)]
            taps = [_other(shown["65%"], value, revision) for revision, value in enumerate(values)]
            given, told = desk.ratings(), len(person.toasts)
            for index in order:
                person.tap_data(taps[index], card)
                if number % 2:  # across batches, else within one
                    await desk.settled()
            await desk.settled()
            assert desk.ratings() == [*given, *_taken(order, values)], order
            assert len(person.toasts) == told + 3, "every tap is answered"
    hold(desk.world, person)


async def test_row_32_a_shuffled_batch_of_taps(tmp_path: Path) -> None:
    async with sitting(tmp_path) as desk:
        fake, person = desk.fake, desk.person
        for seed in range(2):
            card, shown = await _at_values(desk)
            given = desk.ratings()
            fake.updates.shuffle(seed)
            for label in random.Random(seed).sample(sorted(shown), 4):
                person.tap_data(shown[label], card)
            await desk.settled()
            fake.updates.shuffle(None)
            assert len(desk.ratings()) == len(given) + 1, "one of those that saw the same card"
    hold(desk.world, person)


async def _at_values(desk: Sitting) -> tuple[int, dict[str, str]]:
    """The card of 4.1.2 with the values of a band: its message, and the payload of each by its label."""
    await desk.player.do(Say("#4.1.2"))
    await desk.player.do(Tap("良好"))
    return desk.person.card.id, {b.label[-3:]: b.data or "" for b in desk.person.card.buttons if b.label.endswith("%")}


def _other(payload: str, value: str, more: int) -> str:
    """The tap with another value, from a card on which so many answers more are seen."""
    *head, _, revision = payload.split(":")
    return ":".join([*head, value, str(int(revision) + more)])


def _taken(order: Sequence[int], values: Sequence[str]) -> list[str]:
    """What the rule gives: a tap counts if it saw as many answers as there are."""
    taken: list[str] = []
    for index in order:
        if index == len(taken):
            taken.append(values[index])
    return taken


# 33


async def jumped_back(folder: Path) -> None:
    """An idle week: the numbers begin anew, lower, and run into those of long ago; with a restart in between."""
    async with sitting(folder) as desk:
        fake, known = desk.fake, min(desk.fake.updates.history)
        fake.updates.jump(known - 3)
        for value in ("81", "82", "83", "84"):
            await desk.player.do(Say(value))
            assert len(desk.inbox("done")) == len(fake.updates.history) + max(0, fake.updates.next_id - known)
    assert desk.answered() == 1 + 4
    fake.updates.jump(known)
    async with bot_on(fake, desk.world):
        await desk.player.do(Say("#4.1.2"))
        await desk.player.do(Say("90"))
        again = fake.updates.history[known].text
        fake.updates._again += [fake.updates.history[known]] * 3
        await desk.player.do(Say("#4.1.2"))
    assert desk.ratings() == ["81/100", "9/10"]
    with desk.world.store.read() as unit:
        sharing = [item for item in unit.inbox.listed("done") if item.update_id == known]
    assert len(sharing) == 3, "three updates of one number, each kept once"
    assert "#4.1.2" in again
    hold(desk.world, desk.person)


async def test_row_33_numbers_that_begin_anew_and_meet_old_ones(tmp_path: Path) -> None:
    await jumped_back(tmp_path)


async def test_switched_off_telling_updates_apart_by_their_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, states = Inbox.take, get_args(InboxState)

    def by_number(self: Inbox, updates: Sequence[Incoming], at: datetime) -> int:
        known = {item.update_id for state in states for item in self.listed(state)}
        return take(self, [one for one in updates if one.update_id not in known], at)

    monkeypatch.setattr(Inbox, "take", by_number)
    with pytest.raises((AssertionError, TimeoutError)):
        await jumped_back(tmp_path)


# 38


async def test_row_38_a_gap_in_the_numbers_is_accepted_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sitting(tmp_path) as desk:
        fake = desk.fake
        fake.updates.next_id += 1000
        await desk.player.do(Say("85"))
        fake.updates.replay(times=2)
        await desk.player.do(Say("#4.1.2"))
        await desk.player.do(Say("90"))
    assert desk.ratings() == ["17/20", "9/10"]
    told = [line for line in caplog.messages if "numbers are missing" in line]
    assert len(told) == 1
    assert told[0].startswith("updates: 1000 numbers")
    hold(desk.world, desk.person, log=caplog.text)
