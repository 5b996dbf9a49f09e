"""FakeRequest: python-telegram-bot's transport, into the fake of the same process. Knows no Bot API method."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.downloads import Body
from tests.fake_telegram import gate
from tests.fake_telegram.core import FakeTelegram
from tests.fake_telegram.params import Upload


class FakeRequest(BaseRequest):
    """For `Bot(token, request=…, get_updates_request=…)`; see make_bot.

    Errors are those of HTTPXRequest: NetworkError for a dropped connection, TimedOut after the read timeout.
    """

    def __init__(self, fake: FakeTelegram, *, read_timeout: float | None = 5.0) -> None:
        self.fake = fake
        self._read_timeout = read_timeout
        self._closed = False

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        self._closed = False

    async def shutdown(self) -> None:
        self._closed = True

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is the library's
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        if self._closed:
            raise RuntimeError("This FakeRequest is not initialized!")
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        await asyncio.sleep(0)  # a real call lets other tasks run; so must this one
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(url, request_data)
        except TimeoutError:
            raise TimedOut from None
        except gate.DroppedError:
            raise NetworkError("aiohttp.ServerDisconnectedError") from None

    async def _answer(self, url: str, data: RequestData | None) -> tuple[int, bytes]:
        first, _, rest = unquote(urlsplit(url).path).lstrip("/").partition("/")
        if first == "file":
            token, _, path = rest.partition("/")
            return await gate.download(self.fake, token.removeprefix("bot"), path)
        params = dict(data.json_parameters) if data else {}
        files = _uploads(data) if data else {}
        return await gate.answer(self.fake, first.removeprefix("bot"), rest, params, files)


class FakeWeb:
    """The way to files, for `run(web=…)`: the fake's store and its faults. `opened`: the addresses asked for."""

    def __init__(self, fake: FakeTelegram, *, chunk: int = 1 << 16) -> None:
        self.fake, self.chunk = fake, chunk
        self.opened: list[str] = []

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[Body]:
        """A connection that is dropped is NetworkError, a cut answer ends early without having said its length."""
        self.opened.append(url)
        token, _, path = unquote(urlsplit(url).path).removeprefix("/file/bot").partition("/")
        stored = self.fake.file_at(path)
        try:
            status, data = await gate.download(self.fake, token, path)
        except gate.DroppedError:
            raise NetworkError("aiohttp.ServerDisconnectedError") from None
        whole = stored is None or len(data) == len(stored.data)
        yield Body(status, len(data) if whole else None, self._chunks(data))

    async def _chunks(self, data: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(data), self.chunk):
            await asyncio.sleep(0)
            yield data[start : start + self.chunk]


def make_bot(fake: FakeTelegram, *, read_timeout: float | None = 5.0) -> Bot:
    """python-telegram-bot's Bot over the fake; still to be initialised (`async with`)."""
    sending, polling = (FakeRequest(fake, read_timeout=read_timeout) for _ in range(2))
    return Bot(fake.token, request=sending, get_updates_request=polling)


def _uploads(data: RequestData) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, (filename, content, mime) in data.multipart_data.items():
        read = content.read() if hasattr(content, "read") else content
        files[name] = Upload.of(read.encode() if isinstance(read, str) else read, filename, mime)
    return files
