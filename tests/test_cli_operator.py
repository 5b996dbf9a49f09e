"""The operator's commands: backup, restore, inbox, doctor. What the files hold: tests/catalogue/test_g_backup.py."""

import io
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, misspelt, read_settings, shown
from bot.lock import alone
from bot.operator import check_data
from bot.operator.check import Check
from bot.operator.check_data import database
from bot.operator.check_files import backups_made
from bot.operator.check_telegram import telegram
from bot.service.channel import Incoming
from bot.service.inbox import ATTEMPTS, InboxDesk
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store import disk, health
from bot.store.health import Finding
from bot.store.values import Incoming as Kept
from bot.telegram import lanes
from bot.telegram.probe import Seen, UnknownToken, Unreachable
from bot.wiring import now, open_world
from tests.catalogue.invariants import hold
from tests.commands import Command, fresh
from tests.fake_telegram import TOKEN, FakeTelegram, Person
from tests.service.scene import REAL, Scene, library
from tests.stories.running import Player, bot_on

PERSON = {"id": 1001, "is_bot": False, "first_name": "Example", "language_code": "zh-hans"}
HELP = {
    "update_id": 7,
    "message": {
        "message_id": 900,
        "date": 1_780_000_000,
        "chat": {"id": 1001, "type": "private", "first_name": "Example"},
        "from": PERSON,
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    },
}
SECRET = "a thing that a person wrote"


@pytest.fixture
def world(gradewalk: Command, tmp_path: Path) -> Iterator[World]:
    fresh(tmp_path / "data")
    made = open_world(Settings(data_dir=tmp_path / "data", _env_file=None), library())
    yield made
    made.store._engine.dispose()


def close(world: World) -> None:
    world.store._engine.dispose()


def dead(world: World, raw: str, number: int = 71) -> int:
    """An update that was given up; its number in the inbox."""
    desk = InboxDesk(world, CHANNEL)
    desk.take([Incoming(number, raw, "1001")])
    row = next(item.row for item in desk.waiting(10) if item.update_id == number)
    for _ in range(ATTEMPTS):
        desk.failed(row, f"ValueError at x.py:1 work\n/bot{TOKEN}/x")
    return row


# ---- backup and restore as they are typed


def test_backup_says_what_it_holds_in_both_languages(gradewalk: Command, world: World, tmp_path: Path) -> None:
    Scene(world).begin(REAL)
    code, out, err = gradewalk("backup", "--keep", "1")
    assert (code, err, len(out.splitlines())) == (0, "", 1)
    assert "评价 1 项，记录 2 条，证据 0 份" in out
    assert "verified: assessments: 1, entries: 2, evidence: 0" in out
    assert "older ones deleted: 1" in gradewalk("backup", "--keep", "1")[1]
    assert len(list((tmp_path / "data" / "backups").glob("*.zip"))) == 1


def test_backup_refuses_what_it_should_not_do(gradewalk: Command, tmp_path: Path) -> None:
    code, out, err = gradewalk("backup")
    assert (code, out) == (2, "")
    assert "nothing to back up yet" in err
    assert gradewalk("migrate")[0] == 0
    assert not (tmp_path / "data" / "backups").exists()
    assert gradewalk("backup", "--to", "a.zip")[0] == 0
    code, _, err = gradewalk("backup", "--to", "a.zip")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "exists already" in err
    assert "not with --to" in gradewalk("backup", "--to", "b.zip", "--keep", "2")[2]
    assert gradewalk("backup", "--keep", "0")[0] == 2
    assert gradewalk("backup", "--to", "data/gradewalk.db/c.zip")[0] == 2


