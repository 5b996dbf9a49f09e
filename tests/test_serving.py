"""Telegram on top of the use cases: who is served, and that only one copy runs on a data folder."""

import asyncio
import gc
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock

import pytest
from pydantic import SecretStr

from bot import serving
from bot.config import Settings
from bot.loading import SELDOM
from bot.lock import EXIT_SECOND, SecondCopy, alone
from bot.service.lease import LEASE, LeaseDesk
from bot.service.world import World
from bot.serving import CHANNEL, EXIT_CLOCK, descriptions, hook, leased, looked_through, process_name, serve
from bot.store.errors import StoreCorrupt
from bot.store.whole import Look
from bot.telegram.stopping import Exit, Stop
from bot.telegram.webhook import Hook
from bot.wiring import open_world
from bot.words import COMMANDS
from tests.service.scene import Clock, Scene, library, say
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
    assert handed["commands"]() == descriptions()
    with alone(settings.data_dir):
        """The lock is free again."""


def test_who_serves_looks_for_garbage_seldom_but_looks(
    settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    was, seen = gc.get_threshold(), []
    gc.enable()  # whatever a test before left

    async def run(**_: Any) -> int:
        seen.append((gc.isenabled(), gc.get_threshold()))
        return 0

    monkeypatch.setattr(serving, "run", run)
    try:
        serve(settings, lambda _: world)
    finally:
        gc.set_threshold(*was)
    assert seen == [(True, (SELDOM, *was[1:]))]


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
        "import sys; from pathlib import Path; from bot.lock import alone\n"
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


# ---- machines that share a folder


def desk(world: World, host: str, pid: int = 1) -> LeaseDesk:
    return LeaseDesk(world, CHANNEL, f"{host}:{pid}:{host}{pid}")


@pytest.fixture
def clock(world: World) -> Clock:
    assert isinstance(world.clock, Clock)
    return world.clock


def test_every_process_has_a_name_of_its_own() -> None:
    one, other = process_name(), process_name()
    assert one != other
    assert one.rsplit(":", 2)[:2] == other.rsplit(":", 2)[:2]


def test_a_dead_process_of_this_machine_is_not_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.serving.time.sleep", Mock(side_effect=AssertionError("waits")))
    assert desk(world, "here", 1).take() is None
    with leased(desk(world, "here", 2)) as lease:
        assert lease.renew()
        assert not desk(world, "here", 1).renew()


def test_who_lost_the_lease_is_told(world: World, clock: Clock) -> None:
    first, second = desk(world, "here"), desk(world, "there")
    assert first.take() is None
    assert first.renew()
    clock.ahead(LEASE)
    assert first.renew(), "frozen for long, but nobody came meanwhile"
    clock.ahead(LEASE)
    assert second.take() is None
    assert not first.renew()
    first.give_back()
    assert second.renew(), "what is not one's own is not given back"


def test_another_machine_that_works_is_not_disturbed(
    world: World, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = desk(world, "made-up-host")
    assert other.take() is None
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.ahead(timedelta(seconds=seconds))
        if sum(waits) >= 20:
            assert other.renew()

    monkeypatch.setattr("bot.serving.time.sleep", sleep)
    assert serve(settings, lambda _: world) == EXIT_SECOND
    assert sum(waits) == 20
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "another copy is running" in err
    assert other.renew()


@pytest.mark.parametrize("slow", [0.0, 1.0], ids=["its clock stands", "its clock runs"])
def test_another_machine_that_died_is_waited_for(
    slow: float, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the two clocks say: one that stands for ever before the lease's end keeps nobody out."""
    assert desk(world, "made-up-host").take() is None
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.ahead(timedelta(seconds=seconds * slow - (1 - slow) * 3))

    monkeypatch.setattr("bot.serving.time.sleep", sleep)
    with leased(desk(world, "here")) as lease:
        assert lease.renew()
    assert 0 < sum(waits) <= LEASE.total_seconds()
    assert desk(world, "made-up-host", 2).take() is None, "given back: the next one need not wait"


def test_a_clock_before_the_newest_entry_is_refused(
    world: World, clock: Clock, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    Scene(world).begin()
    clock.ahead(timedelta(minutes=-6))
    assert serve(settings, lambda _: world) == EXIT_CLOCK
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    for part in ("请校准时钟", "set the clock", "2026-11-20 11:54 UTC", "2026-11-20 12:00 UTC"):
        assert part in err


def test_unless_the_operator_says_that_the_clock_is_right(
    world: World, clock: Clock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entries were made while it was ahead: nobody has to wait until it has caught up."""

    async def run(**_: Any) -> int:
        return 0

    monkeypatch.setattr(serving, "run", run)
    Scene(world).begin()
    clock.ahead(timedelta(days=-1))
    assert serve(settings, lambda _: world, clock_is_right=True) == 0


def test_updates_are_pushed_where_there_is_an_address_for_it(settings: Settings) -> None:
    assert hook(settings) is None
    changed = {"webhook_url": "https://bot.test/x", "webhook_port": 8080, "webhook_secret": SecretStr("made-up")}
    assert hook(settings.model_copy(update=changed)) == Hook("https://bot.test/x", 8080, SecretStr("made-up"))
    assert "made-up" not in repr(hook(settings.model_copy(update=changed)))


async def _loop_of() -> int:
    return int(type(asyncio.get_running_loop()).__module__.partition(".")[0] == "uvloop")


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop does not run there")
def test_it_runs_on_uvloop() -> None:
    assert serving.run_loop(_loop_of()) == 1


def test_without_uvloop_it_runs_on_asyncios_own_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert serving.run_loop(_loop_of()) == 0


class _Found:
    """A look that finds something, or is still under way when the run ends."""

    def __init__(self, damage: StoreCorrupt | None = None) -> None:
        self.damage, self._found, self.given_up = damage, damage, False

    def take(self) -> StoreCorrupt | None:
        return self._found

    def give_up(self) -> None:
        self.given_up = True


async def _until(stop: Stop) -> int:
    await stop.wait()
    return int(stop.code)


def test_damage_that_is_found_later_ends_the_run() -> None:
    async def both() -> tuple[int, int]:
        found, stop = _Found(StoreCorrupt("page 3")), Stop()
        code = await looked_through(_until(stop), cast("Look", found), stop, after=0)
        nothing, stop = _Found(), Stop()
        asyncio.get_running_loop().call_later(0.05, stop.now)
        return code, await looked_through(_until(stop), cast("Look", nothing), stop, after=0)

    assert asyncio.run(both()) == (Exit.CRASHED, Exit.DONE)


def test_a_clean_stop_marks_the_database_and_the_next_start_trusts_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(**_: Any) -> int:
        await asyncio.sleep(0)
        return 0

    opened: list[bool] = []

    def open_counted(given: Settings, *, whole: bool = False) -> World:
        opened.append(whole)
        return open_world(given, library(), whole=whole)

    monkeypatch.setattr(serving, "run", run)
    monkeypatch.setattr("bot.store.whole.WORTH", 0)
    monkeypatch.setattr(serving, "looked_through", _looked_at_once)
    for _ in range(3):
        assert serve(settings, open_counted) == 0
    assert opened == [False, True, True]
    opened.clear()
    monkeypatch.setattr(serving, "looked_through", lambda work, *_: work)
    for _ in range(2):
        assert serve(settings, open_counted) == 0
    assert opened == [True, False], "a run that ended before it had looked left nothing that is known to be whole"
    opened.clear()
    monkeypatch.setattr(serving, "looked_through", _looked_at_once)
    monkeypatch.setattr(Look, "take", lambda look: setattr(look, "damage", StoreCorrupt("page 3")))
    with pytest.raises(StoreCorrupt, match="page 3"):
        serve(settings, open_counted)
    monkeypatch.undo()
    monkeypatch.setattr(serving, "run", run)
    monkeypatch.setattr("bot.store.whole.WORTH", 0)
    assert serve(settings, open_counted) == 0
    assert opened == [True, False], "after damage, or any error, the next start looks first"


async def _looked_at_once(work: Coroutine[Any, Any, int], look: Look, _: Stop) -> int:
    await asyncio.to_thread(look.take)
    return await work


START = """
import sys
from bot.__main__ import main
from bot.loading import lasting

with lasting():
    from bot import serving

async def done(): return 0

serving.run = lambda **_: done()
sys.argv = ["gradewalk", "run"]
try:
    main()
finally:
    print(*sorted(sys.modules))
"""


def test_a_start_loads_only_what_it_needs(tmp_path: Path) -> None:
    """Whoever asks for a file, has a new standard checked or upgrades a database waits for it then, not everybody."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(tmp_path),
        "DATA_DIR": str(tmp_path / "data"),
        "TELEGRAM_BOT_TOKEN": TOKEN,
    }
    for _ in range(2):  # the first reads all standards
        done = subprocess.run(
            [sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
        )
    files = {"typst", "docx", "docxtpl", "lxml", "xlsxwriter", "PIL", "openpyxl", "fontTools", "bot.export"}
    others = {"alembic", "mako", "ruamel.yaml", "bot.library.load", "tornado", "prompt_toolkit", "bot.terminal"}
    loaded = set(done.stdout.split())
    assert not (files | others | {"httpx._main", "rich", "pygments"}) & loaded
    assert {"telegram", "sqlalchemy", "bot.service.respond"} <= loaded, "it did start"
