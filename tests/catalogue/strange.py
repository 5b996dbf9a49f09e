"""Updates that are wrong, new or nobody's, as the fields of raw JSON. Knows no bot."""

from typing import Any

MARKER = "marker-of-a-note"


def message(more: str = "", *, person: int = 1001, kind: str = "message") -> str:
    """The fields of an update with a message from this person."""
    chat = f'"chat": {{"id": {person}, "type": "private"}}'
    sender = f'"from": {{"id": {person}, "is_bot": false, "first_name": "A"}}'
    return f'"{kind}": {{"message_id": 90001, "date": 1, {chat}, {sender}, {more or f""" "text": "{MARKER}" """}}}'


_SENT = '"chat": {"id": 1001, "type": "private"}, "from": {"id": 1001, "is_bot": false, "first_name": "A"}'
POISON = {
    "nothing in it": '"message": {}',
    "a text for a message": f'"message": "{MARKER}"',
    "a list for a message": f'"message": ["{MARKER}"]',
    "no chat": f'"message": {{"message_id": 1, "date": 1, "text": "{MARKER}"}}',
    "no date": f'"message": {{"message_id": 1, {_SENT}, "text": "{MARKER}"}}',
    "a chat that is a number": f'"message": {{"message_id": 1, "date": 1, "chat": 1001, "text": "{MARKER}"}}',
    "a text that is a number": message('"text": 85'),
    "a text that is a list": message(f'"text": ["{MARKER}"]'),
    "a date that is none": f'"message": {{"message_id": 1, "date": NaN, {_SENT}, "text": "{MARKER}"}}',
    "a date without end": f'"message": {{"message_id": 1, "date": Infinity, {_SENT}, "text": "{MARKER}"}}',
    "a huge date": f'"message": {{"message_id": 1, "date": {9**50}, {_SENT}, "text": "{MARKER}"}}',
    "a huge chat": message(person=9**50),
    "a number of 5000 digits": f'"message": {{"x": {"9" * 5000}, "text": "{MARKER}"}}',
    "deep": f'"message": {{"x": {"[" * 10_000}"{MARKER}"{"]" * 10_000}}}',
    "deep objects": f'"message": {{"x": {"""{"a":""" * 10_000}1{"}" * 10_000}}}',
    "a tap without a sender": f'"callback_query": {{"id": "1", "data": "{MARKER}"}}',
    "a tap with odd data": '"callback_query": {"id": "1", "chat_instance": "1", "data": {"x": 1}, '
    '"from": {"id": 1001, "is_bot": false, "first_name": "A"}}',
    "entities that are none": message(f'"text": "{MARKER}", "entities": [5]'),
    "a member change without members": '"my_chat_member": {"chat": {"id": 1001, "type": "private"}}',
    "an escape that is none": f'"message": {{"text": "\\x {MARKER}"}}',
    **{f"number {number}": f'"update_id": {number}, "message": {{"text": "{MARKER}"}}'
       for number in (-1, 2**63, 10**40, '"x"', "true", "null", "[1]", "1.5")},
}  # fmt: skip


FIELDS = '"from": {"id": 1001, "is_bot": false, "first_name": "A", "hue": [1]}'
UNKNOWN = {
    "a kind": '"hologram": {"id": "1", "from": {"id": 1001, "is_bot": false, "first_name": "A"}}',
    "no kind": '"x": 1',
    "only a number": "",
    "two kinds": message('"text": "/help", "hologram": {"x": 1}') + ', "hologram": {"x": [1, {"y": null}]}',
    "fields": message(f'"text": "/help", "aura": {{"x": 1}}, {FIELDS}'),
    "a content": message('"hologram": {"file_id": "1"}'),
    "an entity": message('"text": "/help", "entities": [{"type": "aura", "offset": 0, "length": 5}]'),
    "a chat type": '"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "cave"}, "text": "x"}',
    "a member's state": '"my_chat_member": {"chat": {"id": 1001, "type": "private"}, "date": 1, ' + FIELDS
    + ', "old_chat_member": {"user": {"id": 5, "is_bot": true, "first_name": "B"}, "status": "asleep"}'
    + ', "new_chat_member": {"user": {"id": 5, "is_bot": true, "first_name": "B"}, "status": "awake"}}',
    "a button's effect": message('"sticker": {"file_id": "1", "file_unique_id": "1", "type": "smell", "width": 1, '
    '"height": 1, "is_animated": false, "is_video": false}'),
}  # fmt: skip
NOT_OURS: dict[str, dict[str, Any]] = {
    "inline_query": {"id": "1", "query": "x", "offset": ""},
    "chosen_inline_result": {"result_id": "1", "query": "x"},
    "pre_checkout_query": {"id": "1", "currency": "XTR", "total_amount": 1, "invoice_payload": "x"},
    "shipping_query": {"id": "1", "invoice_payload": "x", "shipping_address": {}},
    "business_connection": {"id": "1", "user_chat_id": 1001, "date": 1, "is_enabled": True},
    "business_message": {"message_id": 5, "date": 1, "business_connection_id": "1", "text": "85"},
    "edited_business_message": {"message_id": 5, "date": 1, "business_connection_id": "1", "text": "85"},
    "deleted_business_messages": {"business_connection_id": "1", "message_ids": [5]},
    "guest_message": {"message_id": 5, "date": 1, "text": "85", "guest_query_id": "1"},
    "channel_post": {"message_id": 5, "date": 1, "text": "85"},
    "poll_answer": {"poll_id": "1", "option_ids": [0]},
    "message_reaction": {"message_id": 5, "date": 1, "old_reaction": [], "new_reaction": []},
    "purchased_paid_media": {"paid_media_payload": "x"},
}


BOT = {"id": 777, "is_bot": True, "first_name": "Bot"}
USER = {"id": 1001, "is_bot": False, "first_name": "A"}
STRANGER = {"id": 1003, "is_bot": False, "first_name": "C"}
CHANNEL = {"id": -1005, "type": "channel", "title": "News"}
GROUP = {"id": -1006, "type": "supergroup", "title": "Team"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
NOBODY: dict[str, dict[str, Any]] = {
    "no from": {"chat": {"id": 1003, "type": "private"}},
    "no from in the chat of a member": {"chat": {"id": 1001, "type": "private"}},
    "in the name of a channel": {"chat": {"id": 1003, "type": "private"}, "from": STRANGER, "sender_chat": CHANNEL},
    "through a bot": {"chat": {"id": 1003, "type": "private"}, "from": STRANGER, "via_bot": BOT},
    "a member, through a bot": {"chat": {"id": 1001, "type": "private"}, "from": USER, "via_bot": BOT},
    "a member, in a channel's name": {"chat": {"id": 1001, "type": "private"}, "from": USER, "sender_chat": CHANNEL},
    "a bot": {"chat": {"id": 777, "type": "private"}, "from": BOT},
    "a bot in the chat of a member": {"chat": {"id": 1001, "type": "private"}, "from": BOT},
    "somebody else in the chat of a member": {"chat": {"id": 1001, "type": "private"}, "from": STRANGER},
    "an anonymous administrator": {"chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP},
    "a channel in its group": {"chat": GROUP, "from": ANONYMOUS, "sender_chat": CHANNEL, "is_automatic_forward": True},
    "a member in a group": {"chat": GROUP, "from": USER},
    "a post of a channel": {"chat": CHANNEL, "sender_chat": CHANNEL},
}
