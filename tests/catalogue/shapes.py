"""Updates of every kind that the Bot API describes, and of kinds that it does not; sound ones and broken ones.

`fields(chance)` is the inside of an update as JSON text. Seeded chance alone decides; knows no bot.
"""

import json
import math
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from tests.catalogue.texts import FORMULAS, MARKUP, NOTHING, SIGNS

JSON = dict[str, Any]

NOW = 1_790_000_000
PEOPLE = range(20_001, 20_031)
GROUPS = (-4001, -1_001_234_567_890)
TEXTS = (*MARKUP.values(), *SIGNS.values(), *NOTHING.values(), *FORMULAS, "85", "4/5", "#4.1.2", "好的", "x" * 4096)
COMMANDS = (
    "/start",
    "/new",
    "/my",
    "/result",
    "/export",
    "/settings",
    "/help",
    "/unknown",
    "/start abc_-",
    "/new@other_bot",
)
DATA = (
    *("1:h:0:0", "1:n", "1:m:bjkb-006", "1:o:bjkb-006:self", "1:g", "1:i:1", "1:L:en", "1:Z:Asia/Kathmandu", "1:b:1"),
    *("1:a:aaaaaaaa:4.1.1/veto:v0:0", "1:q:aaaaaaaa:4.1.2/total:", "1:d:aaaaaaaa", "1:X:aaaaaaaa", "1:e:aaaaaaaa:json"),
    *("", "1", "1:", "2:a:b", "\0", "1:a:" + ":" * 60, "😀" * 16, "x" * 64, "1:a:x:y:1e999999999:0", "null"),
)
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63 - 1,
        2**63,
        -(2**63),
        10**30,
        0.5,
        1e308,
        math.nan,
        math.inf,
        -math.inf,
    ),
    *(
        "",
        "0",
        "x" * 5000,
        "\ud800",
        "\0",
        "\u202e",
        [],
        {},
        [[]],
        [None],
        {"": None},
        {"id": 1},
        {"id": "1"},
        ["x"] * 200,
    ),
)
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 3}
MEDIA: dict[str, Any] = {
    "photo": [FILE | {"width": 90, "height": 68}, FILE | {"width": 900, "height": 680}],
    "document": FILE | {"file_name": "../../x\0\u202egpj.exe", "mime_type": "text/plain"},
    "video": FILE | {"width": 1, "height": 1, "duration": 1},
    "animation": FILE | {"width": 1, "height": 1, "duration": 1},
    "audio": FILE | {"duration": 1},
    "voice": FILE | {"duration": 1},
    "video_note": FILE | {"length": 1, "duration": 1},
    "sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"latitude": 31.2, "longitude": 121.4, "live_period": 900},
    "contact": {"phone_number": "+1", "first_name": "A"},
    "dice": {"emoji": "🎲", "value": 4},
    "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "t", "address": "a"},
    "story": {"chat": {"id": 5, "type": "private"}, "id": 1},
    "game": {"title": "t", "description": "d", "photo": []},
    "invoice": {"title": "t", "description": "d", "start_parameter": "s", "currency": "EUR", "total_amount": 1},
    "giveaway": {"chats": [], "winners_selection_date": NOW, "winner_count": 1},
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
    "poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "type": "regular"},
}
SERVICE: tuple[JSON, ...] = (
    {"new_chat_title": "t"},
    {"new_chat_members": [{"id": 7, "is_bot": True, "first_name": "b"}]},
    {"left_chat_member": {"id": 7, "is_bot": True, "first_name": "b"}},
    {"delete_chat_photo": True},
    {"group_chat_created": True},
    {"migrate_to_chat_id": -1_001_234_567_890},
    {"migrate_from_chat_id": -4001},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 20_001, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    {"web_app_data": {"data": "x", "button_text": "y"}},
    {"successful_payment": {"currency": "EUR", "total_amount": 1, "invoice_payload": "p"}},
    {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
    {"write_access_allowed": {}},
    {"a_field_of_2031": {"deep": [1, {"x": None}]}},
)
UNKNOWN = (
    *(
        "inline_query",
        "chosen_inline_result",
        "pre_checkout_query",
        "shipping_query",
        "poll",
        "poll_answer",
        "chat_member",
    ),
    *(
        "chat_join_request",
        "message_reaction",
        "message_reaction_count",
        "chat_boost",
        "channel_post",
        "business_message",
    ),
    *("edited_channel_post", "business_connection", "purchased_paid_media", "guest_message", "a_kind_of_2031", ""),
)


def fields(chance: Random) -> str:
    """The fields of one update beside its number, as JSON text without the outer braces."""
    if chance.random() < 0.002:
        return _monstrous(chance)
    update = chance.choices((_message, _edited, _tap, _member, _unknown, _several), weights=(50, 8, 25, 5, 10, 2))[0](
        chance
    )
    for _ in range(chance.choices((0, 1, 3, 10), weights=(45, 35, 15, 5))[0]):
        _break(chance, update)
    return json.dumps(update)[1:-1]


def _user(chance: Random) -> JSON:
    number = chance.choice(PEOPLE)
    names = {"first_name": chance.choice(TEXTS)[:64]} | ({"last_name": "L"} if chance.random() < 0.3 else {})
    code = (
        {"language_code": chance.choice(("zh-hans", "en", "ar", "", "x" * 30, "zh"))} if chance.random() < 0.8 else {}
    )
    return {"id": number, "is_bot": chance.random() < 0.03} | names | code


def _chat(chance: Random, user: JSON) -> JSON:
    if chance.random() < 0.9:
        return {"id": user["id"], "type": "private"}
    kind = chance.choice(("group", "supergroup", "channel", "private", "sender", "a kind of 2031"))
    return {"id": chance.choice((*GROUPS, 1, 0)), "type": kind, "title": chance.choice(TEXTS)[:100]}


def _body(chance: Random) -> JSON:
    kind = chance.random()
    if kind < 0.55:
        text = chance.choice(TEXTS)
        return {"text": text} | _entities(chance, text)
    if kind < 0.7:
        text = chance.choice(COMMANDS)
        return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
    if kind < 0.95:
        name = chance.choice(list(MEDIA))
        caption = {"caption": chance.choice(TEXTS)[:1024]} if chance.random() < 0.4 else {}
        return {name: deepcopy(MEDIA[name])} | caption
    return deepcopy(chance.choice(SERVICE))


def _entities(chance: Random, text: str) -> JSON:
    if chance.random() < 0.8:
        return {}
    kind = chance.choice(("bold", "bot_command", "url", "mention", "custom_emoji", "a type of 2031"))
    return {"entities": [{"type": kind, "offset": chance.choice((0, 1, -1, 9999)), "length": len(text)}]}


def _written(chance: Random) -> JSON:
    user = _user(chance)
    head = {
        "message_id": chance.randrange(1, 10**6),
        "date": NOW + chance.randrange(10**5),
        "chat": _chat(chance, user),
    }
    more: JSON = {} if chance.random() < 0.02 else {"from": user}
    rare = chance.random()
    if rare < 0.02:
        more["sender_chat"] = {"id": -5, "type": "channel", "title": "c"}
    elif rare < 0.04:
        more["via_bot"] = {"id": 6, "is_bot": True, "first_name": "v"}
    elif rare < 0.08:
        origin = {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "o"}, "date": NOW}
        more["forward_origin"] = origin
    elif rare < 0.16:
        more["reply_to_message"] = {"message_id": 1, "date": 0, "chat": head["chat"]}
    return head | more | _body(chance)


