"""The verifier on a bare machine: Python, one signature package, two folders of ours; no settings, no database."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.verify.command import main
from bot.verify.signing import seal_code
from tests.verify.made import bundle, opened, told

ROOT = Path(bot.__file__).parents[1]
BARE = """
import runpy, sys
sys.path[:0] = sys.argv[1:3]
sys.argv = ["verify", *sys.argv[3:]]
try:
    runpy.run_module("bot.verify", run_name="__main__")
finally:
    tops = {name.partition(".")[0] for name in sys.modules}
    print(sorted(tops - sys.stdlib_module_names), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("issued") / "数据包.zip"
    file.write_bytes(bundle(told()))
    return file


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with the verifier and the domain alone, and one with nothing but what signatures need."""
    ours, packages = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("packages")
    (ours / "bot").mkdir()
    (ours / "bot" / "__init__.py").touch()
    for part in ("domain", "verify"):
        shutil.copytree(ROOT / "bot" / part, ours / "bot" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for package in ("cryptography", "cffi", "_cffi_backend", "typing_extensions"):
        found = importlib.util.find_spec(package)
        if found is not None and found.origin:
            origin = Path(found.origin)
            source = origin.parent if found.submodule_search_locations else origin
            (packages / source.name).symlink_to(source)
    return ours, packages


def run(bare: tuple[Path, Path], *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Isolated (-I: no environment, no user site) and without site packages (-S)."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", BARE, *map(str, bare), *map(str, arguments)]
    empty = {"PATH": "/nowhere"}
    return subprocess.run(command, env=empty, cwd=bare[1], check=False, capture_output=True, encoding="utf-8")


def test_it_needs_nothing_else(issued: Path, bare: tuple[Path, Path]) -> None:
    one = told().state.seals[-1]
    done = run(bare, issued, "--seal", seal_code(one.upto, one.head))
    assert done.returncode == 0, done.stderr
    assert "结论：没有发现改动。" in done.stdout
    assert "Conclusion: no change was found." in done.stdout
    loaded = set(json.loads(done.stderr.replace("'", '"')))
    assert loaded <= {"__main__", "bot", "cryptography", "_openssl", "cffi", "_cffi_backend", "typing_extensions"}


def test_it_finds_what_was_changed_there_too(issued: Path, bare: tuple[Path, Path], tmp_path: Path) -> None:
    data = bytearray(issued.read_bytes())
    data[5000] ^= 1
    (tmp_path / "forged.zip").write_bytes(data)
    done = run(bare, tmp_path / "forged.zip", "--lang", "en")
    assert done.returncode == 1
    assert "[BROKEN]" in done.stdout
    assert "结论" not in done.stdout
    assert "Traceback" not in done.stderr


def test_codes_of_ending(issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(issued)]) == 0
    assert "无法知道" in capsys.readouterr().out
    assert main([str(issued), "--seal", "GW1-nonsense"]) == 2
    assert "--seal" in capsys.readouterr().err
    assert main([str(issued), "--seal", f"GW1-3-{'0' * 64}"]) == 1
    assert main([str(tmp_path / "nothing.zip")]) == 2
    assert "nothing.zip" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 2


def test_for_programs(issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record.json"
    record.write_bytes(opened(issued.read_bytes())["record.json"])
    for file in (issued, record):
        assert main([str(file), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["sound"] is True
        assert found["certain"] is False
        assert {check["state"] for check in found["checks"]} == {"ok", "unknown"}
        assert all(check["zh"] and check["en"] for check in found["checks"])


def test_nothing_in_a_file_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.domain import entries as e

    one = told()
    one.add(e.Draft(e.Erased("\x1b[2Jx\n[通过] y\u202e")))
    for number, record in enumerate(one.records[:-1]):
        one.records[number] = type(record)(record.header, record.hash, None, None)
    from bot.domain.state import AssessmentState, fold
    from tests.verify.refold import entries

    one.state = fold(AssessmentState(), entries(one))
    (tmp_path / "a.zip").write_bytes(bundle(one))
    assert main([str(tmp_path / "a.zip")]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert not any(line.startswith("[通过] y") for line in out.splitlines())
