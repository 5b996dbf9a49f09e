"""G. Storage: rows 85 and 89, and what a restore must survive. Backups are made and put back by the commands' code."""

import hashlib
import os
import random
import shutil
import sqlite3
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.config import Settings
from bot.lock import alone
from bot.operator import backup as making
from bot.operator.archive import BadBackup, write
from bot.operator.backup import Made, back_up, backups
from bot.operator.proof import prove
from bot.operator.restore import Restored, restore
from bot.operator.trouble import Trouble
from bot.service.inbox import InboxDesk
from bot.service.world import World
from bot.serving import CHANNEL
from bot.store.contents import Contents, check_record, contents
from bot.store.engine import opened_file
from bot.store.errors import StoreCorrupt
from bot.telegram import batch
from bot.view.places import Head
from bot.wiring import new_salt, now, open_world
from tests.catalogue.invariants import acknowledged, hold
from tests.commands import fresh
from tests.fake_telegram import FakeTelegram, Person
from tests.service.in_memory import render
from tests.service.scene import REAL, Scene, library
from tests.stories.company import Say, Tap, begun
from tests.stories.running import Player, bot_on

TOKEN = "123456789:made-up-token-made-up-token-made-up"


class Someone(Scene):
    """A person with two habits more."""

    def fill_one(self) -> None:
        """Answer the question that the card shows."""
        if self.focus.question.endswith("/veto"):
            self.press(next(b.payload for row in self.screen.rows for b in row if ":v0" in b.payload))
        else:
            self.say("80")

    def delete(self, ref: str) -> None:
        self.press(Head(ref))
        self.tap("button.delete-draft")
        self.tap("button.delete-for-good")


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, _env_file=None)


@contextmanager
def world_in(folder: Path) -> Iterator[World]:
    """A world on a data folder, closed afterwards as by the end of a process."""
    fresh(folder)
    world = open_world(settings_in(folder), library())
    try:
        yield world
    finally:
        world.store._engine.dispose()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def database(folder: Path) -> Path:
    return folder / "gradewalk.db"


def held(folder: Path) -> Contents:
    """What the database holds; its record is whole."""
    with opened_file(database(folder)) as engine:
        check_record(engine)
        return contents(engine)


def put_back(folder: Path, file: Path, at: datetime | None = None) -> Restored:
    done = restore(settings_in(folder), file, at or now(), new_salt)
    assert done is not None
    return done


def exports(world: World) -> dict[str, bytes]:
    """Every assessment's JSON transcript: all entries, hashes and scores."""
    found = {}
    with world.store.read() as unit:
        for assessment in contents(world.store._engine).heads:
            listed = unit.assessments.for_operator(assessment)
            assert listed is not None
            found[assessment] = render(world, unit, listed, "json", "zh", "Asia/Shanghai")
    return found


# ---- row 85: while answers come in


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.long)])
def test_row_85_backups_under_load_hold_all_that_was_acknowledged(rounds: int, data: Path) -> None:
    with world_in(data) as world:
        scene, stop = Someone(world), threading.Event()
        told = [0]

        def answer() -> None:
            while not stop.is_set():
                scene.begin(REAL)
                while scene.focus.question and not stop.is_set():
                    scene.fill_one()
                    told[0] += 1

        with working(answer, stop):
            for _ in range(rounds):
                wait_until(partial(more_than, told, told[0] + 2))
                before, made = told[0], back_up(settings_in(data), now())
                assert made.proven.contents.entries >= before
        hold(world)
    assert len(backups(data / "backups")) == rounds


@contextmanager
def working(work: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  told below
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert not failed


def more_than(told: list[int], number: int) -> bool:
    return told[0] > number


def wait_until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.001)  # another thread's commits make no sound


@pytest.fixture
def answered(data: Path) -> Iterator[Someone]:
    """A database in use, with answers still in the log beside it."""
    with world_in(data) as world:
        scene = Someone(world)
        scene.begin(REAL)
        scene.fill_one()
        yield scene


def settle(scene: Scene) -> None:
    with closing(scene.world.store._engine.raw_connection()) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@pytest.mark.parametrize("how", ["nothing in the file yet", "the newest in the log", "torn"])