def test_restore_asks_first(gradewalk: Command, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Scene(world).begin(REAL)
    close(world)
    gradewalk("backup", "--to", "a.zip")
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert "add --yes" in gradewalk("restore", "a.zip")[2]
    for typed, code in (("no\n", 2), ("", 2), ("Yes\n", 0)):
        terminal = io.StringIO(typed)
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stdin", terminal)
        ended, out, err = gradewalk("restore", "a.zip")
        assert ended == code
        assert "made at " in err
    assert "原数据库保留为" in out
    assert "run the same command again" in err
    assert len(list((tmp_path / "data").glob("*.before-restore-*"))) == 1
    code, out, err = gradewalk("restore", "a.zip", "--check")
    assert (code, err) == (0, "")
    assert "备份完好：a.zip（评价 1 项，记录 2 条，证据 0 份）" in out
    assert "the backup is sound: assessments: 1, entries: 2, evidence: 0" in out


def test_restore_says_what_was_deleted_again_and_what_could_not_be_known(
    gradewalk: Command, world: World, tmp_path: Path
) -> None:
    scene = Scene(world)
    scene.begin(REAL)
    gradewalk("backup", "--to", "a.zip")
    scene.tap("button.overview" if "button.overview" in scene.labels else "概况")
    scene.tap("button.delete-draft")
    scene.tap("button.delete-for-good")
    close(world)
    assert "deleted again: 1" in gradewalk("restore", "a.zip", "--yes")[1]
    (tmp_path / "data" / "gradewalk.db").write_bytes(b"not a database" * 500)
    code, out, _ = gradewalk("restore", "a.zip", "--yes")
    assert code == 0
    assert "may be back" in out


def test_restore_while_the_bot_runs_is_one_line_and_exit_3(gradewalk: Command, world: World, tmp_path: Path) -> None:
    close(world)
    gradewalk("backup", "--to", "a.zip")
    with alone(tmp_path / "data"):
        code, out, err = gradewalk("restore", "a.zip", "--yes")
    assert (code, out, len(err.splitlines())) == (3, "", 1)
    assert "stop it first" in err


# ---- inbox


def test_an_empty_inbox_says_so(gradewalk: Command, world: World) -> None:
    assert "nothing waits" in gradewalk("inbox", "list")[1]
    assert gradewalk("inbox", "retry", "1")[0] == 2


def test_no_database_or_an_older_one_is_a_hint(gradewalk: Command, tmp_path: Path) -> None:
    assert "no database yet" in gradewalk("inbox", "list")[2]
    gradewalk("migrate")
    with closing(sqlite3.connect(tmp_path / "data" / "gradewalk.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    code, _, err = gradewalk("inbox", "list")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "gradewalk migrate" in err


def test_the_inbox_is_listed_without_what_it_says(gradewalk: Command, world: World) -> None:
    row = dead(world, f'{{"message": "{SECRET}"}}')
    InboxDesk(world, CHANNEL).take([Incoming(72, SECRET, "2002")])
    code, out, err = gradewalk("inbox", "list")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 3
    assert re.match(
        rf"{row}\t失败 dead\t4\t\d{{4}}-\d\d-\d\d .* \+0800\t1001\tValueError at x.py:1 work /bot<token>/x$", lines[1]
    )
    assert lines[2].endswith("\t2002\t-")
    assert SECRET not in out


def test_retry_says_what_became_of_each(gradewalk: Command, world: World) -> None:
    row = dead(world, "{}")
    desk = InboxDesk(world, CHANNEL)
    desk.take([Incoming(72, "{}", "2"), Incoming(73, "{}", "3")])
    waits, done = (item.row for item in desk.waiting(10))
    desk.ignore(done, "")
    code, out, err = gradewalk("inbox", "retry", row, waits)
    assert (code, err) == (0, "")
    assert [line.partition(" / ")[2] for line in out.splitlines()] == [
        "due again; a running bot begins within 30 s",
        "was not given up: the bot tries it by itself",
    ]
    assert gradewalk("inbox", "retry", done, 999)[0] == 2
    with world.store.read() as unit:
        assert (unit.inbox.get(row).state, unit.inbox.get(row).attempts) == ("new", 0)


async def test_a_running_bot_sees_what_is_retried(
    gradewalk: Command, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lanes.IDLE_SECONDS <= 30
    monkeypatch.setattr(lanes, "IDLE_SECONDS", 0.05)
    fake = FakeTelegram()
    person = Person(fake, 1001, "Example", "zh-hans")
    async with bot_on(fake, world):
        person.start()
        await person.sees("开始一次评价")
        with world.store.write() as unit:  # at once: the bot must not see it new
            unit.inbox.take([Kept(7, json.dumps(HELP), "1001")], now())
            row = unit.inbox.listed("new")[0].id
            unit.inbox.dead(row, now(), "made up")
        assert gradewalk("inbox", "retry", row)[0] == 0

        def worked_on() -> bool:
            with world.store.read() as unit:
                return unit.inbox.get(row).state == "done"

        await person.until(worked_on)
        await Player(person, world).settled()
    hold(world, person)


# ---- doctor


def test_a_new_folder_is_well(gradewalk: Command, tmp_path: Path) -> None:
    code, out, err = gradewalk("doctor", "--offline", "--lang", "en")
    assert (code, err) == (0, "")
    assert all(line.startswith("ok ") for line in out.splitlines()), out
    assert not list(tmp_path.iterdir()), "nothing is made by looking"


def test_settings_are_told_with_their_meaning_and_never_a_secret(gradewalk: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\nWEBHOOK_SECRET=made-up-secret\nACCESS=invited\nACESS=open\nTELEGRAM_TOKEN=x\nOTHER=1\n",
        encoding="utf-8",
    )
    (tmp_path / ".env").chmod(0o644)
    for language in ("zh", "en", ""):
        code, out, _ = gradewalk("doctor", "--offline", "--lang", language)
        assert code == 0
        assert "made-up-secret" not in out
        assert TOKEN.partition(":")[2] not in out
    assert "ACCESS=invited: who may use it: open (anyone) or invited" in out
    assert ".env 里的 ACESS 不是设置项，是否指 ACCESS？" in out
    assert "OTHER" not in out
    assert "others may read .env" in out


def test_every_wrong_setting_is_named(gradewalk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS", "made-up-secret")
    monkeypatch.setenv("WEBHOOK_PORT", "made-up-secret")
    code, out, _ = gradewalk("doctor", "--offline")
    assert code == 2
    lines = out.splitlines()
    assert [line.count("ACCESS") + line.count("WEBHOOK_PORT") for line in lines] == [2, 2], "once in each language"
    assert "made-up-secret" not in out
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert len(refused.value.lines) == 2
    assert str(refused.value) == refused.value.lines[0]


def test_what_is_set_and_what_is_misspelt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env = tmp_path / "a.env"
    env.write_text("export DATADIR=x\n# LOG_LEVL=1\n LOG_LEVL = DEBUG\nPATH=x\n", encoding="utf-8-sig")
    assert misspelt(env) == {"DATADIR": "DATA_DIR", "LOG_LEVL": "LOG_LEVEL"}
    assert misspelt(tmp_path / "none") == {}
    set_ = shown(Settings(telegram_bot_token=TOKEN, access="invited", _env_file=None))
    assert set_ == {"ACCESS": "invited", "TELEGRAM_BOT_TOKEN": ""}


def test_dead_updates_backups_and_a_running_bot(gradewalk: Command, world: World, tmp_path: Path) -> None:
    dead(world, SECRET)
    with alone(tmp_path / "data"):
        code, out, _ = gradewalk("doctor", "--offline", "--lang", "en")
    assert code == 0
    assert "ok    the bot is running" in out
    assert "warn  1 updates in the inbox were given up: `gradewalk inbox list`" in out
    assert "warn  no backup in data/backups yet" in out
    assert "has the database open" not in out, "that is the bot"
    assert (
        "warn  the bot does not run, yet another process has the database open"
        in gradewalk("doctor", "--offline", "--lang", "en")[1]
    )
    close(world)
    gradewalk("backup")
    settings = read_settings()
    assert [one.level for one in backups_made(settings, now())] == ["ok"]
    (late,) = backups_made(settings, now() + timedelta(days=8))
    assert (late.level, "8 days old" in late.en) == ("warn", True)


def test_row_91_a_database_that_must_not_be_trusted(
    gradewalk: Command, world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    close(world)
    monkeypatch.setattr(health, "file_system", lambda *_: "nfs4")
    monkeypatch.setattr(disk, "free", lambda _: 30_000_000)
    code, out, _ = gradewalk("doctor", "--offline", "--lang", "en")
    assert code == 2
    assert "fail  the database stands on a network file system (nfs4)" in out
    assert "fail  only 30 MB are free: nothing is taken" in out
    (tmp_path / "data" / "gradewalk.db").write_bytes(b"not a database" * 500)
    code, out, _ = gradewalk("doctor", "--offline", "--lang", "zh")
    assert code == 2
    assert "gradewalk restore" in out


def test_every_finding_has_its_sentence_in_both_languages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed = re.findall(r"^    ([a-z-]+) +\((.*?)\)", health.__doc__ or "", re.MULTILINE)
    assert {code for code, _ in listed} == set(check_data._SAID)
    (tmp_path / "data").mkdir()
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    for code, params in listed:
        values: dict[str, str | int] = {
            name: 600_000_000 if name in {"free", "size"} else f"<{name}>" for name in params.split(", ") if name
        }
        finding = Finding(code, values, grave=code == "corrupt")
        monkeypatch.setattr(check_data, "health", lambda _, finding=finding: [finding])
        said = list(database(settings))[1]
        assert said.level == ("fail" if finding.grave else "ok" if code == "missing" else "warn")
        for value in ("600" if value == 600_000_000 else str(value) for value in values.values()):
            assert value in said.zh or code == "corrupt"
            assert value in said.en


def test_broken_standards_are_counted(gradewalk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "a.yaml").write_text("format: 1\n", encoding="utf-8")
    monkeypatch.setenv("SCHEMES_DIR", "standards")
    code, out, _ = gradewalk("doctor", "--offline", "--lang", "en")
    assert code == 2
    assert "`gradewalk schemes check`" in out


GOOD = Seen("gradewalk_test_bot", False, False, "", 0, "", None, 0.4)
ADDRESS = "https://bot.example/gradewalk"


def asked(seen: Seen | Exception, **more: object) -> list[Check]:
    async def ask(*_: object) -> Seen:
        if isinstance(seen, Exception):
            raise seen
        return seen

    return list(telegram(Settings(telegram_bot_token=TOKEN, _env_file=None, **more), ask))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "more", "level", "words"),
    [
        (GOOD, {}, "ok", "Telegram knows the token: @gradewalk_test_bot"),
        (UnknownToken(), {}, "fail", "Telegram does not know the token"),
        (Unreachable("ConnectError"), {}, "fail", "https://api.telegram.org cannot be reached: ConnectError"),
        (Seen("x", True, False, "", 0, "", None, 0), {}, "warn", "/setjoingroups"),
        (Seen("x", False, True, "", 0, "", None, 0), {}, "warn", "/setinline"),
        (Seen("x", False, False, "", 0, "", None, -75.0), {}, "warn", "by -75 s"),
        (Seen("x", False, False, "", 5000, "", None, None), {}, "warn", "5000 updates wait"),
        (Seen("x", False, False, f"{ADDRESS}/0123", 0, "", None, 0), {}, "fail", "polling gets nothing"),
        (Seen("x", False, False, "", 0, "", None, 0), {"webhook_url": ADDRESS}, "warn", "the next start sets it"),
        (
            Seen(
                "x",
                False,
                False,
                f"{ADDRESS}/0123",
                0,
                f"refused by {ADDRESS}/0123 bot{TOKEN}",
                datetime(2026, 11, 1, tzinfo=UTC),
                0,
            ),
            {"webhook_url": ADDRESS},
            "warn",
            f"the last push failed (2026-11-01 00:00 UTC): refused by {ADDRESS} bot<token>",
        ),
    ],
)
def test_what_telegram_says(seen: Seen | Exception, more: dict[str, str], level: str, words: str) -> None:
    secret = {"webhook_secret": "made-up"} if more else {}
    found = asked(seen, **more, **secret)
    assert [one for one in found if one.level == level and words in one.en], found
    if seen != GOOD:
        assert level in {one.level for one in found}
    for one in found:
        assert TOKEN.partition(":")[2] not in one.line()
        assert "/0123" not in one.line(), "the address of a webhook is secret"


def test_a_clean_answer_is_all_well() -> None:
    assert {one.level for one in asked(GOOD)} == {"ok"}


def test_with_a_token_telegram_is_asked(gradewalk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    code, out, err = gradewalk("doctor", "--lang", "en")
    assert code == 2
    assert "fail  http://127.0.0.1:9 cannot be reached: NetworkError" in out
    assert TOKEN.partition(":")[2] not in out + err
