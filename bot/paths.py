"""Where the files that come with Gradewalk stand: scheme files and templates.

From a checkout (or an editable install) they are in the folders beside `bot/`; a wheel carries the same files
in `bot/_data/`. Knows folders only: not what is in them, no settings.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def schemes_dir() -> Path:
    """The folder with one YAML file per standard. FileNotFoundError if the installation is damaged."""
    return find("schemes", _PACKAGE)


def templates_dir() -> Path:
    """The folder with the templates of screens and reports. FileNotFoundError if the installation is damaged."""
    return find("templates", _PACKAGE)


def find(name: str, package: Path) -> Path:
    """The folder `name` that belongs to the package in the folder `package`.

    A checkout is told by its pyproject.toml; there the folder beside the package is the truth, even if an
    installed copy is left over in the package.
    """
    checkout = package.parent
    home = checkout if (checkout / "pyproject.toml").is_file() else package / "_data"
    folder = home / name
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: 缺失，请重新安装 Gradewalk / missing, install Gradewalk again")
    return folder
