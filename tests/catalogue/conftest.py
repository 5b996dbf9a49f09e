"""The real bot as a process, ready to be started before a fake Telegram that is one too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalogue.drivers import Driver, Zygote
from tests.fake_telegram import Control


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as ready:
        yield ready


@pytest.fixture(scope="module")
def control() -> Iterator[Control]:
    with Control.start() as running:
        yield running


@pytest.fixture
def driver(zygote: Zygote, control: Control, tmp_path: Path) -> Iterator[Driver]:
    """A bot for this test's folder; whatever is left of it is ended, and what is queued for it forgotten."""
    ready = zygote.at(tmp_path, control.base_url)
    yield ready
    if ready.pid:
        ready.kill()
    control.faults(clear=True)
