"""Telegram on top of the use cases: who is served, and that only one copy runs on a data folder."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import serving
from bot.config import Settings
from bot.service.world import World
from bot.serving import CHANNEL, EXIT_SECOND, SecondCopy, alone, descriptions, serve
from bot.words import COMMANDS
from tests.service.scene import Clock, library, say
from tests.store.making import open_file, store_on

TOKEN = "123456789:made-up-token-made-up-token-made-up"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", telegram_bot_token=SecretStr(TOKEN), _env_file=None)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = open_file(tmp_path / "gradewalk.db")
    yield World(store_on(engine), library(), Clock())
    engine.dispose()


def test_the_commands_are_described_in_both_languages() -> None:
    described = descriptions()
    assert [name for name, _ in described] == list(COMMANDS)
    for name, texts in described:
        assert texts["zh"] != texts["en"], name
        assert all(1 <= len(text) <= 256 for text in texts.values()), "as Telegram takes them"


def test_serving_hands_over_what_is_needed(settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, Any] = {}

    async def run(**parts: Any) -> int:
        handed.update(parts)
        with pytest.raises(SecondCopy), alone(settings.data_dir):
            pass
        return 4

    monkeypatch.setattr(serving, "run", run)
    assert serve(settings, lambda _: world) == 4
    assert handed["token"].get_secret_value() == TOKEN
    assert handed["api_url"] == "https://api.telegram.org"
    assert handed["inbox"]._channel == handed["outbox"]._channel == CHANNEL
    assert handed["phrases"].not_saved("") == say("line.not-saved")
    assert handed["commands"] == descriptions()
    with alone(settings.data_dir):
        """The lock is free again."""


def test_a_second_copy_is_refused_in_one_line(
    settings: Settings, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone(settings.data_dir):
        assert serve(settings, lambda _: world) == EXIT_SECOND
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert str(settings.data_dir) in err
    assert "another copy is running" in err


def test_without_a_token_there_is_nothing_to_serve(world: World, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no token"):
        serve(Settings(data_dir=tmp_path, _env_file=None), lambda _: world)


def test_the_lock_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.serving import alone\n"
        f"with alone(Path({str(tmp_path)!r})):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as other:
        assert other.stdout
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(SecondCopy), alone(tmp_path):
            pass
        other.kill()
        other.wait()
    with alone(tmp_path), pytest.raises(SecondCopy), alone(tmp_path):
        pass
