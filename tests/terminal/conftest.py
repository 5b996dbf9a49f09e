from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service.world import World
from tests.service.scene import Clock, library
from tests.store.making import open_file, store_on
from tests.terminal.seats import Seat


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    engine = open_file(tmp_path / "gradewalk.db")
    yield Seat(World(store_on(engine), library(), Clock()), tmp_path / "files")
    engine.dispose()
