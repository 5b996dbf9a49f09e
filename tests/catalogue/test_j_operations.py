"""J. Operations, and what of A and E belongs to the command line: rows 12, 64, 110, 113, 114, 115."""

import asyncio
import gc
import json
import logging
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.config import Settings
from bot.log import set_up
from bot.operator import check_files
from bot.store.contents import check_record
from bot.verify.keyfile import make
from bot.view.places import NextOpen
from bot.wiring import open_world
from tests.catalogue.invariants import hold
from tests.catalogue.released.make import results
from tests.commands import Command
from tests.fake_telegram import TOKEN, Control, FakeTelegram, Person
from tests.made_up import STARS
from tests.service.scene import Scene, library
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on, start_process, world_in

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operate.md").read_text("utf-8")
RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
NOTE = "现场看过一段只属于他们的话"

# ---- row 12: bad configuration, over and over

BAD: dict[str, tuple[str, str]] = {
    "no token": ("TELEGRAM_BOT_TOKEN", "made-up-secret"),
    "no address": ("TELEGRAM_API_URL", "ftp://made-up-secret"),
    "no database": ("DATABASE_URL", "postgresql://made-up-secret"),
    "a damaged database": ("DATABASE_URL", "sqlite:///garbage.db"),
    "a database in no folder": ("DATABASE_URL", "sqlite:///nowhere/a.db"),
    "a file for a folder": ("DATA_DIR", "garbage.db"),
    "below a file": ("DATA_DIR", "garbage.db/below"),
    "no folder of standards": ("SCHEMES_DIR", "nowhere"),
    "a broken standard": ("SCHEMES_DIR", "standards"),
    "a webhook without its secret": ("WEBHOOK_URL", "https://bot.example"),
    "an unknown zone": ("DEFAULT_TIMEZONE", "Mars/Olympus"),
    "an unknown level": ("LOG_LEVEL", "chatty"),
    "for finding faults": ("LOG_LEVEL", "DEBUG"),
}


@pytest.mark.parametrize("case", BAD)
def test_row_12_a_bad_configuration_is_one_line_and_asks_telegram_nothing(
    case: str, gradewalk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "garbage.db").write_text("this is no database at all" * 200, encoding="utf-8")
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "bad.yaml").write_text(STARS.replace("id: 2.10,", "id: 2.1,"), encoding="utf-8")
    name, value = BAD[case]
    asked: list[object] = []
    monkeypatch.setattr("bot.serving.run", lambda **parts: asked.append(parts))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    for _ in range(2):  # as a supervisor does
        code, out, err = gradewalk("run")
        assert code == 2
        assert out == ""
        assert len(err.splitlines()) == 1, err
        assert "made-up-secret" not in err
    assert asked == []


@pytest.mark.long
def test_row_12_a_process_that_cannot_start_confirms_no_update(tmp_path: Path) -> None:
    (tmp_path / "gradewalk.db").write_text("this is no database at all" * 200, encoding="utf-8")
    with Control.start() as control:
        control.person(1001, "Example").say("/start")
        process = start_process(tmp_path, control.base_url)
        assert process.wait(30) == 2
        assert control.calls() == []
        assert control.stats()["pending"] == 1


# ---- row 64: rights


