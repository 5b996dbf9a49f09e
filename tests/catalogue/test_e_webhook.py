"""Row 61, and what a webhook must keep of the rest: nobody but Telegram gets in, nothing that it pushes is lost."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.telegram import webhook_server
from bot.telegram.webhook import Hook
from tests.catalogue.invariants import hold
from tests.catalogue.sitting import FIRST, Sitting, sitting
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.pushing import Pusher, free_port
from tests.fake_telegram.world import Query
from tests.stories.company import Say, Tap
from tests.stories.running import Player, bot_on
from tests.telegram.hooking import SECRET, Word

STRANGER = 4004


@dataclass(slots=True)
class Pushed:
    """A person before the real service, and Telegram that pushes what they do."""

    desk: Sitting
    pusher: Pusher

    async def request(self, method: str = "POST", *, path: str = "", body: bytes = b"{}", **headers: str) -> int:
        """The status of a request from anywhere. headers: '' leaves one out."""
        known = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        path = path or str(self.desk.fake.webhook["url"]).removeprefix("https://bot.test")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.pusher.port}", trust_env=False) as http:
            sent = {name: value for name, value in known.items() if value}
            return (await http.request(method, path, content=body, headers=sent)).status_code


@asynccontextmanager
async def pushed(folder: Path, **more: Any) -> AsyncIterator[Pushed]:
    fake, port = FakeTelegram(), free_port()
    hook = Hook("https://bot.test", port, Word())
    async with (
        Pusher(fake, port).running() as pusher,
        sitting(folder, fake=fake, hook=hook, instant=False, **more) as desk,
    ):
        yield Pushed(desk, pusher)


def forged(number: int, person: int, data: str, card: int) -> bytes:
    """A tap of somebody on their own chat's message of this number, as Telegram would write it."""
    sender = {"id": person, "is_bot": False, "first_name": "X", "language_code": "en"}
    message = {"message_id": card, "date": 0, "chat": {"id": person, "type": "private", "first_name": "X"}}
    query = {"id": f"99{number}", "from": sender, "chat_instance": "1", "message": message, "data": data}
    return json.dumps({"update_id": number, "callback_query": query}).encode()


async def test_a_session_through_the_webhook(tmp_path: Path) -> None:
    async with pushed(tmp_path) as line:
        desk = line.desk
        await desk.rate("良好", "75%")
        line.pusher.deaf = 3  # 200 that Telegram does not hear: the same update comes again
        await desk.player.do(Say("85"))
        await desk.player.do(Say("笔记"))
        await desk.player.do(Tap("存为备注"))
        assert desk.fake.polls == 0
    assert desk.ratings() == ["3/4"]
    assert desk.ratings("4.2.1/total") == ["17/20"]
    assert desk.notes() == ["笔记"]
    assert {push.status for push in line.pusher.pushes} == {200}
    assert len(line.pusher.pushes) == len(desk.fake.updates.history) + 3
    hold(desk.world, desk.person)


async def refuse_strangers(folder: Path) -> None:
    async with pushed(folder) as line:
        desk = line.desk
        before, kept = desk.entries(), desk.inbox("done")
        button = next(button for button in desk.person.card.buttons if "良好" in button.label)
        body = forged(5, desk.person.id, (button.data or "").replace("1:q:", "1:a:"), button.message_id)
        wanted: dict[int, list[dict[str, Any]]] = {
            403: [{"X_Telegram_Bot_Api_Secret_Token": secret} for secret in ("", "x", SECRET[:-1], SECRET + "x", "*")],
            404: [{"path": "/"}, {"path": "/webhook"}, {"path": f"/{desk.fake.token}"}, {"path": "/" + "0" * 32}],
            405: [{"method": method} for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")],
            415: [{"Content_Type": kind} for kind in ("", "text/plain", "multipart/form-data; boundary=x")],
            413: [{"body": b"x" * (webhook_server.MAX_BODY + 1)}],
        }
        for status, requests in wanted.items():
            for request in requests:
                found = await line.request(**({"body": body} | request))
                assert found == status, request
        assert desk.inbox("done") == kept
        assert desk.inbox("new") == desk.inbox("dead") == ()
        assert desk.entries() == before
        await desk.player.do(Say("85"))
    assert desk.ratings() == ["17/20"]
    hold(desk.world, desk.person)


async def test_row_61_whoever_is_not_telegram_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await refuse_strangers(tmp_path)
    assert SECRET not in caplog.text


async def test_switched_off_asking_for_the_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_server, "_same", lambda *_: True)
    with pytest.raises(AssertionError, match="Token"):
        await refuse_strangers(tmp_path)