def test_switched_off_a_plain_copy_is_found(
    how: str, data: Path, answered: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 85. What `cp` does to a live database: it misses the log, or catches two moments in one file."""

    def cp(_: object, target: Path) -> None:
        content = database(data).read_bytes()
        if how == "torn":
            answered.begin(REAL)
            answered.fill()
            settle(answered)
            half = len(content) // 2 // 4096 * 4096
            content = content[:half] + database(data).read_bytes()[half:]
        target.write_bytes(content)

    if how != "nothing in the file yet":
        settle(answered)
        answered.fill_one()
    monkeypatch.setattr(making, "copy_database", cp)
    with pytest.raises(BadBackup):
        back_up(settings_in(data), now())
    assert [path.name for path in (data / "backups").iterdir()] == ["gradewalk.lock"], "nothing half-made stays"
    monkeypatch.undo()
    assert back_up(settings_in(data), now()).proven.contents.entries == len(entries(answered))


def entries(scene: Scene) -> list[object]:
    with scene.world.store.read() as unit:
        return [one for listed in scene.listed for one in unit.entries.recorded(listed.id)]


def test_row_85_a_copy_by_cp_is_no_backup(data: Path, answered: Someone, tmp_path: Path) -> None:
    assert answered.listed
    plain = tmp_path / "plain.db"
    shutil.copy(database(data), plain)
    with pytest.raises(BadBackup, match="not a backup made by"):
        prove(plain, tmp_path)


def test_a_record_that_was_tampered_with_is_not_backed_up(data: Path, answered: Someone) -> None:
    answered.world.store._engine.dispose()
    with closing(sqlite3.connect(database(data))) as raw, raw:
        raw.execute("DROP TRIGGER entry_body_no_update")
        raw.execute("UPDATE entry_body SET body = replace(body, '示例', '别的') WHERE seq = 1")
    with pytest.raises(BadBackup, match="entry 1: body"):
        back_up(settings_in(data), now())


def test_a_body_that_is_gone_without_an_erasure_is_found(data: Path, answered: Someone) -> None:
    answered.world.store._engine.dispose()
    with closing(sqlite3.connect(database(data))) as raw, raw:
        raw.execute("DROP TRIGGER entry_body_no_delete")
        raw.execute("DELETE FROM entry_body WHERE seq = 2")
    with opened_file(database(data)) as engine, pytest.raises(StoreCorrupt, match="entry 2: body"):
        check_record(engine)


def test_a_row_that_belongs_to_nothing_is_found(data: Path, answered: Someone) -> None:
    answered.world.store._engine.dispose()
    with closing(sqlite3.connect(database(data))) as raw, raw:
        raw.execute("UPDATE sheet SET person = 'nobody'")
    with pytest.raises(BadBackup, match="not sound"):
        back_up(settings_in(data), now())


# ---- what is in the file


def test_neither_key_nor_token_nor_settings_are_in_a_backup(data: Path, answered: Someone, tmp_path: Path) -> None:
    assert answered.listed
    secrets = {data / "signing.key": b"made-up-signing-key", data / ".env": f"TELEGRAM_BOT_TOKEN={TOKEN}".encode()}
    secrets[data / "evidence" / "ab" / "signing.key"] = b"made-up-signing-key"
    for path, content in secrets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made = back_up(settings_in(data), now(), tmp_path / "out" / "a.zip")
    assert made.file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(made.file) as file:
        assert set(file.namelist()) == {"manifest.json", "gradewalk.db"}
        everything = b"".join(file.read(name) for name in file.namelist())
    assert not [content for content in secrets.values() if content in everything]


def evidence(folder: Path, content: bytes) -> Path:
    sha = hashlib.sha256(content).hexdigest()
    path = folder / "evidence" / sha[:2] / sha
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_evidence_comes_along_and_goes_back(data: Path, answered: Someone, tmp_path: Path) -> None:
    assert answered.listed
    kept = [evidence(data, content) for content in (b"made-up photo", b"another")]
    evidence(data, b"x").with_suffix(".part").write_bytes(b"a download that has not ended")
    made = back_up(settings_in(data), now())
    assert len(made.proven.manifest.evidence) == 3
    kept[0].write_bytes(b"the disk went bad")
    answered.world.store._engine.dispose()
    for folder in (data, tmp_path / "elsewhere"):
        put_back(folder, made.file)
        assert (folder / kept[0].relative_to(data)).read_bytes() == b"made-up photo"
    (aside,) = kept[0].parent.glob(f"{kept[0].name}.before-restore-*")
    assert aside.read_bytes() == b"the disk went bad"


def test_damaged_evidence_stops_a_backup(data: Path, answered: Someone) -> None:
    assert answered.listed
    evidence(data, b"made-up photo").write_bytes(b"made-up phot0")
    with pytest.raises(BadBackup, match="evidence is damaged"):
        back_up(settings_in(data), now())


def test_old_backups_go_when_asked_and_never_the_new_one(data: Path, answered: Someone) -> None:
    assert answered.listed
    folder = data / "backups"
    made = [back_up(settings_in(data), datetime(year, 1, 1, tzinfo=UTC)).file for year in (2024, 2025, 2031)]
    (folder / "gradewalk-mine.zip").touch()
    done: Made = back_up(settings_in(data), datetime(2026, 1, 1, tzinfo=UTC), keep=2)
    assert done.removed == (made[0], made[1]), "2031 stays: the clock was wrong, the backup is not"
    assert backups(folder) == (done.file, made[2])
    assert (folder / "gradewalk-mine.zip").exists()


def test_what_a_killed_backup_left_goes_and_two_at_once_do_not_mix(data: Path, answered: Someone) -> None:
    assert answered.listed
    left = data / "backups" / ".unfinished"
    left.mkdir(parents=True)
    (left / "gradewalk-20260101T000000.000Z.zip").write_bytes(b"half")
    with alone(data / "backups"), pytest.raises(Trouble, match="another backup"):
        back_up(settings_in(data), now())
    back_up(settings_in(data), now())
    assert not left.exists()


def test_any_damage_to_a_backup_is_found(data: Path, answered: Someone, tmp_path: Path) -> None:
    assert answered.listed
    evidence(data, b"made-up photo")
    made = back_up(settings_in(data), now())
    whole = made.file.read_bytes()
    chance, refused = random.Random(85), 0
    for number in range(40):
        broken = bytearray(whole)
        if number % 4 == 0:
            del broken[chance.randrange(len(broken)) :]
        else:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        file, folder = tmp_path / f"{number}.zip", tmp_path / str(number)
        file.write_bytes(broken)
        folder.mkdir()
        try:
            proven = prove(file, folder)
        except BadBackup:
            refused += 1
        else:  # a date or a flag in the zip's own bookkeeping: what it carries is what it was
            assert proven.contents == made.proven.contents
    assert refused >= 30


def test_another_sound_database_under_the_same_manifest(data: Path, answered: Someone, tmp_path: Path) -> None:
    """The zip's own checksums are right: only the manifest tells."""
    made = back_up(settings_in(data), now())
    answered.fill_one()
    other = back_up(settings_in(data), now())
    mixed = tmp_path / "mixed.zip"
    with zipfile.ZipFile(mixed, "w") as file, zipfile.ZipFile(made.file) as one, zipfile.ZipFile(other.file) as two:
        file.writestr("manifest.json", one.read("manifest.json"))
        file.writestr("gradewalk.db", two.read("gradewalk.db"))
    with pytest.raises(BadBackup, match=r"damaged: gradewalk\.db"):
        prove(mixed, tmp_path)


def test_a_member_that_the_manifest_does_not_know(data: Path, answered: Someone, tmp_path: Path) -> None:
    assert answered.listed
    made = back_up(settings_in(data), now())
    with zipfile.ZipFile(made.file, "a") as file:
        file.writestr("../../escaped", "x")
    with pytest.raises(BadBackup, match="not those of its manifest"):
        put_back(tmp_path / "elsewhere", made.file)
    assert not list(tmp_path.rglob("escaped"))


# ---- row 89: another machine


async def test_row_89_on_another_machine_the_same_score_and_no_update_twice(data: Path, tmp_path: Path) -> None:
    fake = FakeTelegram()
    person = Person(fake, 1001, "Example", "zh-hans")
    with world_in(data) as world:
        player = Player(person, world)
        async with bot_on(fake, world):
            for step in (Say("/start"), *begun("zh"), Tap("守法合规"), Say("85")):
                await player.do(step)
        # Killed between the commit and the work: kept, acknowledged to nobody, in the backup as new.
        person.say("72")
        _, body = fake.call_raw("getUpdates", {})
        assert InboxDesk(world, CHANNEL).take(batch.read(body, 0).updates) == 1
        made = back_up(settings_in(data), now())
        before = exports(world)
        async with bot_on(fake, world):
            await player.settled()  # here the work is done after the backup was made
    other = tmp_path / "another" / "machine"
    done = put_back(other, made.file)
    assert (done.aside, done.erased, done.readable) == (None, (), True)
    with world_in(other) as restored:
        assert exports(restored) == before, "every entry, every hash, every score"
        player = Player(person, restored)
        async with bot_on(fake, restored):
            await player.settled()
            fake.updates.replay()  # Telegram gives all of them again
            await player.settled()
        with restored.store.read() as unit:
            assert unit.inbox.counts()["new"] == 0
        hold(restored, person, doubles=1)
        assert "4.2.1" in {one.clause for one in acknowledged(person)}, (
            "told by the machine that is gone; kept here too"
        )
        assert contents(restored.store._engine).entries == made.proven.contents.entries + 1


# ---- restore


@pytest.fixture
def backup_then_more(data: Path) -> tuple[Path, Contents, Contents]:
    """A backup; what it holds; what the data holds after more answers."""
    with world_in(data) as world:
        scene = Someone(world)
        scene.begin(REAL)
        scene.fill_one()
        made = back_up(settings_in(data), now())
        for _ in range(5):
            scene.fill_one()
    return made.file, made.proven.contents, held(data)


def test_the_data_of_before_is_kept_and_can_be_put_back(
    data: Path, backup_then_more: tuple[Path, Contents, Contents]
) -> None:
    file, old, newer = backup_then_more
    at = now()
    done = put_back(data, file, at)
    assert held(data) == old
    assert done.aside is not None
    with opened_file(done.aside) as engine:
        assert contents(engine) == newer
    again = put_back(data, file, at)
    assert again.aside not in {None, done.aside}, "nothing that was kept is written over"


def test_refused_while_anybody_works_on_the_data(data: Path, backup_then_more: tuple[Path, Contents, Contents]) -> None:
    file, _, newer = backup_then_more
    with alone(data), pytest.raises(Trouble, match="stop it first") as refused:
        put_back(data, file)
    assert refused.value.exit_code == 3
    with world_in(data) as chat:
        with chat.store.read() as unit:
            unit.inbox.counts()
        with pytest.raises(Trouble, match="stop it first"):
            put_back(data, file)  # the terminal chat takes no lock, but it has the file open
    assert held(data) == newer


def test_a_newer_backup_or_a_bad_one_changes_nothing(
    data: Path, backup_then_more: tuple[Path, Contents, Contents], tmp_path: Path
) -> None:
    file, _, newer = backup_then_more
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-100])
    with world_in(tmp_path / "future") as world:
        Scene(world).begin(REAL)
    with closing(sqlite3.connect(database(tmp_path / "future"))) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    future = tmp_path / "future.zip"
    write(future, database(tmp_path / "future"), tmp_path / "none", "9999", now())
    for bad, why in ((cut, "not all of it"), (future, "made by a newer"), (tmp_path / "none.zip", "no such file")):
        with pytest.raises(BadBackup, match=why):
            put_back(data, bad)
    assert held(data) == newer
    assert not (data / ".restoring").exists()


