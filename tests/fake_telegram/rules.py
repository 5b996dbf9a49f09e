"""What Telegram refuses, in Telegram's words. Pure checks: no state, no clock, no transport."""

import json
import re
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.fake_telegram.entities import MarkupError, parse_html
from tests.fake_telegram.units import Entity, clean, strip, utf16

JSON = dict[str, Any]

MAX_TEXT, MAX_CAPTION, MAX_TOAST = 4096, 1024, 200  # UTF-16 units
MAX_DATA, MAX_MARKUP = 64, 10_000  # bytes
MAX_BUTTONS, MAX_ROW = 100, 8
MAX_DOWNLOAD, MAX_UPLOAD, MAX_PHOTO = 20 << 20, 50 << 20, 10 << 20
MAX_SIDES, MAX_RATIO = 10_000, 20  # pixels of both sides of a photo together; the longer to the shorter

_ACTIONS = {"url", "callback_data", "web_app", "login_url", "copy_text", "pay", "callback_game",
            "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}  # fmt: skip
_STYLES = {None, "primary", "success", "danger"}
_URL = re.compile(r"(?:(?:https?|tg)://)?[\w-]+(?:\.[\w-]+)*(?:[/?#:]\S*)?\Z")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
CHAT_ACTIONS = {
    *("typing", "upload_photo", "upload_document", "upload_video", "upload_voice", "upload_video_note"),
    *("record_video", "record_voice", "record_video_note", "choose_sticker", "find_location"),
}

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current"
    " content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
EDIT_NOT_FOUND = "message to edit not found"
CONFLICT = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class RefusedError(Exception):
    """An error answer of the Bot API. `avoidable`: only a mistake of the bot can lead to it."""

    def __init__(self, reason: str, status: int = 400, *, avoidable: bool = True) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(status, "")
        self.description, self.status, self.avoidable = prefix + reason, status, avoidable
        super().__init__(self.description)


def formatted(text: str, parse_mode: str, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Text as shown and its entities. Only HTML or explicit entities: this project uses no Markdown."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RefusedError("strings must be encoded in UTF-8") from None
    text = clean(text)
    if parse_mode.lower() not in {"", "html"}:
        raise RefusedError("unsupported parse_mode")
    if not parse_mode:
        return strip(text, entities or [])
    try:
        return strip(*parse_html(text))
    except MarkupError as error:
        raise RefusedError(f"can't parse entities: {error}") from None


def check_text(text: str) -> None:
    if not text:
        raise RefusedError("message text is empty")
    if utf16(text) > MAX_TEXT:
        raise RefusedError("message is too long")


def check_caption(text: str) -> None:
    if utf16(text) > MAX_CAPTION:
        raise RefusedError("message caption is too long")


def check_toast(text: str) -> None:
    if utf16(text) > MAX_TOAST:
        raise RefusedError("MESSAGE_TOO_LONG")


def check_file(data: bytes, *, photo: bool) -> None:
    if not data:
        raise RefusedError("file must be non-empty")
    if len(data) > MAX_UPLOAD:
        raise RefusedError("Request Entity Too Large", 413)
    if photo and len(data) > MAX_PHOTO:
        raise RefusedError("too big for a photo")
    if photo and not data.startswith(_IMAGES):
        raise RefusedError("IMAGE_PROCESS_FAILED")
    if photo:
        width, height = photo_size(data)
        if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
            raise RefusedError("PHOTO_INVALID_DIMENSIONS")


def photo_size(data: bytes) -> tuple[int, int]:
    """Pixels of a picture: width, height. RefusedError where it cannot be read."""
    try:
        with Image.open(BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        raise RefusedError("IMAGE_PROCESS_FAILED") from None


def checked_markup(markup: Any) -> JSON | None:
    """The keyboard as Telegram keeps it: empty rows dropped, None when nothing is left."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise RefusedError("object expected as reply markup")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MAX_MARKUP:
        raise RefusedError("reply markup is too long")
    if "inline_keyboard" not in markup:
        return markup
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise RefusedError("reply markup is too long")
    for row in rows:
        if len(row) > MAX_ROW:
            # Telegram re-lays such a row without a word; the bot meant something else.
            raise RefusedError("BUTTON_ROW_TOO_LONG")
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: JSON) -> None:
    if not clean(str(button.get("text", ""))).strip():
        raise RefusedError("inline keyboard button text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise RefusedError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise RefusedError("can't parse inline keyboard button: exactly one action is expected")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MAX_DATA:
        raise RefusedError("BUTTON_DATA_INVALID")
    if "url" in button and not _URL.match(str(button["url"])):
        raise RefusedError(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if button.get("style") not in _STYLES:
        raise RefusedError("BUTTON_STYLE_INVALID")


def check_commands(commands: Any) -> None:
    if not isinstance(commands, list) or len(commands) > 100:
        raise RefusedError("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise RefusedError("BOT_COMMAND_INVALID")
        if not 1 <= utf16(str(command.get("description", ""))) <= 256:
            raise RefusedError("BOT_COMMAND_DESCRIPTION_INVALID")


def check_language(code: str) -> None:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise RefusedError("Invalid language code specified")
