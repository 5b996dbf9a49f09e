"""`python -m bot chat` as a process, with its input from a pipe."""

import json
import os
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from bot.domain.scales import Language
from tests.sampled import sampled
from tests.service.scene import say
from tests.stories.company import TOTAL, answers_file, load

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "stories"


def gradewalk(folder: Path, *arguments: str, raw: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """The command, with its data in `folder` and no setting of the developer's."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SYSTEMROOT"}}
    environment = {**kept, "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "LC_ALL": "C", **settings}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, input=raw, capture_output=True, check=False)


@pytest.mark.parametrize(("language", "grade"), sampled([("zh", "三星级"), ("en", "Three-star")], every=2))
def test_the_company_from_nothing_to_a_grade(language: Language, grade: str, tmp_path: Path) -> None:
    typed = (STORIES / f"chat.{language}.txt").read_bytes()
    done = gradewalk(tmp_path, "chat", raw=typed, LC_ALL=f"{language}_XX.UTF-8")
    out = done.stdout.decode()
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert grade in out
    assert "84.44" in out
    (file,) = (tmp_path / "files").glob("*.html")
    assert str(file) in out
    page = file.read_text("utf-8")
    assert grade in page
    notes = [step["note"][language] for step in load()["steps"] if "note" in step]
    assert len(notes) == 4
    for note in notes:
        assert escape(note, quote=False) in page
    assert "<b>three" not in page
    assert "<b>三个" not in page


def test_the_chat_and_the_answers_file_agree(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(answers_file(), encoding="utf-8")
    done = gradewalk(tmp_path, "score", str(file))
    found = json.loads(done.stdout)
    assert found["dimensions"]["total"]["total"] == TOTAL == "84.435556"
    typed = (STORIES / "chat.zh.txt").read_bytes() + b"/export\n6\n"
    chatted = gradewalk(tmp_path, "chat", raw=typed)
    assert chatted.returncode == 0
    (exported,) = (tmp_path / "files").glob("*.json")
    assert json.loads(exported.read_bytes())["result"]["dimensions"] == found["dimensions"]


def test_without_a_token_run_is_the_chat_and_without_input_it_ends(tmp_path: Path) -> None:
    done = gradewalk(tmp_path, "run")
    assert (done.returncode, done.stderr) == (0, b"")
    assert say("button.begin-first") in done.stdout.decode()


def test_garbage_ends_cleanly_too(tmp_path: Path) -> None:
    lines = [bytes(range(256)).replace(b"\n", b""), b"\x1b[2J\x1b]0;x\x07", b"9" * 200_000, "备".encode() * 100_000]
    lines += [b"/unknown", b"/", b"0", b"99", b"-5", b"#" * 5000, b"\xed\xa0\x80", b"/new", b"1", b"1"]
    lines += ["示例公司".encode(), b"1", b"1", b"\x1b[31m<b>&", b"1", b"101", b"1e9", b"\x00"]
    done = gradewalk(tmp_path, "chat", raw=b"\n".join(lines))
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert b"\x1b" not in done.stdout
    assert b"\x00" not in done.stdout
    assert say("line.unknown-command") in done.stdout.decode()
