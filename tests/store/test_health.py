import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store import disk, health
from bot.store.engine import open_engine
from bot.store.opening import mark
from tests.store.making import begun, open_file, store_on


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database at rest, with something in it."""
    file = tmp_path / "gradewalk.db"
    engine = open_file(file)
    begun(store_on(engine))
    engine.dispose()
    return file


@pytest.fixture
def asked(path: Path) -> Iterator[Engine]:
    """The doctor's own engine."""
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def codes(engine: Engine) -> list[str]:
    return [finding.code for finding in health.health(engine) if finding.code not in {"little-room", "no-room"}]


def test_nothing_wrong(asked: Engine) -> None:
    assert codes(asked) == []
    assert codes(asked) == [], "looking leaves nothing behind"


def test_no_database_is_not_made_by_looking(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'none.db'}")
    assert codes(engine) == ["missing"]
    assert not list(tmp_path.iterdir())
    mark(tmp_path / "none.db")
    assert codes(engine) == ["lost"]


def test_a_damaged_file(path: Path, asked: Engine) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\xee" * 4096 * 2
    path.write_bytes(content)
    assert codes(asked) == ["corrupt"]
    path.write_bytes(b"Dear Sir or Madam, " * 500)
    assert codes(asked) == ["corrupt"]


def test_a_newer_and_an_older_one(path: Path, asked: Engine) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    assert codes(asked) == ["too-new"]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DELETE FROM alembic_version")
    assert codes(asked) == ["outdated"]


@pytest.mark.parametrize("busy", [False, True])
def test_another_process(path: Path, asked: Engine, monkeypatch: pytest.MonkeyPatch, busy: bool) -> None:
    monkeypatch.setattr(health, "_WAIT_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE" if busy else "SELECT count(*) FROM person")
        assert codes(asked) == (["in-use", "busy"] if busy else ["in-use"])


def test_a_mode_that_is_not_wal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    monkeypatch.setattr("bot.store.engine._PRAGMAS", ("busy_timeout = 10",))  # as where it cannot be switched on
    engine = open_engine(f"sqlite:///{path}")
    assert codes(engine) == ["not-wal"]
    engine.dispose()


def test_room_and_a_long_log(path: Path, asked: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str]:
        return [finding.code for finding in health.health(asked)]

    monkeypatch.setattr(disk, "free", lambda _: disk.LITTLE)
    assert told() == []
    monkeypatch.setattr(disk, "free", lambda _: disk.LITTLE - 1)
    assert told() == ["little-room"]
    monkeypatch.setattr(disk, "free", lambda _: disk.NONE - 1)
    assert told() == ["no-room"]
    monkeypatch.setattr(disk, "free", lambda _: None)
    monkeypatch.setattr(disk, "LONG_LOG", -1)
    assert told() == ["long-log"]


MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:30 / /srv rw - ext4 /dev/sdb1 rw
41 40 0:31 / /srv/far\040away rw master:1 - nfs4 server:/x rw
42 40 0:32 / /srv/hidden rw - nfs server:/y rw
43 40 0:33 / /srv/hidden rw - xfs /dev/sdc1 rw
44 22 0:34 / /mnt/phone rw - fuse.sshfs me@there: rw
""".strip()


@pytest.mark.parametrize(
    ("file", "kind", "far"),
    [
        ("/data/x.db", "ext4", False),
        ("/srv/far away/x.db", "nfs4", True),
        ("/srv/far away else/x.db", "ext4", False),
        ("/srv/hidden/x.db", "xfs", False),
        ("/mnt/phone/a/x.db", "fuse.sshfs", True),
    ],
)
def test_network_file_systems_are_told(tmp_path: Path, file: str, kind: str, far: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    found = health.file_system(Path(file), table)
    assert found == kind
    assert health.is_network(found) is far
    assert health.file_system(Path(file), tmp_path / "not here") is None


def test_a_network_file_system_is_a_finding(asked: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "file_system", lambda _: "nfs4")
    (finding,) = (finding for finding in health.health(asked) if finding.code == "network")
    assert finding.grave
    assert finding.params == {"kind": "nfs4"}
