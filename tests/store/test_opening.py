from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.store.engine import open_engine
from bot.store.errors import StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from bot.store.opening import Lost, mark, mark_of, prepare, refusal


@pytest.fixture
def fresh(tmp_path: Path) -> Engine:
    return open_engine(f"sqlite:///{tmp_path / 'x.db'}")


def test_the_first_start_makes_and_marks_it(fresh: Engine, tmp_path: Path) -> None:
    prepare(fresh)
    assert mark_of(tmp_path / "x.db").exists()
    prepare(fresh)
    fresh.dispose()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Lost("x"), "gradewalk restore"),
        (StoreCorrupt("page 3"), "gradewalk restore"),
        (StoreTooNew("0099"), "install that one"),
        (StoreReadOnly("x"), "takes no writes"),
        (StoreFull("x"), "disk is full"),
        (StoreBusy("x"), "another program"),
        (StoreError("unable"), "cannot be opened"),
    ],
)
def test_each_refusal_is_one_line_in_both_languages(tmp_path: Path, error: StoreError, said: str) -> None:
    line = refusal(error, tmp_path / "x.db")
    assert "\n" not in line
    zh, _, en = line.partition(" / ")
    assert said in en
    assert any("一" <= sign <= "鿿" for sign in zh)
    assert str(tmp_path) in line


def test_a_refusal_is_of_the_same_class(fresh: Engine) -> None:
    event.listen(fresh, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 3").close())
    with pytest.raises(StoreFull, match=r"磁盘已满.* / the disk is full"):
        prepare(fresh)
    fresh.dispose()


def test_no_rights(fresh: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda place, _: place != tmp_path)
    with pytest.raises(StoreReadOnly, match="takes no writes"):
        prepare(fresh)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    with pytest.raises(StoreError, match="cannot be opened"):
        prepare(engine)


def test_trouble_of_the_system(fresh: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr("bot.store.opening.check_files", fail)
    with pytest.raises(StoreError, match=r"无法读写 / cannot read or write \(/somewhere: Permission denied\)"):
        prepare(fresh)


def test_a_mark_that_cannot_be_made_is_made_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "touch", full)
    mark(tmp_path / "x.db")
    monkeypatch.undo()
    mark(tmp_path / "x.db")
    assert mark_of(tmp_path / "x.db").exists()
