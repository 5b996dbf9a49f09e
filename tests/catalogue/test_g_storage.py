"""Rows 87, 88, 91: damaged, cut off and missing files; a database in the wrong place or hands."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot.store import health
from bot.store.engine import open_engine
from bot.store.errors import StoreReadOnly
from bot.store.opening import Lost, mark_of, prepare
from tests.catalogue.faults_disk.orders import DATABASE
from tests.catalogue.flipping import ABSENT, EARLIER, FILES, FOUND, REFUSED, SAME, Patient, flip, many
from tests.catalogue.storing import held, mounted
from tests.service.scene import library
from tests.store.making import begun, open_file, person, store_on

LOG = FILES[1]


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Patient]:
    patient = Patient(tmp_path_factory.mktemp("patient"))
    yield patient
    patient.close()


def test_row_87_nothing_flipped(patient: Patient) -> None:
    for log in (True, False):
        patient.copy(log=log)
        assert patient.outcome() == SAME


def test_row_87_flipped_bits(patient: Patient) -> None:
    found = many(patient, 30, 87, flip)
    assert not found[f"file {EARLIER}"], "only a log can lose its end"
    assert found[f"file {REFUSED}"]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_row_87_flipped_bits_1000_times(patient: Patient) -> None:
    found = many(patient, 1000, 870, flip)
    assert not found[f"file {EARLIER}"]
    assert found[f"file {FOUND}"], found


def reworded(patient: Patient, old: bytes, new: bytes) -> None:
    """A change that SQLite cannot see, in every answer saved."""
    file = patient.copy(log=False) / DATABASE
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(("old", "new"), [(b'"value":"9/10"', b'"value":"1/10"'), (b'"typed":"80"', b'"typed":"90"')])
def test_row_87_answers_that_read_differently(patient: Patient, old: bytes, new: bytes) -> None:
    reworded(patient, old, new)
    assert patient.outcome() == FOUND


def test_switched_off_the_look_at_hashes(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a wrong score is shown, and the catalogue notices."""
    monkeypatch.setattr("bot.store.entries.check_entries", lambda *_: None)
    reworded(patient, b'"value":"9/10"', b'"value":"1/10"')
    with pytest.raises(AssertionError, match="a wrong score"):
        patient.outcome()


def cut(file: Path, chance: random.Random) -> None:
    """Anywhere, or after a whole page."""
    content = file.read_bytes()
    keep = chance.choice((chance.randrange(len(content)), chance.randrange(len(content) // 4096) * 4096))
    file.write_bytes(content[:keep])


def test_row_88_files_that_were_cut_off(patient: Patient) -> None:
    """A file is refused; a log has lost its end, and nobody but the seals outside could know (row 105)."""
    found = many(patient, 20, 88, cut)
    assert set(found) <= {f"file {REFUSED}", f"file {SAME}", f"log {SAME}", f"log {EARLIER}"}, found
    assert found[f"file {REFUSED}"] > found[f"file {SAME}"], "what is cut off may stand in the log too"


@pytest.mark.parametrize(
    ("gone", "outcome"),
    [
        (f"{DATABASE}-shm", SAME),
        (LOG, EARLIER),
        (DATABASE, REFUSED),
        (f"{DATABASE} {LOG}", REFUSED),
        (f"{DATABASE}-made", SAME),
    ],
)
def test_row_88_files_that_are_gone(patient: Patient, gone: str, outcome: str) -> None:
    folder = patient.copy()
    (folder / f"{DATABASE}-shm").write_bytes(b"\xee" * 32768)
    for name in gone.split():
        (folder / name).unlink()
    assert patient.outcome() == outcome
    if outcome == REFUSED:
        assert not (folder / DATABASE).exists(), "no empty one is made in its place"


def test_row_88_an_empty_file_is_no_new_beginning(patient: Patient) -> None:
    folder = patient.copy()
    (folder / DATABASE).write_bytes(b"")
    (folder / LOG).unlink()
    assert patient.outcome() == REFUSED
    mark_of(folder / DATABASE).unlink()
    (folder / DATABASE).unlink()
    assert patient.outcome() == ABSENT, "whoever deletes all of it begins anew"


def test_switched_off_the_look_for_the_file(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.opening.check_files", lambda _: None)
    folder = patient.copy()
    (folder / DATABASE).unlink()
    assert patient.outcome() == ABSENT, "all that was saved is gone without a word"


def test_row_88_the_command_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_file(tmp_path / DATABASE)
    begun(store_on(engine))
    engine.dispose()
    content = bytearray((tmp_path / DATABASE).read_bytes())
    content[8192:16384] = b"\xee" * 8192
    (tmp_path / DATABASE).write_bytes(content)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr("bot.wiring.open_library", lambda _: library())
    monkeypatch.setattr(sys, "argv", ["gradewalk", "migrate"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert len(said.strip().splitlines()) == 1
    assert "已损坏" in said
    assert said.count("gradewalk restore") == 2
    assert (tmp_path / DATABASE).read_bytes() == content, "what is damaged stays for whoever mends it"


def test_row_91_what_the_doctor_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_file(tmp_path / DATABASE)
    begun(store_on(engine))
    engine.dispose()

    def codes() -> set[str]:
        return {finding.code for finding in health.health(engine)} - {"little-room", "no-room"}

    assert codes() == set()
    monkeypatch.setattr(health, "_WAIT_SECONDS", 0.05)
    with held(tmp_path / DATABASE, "SELECT count(*) FROM person"):
        assert codes() == {"in-use"}
    with held(tmp_path / DATABASE, "BEGIN EXCLUSIVE"):
        assert codes() == {"in-use", "busy"}
    monkeypatch.setattr(health, "file_system", lambda _: "nfs4")
    assert codes() == {"network"}
    monkeypatch.undo()
    with held(tmp_path / DATABASE, "PRAGMA journal_mode = DELETE", "BEGIN", "SELECT count(*) FROM person"):
        monkeypatch.setattr("bot.store.engine._PRAGMAS", ("busy_timeout = 50",))
        assert codes() == {"in-use", "not-wal"}
    engine.dispose()


def test_row_82_a_file_system_that_only_reads(tmp_path: Path) -> None:
    """Refused with a clear line at the start; while it works, nothing is saved until it can be written again."""
    folder = tmp_path / "data"
    with mounted(folder, "-t", "tmpfs", "-o", "size=16m", "tmpfs"):
        engine = open_file(folder / DATABASE)
        store = store_on(engine)
        begun(store)
        left = {file: file.read_bytes() for file in folder.iterdir()}
        engine.dispose()  # else it is busy: a file is open for writing
        for file, content in left.items():
            file.write_bytes(content)  # as after a kill, with log and index: it can be opened for reading
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        for _ in range(2):
            with store.read() as unit:
                assert unit.people.find("telegram", "1001") is not None
            with pytest.raises(StoreReadOnly), store.write() as unit:
                person(unit, "7")
        other = open_engine(f"sqlite:///{folder / DATABASE}")
        with pytest.raises(StoreReadOnly, match=r"不可写.* / .* takes no writes"):
            prepare(other)
        other.dispose()
        assert "read-only" in {finding.code for finding in health.health(other)}
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        with store.write() as unit:
            person(unit, "7")
        prepare(engine)
        engine.dispose()


def test_a_lost_database_is_told_as_such(tmp_path: Path) -> None:
    engine = open_file(tmp_path / DATABASE)
    prepare(engine)
    engine.dispose()
    (tmp_path / DATABASE).unlink()
    with pytest.raises(Lost, match="gradewalk restore"):
        prepare(engine)
