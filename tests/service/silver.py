"""A company that rated itself by the made-up stars, 80 % throughout: silver, ten points below gold; and a panel.

Each is made once and copied; the fixtures come by conftest.py.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.bench import Bench, bench, opened, seated
from tests.service.panel import new_prefix
from tests.service.scene import Clock, Scene

ALL = [("1.1/veto", "v0"), *((f"{row}/total", "4/5") for row in ("1.2", "2.1", "2.10", "3"))]


@pytest.fixture(scope="session")
def silver_file(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("silver") / "silver.db"))
    with opened(file, new_prefix(), Clock()) as world:
        scene = Scene(world)
        scene.begin()
        scene.fill("80")
    return file


@pytest.fixture
def silver(silver_file: Path, tmp_path: Path) -> Iterator[Scene]:
    """She has it on her list, and a database of her own."""
    with opened(Path(shutil.copy(silver_file, tmp_path / "gradewalk.db")), new_prefix(), Clock()) as world:
        yield Scene(world)


def rated(scene: Scene) -> str:
    """The public name of the assessment, its first card shown."""
    return scene.listed[-1].ref


@pytest.fixture(scope="session")
def done_file(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bench]:
    """A panel whose lead and first assessor are done; the lead sees both sheets."""
    file = Path(shutil.copy(empty, tmp_path_factory.mktemp("panel") / "panel.db"))
    with opened(file, new_prefix(), Clock()) as world:
        found = bench(world)
        found.rate(found.lead, ALL)
        found.rate(found.one, ALL)
        found.submit(found.one, found.lead)
    return file, found


@pytest.fixture
def done(done_file: tuple[Path, Bench], tmp_path: Path) -> Iterator[Bench]:
    file, found = done_file
    with opened(Path(shutil.copy(file, tmp_path / "gradewalk.db")), new_prefix(), Clock()) as world:
        yield seated(found, world)
