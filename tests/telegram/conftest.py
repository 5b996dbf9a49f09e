import pytest

from tests.fake_telegram import FakeTelegram, Person
from tests.telegram.memory import Memory


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def memory(fake: FakeTelegram) -> Memory:
    return Memory(fake)


@pytest.fixture
def ann(fake: FakeTelegram) -> Person:
    return Person(fake, 1001, "Ann", "en")


@pytest.fixture
def bo(fake: FakeTelegram) -> Person:
    return Person(fake, 1002, "Bo", "zh-hans")
