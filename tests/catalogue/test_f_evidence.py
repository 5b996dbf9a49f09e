"""Rows 51 and 75-77: albums, kills and full disks while a file comes, kinds of messages, quota.

What a file may be: test_f_files.py.
"""

import asyncio
import errno
import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.domain import evidence as rules
from bot.domain import proofs
from bot.domain.entries import AnswerGiven
from bot.service import evidence as bringing
from bot.service import fetching
from bot.service.evidence import TOGETHER
from bot.store import disk
from bot.store.vault import Vault
from bot.telegram import downloads, narrow
from bot.telegram.writer import Alone, Writer
from bot.view.places import Home
from tests.catalogue.drivers import Driver
from tests.catalogue.evidence import (
    arrived,
    fetched,
    held,
    kept,
    kept_in_rows,
    sender,
    stored,
)
from tests.catalogue.invariants import hold
from tests.catalogue.tapping import FIRST
from tests.catalogue.walker import BEGUN, kinds, walker
from tests.catalogue.walker import held as stands
from tests.fake_telegram import Control, FakeTelegram
from tests.fake_telegram.kinds import KINDS
from tests.service.proofs import picture
from tests.service.scene import say
from tests.stories.company import Tap
from tests.telegram.stage import Pauses

MARK = "只在说明里的字"
KINDS_TAKEN = ("photo", "document", "video", "voice", "video_note", "audio", "location")


