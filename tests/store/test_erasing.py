import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.store.engine import empty_log
from bot.store.errors import StoreConflict
from bot.store.unit import Store
from bot.store.unnaming import without
from bot.store.values import Incoming
from tests.store.making import NOON, assessment, person

NAME, CHAT = "a name to be forgotten", "77001177"


def _known(store: Store) -> str:
    """Somebody with a chat, messages to and from it, and a wish."""
    with store.write() as unit:
        found = unit.people.register("telegram", CHAT, NAME, "zh", "Asia/Tokyo", NOON)
        unit.people.wish(found.id, reminders=True, quiet=("22:00", "07:00"))
        unit.chats.seen("telegram", CHAT, found.id, NOON)
        unit.chats.want("telegram", CHAT, '{"text":"card","rows":[]}', fresh=True)
        unit.notices.add("telegram", CHAT, '{"kind":"text","text":"hello"}', NOON)
        unit.inbox.take([Incoming(n, f'{{"text":"{NAME} {n}"}}', CHAT) for n in (1, 2, 3)], NOON)
        unit.inbox.done(1, NOON)
        unit.inbox.dead(2, NOON, f"no {NAME}")
        assessment(unit, found)
        return found.id


def _everything(store: Store) -> str:
    with store.read() as unit:
        connection = unit.people._work.connection
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return repr([connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables])  # noqa: S608


def test_nothing_is_left_but_the_random_id(engine: Engine, store: Store, tmp_path: Path) -> None:
    known = _known(store)
    with store.write() as unit:
        unit.erasing.person(known, NOON)
        unit.erasing.let_go("telegram", CHAT)
        unit.chats.want("telegram", CHAT, '{"text":"farewell","rows":[]}', fresh=False)
    assert "farewell" in _everything(store), "the last word is still to be shown"
    with store.write() as unit:
        unit.erasing.let_go("telegram", CHAT)
        assert unit.chats.state("telegram", CHAT), "not before it is"
        unit.chats.shown("telegram", CHAT, 2, "5", "")
        unit.erasing.let_go("telegram", CHAT)
    left = _everything(store)
    assert known in left
    for trace in (NAME, CHAT, "Tokyo", "22:00", "hello", "farewell"):
        assert trace not in left, trace
    assert not (tmp_path / "gradewalk.db-wal").stat().st_size, "the log was emptied with it"
    assert NAME.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    with store.read() as unit:
        assert unit.people.get(known).name == ""
        assert unit.people.find("telegram", CHAT) is None
        assert [one.person for one in unit.erasing.forgotten()] == [known]
        assert unit.inbox.counts()["new"] == unit.inbox.counts()["dead"] == 0


def test_the_chat_of_somebody_else_is_kept(store: Store) -> None:
    known = _known(store)
    with store.write() as unit:
        other = person(unit, "2002")
        unit.chats.seen("telegram", "2002", other.id, NOON)
        unit.inbox.take([Incoming(9, "kept", "2002")], NOON)
        unit.notices.add("telegram", "2002", '{"kind":"text","text":"theirs"}', NOON)
        unit.erasing.person(known, NOON)
        unit.erasing.let_go("telegram", "2002")
        unit.erasing.sweep(NOON + timedelta(days=9))
    assert all(trace in _everything(store) for trace in ("kept", "theirs"))
    with store.read() as unit:
        assert unit.chats.state("telegram", "2002")
        assert unit.chats.state("telegram", CHAT) is None, "swept: whoever blocked the bot reads no last word"


def test_what_came_after_it_is_somebody_elses(store: Store) -> None:
    """The same account begins anew before the last word is shown: its messages and its chat stay."""
    known = _known(store)
    with store.write() as unit:
        unit.erasing.person(known, NOON)
        unit.chats.want("telegram", CHAT, '{"text":"farewell","rows":[]}', fresh=False)
        unit.inbox.take([Incoming(10, "again", CHAT)], NOON)
        unit.chats.shown("telegram", CHAT, 2, "5", "")
        unit.erasing.let_go("telegram", CHAT)
    with store.write() as unit:
        assert [item.raw for item in unit.inbox.waiting(9, NOON)] == ["again"]
        new = unit.people.register("telegram", CHAT, "new", "", "", NOON)
        assert new.id != known
        unit.chats.seen("telegram", CHAT, new.id, NOON)
        unit.erasing.let_go("telegram", CHAT)
        unit.erasing.sweep(NOON + timedelta(days=9))
        assert unit.chats.state("telegram", CHAT)


def test_a_reader_puts_the_emptying_of_the_log_off(engine: Engine, store: Store, tmp_path: Path) -> None:
    known = _known(store)
    log = tmp_path / "gradewalk.db-wal"
    with closing(sqlite3.connect(tmp_path / "gradewalk.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        with store.write() as unit:
            unit.erasing.person(known, NOON)
        assert not empty_log(engine)
        store.forget_log()
        assert log.stat().st_size
    store.forget_log()
    assert not log.stat().st_size
    with store.write() as unit:
        unit.people.update(known, name="x")
    size = log.stat().st_size
    store.forget_log()
    assert log.stat().st_size == size, "only where something was erased"


def test_reminders_are_claimed_once_a_day(store: Store) -> None:
    with store.write() as unit:
        found = person(unit)
        listed = assessment(unit, found)
        assert unit.reminders.wanting() == ()
        unit.people.wish(found.id, reminders=True)
        assert unit.reminders.wanting() == (found.id,)
        assert unit.people.get(found.id).reminders
        assert unit.reminders.last(found.id, "open", listed.id, "") is None
        unit.reminders.claim(found.id, "open", listed.id, "", "2026-11-20", NOON)
        assert unit.reminders.last(found.id, "open", listed.id, "") == NOON
        assert unit.reminders.claimed(found.id, "2026-11-20")
        assert not unit.reminders.claimed(found.id, "2026-11-21")
    with pytest.raises(StoreConflict), store.write() as unit:
        unit.reminders.claim(found.id, "open", listed.id, "", "2026-11-20", NOON)


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("<b>王小明</b> 想加入", "王小明", "<b>…</b> 想加入"),
        ("A &lt;b&gt; &amp; Co: B &amp; C", "B & C", "A &lt;b&gt; &amp; Co: …"),
        ("Anna and An, An", "An", "Anna and …, …"),
        ("<b>b</b> b", "b", "<b>…</b> …"),
        ("amp &amp; amp", "amp", "… &amp; …"),
        ("长" * 40 + "… 加入", "长" * 60, "…… 加入"),
        ("&#39;其他&#39;", "某人", "&#39;其他&#39;"),
    ],
)
def test_a_name_is_taken_out_of_what_is_read_alone(text: str, name: str, left: str) -> None:
    assert without(text, name) == left


def test_only_what_waits_is_changed_and_one_letter_names_nobody(store: Store) -> None:
    known = _known(store)
    with store.write() as unit:
        unit.people.update(known, name="a")
        unit.notices.add("telegram", "2002", '{"kind":"text","text":"a card"}', NOON)
        unit.erasing.person(known, NOON)
        (left,) = unit.notices.waiting("telegram")
    assert left.content == '{"kind":"text","text":"a card"}'
