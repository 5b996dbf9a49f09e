"""The wheel: everything is in it, everything it imports is declared, and it works away from the checkout."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    out = tmp_path / "dist"
    command(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, folder=tmp_path)
    (made,) = out.glob("gradewalk-*.whl")
    return made


def command(*words: str | Path, folder: Path) -> str:
    """Run a command in `folder`; what it wrote, if it succeeded."""
    done = subprocess.run(
        words,
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def environment(folder: Path) -> Path:
    """A new environment without anything; its Python."""
    command(sys.executable, "-m", "venv", "--without-pip", folder / "env", folder=folder)
    return folder / "env" / BIN / "python"


def install(python: Path, *what: str | Path) -> None:
    command(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, *what, folder=python.parent)


def files(folder: str) -> set[str]:
    return {
        str(file.relative_to(ROOT).as_posix())
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_everything_is_in_it(wheel: Path) -> None:
    expected = files("bot") | {f"bot/_data/{name}" for name in files("schemes") | files("templates")}
    assert {"bot/cli.py", "bot/paths.py"} <= expected
    assert any(name.startswith("bot/_data/schemes/") for name in expected)
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == expected


def test_it_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path)
    install(python, "--offline", "--no-deps", wheel)
    # What it depends on is borrowed from this environment, so that the test needs no network.
    site = command(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=tmp_path).strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    assert command(python, "-c", "import bot; print(bot.__file__)", folder=tmp_path).startswith(str(tmp_path))
    command(python.with_name("gradewalk"), "schemes", "check", folder=tmp_path)


@pytest.mark.long
def test_it_works_with_what_it_declares_alone(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path)
    install(python, wheel, "-c", ROOT / "requirements.lock")
    command(python.with_name("gradewalk"), "schemes", "check", folder=tmp_path)


def plain(name: str) -> str:
    """A distribution's name without version and spelling ("Ruamel.Yaml>=1" → "ruamel-yaml")."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).lower()


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return {plain(name) for names in lists for name in names}


def locked(file: str) -> set[str]:
    return set((ROOT / file).read_text("utf-8").splitlines())


def test_every_import_is_declared() -> None:
    homes = importlib.metadata.packages_distributions()
    trees = [ast.parse(file.read_text("utf-8")) for file in (ROOT / "bot").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    foreign = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"bot"}
    assert "pydantic_settings" in foreign
    undeclared = {name for name in foreign if not {plain(home) for home in homes.get(name, [])} & declared()}
    assert undeclared == set()


def test_the_locks_hold_what_is_declared_and_no_address() -> None:
    for file, extras in (("requirements.lock", ()), ("requirements-dev.lock", ("dev",))):
        lines = locked(file)
        assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+( ; [^/]+)?", line)] == []
        assert declared(*extras) - {plain(line) for line in lines} == set()


def test_what_runs_is_part_of_what_is_tested() -> None:
    runs, tested = ({line.partition(" ;")[0] for line in locked(f"requirements{dev}.lock")} for dev in ("", "-dev"))
    assert runs - tested == set()
