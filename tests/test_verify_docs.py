"""docs/verify.md holds: its commands work as written, its table and its hashes are those of the code."""

import hashlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.record import canonical
from bot.verify.container import opened
from bot.verify.signing import MANIFEST, SEAL, seal_code
from bot.verify.words import _SAID
from tests.commands import Command
from tests.verify.made import bundle, told

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "verify.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh(?: (\w+))?\n(.*?)```", TEXT, re.DOTALL)
CODE = "GW1-…"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bundle.zip").write_bytes(bundle(told()))
    with (tmp_path / "bundle.zip").open("rb") as file:
        (tmp_path / "transcript.json").write_bytes(opened(file).read("record.json"))
    return tmp_path


def code() -> str:
    last = told().state.seals[-1]
    return seal_code(last.upto, last.head)


def commands(tag: str) -> list[list[str]]:
    return [
        shlex.split(line.replace(CODE, code()))
        for found, block in BLOCKS
        if found == tag
        for line in block.splitlines()
    ]


def test_every_verification_works_as_written(folder: Path, gradewalk: Command) -> None:
    lines = [line for line in commands("") if line[1] == "verify"]
    assert len(lines) == 4
    for line in lines:
        assert gradewalk(*line[1:])[0] == 0, line


def test_the_operators_commands_exist(gradewalk: Command) -> None:
    for line in commands(""):
        if line[1] != "verify":
            options = [word for word in line if word.startswith("--")]
            ended, out, _ = gradewalk(
                *(word for word in line[1:3] if word.isascii() and not word.startswith("--")), "--help"
            )
            assert ended == 0
            assert all(option in out for option in options), line


def test_the_bare_machine_runs_what_is_written(folder: Path) -> None:
    *_, enter, run = commands("bare")
    assert enter == ["cd", "gradewalk-source"]
    arguments = [word.replace("../", f"{folder}/") for word in run[1:]]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_forms_are_as_described(folder: Path) -> None:
    file = json.loads((folder / "transcript.json").read_text("utf-8"))
    rows = file["record"]

    def hashed(tag: str, *parts: bytes) -> str:
        return hashlib.sha256(tag.encode() + b"\0" + b"".join(parts)).hexdigest()

    assert rows[0]["header"]["prev"] == hashed("gradewalk.genesis.v1", file["head"]["assessment"].encode())
    for row in rows:
        assert row["hash"] == hashed("gradewalk.entry.v1", canonical(row["header"]))
        salt = bytes.fromhex(row["salt"])
        assert row["header"]["body_hash"] == hashed("gradewalk.body.v1", salt, canonical(row["body"]))
    closing = next(row for row in rows if row["header"]["kind"] == "closed")
    assert code() == f"GW1-{closing['header']['seq']}-{closing['hash']}"
    assert {SEAL, MANIFEST} == {b"gradewalk.seal.v1\0", b"gradewalk.manifest.v1\0"}


def test_the_table_names_real_checks() -> None:
    rows = re.findall(r"^\| ([a-z, -]+) \| ", TEXT, re.MULTILINE)
    named = {code for row in rows for code in row.split(", ")}
    assert named
    assert named <= {code for code, _ in _SAID}


def test_readers_find_it() -> None:
    for name in ("README.md", "docs/operate.md"):
        assert "verify.md" in (ROOT / name).read_text("utf-8"), name
