"""Rows 81, 84, 86: a full disk, a database that others hold, a log that cannot be written back."""

import asyncio
import logging
from contextlib import nullcontext
from pathlib import Path

import pytest

from bot.service.channel import Incoming
from bot.service.inbox import InboxDesk
from bot.store import disk
from bot.store.errors import StoreFull
from tests.catalogue.invariants import hold
from tests.catalogue.storing import ADMIN, asked, filled, held, impatient, mounted, toasts, world_with_admin
from tests.fake_telegram import Person
from tests.service.scene import say
from tests.stories.company import Say

FULL, NOT_SAVED = say("line.storage-full"), say("line.not-saved")


async def test_row_81_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing at all is left, as without the margin that is kept."""
    monkeypatch.setattr(disk, "NONE", 0)
    monkeypatch.setattr(disk, "RESERVE", 0)
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=16m", "tmpfs") as folder:
        world = world_with_admin(folder)
        async with asked(world) as player:
            person = player.person
            hog = filled(folder)
            toast = await person.press("85%")
            assert toast is not None
            assert (toast.text, toast.alert) == (FULL, True)
            assert person.fake.updates.pending, "what could not be kept stays with Telegram"
            hog.unlink()
            await player.settled()
            assert "85%" in person.screen()
            await player.do(Say("90"))
            assert "90%" in person.screen()
        hold(world, person, Person(person.fake, ADMIN), log=caplog.text)
        world.store.close()


async def test_row_81_the_disk_is_nearly_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What was taken is finished, nothing new is taken, whoever taps or runs the bot hears why; it ends by itself."""
    monkeypatch.setattr(disk, "NONE", 4 * disk.MEGABYTE)
    monkeypatch.setattr(disk, "RESERVE", disk.MEGABYTE)
    monkeypatch.setattr("bot.telegram.presenter.IDLE_SECONDS", 0.2)  # nobody wakes it for the administrator
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=16m", "tmpfs") as folder:
        world = world_with_admin(folder)
        world.store.disk.keep_reserve()
        reserve = folder / "gradewalk.db-reserve"
        assert reserve.stat().st_blocks * 512 >= disk.RESERVE, "it must really take the room"
        async with asked(world) as player:
            person = player.person
            admin = Person(person.fake, ADMIN, "Operator", "zh-hans")
            hog = filled(folder, leave=3 * disk.MEGABYTE)
            for _ in range(2):
                toast = await person.press("85%")
                assert toast is not None
                assert (toast.text, toast.alert) == (FULL, True)
            assert not reserve.exists()
            assert person.fake.updates.pending
            await admin.sees(say("post.storage-full"))
            hog.unlink()
            await player.settled()
            await admin.sees(say("post.storage-well"))
            assert reserve.exists()
            assert "4.2.1" in person.screen(), "the first of the two taps was saved, the card went on"
        hold(world, person, admin, log=caplog.text)
        world.store.close()
    lines = [record.message for record in caplog.records if record.name == "bot.service.storage"]
    assert [line.split(":")[1].strip() for line in lines] == ["StoreFull", "well again after StoreFull"]


def test_switched_off_the_margin_of_row_81(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the margin the same disk takes all until it is full."""
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=16m", "tmpfs") as folder:
        world = world_with_admin(folder)
        filled(folder, leave=3 * disk.MEGABYTE)
        for none, taken in ((4 * disk.MEGABYTE, False), (0, True)):
            monkeypatch.setattr(disk, "NONE", none)
            monkeypatch.setattr(disk, "RESERVE", 0)
            with nullcontext() if taken else pytest.raises(StoreFull):
                InboxDesk(world, "telegram").take([Incoming(1, "{}", "")])
        world.store.close()


@pytest.mark.parametrize("told", [False, True])
async def test_row_84_another_process_holds_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, told: bool
) -> None:
    """For less than the wait: it takes longer. For more: "not saved", the update stays at Telegram. Both end alone."""
    world = world_with_admin(tmp_path)
    async with asked(world) as player:
        person = player.person
        impatient(world, monkeypatch, 0.1 if told else 20.0)
        with held(tmp_path / "gradewalk.db", "BEGIN EXCLUSIVE"):
            person.tap("85%")
            if told:
                await person.until(lambda: toasts(player)[-1] == NOT_SAVED)
                assert person.fake.updates.pending
            else:
                await asyncio.sleep(0.3)  # nothing happens, and that has no event
        await player.settled()
        assert "85%" in person.screen()
    assert (NOT_SAVED in toasts(player)) is told
    hold(world, person, Person(person.fake, ADMIN), log=caplog.text)
    alarms = [record.message for record in caplog.records if record.levelno == logging.CRITICAL]
    assert len(alarms) == (1 if told else 0)
    world.store.close()


async def test_row_84_held_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each tap is told; the alarm comes once; all of it is had when that ends."""
    world = world_with_admin(tmp_path)
    async with asked(world) as player:
        person = player.person
        impatient(world, monkeypatch, 0.05)
        with held(tmp_path / "gradewalk.db", "BEGIN EXCLUSIVE"):
            for _ in range(3):
                toast = await person.press("85%")
                assert toast is not None
                assert toast.text == NOT_SAVED
            assert person.fake.updates.pending
        await player.settled()
    hold(world, person, Person(person.fake, ADMIN), log=caplog.text)
    with world.store.read() as unit:
        assert [row.state for row in unit.inbox.listed("done")[-3:]] == ["done"] * 3
    assert caplog.text.count("storage: StoreBusy") == 1, "the alarm comes once"
    assert caplog.text.count("storage: well again") == 1
    world.store.close()


def test_row_86_a_reader_that_never_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(disk, "LONG_LOG", 9 * disk.MEGABYTE)
    world = world_with_admin(tmp_path)
    desk = InboxDesk(world, "telegram")
    log = tmp_path / "gradewalk.db-wal"
    numbers = iter(range(1, 10_000))

    def take(megabytes: int) -> None:
        for _ in range(megabytes):
            desk.take([Incoming(next(numbers), "x" * disk.MEGABYTE, "1")])

    take(15)
    assert log.stat().st_size < disk.LONG_LOG, "bounded while nobody reads for ever"
    with held(tmp_path / "gradewalk.db", "BEGIN", "SELECT count(*) FROM person"):
        take(15)
        assert log.stat().st_size > disk.LONG_LOG
    take(2)
    assert log.stat().st_size <= 8 * disk.MEGABYTE, "it shrinks by itself"
    alarms = [record.message for record in caplog.records if record.levelno == logging.CRITICAL]
    assert len(alarms) == 1
    assert "write-ahead log" in alarms[0]
    with world.store.read() as unit:
        (told,) = unit.notices.waiting("telegram")
    assert told.chat == str(ADMIN)
    world.store.close()
    assert not log.exists(), "written back when the bot stops"
