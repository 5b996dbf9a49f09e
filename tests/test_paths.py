"""Where scheme files and templates are found."""

from pathlib import Path

import pytest

from bot import paths


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_the_checkout_has_both() -> None:
    root = Path(__file__).parents[1]
    assert paths.schemes_dir() == root / "schemes"
    assert paths.templates_dir() == root / "templates"


def test_an_installed_package_carries_them(tmp_path: Path) -> None:
    inside = make(tmp_path / "bot" / "_data" / "schemes")
    assert paths.find("schemes", tmp_path / "bot") == inside


def test_a_checkout_goes_before_a_left_over_copy(tmp_path: Path) -> None:
    make(tmp_path / "bot" / "_data" / "schemes")
    beside = make(tmp_path / "schemes")
    (tmp_path / "pyproject.toml").touch()
    assert paths.find("schemes", tmp_path / "bot") == beside


def test_a_folder_of_that_name_beside_an_installed_package_is_not_ours(tmp_path: Path) -> None:
    make(tmp_path / "schemes")
    inside = make(tmp_path / "bot" / "_data" / "schemes")
    assert paths.find("schemes", tmp_path / "bot") == inside


def test_a_damaged_installation_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install Gradewalk again"):
        paths.find("schemes", make(tmp_path / "bot"))
