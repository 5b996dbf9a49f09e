"""A person who sends evidence, before the real bot: what rows 51 and 71-77 begin with, and evil files for them."""

import asyncio
import hashlib
import io
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from bot.domain.evidence import Evidence
from bot.service.world import World
from tests.catalogue.drivers import log_of
from tests.catalogue.tapping import Sat, fresh_world, sit
from tests.catalogue.walker import SECONDS, Walker
from tests.fake_telegram import FakeTelegram
from tests.service.proofs import picture
from tests.stories.running import bot_on, quiet

MEGABYTES_20 = 20 << 20


@asynccontextmanager
async def sender(folder: Path, **more: Any) -> AsyncIterator[Sat]:
    """One person at a question's card, the bot at work. more: for `run`."""
    fake, world = FakeTelegram(), fresh_world(folder)
    sat = sit(fake, world)
    async with bot_on(fake, world, **more):
        await sat.settled()
        await sat.person.until(sat.person.live_cards)
        yield sat
    assert list((folder / "evidence" / ".coming").glob("*")) == [], "no temporary file is left"


async def arrived(sat: Sat) -> None:
    """Until nothing is to be fetched, worked on or shown any more."""
    await sat.settled(lambda: not waiting(sat.world) and quiet(sat.world))


async def kept(sat: Sat, n: int) -> None:
    """Until the bytes of n pieces are, whatever is shown."""
    async with asyncio.timeout(60):
        # The last step is a commit in the writer's thread, which the fake cannot see.
        while len(held(sat)) < n or waiting(sat.world):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def waiting(world: World) -> int:
    with world.store.read() as unit:
        found = unit.inbox._work.connection.exec_driver_sql("SELECT count(*) FROM fetch WHERE state = 'waiting'")
        return int(found.scalar_one())


def held(sat: Sat) -> list[Evidence]:
    return list(sat.scene.state(sat.ref).evidence.values())


def stored(world: World) -> dict[str, bytes]:
    """Every finished file of the folder, by its name; AssertionError where one is not what its name says."""
    folder = world.store.vault._folder
    found = {path.name: path.read_bytes() for path in folder.glob("??/*")}
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in found.items())
    return found


def kept_in_rows(world: World) -> set[str]:
    """What the database says is kept."""
    with world.store.read() as unit:
        rows = unit.inbox._work.connection.exec_driver_sql("SELECT sha256 FROM blob")
        return {str(row[0]) for row in rows}


def fetched(one: Walker) -> None:
    """Until the bot of another process has fetched all that it is to fetch."""
    ends = time.monotonic() + SECONDS
    while waiting(one.world) or not kept_in_rows(one.world):
        one.settle(restart=False)
        assert time.monotonic() < ends, log_of(one.folder)[-3000:]
    one.settle(restart=False)


def bomb(side: int = 13_000) -> bytes:
    """A PNG of a few hundred kilobytes that unpacks to hundreds of megabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    packer = zlib.compressobj(9)
    rows = packer.compress(bytes((1 + side * 3) * 100)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = rows[2:]  # without the head of the stream: a full flush makes what follows independent of it
    body = rows + again * (side // 100 - 1) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def gif() -> bytes:
    """Two frames."""
    file = io.BytesIO()
    frames = [Image.new("P", (20, 10), colour) for colour in (1, 2)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def evil() -> dict[str, bytes]:
    """Files that are no ordinary pictures, by what is wrong with them."""
    photo = picture(size=(400, 300))
    return {
        "truncated": photo[: len(photo) // 2],
        "gif": gif(),
        "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"x" * 100,
        "tiff": picture("TIFF"),
        "polyglot": b"%PDF-1.4\n%\nPK\x03\x04" + b"z" * 100,
        "lie": b"MZ this is a program",
        "lying head": b"\x89PNG\r\n\x1a\n" + (2**31 - 1).to_bytes(4, "big") * 8,
    }
