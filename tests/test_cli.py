"""The commands: results to stdout, problems to stderr, exit 2 for what the person can mend; never a traceback."""

import json
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import paths
from bot.config import Settings
from bot.service.world import World
from bot.wiring import open_world
from tests.commands import Command
from tests.made_up import STARS
from tests.service.scene import Scene
from tests.stories.company import TOTAL, answers_file

BAD = STARS.replace("points: {total: 30}", "points: {total: 31}").replace("id: 2.10,", "id: 2.1,")


@pytest.fixture(autouse=True)
def _bare(gradewalk: Command) -> None:
    """Every test here, also one that runs no command."""


@pytest.fixture
def schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one sound standard, in use."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "made-stars.yaml").write_text(STARS, encoding="utf-8")
    monkeypatch.setenv("SCHEMES_DIR", str(folder))
    return folder


def write(file: Path, text: str, encoding: str = "utf-8") -> Path:
    file.write_text(text, encoding=encoding)
    return file


# ---- score


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_score(encoding: str, gradewalk: Command, tmp_path: Path) -> None:
    code, out, err = gradewalk("score", write(tmp_path / "答案.json", answers_file(), encoding))
    found: Any = json.loads(out)
    assert (code, err) == (0, "")
    assert found["dimensions"]["total"]["total"] == TOTAL
    assert found["grade"] == {"id": "three-star", "title": {"zh": "三星级", "en": "Three-star"}}
    assert "三星级" in out, "readable, not escaped"


def test_an_incomplete_file_is_no_problem(gradewalk: Command, tmp_path: Path) -> None:
    text = '{"scheme": "bjkb-006", "assessors": [{"name": "A", "answers": {}}]}'
    code, out, err = gradewalk("score", write(tmp_path / "a.json", text))
    found = json.loads(out)
    assert (code, err, found["complete"], found["grade"]) == (0, "", False, None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["bad-json"]),
        ("{", ["bad-json"]),
        ("[" * 100_000, ["bad-json"]),
        (answers_file().replace("4.1.2", "4.1.99").replace("4.10", "4.98"), ["unknown-question"] * 2),
    ],
)
def test_all_problems_of_a_file_stand_on_stderr(
    text: str, codes: list[str], gradewalk: Command, tmp_path: Path
) -> None:
    code, out, err = gradewalk("score", write(tmp_path / "a.json", text))
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == len(codes)
    for line, expected in zip(lines, codes, strict=True):
        assert line.startswith("a.json")
        assert f"error {expected}" in line


def test_files_that_cannot_be_read(gradewalk: Command, tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"scheme": "\xe9"}')
    for name in ("missing.json", "latin.json", "."):
        code, out, err = gradewalk("score", tmp_path / name)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
        assert str(tmp_path / name) in err


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_of_many_is_scored_line_by_line(end: str, gradewalk: Command, tmp_path: Path) -> None:
    bad = '{"scheme": "nothing", "assessors": []}'
    file = tmp_path / "many.jsonl"
    file.write_bytes(end.join([answers_file(), "", bad, "{", answers_file()]).encode("utf-8-sig"))
    code, out, err = gradewalk("score", file)
    found = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (2, "")
    assert [("problems" in one) for one in found] == [False, True, True, False]
    assert found[0] == found[3]
    problem = found[2]["problems"][0]
    assert set(problem) == {"code", "path", "zh", "en"}
    assert "many.jsonl:4" in problem["en"]


def test_a_file_of_many_without_problems(gradewalk: Command, tmp_path: Path) -> None:
    file = write(tmp_path / "many.jsonl", f"{answers_file()}\n{answers_file()}\n")
    code, out, _ = gradewalk("score", file)
    assert (code, len(out.splitlines())) == (0, 2)
    assert gradewalk("score", write(tmp_path / "none.jsonl", "\n"))[:2] == (0, "")


# ---- schemes


def test_the_standards_are_listed(gradewalk: Command) -> None:
    code, out, _ = gradewalk("schemes")
    assert code == 0
    assert any(line.startswith("bjkb-006\tQ/BJKB 006-2026\t") for line in out.splitlines())


def test_the_standards_that_ship_are_sound(gradewalk: Command) -> None:
    code, out, _ = gradewalk("schemes", "check")
    assert code == 0
    assert len(out.splitlines()) == len(list(paths.schemes_dir().glob("*.yaml")))


def test_every_problem_of_a_standard_is_told_with_its_place(gradewalk: Command, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "made-stars.yaml", STARS), write(tmp_path / "bad.yaml", BAD)
    code, out, err = gradewalk("schemes", "check", good, bad, tmp_path / "missing.yaml")
    assert code == 2
    assert out == "made-stars: ok, 5 questions, total 100 (20/40/40)\n"
    line = next(number for number, text in enumerate(BAD.splitlines(), start=1) if "上门" in text)
    assert f"{bad}:{line}:" in err
    assert "error duplicate-id" in err
    assert len([one for one in err.splitlines() if one.startswith(f"{bad}:")]) >= 2, "all of them at once"
    assert str(tmp_path / "missing.yaml") in err


