"""verify, export and key as they are typed. What a verification finds: tests/verify/."""

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.entries import Exported
from bot.export import FORMATS
from bot.operator import exporting
from bot.operator.check import Check
from bot.operator.keys import signing_key
from bot.service.world import World
from bot.store.contents import check_record
from bot.verify.bundle import verify
from bot.verify.signing import read_code, seal_code
from bot.view.places import ConfirmClose
from bot.wiring import open_world
from tests.commands import Command, fresh
from tests.service.proofs import arrive, at, picture, sent
from tests.service.scene import REAL, Scene, library


@pytest.fixture
def world(gradewalk: Command, tmp_path: Path) -> Iterator[World]:
    fresh(tmp_path / "data")
    made = open_world(Settings(data_dir=tmp_path / "data", _env_file=None), library())
    yield made
    made.store._engine.dispose()


@pytest.fixture
def closed(world: World) -> tuple[Scene, str]:
    """Closed by the real standard, with a veto raised: one tap is enough."""
    ann = Scene(world)
    ref = ann.begin(REAL)
    ann.press(next(b.payload for row in ann.screen.rows for b in row if ":v1" in b.payload))
    ann.press(ConfirmClose(ref))
    ann.tap("button.close-for-good")
    assert ann.state(ref).seals
    return ann, ref


def code(ann: Scene, ref: str) -> str:
    last = ann.state(ref).seals[-1]
    return seal_code(last.upto, last.head)


# ---- export