async def test_row_76_bytes_are_kept_and_deleted_in_no_commit_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has no rollback: whatever a group may lose must not have named or deleted one."""
    alone: dict[str, bool] = {}
    real = Writer.__call__

    async def noting(self: Writer, call: Any, *args: Any, **more: Any) -> Any:
        alone[getattr(call, "func", call).__qualname__] = isinstance(call, Alone)
        return await real(self, call, *args, **more)

    monkeypatch.setattr(Writer, "__call__", noting)
    async with sender(tmp_path) as sat:
        sat.person.send_photo(picture(), "")
        await kept(sat, 1)
    shared = {name for name, one in alone.items() if not one}
    assert {"FetchDesk.keep", "FetchDesk.tidy", "FetchDesk.begin"} <= set(alone) - shared
    assert "Conversation.handle" in shared


# ---------------------------------------------------------------- row 51


async def album(folder: Path, count: int) -> None:
    """So many attachments, each hash once, and one answer: while more may come, nothing is shown."""
    over = asyncio.Event()

    async def pause(seconds: float) -> None:
        await (over.wait() if seconds == TOGETHER else asyncio.sleep(seconds))

    async with sender(folder, pause=pause) as sat:
        fake = sat.person.fake
        before = len(sat.person.chat)
        photos = [f"photo {n}".encode() for n in range(count)]  # what they show does not matter here
        for batch in (photos[: count * 2 // 3], photos[count * 2 // 3 :]):
            fake.updates.hold()
            for photo in batch:
                sat.person.send_photo(photo, "大厅" if photo is photos[0] else "", album="77")
            fake.updates.release()
            await fake.until(lambda: not fake.updates.pending)
        fake.updates.replay([max(fake.updates.history)])
        await kept(sat, count)
        assert [m for m in sat.person.chat[before:] if not m.mine] == [], "saved, and not yet said"
        over.set()
        await arrived(sat)
        pieces = held(sat)
        assert len(pieces) == len({one.sha256 for one in pieces}) == count
        assert {one.keeping for one in pieces} == {"kept"}
        assert {str(one.question) for one in pieces} == {FIRST}
        assert {one.sha256 for one in pieces} == {hashlib.sha256(photo).hexdigest() for photo in photos}
        assert len([m for m in sat.person.chat[before:] if not m.mine]) == 1, "one answer for all"
        assert say("evidence.summary", total=count, kinds=f"照片 {count}", n=0) in sat.person.card.text
        hold(sat.world, sat.person)


async def test_row_51_an_album_in_two_batches_with_a_duplicate(tmp_path: Path) -> None:
    await album(tmp_path, 10)


async def test_switched_off_waiting_for_an_album_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "TOGETHER", 0.0)
    with pytest.raises(AssertionError, match="not yet said"):
        await album(tmp_path, 3)


async def test_row_51_what_waits_to_be_said_is_stored(tmp_path: Path) -> None:
    """Killed meanwhile, the next process shows it: it is the presenter alone that waits."""
    async with sender(tmp_path, pause=Pauses(FakeTelegram())) as sat:
        sat.person.send_photo(b"a photo", album="77")
        await kept(sat, 1)
        with sat.world.store.read() as unit:
            assert unit.chats.behind("telegram"), "shown by whoever looks next"


# ---------------------------------------------------------------- row 75


def killed(driver: Driver, control: Control, tmp_path: Path, point: str, off: str = "") -> None:
    """It is fetched again by its file_id; the hash is right, and nothing is left over. off: what protects us not."""
    driver.start()
    one = walker(control, driver, tmp_path)
    one.walk((*BEGUN, Tap("守法合规")))
    driver.kill()
    driver.start(point)
    photo, folder = picture(), tmp_path / "evidence"
    one.person.send("document", data=photo, name="front.jpg")
    driver.wait()
    assert folder.exists(), "it died in the middle"
    driver.start(off)
    fetched(one)
    driver.kill()
    assert len(stored(one.world)) == 2
    assert set(stored(one.world)) == kept_in_rows(one.world), "no orphan"
    assert hashlib.sha256(photo).hexdigest() in stored(one.world)
    assert list((folder / ".coming").iterdir()) == [], "half a file is left"
    found = kinds(one.world)
    assert (found["evidence-received"], found["evidence-stored"]) == (1, 1)
    stands(one)


_LATER = [pytest.param(point, marks=pytest.mark.long) for point in ("before_bytes", "after_bytes", "after_bytes:2")]


@pytest.mark.parametrize("point", ["during_download", *_LATER])
def test_row_75_killed_while_a_file_comes(driver: Driver, control: Control, tmp_path: Path, point: str) -> None:
    """`during_download` of row 2, and what follows it."""
    killed(driver, control, tmp_path, point)


@pytest.mark.long
def test_switched_off_clearing_leaves_half_a_file(driver: Driver, control: Control, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="half a file"):
        killed(driver, control, tmp_path, "during_download", "clearing_off")


async def begun_again(folder: Path) -> None:
    """A process that was killed had written a part of a file."""
    left = folder / "evidence" / ".coming" / "tmp0"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a ph")
    async with sender(folder) as sat:
        await arrived(sat)


async def test_row_75_what_was_half_written_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "on").mkdir()
    await begun_again(tmp_path / "on")
    monkeypatch.setattr(Vault, "clear", lambda _: None)  # switched off
    (tmp_path / "off").mkdir()
    with pytest.raises(AssertionError, match="temporary"):
        await begun_again(tmp_path / "off")


async def test_row_75_a_full_disk_puts_it_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "STORAGE_PAUSE", 0.05)
    real, failures = Vault.put, [OSError(errno.ENOSPC, "No space left on device")] * 2

    def put(self: Vault, part: Path, sha256: str) -> None:
        if failures:
            raise failures.pop()
        real(self, part, sha256)

    monkeypatch.setattr(Vault, "put", put)
    async with sender(tmp_path) as sat:
        sat.person.send_photo(b"a photo")
        await arrived(sat)
        assert [one.keeping for one in held(sat)] == ["kept"]
        assert failures == []
        assert set(stored(sat.world)) == kept_in_rows(sat.world)
        monkeypatch.setattr(disk, "free", lambda _: 499 * disk.MEGABYTE)
        sat.person.send_photo(b"another photo")
        await sat.settled()
        assert len(held(sat)) == 1
        assert sat.person.card.text.startswith(say("evidence.no-room"))
        hold(sat.world, sat.person)


# ---------------------------------------------------------------- row 76


async def test_row_76_every_kind_is_taken_or_told(tmp_path: Path) -> None:
    await every_kind(tmp_path)


async def test_switched_off_taking_files_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrow, "attached", lambda _: None)
    with pytest.raises(AssertionError):
        await every_kind(tmp_path)


async def every_kind(folder: Path) -> None:
    async with sender(folder) as sat:
        for kind in KINDS:
            sat.person.send(kind)
        await arrived(sat)
        assert len(held(sat)) == len(KINDS_TAKEN)
        assert {one.kind for one in held(sat)} == {"photo", "document", "video", "voice", "location"}
        assert {one.keeping for one in held(sat)} == {"kept"}
        sat.person.send("sticker")
        await sat.settled()
        assert sat.person.card.text.startswith("没有保存")
        hold(sat.world, sat.person)


async def test_row_76_without_a_question_nothing_is_kept_and_one_card_says_so(tmp_path: Path) -> None:
    async with sender(tmp_path) as sat:
        await sat.tap(Home())
        before = len(sat.person.chat)
        for kind in KINDS_TAKEN:
            sat.person.send(kind)
        await arrived(sat)
        assert held(sat) == []
        assert len([m for m in sat.person.chat[before:] if not m.mine]) == 1
        assert sat.person.card.text.startswith(say("evidence.no-question"))
        hold(sat.world, sat.person)


# ---------------------------------------------------------------- row 77


async def many(folder: Path, photos: int, most: int) -> None:
    async with sender(folder) as sat:
        for number in range(photos):
            sat.person.send_photo(f"photo {number}".encode(), MARK if not number else "")
        await arrived(sat)
        assert len(held(sat)) == most
        assert {one.keeping for one in held(sat)} == {"kept"}
        assert sat.person.card.text.startswith(say("refusal.evidence-full", files=200, megabytes=1000))
        await sat.say("80")
        given = [e.body.answer for e in sat.scene.entries(sat.ref) if isinstance(e.body, AnswerGiven)]
        assert getattr(given[-1], "value", None) == Fraction(4, 5)
        hold(sat.world, sat.person, markers=[MARK])


async def test_row_77_more_photos_than_an_assessment_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_FILES", 3)
    await many(tmp_path, 6, 3)


async def test_switched_off_the_quota_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_FILES", 2)
    monkeypatch.setattr(proofs, "full", lambda *_, **__: False)
    monkeypatch.setattr(fetching, "full", lambda *_, **__: False)
    with pytest.raises(AssertionError):
        await many(tmp_path, 3, 2)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_row_77_a_thousand_photos(tmp_path: Path) -> None:
    await many(tmp_path, 1000, 200)
