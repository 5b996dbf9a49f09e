"""What holds for every test: how Hypothesis tries cases; and the command line for those that want it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from bot.telegram import writer
from tests import true_rows

if TYPE_CHECKING:
    from tests.commands import Command

# Machines differ in speed and tests share two cores: time per example says nothing here, --timeout guards.
settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("ci")
true_rows.watch()
writer.A_MOMENT = 0.002  # thousands of tests wait until all is written down


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shows that a test notices a protection switched off is long: it changes with that test alone."""
    for item in items:
        if item.name.startswith("test_switched_off"):
            item.add_marker(pytest.mark.long)


@pytest.fixture
def gradewalk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> "Iterator[Command]":
    """Run a command in this process, in tmp_path: exit code, stdout, stderr."""
    from tests.commands import bare, runner

    with bare(monkeypatch, tmp_path):
        yield runner(monkeypatch, capsys)
