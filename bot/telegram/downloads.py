"""The fetcher of files: from the name that Telegram gave to bytes in a temporary file. Knows no evidence, no screen.

Beside everything else: taps never wait for it. What is under way when the process ends is begun anew by the next one.
Only the configured server is asked, and no more is read than a bot may have (RELIABILITY 4).
"""

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import httpx
from telegram import Bot

from bot.telegram.ports import Fetched, Files, Job, Loss
from bot.telegram.trouble import Kind, Pause, Trouble, attempt, backoff, place, trouble_of
from bot.telegram.writer import Alone, Writer

log = logging.getLogger(__name__)
AT_ONCE = 3
LARGEST = 20 << 20
"""Bytes that are read of a file, whatever anybody says of its size."""
TRIES = 4
"""In a row, of what Telegram says it does not have."""
IDLE_SECONDS = 30.0
STORAGE_PAUSE = 3.0
FILE_SECONDS = 1200.0
"""For a whole file: 20 MB at 17 kB a second."""
LONGEST = 600.0
_CHUNK = 1 << 16
_TIMES = re.compile(r"missing (\d+): ")
_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]{0,300}")


@dataclass(frozen=True, slots=True)
class Body:
    """An answer that is being read. length: as its head says, None where it does not."""

    status: int
    length: int | None
    chunks: AsyncIterator[bytes]


class Source(Protocol):
    """A way to files."""

    def open(self, url: str) -> AbstractAsyncContextManager[Body]:
        """The answer to a GET. Raises what its network raises."""


class Web:
    """The network. Follows no redirection, unpacks nothing."""

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[Body]:
        timeout = httpx.Timeout(30.0, connect=10.0)
        async with (
            httpx.AsyncClient(timeout=timeout, follow_redirects=False) as client,
            client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as response,
        ):
            said = response.headers.get("content-length", "")
            length = int(said) if said.isdecimal() else None
            yield Body(response.status_code, length, response.aiter_raw(_CHUNK))


@dataclass(frozen=True, slots=True)
class _Failed:
    """Why, and after how many seconds again. final: never again, for this reason."""

    reason: str
    seconds: float = 0.0
    final: Loss | None = None