def test_a_folder_without_standards_is_not_all_right(
    gradewalk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHEMES_DIR", str(tmp_path))
    assert gradewalk("schemes", "check")[0] == 2


def test_a_standard_is_shown_in_both_languages(gradewalk: Command, schemes: Path) -> None:
    assert schemes.is_dir()
    zh, en = gradewalk("schemes", "show", "made-stars"), gradewalk("schemes", "show", "T/MADE 001-2026", "--lang", "en")
    assert (zh[0], en[0]) == (0, 0)
    assert "编造的星级标准" in zh[1]
    assert "A made-up standard with stars" in en[1]
    assert gradewalk("schemes", "show", "nothing") == (2, "", "no such scheme: nothing\n")


def test_the_json_schema(gradewalk: Command) -> None:
    code, out, _ = gradewalk("schemes", "schema")
    assert code == 0
    assert "sections" in json.loads(out)["properties"]


@pytest.mark.parametrize("command", [["schemes"], ["schemes", "show", "made-stars"], ["migrate"], ["run"], ["chat"]])
def test_a_broken_standard_stops_what_needs_the_library(
    command: list[str], gradewalk: Command, schemes: Path, tmp_path: Path
) -> None:
    bad = write(schemes / "bad.yaml", BAD)
    code, out, err = gradewalk(*command)
    assert (code, out) == (2, "")
    assert f"{bad}:" in err
    assert not (tmp_path / "data").exists() or not list((tmp_path / "data").iterdir())


# ---- settings and the database


def test_migrate_makes_the_database(gradewalk: Command, schemes: Path, tmp_path: Path) -> None:
    assert schemes.is_dir()
    for _ in range(2):
        assert gradewalk("migrate") == (0, "ok\n", "")
    with sqlite3.connect(tmp_path / "data" / "gradewalk.db") as database:
        assert database.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "made-up-secret"),
        ("SCHEMES_DIR", "/nowhere/made-up-secret"),
        ("DATABASE_URL", "postgresql://made-up-secret"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATA_DIR", "a-file"),
        ("DATA_DIR", "a-file/below"),
        ("DEFAULT_LANGUAGE", "made-up-secret"),
    ],
)
def test_a_wrong_setting_is_one_line(
    name: str, value: str, gradewalk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a-file", "")
    monkeypatch.setenv(name, value)
    code, out, err = gradewalk("migrate")
    assert (code, out) == (2, "")
    assert err.startswith(f"{name}: ")
    assert len(err.splitlines()) == 1
    assert "made-up-secret" not in err


def test_a_database_that_cannot_be_used_is_one_line(
    gradewalk: Command, schemes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schemes.is_dir()
    garbage = write(tmp_path / "garbage.db", "this is no database at all, only a text of some length" * 40)
    for url in (f"sqlite:///{tmp_path / 'nowhere' / 'a.db'}", f"sqlite:///{garbage}"):
        monkeypatch.setenv("DATABASE_URL", url)
        code, out, err = gradewalk("migrate")
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_run_without_a_token_is_the_chat(
    gradewalk: Command, schemes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schemes.is_dir()
    for command in ("run", "chat"):
        with (tmp_path / "typed").open("w+", encoding="utf-8") as typed:
            typed.write("/new\n1\n1\n示例公司\n/export\n4\n")
            typed.seek(0)
            monkeypatch.setattr(sys, "stdin", typed)
            code, out, err = gradewalk(command)
        assert (code, err) == (0, "")
        assert "示例公司" in out
    assert len(list((tmp_path / "data" / "files").glob("*.html"))) == 2


def test_run_with_a_token_serves_telegram(gradewalk: Command, schemes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert schemes.is_dir()
    served: list[str] = []

    def serve(settings: Settings, open_: Callable[[Settings], World], *, clock_is_right: bool) -> int:
        served.append(f"{settings.data_dir} {len(open_(settings).library.schemes)} {clock_is_right}")
        return 3

    monkeypatch.setattr("bot.serving.serve", serve)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:made-up-token-made-up-token-made-up")
    assert gradewalk("run") == (3, "", "")
    assert gradewalk("run", "--clock-is-right") == (3, "", "")
    assert served == ["data 1 False", "data 1 True"]


@pytest.mark.parametrize("command", ["run", "chat"])
def test_a_clock_before_the_newest_entry_is_one_line(
    command: str, gradewalk: Command, schemes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert schemes.is_dir()
    assert gradewalk("migrate")[0] == 0
    Scene(open_world(Settings(data_dir=tmp_path / "data", _env_file=None)), channel="terminal").begin()
    monkeypatch.setattr("bot.wiring.now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    code, out, err = gradewalk(command)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "请校准时钟" in err
    assert "2020-01-01 00:00 UTC" in err
    with (tmp_path / "nothing").open("w+", encoding="utf-8") as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        assert gradewalk("run", "--clock-is-right")[0] == 0


def test_without_a_command_help_is_shown(gradewalk: Command) -> None:
    code, out, err = gradewalk()
    assert code in {0, 2}
    for command in ("run", "chat", "score", "schemes", "migrate"):
        assert command in out + err


def test_an_unknown_command_is_no_traceback(gradewalk: Command) -> None:
    assert gradewalk("frobnicate")[0] == 2
