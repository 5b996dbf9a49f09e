"""Telegram as it pushes to a webhook: one request an update, and again until it is taken. Knows no bot.

As in its server (RELIABILITY 1): 2xx is done, anything else is tried again after 1, 2, 4 … 60 s or what Retry-After
says. One that failed holds back the later ones of its queue: a chat's messages, or a person's taps. What would be
tried again only after it expired is dropped.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tests.fake_telegram.core import FakeTelegram
from tests.fake_telegram.updates import Update

_LONGEST, _LONGEST_ASKED = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Push:
    """One request. status: 0 where there was no answer; waited: the seconds until the next try, 0 for none."""

    update_id: int
    status: int
    waited: float = 0.0


class Pusher:
    """To the webhook that is set, at this port of the machine, as the reverse proxy in front of it would.

    hurry: how much faster the waits are. deaf: so many good answers that come next are not heard.
    """

    def __init__(self, fake: FakeTelegram, port: int, *, hurry: float = 1000.0) -> None:
        self.fake, self.port, self.hurry, self.deaf = fake, port, hurry, 0
        self.pushes: list[Push] = []
        self._busy: set[str] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Pusher"]:
        """Push for as long as the `with` lasts."""
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=60, trust_env=False) as http:
            task = asyncio.create_task(self._run(http))
            try:
                yield self
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _run(self, http: httpx.AsyncClient) -> None:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        unwatch = self.fake.watch(lambda: loop.call_soon_threadsafe(changed.set))
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    waiting = dict.fromkeys(map(_queue, self.fake.updates.pending)) if self.fake.webhook else {}
                    for name in waiting.keys() - self._busy:
                        self._busy.add(name)
                        group.create_task(self._drain(http, name))
                    await changed.wait()
                    changed.clear()
        finally:
            unwatch()
            self._busy.clear()

    async def _drain(self, http: httpx.AsyncClient, name: str) -> None:
        """One queue, in order."""
        while update := next((u for u in self.fake.updates.pending if _queue(u) == name), None):
            failures = 0
            while not await self._pushed(http, update, failures):
                failures += 1
        self._busy.discard(name)

    async def _pushed(self, http: httpx.AsyncClient, update: Update, failures: int) -> bool:
        """Whether the update is off the queue."""
        status, after = await self._once(http, update)
        heard = 200 <= status < 300 and not self.deaf
        if 200 <= status < 300 and self.deaf:
            self.deaf -= 1
        wait = 0.0 if heard else min(after, _LONGEST_ASKED) or min(2.0**failures, _LONGEST)
        late = self.fake.clock.now() + wait >= update.expires
        with self.fake.lock:
            self.pushes.append(Push(update.id, status, wait))
            if heard or late:
                self.fake.updates.pending = [u for u in self.fake.updates.pending if u is not update]
                self.fake.updates.lost += [] if heard else [update]
        self.fake.changed()
        if not (heard or late):
            await asyncio.sleep(wait / self.hurry)
        return heard or late

    async def _once(self, http: httpx.AsyncClient, update: Update) -> tuple[int, float]:
        """Status and Retry-After of one request, 0 for none."""
        update.deliveries += 1
        headers = {"Content-Type": "application/json"}
        headers |= {"X-Telegram-Bot-Api-Secret-Token": str(self.fake.webhook.get("secret_token", ""))}
        try:
            path = urlsplit(str(self.fake.webhook["url"])).path
            answer = await http.post(path, content=update.text.encode("utf-8", "surrogatepass"), headers=headers)
        except httpx.HTTPError:
            return 0, 0.0
        return answer.status_code, float(answer.headers.get("Retry-After", 0))


def _queue(update: Update) -> str:
    """What is pushed one after another."""
    try:
        part = json.loads(update.text).get(update.kind)
        if update.kind == "callback_query":
            return f"taps of {part['from']['id']}"
        return f"chat {part['chat']['id']}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return f"update {update.id}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