def _message(chance: Random) -> JSON:
    return {"message": _written(chance)}


def _edited(chance: Random) -> JSON:
    return {"edited_message": _written(chance) | {"edit_date": NOW + 5}}


def _tap(chance: Random) -> JSON:
    user = _user(chance)
    query: JSON = {"id": str(chance.randrange(10**18)), "from": user, "chat_instance": "1"}
    held = chance.random()
    chat = _chat(chance, user)
    if held < 0.6:
        query["message"] = {"message_id": chance.randrange(1, 10**6), "date": NOW, "chat": chat, "text": "t"}
    elif held < 0.85:
        query["message"] = {"message_id": 5, "date": 0, "chat": chat}
    elif held < 0.92:
        query["inline_message_id"] = "i"
    query |= {"data": chance.choice(DATA)} if chance.random() < 0.93 else {"game_short_name": "g"}
    return {"callback_query": query}


def _member(chance: Random) -> JSON:
    user = _user(chance)
    bot = {"id": 123_456_789, "is_bot": True, "first_name": "Gradewalk"}
    states: list[JSON] = [{"user": bot, "status": chance.choice(("member", "kicked", "left", "odd"))} for _ in range(2)]
    states = [state | ({"until_date": 0} if state["status"] == "kicked" else {}) for state in states]
    change = {"chat": _chat(chance, user), "from": user, "date": NOW}
    return {"my_chat_member": change | {"old_chat_member": states[0], "new_chat_member": states[1]}}


def _unknown(chance: Random) -> JSON:
    return {chance.choice(UNKNOWN): deepcopy(chance.choice((_written(chance), _tap(chance), *ODD)))}


def _several(chance: Random) -> JSON:
    return _message(chance) | _tap(chance) | _member(chance)


def _break(chance: Random, update: JSON) -> None:
    """One thing in it left out, put in, or made something else."""
    holder, key = chance.choice(_places(update))
    ways: tuple[Callable[[], Any], ...] = (
        lambda: holder.pop(key),
        lambda: holder.__setitem__(key, deepcopy(chance.choice(ODD))),
        lambda: holder.__setitem__(key, _deep(chance.choice((20, 300)))),
        lambda: holder.__setitem__(key, chance.choice(TEXTS)),
        lambda: holder.__setitem__(key, {str(n): holder[key] for n in range(2)}),
    )
    chance.choices(ways, weights=(3, 5, 1, 1, 1))[0]()
    if not update:
        update["message"] = None


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) of an object."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        pairs = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
        found += [(holder, key) for key, _ in pairs]
        waiting += [inner for _, inner in pairs if isinstance(inner, dict | list) and len(found) < 200]
    return found or [(value, "message")]


def _deep(levels: int) -> Any:
    value: Any = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"chat": value}
    return value


def _monstrous(chance: Random) -> str:
    """What no object can hold: nesting without end, endless numbers, megabytes."""
    ways = (
        lambda: '"message": ' + "[" * 10_000 + "]" * 10_000,
        lambda: '"message": ' + '{"reply_to_message": ' * 10_000 + "1" + "}" * 10_000,
        lambda: '"message": {"message_id": ' + "9" * 5000 + "}",
        lambda: '"message": {"date": 1e999, "text": NaN}',
        lambda: '"message": {"text": "' + "x" * 1_000_000 + '"}',
        lambda: '"message": {"text": "\\ud800\\udfff\\ud800"}, "message": {"chat": {"id": 20001}}',
        lambda: '"message": {"chat": {"id": 20001, "type": "private"}, "date": -99999999999, "message_id": 1}',
    )
    return chance.choice(ways)()
