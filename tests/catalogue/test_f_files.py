"""Rows 71-74: what a file may be: its name, the place in a picture, evil contents, its size and the way it comes."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from bot.domain import evidence as rules
from bot.domain import proofs
from bot.domain.entries import Exported
from bot.operator.archive import evidence_files as backed_up
from bot.service import pictures
from bot.telegram import downloads
from bot.verify.bundle import member_of, shown_digest
from bot.view.evidence_places import ShowTap
from tests.catalogue.evidence import (
    MEGABYTES_20,
    arrived,
    bomb,
    evil,
    held,
    kept_in_rows,
    sender,
    stored,
    waiting,
)
from tests.catalogue.invariants import hold
from tests.fake_telegram import FakeTelegram, FakeWeb
from tests.fake_telegram.faults import Fault, answer, drop_before, refuse, slow
from tests.service.proofs import picture, tells_place
from tests.service.scene import say

MARK = "只在说明里的字"
KINDS_TAKEN = ("photo", "document", "video", "voice", "video_note", "audio", "location")


# ---------------------------------------------------------------- row 71


NAMES = ("../../x", "/etc/x", "..\\x", "CON", "a\nb", "x\0.jpg", "\u202egpj.exe", "n" * 300, "-rf", "", ".")


SPOOFING = frozenset("\0\n\u202e")


async def test_row_71_names_are_data_and_never_paths(tmp_path: Path) -> None:
    await named(tmp_path, NAMES)


async def test_switched_off_cleaning_names_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "clean_name", lambda name: name)
    with pytest.raises(AssertionError, match="spoof"):
        await named(tmp_path, NAMES[6:7])


async def named(tmp_path: Path, names: tuple[str, ...]) -> None:
    async with sender(tmp_path) as sat:
        for number, name in enumerate(names):
            sat.person.send_document(f"file {number}".encode(), name)
        await arrived(sat)
        pieces = held(sat)
        assert len(pieces) == len(names)
        assert not [one.name for one in pieces if SPOOFING & set(one.name)], "what could spoof a reader"
        assert set(stored(sat.world)) == {one.sha256 for one in pieces} == kept_in_rows(sat.world)
        outside = [p.name for p in tmp_path.iterdir()]  # noqa: ASYNC240  a test may wait for a disk
        assert [name for name in outside if not name.startswith("gradewalk")] == ["evidence"]
        assert {name for name, _ in backed_up(tmp_path)} == {f"evidence/{s[:2]}/{s}" for s in stored(sat.world)}
        with zipfile.ZipFile(tmp_path / "members.zip", "w") as file:
            for one in pieces:
                file.writestr(member_of(one), sat.world.store.vault.read(shown_digest(one)))
        with zipfile.ZipFile(tmp_path / "members.zip") as file:
            file.extractall(tmp_path / "out")
        assert {p.parent for p in (tmp_path / "out").rglob("*") if p.is_file()} == {tmp_path / "out" / "evidence"}
        await sat.tap(ShowTap(sat.ref, pieces[0].seq))
        await arrived(sat)
        sent = next(m for m in reversed(sat.person.chat) if m.attachment is not None and not m.mine)
        assert sent.attachment is not None
        assert sent.attachment.name == f"evidence-{pieces[0].seq}.bin"
        hold(sat.world, sat.person)


# ---------------------------------------------------------------- row 72


async def test_row_72_where_a_picture_was_taken_stays_inside(tmp_path: Path) -> None:
    async with sender(tmp_path) as sat:
        sat.person.send_document(picture(), "IMG_1.jpg")
        sat.person.send_photo(picture(seed=1))
        sat.person.send_document(picture("PNG", seed=2), "shot.png")
        sat.person.send_document(picture("WEBP", seed=3), "shot.webp")
        sat.person.send_document(picture("TIFF", seed=4), "scan.tif")
        await arrived(sat)
        files, pieces = stored(sat.world), held(sat)
        assert all(tells_place(files[one.sha256]) for one in pieces), "the originals are as they came"
        out = [one for one in pieces if rules.carried(one)]
        assert [one.name for one in pieces if one not in out] == ["scan.tif"]
        assert [one.name for one in out if tells_place(files[shown_digest(one)])] == []
        await sat.tap(ShowTap(sat.ref, pieces[0].seq))
        await sat.tap(ShowTap(sat.ref, pieces[0].seq, 1))
        await arrived(sat)
        clean, original = [m for m in sat.person.chat if m.attachment is not None and not m.mine]
        assert not tells_place(sat.person.download(clean)), "where it was taken goes out"
        assert sat.person.download(original) == picture()
        logged = [e.body for e in sat.scene.entries(sat.ref) if isinstance(e.body, Exported)]
        assert [body.format for body in logged] == [f"original-{pieces[0].seq}"]
        hold(sat.world, sat.person)


async def test_switched_off_clean_copies_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def copied(source: Path, target: Path) -> str:
        target.write_bytes(source.read_bytes())
        return "image/jpeg"

    monkeypatch.setattr(pictures, "cleaned", copied)
    async with sender(tmp_path) as sat:
        sat.person.send_document(picture(), "IMG_1.jpg")
        await arrived(sat)
        await sat.tap(ShowTap(sat.ref, held(sat)[0].seq))
        await arrived(sat)
        (shown,) = [m for m in sat.person.chat if m.attachment is not None and not m.mine]
        assert tells_place(sat.person.download(shown)), "it is the copying that takes it away"


# ---------------------------------------------------------------- row 73


async def test_row_73_evil_files_are_kept_as_they_are_and_the_bot_lives(tmp_path: Path) -> None:
    async with sender(tmp_path) as sat:
        files = {**evil(), "bomb": bomb()}
        for name, data in files.items():
            sat.person.send_document(data, f"{name}.jpg", mime="image/jpeg")
        await arrived(sat)
        assert {(one.name.removesuffix(".jpg"), one.keeping, bool(one.clean)) for one in held(sat)} == {
            (name, "kept", name == "gif") for name in files
        }
        types = {one.name.removesuffix(".jpg"): one.mime for one in held(sat)}
        assert (types["lie"], types["polyglot"]) == ("application/octet-stream", "application/pdf")
        assert types["heic"] == "image/heic"
        sat.person.send_document(b"", "empty.jpg")
        await arrived(sat)
        assert (held(sat)[-1].keeping, held(sat)[-1].reason) == ("lost", "refused")
        assert any("文件是空的" in m.text for m in sat.person.chat)
        await sat.say("80")
        assert sat.ratings() == ["4/5"]
        hold(sat.world, sat.person)


# ---------------------------------------------------------------- row 74


async def test_row_74_over_20_mb_is_told_at_once(tmp_path: Path) -> None:
    async with sender(tmp_path) as sat:
        sat.person.send_document(b"x", "film.mov", size=MEGABYTES_20 + 1)
        await arrived(sat)
        (one,) = held(sat)
        assert (one.name, one.keeping, one.reason, bool(one.file)) == ("film.mov", "lost", "too-large", True)
        assert sat.person.card.text.startswith(say("evidence.too-large", clause="4.1.2"))
        assert not [call for call in sat.person.fake.calls if call.method == "getFile"]
        hold(sat.world, sat.person)


async def test_row_74_sizes_that_are_missing_or_lie(tmp_path: Path) -> None:
    big = bytes(MEGABYTES_20 + 1)
    async with sender(tmp_path) as sat:
        sat.person.send_document(b"small", "unsaid.txt", size=-1)
        sat.person.send_document(big[1:-100], "lie-down.mov", size=10)
        sat.person.send_document(b"tiny", "lie-up.txt", size=5_000_000)
        await arrived(sat)
        assert {one.name: (one.keeping, one.reason) for one in held(sat)} == {
            "unsaid.txt": ("kept", ""),
            "lie-down.mov": ("kept", ""),
            "lie-up.txt": ("kept", ""),
        }
        assert {one.name: one.size for one in held(sat)}["lie-down.mov"] == MEGABYTES_20 - 100, "the true size"
        assert len(stored(sat.world)) == 3
        hold(sat.world, sat.person)


async def over(folder: Path) -> None:
    """Longer than a bot may have, and nobody said so."""
    async with sender(folder) as sat:
        for size in (-1, 10):
            sat.person.send_document(bytes(MEGABYTES_20 + 1), "film.mov", size=size)
        await arrived(sat)
        assert [(one.keeping, one.reason) for one in held(sat)] == [("lost", "too-large")] * 2
        assert stored(sat.world) == {}, "no half file"
        assert len([m for m in sat.person.chat if "超过 20 MB" in m.text and not m.live]) == 2
        hold(sat.world, sat.person)


async def test_row_74_no_more_is_read_than_a_bot_may_have(tmp_path: Path) -> None:
    await over(tmp_path)


async def test_switched_off_the_limit_of_20_mb_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 1 << 30)
    with pytest.raises(AssertionError):
        await over(tmp_path)


async def test_row_74_a_bad_network_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "backoff", lambda _: 0.05)
    data = bytes(range(256)) * 78_000
    assert 19_900_000 < len(data) < MEGABYTES_20
    async with sender(tmp_path) as sat:
        faults = (drop_before("download"), Fault("download", "cut", effect=True))
        more = (answer("download", 502, "<html>"), refuse("getFile", 500, "Internal Server Error"))
        gone = refuse("getFile", 400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        sat.person.fake.faults.add(*faults, *more, gone, slow("download", 0.2))
        sat.person.send_document(data, "plan.bin")
        await arrived(sat)
        (one,) = held(sat)
        assert (one.keeping, one.sha256, one.size) == ("kept", hashlib.sha256(data).hexdigest(), len(data))
        assert stored(sat.world) == {one.sha256: data}
        assert not sat.person.fake.faults.script, "all of it happened"
        hold(sat.world, sat.person)


async def test_row_74_what_telegram_does_not_have_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "backoff", lambda _: 0.05)
    async with sender(tmp_path) as sat:
        sat.person.fake.faults.add(refuse("getFile", 400, "Bad Request: wrong file_id", times=None))
        sat.person.send_document(b"x", "plan.pdf")
        await arrived(sat)
        assert (held(sat)[0].keeping, held(sat)[0].reason) == ("lost", "gone")
        assert len(sat.person.fake.faults.taken) == downloads.TRIES
        assert any("再发一次" in m.text and "plan.pdf" in m.text for m in sat.person.chat if not m.mine)
        hold(sat.world, sat.person)


async def test_row_74_taps_do_not_wait_for_a_download(tmp_path: Path) -> None:
    async with sender(tmp_path) as sat:
        sat.person.fake.faults.add(Fault("download", "hang", times=3))
        for _ in range(3):
            sat.person.send_document(b"x", "plan.pdf")
        await sat.settled()
        assert waiting(sat.world) == 3
        await sat.say("80")
        assert sat.ratings() == ["4/5"]
        assert "3 份正在取回" not in sat.person.card.text


PATHS = ("https://evil.test/x", "/etc/passwd", "../../ctl/stats", "photos/../../x", "photos//x", "a?b", "a#b", "")


async def test_row_74_only_the_configured_server_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever path getFile answers with."""
    monkeypatch.setattr(downloads, "TRIES", 1)
    web = FakeWeb(FakeTelegram())
    async with sender(tmp_path, web=web) as sat:
        for path in PATHS:
            body = f'{{"ok": true, "result": {{"file_id": "A", "file_unique_id": "B", "file_path": "{path}"}}}}'
            sat.person.fake.faults.add(answer("getFile", 200, body))
            sat.person.send_document(b"x", "plan.pdf")
        await arrived(sat)
        assert [(one.keeping, one.reason) for one in held(sat)] == [("lost", "gone")] * len(PATHS)
        assert web.opened == []
