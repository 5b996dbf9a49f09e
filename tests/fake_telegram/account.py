"""The Bot API methods about the bot itself, chats and files. Each takes the world and the call's parameters."""

import json
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.messages import Method
from tests.fake_telegram.params import Params
from tests.fake_telegram.rules import JSON, RefusedError
from tests.fake_telegram.units import utf16
from tests.fake_telegram.world import World


def get_me(world: World, params: Params) -> JSON:
    return world.bot | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(params: Params) -> tuple[str, str]:
    rules.check_language(params.text("language_code"))
    scope = params.json("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def set_commands(world: World, params: Params) -> bool:
    commands = params.json("commands")
    rules.check_commands(commands)
    world.commands[_scope(params)] = [{**c, "command": c["command"].removeprefix("/")} for c in commands]
    return True


def get_commands(world: World, params: Params) -> list[JSON]:
    return world.commands.get(_scope(params), [])


def delete_commands(world: World, params: Params) -> bool:
    world.commands.pop(_scope(params), None)
    return True


def _setter(field: str, limit: int) -> Method:
    def method(world: World, params: Params) -> bool:
        rules.check_language(params.text("language_code"))
        if utf16(params.text(field)) > limit:
            raise RefusedError(f"BOT_{field.upper()}_TOO_LONG")
        world.profile[field, params.text("language_code")] = params.text(field)
        return True

    return method


def _getter(field: str) -> Method:
    def method(world: World, params: Params) -> JSON:
        value = world.profile.get((field, params.text("language_code")))
        return {field: value or world.profile.get((field, ""), "")}

    return method


def get_file(world: World, params: Params) -> JSON:
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise RefusedError("invalid file_id")
    if stored.size > rules.MAX_DOWNLOAD:
        raise RefusedError("file is too big")
    if stored.size < 0 and len(stored.data) > rules.MAX_DOWNLOAD:
        raise RefusedError("file is too big", avoidable=False)  # nobody had said so
    return stored.as_json() | {"file_path": stored.path}


def get_chat(world: World, params: Params) -> JSON:
    chat = world.chats.get(params.number("chat_id") or 0)
    if chat is None:
        raise RefusedError("chat not found", avoidable=False)
    return {**chat.info, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def leave_chat(world: World, params: Params) -> bool:
    chat = world.chat_for_bot(params.number("chat_id"))
    if chat.info["type"] == "private":
        raise RefusedError("chat member status can't be changed in private chats")
    chat.closed = "bot is not a member of the group chat"
    return True


def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
    world.webhook = dict(params.raw) if url else {}
    if "allowed_updates" in params:
        world.updates.allowed = frozenset(params.json("allowed_updates"))
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    world.webhook = {}
    if params.flag("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def webhook_info(world: World, params: Params) -> JSON:
    world.updates.expire()
    waiting = len(world.updates.pending)
    info: dict[str, Any] = {"has_custom_certificate": False, "pending_update_count": waiting}
    return info | {"url": str(world.webhook.get("url", ""))}


ACCOUNT_METHODS: dict[str, Method] = {
    "getme": get_me,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmyname": _setter("name", 64),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description", 512),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description", 120),
    "getmyshortdescription": _getter("short_description"),
    "getfile": get_file,
    "getchat": get_chat,
    "leavechat": leave_chat,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
}
