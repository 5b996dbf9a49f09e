"""Rows 13-16, 19, 26, 28: what a network can do to getUpdates. Nothing is lost or doubled, and it goes on by itself."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.telegram import client
from bot.telegram.intake import CONFLICT_LINE, Intake
from bot.telegram.stopping import Exit, Stop
from tests.catalogue.invariants import hold
from tests.catalogue.sitting import Sitting, sitting
from tests.fake_telegram import FakeTelegram, Fault, Person, faults, make_bot
from tests.fake_telegram.pushing import free_port
from tests.fake_telegram.server import Server
from tests.sampled import sampled
from tests.stories.company import Say
from tests.stories.running import bot_on, world_in
from tests.telegram.stage import Pauses

BACKOFF = [1, 2, 4, 8, 16, 32]
TEN_MINUTES = 600


def waits(failures: int) -> list[int]:
    """The seconds after so many failures in a row."""
    return [*BACKOFF, *[60] * failures][:failures]


async def through(desk: Sitting, *troubles: Fault) -> list[float]:
    """A rating while getUpdates fails like that, taken once; the waits until then."""
    given = desk.answered()
    await desk.fake.until(lambda: desk.fake.polling)
    desk.pauses.asked.clear()
    desk.pauses.instant = False
    desk.fake.faults.add(*troubles)
    before = len(desk.fake.faults.taken)
    desk.fake.inject_text('"nothing": 0')  # ends the poll that waits
    await desk.fake.until(lambda: len(desk.fake.faults.taken) > before)
    desk.person.say("85")
    desk.pauses.instant = True
    desk.pauses.release()
    await desk.settled()
    assert desk.fake.faults.script == [], "all of it happened"
    assert desk.answered() == given + 1
    return list(desk.pauses.asked)


async def test_row_13_a_connection_dropped_200_times(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with sitting(tmp_path) as desk:
        before = len(desk.fake.faults.taken)
        assert await through(desk, faults.drop_before("getUpdates", times=200)) == waits(200), "a wait for each try"
        assert len(desk.fake.faults.taken) - before == 200
        await desk.player.do(Say("90"))
    assert desk.ratings() == ["17/20"]
    assert desk.ratings("4.2.1/total") == ["9/10"]
    hold(desk.world, desk.person, log=caplog.text, markers=["示例公司"])


async def test_row_14_an_answer_that_is_cut_off_comes_again_and_counts_once(tmp_path: Path) -> None:
    async with sitting(tmp_path) as desk:
        assert await through(desk, faults.drop_after("getUpdates", times=5)) == waits(5)
        update = max(desk.fake.updates.history)
        delivered = [u.deliveries for u in desk.fake.updates.history.values() if '"85"' in u.text]
        assert delivered[0] > 1
        assert [item.update_id for item in desk.inbox("done")][-1] == update
    hold(desk.world, desk.person)


async def test_row_15_a_poll_that_hangs_stops_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(tmp_path) as desk:
        fake = desk.fake
        await fake.until(lambda: fake.polling)
        monkeypatch.setattr(client, "_MARGIN", 0.3 - client.POLL_SECONDS)
        fake.faults.add(faults.hang("getUpdates", times=2))
        desk.person.say("85")  # ends the poll that waits; the next one hangs
        await fake.until(lambda: fake.faults.taken)
        await desk.person.until(lambda: "4.2.1" in desk.person.card.text)
        desk.person.say("90")
        await fake.until(lambda: len(desk.pauses.asked) == 2)
        monkeypatch.undo()
        await desk.settled()
        assert fake.faults.script == []
        assert desk.ratings() == ["17/20"]
        assert desk.ratings("4.2.1/total") == ["9/10"]
    hold(desk.world, desk.person)


GARBAGE = {
    "nothing": "",
    "an empty object": "{}",
    "HTML": "<html><title>502 Bad Gateway</title>",
    "half": '{"ok": true, "result": [{"update_id": 70000',
    "bytes of gzip": "\x1f\x8b\x08\0\0\0\0\0",
    "no list": '{"ok": true, "result": {"update_id": 1}}',
    "an error with status 200": '{"ok": false, "error_code": 500, "description": "x"}',
    "depth": "[" * 100_000,
}


async def test_row_16_an_answer_that_is_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with sitting(tmp_path) as desk:
        for body in GARBAGE.values():
            # Each time one update alone is asked for before it waits.
            assert await through(desk, faults.answer("getUpdates", 200, body, times=6)) == waits(3), body[:50]
            assert len(body) < 5 or body not in caplog.text
        assert await through(desk, faults.cut("getUpdates", times=6)) == waits(3), "a true answer that arrives in half"
    hold(desk.world, desk.person, log=caplog.text)


async def test_row_19_too_many_requests_on_polling_and_on_answers(tmp_path: Path) -> None:
    async with sitting(tmp_path, instant=False) as desk:
        fake, person = desk.fake, desk.person
        fake.faults.add(faults.flood("getUpdates", 30), faults.flood("answerCallbackQuery", 5))
        person.tap("良好")
        await person.until(lambda: "75%" in person.screen(), "the card is edited all the same")
        await fake.until(lambda: 30.5 in desk.pauses.asked)
        person.tap("75%")
        fake.advance(31)
        desk.pauses.release()
        await desk.settled()
        assert desk.ratings() == ["3/4"]
        assert fake.faults.too_early == []
    hold(desk.world, desk.person)


async def test_row_26_another_copy_ends_this_one_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Stop()
    async with sitting(tmp_path, stop=stop) as desk:
        fake = desk.fake
        await desk.player.do(Say("85"))
        await fake.until(lambda: fake.polling)
        async with make_bot(fake) as other:
            poll = asyncio.create_task(other.get_updates(timeout=50, read_timeout=60))
            async with asyncio.timeout(10):
                await stop.wait()
            desk.person.say("90")
            assert len(await poll) == 1
    assert stop.code == Exit.CONFLICT
    assert [line for line in caplog.messages if "copy" in line] == [CONFLICT_LINE]
    async with bot_on(fake, desk.world):
        await desk.settled()
    assert desk.ratings() == ["17/20"]
    assert desk.ratings("4.2.1/total") == ["9/10"], "what the other one only looked at is not lost"
    hold(desk.world, desk.person, log=caplog.text)


async def test_row_28_no_server_for_ten_minutes_in_mid_run(tmp_path: Path) -> None:
    fake, port = FakeTelegram(), free_port()
    over: dict[str, Any] = {"requests": None, "api_url": f"http://127.0.0.1:{port}"}
    listening = Server(fake).listen(port=port)
    await listening.__aenter__()
    async with sitting(tmp_path, fake=fake, **over) as desk:
        desk.pauses.asked.clear()
        await listening.__aexit__(None, None, None)
        desk.person.say("85")
        await fake.until(lambda: sum(desk.pauses.asked) >= TEN_MINUTES, 20)
        async with Server(fake).listen(port=port):
            await desk.settled()
            assert desk.ratings() == ["17/20"]
            desk.pauses.instant = False
    hold(desk.world, desk.person)


class Names:
    """The name server: `down` until the test says otherwise."""

    def __init__(self) -> None:
        self.down = True
        self._real = socket.getaddrinfo

    def __call__(self, host: Any, *more: Any, **named: Any) -> Any:
        if host in {"telegram.test", b"telegram.test"}:
            if self.down:
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            host = "127.0.0.1"
        return self._real(host, *more, **named)


@pytest.mark.parametrize("what", sampled(["no name server", "no proxy", "no TLS"], every=3))
async def test_row_28_ten_minutes_without_network_from_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    """TLS: a server that speaks none stands there, as behind a hotel's login page, until the true one is back."""
    fake, world, names, port = FakeTelegram(), world_in(tmp_path), Names(), free_port()
    person, pauses = Person(fake, 1001, "Example", "zh-hans"), Pauses(fake, instant=True)
    monkeypatch.setattr(socket, "getaddrinfo", names)
    names.down = what == "no name server"
    url = f"http://telegram.test:{port}"
    if what == "no proxy":
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        url = "http://telegram.test"
    person.say("/start")
    if what == "no TLS":
        async with Server(fake).listen(port=port):
            secure = f"https://telegram.test:{port}"
            async with bot_on(fake, world, requests=None, api_url=secure, pause=pauses) as task:
                await fake.until(lambda: sum(pauses.asked) >= TEN_MINUTES, 20)
                assert not task.done()
    async with bot_on(fake, world, requests=None, api_url=url, pause=pauses):
        if what != "no TLS":
            await fake.until(lambda: sum(pauses.asked) >= TEN_MINUTES, 20)
        names.down = False
        async with Server(fake).listen(port=port):
            await person.sees("开始一次评价")
            pauses.instant = False
    assert pauses.asked[:7] == waits(7)
    hold(world, person, log=caplog.text)


async def test_switched_off_confirming_what_was_not_kept_loses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intake that confirms what it fetched whether it was kept or not, as the library's own does."""
    true_keep = Intake._keep

    async def hasty(self: Intake, fetched: Any) -> None:
        await true_keep(self, fetched)
        self._offset = fetched.offset

    async def run(folder: Path) -> list[str]:
        async with sitting(folder) as desk:
            take, failing = desk.world.store.write, [True]

            def refuses() -> Any:
                if failing:
                    failing.clear()
                    raise OSError("no space left")
                return take()

            monkeypatch.setattr(desk.world.store, "write", refuses)
            desk.person.say("85")
            await desk.settled()
            return desk.ratings()

    assert await run(tmp_path / "kept") == ["17/20"]
    monkeypatch.setattr(Intake, "_keep", hasty)
    assert await run(tmp_path / "lost") == []
