"""What tests of row 81 and its like share: small disks, processes that hold the database, a bot that waits briefly."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.config import Settings
from bot.service.world import World
from bot.wiring import open_world
from tests.fake_telegram import FakeTelegram, Person
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, library

ADMIN = 900


def world_with_admin(folder: Path) -> World:
    """A world whose administrator is person ADMIN."""
    return open_world(Settings(data_dir=folder, admin_ids=(ADMIN,), _env_file=None), library())


def impatient(world: World, monkeypatch: pytest.MonkeyPatch, seconds: float = 0.1) -> None:
    """Waits for other writers only so long, instead of ten seconds."""
    engine = world.store._engine
    engine.dispose()
    monkeypatch.setattr("bot.store.unit.BUSY_SECONDS", seconds)
    pragma = f"PRAGMA busy_timeout = {int(seconds * 1000)}"
    event.listen(engine, "connect", lambda raw, _: raw.execute(pragma).close())


async def brief(seconds: float) -> None:
    """The bot's pauses, shortened."""
    await asyncio.sleep(min(seconds, 0.02))


@asynccontextmanager
async def asked(world: World) -> AsyncIterator[Player]:
    """A person before the running bot, whose card offers "85%"; the bot's pauses are brief. ADMIN is there too."""
    fake = FakeTelegram()
    Person(fake, ADMIN, "Operator", "zh-hans").start()
    person = Person(fake, 1001, "Example", "zh-hans")
    player = Player(person, world)
    async with bot_on(fake, world, pause=brief):
        for step in (Say("/start"), *begun("zh")):
            await player.do(step)
        await player.do(Tap("守法合规"))
        await player.do(Tap("80%–100%"))
        yield player


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """A file system of its own there; skips where we may mount nothing."""
    place.mkdir(exist_ok=True)
    try:
        done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("may not mount: needs root on Linux")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def filled(folder: Path, leave: int = 0) -> Path:
    """A file that takes all room but `leave` bytes."""
    file = folder / "somebody-elses"
    with file.open("wb", buffering=0) as out:
        try:
            while shutil.disk_usage(folder).free > leave:
                out.write(os.urandom(min(1 << 16, max(1, shutil.disk_usage(folder).free - leave))))
        except OSError:
            pass
    return file


@contextmanager
def held(database: Path, *statements: str) -> Iterator["subprocess.Popen[str]"]:
    """Another process that carried these statements out and still has the connection open."""
    code = (
        "import sqlite3, sys\n"
        f"c = sqlite3.connect({str(database)!r}, isolation_level=None)\n"
        f"for s in {statements!r}: c.execute(s).fetchone()\n"
        "print(flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "\n"
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def toasts(player: Player) -> list[str]:
    return [toast.text for toast in player.person.toasts]
