from pathlib import Path

import pytest

from bot.library import kept
from bot.library.kept import load_kept
from bot.library.load import load, load_all
from tests.made_up import TEXTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "schemes"
    place.mkdir()
    for name in ("stars", "shop"):
        (place / f"made-{name}.yaml").write_text(TEXTS[name], encoding="utf-8")
    return place


def _count(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read in full from now on."""
    read: list[Path] = []
    full = load

    def counted(path: Path) -> object:
        read.append(path)
        return full(path)

    monkeypatch.setattr(kept, "_load", counted)
    return read


def test_the_second_start_reads_no_yaml_and_gives_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = _count(monkeypatch)
    first = load_kept(folder, tmp_path / "kept")
    assert len(read) == 2
    assert load_kept(folder, tmp_path / "kept") == first == load_all(folder)
    assert len(read) == 2


def test_a_changed_file_is_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_kept(folder, tmp_path / "kept")
    read = _count(monkeypatch)
    file = folder / "made-stars.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    load_kept(folder, tmp_path / "kept")
    assert read == [file]


def test_a_changed_checker_reads_all_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_kept(folder, tmp_path / "kept")
    read = _count(monkeypatch)
    monkeypatch.setattr(kept, "_checkers", lambda: b"other code")
    load_kept(folder, tmp_path / "kept")
    assert len(read) == 2


def test_problems_are_told_at_every_start_and_nothing_faulty_is_kept(folder: Path, tmp_path: Path) -> None:
    file = folder / "made-stars.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("grades:", "grates:"), encoding="utf-8")
    for _ in range(2):
        loaded, problems = load_kept(folder, tmp_path / "kept")
        assert [entry.scheme.id for entry in loaded] == [entry.scheme.id for entry in load_all(folder)[0]]
        assert "unknown-key" in {problem.code for problem in problems}


def test_two_files_of_one_id_are_still_told(folder: Path, tmp_path: Path) -> None:
    (folder / "again.yaml").write_text(TEXTS["stars"], encoding="utf-8")
    for _ in range(2):
        _, problems = load_kept(folder, tmp_path / "kept")
        assert problems == load_all(folder)[1]
        assert problems


def test_a_damaged_text_is_read_anew(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    first = load_kept(folder, place)
    for file in place.glob("*.json"):
        file.write_text(file.read_text(encoding="utf-8")[:50], encoding="utf-8")
    assert load_kept(folder, place) == first


def test_without_a_place_to_keep_texts_all_is_read(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    assert load_kept(folder, None) == load_kept(folder, file / "kept") == load_all(folder)


def test_no_more_than_so_many_are_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 1)
    load_kept(folder, tmp_path / "kept")
    assert len(list((tmp_path / "kept").glob("*"))) == 1


def test_an_empty_folder(tmp_path: Path) -> None:
    assert load_kept(tmp_path, tmp_path / "kept") == load_all(tmp_path)
