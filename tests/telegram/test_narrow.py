"""Updates as people and as nobody cause them; what cannot be read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.events import Delivery, Edited, Event, Ordered, Relayed, Said, Sent, Tapped, Who
from bot.telegram.narrow import Did, Elsewhere, Ignored, MalformedError, Met, Narrowed, narrow
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.kinds import KINDS
from tests.telegram.memory import row

JSON = dict[str, Any]
ANN: JSON = {"id": 5, "is_bot": False, "first_name": "Ann", "last_name": "Li", "language_code": "en"}
CHAT: JSON = {"id": 5, "type": "private", "first_name": "Ann"}
GROUP: JSON = {"id": -9, "type": "supergroup", "title": "G"}
WHO = Who("telegram", "5", "5", "Ann Li", "en")


def message(**fields: object) -> JSON:
    return {"message_id": 3, "date": 1_780_000_000, "chat": CHAT, "from": ANN} | fields


def command(text: str, length: int) -> JSON:
    return message(text=text, entities=[{"type": "bot_command", "offset": 0, "length": length}])


def read(update: JSON) -> Narrowed:
    return narrow(row({"update_id": 7, **update}, number=4), "grade_bot")


def event(update: JSON) -> Event:
    did = read(update)
    assert isinstance(did, Did), did
    return did.event


def test_a_text_with_its_sender_and_time() -> None:
    assert read({"message": message(text="85")}) == Did(
        WHO, Said("85", "3"), Delivery(4, "7", datetime(2026, 5, 28, 20, 26, 40, tzinfo=UTC))
    )


def test_a_text_that_answers_a_message() -> None:
    assert event({"message": message(text="85", reply_to_message=message(message_id=2))}) == Said("85", "3", "2")


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (command("/start", 6), Ordered("start", "", "3")),
        (command("/START  a-b ", 6), Ordered("start", "a-b", "3")),
        (command("/new@Grade_Bot x", 14), Ordered("new", "x", "3")),
        (message(text="/start"), Said("/start", "3")),
        (
            message(text="see /start", entities=[{"type": "bot_command", "offset": 4, "length": 6}]),
            Said("see /start", "3"),
        ),
        (message(text="/开始"), Said("/开始", "3")),
    ],
)
def test_commands_stand_at_the_start(update: JSON, expected: Event) -> None:
    assert event({"message": update}) == expected


def test_a_command_for_another_bot_is_ignored() -> None:
    assert read({"message": command("/new@other_bot", 14)}) == Ignored("a command for another bot")


def test_an_edit_has_its_own_time() -> None:
    did = read({"edited_message": message(text="86", edit_date=1_780_000_060)})
    assert isinstance(did, Did)
    assert did.event == Edited("86", "3")
    assert did.delivery.sent_at == datetime(2026, 5, 28, 20, 27, 40, tzinfo=UTC)


def test_an_edited_caption_is_an_edit_and_a_moving_location_is_nothing() -> None:
    assert event({"edited_message": message(caption="c", edit_date=1)}) == Edited("c", "3")
    file = {"file_id": "A", "file_unique_id": "B", "file_size": 9}
    assert event({"edited_message": message(document=file, edit_date=1)}) == Edited("", "3", 9)
    moved = message(location={"latitude": 1.0, "longitude": 2.0}, edit_date=1)
    assert read({"edited_message": moved}) == Ignored("an edit without text")


@pytest.mark.parametrize("kind", KINDS)
def test_everything_else_that_people_send(fake: FakeTelegram, kind: str) -> None:
    person = Person(fake, 5)
    person.send(kind, caption="说明" if kind in {"photo", "document"} else "")
    text = fake.updates.pending[0].text
    did = narrow(row(text), "b")
    assert isinstance(did, Did)
    assert isinstance(did.event, Sent)
    kept = {"video_note": "video", "audio": "voice", "venue": "venue"}.get(kind, kind)
    said = "说明" if kind in {"photo", "document"} else ""
    assert (did.event.kind, did.event.message, did.event.caption) == (kept, "1", said)
    evidence = {"photo", "document", "video", "video_note", "voice", "audio", "location"}
    assert (did.event.attachment is not None) == (kind in evidence)


def test_a_new_kind_of_content_is_not_dropped_and_a_service_message_is() -> None:
    assert event({"message": message(hologram={"x": 1})}) == Sent("other", "3")
    pinned = message(pinned_message=message(message_id=2))
    assert read({"message": pinned}) == Ignored("a service message")


def tap(**fields: object) -> JSON:
    return {"callback_query": {"id": "q1", "from": ANN, "chat_instance": "1", "data": "1:a"} | fields}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (tap(message=message(text="card")), Tapped("1:a", "3")),
        (tap(message={"chat": CHAT, "message_id": 3, "date": 0}), Tapped("1:a", "3")),  # inaccessible
        (tap(), Tapped("1:a", "")),
        (tap(message=message(), data=None), Tapped("", "3")),
    ],
)
def test_taps_carry_no_time(update: JSON, expected: Event) -> None:
    assert read(update) == Did(WHO, expected, Delivery(4, "7"), "q1")


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ({"message": message(text="x", **{"from": None})}, "no sender"),
        ({"message": message(text="x", **{"from": ANN | {"is_bot": True}})}, "a bot"),
        (
            {"message": message(text="x", chat=GROUP, migrate_to_chat_id=-10)},
            "a group that goes on under another number",
        ),
        ({"message": message(text="x", chat=CHAT | {"id": 6})}, "somebody else's chat"),
        (
            {"inline_query": {"id": "1", "from": ANN, "query": "", "offset": ""}},
            "a kind of update that is not asked for",
        ),
        ({"brand_new": {"x": 1}}, "a kind of update that is not asked for"),
    ],
)
def test_who_is_no_person_in_a_private_chat_is_ignored(update: JSON, reason: str) -> None:
    assert read(update) == Ignored(reason)


BOT: JSON = {"id": 6, "is_bot": True, "first_name": "b"}
CHANNEL: JSON = {"id": -5, "type": "channel", "title": "c"}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": message(text="x", chat=GROUP)}, Elsewhere("-9", hint="en")),
        ({"message": message(text="x", chat=GROUP, message_thread_id=4)}, Elsewhere("-9", hint="en")),
        ({"message": message(text="x", chat=GROUP, migrate_from_chat_id=-8)}, Elsewhere("-9", hint="en")),
        ({"message": message(text="x", chat=GROUP, **{"from": BOT})}, Elsewhere("-9")),
        ({"message": message(text="x", chat=GROUP, sender_chat=GROUP, **{"from": BOT})}, Elsewhere("-9")),
        ({"message": message(text="x", chat=GROUP, **{"from": None})}, Elsewhere("-9")),
        ({"edited_message": message(text="x", chat=GROUP, edit_date=1)}, Elsewhere("-9", hint="en")),
        ({"message": message(text="x", chat=CHANNEL)}, Elsewhere("-5", hint="en", open=False)),
        ({"message": message(text="x", chat=CHANNEL | {"type": "new kind"})}, Elsewhere("-5", hint="en", open=False)),
        (tap(message=message(chat=GROUP)), Elsewhere("-9", "q1", "en", leave=False)),
    ],
)
def test_groups_and_channels_are_left_whoever_wrote_there(update: JSON, expected: Elsewhere) -> None:
    assert read(update) == expected


@pytest.mark.parametrize("more", [{"sender_chat": GROUP}, {"via_bot": BOT}, {"via_bot": BOT, "photo": []}])
def test_what_is_not_a_persons_own_is_no_text_of_theirs(more: JSON) -> None:
    assert event({"message": message(text="85", **more)}) == Relayed("3")
    assert event({"edited_message": message(text="85", edit_date=1, **more)}) == Relayed("3")


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        (tap(inline_message_id="i"), "a card that was sent through the bot: it sends none"),
        (tap(message=message(chat=CHAT | {"id": 6})), "somebody else's chat"),
        (tap(message=message(), **{"from": BOT | {"id": 5}}), "a bot"),
    ],
)
def test_a_tap_that_is_not_the_persons_in_their_chat_is_answered_with_nothing(update: JSON, reason: str) -> None:
    assert read(update) == Ignored(reason, "q1")


_RIGHTS = dict.fromkeys(
    (
        *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
        *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
        *("can_post_stories", "can_edit_stories", "can_delete_stories"),
    ),
    False,
)


def member(status: str, chat: JSON) -> JSON:
    user = {"id": 1, "is_bot": True, "first_name": "b"}
    extra: dict[str, JSON] = {"kicked": {"until_date": 0}, "administrator": _RIGHTS}
    more = extra.get(status, {})
    return {
        "my_chat_member": {
            "chat": chat,
            "from": ANN,
            "date": 1,
            "old_chat_member": {"user": user, "status": "left"},
            "new_chat_member": {"user": user, "status": status} | more,
        }
    }


def test_blocking_and_letting_in() -> None:
    assert read(member("kicked", CHAT)) == Met(WHO, blocked=True)
    assert read(member("member", CHAT)) == Met(WHO, blocked=False)
    assert read(member("member", GROUP)) == Elsewhere("-9", hint="en")
    assert read(member("administrator", CHANNEL)) == Elsewhere("-5", hint="en", open=False)
    assert read(member("kicked", GROUP)) == Ignored("it is out of there already")


@pytest.mark.parametrize(
    "update",
    [
        {"message": {}},
        {"message": []},
        {"message": message(text=5)},
        {"message": message(text="x", message_id="3")},
        {"message": message(text="x", message_id=2**70)},
        {"message": message(text="x", chat=CHAT | {"id": "5"})},
        {"message": message(text="x", date="soon")},
        {"message": message(text="x", date=10**20)},
        {"message": message(text="x", **{"from": ANN | {"language_code": 5}})},
        {"callback_query": {"id": 5, "from": ANN, "chat_instance": "1", "data": "1"}},
    ],
)
def test_what_the_bot_api_does_not_describe_is_malformed(update: JSON) -> None:
    with pytest.raises(MalformedError):
        read(update)


@pytest.mark.parametrize(
    "raw", ["", "[]", "5", "{", '{"message":' + "[" * 10_000, '{"update_id": 1, "message": {"x": NaN}}']
)
def test_what_is_no_update_is_malformed(raw: str) -> None:
    with pytest.raises(MalformedError):
        narrow(row(raw), "b")


@pytest.mark.parametrize("update", [message(text="x"), message(caption="x", animation={}), message(hologram=[5])])
def test_what_nobody_reads_cannot_be_wrong(update: JSON) -> None:
    odd: JSON = {"forward_origin": 5, "entities_of_tomorrow": [[]], "chat": CHAT | {"photo": "?"}, "via_bot": None}
    assert read({"message": update | odd, "poll": 5}) == read({"message": update})
    assert read(tap(message=message(), chat_instance=[])) == read(tap(message=message()))


def test_a_service_message_without_content_is_one() -> None:
    assert read({"message": message(forum_topic_closed={})}) == Ignored("a service message")
    assert event({"message": message(photo=[], delete_chat_photo=False)}) == Sent("other", "3")


@pytest.mark.parametrize(
    "fields",
    [
        {"location": {"latitude": "1", "longitude": 2.0}},
        {"location": {"latitude": 91, "longitude": 2.0}},
        {"location": {"latitude": float("nan"), "longitude": 2.0}},
        {"photo": [{"file_id": "A", "width": "9", "height": 9}]},
        {"photo": {"file_id": "A"}},
        {"document": "A"},
        {"caption": 5},
        {"text": "/x", "entities": [{"type": "bot_command", "offset": 0, "length": "2"}]},
        {"text": "/x", "entities": [5]},
        {"text": "x", "reply_to_message": 2},
        {"text": "x", "date": True},
        {"text": "x", "from": ANN | {"is_bot": 0}},
        {"text": "x", "from": ANN | {"last_name": 5}},
    ],
)
def test_what_is_read_must_be_as_described(fields: JSON) -> None:
    with pytest.raises(MalformedError):
        read({"message": message(**fields)})


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "text", "from"]), inner),
    max_leaves=10,
)


@given(st.sampled_from(list(message(text="x", caption="c", entities=[], reply_to_message=None))), _values)
def test_one_field_of_any_value_is_read_or_malformed_and_never_an_exception(name: str, value: object) -> None:
    for update in ({"message": message(text="x") | {name: value}}, tap(message=message() | {name: value})):
        try:
            what = read(update)
        except MalformedError:
            continue
        assert isinstance(what, Did | Ignored | Elsewhere)
        if isinstance(what, Did):
            assert what.who.chat.lstrip("-").isdigit()
