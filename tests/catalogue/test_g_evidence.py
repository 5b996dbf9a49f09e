"""G. Storage of evidence: rows 85, 87, 88, 89 for the files beside the database. `doctor` names what is not sound."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import Settings
from bot.operator import archive, check_evidence
from bot.operator.backup import back_up
from bot.operator.check import Check
from bot.operator.check_evidence import evidence
from bot.operator.restore import restore
from bot.service import evidence_files
from bot.service.world import World
from bot.store.vault import Vault
from bot.view.evidence_places import AskDiscard, ShowTap
from bot.wiring import new_salt, now, open_world
from tests.commands import fresh
from tests.service.proofs import PDF, arrive, at, desk, files, held, jobs, notices, picture, sent
from tests.service.scene import Scene, library


@dataclass
class Kept:
    """A data folder with a photo (and its clean copy) and a document, and who brought them."""

    settings: Settings
    world: World
    scene: Scene
    ref: str

    def checks(self) -> dict[str, str]:
        """What `doctor` says of the evidence, by level; the last one of each."""
        return {check.level: check.en for check in evidence(self.settings)}

    def file(self, sha256: str) -> Path:
        return self.settings.data_dir / archive.name_of(sha256)


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, _env_file=None)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    settings = settings_in(tmp_path / "data")
    fresh(settings.data_dir)
    world = open_world(settings, library())
    scene = Scene(world)
    ref = at(scene)
    sent(scene)
    sent(scene, "document", name="report.pdf")
    arrive(world, picture(), PDF)
    yield Kept(settings, world, scene, ref)
    world.store._engine.dispose()


def test_all_is_sound(kept: Kept) -> None:
    assert kept.checks() == {"ok": "3 files of evidence, all there and unchanged"}
    sent(kept.scene)
    assert kept.checks() == {"ok": "1 files of evidence are still to be fetched"}


def flips(kept: Kept, rounds: int) -> Iterator[str]:
    """Change one bit of one file, many times over; what was not found."""
    chance = random.Random(87)
    for _ in range(rounds):
        sha256 = chance.choice(sorted(files(kept.world)))
        whole = kept.file(sha256).read_bytes()
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        kept.file(sha256).write_bytes(broken)
        if "0 files are gone, 1 were changed" not in kept.checks().get("fail", ""):
            yield sha256
        kept.file(sha256).write_bytes(whole)


def test_row_87_any_changed_bit_is_found(kept: Kept) -> None:
    assert list(flips(kept, 20)) == []
    assert "fail" not in kept.checks()


def test_switched_off_the_hash_is_noticed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_evidence, "_sound", lambda store, sha256: store.vault.has(sha256))
    assert len(list(flips(kept, 3))) == 3


def test_row_87_what_was_changed_is_handed_to_nobody(kept: Kept) -> None:
    _, document = held(kept.scene, kept.ref).values()
    kept.scene.press(ShowTap(kept.ref, document.seq))
    (content,) = (one for one in notices(kept.scene) if one["kind"] == "evidence")
    assert evidence_files.made(kept.world, content) == PDF
    kept.file(document.sha256).write_bytes(PDF[:-1] + b"?")
    with pytest.raises(LookupError):
        evidence_files.made(kept.world, content)


def test_row_88_a_missing_file_is_named_and_the_folder_too(kept: Kept) -> None:
    photo, document = held(kept.scene, kept.ref).values()
    kept.file(photo.clean).unlink()
    assert f"1 files are gone, 0 were changed ({kept.ref} #{photo.seq})" in kept.checks()["fail"]
    shutil.rmtree(kept.settings.data_dir / "evidence")
    said = kept.checks()["fail"]
    assert f"3 files are gone, 0 were changed ({kept.ref} #{photo.seq}, {kept.ref} #{document.seq})" in said
    assert "unzip -o" in said


def test_a_file_that_nobody_knows_is_a_warning(kept: Kept) -> None:
    photo = next(iter(held(kept.scene, kept.ref).values()))
    strange = kept.file("ab" * 32)
    strange.parent.mkdir(exist_ok=True)
    shutil.copy(kept.file(photo.sha256), strange)
    assert set(kept.checks()) == {"ok", "warn"}


def test_before_the_first_start_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert list(evidence(settings_in(tmp_path / "none"))) == []


def test_row_89_a_backup_carries_it_to_another_machine(kept: Kept, tmp_path: Path) -> None:
    made = back_up(kept.settings, now())
    assert made.proven.lacking == ()
    there = settings_in(tmp_path / "there")
    assert restore(there, made.file, now(), new_salt) is not None
    assert [check.line("en") for check in evidence(there)] == [
        Check("ok", "", "3 files of evidence, all there and unchanged").line("en")
    ]


def test_row_85_a_lost_file_is_told_and_stops_no_backup(kept: Kept) -> None:
    """One lost photo must not keep anybody from backing up all answers."""
    photo = next(iter(held(kept.scene, kept.ref).values()))
    kept.file(photo.sha256).unlink()
    made = back_up(kept.settings, now())
    assert made.proven.lacking == (photo.sha256,)
    assert len(made.proven.manifest.evidence) == 2


def test_row_85_what_is_taken_away_meanwhile_is_not_lacking(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the database was copied, and after the folder was listed: neither stops the backup."""
    real: Callable[[Path], Iterator[tuple[str, Path]]] = archive.evidence_files

    def listed(folder: Path) -> Iterator[tuple[str, Path]]:
        found = list(real(folder))
        for piece in held(kept.scene, kept.ref).values():
            kept.scene.press(AskDiscard(kept.ref, piece.seq))
            kept.scene.say("误传")
        desk(kept.world).tidy()
        yield from found

    monkeypatch.setattr(archive, "evidence_files", listed)
    made = back_up(kept.settings, now())
    assert (made.proven.manifest.evidence, made.proven.lacking) == ((), ())


def test_what_is_to_be_fetched_comes_along(kept: Kept, tmp_path: Path) -> None:
    """And is fetched where the backup is put back: by the channel's own name of it."""
    sent(kept.scene, "document")
    waiting = jobs(kept.world)
    made = back_up(kept.settings, now())
    there = settings_in(tmp_path / "there")
    restore(there, made.file, now(), new_salt)
    world = open_world(there, library())
    assert jobs(world) == waiting
    arrive(world, b"the rest")
    assert len(files(world)) == 4
    world.store._engine.dispose()


def test_a_name_outside_the_folder_is_none(tmp_path: Path) -> None:
    vault, outside = Vault(tmp_path / "evidence"), tmp_path / "secret"
    outside.write_bytes(b"x")
    for name in ("../secret", str(outside), "", "AB" * 32):
        assert not vault_takes(vault, name)
    assert outside.exists()


def vault_takes(vault: Vault, name: str) -> bool:
    try:
        vault.delete(name)
    except LookupError:
        return False
    return True
