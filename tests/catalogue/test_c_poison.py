"""Rows 34-36, 62: updates that are wrong, new, or nobody's. They stop nobody and do nothing."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.invariants import hold
from tests.catalogue.sitting import sitting
from tests.catalogue.strange import BOT, MARKER, NOBODY, NOT_OURS, POISON, UNKNOWN, message
from tests.fake_telegram import Person
from tests.fake_telegram.world import Query
from tests.stories.company import Say

# 34


async def test_row_34_poison_ends_dead_with_a_reason_and_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with sitting(tmp_path) as desk:
        fake, before = desk.fake, len(desk.inbox("done"))
        other = Person(fake, 1002, "Other", "en")
        for number, fields in enumerate(POISON.values()):
            if number == len(POISON) // 2:
                desk.person.say("85")
                other.say("/start")
            fake.inject_text(fields)
        await desk.settled()
        assert desk.ratings() == ["17/20"]
        await other.sees("Start an assessment")
        await desk.player.do(Say("90"))
        dead = desk.inbox("dead")
        assert len(dead) == len(POISON)
        assert len(desk.inbox("done")) == before + 3
        assert all(item.reason and item.reason.startswith("malformed: ") and item.raw for item in dead)
        assert MARKER not in "".join(str(item.reason) for item in dead)
    hold(desk.world, desk.person, other, log=caplog.text, markers=[MARKER])


async def test_row_34_a_text_of_four_megabytes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """More than a phone can send: it must neither stop the stream nor break a card."""
    async with sitting(tmp_path) as desk:
        desk.fake.inject_text(message(f'"text": "{MARKER}{"x" * (4 << 20)}"'))
        desk.person.say("85")
        await desk.settled()
        await desk.player.do(Say("90"))
    assert desk.inbox("new") == ()
    assert "9/10" in desk.ratings() + desk.ratings("4.2.1/total")
    hold(desk.world, desk.person, log=caplog.text, markers=[MARKER])


async def test_row_34_an_update_without_a_number_is_confirmed_though_nothing_follows(tmp_path: Path) -> None:
    async with sitting(tmp_path) as desk:
        await desk.fake.until(lambda: desk.fake.polling)
        for number in ("-1", "null", str(2**70)):
            desk.fake.inject_text(f'"update_id": {number}, "message": {{"x": "{MARKER}"}}')
            await desk.fake.until(lambda: not desk.fake.updates.pending and desk.fake.polling)
        await desk.player.do(Say("85"))
    assert len(desk.inbox("dead")) == 3
    assert desk.ratings() == ["17/20"]
    hold(desk.world, desk.person)


# 35, 62


async def test_row_35_what_we_do_not_know_is_ignored_or_answered_politely(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sitting(tmp_path) as desk:
        before = desk.entries()
        for fields in UNKNOWN.values():
            desk.fake.inject_text(fields)
            await desk.settled()
        assert desk.entries() == before
        assert desk.inbox("dead") == ()
        assert "4.1.2" in desk.person.card.text
        await desk.player.do(Say("85"))
    assert desk.ratings() == ["17/20"]
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    hold(desk.world, desk.person, log=caplog.text)


async def test_row_62_what_is_not_asked_for_is_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with sitting(tmp_path) as desk:
        fake, before = desk.fake, desk.entries()
        user = {"id": 1001, "is_bot": False, "first_name": "A"}
        private = {"id": 1001, "type": "private"}
        calls = [call.method for call in fake.calls if call.method != "getUpdates"]
        for kind, fields in NOT_OURS.items():
            payload: dict[str, Any] = {"from": user, "chat": private, "user": user, **fields}
            assert fake.inject(kind, payload) is None, "Telegram does not send what is not asked for"
            fake.inject_text(json.dumps({kind: payload})[1:-1])
        await desk.settled()
        await fake.until(lambda: fake.polling)
        assert [call.method for call in fake.calls if call.method != "getUpdates"] == calls, "nobody is answered"
        assert desk.entries() == before
        assert desk.inbox("dead") == ()
        await desk.player.do(Say("85"))
    assert desk.ratings() == ["17/20"]
    hold(desk.world, desk.person, log=caplog.text)


# 36


async def test_row_36_whoever_is_no_person_in_their_own_chat_gets_nothing_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sitting(tmp_path) as desk:
        before, people, shown = desk.entries(), desk.people(), desk.person.card.text
        for number, who in enumerate(NOBODY.values()):
            for kind, text in (("message", "85"), ("message", "/start"), ("edited_message", "85")):
                body = {"message_id": 90_000 + number, "date": 1, "edit_date": 2, "text": text, **who}
                desk.fake.inject_text(json.dumps({kind: body})[1:-1])
            query: dict[str, Any] = {
                "id": f"7{number}",
                "from": who.get("from", BOT),
                "chat_instance": "1",
                "data": "1:a:x:4.1.2:1:0",
            }
            card = {"message_id": desk.person.card.id, "date": 1, "chat": who["chat"]}
            if query["from"]["id"] != who["chat"]["id"]:
                desk.fake.queries[query["id"]] = Query(query["id"], 0, who["chat"]["id"], 0, "", desk.fake.clock.now())
                desk.fake.inject_text(json.dumps({"callback_query": {**query, "message": card}})[1:-1])
        await desk.settled()
        assert desk.entries() == before
        assert desk.people() == people, "nobody was created"
        assert desk.inbox("dead") == ()
        assert desk.person.card.text == shown
        await desk.player.do(Say("85"))
    assert desk.ratings() == ["17/20"]
    hold(desk.world, desk.person, log=caplog.text, strangers=True)
