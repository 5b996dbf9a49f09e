"""The bot behind a port, in front of the fake Telegram: requests from anywhere, byte by byte. Knows no test."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.telegram.ports import Incoming
from bot.telegram.webhook import Hook
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.pushing import free_port
from tests.telegram.memory import Memory
from tests.telegram.stage import Running, running

SECRET = "made-up_secret"


class Word:
    def get_secret_value(self) -> str:
        return SECRET


@dataclass(slots=True)
class Door:
    """The bot behind its port. path: of the address that Telegram was told."""

    bot: Running
    fake: FakeTelegram
    port: int

    @property
    def path(self) -> str:
        return str(self.fake.webhook["url"]).removeprefix("https://bot.test")

    def head(self, *, length: int | str = 2, left_out: str = "", start: str = "", **changed: str) -> bytes:
        """A request's head as Telegram's, but for what is changed or left out."""
        fields = {"Host": "bot.test", "Content-Type": "application/json", "Content-Length": str(length)}
        fields |= {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        fields |= {name.replace("_", "-"): value for name, value in changed.items()}
        lines = [start or f"POST {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items() if k != left_out)]
        return "\r\n".join([*lines, "", ""]).encode()

    async def ask(self, *parts: bytes) -> bytes:
        """What is answered until the connection is closed by the other side, or the answer is whole."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for part in parts:
                writer.write(part)
            async with asyncio.timeout(5):
                return await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            return error.partial
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def shut(self) -> None:
        """Until nobody listens any more."""
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                return
            writer.close()

    async def status(self, *parts: bytes) -> int:
        """0 where the connection was closed without an answer."""
        answer = await self.ask(*parts)
        return int(answer.split()[1]) if answer else 0


class Slow(Memory):
    """Its `take` begins and goes on when the test says so."""

    def hold(self) -> tuple[asyncio.Event, asyncio.Event]:
        """(it has begun, go on)."""
        self.begun, self.go_on, self.loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()
        return self.begun, self.go_on

    def take(self, updates: Sequence[Incoming]) -> int:
        async def held() -> None:
            self.begun.set()
            await self.go_on.wait()

        asyncio.run_coroutine_threadsafe(held(), self.loop).result(5)
        return Memory.take(self, updates)


@asynccontextmanager
async def pushed_to(memory: Memory, *, url: str = "https://bot.test/hook/", clean: bool = True) -> AsyncIterator[Door]:
    fake, port = memory.fake, free_port()
    async with running(memory, hook=Hook(url, port, Word()), clean=clean) as bot:
        await fake.until(lambda: fake.webhook)
        yield Door(bot, fake, port)


def update(number: int, text: str = "hello", person: int = 1001) -> bytes:
    sender = {"id": person, "is_bot": False, "first_name": "A"}
    message = {"message_id": number, "date": 1, "chat": {"id": person, "type": "private"}, "from": sender, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()