async def test_row_61_a_forged_update_with_the_right_secret_is_bounded_by_membership(tmp_path: Path) -> None:
    async with pushed(tmp_path) as line:
        desk = line.desk
        stranger = Person(desk.fake, STRANGER, "X", "en")
        await Player(stranger, desk.world).do(Say("/start"))
        await desk.player.do(Tap("良好"))
        before, shown = desk.entries(), desk.person.screen()
        for number, button in enumerate(desk.person.card.buttons[::3]):
            for card in (button.message_id, stranger.card.id):
                tap = 10_000 + 2 * number + (card == stranger.card.id)
                desk.fake.queries[f"99{tap}"] = Query(f"99{tap}", STRANGER, STRANGER, card, "", desk.fake.clock.now())
                assert await line.request(body=forged(tap, STRANGER, button.data or "x", card)) == 200
        await desk.settled()
        assert desk.entries() == before
        assert desk.person.screen() == shown
        assert desk.inbox("dead") == ()
        assert "示例公司" not in stranger.screen()
        assert "4.1.2" not in stranger.screen()
        await desk.player.do(Tap("75%"))
    assert desk.ratings(FIRST) == ["3/4"]
    hold(desk.world, desk.person, stranger)


async def test_storage_that_fails_and_recovers_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with pushed(tmp_path) as line:
        desk, store = line.desk, line.desk.world.store
        await desk.player.do(Tap("良好"))
        write, failing = store.write, [True]

        def refuses() -> Any:
            if failing:
                raise sqlite3.OperationalError("database or disk is full")
            return write()

        monkeypatch.setattr(store, "write", refuses)
        toast = await desk.person.press("75%")
        assert toast is not None
        assert toast.alert
        desk.person.say("/help")
        await desk.fake.until(lambda: sum(push.status == 503 for push in line.pusher.pushes) >= 4)
        assert len(desk.fake.updates.pending) == 2
        assert desk.ratings() == []
        failing.clear()
        await desk.settled()
        monkeypatch.undo()
        await desk.player.do(Say("/my"))
    refused = {(push.status, push.waited) for push in line.pusher.pushes if push.status != 200}
    assert refused == {(503, float(webhook_server.RETRY_AFTER))}
    assert desk.ratings() == ["3/4"]
    assert "full" not in caplog.text
    hold(desk.world, desk.person, log=caplog.text)


async def test_while_the_bot_is_down_telegram_keeps_what_comes_and_either_way_of_getting_it_goes_on(
    tmp_path: Path,
) -> None:
    """Stopped and started again, then changed to polling, then back: every answer is there once."""
    async with pushed(tmp_path) as line:
        desk, fake = line.desk, line.desk.fake
        await desk.player.do(Say("81"))
    assert fake.webhook
    desk.person.say("82")
    async with bot_on(fake, desk.world):  # polls: the webhook is removed, what waits there is fetched
        await desk.settled()
        await desk.player.do(Say("83"))
    assert not fake.webhook
    desk.person.say("84")
    fake.updates.replay(times=2)
    hook = Hook("https://bot.test", line.pusher.port, Word())
    async with Pusher(fake, line.pusher.port).running(), bot_on(fake, desk.world, hook=hook):
        await desk.settled()
    assert desk.answered() == 1 + 4
    assert len(desk.inbox("done")) == len(fake.updates.history)
    hold(desk.world, desk.person)
