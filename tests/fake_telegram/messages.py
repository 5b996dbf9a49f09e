"""The Bot API methods that write messages and answer taps. Each takes the world and the call's parameters."""

from collections.abc import Callable
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.params import Params
from tests.fake_telegram.rules import JSON, RefusedError
from tests.fake_telegram.units import clean
from tests.fake_telegram.world import Chat, Message, Toast, World

Method = Callable[[World, Params], Any]


def _chat(world: World, params: Params) -> Chat:
    return world.chat_for_bot(params.number("chat_id"), given=bool(params.text("chat_id")))


def _text(params: Params) -> JSON:
    text, entities = rules.formatted(params.text("text"), params.text("parse_mode"), params.json("entities"))
    rules.check_text(text)
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(params: Params) -> JSON:
    source, mode = params.text("caption"), params.text("parse_mode")
    text, entities = rules.formatted(source, mode, params.json("caption_entities"))
    rules.check_caption(text)
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def _reply(world: World, chat: Chat, params: Params) -> JSON:
    wanted = params.json("reply_parameters") or {"message_id": params.number("reply_to_message_id")}
    if not wanted.get("message_id"):
        return {}
    try:
        target = world.find(chat, int(wanted["message_id"]), "message to be replied not found")
    except RefusedError:
        if wanted.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise
    return {"reply_to_message": {k: v for k, v in target.json.items() if k != "reply_to_message"}}


def _send(world: World, params: Params, chat: Chat, body: JSON) -> JSON:
    markup = rules.checked_markup(params.json("reply_markup"))
    extra = _reply(world, chat, params)
    if markup and "inline_keyboard" in markup:
        extra["reply_markup"] = markup
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    return world.post(chat, world.bot, body | extra).json


def send_message(world: World, params: Params) -> JSON:
    chat = _chat(world, params)
    return _send(world, params, chat, _text(params))


def _file(world: World, params: Params, name: str) -> Any:
    upload = params.upload(name)
    if upload is not None:
        rules.check_file(upload, photo=name == "photo")
        mime = "image/jpeg" if name == "photo" else upload.mime
        return world.store_file(bytes(upload), upload.filename, mime)
    known = world.files.get(params.text(name))
    if known is None:
        raise RefusedError("wrong file identifier/HTTP URL specified")
    return known


def send_document(world: World, params: Params) -> JSON:
    chat, caption = _chat(world, params), _caption(params)
    file = _file(world, params, "document")
    shown = {"file_name": file.name, "mime_type": file.mime, **file.as_json()}
    return _send(world, params, chat, {"document": shown} | caption)


def send_photo(world: World, params: Params) -> JSON:
    chat, caption = _chat(world, params), _caption(params)
    file = _file(world, params, "photo")
    width, height = rules.photo_size(file.data)
    return _send(world, params, chat, {"photo": [file.as_json() | {"width": width, "height": height}]} | caption)


def _editable(world: World, params: Params, needs: str = "") -> Message:
    """The bot's own message of this call, holding `needs` (text, caption) if that is named."""
    chat = _chat(world, params)
    message = world.find(chat, params.number("message_id"))
    if not message.from_bot:
        raise RefusedError("message can't be edited")
    if needs == "text" and "text" not in message.json:
        raise RefusedError("there is no text in the message to edit")
    if needs == "caption" and "text" in message.json:
        raise RefusedError("there is no caption in the message to edit")
    return message


def _edit(world: World, message: Message, params: Params, parts: dict[str, Any]) -> JSON:
    """Put `parts` (None removes) and the keyboard of the call in place; refused when nothing changes."""
    markup = rules.checked_markup(params.json("reply_markup"))
    if markup and "inline_keyboard" not in markup:
        raise RefusedError("inline keyboard expected")
    parts = {**parts, "reply_markup": markup}
    if all(message.json.get(key) == value for key, value in parts.items()):
        raise RefusedError(rules.NOT_MODIFIED, avoidable=False)
    changed = {k: v for k, v in (message.json | parts).items() if v is not None}
    message.json = changed | {"edit_date": world.clock.date()}
    world.remember(message)
    return message.json


def edit_text(world: World, params: Params) -> JSON:
    message, text = _editable(world, params, "text"), _text(params)
    return _edit(world, message, params, {"entities": None, **text})


def edit_caption(world: World, params: Params) -> JSON:
    message, caption = _editable(world, params, "caption"), _caption(params)
    return _edit(world, message, params, {"caption": None, "caption_entities": None, **caption})


def edit_markup(world: World, params: Params) -> JSON:
    return _edit(world, _editable(world, params), params, {})


def delete_message(world: World, params: Params) -> bool:
    chat = _chat(world, params)
    message = world.find(chat, params.number("message_id"), "message to delete not found")
    if world.clock.now() - message.json["date"] >= 48 * 3600:
        raise RefusedError("message can't be deleted for everyone", avoidable=False)
    message.deleted = True
    return True


def answer_query(world: World, params: Params) -> bool:
    text = clean(params.text("text")).strip()
    rules.check_toast(text)
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answered:
        raise RefusedError(rules.QUERY_TOO_OLD)
    if world.clock.now() - query.at > world.answer_window:
        raise RefusedError(rules.QUERY_TOO_OLD, avoidable=False)
    query.answered, query.toast = True, Toast(text, params.flag("show_alert"))
    if text:
        world.toasts.setdefault(query.person, []).append(query.toast)
    return True


def chat_action(world: World, params: Params) -> bool:
    _chat(world, params)
    if params.text("action") not in rules.CHAT_ACTIONS:
        raise RefusedError("wrong parameter action in request")
    world.actions.append((params.number("chat_id") or 0, params.text("action")))
    return True


MESSAGE_METHODS: dict[str, Method] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "sendchataction": chat_action,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_query,
}
