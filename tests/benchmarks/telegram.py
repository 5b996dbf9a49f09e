"""A Bot API that serves a load: updates out, cards in, nothing checked. Must not know what bot it talks to.

Every call takes `delay` seconds before it has its effect, as a network would; a long poll is answered at once when an
update comes while it waits. People are told what their chat shows, and tap.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.benchmarks.wire import Params

ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_OK = b'{"ok":true,"result":true}'


class Phone(Protocol):
    """Whoever looks at a chat."""

    def shows(self, message: int, buttons: list[tuple[str, str]]) -> None:
        """A card with (label, data) of its buttons, new or edited."""

    def answered(self, query: str) -> None:
        """A tap was answered."""


@dataclass
class Desk:
    """delay in seconds a call. counted: calls by method; polled: the first getUpdates came; files: told of each."""

    delay: float = 0.0
    phones: dict[int, Phone] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    file: Callable[[int], None] = lambda _: None

    def __post_init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._number = 0
        self._message = 0
        self._poll: asyncio.Future[None] | None = None
        self._queries: dict[str, int] = {}

    # ------------------------------------------------------------ people to bot

    def put(self, kind: str, body: dict[str, Any]) -> None:
        """An update."""
        self._number += 1
        self._updates.append({"update_id": self._number, kind: body})
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def say(self, person: int, text: str) -> None:
        self._message += 1
        body: dict[str, Any] = {
            "message_id": self._message,
            "date": int(time.time()),
            "chat": _chat(person),
            "from": _user(person),
            "text": text,
        }
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self.put("message", body)

    def tap(self, person: int, message: int, data: str) -> str:
        query = f"{person}{len(self._queries):09d}"
        self._queries[query] = person
        shown = {"message_id": message, "date": int(time.time()), "chat": _chat(person), "from": ME, "text": "card"}
        self.put(
            "callback_query", {"id": query, "from": _user(person), "message": shown, "chat_instance": "1", "data": data}
        )
        return query

    # ------------------------------------------------------------ bot to people

    def __call__(self, method: str, params: Params) -> Awaitable[bytes] | bytes:
        """What a call is answered with."""
        self.counted[method] = self.counted.get(method, 0) + 1
        if method == "getUpdates":
            self.polled.set()
            return self._poll_for(
                int(params.get("offset", 0) or 0), float(params.get("timeout", 0) or 0), int(params.get("limit", 100))
            )
        act: Callable[[Params], bytes] = getattr(self, f"_{method}", self._any)
        return self._slowly(act, params) if self.delay else act(params)

    async def _slowly(self, act: Callable[[Params], bytes], params: Params) -> bytes:
        await asyncio.sleep(self.delay)
        return act(params)

    async def _poll_for(self, offset: int, seconds: float, limit: int) -> bytes:
        if self.delay:
            await asyncio.sleep(self.delay)
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        if not self._updates and seconds:
            self._poll = asyncio.get_running_loop().create_future()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._poll, seconds)
            self._poll = None
        return b'{"ok":true,"result":%s}' % _json(self._updates[:limit])

    def _getMe(self, _: Params) -> bytes:  # noqa: N802  the Bot API's name
        return _json({"ok": True, "result": ME})

    def _getWebhookInfo(self, _: Params) -> bytes:  # noqa: N802
        return b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'

    def _sendMessage(self, params: Params) -> bytes:  # noqa: N802
        self._message += 1
        return self._shown(int(params["chat_id"]), self._message, params)

    def _sendDocument(self, params: Params) -> bytes:  # noqa: N802
        self._message += 1
        chat = int(params["chat_id"])
        self.file(chat)
        return _message(chat, self._message, "")

    def _editMessageText(self, params: Params) -> bytes:  # noqa: N802
        return self._shown(int(params["chat_id"]), int(params["message_id"]), params)

    def _editMessageReplyMarkup(self, params: Params) -> bytes:  # noqa: N802
        return _message(int(params["chat_id"]), int(params["message_id"]), "card")

    def _answerCallbackQuery(self, params: Params) -> bytes:  # noqa: N802
        person = self._queries.get(str(params["callback_query_id"]))
        if person in self.phones:
            self.phones[person].answered(str(params["callback_query_id"]))
        return _OK

    def _any(self, _: Params) -> bytes:
        return _OK

    def _shown(self, chat: int, message: int, params: Params) -> bytes:
        text = str(params["text"])
        markup = params.get("reply_markup")
        rows = (
            (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
            if markup
            else []
        )
        buttons = [(str(one["text"]), str(one.get("callback_data", ""))) for row in rows for one in row]
        if chat in self.phones:
            self.phones[chat].shows(message, buttons)
        return _message(chat, message, text)


def _message(chat: int, message: int, text: str) -> bytes:
    shown = {"message_id": message, "date": 1_780_000_000, "chat": _chat(chat), "from": ME, "text": text}
    return _json({"ok": True, "result": shown})


def _json(said: object) -> bytes:
    """As Telegram writes it: without spaces, and in ASCII."""
    return json.dumps(said, separators=(",", ":")).encode()


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": f"P{person}"}


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "en"}
