"""That the load does what its tables say: who taps what, what is counted, and that made-up years hold as records."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.config import Settings
from bot.domain.record import verify_body, verify_chain
from bot.wiring import open_world
from tests.benchmarks import filled
from tests.benchmarks.people import Person, Taken
from tests.benchmarks.session import Load, Measured
from tests.benchmarks.telegram import Desk
from tests.benchmarks.wire import Params, Peer

BEGIN = (">/new", "1:m:*", "1:j:*")


class Bot:
    """Two questions an interview; answers at once what the desk has. heard: what people did."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.heard, self._left, self._offset = desk, [""], 0, 0

    async def turn(self) -> None:
        """Work on what waits."""
        answer = self.desk("getUpdates", {"offset": self._offset})
        body = answer if isinstance(answer, bytes) else await answer
        for update in json.loads(body)["result"]:
            self._offset = update["update_id"] + 1
            self._do(update)
        await asyncio.sleep(0)

    def _do(self, update: dict[str, Any]) -> None:
        if "message" in update:
            self.heard.append(update["message"]["text"])
            self._show("sendMessage", update["message"]["chat"]["id"], ["1:h", "1:m:x"])
            return
        query = update["callback_query"]
        data = query["data"]
        self.heard.append(data)
        self._left = {"1:m": 0, "1:j": 2, "1:a": self._left - 1}.get(data[:3], self._left)
        buttons = (
            ["1:j:x"] if data.startswith("1:m") else ["1:w:x", "1:a:x:l1", "1:a:x:l2"] if self._left else ["1:k:x"]
        )
        self.desk("answerCallbackQuery", {"callback_query_id": query["id"]})
        self._show("editMessageText", query["from"]["id"], buttons)

    def _show(self, method: str, chat: int, buttons: list[str]) -> None:
        rows = {"inline_keyboard": [[{"text": "b", "callback_data": one}] for one in buttons]}
        self.desk(method, {"chat_id": chat, "message_id": 1, "text": "t", "reply_markup": rows})


async def test_who_has_answered_all_begins_anew_and_only_taps_are_counted() -> None:
    desk, taken = Desk(), Taken(on=True)
    bot, person = Bot(desk), Person(desk, 7, taken, (0.0, 0.0), BEGIN)
    person.start()
    while not person.ready.done():
        await bot.turn()
    assert bot.heard[1:] == ["/new", "1:m:x", "1:j:x"]
    assert taken.seconds == []
    person.go()
    while bot.heard.count("/new") < 3:
        await asyncio.sleep(0)
        await bot.turn()
    done = [what[:3] for what in bot.heard[4:]]
    assert done == ["1:a", "1:a", "/ne", "1:m", "1:j", "1:a", "1:a", "/ne"]
    assert (len(taken.seconds), taken.answers) == (6, 4)


async def test_who_goes_back_taps_what_no_button_says() -> None:
    desk = Desk()
    bot, person = Bot(desk), Person(desk, 7, Taken(), (0.0, 0.0), BEGIN, "=1:j:back")
    person.start()
    while bot.heard.count("1:j:back") < 2:
        if person.ready.done() and not person._going:
            person.go()
        await asyncio.sleep(0)
        await bot.turn()
    assert bot.heard.count("/new") == 1


@asynccontextmanager
async def served() -> AsyncIterator[tuple[str, list[tuple[str, Params]]]]:
    seen: list[tuple[str, Params]] = []

    def handle(method: str, params: Params) -> bytes:
        seen.append((method, params))
        return b'{"ok":true,"result":true}'

    async with await asyncio.get_running_loop().create_server(lambda: Peer(handle), "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x", seen


async def test_what_is_said_by_json_by_form_and_with_a_file_is_understood() -> None:
    async with served() as (url, seen), aiohttp.ClientSession() as session:
        await session.post(f"{url}/a", json={"chat_id": 5, "text": "ä"})
        await session.post(f"{url}/b", data={"chat_id": "5", "text": "ä&="})
        form = aiohttp.FormData({"chat_id": "-5", "caption": "x"})
        form.add_field("document", b"\0\xff\r\n" * 50_000, filename="a.pdf")
        await session.post(f"{url}/c", data=form)
    assert seen[0] == ("a", {"chat_id": 5, "text": "ä"})
    assert seen[1] == ("b", {"chat_id": "5", "text": "ä&="})
    assert (seen[2][0], seen[2][1]["chat_id"]) == ("c", -5)


def test_what_could_be_reached_and_what_a_median_is() -> None:
    assert Load("x", 50, 0.04).possible == pytest.approx(625)
    assert Load("x", 50, 0.04, (1.0, 6.0)).possible is None
    one, two, three = (Measured(n, 1, 1, 1, worst, 1, 1, 1, 1, 1) for n, worst in ((1, 5), (9, 4), (2, 3)))
    assert (Measured.median([one, two, three]).rate, Measured.median([one, two, three]).worst) == (2, 5)


def test_made_up_years_are_records_that_hold_and_nobody_waits_for_a_card(tmp_path: Path) -> None:
    filled.fill(tmp_path, 20)
    filled.lengthen(tmp_path, "1000", 40)
    world = open_world(Settings(data_dir=tmp_path, _env_file=None))
    with closing(sqlite3.connect(tmp_path / "gradewalk.db")) as database, world.store.read() as unit:
        ids = [str(found) for (found,) in database.execute("SELECT id FROM assessment")]
        records = {one: unit.entries.recorded(one) for one in ids}
        assert len(database.execute("SELECT id FROM person").fetchall()) == 21
        behind = "SELECT count(*) FROM chat WHERE coalesce(shown_version, 0) < wanted_version"
        assert database.execute(behind).fetchone() == (2,)  # the pattern's and the long one's own
    world.store.close()
    for one, entries in records.items():
        verify_chain([entry.header for entry in entries], one)
        for entry in entries:
            assert entry.salt is not None
            assert entry.body is not None
            verify_body(entry.header, entry.salt, entry.body)
    assert sorted(map(len, records.values()))[-2:] == [3, 43]
