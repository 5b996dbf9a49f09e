"""The walls: sizes, docstrings, and that import-linter really stops what DESIGN §4 forbids."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT_IMPORTS = shutil.which("lint-imports", path=Path(sys.executable).parent)
PARTS = ("domain", "export", "service", "verify", "words")
PICTURES = ("service/picture_worker", "export/photos")
MODULES = sorted((ROOT / "bot").rglob("*.py"))


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in MODULES}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    functions = [
        (f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert functions
    assert [(name, length) for name, length in functions if length > 50] == []


def test_every_module_says_what_it_is() -> None:
    silent = [str(f.relative_to(ROOT)) for f in MODULES if not ast.get_docstring(ast.parse(f.read_text("utf-8")))]
    assert silent == []


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("domain", "import telegram", "The domain knows the standard library alone"),
        ("domain", "import random", "The domain knows the standard library alone"),
        ("words", "import sqlmodel", "Only store/ knows SQL"),
        ("export", "import PIL", "Only the picture worker, and who shrinks its copies"),
        ("service", "import typst", "Only export/ knows how files are made"),
        ("words", "from telegram.error import BadRequest", "Only telegram/ knows Telegram"),
        ("domain", "import bot.words", "Imports run one way"),
        ("words", "import bot.config", "Imports run one way"),
        ("", "import bot.domain", "Imports run one way"),  # a new part, placed in no layer
    ],
)
def test_a_forbidden_import_breaks_its_contract(place: str, line: str, contract: str, tmp_path: Path) -> None:
    for name in ("__init__", "config", "log", "paths", *(f"{part}/__init__" for part in PARTS), *PICTURES):
        file = tmp_path / "bot" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "bot" / place / "wrong.py").write_text(f"{line}\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    broken = [row for row in done.stdout.splitlines() if row.endswith(" BROKEN")]
    assert any(row.startswith(contract) for row in broken), done.stdout


def test_the_package_itself_is_looked_at(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    (tmp_path / "bot" / "domain" / "wrong.py").write_text("import telegram\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "bot.domain.wrong -> telegram" in done.stdout


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports over the package `bot` that stands in `folder`, not over ours."""
    assert LINT_IMPORTS, "lint-imports belongs to the development lock"
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "200"},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