class Downloads:
    """look: make the presenter look at what chats must show."""

    def __init__(
        self, bot: Bot, source: Source, files: Files, writer: Writer, look: Callable[[], None], pause: Pause
    ) -> None:
        self._bot, self._source, self._files, self._writer = bot, source, files, writer
        self._look, self._pause = look, pause
        self._due = asyncio.Event()
        self._due.set()  # what the last run left
        self._under_way: set[tuple[str, int]] = set()

    def wake(self) -> None:
        """Some came, or went."""
        self._due.set()

    async def run(self) -> None:
        """Until cancelled."""
        await self._unless_trouble(self._files.begin)
        seconds = 0.0
        async with asyncio.TaskGroup() as group:
            while True:
                await self._next_time(seconds)
                await self._unless_trouble(self._files.tidy)
                try:
                    due = await self._writer(self._files.due)
                except Exception as error:  # noqa: BLE001  the storage; what is due stays due
                    log.error("what is to be fetched could not be read: %s", place(error))  # noqa: TRY400
                    await self._pause(STORAGE_PAUSE)
                    self._due.set()
                    continue
                seconds = IDLE_SECONDS if due.seconds is None else min(IDLE_SECONDS, due.seconds)
                for job in due.jobs:
                    key = (job.assessment, job.seq)
                    if key not in self._under_way and len(self._under_way) < AT_ONCE:
                        self._under_way.add(key)
                        group.create_task(self._one(job))
                if due.jobs:
                    seconds = IDLE_SECONDS  # each that ends looks for the next

    async def _next_time(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.05, seconds)):
                await self._due.wait()
        except TimeoutError:
            pass
        self._due.clear()

    async def _unless_trouble(self, call: Callable[[], None]) -> None:
        try:
            await self._writer(Alone(call))
        except Exception as error:  # noqa: BLE001  the disk or the database: it is tried again
            log.error("evidence could not be put in order: %s", place(error))  # noqa: TRY400

    async def _one(self, job: Job) -> None:
        """One try for one file."""
        parts: list[Path] = []
        try:
            failed = await self._fetch(job, parts)
            if failed is not None:
                await self._put_down(job, failed)
        except Exception as error:  # noqa: BLE001  the disk or the storage; the row stays due
            log.error("a file could not be kept: %s", place(error))  # noqa: TRY400
            await self._pause(STORAGE_PAUSE)
        finally:
            for part in parts:
                part.unlink(missing_ok=True)
            self._under_way.discard((job.assessment, job.seq))
            self._due.set()
            self._look()

    async def _put_down(self, job: Job, failed: _Failed) -> None:
        log.warning("a file was not fetched: %s", failed.reason)
        if failed.final is not None:
            await self._writer(self._files.lost, job, failed.final)
            return
        seconds = failed.seconds or min(LONGEST, backoff(job.attempts + 1))
        await self._writer(self._files.again, job, failed.reason, seconds)

    async def _fetch(self, job: Job, parts: list[Path]) -> _Failed | None:
        """None: it is kept. parts: the temporary files that were made."""
        file = await attempt(self._bot.get_file(job.file))
        if isinstance(file, Trouble):
            return _refused(job, file)
        url = self._address(file.file_path)
        if url is None:
            return _missing(job, "no path")
        parts.append(await asyncio.to_thread(self._files.part))
        try:
            async with asyncio.timeout(FILE_SECONDS), self._source.open(url) as body:
                read = await _read(job, body, parts[0], file.file_size)
        except TimeoutError:
            return _Failed("it takes too long")
        except OSError:
            raise  # the disk, not the network: httpx has errors of its own
        except Exception as error:  # noqa: BLE001  whatever a network can do
            return _Failed(trouble_of(error).note)
        if isinstance(read, _Failed):
            return read
        found: Fetched = await asyncio.to_thread(self._files.examined, parts[0], *read)
        parts += [found.clean.part] if found.clean else []
        await self._writer(Alone(self._files.keep, job, found))
        return None

    def _address(self, path: object) -> str | None:
        """The file's address on the configured server; None for anything else that an answer may name."""
        base = f"{self._bot.base_file_url}/"
        if not isinstance(path, str) or not path.startswith(base):
            return None
        rest = path.removeprefix(base)
        return path if _PATH.fullmatch(rest) and ".." not in rest and "//" not in rest else None


async def _read(job: Job, body: Body, part: Path, announced: int | None) -> tuple[str, int] | _Failed:
    """SHA-256 and size of what was written."""
    if body.status != HTTPStatus.OK:
        if body.status == HTTPStatus.NOT_FOUND:
            return _missing(job, "404")
        return _Failed(f"HTTP {body.status}")
    if body.length is not None and body.length > LARGEST:
        return _Failed("longer than a bot may have", final="too-large")
    digest, size = hashlib.sha256(), 0
    with await asyncio.to_thread(part.open, "wb") as file:
        async for chunk in body.chunks:
            size += len(chunk)
            if size > LARGEST:
                return _Failed("longer than a bot may have", final="too-large")
            digest.update(chunk)
            await asyncio.to_thread(file.write, chunk)
    if body.length is not None and size != body.length:
        return _Failed("cut off")
    if announced is not None and announced != size:
        odd = f"{size} bytes, not {announced}"
        if body.length is None:
            return _missing(job, odd)  # cut off, as far as we can tell
        if odd != job.reason:
            return _Failed(odd)  # what lies twice in the same way was never cut off
    return (digest.hexdigest(), size) if size else _Failed("empty", final="refused")


def _refused(job: Job, trouble: Trouble) -> _Failed:
    """What getFile's refusal means for the file."""
    match trouble.kind:
        case Kind.TOO_BIG:
            return _Failed(trouble.note, final="too-large")
        case Kind.WAIT | Kind.RETRY | Kind.UNSURE | Kind.STOP | Kind.MAKING:
            return _Failed(trouble.note, trouble.seconds)
        case _:
            return _missing(job, trouble.note)


def _missing(job: Job, reason: str) -> _Failed:
    """Telegram does not have it, or not all of it. It may be a passing fault: given up after several in a row."""
    found = _TIMES.match(job.reason)
    times = int(found[1]) + 1 if found else 1
    return _Failed(f"missing {times}: {reason}", final="gone" if times >= TRIES else None)
