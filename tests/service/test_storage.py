"""Trouble of the storage where updates come in: told once, and once when it is over."""

import logging
from dataclasses import replace

import pytest

from bot.service.access import Door
from bot.service.channel import Incoming
from bot.service.inbox import InboxDesk
from bot.service.phrases import Phrases
from bot.service.world import World
from bot.store import disk
from bot.store.errors import StoreBusy, StoreError, StoreFull
from tests.service.scene import CHANNEL, say

ADMIN = "900"


@pytest.fixture
def watched(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """With an administrator, and a disk that is not nearly full."""
    monkeypatch.setattr(disk, "free", lambda _: disk.LITTLE)
    return replace(world, door=Door(admins=frozenset({(CHANNEL, ADMIN)})))


def told(world: World) -> list[str]:
    """What the administrator is told, by key."""
    keys = ("post.storage-full", "post.storage-well", "post.long-log")
    with world.store.read() as unit:
        waiting = unit.notices.waiting(CHANNEL, ADMIN)
    return [next(key for key in keys if say(key) in notice.content) for notice in waiting]


def test_a_disk_that_is_nearly_full(
    watched: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk, phrases = InboxDesk(watched, CHANNEL), Phrases("zh", watched.store.disk.short_of_room)
    assert desk.take([Incoming(1, "{}", "")]) == 1
    assert phrases.not_saved("") == say("line.not-saved")
    monkeypatch.setattr(disk, "free", lambda _: disk.NONE - 1)
    for _ in range(3):
        with pytest.raises(StoreFull):
            desk.take([Incoming(2, "{}", "")])
    assert phrases.not_saved("zh-hans") == say("line.storage-full")
    desk.ignore(desk.waiting(9)[0].row, "what was taken is finished")
    monkeypatch.setattr(disk, "free", lambda _: disk.LITTLE)
    assert desk.take([Incoming(2, "{}", "")]) == 1
    assert told(watched) == ["post.storage-full", "post.storage-well"]
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL, logging.WARNING]


@pytest.mark.parametrize(("error", "full"), [(StoreBusy, False), (StoreFull, True), (StoreError, False)])
def test_what_the_store_refuses(
    watched: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[StoreError],
    full: bool,
) -> None:
    desk = InboxDesk(watched, CHANNEL)

    def refuse(*_: object) -> int:
        raise error("secret words of a person")

    with monkeypatch.context() as broken:
        broken.setattr("bot.store.inbox.Inbox.take", refuse)
        for _ in range(2):
            with pytest.raises(error):
                desk.take([Incoming(1, "{}", "")])
        assert watched.store.disk.short_of_room() is full
    assert desk.take([Incoming(1, "{}", "")]) == 1
    assert not watched.store.disk.short_of_room()
    assert told(watched) == ["post.storage-well"]
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL, logging.WARNING]
    assert "secret" not in caplog.text


def test_one_trouble_after_another(watched: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = InboxDesk(watched, CHANNEL)
    errors = iter((StoreBusy("x"), StoreBusy("x"), StoreFull("x")))

    def refuse(*_: object) -> int:
        raise next(errors)

    monkeypatch.setattr("bot.store.inbox.Inbox.take", refuse)
    seen = []
    monkeypatch.setattr("bot.service.storage.log.critical", lambda _, name: seen.append(name))
    for _ in range(3):
        with pytest.raises(StoreError):
            desk.take([])
    assert seen == ["StoreBusy", "StoreFull"]


def test_a_long_log_is_told_once_until_it_was_short(watched: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = InboxDesk(watched, CHANNEL)
    for limit in (-1, -1, 10**9, -1):
        monkeypatch.setattr(disk, "LONG_LOG", limit)
        desk.take([])
    assert told(watched) == ["post.long-log"] * 2
