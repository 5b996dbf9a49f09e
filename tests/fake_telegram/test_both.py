"""Every fault that the catalogue scripts, through both transports: the bot's side must meet the same trouble."""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from tests.fake_telegram import TOKEN, Control, FakeTelegram, Fault, Person, RemotePerson, faults, make_bot
from tests.fake_telegram import updates as queue

ME = 1001
NOON = 1_780_000_000
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="d:x")]])


class Inside:
    """The fake in this process."""

    def __init__(self) -> None:
        self.fake = FakeTelegram(start=NOON)
        self.person: Person | RemotePerson = Person(self.fake, ME)

    def bot(self) -> Bot:
        return make_bot(self.fake, read_timeout=0.2)

    def faults(self, *some: Fault) -> None:
        self.fake.faults.add(*some)

    def updates(self, action: str, **options: Any) -> None:
        getattr(self.fake.updates, action)(**options)

    def advance(self, seconds: float) -> None:
        self.fake.advance(seconds)

    def lost(self) -> int:
        return len(self.fake.updates.lost)


class Outside:
    """The fake as a process, over HTTP."""

    def __init__(self, control: Control) -> None:
        self.control = control
        self.person: Person | RemotePerson = control.person(ME)

    def bot(self) -> Bot:
        sending, polling = (HTTPXRequest(read_timeout=0.2) for _ in range(2))
        return Bot(TOKEN, base_url=f"{self.control.base_url}/bot", request=sending, get_updates_request=polling)

    def faults(self, *some: Fault) -> None:
        self.control.faults(*some)

    def updates(self, action: str, **options: Any) -> None:
        self.control.updates(action, **options)

    def advance(self, seconds: float) -> None:
        self.control.advance(seconds)

    def lost(self) -> int:
        return len(self.control.stats()["lost"])


@pytest.fixture(scope="module")
def control() -> Iterator[Control]:
    with Control.start("--clock", str(NOON)) as running:
        yield running


@pytest.fixture(params=["inside", "outside"])
def side(request: pytest.FixtureRequest) -> Inside | Outside:
    made = Inside() if request.param == "inside" else Outside(request.getfixturevalue("control"))
    if isinstance(made, Outside):
        made.control.faults(clear=True)
    return made


@asynccontextmanager
async def before(side: Inside | Outside) -> AsyncIterator[Bot]:
    """A bot that has confirmed all that came before, and a chat that may be written to."""
    side.person.say("hello")
    async with side.bot() as bot:
        await rest(bot)
        yield bot


async def rest(bot: Bot) -> list[Update]:
    """All that waits, confirmed."""
    found: list[Update] = []
    while batch := await bot.get_updates(offset=max(u.update_id for u in found) + 1 if found else None):
        found += batch
    return found


def texts(side: Inside | Outside) -> list[str]:
    return [message.text for message in side.person.chat if not message.mine]


TROUBLES: list[tuple[str, Fault, type[Exception], str, bool]] = [
    ("dropped before", faults.drop_before("sendMessage"), NetworkError, "(?i)disconnected", False),
    ("dropped after", faults.drop_after("sendMessage"), NetworkError, "(?i)disconnected", True),
    ("hangs", faults.hang("sendMessage"), TimedOut, "(?i)timed out", False),
    ("hangs after", faults.hang("sendMessage", effect=True), TimedOut, "(?i)timed out", True),
    ("500", Fault("sendMessage", "answer", status=500), NetworkError, "Internal Server Error", False),
    ("502 HTML", faults.answer("sendMessage", 502, "<html>Bad Gateway</html>"), NetworkError, "Bad Gateway", False),
    ("503 after", faults.answer("sendMessage", 503, "", effect=True), NetworkError, "Internal Server Error", True),
    ("truncated", faults.cut("sendMessage"), TelegramError, "Invalid server response", True),
    ("wrong JSON", faults.answer("sendMessage", 200, "{}"), KeyError, "result", False),
    ("no JSON", faults.answer("sendMessage", 200, "<html>"), TelegramError, "Invalid server response", False),
    ("flood", faults.flood("sendMessage", 5), RetryAfter, "(?i)flood", False),
    ("403", faults.refuse("sendMessage", 403, "Forbidden: bot was kicked"), Forbidden, "kicked", False),
]


@pytest.mark.parametrize(("name", "fault", "error", "says", "done"), TROUBLES, ids=[case[0] for case in TROUBLES])
async def test_a_call_in_trouble(
    side: Inside | Outside, name: str, fault: Fault, error: type[Exception], says: str, done: bool
) -> None:
    async with before(side) as bot:
        side.faults(fault)
        with pytest.raises(error, match=says):
            await bot.send_message(ME, name)
        assert (name in texts(side)) is done, "whether Telegram did it"
        side.advance(10)
        await bot.send_message(ME, f"{name} again")
        assert f"{name} again" in texts(side)


async def test_a_slow_answer(side: Inside | Outside) -> None:
    async with before(side) as bot:
        side.faults(faults.slow("sendMessage", 0.05))
        await bot.send_message(ME, "slow")
        assert "slow" in texts(side)


async def test_updates_held_back_doubled_and_out_of_order(side: Inside | Outside) -> None:
    async with before(side) as bot:
        side.updates("hold")
        numbers = [side.person.say(str(n)) for n in range(20)]
        assert await rest(bot) == []
        side.updates("release")
        side.updates("shuffle", seed=3)
        found = await rest(bot)
        side.updates("shuffle", seed=None)
        assert sorted(u.message.message_id for u in found if u.message) == numbers
        assert [u.update_id for u in found] != sorted(u.update_id for u in found)
        chosen = sorted(u.update_id for u in found[:2])
        side.updates("replay", ids=chosen, times=2)
        assert [u.update_id for u in await rest(bot)] == chosen * 2


async def test_taps_expire_after_150_seconds_and_texts_do_not(side: Inside | Outside) -> None:
    async with before(side) as bot:
        lost = side.lost()
        sent = await bot.send_message(ME, "card", reply_markup=KEYBOARD)
        side.person.tap_data("d:x", sent.message_id)
        side.advance(149)
        assert [u.callback_query is not None for u in await bot.get_updates()] == [True], (
            "not confirmed, so still there"
        )
        side.person.tap_data("d:x", sent.message_id)
        note = side.person.say("note")
        side.advance(151)
        assert [u.message.message_id for u in await rest(bot) if u.message] == [note]
        assert side.lost() == lost + 1, "the first was delivered once"


async def test_a_full_queue_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MAX_QUEUE", 3)
    side = Inside()
    for n in range(5):
        side.person.say(str(n))
    assert (len(side.fake.updates.pending), side.fake.updates.overflowed) == (3, 2)


async def test_a_poll_that_is_cut_off_gives_the_same_again(side: Inside | Outside) -> None:
    async with before(side) as bot:
        wanted = side.person.say("once")
        cuts: list[Callable[[], Fault]] = [
            lambda: faults.drop_after("getUpdates"),
            lambda: faults.cut("getUpdates"),
            lambda: faults.answer("getUpdates", 200, json.dumps({"ok": True})),
        ]
        for cut in cuts:
            side.faults(cut())
            with pytest.raises((TelegramError, KeyError)):
                await bot.get_updates()
        assert [u.message.message_id for u in await bot.get_updates() if u.message] == [wanted]
