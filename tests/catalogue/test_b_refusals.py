"""Rows 21 to 25 and 27: what Telegram refuses, from a card that is gone to a token that is."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.serving import CHANNEL
from bot.store.assessment_rows import Member
from bot.store.memberships import join
from bot.telegram.replies import TOKEN_LINE
from bot.telegram.showing import REFUSALS
from bot.telegram.stopping import Exit
from tests.catalogue.hall import ADMIN, NOTICES, Hall, hall, logged, tap
from tests.catalogue.invariants import hold
from tests.fake_telegram import TOKEN, Fault, Person, faults
from tests.stories.running import bot_on

LONG = pytest.mark.long


async def test_row_21_not_modified_is_success(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with hall(tmp_path, 1) as room:
        room.fake.faults.add(faults.refuse("editMessageText", 400, "Bad Request: message is not modified: x"))
        tap(room[0])
        await room.settled()
        assert room.pause.asked == []
        assert [r for r in caplog.records if r.levelname in {"WARNING", "ERROR"}] == []
        tap(room[0])  # what it shows in truth is the older card
        await room.settled()
    hold(room.world, *room.people, log=logged(caplog))


async def test_row_22_an_answer_that_comes_too_late_is_on_the_card(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with hall(tmp_path, 1) as room:
        room.fake.updates.hold()
        before = room[0].card
        toasts = len(room[0].toasts)
        tap(room[0])
        room.fake.advance(60)
        room.fake.updates.release()
        room.fake.changed()
        await room.settled()
        assert room[0].card != before
        assert room[0].card.id == before.id
        assert len(room[0].toasts) == toasts
        assert [r for r in caplog.records if r.levelname in {"WARNING", "ERROR"}] == []
    hold(room.world, *room.people, log=logged(caplog))


@pytest.mark.parametrize(
    "how",
    [
        "deleted",
        "message to edit not found",
        pytest.param("message can't be edited", marks=LONG),
        pytest.param("SOMETHING_NEW", marks=LONG),
    ],
)
async def test_row_23_a_card_that_cannot_be_edited_comes_anew(tmp_path: Path, how: str) -> None:
    async with hall(tmp_path, 1) as room:
        (person,) = room.people
        old = person.card
        if how == "deleted":
            person.delete(old.id)
            person.tap_data(old.buttons[0].data or "", old.id)
        else:
            room.fake.faults.add(faults.refuse("editMessageText", 400, f"Bad Request: {how}"))
            tap(person)
        await room.settled()
        assert person.card.id > old.id
        assert [card.id for card in person.live_cards()] == [person.card.id]
    hold(room.world, *room.people)


def _join(room: Hall, member: Person, lead: Person) -> None:
    """Make somebody a member of another's assessment; the panel itself has no screens yet."""
    with room.world.store.write() as unit:
        who = unit.people.find(CHANNEL, str(member.id))
        whose = unit.people.find(CHANNEL, str(lead.id))
        assert who is not None
        assert whose is not None
        (listed,) = unit.assessments.of(whose.id)
        at = room.world.clock()
        join(unit.assessments._work, Member(listed.id, who.id, "assessor", at))


@pytest.mark.parametrize(
    "how",
    [
        "blocked",
        pytest.param("deactivated", marks=LONG),
        pytest.param("kicked", marks=LONG),
        "not found",
    ],
)
async def test_row_24_who_is_gone_is_left_in_peace_and_their_lead_is_told(tmp_path: Path, how: str) -> None:
    async with hall(tmp_path, 3, begun=1) as room:
        lead, gone, other = room.people
        _join(room, gone, lead)
        card = gone.card
        if how == "blocked":
            gone.block()
            await room.settled()
        elif how == "deactivated":
            gone.deactivate()
        else:
            words = {"kicked": (403, "Forbidden: bot was kicked from the chat"), "not found": (400, _NOT_FOUND)}[how]
            room.fake.faults.add(
                Fault("*", "answer", False, None, body=_error(*words), status=words[0], chat_id=gone.id)
            )
        if how != "blocked":
            gone.tap_data(card.buttons[0].data or "", card.id)
        room.notify(*NOTICES)
        for person in (other, lead):
            tap(person)
        await room.fake.until(lambda: room.said(lead, "联系不到"))
        await other.until(lambda: room.said(other, NOTICES[-1]))
        calls = len([call for call in room.fake.calls if call.params.get("chat_id") == gone.id])
        for _ in range(3):  # others go on, and nothing more is tried there
            tap(other)
            await room.do(2, "/my")
            await room.do(2, "#4.1.2")
        assert len([call for call in room.fake.calls if call.params.get("chat_id") == gone.id]) == calls
        assert [len(room.said(person, "联系不到")) for person in room.people] == [1, 0, 0]
        room.fake.faults.clear()
        room.fake.chats[gone.id].closed = ""
        gone.start()
        await room.settled()
        assert [text.splitlines()[-1] for text in room.said(gone, "号通知")] == NOTICES, "the queue was kept"
    hold(room.world, *room.people)


_NOT_FOUND = "Bad Request: chat not found"


def _error(status: int, description: str) -> str:
    return json.dumps({"ok": False, "error_code": status, "description": description})


async def test_row_25_a_token_revoked_in_mid_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with hall(tmp_path, 2) as room:
        room.fake.revoked = True
        for person in room.people:
            tap(person)
        room.fake.inject_text('"nothing": 0')
        assert room.task is not None
        async with asyncio.timeout(10):
            assert await room.task == Exit.BAD_TOKEN
    assert caplog.messages.count(TOKEN_LINE) == 1
    assert TOKEN.partition(":")[2] not in caplog.text
    room.fake.revoked = False
    async with bot_on(room.fake, room.world):
        await room.settled()
    hold(room.world, *room.people, log=logged(caplog))


ODD = {
    "unknown": _error(400, "Bad Request: SOMETHING_NEW"),
    "no description": '{"ok": false, "error_code": 400}',
    "a code of text": '{"ok": false, "error_code": "400", "description": "no"}',
}


@pytest.mark.parametrize(
    "body", [pytest.param(body, id=name, marks=[LONG] if name == "unknown" else []) for name, body in ODD.items()]
)
async def test_row_27_what_nobody_understands_is_given_up_and_the_operator_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    async with hall(tmp_path, 2, begun=1) as room:
        admin = Person(room.fake, ADMIN, "Admin", "en")
        admin.start()
        await room.settled()
        odd = Fault("sendMessage", "answer", False, None, body=body, status=400, chat_id=1001)
        room.fake.faults.add(odd)
        room.notify("第0号通知")
        tap(room[0])
        tap(room[1])
        await room.settled()
        assert len(room.fake.faults.taken) == REFUSALS
        assert room.said(room[1], "号通知") == ["第0号通知"]
        (told,) = room.said(admin, "administrator")
        assert "通知" not in told, "no contents"
        assert "is given up" in caplog.text
        room.fake.faults.clear()
        await room.do(0, "85")
        assert room.said(room[0], "号通知") == []
    hold(room.world, *room.people, admin, log=logged(caplog))
