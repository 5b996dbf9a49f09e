import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service.world import BotName, World
from bot.store.engine import open_engine
from tests.service.scene import Clock, Scene, library
from tests.service.silver import done, done_file, silver, silver_file  # noqa: F401  fixtures
from tests.store.making import open_file, store_on


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "gradewalk.db"
    open_file(file).dispose()
    return file


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(empty: Path, tmp_path: Path) -> Path:
    """A database of this test's own."""
    return Path(shutil.copy(empty, tmp_path / "gradewalk.db"))


@pytest.fixture
def world(file: Path, clock: Clock) -> Iterator[World]:
    engine = open_engine(f"sqlite:///{file}")
    yield World(store_on(engine), library(), clock, bot=BotName("gradewalk_test_bot"))
    engine.dispose()


@pytest.fixture
def ann(world: World) -> Scene:
    """Somebody with a Chinese client who said nothing yet."""
    return Scene(world)


@pytest.fixture
def bo(world: World) -> Scene:
    """Somebody else."""
    return Scene(world, "2002")
