from pathlib import Path

import pytest

from bot.store import disk
from bot.store.disk import Disk, Room


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """What is free: the test says."""
    now: list[int | None] = [disk.LITTLE]
    monkeypatch.setattr(disk, "free", lambda _: now[0])
    monkeypatch.setattr(disk, "RESERVE", 10_000)
    return now


@pytest.mark.parametrize(
    ("free", "room"),
    [
        (disk.LITTLE, Room.PLENTY),
        (disk.LITTLE - 1, Room.LITTLE),
        (disk.NONE, Room.LITTLE),
        (disk.NONE - 1, Room.NONE),
        (0, Room.NONE),
        (None, Room.PLENTY),
    ],
)
def test_room(tmp_path: Path, left: list[int | None], free: int | None, room: Room) -> None:
    left[0] = free
    assert disk.room(tmp_path) is room


def test_what_the_system_says_is_free(tmp_path: Path) -> None:
    assert (disk.free(tmp_path) or 0) > 0
    assert disk.free(tmp_path / "not there") is None


def test_the_reserve_is_given_up_once_and_made_anew_when_there_is_room(tmp_path: Path, left: list[int | None]) -> None:
    here = Disk(tmp_path / "x.db")
    reserve = tmp_path / "x.db-reserve"
    here.keep_reserve()
    assert reserve.stat().st_size == disk.RESERVE
    assert not here.is_full()
    left[0] = disk.NONE - 1
    assert here.is_full()
    assert not reserve.exists()
    left[0] = disk.NONE  # what the reserve itself gave back does not end it
    assert here.is_full()
    left[0] = None
    assert here.is_full(), "nothing new is known"
    left[0] = disk.NONE + disk.RESERVE
    assert not here.is_full()
    assert reserve.exists()


def test_without_room_there_is_no_reserve(
    tmp_path: Path, left: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Disk(tmp_path / "x.db")
    left[0] = disk.NONE
    here.keep_reserve()
    assert not list(tmp_path.iterdir())
    left[0] = disk.LITTLE

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.posix_fallocate", full)
    here.keep_reserve()
    assert not list(tmp_path.iterdir()), "no half reserve"
    monkeypatch.delattr("os.posix_fallocate")
    here.keep_reserve()
    assert (tmp_path / "x.db-reserve").stat().st_size == disk.RESERVE


def test_a_refusal_is_want_of_room_too(tmp_path: Path, left: list[int | None]) -> None:
    here = Disk(tmp_path / "x.db")
    assert not here.short_of_room()
    here.refused = True  # by a quota
    assert here.short_of_room()
    assert not here.is_full(), "it is tried again all the same"