def test_alone_it_lists_every_assessment(gradewalk: Command, world: World, closed: tuple[Scene, str]) -> None:
    ann, ref = closed
    other = Scene(world, "2002").begin(REAL, "另一单位")
    ended, out, err = gradewalk("export")
    assert (ended, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("编号 number\t标准 standard")
    rows = {line.split("\t")[0]: line for line in lines[1:]}
    assert set(rows) == {ref, other}
    assert "已关闭 closed" in rows[ref]
    assert "进行中 open" in rows[other]
    assert str(ann.of(ref).seq) in rows[ref].split("\t")


@pytest.mark.parametrize(("form", "ending"), [("html", "html"), ("json", "json"), ("bundle", "zip")])
def test_each_export_is_an_entry_by_the_operator(
    form: str, ending: str, gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path
) -> None:
    ann, ref = closed
    upto = ann.of(ref).seq
    ended, out, err = gradewalk("export", ref, "--format", form, "--lang", "en")
    assert (ended, err) == (0, "")
    (file,) = tmp_path.glob(f"*.{ending}")
    assert ref in file.name
    assert f"exported up to entry {upto}: {file.name}" in out
    with ann.world.store.read() as unit:
        last = unit.entries.recorded(ann.of(ref).id)[-1]
    assert (last.header.person, last.header.role, last.header.source.channel) == ("operator",) * 3
    assert ann.entries(ref)[-1].body == Exported(form, "en", upto)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    check_record(ann.world.store._engine)
    assert gradewalk("export", ref, "--format", form, "--out", "again")[0] == 0, "its own entry harms no later one"


def test_what_was_exported_verifies(gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path) -> None:
    ann, ref = closed
    for form, name in (("bundle", "a.zip"), ("json", "a.json")):
        assert gradewalk("export", ref, "--format", form, "--out", name)[0] == 0
        ended, out, err = gradewalk("verify", name, "--seal", code(ann, ref))
        assert (ended, err) == (0, ""), out
        assert "结论：没有发现改动" in out
        assert "no change was found" in out
    assert verify((tmp_path / "a.zip").read_bytes(), read_code(code(ann, ref))).certain
    assert gradewalk("verify", "a.zip", "--seal", f"GW1-2-{'0' * 64}")[0] == 1
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[len(data) // 2] ^= 4
    (tmp_path / "a.zip").write_bytes(data)
    ended, out, _ = gradewalk("verify", "a.zip", "--lang", "zh")
    assert ended == 1
    assert "此文件与当初所出的不符" in out
    assert "Conclusion" not in out
    assert json.loads(gradewalk("verify", "a.zip", "--json")[1])["sound"] is False


def test_an_open_assessment_can_be_exported_by_the_operator_too(gradewalk: Command, world: World) -> None:
    ann = Scene(world)
    ref = ann.begin(REAL)
    assert gradewalk("export", ann.of(ref).id, "--out", "by-its-id.zip")[0] == 0
    ended, out, _ = gradewalk("verify", "by-its-id.zip", "--lang", "en")
    assert ended == 0
    assert "never closed" in out


def test_a_deleted_one_too(gradewalk: Command, world: World, tmp_path: Path) -> None:
    ann = Scene(world)
    ref = ann.begin(REAL)
    inner = ann.of(ref).id
    ann.press(f"1:D:{ref}")
    assert "已删除 deleted" in gradewalk("export")[1]
    (tmp_path / "all").mkdir()
    assert gradewalk("export", inner, "--format", "all", "--out", "all")[0] == 0, "what is left of it, in every format"
    assert gradewalk("export", inner, "--format", "json", "--out", "gone.json")[0] == 0
    ended, out, _ = gradewalk("verify", "gone.json", "--lang", "en")
    assert ended == 0
    assert "the draft was deleted" in out


def test_all_formats_at_once_go_into_a_folder(gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path) -> None:
    ann, ref = closed
    upto = ann.of(ref).seq
    (tmp_path / "files").mkdir()
    ended, out, err = gradewalk("export", ref, "--format", "all", "--out", "files", "--lang", "zh")
    assert (ended, err) == (0, "")
    made = sorted((tmp_path / "files").iterdir())
    assert sorted(one.suffix[1:] for one in made) == sorted(one.ending for one in FORMATS.values())
    assert out.count(f"exported up to entry {upto}:") == len(FORMATS), "all show the same record"
    assert [one.body.format for one in ann.entries(ref)[upto:] if isinstance(one.body, Exported)] == list(FORMATS)
    assert gradewalk("export", ref, "--format", "all", "--out", "files")[0] == 2, "nothing is written over"
    assert sorted((tmp_path / "files").iterdir()) == made
    help_ = gradewalk("export", "--help")[1]
    assert all(name in help_ for name in (*FORMATS, "all"))


def test_a_bundle_is_one_file_offline_and_split_only_when_asked(
    gradewalk: Command, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = Scene(world)
    at(ann)
    for number in range(3):
        sent(ann)
        arrive(world, picture(size=(40 + number, 40)))
    ref = ann.listed[0].ref
    monkeypatch.setattr("bot.export.split.BESIDE", 100)
    monkeypatch.setattr("bot.export.split.VOLUME", 1100)
    assert gradewalk("export", ref, "--out", "whole.zip")[0] == 0
    assert gradewalk("verify", "whole.zip")[0] == 0
    (tmp_path / "parts").mkdir()
    ended, out, _ = gradewalk("export", ref, "--split", "--out", "parts")
    assert ended == 0
    parts = sorted((tmp_path / "parts").iterdir())
    assert len(parts) == out.count("exported up to entry") > 2
    assert [one.name.rpartition("-")[2] for one in parts] == [
        f"{n}of{len(parts)}.zip" for n in range(1, len(parts) + 1)
    ]
    names = [f"parts/{one.name}" for one in parts]
    ended, out, err = gradewalk("verify", *names, "--lang", "en")
    assert (ended, err) == (0, "")
    assert "was not given" not in out
    ended, out, _ = gradewalk("verify", names[0], *names[2:], "--lang", "en")
    assert ended == 0
    assert f"has {len(parts)} volumes and volume 2 was not given" in out
    ended, out, _ = gradewalk("verify", names[1], "--lang", "zh")
    assert ended == 1
    assert "请连同第 1 卷一起核验" in out
    assert gradewalk("verify", names[0], "parts/nothing.zip")[0] == 2
    exported = [one for one in ann.entries(ref) if isinstance(one.body, Exported)]
    assert len(exported) == 2, "one entry each time, however many files"


def test_troubles_are_one_line_and_leave_nothing(
    gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ref = closed
    entries = ann.entries(ref)
    (tmp_path / "there").touch()
    for arguments, said in (
        (("export", "nowhere"), "there is no assessment nowhere"),
        (("export", ref, "--out", "there"), "exists already"),
        (("export", ref, "--out", "no/folder/x"), "cannot read or write"),
        (("export", ref, "--format", "odt"), "--format is one of"),
        (("export", ref, "--format", "all", "--out", "nowhere"), "--out must be a folder"),
        (("export", ref, "--lang", "fr"), "--lang is zh or en"),
        (("verify", "nothing.zip"), "nothing.zip"),
        (("verify", "there", "--seal", "x"), "--seal"),
    ):
        ended, out, err = gradewalk(*arguments)
        assert (ended, out, len(err.splitlines())) == (2, "", 1), arguments
        assert said in err
    key = tmp_path / "data" / "signing.key"
    key.rename(tmp_path / "lost.key")
    ended, _, err = gradewalk("export", ref)
    assert (ended, len(err.splitlines())) == (2, 1)
    assert "gradewalk key new" in err
    (tmp_path / "lost.key").rename(key)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "sync", full)
    assert gradewalk("export", ref)[0] == 2
    assert ann.entries(ref) == entries
    assert {path.name for path in tmp_path.iterdir()} == {"data", "there"}


def test_no_database_yet(gradewalk: Command) -> None:
    ended, _, err = gradewalk("export")
    assert ended == 2
    assert "there is no database yet" in err


def test_no_assessment_yet(gradewalk: Command, world: World) -> None:
    assert "there is no assessment yet" in gradewalk("export")[1]


def test_verify_asks_for_no_settings(gradewalk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "/nowhere/at/all")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    (tmp_path / "a.json").write_bytes(b"{}")
    assert gradewalk("verify", "a.json")[0] == 1


# ---- key


def test_the_key_is_shown_once_there_is_one(gradewalk: Command, tmp_path: Path) -> None:
    ended, _, err = gradewalk("key")
    assert ended == 2
    assert "no signing key yet" in err
    ended, out, _ = gradewalk("key", "new")
    assert ended == 0
    ended, shown, _ = gradewalk("key")
    assert ended == 0
    mark = out.splitlines()[0].partition(": ")[2]
    assert f"fingerprint: {mark}" in shown
    assert "PRIVATE" not in shown
    assert (tmp_path / "data" / "signing.key").exists()


def test_a_new_key_only_on_an_explicit_word(gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path) -> None:
    ann, ref = closed
    key = tmp_path / "data" / "signing.key"
    before = key.read_bytes()
    ended, _, err = gradewalk("key", "new")
    assert ended == 2
    assert "--replace" in err
    assert key.read_bytes() == before
    ended, out, _ = gradewalk("key", "new", "--replace")
    assert ended == 0
    (aside,) = (tmp_path / "data").glob("signing.key.until-*")
    assert aside.name in out
    assert aside.read_bytes() == before
    assert gradewalk("export", ref, "--out", "a.zip")[0] == 0
    ended, said, _ = gradewalk("verify", "a.zip", "--lang", "en", "--seal", code(ann, ref))
    assert ended == 0
    assert "2 different keys were used" in said
    assert "what is marked" in said


def test_a_lost_key_is_told_by_doctor_and_at_the_start(
    gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    assert [one.level for one in signing_key(settings)] == ["ok"]
    (tmp_path / "data" / "signing.key").unlink()

    def fails(text: str) -> None:
        (one,) = signing_key(settings)
        assert isinstance(one, Check)
        assert one.level == "fail"
        assert text in one.line("en")
        assert text in gradewalk("doctor", "--offline", "--lang", "en")[1]

    fails("the signing key is gone")
    assert "is gone" in gradewalk("key")[2]
    (tmp_path / "data" / "signing.key").write_bytes(b"x")
    fails("cannot be read")
    assert "cannot be read" in gradewalk("key")[2]
    (tmp_path / "data" / "signing.key").unlink()
    (tmp_path / "data" / "gradewalk.db").rename(tmp_path / "elsewhere.db")
    assert [one.level for one in signing_key(settings)] == ["ok"]


def test_the_key_is_in_no_backup(gradewalk: Command, closed: tuple[Scene, str], tmp_path: Path) -> None:
    assert gradewalk("backup", "--to", "b.zip")[0] == 0
    import zipfile

    secret = (tmp_path / "data" / "signing.key").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        names = archive.namelist()
        assert all(secret.strip() not in archive.read(name) for name in names)
    assert not any("key" in name for name in names)