def test_a_database_beyond_reading_is_replaced_and_kept(
    data: Path, backup_then_more: tuple[Path, Contents, Contents]
) -> None:
    file, old, _ = backup_then_more
    database(data).write_bytes(b"this was a database once" * 1000)
    database(data).with_name("gradewalk.db-wal").write_bytes(b"its log" * 1000)
    done = put_back(data, file)
    assert not done.readable
    assert held(data) == old
    assert done.aside is not None
    assert done.aside.read_bytes().startswith(b"this was")
    assert done.aside.with_name(f"{done.aside.name}-wal").read_bytes().startswith(b"its log")


def test_a_draft_deleted_after_the_backup_stays_deleted(data: Path) -> None:
    """RELIABILITY 6: restoring a backup re-applies erase entries."""
    with world_in(data) as world:
        scene = Someone(world)
        ref = scene.begin(REAL, "示例已删公司")
        scene.fill_one()
        scene.say("现场看过一段要删掉的话")
        scene.begin(REAL, "示例留下公司")
        made = back_up(settings_in(data), now())
        scene.delete(ref)
    done = put_back(data, made.file)
    assert len(done.erased) == 1
    assert "示例已删公司".encode() not in database(data).read_bytes()
    assert "要删掉的话".encode("unicode_escape") not in database(data).read_bytes()
    with world_in(data) as restored:
        hold(restored)
        scene = Someone(restored)
        scene.order("my")
        assert [listed.name for listed in scene.listed] == ["示例留下公司"]
    assert len(put_back(data, made.file).erased) == 1, "again from the copy that was erased again"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child of this process")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_any_moment_a_restore_leaves_the_old_or_the_new(
    step: int, data: Path, backup_then_more: tuple[Path, Contents, Contents], tmp_path: Path
) -> None:
    file, old, newer = backup_then_more
    seen, number = set(), 0
    while True:
        number += step
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(data, folder)
        if not killed(number, lambda folder=folder: put_back(folder, file)):  # type: ignore[misc]
            break
        found = held(folder)
        assert found in (old, newer)
        seen.add(found == old)
        put_back(folder, file)
        assert held(folder) == old
        assert list(folder.glob("gradewalk.db.before-restore-*"))
        shutil.rmtree(folder)
    assert seen == {False, True} if step == 1 else False in seen


def killed(number: int, work: Callable[[], object]) -> bool:
    """Whether a child of this process was killed at its n-th act on files; False where it had ended before."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert os.WEXITSTATUS(status) in {0, 9}
        return os.WEXITSTATUS(status) == 9
    acts = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal acts
        writes = event == "open" and str(arguments[1] or "")[:1] in {"w", "x", "a"}
        if writes or event in {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"}:
            acts += 1
            if acts == number:
                os._exit(9)

    try:
        sys.addaudithook(count)
        work()
    except BaseException:  # noqa: BLE001  the parent asserts
        os._exit(1)
    os._exit(0)
