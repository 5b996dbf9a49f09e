"""Each invariant, broken once, is found; and an undisturbed session breaks none."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.service.world import World
from bot.store.backup import copy_database
from tests.catalogue.invariants import _rows, acknowledged, broken, hold
from tests.fake_telegram import FakeTelegram, Person
from tests.stories.company import Edit, Say, Tap, begun
from tests.stories.running import Player, bot_on, world_in

TOKEN_PART = "AAFakeTokenOfNoRealBotForTestsOnly00"


class Told(NamedTuple):
    fake: FakeTelegram
    world: World
    person: Person


async def session(folder: Path) -> Told:
    """A person with a veto row answered, a rating typed and revised, a note, and the same rating again."""
    fake, world = FakeTelegram(), world_in(folder)
    person = Person(fake, 1001, "Example", "zh-hans")
    player = Player(person, world)
    note = (Say("现场看过记录"), Tap("存为备注"))
    steps = (
        *begun("zh"),
        Tap("守法合规"),
        *note,
        Say("85", "rating"),
        Edit("rating", "80"),
        Say("#4.1.2"),
        Say("80分"),
    )
    async with bot_on(fake, world):
        await player.do(Say("/start"))
        for step in steps:
            await player.do(step)
    return Told(fake, world, person)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One session for all tests that break a copy of its database."""
    return asyncio.run(session(tmp_path_factory.mktemp("once")))


@pytest.fixture
def told(once: Told, tmp_path: Path) -> Iterator[Told]:
    copy_database(once.world.store._engine, tmp_path / "gradewalk.db")
    world = replace(once.world, store=world_in(tmp_path).store)
    yield once._replace(world=world)
    world.store._engine.dispose()


def run(world: World, *statements: str) -> None:
    """SQL past all that guards the record."""
    raw = world.store._engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("PRAGMA query_only = OFF")
    cursor.execute("PRAGMA foreign_keys = OFF")
    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]
    for statement in (*(f"DROP TRIGGER {name}" for name in names), *statements):
        cursor.execute(statement)
    raw.close()


def found(told: Told, **more: str) -> list[str]:
    return [line[:3].strip() for line in broken(told.world, told.person, **more)]  # type: ignore[arg-type]


def test_a_session_breaks_none_and_is_understood(told: Told) -> None:
    hold(told.world, told.person, markers=["现场看过记录"], log="update 3 failed")
    keys = {one.key for one in acknowledged(told.person)}
    assert keys == {"line.saved", "line.notes-saved", "line.answer-revised", "line.already-saved"}


@pytest.mark.parametrize("kind", ["answered", "noted"])
def test_i1_an_acknowledged_entry_that_is_gone(told: Told, kind: str) -> None:
    with told.world.store.read() as unit:
        seq = max(seq for seq, other in _rows(unit, "SELECT seq, kind FROM entry") if other == kind)
    run(told.world, f"DELETE FROM entry_body WHERE seq = {seq}", f"DELETE FROM entry WHERE seq = {seq}")  # noqa: S608  a number
    assert "I1" in found(told)


def test_i2_an_update_handled_twice(told: Told) -> None:
    assert "I2" not in found(told), "a message and its edit are two updates"
    run(told.world, "UPDATE entry SET source_update = '7' WHERE kind = 'answered' AND source_message <> ''")
    assert "I2" in found(told)


def test_i2_a_revision_given_twice(told: Told) -> None:
    run(
        told.world,
        "DROP INDEX uq_entry_answer",
        "UPDATE entry SET revision = 1 WHERE kind = 'answered' AND revision = 2",
    )
    assert "I2" in found(told)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET at = at + 1 WHERE seq = 2",
        "UPDATE entry_body SET body = '{\"text\": \"x\"}' WHERE seq = (SELECT seq FROM entry WHERE kind = 'noted')",
        "UPDATE assessment SET head = 'x'",
    ],
)
def test_i3_a_record_that_was_changed(told: Told, change: str) -> None:
    run(told.world, change)
    assert "I3" in found(told)


def test_i4_a_row_without_the_row_it_belongs_to(told: Told) -> None:
    run(told.world, "UPDATE sheet SET round = 'gone'")
    assert found(told) == ["I4"]


def test_i5_an_update_in_limbo_and_one_dead_in_silence(told: Told) -> None:
    run(told.world, "UPDATE inbox SET state = 'new' WHERE id = 3")
    assert found(told) == ["I5"]
    run(told.world, "UPDATE inbox SET state = 'dead' WHERE id = 3")
    assert found(told) == ["I5"]
    content = json.dumps({"kind": "text", "text": "没有保存，请再发一次。"}, ensure_ascii=False)
    with told.world.store.write() as unit:
        unit.notices.add("telegram", "1001", content, told.world.clock())
    assert found(told) == []


def test_i7_markers_and_the_token_in_a_log(told: Told) -> None:
    assert found(told, log=f"url /bot1:{TOKEN_PART}/getMe") == ["I7"]
    assert [line[:2] for line in broken(told.world, told.person, log="a 现场看过", markers=["现场看过"])] == ["I7"]
    assert found(told, log="Traceback (most recent call last)") == ["I8"]


def test_what_the_fake_saw(tmp_path: Path) -> None:
    """Each finding is added to those before it: what was sent cannot be taken back."""
    told = asyncio.run(session(tmp_path))

    def send(text: str, chat: int = 1001, **more: str) -> set[str]:
        told.fake.call("sendMessage", {"chat_id": chat, "text": text, **more})
        return set(found(told))

    assert not list(broken(told.world, told.person, markers=["MARKER"]))
    send("MARKER")
    assert [line[:2] for line in broken(told.world, told.person, markers=["MARKER"])] == ["I7"]
    told.fake.toasts[1001].append(next(toast for toast in told.person.toasts if "已保存" in toast.text))
    assert set(found(told)) == {"I1"}, "the same once more is another answer"
    Person(told.fake, 2002).start()
    assert send("x", 2002) == {"I1", "I6"}
    assert send(TOKEN_PART) == {"I1", "I6", "I7"}
    assert send("Traceback (most recent call last)") == {"I1", "I6", "I7", "I8"}
    keyboard = json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]})
    assert send("card", reply_markup=keyboard) == {"I1", "I6", "I7", "I8", "I10"}
    assert not [
        line for line in broken(told.world, told.person, doubles=1, strangers=True) if line[:3] in {"I6 ", "I10"}
    ]
