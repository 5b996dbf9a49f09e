"""The invariants that hold after every fault of the catalogue (RELIABILITY 5).

`hold` reads the database, what the fake Telegram recorded, and a log; it changes nothing. I9 (the bot goes on by
itself) is for each test to show: it does something after the fault and waits for the answer.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from bot.domain.record import RecordBroken, verify_body, verify_chain
from bot.export import FORMATS
from bot.service.world import World
from bot.store.unit import Unit
from bot.verify.bundle import verify
from bot.verify.words import said
from tests.catalogue.seen import Chat, Tape, tape
from tests.catalogue.told import acknowledged, missing
from tests.fake_telegram import TOKEN
from tests.service import in_memory

__all__ = ["acknowledged", "broken", "hold"]

VERIFIED = 12
"""Assessments that are verified as an exported record is: chain, contents, score, all that is written beside them."""
NOT_SAVED = ("没有保存", "not saved")
"""What a notice about lost work says, whatever else it says."""


def hold(
    world: World, *chats: Chat, log: str = "", markers: Collection[str] = (), doubles: int = 0, strangers: bool = False
) -> None:
    """AssertionError that names every invariant broken.

    chats: the people before the bot (Person or RemotePerson), all of them. markers: what only notes hold, never the
    log. doubles: live cards in all that may be too many, since a kill between sending and marking cannot be undone.
    strangers: others than `chats` were written to, and that is right.
    """
    found = list(broken(world, *chats, log=log, markers=markers, doubles=doubles, strangers=strangers))
    assert not found, "\n".join(found)


def broken(
    world: World, *chats: Chat, log: str = "", markers: Collection[str] = (), doubles: int = 0, strangers: bool = False
) -> Iterator[str]:
    """One sentence for each fault found, beginning with the invariant's number."""
    with world.store.read() as unit:
        for chat in chats:
            yield from (f"I1 {chat.id}: {line}" for line in missing(world, unit, chat))
        yield from (f"I2 {line}" for line in _twice(unit))
        yield from (f"I3 {line}" for line in _chains(unit))
        yield from (f"I3 {line}" for line in _verified(world, unit))
        yield from (f"I4 {line}" for line in _integrity(unit))
        yield from (f"I5 {line}" for line in _limbo(unit))
    recorded = tape(chats)
    yield from (f"I7 {line}" for line in _secrets(chats, recorded, log, markers))
    yield from (f"I8 {line}" for line in _traces(chats, log))
    if recorded is None:
        return
    others = recorded.written_to() - {chat.chat_id for chat in chats}
    if others and not strangers:
        yield f"I6 messages to chats of nobody given: {sorted(others)}"
    cards = {chat.id: len(chat.live_cards()) for chat in chats}
    if sum(max(0, n - 1) for n in cards.values()) > doubles:
        yield f"I10 more than one live card: { {who: n for who, n in cards.items() if n > 1} }"


def _rows(unit: Unit, sql: str) -> list[Any]:
    return list(unit.inbox._work.connection.exec_driver_sql(sql))


def _twice(unit: Unit) -> Iterator[str]:
    """One act of one person must not be recorded twice.

    A message gives one answer, whatever the question: a text handled twice would answer the next question too. A
    tap may share its number with one of long ago (ids restart after an idle week): there the question counts too.
    """
    entries = _rows(
        unit,
        "SELECT e.source_channel, e.source_chat, e.source_message, e.source_update, e.kind, e.sheet, e.question, b.body"
        " FROM entry e LEFT JOIN entry_body b ON e.assessment = b.assessment AND e.seq = b.seq"
        " WHERE e.source_update <> ''",
    )
    acts = Counter(
        (*row[:5], "", "", "") if row[4] == "answered" and row[2] else tuple(map(str, row)) for row in entries
    )
    yield from (f"{n} times: {act}" for act, n in acts.items() if n > 1)
    answers = Counter(
        tuple(row) for row in _rows(unit, "SELECT sheet, question, revision FROM entry WHERE kind = 'answered'")
    )
    yield from (f"{n} times revision {answer}" for answer, n in answers.items() if n > 1)


def _chains(unit: Unit) -> Iterator[str]:
    for assessment, seq, head in _rows(unit, "SELECT id, seq, head FROM assessment ORDER BY id"):
        records = unit.entries.recorded(assessment)
        try:
            found = verify_chain((record.header for record in records), assessment)
            for record in records:
                if record.body is not None and record.salt is not None:
                    verify_body(record.header, record.salt, record.body)
        except RecordBroken as error:
            yield f"{assessment}: {error}"
            continue
        if (len(records), found) != (seq, head):
            yield f"{assessment}: the record ends with {len(records)} {found[:8]}, not with {seq} {head[:8]}"


def _verified(world: World, unit: Unit) -> Iterator[str]:
    """What an exported record of each assessment is found to be; of a great many, those with the most entries."""
    most = _rows(unit, f"SELECT id FROM assessment WHERE seq > 0 ORDER BY seq DESC, id LIMIT {VERIFIED}")  # noqa: S608
    for (assessment,) in most:
        listed = unit.assessments.for_operator(assessment)
        assert listed is not None
        try:
            made = in_memory.reported(world, unit, listed, ("zh", "UTC"), listed.seq)
        except Exception as error:  # noqa: BLE001  a record that cannot be told is a finding as well
            yield f"{assessment}: no report can be made: {type(error).__name__} {error}"
            continue
        found = verify(FORMATS["json"].render(made)).first
        if found is not None:
            yield f"{assessment}: verify says {said(found, 'en')}"


def _integrity(unit: Unit) -> Iterator[str]:
    yield from (str(row[0]) for row in _rows(unit, "PRAGMA integrity_check") if row[0] != "ok")
    yield from (f"a row of {row[0]} without the row it belongs to" for row in _rows(unit, "PRAGMA foreign_key_check"))


def _limbo(unit: Unit) -> Iterator[str]:
    waiting = unit.inbox.counts().get("new", 0)
    if waiting:
        yield f"{waiting} updates are neither done nor dead"
    told = Counter(
        str(row[0])
        for row in _rows(unit, "SELECT chat_id, content FROM notice WHERE state <> 'failed'")
        if any(words in str(row[1]).lower() for words in NOT_SAVED)
    )
    dead = Counter(item.chat_key for item in unit.inbox.listed("dead") if item.chat_key)
    yield from (f"{n} dead updates of {chat}, told of {told[chat]}" for chat, n in dead.items() if told[chat] < n)


def _secrets(chats: Collection[Chat], recorded: Tape | None, log: str, markers: Collection[str]) -> Iterator[str]:
    token = TOKEN.partition(":")[2]
    if token in log:
        yield "the token is in the log"
    yield from (f"{marker!r} is in the log" for marker in markers if marker in log)
    if recorded is not None and recorded.says(token):
        yield "the token was sent to somebody"
    for chat in chats:
        mine = "\n".join(message.text for message in chat.chat if message.mine)
        shown = "\n".join(message.text for message in chat.chat if not message.mine)
        yield from (f"{m!r} is shown to {chat.id}, who never wrote it" for m in markers if m in shown and m not in mine)


def _traces(chats: Collection[Chat], log: str) -> Iterator[str]:
    if "Traceback" in log:
        yield "a traceback in the log"
    for chat in chats:
        said = [message.text for message in chat.chat if not message.mine] + [toast.text for toast in chat.toasts]
        if any("Traceback" in text for text in said):
            yield f"a traceback is shown to {chat.id}"
