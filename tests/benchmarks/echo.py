"""The least that could be called a bot: by hand, on bare sockets, one card for ever, nothing stored. An upper bound."""

import asyncio
import json
import os
from typing import Any
from urllib.parse import urlsplit

ROWS = [[{"text": f"Level {n}", "callback_data": f"a:1:{n}"} for n in range(1, 6)]]
TOKEN = os.environ.get("TELEGRAM_BOT_TOKEN", "")


class Line:
    """One connection; one call at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls) -> "Line":
        at = urlsplit(os.environ["TELEGRAM_API_URL"])
        return cls(*await asyncio.open_connection(at.hostname, at.port, limit=1 << 24))

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        body = json.dumps(params).encode()
        head = (
            f"POST /bot{TOKEN}/{method} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        size = int(answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        return json.loads(await self._reader.readexactly(size))


async def main() -> None:
    """Poll, answer, edit."""
    poll, count = await Line.open(), 0
    free: list[Line] = []
    tasks: set[asyncio.Task[None]] = set()

    async def say(update: dict[str, Any]) -> None:
        nonlocal count
        count += 1
        lines = [free.pop() if free else await Line.open() for _ in range(2)]
        markup = {"inline_keyboard": ROWS}
        if "message" in update:
            await lines[0].call(
                "sendMessage", {"chat_id": update["message"]["chat"]["id"], "text": "card", "reply_markup": markup}
            )
        else:
            query = update["callback_query"]
            at = query["message"]
            await asyncio.gather(
                lines[0].call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "Saved"}),
                lines[1].call(
                    "editMessageText",
                    {
                        "chat_id": at["chat"]["id"],
                        "message_id": at["message_id"],
                        "text": f"card {count}",
                        "reply_markup": markup,
                    },
                ),
            )
        free.extend(lines)

    offset = 0
    while True:
        got = await poll.call("getUpdates", {"timeout": 30, "offset": offset})
        for update in got["result"]:
            offset = update["update_id"] + 1
            task = asyncio.create_task(say(update))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(main())
