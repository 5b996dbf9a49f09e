"""A fake whose clock stands at noon, a person who has pressed Start, and the library's Bot."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.fake_telegram import FakeTelegram, Person, make_bot


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it RetryAfter warns that its type will change


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram(start=1_780_000_000)


@pytest.fixture
def person(fake: FakeTelegram) -> Person:
    someone = Person(fake, 1001, "Test")
    someone.start()
    return someone


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with make_bot(fake, read_timeout=0.2) as made:
        yield made
