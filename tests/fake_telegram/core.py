"""FakeTelegram: the Bot API as a thread-safe state machine without a transport.

`call` is one method call: what Telegram would answer, at once. Transports add tokens, waiting and faults (gate.py);
people act through Person. Everything the bot did wrong stands in `refusals`.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fake_telegram import rules
from tests.fake_telegram.account import ACCOUNT_METHODS
from tests.fake_telegram.faults import FaultPlan
from tests.fake_telegram.messages import MESSAGE_METHODS
from tests.fake_telegram.params import Params
from tests.fake_telegram.rules import JSON, RefusedError
from tests.fake_telegram.world import World

T = TypeVar("T")
TOKEN = "123456789:AAFakeTokenOfNoRealBotForTestsOnly00"
METHODS = MESSAGE_METHODS | ACCOUNT_METHODS


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the server. `method` as the bot wrote it."""

    method: str
    params: JSON
    status: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that was not ok. `avoidable`: only a mistake of the bot leads to it (see README)."""

    method: str
    params: JSON
    status: int
    description: str
    avoidable: bool


class FakeTelegram(World):
    """One bot's Telegram. With `start` (Unix seconds) its clock stands still until `advance`."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        start: float | None = None,
        username: str = "gradewalk_test_bot",
        first_update_id: int = 700_000_001,
    ) -> None:
        number = int(token.partition(":")[0])
        bot = {"id": number, "is_bot": True, "first_name": "Gradewalk", "username": username}
        super().__init__(start=start, bot=bot, first_update_id=first_update_id)
        self.token, self.revoked = token, False
        self.lock = threading.RLock()
        self.faults = FaultPlan(self.clock)
        self.calls: list[Call] = []
        self.refusals: list[Refusal] = []
        self.version = 0  # rises with every change
        self.polls = 0  # a newer long poll ends the older one
        self.polling = 0  # long polls that wait now
        self._watchers: list[Callable[[], object]] = []

    # the Bot API

    def call(self, method: str, params: JSON, files: dict[str, bytes] | None = None) -> tuple[int, JSON]:
        """HTTP status and JSON body. Never waits: getUpdates answers with what is there."""
        status, body = self.call_raw(method, params, files)
        return status, json.loads(body)

    def call_raw(self, method: str, params: JSON, files: dict[str, bytes] | None = None) -> tuple[int, bytes]:
        """The same with the body's bytes; updates in it are the very text that is kept."""
        with self.lock:
            try:
                body = self._body(method.lower(), Params(params, files))
                status, changed = 200, method.lower() != "getupdates"
            except RefusedError as error:
                status, changed = error.status, True
                body = error_body(status, error.description)
                self.refusals.append(Refusal(method, params, status, error.description, error.avoidable))
            self.calls.append(Call(method, params, status))
        if changed:
            self.changed()
        return status, body.encode("utf-8", "surrogatepass")

    def _body(self, method: str, params: Params) -> str:
        if method == "getupdates":
            return f'{{"ok": true, "result": [{", ".join(self._get_updates(params))}]}}'
        if method not in METHODS:
            raise RefusedError("Not Found: method not found", 404)
        return json.dumps({"ok": True, "result": METHODS[method](self, params)})

    def _get_updates(self, params: Params) -> list[str]:
        if self.webhook:
            raise RefusedError(rules.WEBHOOK_ACTIVE, 409)
        if "allowed_updates" in params:
            self.updates.allowed = frozenset(params.json("allowed_updates"))
        limit = params.number("limit")
        return self.updates.fetch(params.number("offset") or 0, 100 if limit is None else limit)

    def authorise(self, token: str) -> RefusedError | None:
        """The error of a token that is not this bot's: 404 for a malformed one, 401 for a foreign or revoked one."""
        number, _, secret = token.partition(":")
        if not (number.isdigit() and secret):
            return RefusedError("Not Found", 404)
        return None if token == self.token and not self.revoked else RefusedError("Unauthorized", 401)

    # waiting without sleeping

    def watch(self, watcher: Callable[[], object]) -> Callable[[], None]:
        """Call `watcher` after every change, from whatever thread; the result ends it."""
        with self.lock:
            self._watchers.append(watcher)

        def unwatch() -> None:
            with self.lock:
                self._watchers.remove(watcher)

        return unwatch

    def changed(self) -> None:
        """Tell all watchers. Called by whoever changed the world, outside the lock."""
        with self.lock:
            self.version += 1
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher()

    async def until(self, predicate: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait until `predicate` is true, checked after every change; its value. TimeoutError after `seconds`."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        unwatch = self.watch(lambda: loop.call_soon_threadsafe(changed.set))
        try:
            async with asyncio.timeout(seconds):
                while not (value := predicate()):
                    await changed.wait()
                    changed.clear()
                return value
        finally:
            unwatch()

    # what a test asks and does

    @property
    def mistakes(self) -> list[Refusal]:
        """Refusals that a correct bot never meets, whatever people and networks do."""
        return [r for r in self.refusals if r.avoidable]

    def written_to(self) -> set[int]:
        """The chats in which the bot ever wrote."""
        with self.lock:
            written = {key: list(chat.messages.values()) for key, chat in self.chats.items()}
        return {key for key, messages in written.items() if any(message.from_bot for message in messages)}

    def says(self, text: str) -> bool:
        """Whether any call of the bot held this text."""
        with self.lock:
            calls = list(self.calls)
        return any(text in json.dumps(call.params, ensure_ascii=False, default=repr) for call in calls)

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.changed()

    def inject(self, kind: str, payload: Any) -> int | None:
        """Queue any update, well-formed or not."""
        with self.lock:
            update_id = self.push(kind, payload)
        self.changed()
        return update_id

    def inject_text(self, fields: str) -> int:
        """Queue an update with these fields as raw JSON text, such as `"message": {"x": NaN}`."""
        with self.lock:
            update_id = self.updates.add_text("raw", fields)
        self.changed()
        return update_id


def error_body(status: int, description: str, retry_after: float | None = None) -> str:
    body: JSON = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return json.dumps(body)