@pytest.fixture
def others(gradewalk: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a token in .env and a database, made by the commands themselves."""
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o600)
    assert gradewalk("migrate")[0] == 0
    make(tmp_path / "data" / "signing.key")
    monkeypatch.setattr("bot.serving.serve", lambda *_, **_more: 0)
    return tmp_path


def posix() -> bool:
    return sys.platform != "win32"


@pytest.mark.skipif(not posix(), reason="other rights there")
def test_row_64_what_we_make_is_for_this_account_alone(others: Path, gradewalk: Command) -> None:
    assert gradewalk("backup")[0] == 0
    open_to_others = [path for path in others.glob("data/**/*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (others / "data").stat().st_mode & 0o077 == 0
    code, out, err = gradewalk("run")
    assert (code, out, err) == (0, "", "")


@pytest.mark.skipif(not posix(), reason="other rights there")
@pytest.mark.parametrize(
    ("path", "mode", "code", "word"),
    [
        ("data", 0o777, 2, "anybody on this machine may change"),
        (".env", 0o644, 0, "others may read .env"),
        ("data/signing.key", 0o640, 2, "others may read the signing key"),
    ],
)
def test_row_64_open_doors_are_pointed_out(
    path: str, mode: int, code: int, word: str, others: Path, gradewalk: Command
) -> None:
    (others / path).chmod(mode)
    _, _, err = gradewalk("run")
    assert word in err
    assert "chmod" in err
    ended, out, _ = gradewalk("doctor", "--offline")
    assert ended == code
    assert word in out


@pytest.mark.skipif(not posix(), reason="other rights there")
def test_row_64_data_that_others_may_read(others: Path, gradewalk: Command) -> None:
    (others / "data").chmod(0o755)
    (others / "data" / "gradewalk.db").chmod(0o644)
    assert "others on this machine may read the data" in gradewalk("doctor", "--offline")[1]
    (others / "data" / "gradewalk.db").chmod(0o600)
    assert "may read the data" not in gradewalk("doctor", "--offline")[1]


def test_switched_off_nobody_looks_at_the_rights(
    others: Path, gradewalk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 64."""
    monkeypatch.setattr(check_files, "_mode", lambda _: 0o600)
    with pytest.raises(AssertionError):
        test_row_64_open_doors_are_pointed_out("data", 0o777, 2, "anybody", others, gradewalk)


@pytest.mark.skipif(not posix() or os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.parametrize(
    "command",
    [["migrate"], ["backup"], ["restore", "x.zip", "--yes"], ["inbox", "list"], ["doctor", "--offline"], ["run"]],
)
def test_row_64_an_account_without_rights_gets_one_line(
    command: list[str], gradewalk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_module("bot.serving")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.chdir(folder)
        Path("standards").mkdir(mode=0o755)
        Path("standards/made-stars.yaml").write_text(STARS, encoding="utf-8")
        monkeypatch.setenv("SCHEMES_DIR", "standards")
        assert gradewalk("migrate")[0] == 0
        if command != ["run"]:
            gradewalk(*command)  # whatever it imports is imported now: `nobody` may not read our files
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        with nobody():
            code, out, err = gradewalk(*command)
    assert code == 2
    if command[0] == "doctor":
        assert "fail" in out
    else:
        assert (out, len(err.splitlines())) == ("", 1)


@contextmanager
def nobody() -> Iterator[None]:
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# ---- row 110: LOG_LEVEL=DEBUG


def test_row_110_debug_is_refused_with_a_token_unless_forced(
    gradewalk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[object] = []

    def serve(*_: object, **_more: object) -> int:
        served.append(1)
        return 0

    monkeypatch.setattr("bot.serving.serve", serve)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert gradewalk("run") == (2, "", f"{cli.DEBUG_LINE}\n")
    assert served == []
    assert gradewalk("run", "--force-debug")[0] == 0
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    assert gradewalk("run")[0] == 0
    assert served == [1, 1]


async def test_row_110_forced_it_still_says_neither_token_nor_note(
    gradewalk: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gradewalk("migrate")[0] == 0
    capsys.readouterr()
    set_up("DEBUG")
    fake, world = FakeTelegram(), world_in(tmp_path / "data")
    person = Person(fake, 1001, "Example", "zh-hans")
    async with bot_on(fake, world):
        player = Player(person, world)
        for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say(NOTE), Tap("存为备注")):
            await player.do(step)
        fake.inject("message", {"message_id": "not a number", "text": NOTE})
        await player.settled()
        for name in ("httpx", "telegram.ext", "sqlalchemy.engine", "asyncio"):
            logging.getLogger(name).debug("POST /bot%s/sendMessage %s", TOKEN, NOTE)
        logging.getLogger("bot.x").debug("POST /bot%s/sendMessage", TOKEN)
        await asyncio.sleep(0)
    log = capsys.readouterr().err
    assert "POST /bot<token>/sendMessage" in log, "our own lines come, redacted"
    hold(world, person, log=log, markers=[NOTE])


# ---- row 113: upgrades


def unpacked(sql: Path, folder: Path) -> Path:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "gradewalk.db", isolation_level=None)) as raw:
        raw.executescript(sql.read_text("utf-8"))
    return folder


@pytest.mark.parametrize("sql", RELEASED, ids=lambda path: path.stem)
def test_row_113_upgraded_with_data_the_record_verifies_and_scores_are_equal(sql: Path, tmp_path: Path) -> None:
    folder = unpacked(sql, tmp_path / "data")
    expected: dict[str, Any] = json.loads(sql.with_suffix(".json").read_text("utf-8"))
    world = open_world(Settings(data_dir=folder, _env_file=None), library())
    try:
        check_record(world.store._engine)
        assert results(world) == expected
        assert sum(one["state"] == "closed" for one in expected.values()) >= 2
        assert (folder / f"gradewalk-before-upgrade-{sql.stem}.db").exists() == upgraded(sql)
        with world.store.read() as unit:
            assert {state: n > 0 for state, n in unit.inbox.counts().items()} == dict.fromkeys(
                ("new", "done", "dead"), True
            )
        scene = Scene(world)
        (ref,) = (listed.ref for listed in scene.listed if listed.state == "open")
        before = scene.of(ref).seq
        scene.press(NextOpen(scene.sheet(ref)))
        scene.say("90")
        assert scene.of(ref).seq == before + 1, "and the interview goes on where it was"
        check_record(world.store._engine)
    finally:
        world.store._engine.dispose()


def upgraded(sql: Path) -> bool:
    newest = max(path.name[:4] for path in (ROOT / "bot" / "store" / "migrations" / "versions").glob("0*.py"))
    return sql.stem != newest


def test_switched_off_an_upgrade_that_touches_the_record_is_found(tmp_path: Path) -> None:
    """Row 113. What a careless migration would do: one header rewritten."""
    folder = unpacked(RELEASED[0], tmp_path / "data")
    with closing(sqlite3.connect(folder / "gradewalk.db")) as raw, raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET role = upper(role) WHERE seq = 3")
    world = open_world(Settings(data_dir=folder, _env_file=None), library())
    with pytest.raises(Exception, match="entry 3"):
        check_record(world.store._engine)
    world.store._engine.dispose()


# ---- row 114: the commands of the page

BLOCKS = re.findall(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
NOT_RUN = {
    "install": "needs root and the package index; tests/test_wheel.py installs the package",
    "systemd": "needs root and systemd",
    "docker": "needs a Docker daemon",
}


def test_row_114_the_commands_work(gradewalk: Command, tmp_path: Path) -> None:
    """Line by line, ours in this process; the long one has a shell run the blocks as they stand."""
    if shutil.which("bash") is None:
        pytest.skip("no shell to run them in")
    ours = 0
    for text in blocks(tmp_path):
        for line in text.splitlines():
            words = shlex.split(line)
            if "gradewalk" not in words[:2]:
                done = shell(line, tmp_path)
                assert done.returncode == 0, f"{line}\n{done.stdout}"
                continue
            if "restore" in words:
                gc.collect()  # the commands before would have ended by now, and what they had open with them
            code, out, err = gradewalk(*words[words.index("gradewalk") + 1 :])
            assert (code != 0) == (words[0] == "!"), f"{line}\n{out}{err}"
            ours += 1
    assert ours >= 12
    assert_restored(tmp_path)


@pytest.mark.long
def test_row_114_the_commands_work_as_written(tmp_path: Path) -> None:
    for text in blocks(tmp_path):
        done = shell(text, tmp_path)
        assert done.returncode == 0, f"{text}\n{done.stdout}"
        assert "Traceback" not in done.stdout
    assert_restored(tmp_path)


def blocks(folder: Path) -> Iterator[str]:
    """What the page says to type, each after what must be there for it; nothing outside of `folder` is written."""
    shutil.copy(ROOT / ".env.example", folder)
    for language, name, text in BLOCKS:
        if language == "sh" and name not in NOT_RUN:
            if name == "retry":
                with closing(sqlite3.connect(folder / "data" / "gradewalk.db")) as raw, raw:
                    raw.execute(
                        "INSERT INTO inbox (id, update_id, sha256, raw, chat_key, received_at, state, attempts)"
                        " VALUES (17, 1, 'x', '{}', '1001', '2026-11-20 12:00:00.000000', 'dead', 5)"
                    )
            yield text.replace("/tmp/", f"{folder}/")  # noqa: S108  a name in the page


def assert_restored(folder: Path) -> None:
    assert len(list((folder / "data").glob("gradewalk.db.before-restore-*"))) == 1
    assert (folder / ".env").stat().st_mode & 0o077 == 0


def shell(text: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    environment |= {"PATH": os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]]), "PYTHONUTF8": "1"}
    return subprocess.run(
        ["bash", "-euc", text],
        cwd=folder,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_row_114_the_page_is_about_this_program() -> None:
    assert {name for language, name, _ in BLOCKS if language == "sh" and name} == {*NOT_RUN, "retry"}
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(next(text for language, name, text in BLOCKS if (language, name) == ("ini", "systemd")))
    assert unit["Service"]["ExecStart"].endswith("gradewalk run")
    named = set(re.findall(r"gradewalk ((?:inbox )?[a-z]+)", "".join(text for _, _, text in BLOCKS)))
    assert named >= {"backup", "restore", "doctor", "migrate", "inbox list", "inbox retry", "run"}
    for word in set(re.findall(r"`([A-Z][A-Z_]+)`", PAGE)):
        assert word.lower() in Settings.model_fields, word


# ---- row 115: what we stand on


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_row_115_every_requirement_is_pinned_and_names_no_address(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert len(lines) > 20
    assert [line for line in lines if not is_pinned(line)] == []


def is_pinned(line: str) -> bool:
    """`name==1.2.3`, perhaps with a marker behind `;`: no range, no option, no address."""
    return (
        re.fullmatch(
            r"[a-z0-9][a-z0-9._-]*==\d[\w.!+-]*( ; [a-z_]+ [<>=!]+ '[^'/]+'( (and|or) [a-z_]+ [<>=!]+ '[^'/]+')*)?",
            line,
        )
        is not None
    )


@pytest.mark.parametrize(
    "line",
    [
        "idna>=3",
        "idna",
        "idna==3.*",
        "-i https://index.example/simple",
        "idna @ https://x.example/idna.whl",
        "-e .",
        "--find-links /x",
    ],
)
def test_switched_off_a_loose_requirement_is_found(line: str) -> None:
    """Row 115."""
    assert not is_pinned(line)


def test_row_115_all_that_is_declared_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        locked = {line.partition("==")[0] for line in (ROOT / name).read_text("utf-8").splitlines()}
        declared = {re.split(r"[<>=!~\[; ]", one)[0].lower().replace("_", "-").replace(".", "-") for one in wanted}
        assert declared - locked == set()
